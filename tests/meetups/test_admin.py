import pytest
from django.urls import reverse

from meetups.models import Announcement, SignUp
from tests import make

pytestmark = pytest.mark.django_db


def everything() -> SignUp:
    meetup = make.meetup()
    question = meetup.questions.create(position=0, label="Why?")
    Announcement.objects.create(meetup=meetup, subject="Hello", body="All", written_at=make.NOW)
    return make.signup(meetup=meetup, name="Ann", answers={question.pk: "Because"})


@pytest.mark.parametrize("model", ["series", "meetup", "signup", "announcement"])
def test_administrators_see_the_rows_and_find_them(model):
    everything()

    answer = make.client(make.administrator()).get(reverse(f"admin:meetups_{model}_changelist"), {"q": "e"})

    assert answer.status_code == 200


def test_administrators_read_what_happened_to_a_signup_and_change_nothing():
    signup = everything()
    client = make.client(make.administrator())
    address = reverse("admin:meetups_signup_change", args=[signup.pk])

    page = client.get(address).content.decode()
    codes = [
        client.post(address, {"name": "Eve"}).status_code,
        client.post(reverse("admin:meetups_signup_delete", args=[signup.pk]), {"post": "yes"}).status_code,
        client.get(reverse("admin:meetups_signup_add")).status_code,
    ]

    assert "and got a place." in page
    assert "Because" in page
    assert codes == [403, 403, 403]


def test_organisers_have_no_business_there():
    signup = everything()
    address = reverse("admin:meetups_signup_change", args=[signup.pk])

    assert make.client(make.organiser()).get(address).status_code == 404
