"""Getting started: plans made of ideas, barriers, whether a page is shareable, who can help."""

from datetime import timedelta

import pytest
import time_machine

from evidence import emails, helping, ideas, starting
from evidence.models import Barrier, Fetch, Helper, HelpRequest, Plan
from outbox.models import Message
from people import my_data, preferences
from people.models import Council
from tests import make, reading
from tests.evidence import build
from tests.unmentoring.test_public_pages import queries_of

pytestmark = pytest.mark.django_db

HOME = "/evidence/getting-started/"
SAID = {"idea": "shareable", "what": "Check the page of our next meeting", "who": "Sam", "by_on": "2027-03-01"}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(build.NOW, tick=False):
        yield


def a_council() -> Council:
    """One that is not there yet."""
    number = Council.objects.count()
    return Council.objects.create(name=f"Council {number}", slug=f"council-{number}")


@pytest.fixture
def sam():
    return make.person(name="Sam Rowe", council=a_council())


# --- Ideas and plans ----------------------------------------------------------------------------------------------


def test_ten_ideas_are_for_everybody_and_each_leads_to_a_plan():
    page = make.client().get(HOME).content.decode()

    assert len(ideas.IDEAS) == len({idea.slug for idea in ideas.IDEAS}) == 10
    assert all(f"plans/new/?idea={idea.slug}" in page for idea in ideas.IDEAS)


def test_an_idea_becomes_a_plan_that_is_changed_and_done(sam):
    client = make.client(sam)
    assert 'value="training" selected' in client.get(f"{HOME}plans/new/?idea=training").content.decode()

    client.post(f"{HOME}plans/new/", SAID)
    plan = Plan.objects.get()
    client.post(f"{HOME}plans/{plan.pk}/", {**SAID, "who": "Sam and Olu"})
    client.post(f"{HOME}plans/{plan.pk}/done/", {"done_on": build.TODAY.isoformat(), "learned": "A title is enough."})
    plan.refresh_from_db()

    assert (plan.idea, plan.what, plan.who, str(plan.by_on)) == (*list(SAID.values())[:2], "Sam and Olu", "2027-03-01")
    assert (plan.done_on, plan.learned, plan.council) == (build.TODAY, "A title is enough.", sam.council)
    assert "What we learned: A title is enough." in reading.words(client.get(f"{HOME}plans/"))


def test_changing_a_plan_that_is_done_keeps_what_was_learned(sam):
    plan = build.started_plan(sam, done_on=build.TODAY, learned="Ask early.")

    make.client(sam).post(f"{HOME}plans/{plan.pk}/", SAID)

    plan.refresh_from_db()
    assert (plan.who, plan.learned) == ("Sam", "Ask early.")


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"idea": "nonsense"}, "Select a valid choice. nonsense is not one of the available choices."),
        ({"what": ""}, "Enter what exactly you will do"),
        ({"who": " "}, "Enter who does it"),
        ({"by_on": "soon"}, "Enter a real date, like 24/02/2027"),
        ({"by_on": "0027-03-01"}, "Enter a year between 2000 and 2100"),
    ],
)
def test_what_is_wrong_with_a_plan_is_said_and_what_was_typed_stays(wrong, error, sam):
    answer = make.client(sam).post(f"{HOME}plans/new/", {**SAID, **wrong})

    assert reading.errors(answer) == [error]
    assert not Plan.objects.exists()
    if "what" not in wrong:
        assert SAID["what"] in answer.content.decode()


def test_nothing_is_done_in_the_future(sam):
    plan = build.started_plan(sam)
    tomorrow = build.TODAY + timedelta(days=1)

    answer = make.client(sam).post(f"{HOME}plans/{plan.pk}/done/", {"done_on": tomorrow.isoformat()})

    assert reading.errors(answer) == ["Enter a day that is not in the future"]


