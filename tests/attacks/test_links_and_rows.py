"""Forged, swapped and outlived links; rows of others; methods that should do nothing."""

import re

import pytest
import time_machine
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from meetups import addresses, signups
from meetups.models import Meetup, SignUp
from outbox.models import Message
from people import links, my_data
from people.access import Audience
from people.checks import every_route
from people.models import Person
from tests import make
from tests.test_access import address, our_routes, world  # noqa: F401 -- a fixture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(make.NOW, tick=False):
        yield


def token(signup: SignUp) -> str:
    return addresses.booking_token(signup)


def join_path(signup: SignUp) -> str:
    return "/join/" + addresses.join(signup).partition("/join/")[2]


def test_a_link_of_somebody_else_cannot_be_made_from_ones_own() -> None:
    meetup = make.meetup()
    mine, theirs = make.signup(meetup=meetup), make.signup(meetup=meetup)
    forged = re.sub(rf"^{mine.pk}\.", f"{theirs.pk}.", token(mine))

    for path in ("", "answers/", "way/", "cancel/", "calendar.ics"):
        assert make.client().get(f"/booking/{forged}/{path}").status_code == 404
    for path in ("cancel/", "send-again/", "sign-up-again/", "answers/"):
        assert make.client().post(f"/booking/{forged}/{path}").status_code == 404
    assert SignUp.objects.confirmed().count() == 2


def test_no_link_opens_what_another_purpose_opens() -> None:
    signup = make.signup(meetup=make.meetup())
    tokens = {
        "/booking/{}/": token(signup),
        "/join/{}/": join_path(signup).split("/")[2],
        "/preferences/{}/": addresses.preferences(signup.person).rstrip("/").rpartition("/")[2],
    }

    for purpose, one in tokens.items():
        for path in tokens:
            assert make.client().get(path.format(one)).status_code == (200 if path == purpose else 404)


def test_links_of_somebody_who_left_lead_nowhere_and_send_nothing() -> None:
    signup = make.signup(meetup=make.meetup())
    booking, join = f"/booking/{token(signup)}/", join_path(signup)
    person = Person.objects.get(pk=signup.person_id)
    preferences = addresses.preferences(person).partition("//localhost:8000")[2]

    my_data.leave(person, now=make.NOW)
    before = Message.objects.count()

    for path in (booking, f"{booking}answers/", f"{booking}calendar.ics", join, preferences):
        assert make.client().get(path).status_code == 404
    for path in ("send-again/", "sign-up-again/", "cancel/", "answers/"):
        assert make.client().post(booking + path, {"name": "Back", "works_at": "A"}).status_code == 404
    assert Message.objects.count() == before
    assert SignUp.objects.get().state == "cancelled"


def test_a_cancelled_booking_joins_nothing() -> None:
    signup = make.signup(meetup=make.meetup())
    signups.cancel(signup, now=make.NOW)

    with time_machine.travel(make.START, tick=False):
        answer = make.client().post(join_path(signup))

    assert answer.status_code == 200
    assert "video.example.org" not in answer.content.decode()
    assert SignUp.objects.get().came_at is None


def test_changing_how_one_attends_back_and_forth_is_slowed_down() -> None:
    signup = make.signup(meetup=make.both_meetup(), way="online")

    answers = [
        make.client().post(f"/booking/{token(signup)}/way/", {"way": "room" if n % 2 == 0 else "online"})
        for n in range(9)
    ]

    assert [answer.status_code for answer in answers] == [302] * 6 + [429] * 3


@pytest.mark.parametrize("method", ["get", "head", "options", "put", "patch", "delete"])
def test_nothing_but_a_post_changes_anything(method: str, world: dict[str, str]) -> None:  # noqa: F811
    admin = make.client(make.administrator())
    before = [list(model.objects.order_by("pk").values()) for model in (Meetup, SignUp, Message, Person)]

    for route in our_routes():
        answer = getattr(admin, method)(address(route, world))
        assert answer.status_code < 500 or route.full_name == "pages:health", address(route, world)

    after = [list(model.objects.order_by("pk").values()) for model in (Meetup, SignUp, Message, Person)]
    assert after == before


def test_no_form_is_taken_from_another_site_but_one_click_unsubscribing(world: dict[str, str]) -> None:  # noqa: F811
    client = Client(enforce_csrf_checks=True)
    client.force_login(make.administrator())
    taken = []
    for route in every_route():
        if "(?P" in route.path:
            continue
        answer = client.post(address(route, world), {"sure": "on"}, HTTP_ORIGIN="https://evil.example")
        if answer.status_code not in {403, 404, 405}:
            taken.append(route.full_name)

    assert [name for name in taken if name not in ONE_CLICK] == []


# RFC 8058: the mail program posts, without a page of ours; the token is the right.
ONE_CLICK = {"people:unsubscribe", "unmentoring:stop", "meetups:stop_following"}


