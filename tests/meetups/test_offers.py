"""A place that becomes free shortly before the start: offered by link, kept for a while, passed on."""

import contextlib
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from meetups import addresses, offers, places, publishing, signups, tasks
from meetups.models import Meetup, SignUp
from outbox.models import Message
from tests import make, reading

pytestmark = pytest.mark.django_db
State = SignUp.State
SOON = make.START - timedelta(hours=10)


@pytest.fixture
def time_machine_at():
    travellers = []

    def go(moment):
        traveller = time_machine.travel(moment, tick=False)
        traveller.start()
        travellers.append(traveller)

    yield go
    for traveller in travellers:
        traveller.stop()


def full(waiting: int = 2, **fields) -> tuple[Meetup, list[SignUp]]:
    """One place, taken, and people who wait for it in order."""
    meetup = make.meetup(places_online=1, **fields)
    everybody = [make.signup(meetup=meetup, name=name) for name in ("Holder", *"ABCDEFGH"[:waiting])]
    Message.objects.all().delete()
    return meetup, everybody


def again(signup: SignUp) -> SignUp:
    return SignUp.objects.select_related("meetup", "person").get(pk=signup.pk)


def mails() -> list[tuple[str, str]]:
    return [(m.kind.removeprefix("meetups/"), m.to_email) for m in Message.objects.order_by("pk")]


def test_before_the_last_hours_the_first_in_line_gets_the_place_at_once():
    _meetup, (holder, first, _) = full(offer_hours=9)

    signups.cancel(holder, now=SOON)

    assert (again(first).state, again(first).offer_until) == (State.CONFIRMED, None)


def test_in_the_last_hours_the_place_is_kept_for_the_first_in_line_and_said_to_nobody_else():
    _meetup, (holder, first, second) = full()

    signups.cancel(holder, now=SOON)

    first = again(first)
    assert (first.state, first.seat, first.offer_until) == (State.WAITING, 1, SOON + timedelta(hours=2))
    assert again(second).seat is None
    assert mails() == [("cancelled", holder.person.email), ("offered", first.person.email)]
    assert first.why == (
        "A place became free on Wednesday 24 February 2027 at midnight and you are first in line. "
        "It is kept for you until Wednesday 24 February 2027 at 2am."
    )
    assert first.events.last().sentence == (
        "Offered a place until Wednesday 24 February 2027 at 2am: somebody cancelled. "
        "It is not given, because the start is less than 24 hours away."
    )
    assert Message.objects.get(kind="meetups/offered").calendar == ""


def test_an_offer_lasts_no_longer_than_half_the_time_that_is_left():
    meetup = make.meetup()

    until = places.offered_until(meetup, make.START - timedelta(hours=1))

    assert until == make.START - timedelta(minutes=30)


def test_an_offered_place_is_not_given_to_whoever_signs_up_meanwhile():
    meetup, (holder, _first) = full(waiting=1, closes_at=make.START)
    signups.cancel(holder, now=SOON)

    newcomer = make.signup(meetup=meetup, now=SOON)

    assert Meetup.objects.for_cards().get().all_places_left == Meetup.objects.get().all_places_left == 0
    assert newcomer.state == State.WAITING


def test_taking_the_place_gives_it_with_an_entry_for_the_calendar_once():
    _meetup, (holder, first, _) = full()
    signups.cancel(holder, now=SOON)

    for _ in range(2):
        offers.accept(first, now=SOON + timedelta(minutes=5))

    first = again(first)
    assert (first.state, first.seat, first.offer_until) == (State.CONFIRMED, 1, None)
    assert first.why == "A place became free and you took it on Wednesday 24 February 2027 at 12:05am."
    assert mails()[2:] == [("promoted", first.person.email)]
    assert Message.objects.get(kind="meetups/promoted").calendar_method == "REQUEST"


def test_who_does_not_want_it_leaves_the_line_and_the_next_is_asked():
    _meetup, (holder, first, second) = full()
    signups.cancel(holder, now=SOON)

    offers.decline(first, now=SOON + timedelta(minutes=5))

    assert (again(first).state, again(first).seat) == (State.CANCELLED, None)
    assert (again(second).seat, again(second).offer_until) == (1, SOON + timedelta(hours=2, minutes=5))


def test_cancelling_while_a_place_is_offered_passes_it_on():
    _meetup, (holder, first, second) = full()
    signups.cancel(holder, now=SOON)

    signups.cancel(again(first), now=SOON)

    assert again(second).seat == 1


def test_when_time_is_up_the_next_is_asked_and_the_first_is_told_where_they_are():
    _meetup, (holder, first, second) = full()
    signups.cancel(holder, now=SOON)
    late = SOON + timedelta(hours=2)
    assert offers.pass_on(late - timedelta(seconds=1)) == 0

    assert [offers.pass_on(late), offers.pass_on(late)] == [1, 0]

    first, second = again(first), again(second)
    assert (first.state, first.seat, first.offer_until, first.place_in_line()) == (State.WAITING, None, None, 2)
    assert (second.seat, second.offer_until) == (1, late + timedelta(hours=2))
    assert mails()[2:] == [("offer_missed", first.person.email), ("offered", second.person.email)]
    assert first.why == (
        "We kept a place for you until Wednesday 24 February 2027 at 2am and did not hear from you. "
        "It went to the next in line, and you are now at the end of the line."
    )
    with pytest.raises(offers.OfferGone, match="The time to take this place is over"):
        offers.accept(first, now=late)


