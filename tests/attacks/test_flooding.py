"""Forms that write to people: sent too often, they say so and write no more."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from meetups import addresses
from outbox.models import Message
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.NOW, tick=False):
        yield


def test_moving_a_booking_back_and_forth_stops_writing():
    here = make.meetup()
    there = make.meetup(series=here.series, starts_at=make.START + timedelta(days=28))
    signup = make.signup(meetup=here)
    client = make.client()
    answers = []
    for turn in range(8):
        signup = signup.person.signups.active().get()
        to = there if turn % 2 == 0 else here
        url = reverse("meetups:change_date", args=[addresses.booking_token(signup)])
        answers.append(client.post(url, {"to": to.slug}).status_code)

    assert answers == [302] * 6 + [200] * 2
    written = Message.objects.count()
    client.post(url, {"to": here.slug})
    assert Message.objects.count() == written


def test_an_organiser_who_signs_up_a_town_is_told_to_wait(settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "meetups:add_signup": [(2, 3600, "person")]}
    organiser, meetup = make.client(make.organiser()), make.meetup()
    url = reverse("meetups:add_signup", args=[meetup.slug])

    def add(n: int) -> int:
        return organiser.post(url, {"name": f"N {n}", "email": f"n{n}@x.gov.uk", "works_at": "Leeds"}).status_code

    assert [add(n) for n in range(3)] == [302, 302, 200]
    assert meetup.signups.count() == 2
