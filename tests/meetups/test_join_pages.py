from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client

from meetups import addresses, publishing, signups
from meetups.models import Meetup, SignUp
from people import links
from tests import make, reading

pytestmark = pytest.mark.django_db

OPENS = make.START - timedelta(minutes=15)
CALL = "https://video.example.org/j/123456"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(OPENS, tick=False) as clock:
        yield clock


def url(signup: SignUp) -> str:
    return urlsplit(addresses.join(signup)).path


def get(signup: SignUp):
    return make.client().get(url(signup))


def post(signup: SignUp):
    return make.client().post(url(signup))


def came(signup: SignUp) -> bool:
    return SignUp.objects.get(pk=signup.pk).came_at is not None


def test_the_button_counts_them_in_and_leads_to_the_call():
    signup = make.signup(meetup=make.meetup())

    page, answer = get(signup), post(signup)

    assert 'method="post" data-submit-at-once' in page.content.decode()
    assert "Join the call" in reading.words(page)
    assert (answer.status_code, answer["Location"]) == (302, CALL)
    assert came(signup)


def test_looking_counts_nobody_in_and_shows_no_link_because_scanners_open_every_link(clock):
    signup = make.signup(meetup=make.meetup())

    for moment in (make.NOW, OPENS, make.START, make.START + timedelta(hours=3)):
        clock.move_to(moment)
        for answer in (get(signup), make.client().head(url(signup))):
            assert answer.status_code == 200
            assert CALL not in answer.content.decode()

    assert not came(signup)


def test_coming_back_after_a_dropped_call_keeps_when_they_first_came(clock):
    signup = make.signup(meetup=make.meetup())
    post(signup)
    clock.move_to(make.START + timedelta(minutes=40))

    assert post(signup)["Location"] == CALL
    assert SignUp.objects.get(pk=signup.pk).came_at == OPENS


def test_before_it_opens_there_is_a_countdown_and_no_way_in(clock):
    clock.move_to(OPENS - timedelta(seconds=1))
    signup = make.signup(meetup=make.meetup())

    answer, sent = get(signup), post(signup)

    assert "You are early. The call opens on Wednesday 24 February 2027, 9:45am ." in reading.words(answer)
    assert 'data-countdown-to="2027-02-24T09:45:00+00:00"' in answer.content.decode()
    assert sent.status_code == 200
    assert CALL not in sent.content.decode()
    assert not came(signup)


def test_when_the_hosts_change_the_link_the_personal_one_leads_to_the_new_one():
    meetup = make.meetup()
    signup = make.signup(meetup=meetup)
    link = url(signup)
    meetup.join_url = "https://other.example.org/new"
    publishing.save_changes(meetup, now=OPENS)

    assert make.client().post(link)["Location"] == "https://other.example.org/new"


def test_a_link_from_the_first_mail_works_on_the_day(clock):
    clock.move_to(make.NOW)
    signup = make.signup(meetup=make.meetup())
    link = url(signup)
    clock.move_to(make.START)

    assert make.client().post(link)["Location"] == CALL


def test_for_the_room_it_shows_the_way_and_says_that_they_came():
    signup = make.signup(meetup=make.room_meetup(access_notes="Ring the bell"), way="room")

    page = get(signup)
    assert reading.facts(page) == {
        "Room": "Committee Room 1 County Hall, Market Road, Chelmsford CM1 1QH",
        "Getting in and around": "Ring the bell",
    }
    assert "data-submit-at-once" not in page.content.decode()

    answer = make.client().post(url(signup), follow=True)

    assert answer.redirect_chain == [(url(signup), 302)]
    assert "The hosts know that you are here." in reading.words(answer)
    assert came(signup)


def test_where_both_are_possible_each_gets_their_own_way():
    meetup = make.both_meetup()
    online, room = make.signup(meetup=meetup, way="online"), make.signup(meetup=meetup, way="room")

    assert (post(online)["Location"], post(room)["Location"]) == (CALL, url(room))


def test_early_in_the_room_shows_the_way_already(clock):
    clock.move_to(make.NOW)

    said = reading.words(get(make.signup(meetup=make.room_meetup(), way="room")))

    assert "From Wednesday 24 February 2027, 9:45am, you can say here that you have come." in said
    assert "County Hall, Market Road" in said


def test_a_call_without_a_link_yet_says_so():
    meetup = make.meetup()
    signup = make.signup(meetup=meetup)
    Meetup.objects.update(join_url="")

    assert "The hosts have not given the link of the call yet." in reading.words(get(signup))
    assert post(signup)["Location"] == url(signup)


def waiting() -> SignUp:
    meetup = make.meetup(places_online=1)
    make.signup(meetup=meetup)
    return make.signup(meetup=meetup)


def given_up() -> SignUp:
    return signups.cancel(make.signup(meetup=make.meetup()), now=make.NOW)


def called_off() -> SignUp:
    meetup = make.meetup(hosts=[host := make.person()])
    signup = make.signup(meetup=meetup)
    publishing.cancel(meetup, note="No heating.", now=OPENS, by=host)
    return signup


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (waiting, "You are on the waiting list, so this link does not lead to the meet-up yet."),
        (given_up, "Your place was cancelled, so this link does not lead to the meet-up any more."),
        (called_off, "The hosts have cancelled this meet-up. No heating."),
    ],
)
def test_without_a_place_it_says_kindly_why_it_leads_nowhere(made, said, clock):
    clock.move_to(make.NOW)
    signup = made()
    clock.move_to(OPENS)

    answer, sent = get(signup), post(signup)

    assert said in reading.words(answer)
    assert sent.status_code == 200
    assert CALL not in answer.content.decode() + sent.content.decode()
    assert "/booking/" not in answer.content.decode()
    assert not came(signup)


def test_after_the_end_it_is_over(clock):
    signup = make.signup(meetup=make.meetup())
    clock.move_to(make.START + timedelta(hours=2))

    assert "This meet-up is over." in reading.words(get(signup))
    assert post(signup).status_code == 200
    assert not came(signup)


def test_only_the_link_itself_opens_it():
    signup, other = make.signup(meetup=make.meetup()), make.signup(meetup=make.meetup())
    token = url(signup).rstrip("/").rpartition("/")[2]
    wrong = [
        token[:-1] + ("a" if token[-1] != "a" else "b"),
        token.replace(f"{signup.pk}.", f"{other.pk}.", 1),
        addresses.booking_token(signup),
        links.make(addresses.JOIN, signup.pk, signup.link_version + 1),
        "nonsense",
    ]

    for bad in wrong:
        for method in ("get", "post"):
            assert getattr(make.client(), method)(f"/join/{bad}/").status_code == 404


def test_the_page_may_send_its_form_on_to_the_call_and_no_other_page_may():
    signup = make.signup(meetup=make.meetup())
    plain = make.signup(meetup=make.meetup(join_url="http://call.council.local/7"))

    def form_action(answer) -> str:
        rules = dict(rule.strip().split(" ", 1) for rule in answer["Content-Security-Policy"].split(";"))
        return rules["form-action"]

    assert form_action(get(signup)) == "'self' https:"
    assert form_action(get(plain)) == "'self' https: http:"
    assert form_action(make.client().get("/")) == "'self'"


def test_the_page_is_kept_by_nobody():
    answer = get(make.signup(meetup=make.meetup()))

    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Referrer-Policy"] == "same-origin"


def test_a_form_from_another_site_counts_nobody_in():
    signup = make.signup(meetup=make.meetup())

    assert Client(enforce_csrf_checks=True).post(url(signup)).status_code == 403
    assert not came(signup)