def test_who_lets_two_offers_pass_is_off_the_line():
    _meetup, (holder, first) = full(waiting=1)
    signups.cancel(holder, now=SOON)
    offers.pass_on(SOON + timedelta(hours=2))
    kept = again(first)
    heard = "We kept a place for you until Wednesday 24 February 2027 at 2am and did not hear from you."
    once_more = "Nobody else is waiting, so it is kept for you once more until Wednesday 24 February 2027 at 4am."
    assert (kept.state, kept.seat, kept.offer_until) == (State.WAITING, 1, SOON + timedelta(hours=4))
    assert kept.why == f"{heard} {once_more}"
    assert mails()[1:] == [("offered", first.person.email)] * 2
    mail = Message.objects.order_by("pk").last()
    assert f"Why you: {heard} {once_more}" in mail.text
    assert "kept for you until Wednesday 24 February 2027, 4am" in mail.text
    assert "After that it goes to the next in line, and you are off the waiting list." in mail.text

    offers.pass_on(SOON + timedelta(hours=4))

    first = again(first)
    assert (first.state, first.seat) == (State.CANCELLED, None)
    assert mails()[3:] == [("offer_missed", first.person.email)]
    assert first.why.endswith("That was the second time, so you are off the waiting list.")
    assert Meetup.objects.get().all_places_left == 1


def test_after_the_start_nothing_is_offered_taken_or_written():
    _meetup, (holder, first, second) = full()
    signups.cancel(holder, now=make.START - timedelta(minutes=2))
    before = mails()

    offers.pass_on(make.START + timedelta(minutes=1))
    with pytest.raises(offers.OfferGone):
        offers.accept(again(first), now=make.START + timedelta(minutes=1))

    assert (again(first).seat, again(second).seat) == (None, None)
    assert mails() == before


def test_the_sweep_passes_offers_on(time_machine_at):
    _meetup, (holder, _first, second) = full()
    signups.cancel(holder, now=SOON)

    time_machine_at(SOON + timedelta(hours=3))
    tasks.queue_due_letters()

    assert again(second).seat == 1


def test_an_offered_place_cannot_be_taken_away_by_lowering_the_number_of_places():
    meetup = make.meetup(places_online=2)
    holder, *_ = [make.signup(meetup=meetup) for _ in range(3)]
    signups.cancel(holder, now=SOON)
    meetup = Meetup.objects.get()
    meetup.places_online = 1

    with pytest.raises(publishing.NotNow, match="2 people have a place"):
        publishing.save_changes(meetup, now=SOON)


def test_the_booking_page_offers_both_and_does_nothing_by_looking(time_machine_at):
    _meetup, (holder, first, _) = full()
    signups.cancel(holder, now=SOON)
    time_machine_at(SOON + timedelta(minutes=1))
    token = addresses.booking_token(first)
    page = make.client().get(reverse("meetups:booking", args=[token]))

    assert "A place is free for you It is kept for you until Wednesday 24 February 2027, 2am ." in reading.words(page)
    assert "Take the place I cannot come" in reading.words(page)
    assert make.client().get(reverse("meetups:accept_offer", args=[token])).status_code == 405
    assert make.client().get(reverse("meetups:decline_offer", args=[token])).status_code == 405
    assert again(first).state == State.WAITING

    answer = make.client().post(reverse("meetups:accept_offer", args=[token]), follow=True)

    assert "You have a place" in reading.words(answer)


def test_too_late_on_the_page_says_so(time_machine_at):
    _meetup, (holder, first, _) = full()
    signups.cancel(holder, now=SOON)
    time_machine_at(SOON + timedelta(hours=3))
    token = addresses.booking_token(first)

    page = make.client().get(reverse("meetups:booking", args=[token]))
    answer = make.client().post(reverse("meetups:accept_offer", args=[token]), follow=True)

    assert "Take the place" not in reading.words(page)
    assert "The time to take this place is over." in reading.words(answer)


def test_declining_on_the_page(time_machine_at):
    _meetup, (holder, first, second) = full()
    signups.cancel(holder, now=SOON)
    time_machine_at(SOON + timedelta(minutes=1))

    answer = make.client().post(reverse("meetups:decline_offer", args=[addresses.booking_token(first)]), follow=True)

    assert "You said on Wednesday 24 February 2027 at 12:01am that you do not want the place" in reading.words(answer)
    assert again(second).seat == 1


@pytest.mark.parametrize("order", ["accept decline sweep", "sweep accept decline", "decline sweep accept"])
def test_in_whatever_order_they_come_one_place_is_given_once(order):
    _, (holder, first, second) = full()
    signups.cancel(holder, now=SOON)
    late = SOON + timedelta(hours=2)

    for what in order.split():
        if what == "accept":
            for signup in (first, second):
                with contextlib.suppress(offers.OfferGone):
                    offers.accept(signup, now=late - timedelta(seconds=1))
        elif what == "decline":
            offers.decline(first, now=late - timedelta(seconds=1))
        else:
            offers.pass_on(late)

    assert list(SignUp.objects.filter(seat__isnull=False).values_list("seat", flat=True)) == [1]