@pytest.mark.parametrize("path", ["/", "/meetups/", "/privacy/", "/accessibility/", "/robots.txt", "/councils/?q=a"])
def test_whoever_checks_links_may_ask_for_the_head_alone(path: str) -> None:
    answer = make.client().head(path)

    assert (answer.status_code, answer.content) == (200, b"")


def test_every_page_refuses_to_be_framed_and_tells_other_sites_no_address(world: dict[str, str]) -> None:  # noqa: F811
    admin = make.client(make.administrator())
    for client in (admin, make.client()):
        # The next meet-up of a series is made for frames on other sites: it has no button and no cookie.
        for route in (route for route in our_routes() if route.full_name != "meetups:embed"):
            answer = client.get(address(route, world))
            assert answer.headers["X-Frame-Options"] in {"DENY", "SAMEORIGIN"}, route.path
            assert answer.headers["Referrer-Policy"] == "same-origin", route.path
            assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"], route.path


def test_private_pages_are_kept_by_nobody(world: dict[str, str]) -> None:  # noqa: F811
    signed_in = make.client(make.organiser())
    for path in ("/my-things/", "/me/", "/me/data/", f"/organise/{world['slug']}/people/", "/meetups/"):
        assert "no-store" in signed_in.get(path).headers["Cache-Control"], path
    for route in our_routes():
        if route.audience is Audience.LINK:
            answer = make.client().get(address(route, world))
            assert "no-store" in answer.headers.get("Cache-Control", ""), route.path
            assert "noindex" in answer.headers.get("X-Robots-Tag", ""), route.path


def test_an_answer_that_has_not_changed_is_the_same_for_the_same_person_only() -> None:
    meetup = make.meetup()
    signup = make.signup(meetup=meetup)
    mine = make.client(signup.person)
    url = reverse("meetups:detail", args=[meetup.slug])
    tag = mine.get(url).headers.get("ETag", '"none"')

    assert make.client().get(url, HTTP_IF_NONE_MATCH=tag).status_code == 200
    assert "Cookie" in make.client().get(url).headers.get("Vary", "")


def test_a_database_that_is_locked_is_said_to_be_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    meetup = make.meetup()

    def locked(*args: object, **kwargs: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(signups, "sign_up", locked)
    client = Client(raise_request_exception=False)

    answer = client.post(f"/meetups/{meetup.slug}/sign-up/", {"name": "Ann", "works_at": "A", "email": "ann@a.uk"})

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "The site is busy" in answer.content.decode()


def test_another_mistake_is_not_called_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    meetup = make.meetup()
    monkeypatch.delattr(signups, "sign_up")
    client = Client(raise_request_exception=False)

    answer = client.post(f"/meetups/{meetup.slug}/sign-up/", {"name": "Ann", "works_at": "A", "email": "ann@a.uk"})

    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.content.decode()


def test_a_host_who_is_removed_meanwhile_can_do_nothing_more() -> None:
    host = make.with_second_factor(make.person())
    meetup = make.meetup(hosts=[host, make.person()])
    make.meetup(hosts=[host])
    signup = make.signup(meetup=meetup)
    client = make.client(host)
    assert client.get(f"/organise/{meetup.slug}/write/").status_code == 200
    mails = Message.objects.count()

    meetup.hosts.remove(host)

    for path in ("write/", "cancel/", "move/", "edit/", "people/add/", f"people/{signup.pk}/cancel/", "publish/"):
        assert client.post(f"/organise/{meetup.slug}/{path}", {"sure": "on", "send": "1"}).status_code == 404
    assert client.get(f"/organise/{meetup.slug}/people/export.csv").status_code == 404
    assert Message.objects.count() == mails


def test_a_sign_up_of_another_meetup_is_not_reached_through_ones_own() -> None:
    host = make.with_second_factor(make.person())
    mine, other = make.meetup(hosts=[host]), make.meetup()
    theirs = make.signup(meetup=other)
    question = other.questions.create(position=0, label="Secret?")
    client = make.client(host)

    for path in (f"people/{theirs.pk}/", f"people/{theirs.pk}/cancel/", f"questions/{question.pk}/remove/"):
        assert client.get(f"/organise/{mine.slug}/{path}").status_code == 404
        assert client.post(f"/organise/{mine.slug}/{path}").status_code in {404, 405}
    assert SignUp.objects.confirmed().count() == 1


def test_a_token_is_only_worth_something_with_our_signature() -> None:
    signup = make.signup(meetup=make.meetup())
    good = links.make(addresses.BOOKING, signup.pk)
    for bad in (f"{signup.pk}", f"{signup.pk}.0", good[:-1], good + "=", good.upper(), good + "\n", f" {good}"):
        assert make.client().get(f"/booking/{bad.replace(chr(10), '%0a')}/").status_code == 404
