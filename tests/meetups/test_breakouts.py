"""Rooms as rows: planned, mended, moved, shown, remembered."""

from datetime import timedelta
from itertools import combinations
from urllib.parse import urlsplit

import pytest
import time_machine
from django.db import IntegrityError, transaction

from meetups import addresses, retention
from meetups.breakouts import changing, circle, keeping, marking, planning, telling
from meetups.models import Answer, BreakoutPlan, KeepApart, Meetup, Presence, Question, RoomMember, SignUp
from people.models import Council
from tests import make

pytestmark = pytest.mark.django_db


def gathering(count: int, **fields) -> tuple[Meetup, list[SignUp]]:
    meetup = make.meetup(**fields)
    return meetup, [make.signup(meetup=meetup, organisation=f"Council {n}") for n in range(count)]


def planned(meetup: Meetup, *rounds: str, for_whom: str = "expected", **settings) -> BreakoutPlan:
    plan, _ = planning.ask(meetup, planning.Settings(list(rounds), for_whom, **settings), now=make.NOW)
    planning.make(plan, now=make.NOW)
    return fresh(plan)


def fresh(plan: BreakoutPlan) -> BreakoutPlan:
    return BreakoutPlan.objects.select_related("meetup").get(pk=plan.pk)


def rooms(plan: BreakoutPlan) -> list[list[tuple[int, ...]]]:
    return keeping.rooms_by_round(plan)


def pairs(plan: BreakoutPlan) -> list[tuple[int, int]]:
    return [pair for made in rooms(plan) for room in made for pair in combinations(room, 2)]


def everybody_here(meetup: Meetup, signups: list[SignUp]) -> None:
    marking.mark(meetup, ticked=[one.pk for one in signups], was_ticked=[], now=make.NOW)


def test_everybody_has_one_room_in_every_round_and_nobody_meets_twice():
    meetup, signups = gathering(16)

    plan = planned(meetup, "4", "4", "4")

    assert [sorted(pk for room in made for pk in room) for made in rooms(plan)] == [sorted(s.pk for s in signups)] * 3
    assert len(pairs(plan)) == len(set(pairs(plan)))
    assert plan.achieved == "Nobody meets twice; every room has at least four councils."


def test_the_database_keeps_people_out_of_a_second_room_of_a_round():
    meetup, _ = gathering(8)
    one = keeping.rounds_of(planned(meetup, "4"))[0]

    with pytest.raises(IntegrityError), transaction.atomic():
        RoomMember.objects.create(round=one.row, room=one.rooms[1].row, signup=one.rooms[0].people[0])


def test_pairs_merge_into_fours():
    meetup, _ = gathering(12)

    twos, fours = rooms(planned(meetup, "2", "merge-4"))

    assert all(sum(set(two) <= set(four) for two in twos) == 2 for four in fours)


def test_rooms_have_the_names_a_host_chose():
    meetup, _ = gathering(12)

    one = keeping.rounds_of(planned(meetup, "4", room_names="Oak\nElm"))[0]

    assert [room.row.name for room in one.rooms] == ["Oak", "Elm", "Oak 2"]


def test_nobody_online_shares_a_room_with_somebody_in_the_building():
    meetup = make.both_meetup()
    for number in range(14):
        make.signup(meetup=meetup, way="room" if number < 6 else "online")
    ways = dict(meetup.signups.values_list("pk", "way"))

    plan = planned(meetup, "4", "3")

    assert all(len({ways[pk] for pk in room}) == 1 for made in rooms(plan) for room in made)


def test_people_kept_apart_share_no_room_and_what_cannot_be_is_said():
    meetup, (one, other, *_) = gathering(8)
    assert marking.keep_apart(meetup, other, one)
    assert not marking.keep_apart(meetup, one, other)

    plan = planned(meetup, "4", "4")
    assert (one.pk, other.pk) not in pairs(plan)
    assert telling.quarrels(meetup, keeping.rounds_of(plan)) == []

    row = plan.rounds.get(number=1)
    changing.move(plan, row, one, str(row.rooms.get(members__signup=other).pk))
    assert telling.quarrels(meetup, keeping.rounds_of(fresh(plan))) == [f"{one.name} and {other.name}"]


