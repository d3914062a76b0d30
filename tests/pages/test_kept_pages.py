"""Pages kept for strangers: nobody gets what is another's, and whoever changes something sees it."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client
from django.urls import include, path, reverse

from config import urls as site_urls
from meetups import addresses, signups
from meetups.models import Meetup, SignUp
from pages import kept
from people.access import Audience, open_to, same_for_strangers
from tests import make

pytestmark = pytest.mark.django_db

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
FORM = {"name": "Guest Gill", "email": "gill@council.gov.uk", "works_at": "Wessex"}


@pytest.fixture(autouse=True)
def keeping(settings) -> None:
    settings.PAGES_KEPT_SECONDS = 5


@pytest.fixture
def now():
    with time_machine.travel(make.NOW, tick=False) as clock:
        yield clock


@same_for_strangers()
@open_to(Audience.EVERYONE)
def with_nonce(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f'<script nonce="{request.csp_nonce}"></script>')


@same_for_strangers()
@open_to(Audience.EVERYONE)
def strange(request: HttpRequest) -> HttpResponse:
    """Does what no shared page should do."""
    what = request.headers["Strange"]
    answer = HttpResponse(str(kept.time.time()), status=201 if what == "status" else 200)
    if what == "cookie":
        answer.set_cookie("mine", "1")
    if what == "session":
        request.session["mine"] = 1
    if what == "private":
        answer["Cache-Control"] = "private"
    if what == "large":
        answer.content = b"x " * kept.LARGEST
    return answer


urlpatterns = [path("nonce/", with_nonce), path("strange/", strange), path("", include(site_urls))]


def places_line(page: HttpResponse) -> str:
    found = re.search(r"\d+ places? left|Full\.", page.content.decode())
    assert found
    return found[0]


def takes_a_place(meetup: Meetup) -> None:
    """Behind the site's back, as a worker does it."""
    make.signup(meetup=meetup)


# --- What is kept, and how long ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/", "/meetups/", "/meetups/{}/", "/meetups/{}/sign-up/", "/privacy/"])
def test_a_page_for_strangers_is_made_once_for_all_of_them(address, now, django_assert_num_queries) -> None:
    address = address.format(make.meetup().slug)
    first = Client().get(address)

    with django_assert_num_queries(0):
        second = Client().get(address)

    assert TOKEN.sub("", second.content.decode()) == TOKEN.sub("", first.content.decode())
    assert (second.status_code, second["Content-Type"]) == (200, "text/html; charset=utf-8")
    same = [name for name in first.headers if name not in {"ETag", "Content-Length"}]
    assert {name: second[name] for name in same} == {name: first[name] for name in same}


def test_what_the_worker_changes_shows_after_five_seconds_at_most(now) -> None:
    meetup = make.meetup(places_online=10)
    address = meetup.get_absolute_url()
    assert places_line(Client().get(address)) == "10 places left"
    takes_a_place(meetup)

    now.shift(timedelta(seconds=2))
    assert places_line(Client().get(address)) == "10 places left"
    now.shift(timedelta(seconds=3))
    assert places_line(Client().get(address)) == "9 places left"


def test_when_the_time_is_nearly_over_one_visitor_makes_it_anew_and_the_others_do_not_wait(now) -> None:
    meetup = make.meetup(places_online=10)
    address = meetup.get_absolute_url()
    Client().get(address)
    takes_a_place(meetup)
    now.shift(timedelta(seconds=4))
    key = kept._key(Client().get(address).wsgi_request)  # this one has made it anew

    assert places_line(Client().get(address)) == "9 places left"
    takes_a_place(meetup)
    now.shift(timedelta(seconds=4))
    cache.add(f"{key}:renewed", True, 2)  # somebody is at it
    assert places_line(Client().get(address)) == "9 places left"
    cache.delete(f"{key}:renewed")
    assert places_line(Client().get(address)) == "8 places left"


def test_without_the_setting_nothing_is_kept(settings, now) -> None:
    settings.PAGES_KEPT_SECONDS = 0
    meetup = make.meetup(places_online=10)
    Client().get(meetup.get_absolute_url())
    takes_a_place(meetup)

    assert places_line(Client().get(meetup.get_absolute_url())) == "9 places left"


