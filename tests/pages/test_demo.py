"""The demonstration site is full of life, and nobody on it is written to."""

from datetime import timedelta

import pytest
from django.utils import timezone

from evidence.models import Barrier, Helper, Plan
from meetups import retention
from meetups.models import Meetup
from networking import programmes
from networking.models import Cohort, Pair
from outbox.models import Message
from pages import demo
from people import councils
from people.models import Person
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    councils.load(today=make.NOW.date())
    demo.seed(timezone.now())


def test_a_cohort_is_in_its_second_sprint_and_its_lead_a_mentor_and_a_councillor_can_be_tried_out(site):
    cohort = Cohort.objects.get()

    sprint = cohort.sprint_on(timezone.now().date())
    assert (cohort.state, sprint and sprint.position) == ("running", 2)
    assert Pair.objects.current().count() == 11
    assert not Message.objects.filter(key__startswith="networking.").exists()
    assert programmes.load() == (0, 0)
    who = {"lena@demo.example": "lead", "mia@demo.example": "mentor", "carl@demo.example": "councillor"}
    assert {email: Person.objects.get(email=email).memberships.get().role for email in who} == who
    assert {account.email: account.shown_role for account in demo.ACCOUNTS if account.email in who} == who


def test_a_team_gets_started_with_plans_barriers_a_page_and_two_who_help(site):
    sam = Person.objects.get(email="sam@demo.example")

    assert [plan.idea for plan in sam.started_plans.all()] == ["shareable", "talk-to-comms"]
    assert Plan.objects.examples_for(sam).count() == 2
    assert (Barrier.objects.count(), Helper.objects.count(), sam.fetches.get().state) == (5, 2, "succeeded")
    assert not Message.objects.filter(key__startswith="evidence.").exists()


@pytest.mark.parametrize("days", [0, 7])
def test_the_first_sweeps_take_no_names_from_the_meet_ups_that_took_place(site, days):
    past = Meetup.objects.filter(ends_at__lt=timezone.now(), series__home_path="")
    named = {meetup.title: meetup.signups.exclude(name="").count() for meetup in past}

    retention.forget_old_signups(timezone.now() + timedelta(days=days))

    assert {meetup.title: meetup.signups.exclude(name="").count() for meetup in past} == named
    assert (len(named), min(named.values()) > 20) == (3, True)
