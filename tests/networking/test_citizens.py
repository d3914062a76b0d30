"""Active citizens: looking for topics, noting the least, deciding, forgetting, and which ways of looking pay."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from networking import citizens, map_rows
from networking.citizen_numbers import Effort, Found, compare, unfound
from networking.forms.citizens import CandidateForm
from networking.models import Candidate, CitizenSearch, NetworkMap
from searchdeck.models import Source
from tests import make, reading
from tests.networking import build

pytestmark = pytest.mark.django_db
GROUP = citizens.Said("group", "Litter pickers of Leiston", "https://www.example.org/litter/", "They clean the beach")
YES = {"is_local": "yes", "is_active": "yes", "builds": "yes", "is_wanted": "yes", "decision": "yes", "words": "Good"}


@pytest.fixture
def member(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: build.NOW)
    return build.councillor()


@pytest.fixture
def browser(member):
    return make.client(member.person)


def page(member, name: str = "citizens", *args) -> str:
    return reverse(f"networking:{name}", args=[member.cohort.slug, *args])


def asked(member, method: str = "asked", minutes: int | None = 30) -> CitizenSearch:
    return citizens.note(member, method, "", minutes, now=build.NOW)


def noted(member, said: citizens.Said = GROUP, method: str = "asked") -> Candidate:
    return citizens.found(asked(member, method), said, now=build.NOW)[0]


# --- Numbers -------------------------------------------------------------------------------------------------------


def test_ways_are_compared_by_what_they_found_kept_and_cost():
    found = [
        Found(1, frozenset({"web"}), is_kept=True, timed=frozenset({"web"})),
        Found(1, frozenset({"web", "tag"}), is_kept=True, timed=frozenset({"web"})),
        Found(1, frozenset({"tag"}), is_kept=False),
    ]

    rows = compare({"web": "Web", "tag": "Tag", "asked": "Asked"}, {"web": Effort(3, 40, 3), "tag": Effort(1)}, found)

    said = [(row.label, row.searches, row.minutes, row.found, row.kept, row.only_here) for row in rows]
    assert said == [("Web", 3, 40, 2, 2, 1), ("Tag", 1, 0, 2, 1, 1)]
    assert [row.kept_per_hour for row in rows] == [3.0, None]
    assert [row.what_is_not_timed for row in rows] == ["", "minutes noted for none of 1 search"]


def test_kept_per_hour_is_of_the_searches_whose_minutes_were_noted(member):
    for number in range(10):
        search = asked(member, minutes=None if number else 5)
        said = citizens.Said("group", f"Group {number}", f"https://example.org/{number}/", "They clean the beach")
        citizens.decide(
            citizens.found(search, said, now=build.NOW)[0], citizens.Answer("yes", is_local=True), now=build.NOW
        )

    lead = build.lead(member.cohort)
    shown = reading.words(make.client(lead.person).get(page(member, "citizen_methods")))

    assert "Asked people 10 5 10 10 12.0 minutes noted for 1 of 10 searches 10" in shown


def test_chao_s_bound_by_hand():
    """Two methods, six found by one of them and two by both: 1/2 · 6 · 5 / (2 · 3) = 2.5."""
    found = [Found(1, frozenset({"web"}), is_kept=True)] * 6 + [Found(1, frozenset({"web", "tag"}), is_kept=True)] * 2

    assert unfound(found) == 2
    assert unfound([*found, *(Found(2, one.methods, one.is_kept) for one in found)]) == 5


def test_without_anything_found_twice_nothing_is_said():
    assert unfound([]) is None
    assert unfound([Found(1, frozenset({"web"}), is_kept=True), Found(1, frozenset({"tag"}), is_kept=True)]) is None


# --- Looking -------------------------------------------------------------------------------------------------------


def test_a_search_is_written_down_and_leads_to_the_platform(member, browser):
    source = Source.objects.create(slug="news", name="News", template="https://news.example.org/?q={query}")

    answer = browser.post(page(member, "search_citizens"), {"source": "news", "words": "litter", "place": "Leiston"})

    assert (answer.status_code, answer["Location"]) == (303, "https://news.example.org/?q=litter+Leiston")
    assert answer["Referrer-Policy"] == "no-referrer"
    row = CitizenSearch.objects.get()
    assert (row.member, row.method, row.source_name, row.words) == (member, "web", source.name, "litter")


def test_a_person_is_not_searched_for(member, browser):
    Source.objects.create(slug="news", name="News", template="https://news.example.org/?q={query}")

    shown = reading.words(browser.get(page(member), {"words": "litter from:annsmith"}))
    answer = browser.post(page(member, "search_citizens"), {"source": "news", "words": "@annsmith"})

    assert "Left out, because it looks for a person: from:annsmith" in shown
    assert answer.status_code == 302
    assert not CitizenSearch.objects.exists()


def test_places_belong_to_ways_of_looking():
    def way(**fields) -> str:
        return citizens.method_of(Source(**fields))

    assert way(template="https://a.example/{tag}", intrusiveness=4) == "tag"
    assert way(template="https://a.example/?q={query}", intrusiveness=4) == "platform"
    assert way(template="https://a.example/?q={query}", intrusiveness=2) == "web"


def test_the_page_says_how_to_begin(member, browser):
    said = reading.words(browser.get(page(member)))

    assert "Nobody waits for a decision." in said
    assert "Enter a topic, such as “litter picking”, and a place." in said


# --- Noting --------------------------------------------------------------------------------------------------------


def test_somebody_is_noted_with_the_least_and_until_a_date(member, browser):
    answer = browser.post(
        page(member, "new_candidate"),
        {"name": GROUP.name, "kind": "group", "link": GROUP.link, "why": GROUP.why, "way": "asked", "minutes": "20"},
    )

    row = Candidate.objects.get()
    assert answer.url == page(member, "candidate", row.pk)
    assert (row.name, row.keep_until) == (GROUP.name, build.NOW.date() + timedelta(days=90))
    assert list(row.found_by.values_list("method", "minutes")) == [("asked", 20)]


def test_the_same_page_found_in_another_way_is_one_candidate_with_two_ways(member):
    first = noted(member)

    other = citizens.Said("group", "Pickers", "http://example.org/litter?utm_source=x", "Beach")
    again, is_new = citizens.found(asked(member, "map"), other, now=build.NOW)

    assert (again.pk, is_new, again.name) == (first.pk, False, GROUP.name)
    assert sorted(first.found_by.values_list("method", flat=True)) == ["asked", "map"]


def test_pages_that_differ_are_not_merged(member):
    noted(member)
    noted(member, citizens.Said("group", "Others", "https://example.org/litter?id=2", "Beach"))
    noted(member, citizens.Said("person", "Ann", "", "Runs the repair café"))
    noted(member, citizens.Said("person", "Bob", "", "Runs the choir"))

    assert Candidate.objects.count() == 4


def test_what_is_missing_is_said_beside_the_field_and_nothing_is_noted(member, browser):
    said = browser.post(page(member, "new_candidate"), {"kind": "group", "link": "not an address", "why": "Beach"})

    words = reading.words(said)
    assert all(line in words for line in ("Enter a name", "Enter an address like https", "Select how you found it"))
    assert "Beach" in said.content.decode()
    assert not Candidate.objects.exists()
    assert not CitizenSearch.objects.exists()


# --- Deciding ------------------------------------------------------------------------------------------------------


def test_a_yes_needs_all_four_questions(member, browser):
    row = noted(member)

    said = reading.words(browser.post(page(member, "candidate", row.pk), {**YES, "builds": ""}))

    assert "Answer “Does it build rather than break?” before you say yes" in said
    row.refresh_from_db()
    assert row.decision == ""
    assert not NetworkMap.objects.exists()


def test_a_yes_goes_to_the_aspirational_layer_once(member, browser):
    on = build.network_map(member, "Litter pickers of Leiston, group, offline")
    row = noted(member)

    for _ in range(2):
        browser.post(page(member, "candidate", row.pk), YES)

    node = build.node_on(on, GROUP.name)
    assert node.layers == ("offline", "aspirational")
    assert len(map_rows.data_of(on).nodes) == 1


def test_a_yes_without_a_map_begins_one(member, browser):
    browser.post(page(member, "candidate", noted(member).pk), YES)

    node = build.node_on(NetworkMap.objects.get(member=member), GROUP.name)
    assert (node.kind, node.layers, node.note) == ("group", ("aspirational",), GROUP.why)


def test_a_no_is_kept_for_thirty_days_and_can_be_changed(member, browser):
    row = noted(member)

    browser.post(page(member, "candidate", row.pk), {"decision": "no", "words": "Not active"})

    row.refresh_from_db()
    assert (row.decision, row.words, row.keep_until) == ("no", "Not active", build.NOW.date() + timedelta(days=30))
    assert "Not active" in browser.get(page(member, "candidate", row.pk)).content.decode()


def test_a_search_late_on_a_summer_evening_has_its_day_in_london(member):
    CitizenSearch.objects.filter(pk=asked(member).pk).update(searched_at=datetime(2027, 7, 18, 23, 30, tzinfo=UTC))

    form = CandidateForm(member=member, back="/")

    assert "19 July" in str(form["way"])


def test_somebody_elses_candidate_does_not_exist(member, browser):
    other = noted(build.councillor(member.cohort))

    for name in ("candidate", "delete_candidate"):
        assert browser.get(page(member, name, other.pk)).status_code == 404
    assert browser.post(page(member, "candidate", other.pk), YES).status_code == 404


# --- Forgetting ----------------------------------------------------------------------------------------------------


def test_past_its_date_the_words_go_and_the_figures_stay(member):
    row = noted(member)

    assert citizens.forget_old(build.NOW + timedelta(days=90)) == 0
    assert citizens.forget_old(build.NOW + timedelta(days=91)) == 1
    assert citizens.forget_old(build.NOW + timedelta(days=92)) == 0
    row.refresh_from_db()
    assert (row.name, row.link, row.key, row.why, row.contact, row.words) == ("", "", "", "", "", "")
    assert citizens.compared([member]).rows[0].found == 1
    with pytest.raises(citizens.Forgotten):
        citizens.decide(row, citizens.Answer("no"), now=build.NOW)


def test_their_list_can_be_taken_out_deleted_and_goes_with_them(member, browser):
    row = noted(member)
    assert [record["What"] for record in citizens.collect(member.person)] == ["Active citizen", "Search"]

    browser.post(page(member, "delete_candidate", row.pk))
    assert not Candidate.objects.exists()

    noted(member)
    citizens.forget(member.person, build.NOW)
    assert citizens.collect(member.person) == []


# --- For leads -----------------------------------------------------------------------------------------------------


def test_a_lead_sees_which_ways_pay_and_no_name(member):
    row = noted(member)
    citizens.decide(row, citizens.Answer("yes", is_local=True), now=build.NOW)
    lead = build.lead(member.cohort)

    answer = make.client(lead.person).get(page(member, "citizen_methods"))

    assert "Asked people 1 30 1 1 2.0 1" in reading.words(answer)
    assert GROUP.name not in answer.content.decode()
