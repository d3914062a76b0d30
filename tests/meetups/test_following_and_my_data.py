"""What is held about somebody who follows a series: shown, kept while they follow, gone when they leave."""

import pytest

from meetups import held, retention
from meetups.models import CalendarFeed, Follower
from people import my_data
from tests import make

pytestmark = pytest.mark.django_db
NOW = make.NOW


def follower(**fields):
    return Follower.objects.create(
        series=make.series(name="Clinic"), person=make.person(), asked_at=NOW, **{"confirmed_at": NOW, **fields}
    )


def test_taking_out_my_data_names_the_series_i_follow():
    person = follower().person

    assert held.collect(person) == [
        {"Follows the series": "Clinic", "Asked for": NOW, "Confirmed": NOW, "Stopped": None}
    ]


def test_a_guest_who_still_follows_keeps_an_address_and_one_who_stopped_does_not():
    follows, stopped = (
        follower().person,
        Follower.objects.create(
            series=make.series(), person=make.person(), asked_at=NOW, confirmed_at=NOW, stopped_at=NOW
        ).person,
    )

    assert retention.still_needed({follows.pk, stopped.pk}) == {follows.pk}


def test_leaving_ends_following_and_the_calendar_of_ones_own():
    person = follower().person
    CalendarFeed.objects.create(person=person, made_at=NOW)

    my_data.leave(person, now=NOW)

    assert not Follower.objects.exists()
    assert not CalendarFeed.objects.exists()
