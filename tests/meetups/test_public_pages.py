import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from meetups.models import AgendaItem, Meetup, Notes
from tests import make, reading

pytestmark = pytest.mark.django_db

SECRETS = ("video.example.org", "Sesame99", "0330 111 2222")
LIST = "/meetups/"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(make.NOW, tick=False):
        yield


def past(days: int = 30, **fields) -> Meetup:
    return make.meetup(starts_at=make.NOW - timedelta(days=days), **fields)


def filled(meetup: Meetup, number: int) -> Meetup:
    for _ in range(number):
        make.signup(meetup=meetup, way=meetup.ways[0])
    return meetup


def test_the_page_says_what_one_needs_to_know():
    host = make.person(name="Hosting Holly", organisation="Wessex Council")
    meetup = make.both_meetup(hosts=[host], audience="Scrutiny officers")
    meetup.sponsors.create(position=0, name="Wessex Centre", url="https://wessex.example")

    answer = make.client().get(meetup.get_absolute_url())

    assert reading.heading(answer) == "Scrutiny and social media"
    assert reading.facts(answer) == {
        "When": "Wednesday 24 February 2027, 10am to 12 noon (2 hours)",
        "Online": "By video call. You get your own link to it with the joining details.",
        "Room": "Committee Room 1 County Hall, Market Road, Chelmsford CM1 1QH",
        "Places": "20 places left online, 10 in the room",
        "Who it is for": "Scrutiny officers",
        "Sign up by": "Tuesday 23 February 2027, 5pm",
        "Host": "Hosting Holly, Wessex Council",
        "Sponsor": "Wessex Centre",
    }


def test_the_agenda_has_times_and_a_line_on_each_structure():
    meetup = make.meetup(agenda=0)
    for position, (title, structure) in enumerate([("Hello", "nine-minute-networking"), ("Topic", "")]):
        AgendaItem.objects.create(meetup=meetup, position=position, title=title, minutes=20, structure=structure)

    said = reading.words(make.client().get(meetup.get_absolute_url()))

    assert "10am to 10:20am Hello Nine minute networking – You meet two small groups" in said
    assert "10:20am to 10:40am Topic" in said


def test_the_address_of_a_host_without_a_name_is_not_shown():
    meetup = make.meetup(hosts=[make.person(email="private@council.gov.uk", name=" ")])
    meetup.hosts.update(name="")

    assert "private@council.gov.uk" not in make.client().get(meetup.get_absolute_url()).content.decode()


@pytest.mark.parametrize("made", [make.meetup, make.both_meetup])
def test_no_way_into_the_call_is_on_any_public_page_or_file(made):
    meetup = made(passcode="Sesame99", dial_in="0330 111 2222")
    make.signup(meetup=meetup)
    addresses = [
        "/",
        LIST,
        *(reverse(f"meetups:{name}", args=[meetup.slug]) for name in ("detail", "calendar", "sign_up")),
    ]

    for address in addresses:
        answer = make.client().get(address)
        assert answer.status_code == 200
        assert [secret for secret in SECRETS if secret in answer.content.decode()] == []


def test_search_engines_are_told_what_schema_org_asks():
    meetup = make.both_meetup(title="Ends </script><b>here</b> & now")

    page = make.client().get(meetup.get_absolute_url()).content.decode()
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, flags=re.DOTALL)
    url = f"http://localhost:8000/meetups/{meetup.slug}/"

    assert json.loads(block) == {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": url,
        "name": "Ends </script><b>here</b> & now",
        "description": "How committees can hear more people.",
        "url": url,
        "startDate": "2027-02-24T10:00:00+00:00",
        "endDate": "2027-02-24T12:00:00+00:00",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/MixedEventAttendanceMode",
        "location": [
            {"@type": "VirtualLocation", "url": url},
            {
                "@type": "Place",
                "name": "Committee Room 1",
                "address": "County Hall, Market Road, Chelmsford CM1 1QH",
            },
        ],
        "isAccessibleForFree": True,
        "maximumAttendeeCapacity": 30,
        "organizer": {"@type": "Organization", "name": "Scrutineers", "url": "http://localhost:8000/"},
        "offers": {
            "@type": "Offer",
            "price": 0,
            "priceCurrency": "GBP",
            "url": url,
            "availability": "https://schema.org/InStock",
            "availabilityEnds": "2027-02-23T17:00:00+00:00",
        },
    }


def test_the_page_says_how_social_networks_should_show_it():
    meetup = make.meetup(title='Quotes " and <tags>')

    page = make.client().get(meetup.get_absolute_url()).content.decode()

    assert '<meta property="og:title" content="Quotes &quot; and &lt;tags&gt;">' in page
    assert f'<meta property="og:url" content="http://localhost:8000/meetups/{meetup.slug}/">' in page