def test_who_is_here_by_link_by_hand_and_not_after_all():
    meetup, (joined, marked, absent) = gathering(3)
    SignUp.objects.filter(pk=joined.pk).update(came_at=make.START)

    changed = marking.mark(meetup, ticked={marked.pk, joined.pk}, was_ticked={joined.pk}, now=make.START)

    assert changed == 1
    assert [s.pk for s in circle.to_place(meetup, "here")] == [joined.pk, marked.pk]
    assert list(meetup.signups.values_list("came_at", flat=True)) == [make.START, make.START, None]
    marking.mark(meetup, ticked=[], was_ticked={joined.pk, marked.pk}, now=make.START)
    assert circle.to_place(meetup, "here") == []
    assert [s.pk for s in circle.to_place(meetup, "expected")] == [absent.pk]
    assert list(meetup.signups.values_list("came_at", flat=True)) == [make.START, None, None]


@pytest.mark.parametrize("joined_before", [False, True])
def test_who_was_marked_as_not_here_and_then_joins_by_link_is_here(joined_before):
    meetup, (late, other) = gathering(2)
    SignUp.objects.filter(pk=other.pk).update(came_at=make.START)
    if joined_before:
        SignUp.objects.filter(pk=late.pk).update(came_at=make.START)
    marking.mark(meetup, ticked={other.pk}, was_ticked={late.pk, other.pk}, now=make.START)
    assert [s.pk for s in circle.to_place(meetup, "expected")] == [other.pk]

    with time_machine.travel(make.START + timedelta(minutes=5), tick=False):
        make.client().post(urlsplit(addresses.join(late)).path)

    assert [s.pk for s in circle.to_place(meetup, "here")] == [late.pk, other.pk]
    came_at = make.START if joined_before else make.START + timedelta(minutes=5)
    assert SignUp.objects.get(pk=late.pk).came_at == came_at


def test_a_list_that_was_open_takes_nobody_out_who_joined_meanwhile():
    meetup, (one, other) = gathering(2)
    SignUp.objects.filter(pk=other.pk).update(came_at=make.START)

    marking.mark(meetup, ticked={one.pk}, was_ticked=set(), now=make.START)

    assert len(circle.to_place(meetup, "here")) == 2


def test_during_the_call_late_and_missing_people_move_as_few_rooms_as_possible():
    meetup, signups = gathering(16)
    late = make.signup(meetup=meetup)
    everybody_here(meetup, signups)
    plan = planned(meetup, "4", "4", for_whom="here")
    held, before = rooms(plan)
    changing.hold(plan, plan.rounds.get(number=1), is_held=True, now=make.START)
    gone = signups[0]
    marking.mark(meetup, ticked={late.pk}, was_ticked={gone.pk}, now=make.START)

    changed = planning.replan(fresh(plan), now=make.START)

    again, after = rooms(fresh(plan))
    assert again == held
    assert changed == 1
    assert sorted(pk for room in after for pk in room) == sorted([*(s.pk for s in signups[1:]), late.pk])
    assert len(set(before) & set(after)) >= 2
    assert SignUp.objects.get(pk=gone.pk).came_at is not None  # they were in the first round


def test_a_room_that_stays_keeps_its_name():
    meetup, signups = gathering(12)
    everybody_here(meetup, signups)
    plan = planned(meetup, "4", for_whom="here")
    first, second, third = keeping.rounds_of(plan)[0].rooms
    marking.mark(meetup, ticked=[], was_ticked=first.ids, now=make.START)

    planning.replan(plan, now=make.START)

    after = {room.row.name: room.ids for room in keeping.rounds_of(fresh(plan))[0].rooms}
    assert after == {second.row.name: second.ids, third.row.name: third.ids}


def test_a_locked_room_stays_when_rooms_are_planned_anew():
    meetup, _ = gathering(16)
    plan = planned(meetup, "4", "4")
    room = keeping.rounds_of(plan)[1].rooms[2]
    changing.lock(plan, room.row, is_locked=True)

    plan = planned(meetup, "4", "4")

    kept = [one for one in keeping.rounds_of(plan)[1].rooms if one.row.is_locked]
    assert [one.ids for one in kept] == [room.ids]


