"""A listening session: the whole evening, from the code on the wall to both reports; and what must not happen."""

import io
from datetime import UTC, datetime, timedelta

import docx as independent_reader
import pytest
import time_machine

from evidence import addresses, captures, inquiries, sessions, subjects
from evidence.forms import fields
from evidence.models import Item, ListeningSession, Report, Seat
from evidence.usefulness import Answer
from evidence.views import rooms
from tests import make, reading
from tests.evidence import build

pytestmark = pytest.mark.django_db

TOPICS = ("Young carers", "Mental health", "The transformation programme")


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(build.NOW, tick=False):
        yield


@pytest.fixture
def inquiry():
    return build.inquiry(topics=[inquiries.TopicWords(name) for name in TOPICS])


def page(inquiry, rest=""):
    return f"/evidence/inquiries/{inquiry.slug}/{rest}"


def come_in(code, name, role, used):
    """A phone that has come in: its browser, and the address of its page."""
    phone = make.client()
    answer = phone.post("/evidence/join/", {"code": code, "name": name, "role": role, "used": used})
    return phone, answer["Location"]


def log(phone, room, topic, **fields):
    typed = {"topic": topic.pk, "author_kind": "private", "our_words": "Somebody waits", "log": "Log it", **fields}
    return phone.post(room, typed, follow=True)


def test_a_session_of_three_topics_with_two_pairs_and_a_guest_up_to_both_reports(inquiry):
    officer = make.client(build.officer(inquiry))
    made = officer.post(page(inquiry, "sessions/new/"), {"minutes": "45"})
    session = ListeningSession.objects.get()
    run = f"{made['Location']}run/"
    assert "<svg" in officer.get(made["Location"]).content.decode()

    # People come in by the code; pairs are one who is used to it and one who is not, councillor with officer.
    people = [
        ("Cllr Ann", "councillor", "no"), ("Olu", "officer", "yes"),
        ("Gita", "resident", "no"), ("Ben", "officer", "yes"),
    ]  # fmt: skip
    phones = {name: come_in(f" {session.code.lower()} ", name, role, used) for name, role, used in people}
    officer.post(run, {"what": "pair"})
    pairs = list(session.pairs.all())
    assert len(pairs) == 2
    assert all({seat.is_used_to_it for seat in pair.seats.all()} == {True, False} for pair in pairs)
    assert sorted(topic.name for pair in pairs for topic in pair.topics.all()) == sorted(TOPICS)

    # Each pair logs on its phone; the same link twice is one item.
    officer.post(run, {"what": "start"})
    gita, bens = phones["Gita"], phones["Ben"]
    seat = Seat.objects.get(name="Gita")
    topic = seat.pair.topics.first()
    said = reading.words(
        log(*gita, topic, link="https://forum.example.org/t/1", exact_words="We wait and wait for help")
    )
    assert "Item 1 is logged." in said
    other = next(one for one in ("Cllr Ann", "Olu") if Seat.objects.get(name=one).pair_id != seat.pair_id)
    again = log(*phones[other], Seat.objects.get(name=other).pair.topics.first(), link="https://forum.example.org/t/1")
    assert "Item 1 was there already: now seen twice." in reading.words(again)
    log(
        *bens,
        Seat.objects.get(name="Ben").pair.topics.first(),
        our_words="A school helps",
        stance="new",
        author_kind="organisation",
    )

    # Report back, three findings for each pair; one minute to say whether it was useful.
    officer.post(run, {"what": "report"})
    gita[0].post(gita[1], {"first": "Families wait", "second": "Schools do not know", "findings": "1"})
    gita[0].post(gita[1], {"useful": "yes", "why": "I heard new things", "again": "yes", "survey": "1"})
    bens[0].post(bens[1], {"useful": "partly", "again": "no", "survey": "1"})
    board = reading.words(make.client(build.reader(inquiry)).get(page(inquiry, f"sessions/{session.pk}/board/")))
    assert "Families wait" in board
    assert "We wait and wait for help" not in board

    # The end: the code and the guests' pages are dead, names are gone, what was found stays.
    officer.post(run, {"what": "end"})
    assert reading.heading(gita[0].get(gita[1])) == "The session is over"
    late = make.client().post(
        "/evidence/join/", {"code": session.code, "name": "Late", "role": "officer", "used": "no"}
    )
    assert reading.errors(late) == ["No session is open with this code. Look at the wall again"]
    assert set(Seat.objects.values_list("name", flat=True)) == {""}

    # Both reports.
    for item in Item.objects.of(inquiry):
        officer.post(page(inquiry, f"review/{item.pk}/"), {"what": "relied", "version": item.version})
    officer.post(page(inquiry, "themes/new/"), {"title": "Waiting", "heard": "Families wait long."})
    officer.post(page(inquiry, f"themes/{inquiry.themes.get().pk}/items/"), {"items": "1 to 2"})
    officer.post(page(inquiry, "reports/new/"), {"background": "Heard in one evening."})
    report = Report.objects.get()
    word = independent_reader.Document(
        io.BytesIO(officer.get(page(inquiry, f"reports/{report.pk}/report.docx")).content)
    )
    text = " ".join(paragraph.text for paragraph in word.paragraphs)
    assert "Families wait long." in text
    assert "Item 2: A school helps" in text
    assert "We wait and wait for help" not in text
    board = reading.words(officer.get(page(inquiry, "reports/useful/")))
    assert "Of 2 people, 1 found it useful, 1 partly and 0 not; 1 would use it again. I heard new things" in board


