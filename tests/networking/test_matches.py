"""Proposing a match, changing it, confirming it once; ending pairs and matching again."""

import re
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from networking import emails_matching, exclusions, match_questions, match_review, match_wishes, matches, parting
from networking.models import Cohort, MatchProposal, Member, Pair
from outbox.models import Message
from people import my_data
from tests import make
from tests.networking import build

pytestmark = pytest.mark.django_db
NOW = build.NOW


@pytest.fixture
def cohort() -> Cohort:
    return build.cohort()


def councillor(cohort: Cohort, name: str, *skills: str) -> Member:
    made = build.councillor(cohort, person=make.person(name=name))
    for skill in skills:
        build.level(made, skill, 0, wanted=2)
    return made


def mentor(cohort: Cohort, name: str, *skills: str, capacity: int = 1) -> Member:
    made = build.mentor(cohort, person=make.person(name=name), capacity=capacity)
    for skill in skills:
        build.level(made, skill, 3)
    return made


def proposed(cohort: Cohort) -> MatchProposal:
    return matches.propose(cohort, now=NOW, by=make.person())


def names(proposal: MatchProposal) -> dict[str, str]:
    people = dict(Member.objects.values_list("pk", "person__name"))
    return {people[one]: people[other] for one, other in proposal.mentor_of.items()}


def introduced() -> list[tuple[str, str]]:
    """Who was told, and to whom their mail says to write."""
    rows = Message.objects.filter(kind="networking/introduction", reply_to="")
    return sorted((mail.to_email, re.findall(r'href="mailto:([^"?]+)\?subject=', mail.html)[0]) for mail in rows)


def test_the_introduction_leads_to_where_the_first_meeting_is_logged_and_agreed_without_signing_in(cohort):
    councillor(cohort, "Ann", "Video"), mentor(cohort, "Mo", "Video")
    matches.confirm(proposed(cohort), now=NOW, by=make.person())
    texts = Message.objects.filter(kind="networking/introduction").values_list("text", flat=True)

    for text in texts:
        for path, title in (("met", "<h1"), ("moved", "<h1")):
            (link,) = re.findall(rf"https?://[^\s/]+(/networked-councillors/meeting/{path}/\S+)", text)
            page = make.client().get(link)
            assert page.status_code == 200
            assert title in page.content.decode()


def test_the_preview_of_an_introduction_lets_nobody_in(cohort):
    pair = Pair(cohort=cohort, councillor=councillor(cohort, "Ann"), mentor=mentor(cohort, "Mo"), reasons=[])

    words = emails_matching.introduction_words(pair, pair.mentor)

    assert "/meeting/" not in words.text
    assert words.text.count(cohort.get_absolute_url()) == 3


# --- Proposing ----------------------------------------------------------------------------------------------------


def test_a_proposal_gives_each_councillor_the_mentor_who_covers_what_they_want(cohort):
    councillor(cohort, "Ann", "Video"), councillor(cohort, "Bob", "Blogging")
    mentor(cohort, "Mo", "Blogging"), mentor(cohort, "Nia", "Video")

    proposal = proposed(cohort)

    assert names(proposal) == {"Ann": "Nia", "Bob": "Mo"}
    assert (proposal.state, proposal.unmatched, proposal.uncovered) == ("ready", [], [])
    assert introduced() == []


def test_the_same_question_has_the_same_answer(cohort):
    for name in ("Ann", "Bob", "Cyd"):
        councillor(cohort, name)
    mentor(cohort, "Mo", capacity=3), mentor(cohort, "Nia", capacity=3)

    first, second = proposed(cohort), proposed(cohort)

    assert (first.pairs, first.digest) == (second.pairs, second.digest)


def test_only_who_is_here_is_matched(cohort):
    councillor(cohort, "Ann")
    build.councillor(cohort, state="invited", joined_at=None)
    build.councillor()
    mentor(cohort, "Mo")
    build.mentor(cohort, state="left")

    assert names(proposed(cohort)) == {"Ann": "Mo"}


def test_capacity_below_need_says_who_is_left_and_what_would_fix_it(cohort):
    councillor(cohort, "Ann", "Video"), councillor(cohort, "Bob")
    mentor(cohort, "Mo", "Video")

    review = match_review.of(proposed(cohort))

    assert [(who.person.name, left.cause, left.fix) for who, left in review.left] == [
        ("Bob", "The only place is taken.", "Find one more place with Mo, or invite another mentor.")
    ]


def test_a_mentor_excluded_from_everyone_leaves_no_match_and_the_cause_is_named(cohort):
    ann, mo = councillor(cohort, "Ann"), mentor(cohort, "Mo")
    exclusions.exclude(ann, mo, reason="line", note="", now=NOW, by=make.person())

    proposal = proposed(cohort)

    assert proposal.state == "impossible"
    assert proposal.cause == "Every councillor is excluded from every mentor who has a place. Lift an exclusion."


