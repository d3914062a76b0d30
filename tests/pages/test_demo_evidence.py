"""The demonstration inquiry: full of life, and every page of it that the browser looks at is there."""

import pytest
from django.utils import timezone

from evidence import history
from evidence.models import Item, ItemEvent, StopShown
from pages import demo_evidence
from tests import make
from tests.browser import every_state

pytestmark = pytest.mark.django_db


def test_the_demonstration_inquiry_has_items_in_every_state_and_all_its_pages_open():
    people = {f"{name}@demo.example": make.person(email=f"{name}@demo.example") for name in ("olive", "sam", "connie")}
    olive = make.with_second_factor(people["olive@demo.example"])

    demo_evidence.seed(people, timezone.now())

    states = set(Item.objects.values_list("state", flat=True))
    assert states >= {"inbox", "submitted", "accepted", "set_aside"}
    assert [stop.outcome for stop in StopShown.objects.all()] == ["went_on"]
    assert all(event.seal == history.seal_of(event) for event in ItemEvent.objects.all())
    paths = every_state._listening()
    client = make.client(olive)
    found = {path: client.get(path).status_code for path in [*paths["public"], *paths["mine"]]}
    assert {path: status for path, status in found.items() if status != 200} == {}