def test_a_guest_sees_nothing_of_the_inquiry_but_the_session(inquiry):
    session = build.session(inquiry)
    phone, room = come_in(session.code, "Gita", "resident", "no")

    assert "Pairs are made in a moment" in reading.words(phone.get(room))
    for rest in ("", "items/", "themes/", "reports/", f"sessions/{session.pk}/board/"):
        assert phone.get(page(inquiry, rest)).status_code == 302
    assert phone.get(room.replace("~", "~x")).status_code == 404


def test_profiles_and_nothing_at_all_are_refused_and_what_was_typed_is_kept(inquiry):
    session = build.session(inquiry)
    phone, room = come_in(session.code, "Gita", "resident", "no")
    come_in(session.code, "Ben", "officer", "yes")
    sessions.make_pairs(session)
    topic = Seat.objects.get(name="Gita").pair.topics.first()

    profile = log(phone, room, topic, link="https://x.com/janedoe", our_words="Kept words")
    empty = log(phone, room, topic, our_words="")

    assert "Looking at a person's profile" in reading.errors(profile)[0]
    assert "Kept words" in profile.content.decode()
    assert "<title>Error: " in empty.content.decode()
    assert reading.errors(empty) == ["Enter a link, exact words or our words"]
    assert not Item.objects.exists()


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"link": "Jane writes: https://x.com/janedoe"}, subjects.PROFILE_AS_EVIDENCE),
        ({"link": "@janedoe"}, subjects.LINK_IS_A_NAME),
        ({"link": "a post I saw"}, fields.NO_LINK),
        ({"link": "javascript:alert(1)"}, fields.NO_LINK),
        ({"our_words": "@janedoe waits"}, f"This {subjects.NAMES_SOMEBODY}"),
        ({"tells_us": "Ask jane@example.org"}, f"This {subjects.NAMES_SOMEBODY}"),
    ],
)
def test_the_room_asks_for_the_same_care_as_the_form_of_contributors(inquiry, typed, why):
    session = build.session(inquiry)
    phone, room = come_in(session.code, "Gita", "resident", "no")
    come_in(session.code, "Ben", "officer", "yes")
    sessions.make_pairs(session)
    topic = Seat.objects.get(name="Gita").pair.topics.first()

    assert reading.errors(log(phone, room, topic, **typed)) == [why]
    assert not Item.objects.exists()
    log(phone, room, topic, link="We wait: https://forum.example.org/t/5")
    kept = Item.objects.get()
    assert (kept.link, kept.exact_words) == ("https://forum.example.org/t/5", "We wait:")


def test_a_photo_in_the_room_says_where_and_who_and_counts_with_the_links_of_the_same_person(inquiry):
    session = build.session(inquiry)
    phone, room = come_in(session.code, "Gita", "resident", "no")
    come_in(session.code, "Ben", "officer", "yes")
    sessions.make_pairs(session)
    topic = Seat.objects.get(name="Gita").pair.topics.first()
    log(phone, room, topic, link="https://x.com/janedoe/status/1")
    log(phone, room, topic, platform="x", author="@JaneDoe")

    third = log(phone, room, topic, platform="x", author="Jane Doe")

    assert reading.errors(third) == [rooms.ONE_AUTHOR]
    kept = Item.objects.order_by("number")
    assert [item.platform for item in kept] == ["x", "x"]
    assert len({item.author_code for item in kept}) == 1


def test_the_third_item_by_one_private_person_is_stopped_in_the_room_too_and_the_officer_sees_it(inquiry):
    session = build.session(inquiry)
    phone, room = come_in(session.code, "Gita", "resident", "no")
    come_in(session.code, "Ben", "officer", "yes")
    sessions.make_pairs(session)
    topic = Seat.objects.get(name="Gita").pair.topics.first()

    answers = [log(phone, room, topic, link=f"https://x.com/janedoe/status/178901234567890123{n}") for n in range(3)]

    assert [len(reading.errors(answer)) for answer in answers] == [0, 0, 1]
    assert Item.objects.of(inquiry).count() == 2
    assert inquiry.stops.get().kind == "third_item"