def test_colleagues_read_plans_and_other_teams_only_what_was_shared_without_a_name(sam):
    build.started_plan(sam, what="Ask communications")
    build.started_plan(sam, what="Share one page", is_shared=True)
    colleague = make.person(council=sam.council)
    other = make.person(council=a_council())

    of_colleague = reading.words(make.client(colleague).get(f"{HOME}plans/"))
    of_other = reading.words(make.client(other).get(f"{HOME}plans/"))

    assert "Ask communications" in of_colleague
    assert "Sam Rowe" in of_colleague
    assert "Ask communications" not in of_other
    assert "Share one page" in of_other
    assert str(sam.council) in of_other
    assert "Sam Rowe" not in of_other


def test_deleting_a_plan_is_asked_first(sam):
    plan, client = build.started_plan(sam), make.client(sam)

    assert "cannot be undone" in reading.words(client.get(f"{HOME}plans/{plan.pk}/delete/"))
    assert Plan.objects.exists()
    client.post(f"{HOME}plans/{plan.pk}/delete/")
    assert not Plan.objects.exists()


# --- Barriers -----------------------------------------------------------------------------------------------------


def test_barriers_are_counted_across_councils_and_their_words_stay_with_whoever_wrote_them(sam):
    other = make.person(council=a_council())
    build.barrier(sam, met="Our network blocks it")
    build.barrier(other, met="Blocked too", helped="A separate tablet")
    build.barrier(other, kind="comms", met="Only they may post", is_shared=True)

    counts = starting.barrier_counts()
    words = reading.words(make.client(sam).get(f"{HOME}barriers/"))

    assert [(count.times, count.councils, count.helped) for count in counts][:3] == [(2, 2, 1), (1, 1, 0), (0, 0, 0)]
    assert counts[0].label == "Social media is blocked on our network"
    assert "Our network blocks it" in words
    assert "Only they may post" in words
    assert "Blocked too" not in words


def test_a_barrier_is_written_down_changed_when_something_helped_and_deleted(sam):
    client = make.client(sam)

    client.post(f"{HOME}barriers/new/", {"kind": "skills", "met": "Nobody knows how"})
    barrier = Barrier.objects.get()
    client.post(f"{HOME}barriers/{barrier.pk}/", {"kind": "skills", "met": "Nobody knew how", "helped": "An hour"})
    barrier.refresh_from_db()

    assert (barrier.met, barrier.helped) == ("Nobody knew how", "An hour")
    client.post(f"{HOME}barriers/{barrier.pk}/delete/")
    assert not Barrier.objects.exists()
    assert reading.errors(client.post(f"{HOME}barriers/new/", {})) == [
        "Select what kind of barrier it is",
        "Enter what you met",
    ]


# --- Is this page shareable? --------------------------------------------------------------------------------------


def test_the_address_of_a_page_waits_for_the_worker(sam):
    client = make.client(sam)

    answer = client.post(f"{HOME}page/", {"url": "wessex.gov.uk/scrutiny"})

    row = Fetch.objects.get()
    assert (row.url, row.kind, row.state) == ("https://wessex.gov.uk/scrutiny", "check", "queued")
    assert answer.url == f"{HOME}page/{row.pk}/"
    assert "We are looking at it." in reading.words(client.get(answer.url))


def test_pasted_html_is_read_at_once_and_nothing_of_it_is_run(sam):
    client = make.client(sam)

    answer = client.post(f"{HOME}page/", {"html": "<title><script>alert(1)</script>Ours</title>"}, follow=True)

    words = reading.words(answer)
    assert "things could be better" in words
    assert "Give the page" not in words
    assert "<script>alert(1)" not in answer.content.decode()
    assert Fetch.objects.get().state == "succeeded"


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({}, "Enter the address of a page, or paste its HTML"),
        ({"url": "file:///etc/passwd"}, "Only addresses that begin with http:// or https:// are opened"),
        ({"url": "http://127.0.0.1:22/"}, "Only the usual ports of web pages, 80 and 443, are opened"),
        ({"url": "https://me:secret@example.org/"}, "An address with a user name or a password in it is not opened"),
        ({"html": "x" * (512 * 1024 + 1)}, "That is too long. The first half is enough"),
    ],
)
def test_what_is_no_page_is_said_beside_the_field(typed, error, sam):
    assert reading.errors(make.client(sam).post(f"{HOME}page/", typed)) == [error]
    assert not Fetch.objects.exists()