def test_without_a_cache_every_page_is_made_anew(settings, now) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "config.cache.ForgivingRedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
            "OPTIONS": {"socket_connect_timeout": 0.1},
        }
    }
    meetup = make.meetup(places_online=10)
    assert places_line(Client().get(meetup.get_absolute_url())) == "10 places left"
    takes_a_place(meetup)

    assert places_line(Client().get(meetup.get_absolute_url())) == "9 places left"


# --- Whoever changes something sees it --------------------------------------------------------------------------------


def test_who_signs_up_and_cancels_sees_the_places_of_that_moment_and_so_does_everybody(now) -> None:
    meetup = make.meetup(places_online=10)
    guest, other = Client(), Client()
    assert places_line(other.get(meetup.get_absolute_url())) == "10 places left"

    guest.post(f"/meetups/{meetup.slug}/sign-up/", FORM)
    assert [places_line(who.get(meetup.get_absolute_url())) for who in (guest, other)] == ["9 places left"] * 2

    signups.cancel(SignUp.objects.get(), now=make.NOW)
    guest.post("/meetups/nothing/sign-up/", FORM)  # refused: changes nothing
    assert places_line(guest.get(meetup.get_absolute_url())) == "9 places left"


def test_a_page_that_was_begun_before_a_change_is_not_shown_after_it(now, monkeypatch) -> None:
    meetup = make.meetup(places_online=10)
    guest = Client()

    def signs_up_meanwhile(*args, **kwargs):
        answer = render(*args, **kwargs)
        if not SignUp.objects.exists():
            guest.post(f"/meetups/{meetup.slug}/sign-up/", FORM)
        return answer

    monkeypatch.setattr("meetups.views.public.render", signs_up_meanwhile)
    assert places_line(Client().get(meetup.get_absolute_url())) == "10 places left"

    assert places_line(Client().get(meetup.get_absolute_url())) == "9 places left"


def test_what_an_organiser_publishes_is_on_the_list_at_once_for_strangers_too(now) -> None:
    meetup = make.meetup(state="draft", title="Brand new")
    organiser = make.client(make.organiser())
    assert "Brand new" not in Client().get("/meetups/").content.decode()

    organiser.post(reverse("meetups:publish", args=[meetup.slug]))

    assert Meetup.objects.get().state == "published"
    for who in (organiser, Client()):
        assert "Brand new" in who.get("/meetups/").content.decode()


def test_who_is_signed_in_gets_a_page_of_their_own_and_leaves_none_behind(now) -> None:
    meetup = make.meetup()
    guest = make.signup(meetup=meetup).person
    for who, own in ((Client(), False), (make.client(guest), True), (Client(), False)):
        words = who.get(meetup.get_absolute_url()).content.decode()
        assert ("See my booking" in words, "Sign out" in words, ">Sign in<" in words) == (own, own, not own)


def test_who_has_a_message_to_read_reads_it_and_nobody_else_does(now) -> None:
    meetup = make.meetup()
    signup = make.signup(meetup=meetup)
    guest = Client()
    Client().get("/")
    guest.post(reverse("meetups:send_again", args=[addresses.booking_token(signup)]))
    assert "messages" in guest.cookies

    assert "govuk-notification-banner" in guest.get(meetup.get_absolute_url()).content.decode()
    assert "govuk-notification-banner" not in Client().get(meetup.get_absolute_url()).content.decode()


# --- Nobody gets what is another's ------------------------------------------------------------------------------------


def test_no_two_visitors_share_a_token_or_a_cookie(now) -> None:
    address = f"/meetups/{make.meetup().slug}/sign-up/"
    visitors = [Client() for _ in range(4)]
    pages = [visitor.get(address) for visitor in visitors]

    tokens = [TOKEN.findall(page.content.decode()) for page in pages]
    assert [len(found) for found in tokens] == [1] * 4
    assert len({found[0] for found in tokens}) == 4
    assert len({visitor.cookies["csrftoken"].value for visitor in visitors}) == 4
    assert ["Cookie" in page["Vary"] for page in pages] == [True] * 4