def button(answer) -> str:
    found = re.findall(r'<a class="govuk-button[^>]*>(.*?)</a>', answer.content.decode())
    return found[0] if found else ""


def test_the_one_button_fits_the_state():
    def shown(meetup: Meetup) -> str:
        return button(make.client().get(meetup.get_absolute_url()))

    assert shown(make.meetup()) == "Sign up"
    assert shown(filled(make.meetup(places_online=1), 1)) == "Join the waiting list"
    assert shown(make.meetup(closes_at=make.NOW)) == ""
    assert shown(make.meetup(state=Meetup.State.CANCELLED)) == ""
    assert shown(past()) == ""


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"closes_at": make.NOW}, "Sign-up closed on Wednesday 10 February 2027 at 10am."),
        ({"state": Meetup.State.CANCELLED, "change_note": "The host is ill."}, "Cancelled The host is ill."),
        ({"starts_at": make.NOW - timedelta(days=3)}, "This meet-up is over."),
    ],
)
def test_a_closed_meetup_says_why(fields, said):
    assert said in reading.words(make.client().get(make.meetup(**fields).get_absolute_url()))


def test_whoever_is_signed_in_and_signed_up_finds_their_booking():
    meetup = make.meetup()
    signup = make.signup(meetup=meetup)
    make.signup(meetup=meetup, email="other@council.gov.uk")

    answer = make.client(signup.person).get(meetup.get_absolute_url())

    assert button(answer) == "See my booking"
    assert button(make.client(make.person()).get(meetup.get_absolute_url())) == "Sign up"


def test_a_draft_is_not_there_for_strangers_nor_for_its_host():
    host = make.with_second_factor(make.person())
    draft = make.meetup(state=Meetup.State.DRAFT, hosts=[host])

    for name in ("detail", "calendar", "sign_up", "signed_up"):
        for client in (make.client(), make.client(host)):
            assert client.get(reverse(f"meetups:{name}", args=[draft.slug])).status_code == 404


def test_an_unchanged_page_is_answered_with_not_modified():
    for address in (LIST, make.meetup(description="**Words**").get_absolute_url()):
        first = make.client().get(address)
        again = make.client().get(address, headers={"if-none-match": first["ETag"]})

        assert (again.status_code, again.content) == (304, b"")


def test_a_stranger_who_reads_gets_no_cookie():
    for address in ("/", LIST, make.meetup().get_absolute_url()):
        assert make.client().get(address).cookies.output() == ""


def test_the_page_is_light(django_assert_max_num_queries):
    meetup = make.meetup(agenda=12, description="A sentence of some length about scrutiny.\n\n" * 40)

    with django_assert_max_num_queries(5):
        answer = make.client().get(meetup.get_absolute_url())

    assert len(answer.content) < 25_000


def test_script_in_whatever_hosts_write_comes_out_as_text():
    script = "<script>alert(1)</script>"
    host = make.person(name=f"Host {script}", organisation=script)
    meetup = make.both_meetup(
        title=script, summary=script, description=f"{script} [x](javascript:alert(1)) ![p](https://evil.example/p.png)",
        audience=script, venue=script, address=script, access_notes=script, hashtag=script,
        hosts=[host], agenda=0, change_note=script,
    )  # fmt: skip
    AgendaItem.objects.create(meetup=meetup, position=1, title=script, minutes=5, talking_points=script)
    meetup.sponsors.create(position=0, name=script)
    past(title=script, summary=script, series=make.series(name=script, slug="s"))

    for address in ("/", LIST, meetup.get_absolute_url(), f"{meetup.get_absolute_url()}sign-up/"):
        page = make.client().get(address).content.decode()
        assert script not in page
        assert "javascript:" not in page.replace("(javascript:alert(1))", "")
        assert 'evil.example/p.png"' not in page.replace('href="https://evil.example/p.png"', "")


# --- The calendar file


def test_the_calendar_file_is_for_anybody():
    meetup = make.meetup()

    answer = make.client().get(reverse("meetups:calendar", args=[meetup.slug]))

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="{meetup.slug}.ics"'
    assert "DTSTART;TZID=Europe/London:20270224T100000" in answer.content.decode()


def test_the_page_of_a_past_meetup_leads_to_its_notes_once_they_are_published() -> None:
    past = make.meetup(starts_at=timezone.now() - timedelta(days=3))
    notes = Notes.objects.create(meetup=past)
    link = f'href="/meetups/{past.slug}/notes/"'

    before = make.client().get(past.get_absolute_url()).content.decode()
    Notes.objects.filter(pk=notes.pk).update(published_at=timezone.now())

    assert link not in before
    assert link in make.client().get(past.get_absolute_url()).content.decode()
