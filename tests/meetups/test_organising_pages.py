import pytest
from django.urls import reverse

from meetups.models import Meetup
from tests import make

pytestmark = pytest.mark.django_db

PAGES = [
    "overview", "edit_meetup", "next_in_series", "preview", "move_meetup", "cancel_meetup", "agenda", "questions",
    "people", "export", "write", "add_signup",
]  # fmt: skip


@pytest.mark.parametrize("state", Meetup.State.values)
@pytest.mark.parametrize("page", [*PAGES, "delete_draft"])
def test_every_page_answers_in_every_state(page, state):
    meetup = make.meetup(state=state)

    answer = make.client(make.organiser()).get(reverse(f"meetups:{page}", args=[meetup.slug]))

    assert answer.status_code in {200, 302}