@pytest.mark.parametrize(
    ("roles", "cause"),
    [
        ([], "There are no councillors in the cohort yet. Invite them first."),
        (["councillor"], "There are no mentors in the cohort yet. Invite them first."),
    ],
)
def test_a_cohort_that_cannot_be_matched_says_why(cohort, roles, cause):
    for role in roles:
        build.member(role, cohort)

    assert proposed(cohort).cause == cause


def test_a_second_proposal_replaces_the_first(cohort):
    councillor(cohort, "Ann"), mentor(cohort, "Mo")
    first, second = proposed(cohort), proposed(cohort)
    first.refresh_from_db()

    assert (first.state, second.state) == ("dropped", "ready")
    with pytest.raises(IntegrityError), transaction.atomic():
        MatchProposal.objects.create(cohort=cohort, made_at=NOW)


# --- What if ------------------------------------------------------------------------------------------------------


def test_a_lock_moves_the_pair_and_as_few_others_as_possible(cohort):
    ann = councillor(cohort, "Ann", "Video")
    councillor(cohort, "Bob", "Blogging"), councillor(cohort, "Cyd")
    mo = mentor(cohort, "Mo", "Blogging")
    mentor(cohort, "Nia", "Video"), mentor(cohort, "Olu")

    changed = matches.lock(proposed(cohort), ann.pk, mo.pk, now=NOW, by=make.person())

    assert names(changed) == {"Ann": "Mo", "Bob": "Nia", "Cyd": "Olu"}
    assert match_review.of(changed).changes == ["Ann: Nia → Mo", "Bob: Mo → Nia"]
    assert changed.change == "Ann locked with Mo."


def test_a_forbidden_pair_does_not_happen_and_can_be_allowed_again(cohort):
    ann, nia = councillor(cohort, "Ann", "Video"), mentor(cohort, "Nia", "Video")
    mentor(cohort, "Mo")

    without = matches.forbid(proposed(cohort), ann.pk, nia.pk, now=NOW, by=make.person())
    again = matches.allow(without, ann.pk, nia.pk, now=NOW, by=make.person())

    assert (names(without), names(again)) == ({"Ann": "Mo"}, {"Ann": "Nia"})


def test_to_forbid_takes_the_lock_off_and_to_lock_takes_back_that_it_was_ruled_out(cohort):
    ann, nia = councillor(cohort, "Ann", "Video"), mentor(cohort, "Nia", "Video")
    mentor(cohort, "Mo")
    by = make.person()

    locked = matches.lock(proposed(cohort), ann.pk, nia.pk, now=NOW, by=by)
    forbidden = matches.forbid(locked, ann.pk, nia.pk, now=NOW, by=by)
    relocked = matches.lock(forbidden, ann.pk, nia.pk, now=NOW, by=by)

    assert (forbidden.locked, forbidden.forbidden) == ({}, {(ann.pk, nia.pk)})
    assert (relocked.locked, relocked.forbidden) == ({ann.pk: nia.pk}, set())


def test_places_are_tried_out_and_kept_only_once_the_match_is_confirmed(cohort):
    councillor(cohort, "Ann"), councillor(cohort, "Bob")
    mo = mentor(cohort, "Mo", capacity=1)

    changed = matches.change_places(proposed(cohort), mo.pk, 2, now=NOW, by=make.person())
    mo.refresh_from_db()

    assert (names(changed), mo.capacity) == ({"Ann": "Mo", "Bob": "Mo"}, 1)
    matches.confirm(changed, now=NOW, by=make.person())
    mo.refresh_from_db()
    assert mo.capacity == 2


def test_a_lock_that_cannot_hold_is_refused_with_the_cause(cohort):
    ann, bob, mo = councillor(cohort, "Ann"), councillor(cohort, "Bob"), mentor(cohort, "Mo")
    nia = mentor(cohort, "Nia")
    by = make.person()
    exclusions.exclude(ann, nia, reason="political", note="", now=NOW, by=by)
    proposal = matches.lock(proposed(cohort), ann.pk, mo.pk, now=NOW, by=by)

    with pytest.raises(match_wishes.NotPossible, match="Mo has places for 1, and they are all settled or locked"):
        matches.lock(proposal, bob.pk, mo.pk, now=NOW, by=by)
    with pytest.raises(match_wishes.NotPossible, match="Ann and Nia are excluded from each other"):
        matches.lock(proposal, ann.pk, nia.pk, now=NOW, by=by)
    with pytest.raises(match_wishes.NotPossible, match="supports or is locked with 1 already: enter 1 or more"):
        matches.change_places(proposal, mo.pk, 0, now=NOW, by=by)


