"""The pages of a match, as a lead opens and uses them: from nobody matched to everybody introduced, and after."""

import re

import pytest
from django.urls import reverse

from networking import matches
from networking.models import Cohort, MatchProposal, Member, Pair
from outbox.models import Message
from tests import make
from tests.networking import build

pytestmark = pytest.mark.django_db

POST_ONLY = ["match_again", "allow_pair"]


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    """The clock of the doors stands at build.NOW."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: build.NOW)


@pytest.fixture
def cohort() -> Cohort:
    """Ann wants Video, Bob wants Blogging; Nia teaches the one and Mo the other, one place each."""
    made = build.cohort(name="Suffolk 2027")
    build.lead(made, person=make.person(name="Lea Lead"))
    _member(made, "councillor", "Ann Abel", "Video", organisation="Babergh District Council", days=[Member.Day.TUESDAY])
    _member(made, "councillor", "Bob Bell", "Blogging")
    _member(made, "mentor", "Mo Moss", "Blogging")
    _member(made, "mentor", "Nia Noor", "Video", organisation="Ipswich Borough Council", days=[Member.Day.TUESDAY])
    return made


def _member(cohort: Cohort, role: str, name: str, skill: str, *, organisation: str = "", days=()) -> Member:
    email = f"{name.split()[0].lower()}@council.gov.uk"
    person = make.person(name=name, email=email, organisation=organisation)
    made = build.member(
        role, cohort, person=person, area="Suffolk", days=list(days), **({"capacity": 1} if role == "mentor" else {})
    )
    levels = {"level": 3} if role == "mentor" else {"level": 0, "wanted": 2}
    build.level(made, skill, **levels)
    return made


def who(name: str) -> Member:
    return Member.objects.with_people().get(person__name__startswith=name)


def lead(cohort: Cohort):
    return make.client(who("Lea").person)


def url(name: str, cohort: Cohort, *more: int) -> str:
    return reverse(f"networking:{name}", args=[cohort.slug, *more])


def read(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return words(answer)


def words(answer) -> str:
    """What a page says, without its tags."""
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def proposed(cohort: Cohort) -> MatchProposal:
    return matches.propose(cohort, now=build.NOW, by=who("Lea").person)


def names(proposal: MatchProposal) -> dict[str, str]:
    people = dict(Member.objects.values_list("pk", "person__name"))
    return {people[one].split()[0]: people[other].split()[0] for one, other in proposal.mentor_of.items()}


# --- Looking ------------------------------------------------------------------------------------------------------


def test_before_there_is_a_match_the_page_says_how_many_wait_and_how_one_is_made(cohort):
    page = read(lead(cohort), url("match", cohort))

    assert "councillors have no mentor 2" in page
    assert "places are free with 2 mentors 2" in page
    assert "Work out a match" in page
    assert not MatchProposal.objects.exists()


def test_a_cohort_without_mentors_is_told_whom_to_invite():
    cohort = build.cohort()

    page = read(make.client(build.lead(cohort).person), url("match", cohort))

    assert "A match needs councillors and mentors in the cohort." in page
    assert "Work out a match" not in page


def test_the_proposed_pairs_are_shown_with_reasons_and_what_can_be_changed(cohort):
    client = lead(cohort)

    page = words(client.post(url("match", cohort), follow=True))

    assert "for Lea Lead. Nobody has been told." in page
    assert "Ann Abel Babergh District Council Nia Noor 2 of 2 steps Covers Video. Both are in Suffolk." in page
    assert "None: every skill that a councillor wants is with a mentor in the match." in page
    assert "Preview and confirm" in page
    assert "Mo Moss 1 0 1 0 Change places" in page
    assert "The last change moved nobody" not in page


def test_a_match_that_is_not_proven_to_be_the_best_says_so(cohort):
    client = lead(cohort)
    unsure = "we could not prove that there is none better"
    assert unsure not in words(client.post(url("match", cohort), follow=True))

    cohort.proposals.update(is_proven=False)

    assert unsure in read(client, url("match", cohort))


def test_a_match_in_which_somebody_is_left_says_why_and_what_would_fix_it(cohort):
    _member(cohort, "councillor", "Cyd Cole", "Podcasts")
    proposed(cohort)

    page = read(lead(cohort), url("match", cohort))

    assert "Left without a mentor" in page
    assert "Cyd Cole All 2 places are taken. Find one more place with Mo Moss, or invite another mentor." in page


def test_why_not_somebody_else_shows_every_mentor_and_the_price_of_the_next_best(cohort):
    proposed(cohort)

    page = read(lead(cohort), url("change_pair", cohort, who("Ann").pk))

    assert "Why Nia Noor for Ann Abel?" in page
    assert "The next best would be Mo Moss." in page
    assert "Bob Bell would have somebody else as well." in page
    assert "Nia Noor Proposed 32 Video 2 of 2 Nothing" in page
    assert "Mo Moss 6 Nothing that is wanted The only place is taken" in page


def test_languages_that_both_said_when_they_joined_stand_in_reasons_table_and_introduction(cohort):
    for name, role, typed in (
        ("Ann", "councillor", {"area": "Suffolk", "languages": "welsh, Polish"}),
        ("Nia", "mentor", {"area": "Suffolk", "capacity": "1", "skill-video": "3", "languages": "Turkish and Welsh"}),
        ("Mo", "mentor", {"area": "Suffolk", "capacity": "1", "skill-blogging": "3", "languages": "Turkish"}),
    ):
        make.client(who(name).person).post(reverse("networking:about_me", args=[cohort.slug, role]), typed)
    proposal = proposed(cohort)

    pages = [url("match", cohort), url("change_pair", cohort, who("Ann").pk)]
    shown, table = (read(lead(cohort), page) for page in pages)
    matches.confirm(proposal, now=build.NOW, by=who("Lea").person)

    assert "Both are in Suffolk. Not both have said which days suit them. Both know Welsh. Why not" in shown
    assert "Nia Noor Proposed 30 Video 2 of 2 Both know Welsh. Nothing Mo Moss 6 Nothing that is wanted The" in table
    letters = Message.objects.filter(text__contains="- Both know Welsh.\n").values_list("to_email", flat=True)
    assert sorted(letters) == ["ann@council.gov.uk", "nia@council.gov.uk"]
    assert (shown.count("know"), table.count("know")) == (1, 2)


@pytest.mark.parametrize(("role", "asked"), [("councillor", 1), ("mentor", 1), ("expert", 0), ("lead", 0)])
def test_only_who_is_matched_is_asked_for_languages(cohort, role, asked):
    member = build.member(role, cohort)

    page = make.client(member.person).get(reverse("networking:about_me", args=[cohort.slug, role])).content.decode()

    assert page.count('name="languages"') == asked


def test_why_not_somebody_else_for_a_councillor_who_is_left_says_so(cohort):
    cyd = _member(cohort, "councillor", "Cyd Cole", "Podcasts")
    proposed(cohort)

    page = read(lead(cohort), url("change_pair", cohort, cyd.pk))

    assert "The match leaves Cyd Cole without a mentor." in page


def test_a_match_that_waits_for_a_worker_says_so(cohort, monkeypatch):
    monkeypatch.setattr(matches, "SMALL", 0)
    proposed(cohort)

    page = read(lead(cohort), url("match", cohort))

    assert "The match is waiting for a worker. 2 councillors and 2 mentors take up to half a minute." in page
    assert lead(cohort).get(url("change_pair", cohort, who("Ann").pk)).status_code == 404


def test_a_match_that_cannot_be_says_the_cause(cohort):
    Member.objects.mentors().update(capacity=0)
    proposed(cohort)

    page = read(lead(cohort), url("match", cohort))

    assert "There is no such match. No mentor takes anybody: every mentor has 0 places." in page
    assert "Preview and confirm" not in page


def test_a_mentor_who_takes_fewer_than_are_locked_is_named_and_a_lock_taken_off(cohort):
    Member.objects.filter(pk=who("Mo").pk).update(capacity=2)
    proposed(cohort)
    client = lead(cohort)
    for name in ("Ann", "Bob"):
        typed = {"what": "give", "mentor": who("Mo").pk}
        client.post(url("change_pair", cohort, who(name).pk), typed)
    about_me = reverse("networking:about_me", args=[cohort.slug, "mentor"])
    make.client(who("Mo").person).post(about_me, {"area": "Suffolk", "capacity": "1", "skill-blogging": "3"})

    stuck = words(client.post(url("match_again", cohort), follow=True))
    free = client.post(url("change_pair", cohort, who("Ann").pk), {"what": "unlock"}, follow=True)

    assert "no such match. Ann Abel and Bob Bell are locked with Mo Moss, who has 1 free place. Take a lock" in stuck
    assert "Locked in this match Ann Abel with Mo Moss Take the lock off (Ann Abel with Mo Moss) Bob Bell with" in stuck
    assert "→ nobody" not in stuck
    assert "There is no such match." not in words(free)
    assert "Locked in this match" not in words(free)
    assert names(cohort.proposals.open().get()) == {"Ann": "Nia", "Bob": "Mo"}


def test_somebody_locked_with_a_mentor_who_takes_nobody_any_more_is_named(cohort):
    proposed(cohort)
    client = lead(cohort)
    client.post(url("change_pair", cohort, who("Ann").pk), {"what": "lock"})
    Member.objects.mentors().update(capacity=0)

    stuck = words(client.post(url("match_again", cohort), follow=True))

    assert "Ann Abel is locked with Nia Noor, who has 0 free places. Take a lock off, or change the places." in stuck


# --- Changing -----------------------------------------------------------------------------------------------------


def test_another_mentor_is_chosen_and_the_page_says_what_moved(cohort):
    proposed(cohort)

    answer = lead(cohort).post(
        url("change_pair", cohort, who("Ann").pk), {"what": "give", "mentor": who("Mo").pk}, follow=True
    )

    assert "Ann Abel: Nia Noor → Mo Moss" in words(answer)
    assert "Ann Abel Babergh District Council Mo Moss Locked Changed was Nia Noor" in words(answer)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Select what you would change"),
        ({"what": "give"}, "Select a mentor"),
        ({"what": "give", "mentor": "999999"}, "Select one of the mentors"),
        ({"what": "unlock"}, "Select a valid choice"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused_at_the_field(cohort, typed, said):
    proposed(cohort)

    answer = lead(cohort).post(url("change_pair", cohort, who("Ann").pk), typed)

    assert (answer.status_code, said in words(answer)) == (200, True)
    assert MatchProposal.objects.count() == 1


def test_a_pair_is_ruled_out_and_allowed_again(cohort):
    proposed(cohort)
    client, ann, nia = lead(cohort), who("Ann").pk, who("Nia").pk

    without = words(client.post(url("change_pair", cohort, ann), {"what": "forbid"}, follow=True))
    again = words(client.post(url("allow_pair", cohort, ann, nia), follow=True))

    assert "Ruled out in this match Ann Abel with Nia Noor Allow it again" in without
    assert "Ruled out in this match" not in again
    assert names(cohort.proposals.open().get()) == {"Ann": "Nia", "Bob": "Mo"}


def test_places_of_a_mentor_are_changed_in_the_match(cohort):
    proposed(cohort)
    client, page = lead(cohort), url("change_places", cohort, who("Mo").pk)

    shown = read(client, page)
    wrong = client.post(page, {"places": "9"})
    right = client.post(page, {"places": "2"}, follow=True)

    assert "Places of Mo Moss Supports 0 now, and 1 in the proposed match." in shown
    assert "Enter a number from 0 to 5" in words(wrong)
    assert 'value="9"' in wrong.content.decode()
    assert "Mo Moss 2 (was 1) 0 1 1" in words(right)


@pytest.mark.parametrize("name", POST_ONLY)
def test_an_address_that_only_changes_something_sends_whoever_opens_it_to_the_match(cohort, name):
    proposed(cohort)
    more = [who("Ann").pk, who("Nia").pk] if name == "allow_pair" else []

    answer = lead(cohort).get(url(name, cohort, *more))

    assert (answer.status_code, answer.url) == (302, url("match", cohort))
    assert MatchProposal.objects.count() == 1


@pytest.mark.parametrize("name", POST_ONLY)
def test_the_lead_of_another_cohort_changes_nothing(cohort, name):
    proposed(cohort)
    more = [who("Ann").pk, who("Nia").pk] if name == "allow_pair" else []

    assert make.client(build.lead().person).post(url(name, cohort, *more)).status_code == 404


def test_details_that_changed_since_are_brought_up_to_date_before_anything_is_confirmed(cohort):
    proposal = proposed(cohort)
    _member(cohort, "mentor", "Olu Oni", "Podcasts")
    client = lead(cohort)

    shown = read(client, url("match", cohort))
    too_early = client.post(url("confirm_match", cohort), {"proposal": proposal.pk}, follow=True)
    fresh = words(client.post(url("match_again", cohort), follow=True))

    assert "Bring the match up to date before you confirm it." in shown
    assert client.get(url("confirm_match", cohort)).status_code == 200
    assert "details changed since. Bring the match up to date, then confirm it." in too_early.content.decode()
    assert "The last change moved nobody." in fresh
    assert not Pair.objects.exists()


def test_a_proposal_is_dropped_and_nobody_hears_of_it(cohort):
    proposed(cohort)
    client = lead(cohort)

    shown = read(client, url("drop_match", cohort))
    gone = client.post(url("drop_match", cohort), follow=True)

    assert "What you locked and ruled out is lost." in shown
    assert "The proposal is gone. Nobody was told of it." in gone.content.decode()
    assert "There is no proposal." in read(client, url("drop_match", cohort))
    assert not Message.objects.exists()


# --- Confirming ---------------------------------------------------------------------------------------------------


def test_the_preview_shows_everybody_and_the_very_words_of_the_first_pair(cohort):
    proposed(cohort)

    page = read(lead(cohort), url("confirm_match", cohort))

    assert "4 messages go out: in each of 2 pairs the councillor and the mentor get one." in page
    assert "To Ann Abel: Suffolk 2027: your mentor is Nia Noor" in page
    assert "To Nia Noor: Suffolk 2027: you support Ann Abel" in page
    assert "Introduce 2 pairs" in page
    assert (Pair.objects.count(), Message.objects.count()) == (0, 0)


def test_confirming_twice_makes_one_set_of_pairs_and_one_set_of_messages(cohort):
    proposal = proposed(cohort)
    client, page = lead(cohort), url("confirm_match", cohort)

    first = client.post(page, {"proposal": proposal.pk}, follow=True)
    second = client.post(page, {"proposal": proposal.pk}, follow=True)

    assert "2 pairs are introduced." in first.content.decode()
    assert "Nobody is told twice." in second.content.decode()
    assert sorted(Pair.objects.values_list("councillor__person__name", "mentor__person__name")) == [
        ("Ann Abel", "Nia Noor"),
        ("Bob Bell", "Mo Moss"),
    ]
    told = ((mail, re.findall(r'href="mailto:([^"?]+)\?subject=', mail.html)[0]) for mail in Message.objects.all())
    assert sorted((mail.kind, mail.to_email, write_to) for mail, write_to in told) == [
        ("networking/introduction", "ann@council.gov.uk", "nia@council.gov.uk"),
        ("networking/introduction", "bob@council.gov.uk", "mo@council.gov.uk"),
        ("networking/introduction", "mo@council.gov.uk", "bob@council.gov.uk"),
        ("networking/introduction", "nia@council.gov.uk", "ann@council.gov.uk"),
    ]


def test_a_preview_of_a_match_that_was_changed_meanwhile_confirms_nothing(cohort):
    old = proposed(cohort)
    proposed(cohort)

    answer = lead(cohort).post(url("confirm_match", cohort), {"proposal": old.pk}, follow=True)

    assert "changed by somebody else" in answer.content.decode()
    assert not Pair.objects.exists()


def test_the_councillor_reads_who_the_mentor_is_why_and_what_to_do(cohort):
    matches.confirm(proposed(cohort), now=build.NOW, by=who("Lea").person)
    pair = Pair.objects.get(councillor=who("Ann"))

    message = Message.objects.get(to_email="ann@council.gov.uk")

    assert message.subject == "Suffolk 2027: your mentor is Nia Noor"
    assert "Your mentor in Suffolk 2027 is Nia Noor, Ipswich Borough Council." in message.text
    assert "Write to Nia: nia@council.gov.uk" in message.text
    assert "- Covers Video.\n- Both are in Suffolk.\n- Both can do Tuesday.\n\nWhat to do now:" in message.text
    assert url("pair", cohort, pair.pk) in message.text
    for said in (
        "<li>Covers Video.</li>",
        'href="mailto:nia@council.gov.uk?subject=Suffolk%202027"',
        url("pair", cohort, pair.pk),
    ):
        assert said in message.html


def test_the_mentor_reads_whom_they_support(cohort):
    matches.confirm(proposed(cohort), now=build.NOW, by=who("Lea").person)

    message = Message.objects.get(to_email="nia@council.gov.uk")

    assert message.subject == "Suffolk 2027: you support Ann Abel"
    assert "You support Ann Abel, Babergh District Council, in Suffolk 2027." in message.text
    assert "You get this because you are a mentor in Suffolk 2027." in message.text
    assert "You support Ann Abel, Babergh District Council, in Suffolk 2027." in message.html


# --- Afterwards ---------------------------------------------------------------------------------------------------


def test_the_pairs_are_kept_with_who_confirmed_them(cohort):
    client = lead(cohort)
    assert "There are no pairs yet." in read(client, url("match_history", cohort))
    matches.confirm(proposed(cohort), now=build.NOW, by=who("Lea").person)

    page = read(client, url("match_history", cohort))

    assert "Ann Abel Nia Noor Wednesday 10 February 2027, confirmed by Lea Lead Meeting now Covers Video." in page
    assert "Every councillor has a mentor." in read(client, url("match", cohort))


def test_the_list_of_pairs_reads_a_constant_number_of_rows(cohort, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, page = lead(cohort), url("match_history", cohort)
    build.pair(who("Ann"), who("Nia"))
    client.get(page)
    with CaptureQueriesContext(
        connection,
    ) as for_one:
        client.get(page)
    for _ in range(3):
        build.pair(build.councillor(cohort))

    with django_assert_num_queries(len(for_one)):
        client.get(page)


def test_the_two_and_their_lead_see_the_page_of_a_pair_and_nobody_else_does(cohort):
    pair = build.pair(who("Ann"), who("Nia"), reasons=["Covers Video."])
    page = url("pair", cohort, pair.pk)

    for name in ("Ann", "Nia", "Lea"):
        assert "Ann Abel and Nia Noor Matched" in read(make.client(who(name).person), page)
    assert make.client(who("Bob").person).get(page).status_code == 404


def test_a_pair_is_ended_from_its_page_once_and_both_are_told(cohort):
    pair = build.pair(who("Ann"), who("Nia"))
    client, page = lead(cohort), url("end_pair", cohort, pair.pk)

    shown = read(client, page)
    first = client.post(page, {"why": "Nia moves away."}, follow=True)
    second = client.post(page, {"why": "Again."}, follow=True)

    assert "End the pair of Ann Abel and Nia Noor" in shown
    assert "The pair has ended. Work out a match to find Ann Abel another mentor." in first.content.decode()
    assert "This pair had ended already." in second.content.decode()
    assert "This pair has ended already." in read(client, page)
    assert sorted(Message.objects.values_list("to_email", flat=True)) == ["ann@council.gov.uk", "nia@council.gov.uk"]
    assert "Why: Nia moves away." in Message.objects.first().html


def test_exclusions_are_said_listed_and_lifted(cohort):
    client, page = lead(cohort), url("exclusions", cohort)
    typed = {"councillor": who("Ann").pk, "mentor": who("Nia").pk, "reason": "line", "note": "Ann is her boss."}

    empty = read(client, page)
    wrong = words(client.post(page, {**typed, "mentor": ""}))
    said = client.post(page, typed, follow=True)
    apart = cohort.exclusions.get()

    assert "Nobody is excluded." in empty
    assert "Select a mentor" in wrong
    assert "Ann Abel and Nia Noor are not matched from now on." in said.content.decode()
    assert "Ann is her boss. Wednesday 10 February 2027, Lea Lead Lift it" in words(said)
    assert "Ann Abel and Nia Noor may be matched again." in read(client, url("lift_exclusion", cohort, apart.pk))
    lifted = client.post(url("lift_exclusion", cohort, apart.pk), follow=True)
    assert "Nobody is excluded." in words(lifted)


@pytest.mark.parametrize("name", ["match", "exclusions", "match_history"])
def test_councillors_and_mentors_do_not_see_what_leads_see(cohort, name):
    for each in ("Ann", "Nia"):
        assert make.client(who(each).person).get(url(name, cohort)).status_code == 404
