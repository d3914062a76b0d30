"""What happens after a meet-up: feedback, notes, topics and polls, certificates, the record of somebody."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from meetups import (
    addresses,
    afterwards,
    feedback,
    notes,
    publishing,
    records,
    retention,
    signups,
    takeaways,
    timings,
    topics,
)
from meetups.models import Feedback, Meetup, Notes, NotesVersion, Poll, SignUp, Topic, Vote
from outbox.models import Message
from people import my_data, preferences
from people.models import Consent
from tests import make, reading
from tests.meetups.counting import queries

pytestmark = pytest.mark.django_db
START, END = make.START, make.START + timedelta(hours=2)
MORNING = timings.morning_after(END)
AFTER = END + timedelta(hours=3)


@pytest.fixture(autouse=True)
def _after_the_meetup():
    with time_machine.travel(AFTER, tick=False):
        yield


def said(**fields: str) -> feedback.Said:
    return feedback.Said(**{"liked": "The small rooms", "might_change": "", "quoting": "no", **fields})


def came(meetup: Meetup, **fields: object) -> SignUp:
    signup = make.signup(meetup=meetup, **fields)
    SignUp.objects.filter(pk=signup.pk).update(came_at=meetup.starts_at)
    signup.refresh_from_db()
    return signup


def path(address: str) -> str:
    return address.removeprefix(settings.SITE_URL)


def written_to(kind: str) -> list[str]:
    return sorted(Message.objects.filter(kind=f"meetups/{kind}").values_list("to_email", flat=True))


# --- Asking ---------------------------------------------------------------------------------------------------------


def test_the_question_goes_at_nine_in_london_the_next_morning_to_those_who_came() -> None:
    meetup = make.meetup()
    there = came(meetup)
    make.signup(meetup=meetup)  # did not come

    assert afterwards.queue_due(MORNING - timedelta(seconds=1)) == 0
    assert afterwards.queue_due(MORNING) == 1
    assert afterwards.queue_due(MORNING + timedelta(hours=1)) == 0
    assert written_to("feedback_request") == [there.person.email]
    assert MORNING.astimezone(timings.LONDON).strftime("%H:%M") == "09:00"


def test_when_nobody_was_counted_in_everybody_with_a_place_is_asked() -> None:
    meetup = make.meetup(places_online=1)
    placed = make.signup(meetup=meetup)
    make.signup(meetup=meetup)  # waits

    afterwards.queue_due(MORNING)

    assert written_to("feedback_request") == [placed.person.email]


def test_nobody_is_asked_who_answered_or_does_not_want_to_be() -> None:
    meetup = make.meetup()
    answered, unwilling, willing = came(meetup), came(meetup), came(meetup)
    feedback.give(answered, said(), now=AFTER)
    preferences.choose(unwilling.person, "feedback", False, now=AFTER)

    afterwards.queue_due(MORNING)

    assert written_to("feedback_request") == [willing.person.email]


def test_meetups_long_over_or_cancelled_ask_nobody() -> None:
    came(make.meetup())
    cancelled = make.meetup()
    came(cancelled)
    Meetup.objects.filter(pk=cancelled.pk).update(state="cancelled", cancelled_at=make.NOW)

    assert afterwards.queue_due(MORNING + afterwards.ASKED_FOR) == 0


def test_the_question_can_be_stopped_with_one_click_and_says_all_it_must() -> None:
    signup = came(make.meetup(title="Ten <ideas>"))
    afterwards.queue_due(MORNING)

    message = Message.objects.get(kind="meetups/feedback_request")

    assert message.subject == "What did you think? Ten <ideas>, Wednesday 24 February 2027"
    assert message.unsubscribe_url == addresses.unsubscribe(signup.person, "feedback")
    assert "until Wednesday 24 March 2027" in message.text
    assert "Ten &lt;ideas&gt;" in message.html
    link = next(word for word in message.text.split() if "/feedback/" in word)
    assert reading.heading(make.client().get(path(link))) == "What did you think?"


# --- Answering ------------------------------------------------------------------------------------------------------


def test_somebody_answers_by_link_and_changes_the_answer() -> None:
    signup = came(make.meetup())
    link, client = path(addresses.feedback(signup)), make.client()

    client.post(link, {"liked": "The rooms", "might_change": "", "quoting": "named"})
    page = client.post(link, {"liked": "", "might_change": "Start later", "quoting": "no"}, follow=True)

    given = Feedback.objects.get()
    assert (given.signup, given.liked, given.might_change, given.quoting) == (signup, "", "Start later", "no")
    assert "The hosts have your answers." in reading.words(page)
    consents = Consent.objects.filter(purpose__startswith="quoting").values_list("purpose", "version", "withdrawn_at")
    assert list(consents) == [("quoting with a name", 1, AFTER)]


def test_an_empty_answer_is_sent_back() -> None:
    link = path(addresses.feedback(came(make.meetup())))

    page = make.client().post(link, {"liked": " ", "might_change": "", "quoting": "named"})

    assert reading.errors(page) == ["Write something you like or something you might change"]
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(
    ("now", "why"),
    [
        (START - timedelta(minutes=1), "Come back after the meet-up to say what you thought of it."),
        (END + timedelta(days=28), "Feedback on this meet-up is closed."),
    ],
)
def test_before_and_long_after_nothing_is_taken(now: datetime, why: str) -> None:
    link = path(addresses.feedback(came(make.meetup())))

    with time_machine.travel(now, tick=False):
        page = make.client().post(link, {"liked": "All of it", "quoting": "no"})

    assert why in reading.words(page)
    assert not Feedback.objects.exists()


def test_a_booking_link_opens_no_feedback() -> None:
    token = addresses.booking_token(came(make.meetup()))

    assert make.client().get(reverse("meetups:feedback", args=[token])).status_code == 404


# --- Reading and quoting --------------------------------------------------------------------------------------------


def test_hosts_read_all_and_see_names_only_where_allowed() -> None:
    host = make.with_second_factor(make.person())
    meetup = make.meetup(hosts=[host])
    feedback.give(came(meetup, name="Asha Patel"), said(liked="<b>Rooms</b>", quoting="named"), now=AFTER)
    feedback.give(came(meetup, name="Bo Quiet"), said(liked="=1+1", quoting="no"), now=AFTER)
    client = make.client(host)

    page = reading.words(client.get(reverse("meetups:feedback_answers", args=[meetup.slug])))
    table = client.get(reverse("meetups:feedback_export", args=[meetup.slug])).content.decode("utf-8-sig")

    assert "2 people have answered." in page
    assert "Asha Patel, Wessex Council Likes: <b>Rooms</b>" in page
    assert "Bo Quiet" not in page + table
    assert "'=1+1" in table


def test_the_answers_cost_the_same_for_1_and_30() -> None:
    host = make.with_second_factor(make.person())
    meetup = make.meetup(hosts=[host])
    client, address = make.client(host), reverse("meetups:feedback_answers", args=[meetup.slug])
    needed = []
    for many in (1, 30):
        while Feedback.objects.count() < many:
            feedback.give(came(meetup), said(quoting="named"), now=AFTER)
        needed.append(queries(client, address))

    assert needed[0] == needed[1]


def test_a_chosen_quote_is_on_the_home_page_until_the_person_takes_it_back() -> None:
    organiser = make.organiser()
    signup = came(make.meetup(), name="Asha Patel")
    given = feedback.give(signup, said(liked="I loved the small rooms", quoting="named"), now=AFTER)
    feedback.give(came(make.meetup()), said(liked="Never chosen", quoting="unnamed"), now=AFTER)
    address = reverse("meetups:choose_quote", args=[signup.meetup.slug, given.pk])

    make.client(organiser).post(address, {"quote": "loved the  small rooms"})

    home = reading.words(make.client().get("/"))
    assert "loved the small rooms Asha Patel, Wessex Council, about Scrutiny and social media" in home
    assert "Never chosen" not in home
    feedback.give(signup, said(liked="I loved the small rooms", quoting="unnamed"), now=AFTER)
    assert "Asha Patel" not in reading.words(make.client().get("/"))
    feedback.give(signup, said(liked="I loved the small rooms", quoting="no"), now=AFTER)
    assert "loved" not in reading.words(make.client().get("/"))


def test_only_their_own_words_can_be_quoted() -> None:
    signup = came(make.meetup())
    given = feedback.give(signup, said(liked="The rooms", quoting="unnamed"), now=AFTER)
    address = reverse("meetups:choose_quote", args=[signup.meetup.slug, given.pk])

    page = make.client(make.organiser()).post(address, {"quote": "The great rooms"})

    assert reading.errors(page) == ["Use their own words, word for word, from one of the two answers"]
    assert Feedback.objects.get().quote == ""


def test_who_does_not_want_to_be_quoted_cannot_be_chosen() -> None:
    signup = came(make.meetup())
    given = feedback.give(signup, said(quoting="no"), now=AFTER)

    address = reverse("meetups:choose_quote", args=[signup.meetup.slug, given.pk])
    assert make.client(make.organiser()).get(address).status_code == 404
    with pytest.raises(feedback.NotTheirWords):
        feedback.choose_quote(given, "The small rooms", by=make.person(), now=AFTER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Feedback.objects.update(quote="The small rooms")


# --- Notes ----------------------------------------------------------------------------------------------------------

CHAT = """10:02:11 From Hosting Holly to Everyone:
	What surprised you?