def test_a_form_out_of_the_cache_is_taken_from_whoever_got_it_and_from_nobody_else(now) -> None:
    meetup = make.meetup()
    address = f"/meetups/{meetup.slug}/sign-up/"
    Client().get(address)
    mine, theirs = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    token, foreign = [TOKEN.findall(who.get(address).content.decode())[0] for who in (mine, theirs)]

    refused = mine.post(address, {**FORM, "csrfmiddlewaretoken": foreign})
    taken = mine.post(address, {**FORM, "csrfmiddlewaretoken": token})

    assert (refused.status_code, taken.status_code) == (403, 302)
    assert [signup.person.email for signup in SignUp.objects.all()] == [FORM["email"]]


def test_a_token_that_a_visitor_has_already_goes_on_working(now) -> None:
    address = f"/meetups/{make.meetup().slug}/sign-up/"
    visitor = Client(enforce_csrf_checks=True)
    earlier = TOKEN.findall(visitor.get(address).content.decode())[0]
    Client().get(address)
    visitor.get(address)

    assert visitor.post(address, {**FORM, "csrfmiddlewaretoken": earlier}).status_code == 302


@pytest.mark.urls("tests.pages.test_kept_pages")
def test_no_two_visitors_share_a_nonce_and_each_page_has_that_of_its_header(now) -> None:
    pages = [Client().get("/nonce/") for _ in range(3)]

    nonces = [page.content.decode().split('"')[1] for page in pages]
    assert len(set(nonces)) == 3
    allowed = [f"'nonce-{nonce}'" in page["Content-Security-Policy"] for nonce, page in zip(nonces, pages, strict=True)]
    assert allowed == [True] * 3


def test_what_somebody_typed_is_never_kept(now) -> None:
    meetup = make.meetup()
    address = f"/meetups/{meetup.slug}/sign-up/"
    wrong = Client().post(address, {**FORM, "email": "no address"})
    assert "Guest Gill" in wrong.content.decode()

    assert "Guest Gill" not in Client().get(address).content.decode()
    assert "secret words" in Client().get("/meetups/?q=secret+words").content.decode()
    assert "secret words" not in Client().get("/meetups/").content.decode()


def test_every_host_name_and_every_address_has_pages_of_its_own(now, settings) -> None:
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    make.meetup(title="Only here")
    pages = [Client().get(path, HTTP_HOST=host) for host in settings.ALLOWED_HOSTS for path in ("/", "/meetups/")]

    assert len({page.content for page in pages[:2]}) == 2
    assert len({kept._key(page.wsgi_request) for page in pages}) == 4


@pytest.mark.urls("tests.pages.test_kept_pages")
@pytest.mark.parametrize("what", ["cookie", "session", "private", "large", "status"])
def test_an_answer_that_is_not_plain_is_not_kept(what, now) -> None:
    times = []
    for _ in range(2):
        times.append(Client().get("/strange/", headers={"Strange": what}).content)
        now.shift(timedelta(seconds=1))

    assert (times[0] == times[1]) == (what == "large")  # the same because it says the same, not because it was kept
    assert not [key for key in cache._cache if "page:1:" in key]


def test_a_page_not_found_is_not_kept(now) -> None:
    assert Client().get("/meetups/nothing/").status_code == 404
    make.meetup(slug="nothing")
    assert Client().get("/meetups/nothing/").status_code == 200


def test_a_page_out_of_the_cache_is_answered_with_not_modified(now) -> None:
    address = make.meetup().get_absolute_url()
    tag = Client().get(address)["ETag"]

    again = Client().get(address, headers={"If-None-Match": tag})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)


def test_suggestions_of_councils_are_kept_for_each_word_typed(now, django_assert_num_queries) -> None:
    first, other = (Client().get(f"/councils/?q={word}").json() for word in ("ess", "wes"))

    with django_assert_num_queries(0):
        answer = Client().get("/councils/?q=ess")

    assert (answer.json(), answer["Cache-Control"]) == (first, "public, max-age=3600")
    assert "Vary" not in answer or "Cookie" not in answer["Vary"]
    assert first == other == []  # no councils are loaded here


def test_only_pages_for_everyone_can_be_declared_the_same_for_strangers() -> None:
    @open_to(Audience.LINK)
    def by_link(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    with pytest.raises(AssertionError, match="open to everyone"):
        same_for_strangers()(by_link)