def test_who_comes_late_gets_a_pair_and_nobody_sits_alone(inquiry):
    session = build.session(inquiry)
    for number in range(4):
        build.seat(session, f"Guest {number}", is_used_to_it=number % 2 == 0)
    sessions.make_pairs(session)
    build.seat(session, "Late")

    sessions.make_pairs(session)

    assert sorted(pair.seats.count() for pair in session.pairs.all()) == [2, 3]
    assert not session.seats.filter(pair=None).exists()


def topics_of(session):
    return {str(pair): {topic.name for topic in pair.topics.all()} for pair in session.pairs.all()}


def test_who_comes_while_pairs_listen_takes_no_topic_from_those_who_write(inquiry):
    session = build.session(inquiry)
    phone, room = come_in(session.code, "Gita", "resident", "no")
    for number in range(3):
        build.seat(session, f"Guest {number}", is_used_to_it=True)
    sessions.make_pairs(session)
    sessions.start(session, now=build.NOW)
    before = topics_of(session)
    writing = list(Seat.objects.get(name="Gita").pair.topics.all())
    for name in ("Late", "Later"):
        build.seat(session, name)

    sessions.make_pairs(session)

    after = topics_of(session)
    assert {name: after[name] for name in before} == before
    assert after["Pair 3"] == {TOPICS[0]}
    for topic in writing:
        assert "is logged." in reading.words(log(phone, room, topic, our_words=f"Somebody waits: {topic}"))


def test_pairs_that_come_later_listen_for_what_the_fewest_listen_for(inquiry):
    session = build.session(inquiry)
    for number in range(8):
        build.seat(session, f"Guest {number}", is_used_to_it=number % 2 == 0)
    sessions.make_pairs(session)
    sessions.start(session, now=build.NOW)
    for name in ("Late", "Later"):
        build.seat(session, name)

    sessions.make_pairs(session)

    assert [topics_of(session)[f"Pair {number}"] for number in (1, 2, 3, 4, 5)] == [
        {TOPICS[0]}, {TOPICS[1]}, {TOPICS[2]}, {TOPICS[0]}, {TOPICS[1]},
    ]  # fmt: skip


def test_while_people_arrive_topics_are_shared_out_anew_so_that_no_pair_has_all_of_them(inquiry):
    session = build.session(inquiry)
    for name in ("Gita", "Ben"):
        build.seat(session, name)
    sessions.make_pairs(session)
    assert topics_of(session) == {"Pair 1": set(TOPICS)}
    for name in ("Olu", "Ann"):
        build.seat(session, name)

    sessions.make_pairs(session)

    assert topics_of(session) == {"Pair 1": {TOPICS[0], TOPICS[2]}, "Pair 2": {TOPICS[1]}}


def test_a_topic_that_is_another_pairs_now_is_refused_in_our_words_and_what_was_typed_stays(inquiry):
    session = build.session(inquiry)
    phone, room = come_in(session.code, "Gita", "resident", "no")
    build.seat(session, "Ben")
    sessions.make_pairs(session)
    other = inquiry.topics.get(name=TOPICS[1])
    Seat.objects.get(name="Gita").pair.topics.remove(other)

    answer = log(phone, room, other, our_words="Kept words")

    assert reading.errors(answer) == ["Another pair listens for this topic now. Select one of yours and send it again"]
    assert "Kept words" in answer.content.decode()
    assert not Item.objects.exists()


def test_the_officer_reads_what_came_of_making_pairs(inquiry):
    session = build.session(inquiry)
    officer, run = make.client(build.officer(inquiry)), page(inquiry, f"sessions/{session.pk}/run/")
    said = []
    for arrivals in (("Gita", "Olu", "Ann", "Sam"), ("Ben",), (), ("Kim", "Lee")):
        for name in arrivals:
            build.seat(session, name)
        said.append(reading.words(officer.post(run, {"what": "pair"}, follow=True)))

    assert "2 pairs made. Their pages say who and what." in said[0]
    assert "Ben joins Pair 2. Their pages say who and what." in said[1]
    assert "Everybody who is here is in a pair already." in said[2]
    assert "1 pair made. Their pages say who and what." in said[3]


def test_what_an_officer_set_aside_is_not_on_the_board(inquiry):
    session = build.session(inquiry)
    build.seat(session)
    build.seat(session, "Ben", is_used_to_it=True)
    sessions.make_pairs(session)
    shown = build.item(inquiry, our_words="Word does not reach families")
    aside = build.item(inquiry, our_words="About the head of one school", state=Item.State.SET_ASIDE)
    session.pairs.get().items.set([shown, aside])

    board = reading.words(make.client(build.reader(inquiry)).get(page(inquiry, f"sessions/{session.pk}/board/")))

    assert "Word does not reach families" in board
    assert "About the head of one school" not in board