def test_where_nothing_is_fetched_the_form_asks_for_the_html_alone(sam, settings):
    settings.EVIDENCE_FETCH = "off"

    page = make.client(sam).get(f"{HOME}page/")

    assert "This site does not open other pages: paste the HTML." in reading.words(page)
    assert b'name="url"' not in page.content


def test_a_page_that_could_not_be_read_says_why_and_what_else_to_do(sam):
    row = Fetch.objects.create(
        kind="check", url="https://x.example/", state="failed", why="It could not be reached.", asked_by=sam,
        asked_at=build.NOW, due_at=build.NOW, ended_at=build.NOW,
    )  # fmt: skip

    words = reading.words(make.client(sam).get(f"{HOME}page/{row.pk}/"))

    assert "It could not be reached." in words
    assert "paste the HTML of the page" in words


def test_looking_at_very_many_pages_is_stopped_and_keeps_what_was_typed(sam, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "evidence:fetch": [(1, 600, "person")]}
    client = make.client(sam)
    client.post(f"{HOME}page/", {"url": "https://one.example/"})

    answer = client.post(f"{HOME}page/", {"url": "https://two.example/"})

    assert answer.status_code == 429
    assert "https://two.example/" in answer.content.decode()
    assert Fetch.objects.count() == 1


# --- Who can help -------------------------------------------------------------------------------------------------


def test_only_those_are_listed_who_said_so_and_nobody_s_address_is(sam):
    olu = make.person(name="Olu Helper", email="olu@wessex.gov.uk")
    client = make.client(olu)
    client.post(f"{HOME}help/me/", {"platforms": ["facebook", "blog"], "what_for": "Hearing from parents"})

    page = make.client(sam).get(f"{HOME}help/")

    words = reading.words(page)
    assert "Olu Helper" in words
    assert "Facebook, A blog or newsletter Hearing from parents" in words
    assert b"olu@wessex.gov.uk" not in page.content
    assert "Sam Rowe" not in words
    client.post(f"{HOME}help/me/stop/")
    assert "Nobody is on the list yet" in reading.words(make.client(sam).get(f"{HOME}help/"))


def test_who_gave_no_name_is_asked_for_one_and_is_not_listed_without():
    nameless = make.person()
    nameless.name = ""
    nameless.save()
    build.helper(nameless, what_for="Hearing from nobody")
    client, offered = make.client(nameless), {"platforms": ["facebook"], "what_for": "Hearing from parents"}

    before = reading.words(make.client(make.person()).get(f"{HOME}help/"))
    refused = client.post(f"{HOME}help/me/", offered)
    client.post(f"{HOME}help/me/", {**offered, "name": "Nora New"})

    assert "Hearing from nobody" not in before
    assert reading.errors(refused) == ["Enter your name"]
    assert "Ask Nora New" in reading.words(make.client(make.person()).get(f"{HOME}help/"))
    assert 'name="name"' not in client.get(f"{HOME}help/me/").content.decode()


def test_the_list_is_filtered_by_what_people_use(sam):
    build.helper(platforms=["x"])
    client = make.client(sam)

    assert "Hel Per" in reading.words(client.get(f"{HOME}help/?platform=x"))
    assert "Nobody on the list uses that." in reading.words(client.get(f"{HOME}help/?platform=tiktok"))
    assert "Hel Per" in reading.words(client.get(f"{HOME}help/?platform=nonsense"))