def test_a_change_to_a_proposal_that_was_replaced_is_refused(cohort):
    ann, mo = councillor(cohort, "Ann"), mentor(cohort, "Mo")
    old = proposed(cohort)
    proposed(cohort)

    with pytest.raises(matches.NotOpen):
        matches.lock(old, ann.pk, mo.pk, now=NOW, by=make.person())


def test_bringing_up_to_date_keeps_the_locks_of_those_who_are_still_here(cohort):
    ann, bob = councillor(cohort, "Ann"), councillor(cohort, "Bob")
    mo, nia = mentor(cohort, "Mo"), mentor(cohort, "Nia")
    by = make.person()
    proposal = matches.lock(proposed(cohort), ann.pk, mo.pk, now=NOW, by=by)
    proposal = matches.lock(proposal, bob.pk, nia.pk, now=NOW, by=by)
    Member.objects.filter(pk=nia.pk).update(state="left")

    fresh = matches.again(proposal, now=NOW, by=by)

    assert (fresh.locked, names(fresh), fresh.unmatched) == ({ann.pk: mo.pk}, {"Ann": "Mo"}, [bob.pk])


# --- Why not somebody else ----------------------------------------------------------------------------------------


def test_the_next_best_is_told_in_words_with_names(cohort):
    ann = councillor(cohort, "Ann", "Video")
    mentor(cohort, "Mo"), mentor(cohort, "Nia", "Video")

    said = match_review.of(proposed(cohort)).next_best(ann.pk)

    assert said == [
        "The next best would be Mo.",
        "Nobody matched would have Video any more.",
        "It would cost 24 points in all.",
    ]


def test_a_pair_without_which_nobody_is_left_says_so(cohort):
    ann = councillor(cohort, "Ann")
    mentor(cohort, "Mo")

    assert match_review.of(proposed(cohort)).next_best(ann.pk) == [
        "There would be no mentor instead.",
    ]


# --- Confirming ---------------------------------------------------------------------------------------------------


def test_confirming_introduces_both_of_each_pair_to_each_other(cohort):
    ann, mo = councillor(cohort, "Ann", "Video"), mentor(cohort, "Mo", "Video")
    by = make.person()

    pairs = matches.confirm(proposed(cohort), now=NOW, by=by)

    assert [(pair.councillor, pair.mentor, pair.confirmed_by, pair.rhythm_days) for pair in pairs] == [
        (ann, mo, by, 14)
    ]
    assert pairs[0].reasons[0] == "Covers Video."
    assert introduced() == sorted([(ann.person.email, mo.person.email), (mo.person.email, ann.person.email)])


def test_two_clicks_and_two_leads_confirm_once(cohort):
    councillor(cohort, "Ann"), mentor(cohort, "Mo")
    proposal = proposed(cohort)
    same = MatchProposal.objects.get(pk=proposal.pk)

    first = matches.confirm(proposal, now=NOW, by=make.person())
    second = matches.confirm(same, now=NOW + timedelta(seconds=1), by=make.person())

    assert (len(first), second, Pair.objects.count(), len(introduced())) == (1, [], 1, 2)


def test_a_councillor_cannot_have_two_mentors_at_a_time(cohort):
    pair = build.pair(build.councillor(cohort))

    with pytest.raises(IntegrityError), transaction.atomic():
        build.pair(pair.councillor, build.mentor(cohort))


def test_a_match_worked_out_from_other_details_is_not_confirmed(cohort):
    ann = councillor(cohort, "Ann")
    mentor(cohort, "Mo")
    proposal = proposed(cohort)
    build.level(ann, "Video", 0, wanted=2)

    with pytest.raises(matches.PeopleChanged):
        matches.confirm(proposal, now=NOW, by=make.person())
    proposal.refresh_from_db()

    assert (proposal.state, Pair.objects.count(), introduced()) == ("ready", 0, [])


# --- In a worker --------------------------------------------------------------------------------------------------


def test_a_large_match_waits_for_a_worker_and_is_worked_out_once(cohort, monkeypatch):
    councillor(cohort, "Ann"), mentor(cohort, "Mo")
    monkeypatch.setattr(matches, "SMALL", 0)
    proposal = proposed(cohort)
    assert (proposal.state, proposal.pairs) == ("queued", [])

    done = [matches.work_out_waiting(NOW), matches.work_out_waiting(NOW)]
    proposal.refresh_from_db()

    assert (done, proposal.state, names(proposal)) == ([1, 0], "ready", {"Ann": "Mo"})


def test_what_a_killed_worker_had_in_hand_is_worked_out_later(cohort):
    councillor(cohort, "Ann"), mentor(cohort, "Mo")
    proposal = proposed(cohort)
    MatchProposal.objects.filter(pk=proposal.pk).update(state="working", claimed_at=NOW, pairs=[])

    done = [matches.work_out_waiting(NOW + wait) for wait in (timedelta(minutes=1), timedelta(minutes=6))]

    assert done == [0, 1]
    assert MatchProposal.objects.get(pk=proposal.pk).state == "ready"