def test_a_session_that_is_over_takes_nothing_more(inquiry):
    session = build.session(inquiry)
    seat = build.seat(session)
    build.seat(session, "Ben", is_used_to_it=True)
    sessions.make_pairs(session)
    room = addresses.of_room(seat)
    sessions.end(session, now=build.NOW)

    answer = log(make.client(), room, build.topic(inquiry))
    sessions.start(session, now=build.NOW)

    assert reading.heading(answer) == "The session is over"
    assert not Item.objects.exists()
    assert session.state == "ended"


def test_who_comes_in_while_it_is_ended_is_not_in_it_and_leaves_no_name(inquiry):
    session = build.session(inquiry)
    seen_open = ListeningSession.objects.get(pk=session.pk)  # as the form found it, a moment before
    sessions.end(session, now=build.NOW)

    with pytest.raises(sessions.NotNow):
        build.seat(seen_open, "Late")

    assert not Seat.objects.exists()


def test_who_is_late_by_a_moment_reads_that_the_code_is_dead(inquiry, monkeypatch):
    session = build.session(inquiry)
    monkeypatch.setattr(sessions, "with_code", lambda code: ListeningSession(pk=session.pk, inquiry=inquiry))
    sessions.end(session, now=build.NOW)

    answer = make.client().post(
        "/evidence/join/", {"code": session.code, "name": "Late", "role": "officer", "used": "no"}
    )

    assert reading.errors(answer) == ["No session is open with this code. Look at the wall again"]
    assert not Seat.objects.exists()


def test_nothing_is_kept_of_what_is_sent_while_the_session_is_ended(inquiry):
    session = build.session(inquiry)
    seat = build.seat(session)
    build.seat(session, "Ben", is_used_to_it=True)
    sessions.make_pairs(session)
    seat = Seat.objects.select_related("session", "pair").get(pk=seat.pk)  # its session as it was before the end
    sessions.end(ListeningSession.objects.get(), now=build.NOW)

    for late in (
        lambda: sessions.find(seat, ["Families wait"]),
        lambda: sessions.answer(seat, Answer("yes", "Quick", "yes")),
        lambda: sessions.log(seat, captures.Said(topic=build.topic(inquiry), our_words="Late"), now=build.NOW),
        lambda: sessions.make_pairs(session),
    ):
        with pytest.raises(sessions.NotNow):
            late()
    seat.refresh_from_db()
    assert (seat.useful, seat.pair.findings, Item.objects.count()) == ("", [], 0)


def test_two_sessions_for_one_meet_up_at_once_are_one_and_the_second_officer_reads_so(inquiry, monkeypatch):
    hosted = make.meetup(hosts=[build.officer(inquiry)])
    client = make.client(build.officer(inquiry))
    form = {"meetup": hosted.pk, "minutes": "45"}

    made = sessions.make

    def twice(*args, **fields):
        """The other officer is quicker, after the form of this one has looked."""
        made(*args, **fields)
        return made(*args, **fields)

    monkeypatch.setattr(sessions, "make", twice)
    answer = client.post(page(inquiry, "sessions/new/"), form)

    assert reading.errors(answer) == ["There is a listening session for this meet-up already"]
    assert ListeningSession.objects.count() == 1


def test_a_session_with_a_meet_up_lives_until_a_day_after_it_whoever_tried_the_code_before(inquiry):
    session = build.session(inquiry, meetup=make.meetup())  # in a fortnight
    build.seat(session, "Olu tries the code")

    before = sessions.end_forgotten(make.START + timedelta(hours=25))
    after = sessions.end_forgotten(make.START + timedelta(hours=27))

    assert (before, after) == (0, 1)


def test_a_session_that_nobody_joined_ends_too_a_month_after_it_was_made(inquiry):
    build.session(inquiry)

    early, late = (sessions.end_forgotten(build.NOW + timedelta(days=days)) for days in (29, 31))

    assert (early, late, ListeningSession.objects.get().state) == (0, 1, "ended")


def test_a_session_that_nobody_ends_is_over_a_day_after_the_last_person_came(inquiry):
    session = build.session(inquiry)
    build.seat(session)
    early = build.session(inquiry)  # made in advance, nobody is there yet

    first = sessions.end_forgotten(build.NOW + timedelta(hours=23))
    then = sessions.end_forgotten(build.NOW + timedelta(hours=25))

    session.refresh_from_db()
    early.refresh_from_db()
    assert (first, then, session.state, early.state) == (0, 1, "ended", "arriving")
    assert session.seats.get().name == ""


def test_a_session_is_called_by_its_day_in_london(inquiry):
    assert (
        str(build.session(inquiry, now=datetime(2027, 7, 18, 23, 30, tzinfo=UTC)))
        == "Listening session on 19 July 2027"
    )