10:03:00 From Ann Other to Everyone:
	How *many* people answer <script>
10:03:05 From Bo Two to Everyone:
	+1
10:03:30 From Cy Three to Hosting Holly(Direct Message):
	A secret
"""


def test_the_chat_becomes_notes_without_names_times_and_secrets() -> None:
    meetup = make.meetup(agenda=1)
    client, address = make.client(make.organiser()), reverse("meetups:read_chat", args=[meetup.slug])

    page = client.post(address, {"chat": CHAT})
    form = page.context["form"]
    sent = {name: form[name].value() for name in form.fields}
    client.post(address, sent)

    assert NotesVersion.objects.get().body == "## What surprised you?\n\n- How \\*many\\* people answer \\<script\\>"
    shown = client.get(reverse("meetups:organise_notes", args=[meetup.slug])).content.decode()
    assert "<li>How *many* people answer &lt;script&gt;</li>" in shown


def test_lines_of_the_chat_that_are_sent_twice_stand_once() -> None:
    meetup = make.meetup(agenda=1)
    client, address = make.client(make.organiser()), reverse("meetups:read_chat", args=[meetup.slug])
    form = client.post(address, {"chat": CHAT}).context["form"]
    sent = {name: form[name].value() for name in form.fields}

    for _ in range(2):
        client.post(address, sent)

    assert NotesVersion.objects.get().body.count("How \\*many\\* people") == 1


def test_a_chat_with_nothing_in_it_is_sent_back() -> None:
    meetup = make.meetup()

    page = make.client(make.organiser()).post(reverse("meetups:read_chat", args=[meetup.slug]), {"chat": "+1"})

    assert reading.errors(page) == ["There is nothing to keep in it. Check that you pasted all of the chat"]


def test_lines_go_under_their_questions_in_order() -> None:
    lines = [("B?", "two"), ("", "rest"), ("A?", "1. one"), ("A?", "see https://a.example/x_y")]

    text = takeaways.written(lines, ["A?", "B?", "Empty?"])

    expected = "## A?\n\n- 1\\. one\n- see <https://a.example/x_y>\n\n## B?\n\n- two\n\n## Also said\n\n- rest"
    assert text == expected


def test_notes_are_public_and_mailed_once_when_published() -> None:
    host = make.with_second_factor(make.person())
    meetup = make.meetup(hosts=[host])
    there = came(meetup)
    make.signup(meetup=meetup)
    notes.save(meetup, "## Why?\n\n- Because", based_on=0, by=host, now=AFTER)
    public = reverse("meetups:notes", args=[meetup.slug])
    assert make.client().get(public).status_code == 404

    for _ in range(2):
        make.client(host).post(reverse("meetups:publish_notes", args=[meetup.slug]))
    written = [afterwards.queue_due(AFTER) for _ in range(3)]

    assert written == [1, 0, 0]
    assert written_to("notes_published") == [there.person.email]
    assert Notes.objects.get().spread_at == AFTER
    assert "Why? Because" in reading.words(make.client().get(public))
    message = Message.objects.get(kind="meetups/notes_published")
    assert message.unsubscribe_url == addresses.unsubscribe(there.person, "notes")


def test_notes_cannot_be_published_without_words_or_before_the_start() -> None:
    meetup, later = make.meetup(), make.meetup(starts_at=AFTER + timedelta(days=1))
    notes.save(later, "Early", based_on=0, by=make.person(), now=AFTER)

    for one, why in ((meetup, "There are no notes yet. Write them first."), (later, "The meet-up has not begun.")):
        with pytest.raises(notes.NothingToPublish, match=why):
            notes.publish(one, by=make.person(), now=AFTER)


def test_two_hosts_do_not_overwrite_each_other_and_keep_what_they_typed() -> None:
    meetup = make.meetup()
    address = reverse("meetups:edit_notes", args=[meetup.slug])
    client = make.client(make.organiser())
    client.post(address, {"body": "First", "based_on": 0})

    page = client.post(address, {"body": "Second", "based_on": 0})

    assert reading.errors(page)[0].startswith("Somebody else saved the notes meanwhile.")
    assert "Second" in page.content.decode()
    assert [version.body for version in NotesVersion.objects.all()] == ["First"]


def test_an_old_version_can_come_back_and_nothing_is_lost() -> None:
    meetup, organiser = make.meetup(), make.organiser(name="Olive")
    for number, body in enumerate(["One", "Two"]):
        notes.save(meetup, body, based_on=number, by=organiser, now=AFTER)
    client = make.client(organiser)

    client.post(reverse("meetups:restore_notes", args=[meetup.slug]), {"number": "1"})

    assert [(v.number, v.body) for v in NotesVersion.objects.all()] == [(3, "One"), (2, "Two"), (1, "One")]
    page = reading.words(client.get(reverse("meetups:notes_history", args=[meetup.slug])))
    assert "Version 3, Wednesday 24 February 2027, 3pm, Olive" in page
    for nonsense in ("9", "x", ""):
        answer = client.post(reverse("meetups:restore_notes", args=[meetup.slug]), {"number": nonsense})
        assert answer.status_code == 404


# --- Topics and polls -----------------------------------------------------------------------------------------------


def test_topics_are_proposed_and_backed_by_link_once_each() -> None:
    meetup = make.meetup()
    one, two = make.signup(meetup=meetup), make.signup(meetup=meetup)
    client = make.client()

    client.post(f"{path(addresses.topics(one))}?do=propose", {"title": " Budgets  again "})
    client.post(f"{path(addresses.topics(two))}?do=propose", {"title": "budgets AGAIN"})
    client.post(f"{path(addresses.topics(two))}?do=back", {"topic": Topic.objects.get().pk, "back": "1"})

    (topic,) = Topic.objects.by_backing()
    assert (topic.title, topic.backers, topic.proposed_by) == ("Budgets again", 2, one.person)
    public = reading.words(make.client().get(reverse("meetups:topics", args=[meetup.slug])))
    assert "Budgets again (2 people want it)" in public
    assert one.name not in public
    client.post(f"{path(addresses.topics(two))}?do=back", {"topic": topic.pk, "unback": "1"})
    assert Topic.objects.by_backing().get().backers == 1


def test_strangers_read_topics_and_are_asked_to_sign_in_to_propose() -> None:
    address = reverse("meetups:topics", args=[make.meetup().slug])

    answer = make.client().post(f"{address}?do=propose", {"title": "Spam"})

    assert answer.url == f"{reverse('account_login')}?next={address}"
    assert not Topic.objects.exists()


def poll_at(meetup: Meetup, *titles: str) -> Poll:
    made = [topics.propose(meetup.series, title, by=make.person(), now=AFTER) for title in titles]
    return topics.open_poll(meetup, made, by=make.person(), now=AFTER)


def test_everybody_signed_up_has_one_vote_and_may_change_it() -> None:
    meetup = make.meetup()
    signup = make.signup(meetup=meetup)
    poll = poll_at(meetup, "Apples", "Pears")
    link = path(addresses.topics(signup))
    for candidate in poll.candidates.all():
        make.client().post(f"{link}?do=vote", {"candidate": candidate.pk})

    assert [(c.topic.title, c.count) for c in poll.candidates.counted()] == [("Pears", 1), ("Apples", 0)]
    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.create(poll=poll, person=signup.person, candidate=poll.candidates.first(), at=AFTER)
    with pytest.raises(topics.NoPollNow):
        topics.vote(poll, poll.candidates.first(), by=make.person(), now=AFTER)


def test_the_winner_is_the_next_title_and_leftovers_wait_in_the_series() -> None:
    meetup, organiser = make.meetup(), make.organiser()
    poll = poll_at(meetup, "Apples", "Pears")
    topics.vote(poll, poll.candidates.get(topic__title="Pears"), by=make.signup(meetup=meetup).person, now=AFTER)

    make.client(organiser).post(reverse("meetups:organise_topics", args=[meetup.slug]) + "?do=close")
    following = publishing.next_in_series(meetup, START + timedelta(days=28), by=organiser)

    poll.refresh_from_db()
    assert (poll.winner.title, poll.is_open, Vote.objects.count()) == ("Pears", False, 0)
    assert [(c.topic.title, c.count) for c in poll.candidates.counted()] == [("Pears", 1), ("Apples", 0)]
    assert following.title == "Pears"
    assert [topic.title for topic in following.series.topics.open()] == ["Apples"]
    page = reading.words(make.client(organiser).get(reverse("meetups:organise_topics", args=[following.slug])))
    assert "Apples (1 person wants it)" in page


def test_in_a_tie_the_host_says_who_wins() -> None:
    meetup, organiser = make.meetup(), make.organiser()
    poll = poll_at(meetup, "Apples", "Pears", "Plums")
    for title in ("Apples", "Pears"):
        topics.vote(poll, poll.candidates.get(topic__title=title), by=make.signup(meetup=meetup).person, now=AFTER)
    client, address = make.client(organiser), reverse("meetups:organise_topics", args=[meetup.slug]) + "?do=close"

    refused = client.post(address)
    not_ahead = client.post(address, {"winner": poll.candidates.get(topic__title="Plums").pk})
    client.post(address, {"winner": poll.candidates.get(topic__title="Pears").pk})

    assert reading.errors(refused) == ["Select the winner"]
    assert reading.errors(not_ahead) == ["Select one of these topics"]
    assert Poll.objects.get().winner.title == "Pears"


def test_a_host_opens_a_poll_on_two_topics_or_more() -> None:
    meetup, organiser = make.meetup(), make.organiser()
    made = [topics.propose(meetup.series, title, by=organiser, now=AFTER) for title in ("Apples", "Pears")]
    client, address = make.client(organiser), reverse("meetups:organise_topics", args=[meetup.slug]) + "?do=open"

    page = client.post(address, {"topics": [made[0].pk]})
    client.post(address, {"topics": [topic.pk for topic in made]})

    assert reading.errors(page) == ["Select two topics or more"]
    assert Poll.objects.get().candidates.count() == 2


def test_topics_cost_the_same_for_1_and_30() -> None:
    meetup, person = make.meetup(), make.person()
    client, address = make.client(person), reverse("meetups:topics", args=[meetup.slug])
    needed = []
    for many in (1, 30):
        while Topic.objects.count() < many:
            topics.propose(meetup.series, f"Topic number {Topic.objects.count()}", by=person, now=AFTER)
        needed.append(queries(client, address))

    assert needed[0] == needed[1]


# --- Certificates and records ---------------------------------------------------------------------------------------


def test_a_certificate_can_be_checked_and_reveals_only_what_it_says() -> None:
    signup = came(make.meetup(), name="Asha Patel", email="asha@wessex.gov.uk", access_needs="A hearing loop")
    printed = make.client().get(reverse("meetups:certificate", args=[addresses.booking_token(signup)]))
    check = path(printed.context["check_url"])

    said_there = reading.words(make.client().get(check))

    assert "Asha Patel took part in “Scrutiny and social media”" in said_there
    assert not [secret for secret in ("asha@", "hearing", "Wessex") if secret in said_there]
    assert make.client().get(check.replace(":", "x:", 1)).status_code == 404
    SignUp.objects.update(came_at=None)
    assert make.client().get(check).status_code == 404


def test_who_did_not_come_gets_no_certificate() -> None:
    token = addresses.booking_token(make.signup(meetup=make.meetup()))

    assert make.client().get(reverse("meetups:certificate", args=[token])).status_code == 404


def test_who_cancelled_and_came_after_all_has_come() -> None:
    from people import councils
    from people.management.commands import load_councils

    load_councils.Command().handle()
    essex, kent = map(councils.named, ("Essex County Council", "Kent County Council"))
    meetup = make.meetup()
    signup, other = make.signup(meetup=meetup, council=essex), came(meetup, council=kent)
    signups.cancel(signup, now=make.NOW)
    SignUp.objects.filter(pk=signup.pk).update(came_at=START)  # as the report of the call says
    signup.refresh_from_db()

    assert records.certificate_of(signup) == records.Certificate(signup.name, meetup)
    printed = make.client().get(reverse("meetups:certificate", args=[addresses.booking_token(signup)]))
    assert make.client().get(path(printed.context["check_url"])).status_code == 200
    met = "You came to 1 meet-up. You have now met people from 1 other council."
    assert [records.summary(one.person, AFTER) for one in (signup, other)] == [met, met]
    assert [one.meetup for one in records.attended(signup.person, AFTER)] == [meetup]
    page = reading.words(make.client().get(path(addresses.booking(signup))))
    assert "Afterwards Say what you thought Print a certificate of attendance Propose topics" in page
    assert topics.may_vote(meetup, signup.person)
    notes.save(meetup, "## Why?", based_on=0, by=make.person(), now=AFTER)
    notes.publish(meetup, by=make.person(), now=AFTER)
    afterwards.queue_due(MORNING)
    both = sorted([signup.person.email, other.person.email])
    assert [written_to(kind) for kind in ("feedback_request", "notes_published")] == [both, both]


def test_who_cancelled_and_stayed_away_has_not_come() -> None:
    meetup = make.meetup()
    signup = make.signup(meetup=meetup)
    came(meetup)
    signups.cancel(signup, now=make.NOW)
    signup.refresh_from_db()

    with pytest.raises(records.NoSuchCertificate):
        records.certificate_of(signup)
    assert (records.attended(signup.person, AFTER), records.links_of(signup, AFTER)) == ([], [])
    assert not topics.may_vote(meetup, signup.person)


def test_the_record_counts_meetups_and_other_councils(django_assert_num_queries) -> None:
    from people import councils
    from people.management.commands import load_councils

    load_councils.Command().handle()
    essex, kent, leeds = map(councils.named, ("Essex County Council", "Kent County Council", "Leeds City Council"))
    meetup, elsewhere = make.meetup(), make.meetup()
    me = came(meetup, council=essex, organisation="")
    for council in (kent, kent, essex):
        came(meetup, council=council, organisation="")
    make.signup(meetup=meetup, council=leeds, organisation="")  # did not come
    came(elsewhere, council=leeds, organisation="")

    page = reading.words(make.client(me.person).get(reverse("meetups:my_record")))

    assert "You have now met people from 1 other council." in page
    assert records.summary(me.person, AFTER) == ("You came to 1 meet-up. You have now met people from 1 other council.")
    assert records.summary(make.person(), AFTER) == ""


def test_the_record_costs_the_same_for_1_and_30() -> None:
    person = make.person()
    needed = []
    for many in (1, 30):
        while person.signups.count() < many:
            came(make.meetup(), email=person.email)
        needed.append(queries(make.client(person), reverse("meetups:my_record")))

    assert needed[0] == needed[1]


def test_the_booking_leads_to_what_there_is_afterwards() -> None:
    signup = came(make.meetup())

    page = reading.words(make.client().get(path(addresses.booking(signup))))

    assert "Afterwards Say what you thought Print a certificate of attendance Propose topics" in page


# --- Forgetting -----------------------------------------------------------------------------------------------------


def test_long_after_words_and_counts_stay_and_names_go() -> None:
    signup = came(make.meetup(), name="Asha Patel")
    given = feedback.give(signup, said(liked="The rooms", quoting="named"), now=AFTER)
    feedback.choose_quote(given, "The rooms", by=make.person(), now=AFTER)
    poll = poll_at(signup.meetup, "Apples", "Pears")
    Topic.objects.filter(title="Pears").update(proposed_by=signup.person)
    topics.vote(poll, poll.candidates.get(topic__title="Pears"), by=signup.person, now=AFTER)

    retention.forget_old_signups(END + timedelta(days=settings.SIGNUPS_KEEP_DAYS + 1))

    given.refresh_from_db()
    assert (given.signup, given.liked, given.said_by) == (None, "The rooms", "")
    assert [(topic.backers, topic.proposed_by) for topic in Topic.objects.by_backing()] == [(1, None), (1, None)]
    assert (Vote.objects.count(), Poll.objects.get().winner.title) == (0, "Pears")


def test_my_data_shows_all_of_it_and_leaving_takes_it_away() -> None:
    signup = came(make.meetup())
    given = feedback.give(signup, said(liked="The rooms", quoting="unnamed"), now=AFTER)
    feedback.choose_quote(given, "The rooms", by=make.person(), now=AFTER)
    poll = poll_at(signup.meetup, "Apples", "Pears")
    topics.vote(poll, poll.candidates.get(topic__title="Pears"), by=signup.person, now=AFTER)
    topics.propose(signup.meetup.series, "Plums", by=signup.person, now=AFTER)

    held = my_data.collect(signup.person)["Meet-ups afterwards"]
    my_data.leave(signup.person, now=AFTER)

    assert [next(iter(record.items())) for record in held] == [
        ("Feedback on", "Scrutiny and social media"),
        ("Topic proposed", "Plums"),
        ("Topic wanted", "Plums"),
        ("Poll at", "Scrutiny and social media"),
    ]
    assert (Feedback.objects.count(), Vote.objects.count()) == (0, 0)
    plums = Topic.objects.by_backing().get(title="Plums")
    assert (plums.backers, plums.proposed_by) == (1, None)