def test_a_question_goes_out_by_mail_once_and_the_answer_to_whoever_asked(sam):
    helper = build.helper()
    client = make.client(sam)

    for _ in range(2):
        client.post(f"{HOME}help/{helper.pk}/ask/", {"text": "How did you <b>begin</b>?"})

    message = Message.objects.get(kind="evidence/help_asked")
    assert "They do not see your address before you answer." in message.text
    assert "They do not see your address before you answer." in message.html
    assert (message.to_email, message.reply_to) == (helper.person.email, sam.email)
    assert "Sam Rowe" in message.subject
    assert "How did you <b>begin</b>?" in message.text
    assert "<b>begin</b>" not in message.html
    assert f"Answer this mail, and it goes to {sam.email}." in message.text
    assert message.unsubscribe_url
    assert HelpRequest.objects.count() == 1


def test_whoever_stops_these_mails_is_not_listed_and_cannot_be_asked(sam):
    helper = build.helper()
    preferences.choose(helper.person, emails.HELP, False, now=build.NOW)

    assert make.client(sam).get(f"{HOME}help/{helper.pk}/ask/").status_code == 404
    assert "Hel Per" not in reading.words(make.client(sam).get(f"{HOME}help/"))


def test_nobody_asks_themselves_and_an_empty_question_is_refused(sam):
    mine, other = build.helper(sam), build.helper()

    assert make.client(sam).get(f"{HOME}help/{mine.pk}/ask/").status_code == 404
    answer = make.client(sam).post(f"{HOME}help/{other.pk}/ask/", {"text": "  "})
    assert reading.errors(answer) == ["Enter what you would like to ask"]


def test_offering_help_again_changes_what_is_listed_and_not_since_when():
    helper = build.helper()

    again = helping.offer(
        helper.person, platforms=["x"], what_for="More", is_councillor=True, now=build.NOW + timedelta(days=9)
    )

    assert (again.pk, again.what_for, again.since) == (helper.pk, "More", build.NOW)


# --- The house ----------------------------------------------------------------------------------------------------


def test_what_others_wrote_is_not_there_for_anybody_else(sam):
    plan, barrier, other = build.started_plan(sam), build.barrier(sam), make.client(make.person())

    for path in (f"plans/{plan.pk}/", f"plans/{plan.pk}/done/", f"plans/{plan.pk}/delete/", f"barriers/{barrier.pk}/"):
        assert other.get(f"{HOME}{path}").status_code == 404
        assert other.post(f"{HOME}{path}", SAID).status_code == 404


def test_somebody_takes_it_all_out_and_leaves_nothing_behind(sam):
    build.started_plan(sam)
    build.barrier(sam)
    helper = build.helper(sam)
    helping.ask(build.helper(), "How?", now=build.NOW, by=sam)
    helping.ask(helper, "And you?", now=build.NOW, by=make.person())

    taken = my_data.collect(sam)["Getting started with social media"]
    assert [next(iter(record)) for record in taken] == ["Plan", "Barrier", "Can help with", "Question"]

    my_data.leave(sam, now=build.NOW)

    assert (Plan.objects.count(), Barrier.objects.count(), HelpRequest.objects.count()) == (0, 0, 0)
    assert Helper.objects.count() == 1


@pytest.mark.parametrize("page", ["plans/", "barriers/", "help/"])
def test_lists_cost_the_same_for_one_and_for_five(page, sam):
    def add() -> None:
        other = make.person(council=a_council())
        build.started_plan(other, is_shared=True)
        build.started_plan(sam)
        build.started_plan(make.person(council=sam.council))
        build.barrier(other, is_shared=True)
        build.helper(make.person(council=a_council()))

    add()
    client = make.client(sam)
    client.get(f"{HOME}{page}")
    one = queries_of(client, f"{HOME}{page}")
    for _ in range(4):
        add()

    assert queries_of(client, f"{HOME}{page}") == one
