"""The door of a listening session and its pages: nobody guesses a code or floods it, and a whole room comes in."""

import pytest
import time_machine
from django.core.cache import cache

from evidence import addresses, sessions
from evidence.models import Item, Seat
from tests import make, reading
from tests.evidence import build

pytestmark = pytest.mark.django_db

TOO_MANY_CODES = "Too many wrong codes were tried from here. Wait ten minutes and try again"
TOO_MUCH = "That is more than can be sent in ten minutes. Wait a little and send it again: it is still here"


@pytest.fixture
def moment():
    with time_machine.travel(build.NOW, tick=False) as travelled:
        yield travelled


@pytest.fixture(autouse=True)
def _now(moment):
    pass


def knock(code, *, address="192.0.2.1", **typed):
    said = {"code": code, "name": "Gita", "role": "resident", "used": "no", **typed}
    return make.client().post("/evidence/join/", said, REMOTE_ADDR=address)


def a_pair(session):
    """Two people in a pair; the client and the page of the first."""
    first, _ = build.seat(session), build.seat(session, "Ben", is_used_to_it=True)
    sessions.make_pairs(session)
    return make.client(), addresses.of_room(first)


def log(phone, room, session, words="Somebody waits"):
    topic = build.topic(session.inquiry)
    return phone.post(room, {"topic": topic.pk, "author_kind": "private", "our_words": words, "log": "Log it"})


def test_a_room_of_sixty_guests_behind_one_address_comes_in_within_a_minute():
    session = build.session(build.inquiry())

    answers = [knock(session.code, name=f"Guest {number}") for number in range(60)]

    assert {answer.status_code for answer in answers} == {302}
    assert session.seats.count() == 60


def test_after_thirty_wrong_codes_no_code_is_looked_at_from_there_and_right_and_wrong_read_the_same():
    session = build.session(build.inquiry())
    wrong = [knock(f"WRNG{number:02}") for number in range(30)]

    right, another = knock(session.code), knock("WRNG99")

    assert {answer.status_code for answer in wrong} == {200}
    assert (right.status_code, another.status_code) == (429, 429)
    assert reading.errors(right) == reading.errors(another) == [TOO_MANY_CODES]
    assert 'value="Gita"' in right.content.decode()
    assert not session.seats.exists()


def test_wrong_codes_from_elsewhere_close_the_door_to_nobody_and_it_opens_again_after_ten_minutes(moment):
    session = build.session(build.inquiry())
    for number in range(31):
        knock(f"WRNG{number:02}", address="203.0.113.9")

    assert knock(session.code).status_code == 302
    assert knock(session.code, address="203.0.113.9").status_code == 429
    moment.shift(601)
    cache.clear()  # the cache in memory does not travel
    assert knock(session.code, address="203.0.113.9").status_code == 302


def test_a_name_left_out_counts_as_no_wrong_code():
    session = build.session(build.inquiry())
    for _ in range(31):
        knock(session.code, name="")

    assert knock(session.code).status_code == 302


def test_one_session_takes_in_so_many_and_another_session_goes_on(settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "evidence:join_session": [(100, 600, "ip"), (3, 600, "key")]}
    flooded, other = build.session(build.inquiry()), build.session(build.inquiry())

    codes = [knock(flooded.code, address=f"192.0.2.{number}").status_code for number in range(5)]

    assert codes == [302, 302, 302, 429, 429]
    assert flooded.seats.count() == 3
    assert knock(other.code).status_code == 302


def test_one_seat_sends_so_much_and_reads_that_it_has_to_wait_with_what_it_typed(settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "evidence:room": [(100, 600, "ip"), (2, 600, "key")]}
    session = build.session(build.inquiry())
    phone, room = a_pair(session)

    answers = [log(phone, room, session, f"Words {number}") for number in range(3)]

    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert reading.errors(answers[2]) == [TOO_MUCH]
    assert "Words 2" in answers[2].content.decode()
    assert list(Item.objects.order_by("number").values_list("our_words", flat=True)) == ["Words 0", "Words 1"]
    assert phone.get(room).status_code == 200


def test_all_seats_of_a_session_together_send_so_much(settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "evidence:room_of_session": [(1, 600, "key")]}
    session, other = build.session(build.inquiry()), build.session(build.inquiry())
    phone, room = a_pair(session)
    elsewhere, its_room = a_pair(other)

    codes = [log(phone, room, session).status_code, log(phone, room, session).status_code]

    assert codes == [302, 429]
    assert log(elsewhere, its_room, other).status_code == 302
    assert Seat.objects.count() == 4