def test_an_answer_for_a_proposal_that_was_dropped_meanwhile_is_thrown_away(cohort):
    councillor(cohort, "Ann"), mentor(cohort, "Mo")
    proposal = proposed(cohort)
    MatchProposal.objects.filter(pk=proposal.pk).update(state="dropped")

    matches._work_out(proposal, match_questions.of(cohort), now=NOW)

    assert MatchProposal.objects.get(pk=proposal.pk).state == "dropped"


# --- Again --------------------------------------------------------------------------------------------------------


def test_when_a_mentor_leaves_their_pairs_end_and_only_those_without_are_matched_again(cohort):
    ann, bob = councillor(cohort, "Ann", "Video"), councillor(cohort, "Bob")
    mo, nia = mentor(cohort, "Mo"), mentor(cohort, "Nia", "Video", capacity=2)
    build.pair(ann, mo), build.pair(bob, nia)
    Member.objects.filter(pk=mo.pk).update(state="left")

    ended = parting.leave(Member.objects.get(pk=mo.pk), now=NOW)

    assert [pair.councillor for pair in ended] == [ann]
    told = Message.objects.filter(kind="networking/pair_ended").values_list("to_email", flat=True)
    assert list(told) == [ann.person.email]
    proposal = proposed(cohort)
    assert names(proposal) == {"Ann": "Nia"}
    matches.confirm(proposal, now=NOW, by=make.person())
    stand = Pair.objects.filter(cohort=cohort).values_list("councillor", "mentor", "why_ended")
    assert sorted(stand) == sorted(
        [(ann.pk, mo.pk, "One of the two is no longer in the cohort."), (bob.pk, nia.pk, ""), (ann.pk, nia.pk, "")]
    )


def test_whoever_has_their_data_removed_leaves_no_pair_behind_and_only_the_other_is_told(cohort):
    ann, bob, mo = councillor(cohort, "Ann"), councillor(cohort, "Bob"), mentor(cohort, "Mo", capacity=2)
    pair = build.pair(ann, mo)
    matches.lock(proposed(cohort), bob.pk, mo.pk, now=NOW, by=make.person())

    my_data.leave(mo.person, now=NOW)
    pair.refresh_from_db()

    assert (pair.is_current, pair.why_ended) == (False, "One of the two is no longer in the cohort.")
    told = Message.objects.filter(kind="networking/pair_ended").values_list("to_email", flat=True)
    assert list(told) == [ann.person.email]
    assert not MatchProposal.objects.filter(change__contains="Mo").exists()


def test_a_pair_is_ended_once_and_both_are_told_why(cohort):
    pair = build.pair(build.councillor(cohort))

    ended = [parting.end(pair, why="Moved away.", now=NOW), parting.end(pair, why="Again.", now=NOW)]

    told = Message.objects.filter(kind="networking/pair_ended")
    assert ended == [True, False]
    assert sorted(told.values_list("to_email", flat=True)) == sorted(
        [pair.councillor.person.email, pair.mentor.person.email]
    )
    assert all("Why: Moved away." in message.text for message in told)


def test_working_out_a_match_reads_a_constant_number_of_rows(cohort, django_assert_num_queries):
    for name in ("Ann", "Bob", "Cyd"):
        councillor(cohort, name, "Video"), mentor(cohort, f"Mentor of {name}", "Video")

    with django_assert_num_queries(5):
        match_questions.of(cohort)


def test_what_a_pair_keeps_of_its_reasons_names_nobody_who_may_leave(cohort):
    councillor(cohort, "Ann", "Video", "Curation"), mentor(cohort, "Mo", "Video")
    expert = build.member("expert", cohort, person=make.person(name="Eve Expert"))
    build.level(expert, "Curation", 3)
    proposal = proposed(cohort)
    review = match_review.of(proposal)

    matches.confirm(proposal, now=NOW, by=make.person())

    assert "For Curation ask the expert pool: Eve Expert." in review.rows(review.pairs)[0].reasons
    assert "For Curation ask the expert pool." in Pair.objects.get().reasons
    assert not Message.objects.filter(text__contains="Eve Expert").exists()


def test_names_that_were_kept_before_are_taken_out():
    migration = import_module("networking.migrations.0009_nobody_else_in_reasons")
    pair = build.pair(reasons=["Covers Video.", "For Pool: rules ask the expert pool: Eve and Bob.", "Both are in X."])

    migration.without_names(apps, None)
    pair.refresh_from_db()

    assert pair.reasons == ["Covers Video.", "For Pool: rules ask the expert pool.", "Both are in X."]