def test_rounds_held_stay_and_more_can_follow():
    meetup, signups = gathering(16)
    everybody_here(meetup, signups)
    plan = planned(meetup, "4", for_whom="here")
    held = rooms(plan)[0]
    changing.hold(plan, plan.rounds.get(), is_held=True, now=make.START)

    plan = planned(meetup, "4", "4", for_whom="here")

    assert rooms(plan)[0] == held
    assert [len(room) for room in rooms(plan)[1]] == [4, 4, 4, 4]
    assert len(pairs(plan)) == len(set(pairs(plan)))
    with pytest.raises(planning.NotPossible, match="have been held"):
        planned(meetup, "2", "4", for_whom="here")


def test_four_more_rounds_after_one_that_was_held_repeat_nobody():
    meetup, signups = gathering(24)
    everybody_here(meetup, signups)
    plan = planned(meetup, "4", for_whom="here")
    changing.hold(plan, plan.rounds.get(), is_held=True, now=make.START)

    plan = planned(meetup, *["4"] * 5, for_whom="here")

    assert len(pairs(plan)) == len(set(pairs(plan))) == 24 * 3 * 5 / 2


def test_people_from_counties_meet_people_from_districts():
    meetup = make.meetup()
    of_counties, of_districts = (
        [
            make.signup(
                meetup=meetup,
                organisation=f"{kind} {n}",
                council=Council.objects.create(slug=f"{kind}-{n}", name=f"{kind} {n}", kind=kind, nation="England"),
            )
            for n in range(4)
        ]
        for kind in ("county", "district")
    )

    plan = planned(meetup, "2", "2")

    mixed = {tuple(sorted((a.pk, b.pk))) for a in of_counties for b in of_districts}
    assert set(pairs(plan)) <= mixed
    assert len(pairs(plan)) == 8


def test_who_met_at_an_earlier_meet_up_meets_others_now():
    series = make.series()
    earlier = make.meetup(series=series, starts_at=make.START - timedelta(days=7))
    emails = [f"guest-of-old{n}@council.gov.uk" for n in range(8)]
    now = make.NOW - timedelta(days=5)
    everybody_here(earlier, [make.signup(meetup=earlier, email=email, now=now) for email in emails])
    first = planned(earlier, "4", for_whom="here")
    changing.hold(first, first.rounds.get(), is_held=True, now=now)
    meetup = make.meetup(series=series)
    for email in emails:
        make.signup(meetup=meetup, email=email)

    plan = planned(meetup, "2")

    person = dict(SignUp.objects.values_list("pk", "person"))
    knew = {frozenset(person[pk] for pk in pair) for pair in pairs(first)}
    assert not knew & {frozenset(person[pk] for pk in pair) for pair in pairs(plan)}
    assert telling.seats(plan, meetup.signups.first())[0].why.endswith("you have met none of them at earlier meet-ups.")


def test_whom_a_host_moved_is_told_so_and_others_get_no_reason_that_is_not_true():
    meetup, _ = gathering(8)
    plan = planned(meetup, "4", "4")
    first, second = keeping.rounds_of(plan)
    moved = next(one for one in first.rooms[0].people if one not in second.rooms[0].people)
    elsewhere = next(room for room in second.rooms if moved not in room.people)
    mate = next(one for one in first.rooms[0].people if one in elsewhere.people)
    assert "because we found no plan" in telling.seats(plan, mate)[1].why
    for one in (first, second):
        changing.show(one.row, is_shown=True, now=make.NOW)

    changing.move(plan, second.row, moved, str(elsewhere.row.pk))

    assert telling.my_rooms(moved)[1].why == "A host moved you here."
    assert [seat.why for seat in telling.seats(fresh(plan), moved)][1] == "A host moved you here."
    told = [mine.why for one in meetup.signups.exclude(pk=moved.pk) for mine in telling.my_rooms(one)]
    assert len(told) == 14
    assert not [why for why in told if "A host" in why]
    assert telling.my_rooms(mate)[1].why.startswith("You meet two of them again; nobody else here is from")


def test_being_put_where_one_is_already_is_no_move():
    meetup, signups = gathering(4)
    plan = planned(meetup, "4")
    row = plan.rounds.get()

    room = changing.move(plan, row, signups[0], str(row.rooms.get().pk))

    assert room == row.rooms.get()
    assert keeping.put_by_hand(plan) == set()


@pytest.mark.parametrize("is_locked", [True, False])
def test_after_planning_again_a_move_is_the_reason_only_in_a_room_that_was_locked(is_locked):
    meetup, _ = gathering(8)
    plan = planned(meetup, "4")
    one = keeping.rounds_of(plan)[0]
    moved, room = one.rooms[0].people[0], one.rooms[1].row
    changing.move(plan, one.row, moved, str(room.pk))
    changing.lock(plan, room, is_locked=is_locked)

    again = planned(meetup, "5")

    seat = telling.seats(again, moved)[0]
    assert (seat.why == "A host moved you here.") == is_locked


def test_who_asks_sits_with_who_can_help():
    meetup, signups = gathering(9)
    asks = Question.objects.create(meetup=meetup, position=0, label="What would you like help with?")
    offers = Question.objects.create(meetup=meetup, position=1, label="What could you help others with?")
    Answer.objects.create(signup=signups[0], question=asks, text="Our budget papers")
    Answer.objects.create(signup=signups[7], question=offers, text="Budgets")

    plan = planned(meetup, "need-3", help_question=asks, offer_question=offers)

    assert (signups[0].pk, signups[7].pk) in pairs(plan)


def test_two_hosts_cannot_overwrite_each_other():
    meetup, signups = gathering(8)
    plan = planned(meetup, "4")
    stale = fresh(plan)
    row = plan.rounds.get()
    changing.move(plan, row, signups[0], changing.NEW_ROOM)
    before = rooms(fresh(plan))

    for change in (
        lambda: changing.move(stale, row, signups[1], changing.NOWHERE),
        lambda: planning.make(stale, now=make.NOW),
    ):
        with pytest.raises(keeping.Changed):
            change()
    assert rooms(fresh(plan)) == before


def test_many_people_are_planned_by_a_worker_once():
    meetup, _ = gathering(52)

    plan, for_worker = planning.ask(meetup, planning.Settings(["4"] * 10, "expected"), now=make.NOW)

    assert for_worker
    assert planning.make_asked(make.NOW) == 1
    assert planning.make_asked(make.NOW) == 0
    assert [len(made) for made in rooms(fresh(plan))] == [13] * 10


def test_a_worker_says_why_it_could_not():
    meetup, _ = gathering(4)
    plan, _ = planning.ask(meetup, planning.Settings(["2"], "expected"), now=make.NOW)
    BreakoutPlan.objects.update(asked_at=make.NOW, recipe=["merge-4"])

    planning.make_asked(make.NOW)

    assert fresh(plan).refused == "The first round to plan has no rooms before it to merge."
    assert fresh(plan).asked_at is None
    assert planning.make_asked(make.NOW) == 0


def test_room_mates_pairs_and_marks_go_with_the_details_of_the_sign_ups():
    meetup, signups = gathering(4)
    plan = planned(meetup, "2")
    marking.keep_apart(meetup, signups[0], signups[1])
    everybody_here(meetup, signups)
    meetup.attendance_imports.create(kind="Zoom", file_name="a.csv", read_at=make.NOW, attendees=[{"name": "Ann"}])

    retention.forget_old_signups(make.START + timedelta(days=100))

    assert not RoomMember.objects.filter(round__plan=plan).exists()
    assert not KeepApart.objects.exists()
    assert not Presence.objects.exists()
    assert meetup.attendance_imports.get().attendees == []


def test_whoever_leaves_is_in_no_room_any_more():
    meetup, signups = gathering(4)
    plan = planned(meetup, "2")

    retention.forget_person(signups[0].person, make.NOW)

    assert RoomMember.objects.filter(round__plan=plan).count() == 3
