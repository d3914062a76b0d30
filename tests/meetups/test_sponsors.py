"""Sponsors: several, in an order, with logos that are drawn anew and files that nobody forgets."""

import io
import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import ProtectedError
from django.urls import reverse
from PIL import Image, PngImagePlugin

from govuk import pictures
from meetups import drafting, publishing, signups, sponsors
from meetups.models import Meetup, Series, Sponsor
from outbox.models import Message
from people.models import Person
from tests import make, reading
from tests.meetups import counting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def olive() -> Person:
    return make.organiser(email="olive@council.gov.uk")


def drawn(kind: str = "PNG", size: tuple[int, int] = (40, 20), mode: str = "RGB", **options: object) -> bytes:
    written = io.BytesIO()
    Image.new(mode, size, "green").save(written, kind, **options)
    return written.getvalue()


def sponsor(of: Meetup | Series, name: str = "Wessex Centre", *, logo: bool = False, **fields: object) -> Sponsor:
    owner = {"meetup": of} if isinstance(of, Meetup) else {"series": of}
    return sponsors.add(
        Sponsor(name=name, **owner, **fields), pictures.redrawn(drawn(), sponsors.LOGO) if logo else None
    )


def url(name: str, of: Meetup | Series, *args: object) -> str:
    return reverse(f"meetups:{'' if isinstance(of, Meetup) else 'series_'}{name}", args=[of.slug, *args])


def upload(data: bytes, name: str = "logo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def names(of: Meetup | Series) -> list[str]:
    return [one.name for one in of.sponsors.all()]


def files() -> list[str]:
    return sorted(default_storage.listdir("sponsors")[1]) if default_storage.exists("sponsors") else []


# --- Naming them


def test_a_sponsor_is_named_with_link_and_logo(olive):
    meetup = make.meetup()

    answer = make.client(olive).post(
        url("sponsors", meetup), {"name": "Wessex Centre", "url": "wessex.example", "logo": upload(drawn())}
    )

    made = meetup.sponsors.get()
    assert answer.url == url("sponsors", meetup)
    assert (made.name, made.url, made.logo_format) == ("Wessex Centre", "https://wessex.example", "PNG")
    assert (made.logo_width, made.logo_height, len(files())) == (40, 20, 1)


def test_a_large_logo_is_kept_small_and_nothing_but_pixels_of_it():
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", "Jane Doe")

    kept = pictures.redrawn(drawn(size=(2000, 500), pnginfo=text) + b"PK\x03\x04", sponsors.LOGO)

    assert (kept.format, kept.width, kept.height) == ("PNG", 480, 120)
    assert not any(words in kept.data for words in (b"Jane", b"PK\x03\x04"))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", pictures.NOT_A_PICTURE),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", pictures.NOT_A_PICTURE),
        (drawn("GIF"), pictures.NOT_A_PICTURE),
        (drawn()[:40], pictures.NOT_A_PICTURE),
        (drawn(size=(4001, 4000), mode="1"), pictures.TOO_MANY_PIXELS),
        (drawn(size=(8001, 10)), pictures.TOO_MANY_PIXELS),
        (drawn(size=(15000, 15000), mode="1"), pictures.TOO_MANY_PIXELS),
        (b"x" * (2 * 1024 * 1024 + 1), "is larger than 2 MB. Crop it, or take a smaller one"),
    ],
    ids=["empty", "svg", "gif", "cut off", "too many pixels", "too long", "a bomb", "too large"],
)
def test_what_is_no_logo_is_refused_in_a_sentence_and_what_was_typed_is_kept(data, why, olive):
    meetup = make.meetup()

    answer = make.client(olive).post(url("sponsors", meetup), {"name": "Wessex Centre", "logo": upload(data, "a.png")})

    assert dict(answer.context["form"].errors) == {"logo": [f"“a.png” {why}"]}
    assert "Wessex Centre" in answer.content.decode()
    assert (meetup.sponsors.count(), files()) == (0, [])


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"name": ""}, {"name": ["Enter the name of the sponsor"]}),
        ({"url": "javascript:alert(1)"}, {"url": ["Enter a web address that starts with https://"]}),
        ({"name": "x" * 151}, {"name": ["Ensure this value has at most 150 characters (it has 151)."]}),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(typed, wrong, olive):
    meetup = make.meetup()

    answer = make.client(olive).post(url("sponsors", meetup), {"name": "Wessex Centre", **typed})

    assert (dict(answer.context["form"].errors), meetup.sponsors.count()) == (wrong, 0)


def test_there_are_up_to_twelve(olive):
    meetup = make.meetup()
    for n in range(Sponsor.MOST):
        sponsor(meetup, f"Number {n}")

    answer = make.client(olive).post(url("sponsors", meetup), {"name": "One more", "logo": upload(drawn())})

    assert reading.errors(answer) == ["A meet-up has up to 12 sponsors. Remove one first"]
    assert (meetup.sponsors.count(), files()) == (12, [])


@pytest.mark.parametrize("of", ["meetup", "series"])
def test_they_stand_in_the_order_their_hosts_choose(of, olive):
    meetup = make.meetup()
    owner = meetup if of == "meetup" else meetup.series
    sponsor(meetup.series if of == "meetup" else meetup, "Of the other")
    _, second = sponsor(owner, "One"), sponsor(owner, "Two")

    make.client(olive).post(url("shift_sponsor", owner, second.pk), {"direction": "up"})

    assert names(owner) == ["Two", "One"]


# --- Changing and removing them


def test_another_logo_takes_the_place_of_the_old_one(olive, django_capture_on_commit_callbacks):
    meetup = make.meetup()
    made = sponsor(meetup, logo=True)
    old, old_file = made.logo_path, files()

    with django_capture_on_commit_callbacks(execute=True):
        make.client(olive).post(
            url("edit_sponsor", meetup, made.pk), {"name": "Wessex", "logo": upload(drawn("JPEG", (60, 60)))}
        )

    made.refresh_from_db()
    assert (made.name, made.logo_format, made.logo_width) == ("Wessex", "JPEG", 60)
    assert made.logo_path != old
    assert (len(files()), files() == old_file) == (1, False)
    assert make.client().get(old).status_code == 404


def test_a_logo_can_be_taken_away_and_stays_when_nothing_is_said(olive, django_capture_on_commit_callbacks):
    meetup = make.meetup()
    made = sponsor(meetup, logo=True)
    client = make.client(olive)

    client.post(url("edit_sponsor", meetup, made.pk), {"name": "Wessex"})
    assert len(files()) == 1
    both = client.post(
        url("edit_sponsor", meetup, made.pk), {"name": "Wessex", "without_logo": "on", "logo": upload(drawn())}
    )
    assert reading.errors(both) == ["Choose another logo or take the logo away, not both"]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("edit_sponsor", meetup, made.pk), {"name": "Wessex", "without_logo": "on"})

    made.refresh_from_db()
    assert (made.name, made.logo_path, files()) == ("Wessex", "", [])


def test_whoever_is_removed_leaves_no_file(olive, django_capture_on_commit_callbacks):
    meetup = make.meetup()
    made = sponsor(meetup, logo=True)

    with django_capture_on_commit_callbacks(execute=True):
        make.client(olive).post(url("remove_sponsor", meetup, made.pk))

    assert (names(meetup), files()) == ([], [])


def test_a_deleted_draft_leaves_no_file(django_capture_on_commit_callbacks):
    draft = make.meetup(state=Meetup.State.DRAFT)
    sponsor(draft, logo=True)

    with django_capture_on_commit_callbacks(execute=True):
        drafting.delete(draft)

    assert (Sponsor.objects.count(), files()) == (0, [])


def test_a_series_with_sponsors_is_not_deleted_over_their_files():
    series = make.series()
    sponsor(series, logo=True)

    with pytest.raises(ProtectedError):
        series.delete()


def test_the_database_keeps_a_sponsor_of_one_thing_with_a_name_and_a_whole_logo():
    meetup = make.meetup()
    wrong = [
        {"name": "Nobody's"},
        {"name": "Of two", "meetup": meetup, "series": meetup.series},
        {"name": "", "meetup": meetup},
        {"name": "Half a logo", "meetup": meetup, "logo": "sponsors/x.png"},
        {"name": "Half a logo", "meetup": meetup, "logo_format": "PNG"},
    ]
    for fields in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Sponsor.objects.create(position=0, **fields)


# --- Coming along


def test_the_next_one_in_the_series_has_the_same_sponsors_with_logos_of_its_own(django_capture_on_commit_callbacks):
    meetup = make.meetup()
    sponsor(meetup.series, "Of the series")
    first, _ = sponsor(meetup, "One", logo=True, url="https://one.example"), sponsor(meetup, "Two")

    draft = publishing.next_in_series(meetup, make.START + timedelta(weeks=4), by=make.person())
    with django_capture_on_commit_callbacks(execute=True):
        sponsors.remove(first)

    copied = draft.sponsors.first()
    assert (names(draft), names(meetup)) == (["One", "Two"], ["Two"])
    assert copied.url == "https://one.example"
    assert make.client().get(copied.logo_path).status_code == 200


def test_a_new_meetup_starts_with_the_sponsors_of_its_series(olive):
    series = make.series()
    sponsor(series, "One", logo=True)
    typed = {"title": "Money", "summary": "Asking in time.", "on": "2027-03-10", "starts": "10:00", "ends": "12:00"}

    make.client(olive).post("/organise/new/", {**typed, "series": series.pk, "mode": "online", "places_online": 72})

    copied = series.meetups.get().sponsors.get()
    assert (copied.name, copied.series, len(files())) == ("One", None, 2)


def test_a_logo_whose_file_is_gone_is_copied_as_none():
    meetup = make.meetup()
    made = sponsor(meetup, logo=True)
    default_storage.delete(made.logo.name)

    draft = publishing.next_in_series(meetup, make.START + timedelta(weeks=4), by=make.person())

    assert [(one.name, one.logo_path) for one in draft.sponsors.all()] == [("Wessex Centre", "")]
    assert make.client().get(made.logo_path).status_code == 404


# --- Shown


def test_the_page_shows_them_in_order_with_logo_and_link():
    meetup = make.meetup()
    one, _ = sponsor(meetup, "One", logo=True, url="https://one.example/"), sponsor(meetup, "Two")

    answer = make.client().get(meetup.get_absolute_url())

    page = answer.content.decode()
    assert reading.facts(answer)["Sponsors"] == "One Two"
    assert re.findall(r'<img class="app-sponsors__logo" src="([^"]*)" alt="" width="(\d+)" height="(\d+)"', page) == [
        (one.logo_path, "40", "20")
    ]
    assert '<a class="govuk-link" href="https://one.example/" rel="noopener sponsored">One</a>' in page


def test_search_engines_read_their_names_links_and_logos():
    meetup = make.meetup()
    one, _ = sponsor(meetup, "One", logo=True, url="https://one.example/"), sponsor(meetup, "Two")

    page = make.client().get(meetup.get_absolute_url()).content.decode()

    data = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[0])
    logo = data["sponsor"][0].pop("logo")
    assert data["sponsor"] == [
        {"@type": "Organization", "name": "One", "url": "https://one.example/"},
        {"@type": "Organization", "name": "Two"},
    ]
    assert logo.endswith(one.logo_path)
    assert logo.startswith("http")


def test_joining_details_name_them_in_words(settings):
    meetup = make.meetup()
    sponsor(meetup, "One & Sons", url="https://one.example/")
    sponsor(meetup, "Two")
    late = meetup.details_at + timedelta(minutes=1)
    Meetup.objects.update(closes_at=meetup.starts_at)

    details = signups.Details(name="Ann", email="ann@council.gov.uk", council=None, role="", way="online", answers={})
    signups.sign_up(Meetup.objects.get(), details, now=late)

    mail = Message.objects.get()
    assert "SPONSORED BY\n\n- One & Sons: https://one.example/\n- Two\n" in mail.text
    assert '<li><a href="https://one.example/">One &amp; Sons</a></li>' in mail.html


def test_without_sponsors_nothing_is_said():
    meetup = make.meetup()
    sponsor(meetup.series, "Only of the series")

    page = make.client().get(meetup.get_absolute_url()).content.decode()

    assert "ponsor" not in page


def test_a_logo_is_served_as_a_picture_and_nothing_else():
    made = sponsor(make.meetup(), logo=True)

    answer = make.client().get(made.logo_path)

    assert Image.open(io.BytesIO(answer.content)).size == (40, 20)
    assert {name: answer[name] for name in ("Content-Type", "X-Content-Type-Options", "Cache-Control")} == {
        "Content-Type": "image/png",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "public, max-age=31536000, immutable",
    }
    assert answer["Content-Disposition"] == 'inline; filename="logo.png"'
    assert answer.cookies.output() == ""


@pytest.mark.parametrize("page", ["sponsors", "detail"])
def test_the_database_is_asked_as_often_for_three_sponsors_as_for_one(page, olive):
    meetup = make.meetup()
    sponsor(meetup, "One", logo=True)
    client = make.client(olive)
    one = counting.queries(client, url(page, meetup))

    for name in ("Two", "Three"):
        sponsor(meetup, name, logo=True)

    assert counting.queries(client, url(page, meetup)) == one


def test_hosts_name_sponsors_of_their_meetup_and_of_no_other():
    host = make.with_second_factor(make.person())
    mine, other = make.meetup(hosts=[host]), make.meetup()
    theirs = sponsor(other)
    client = make.client(host)

    assert client.get(url("sponsors", mine)).status_code == 200
    assert client.get(url("sponsors", other)).status_code == 404
    assert client.post(url("remove_sponsor", mine, theirs.pk)).status_code == 404
    assert client.get(url("sponsors", mine.series)).status_code == 404


# --- From before


@pytest.mark.django_db(transaction=True)
def test_the_one_sponsor_of_before_is_carried_over_and_back():
    executor = MigrationExecutor(connection)
    executor.migrate([("meetups", "0011_defaults_of_a_series")])
    try:
        old = executor.loader.project_state([("meetups", "0011_defaults_of_a_series")]).apps
        series = old.get_model("meetups", "Series").objects.create(name="S", slug="s")
        common = {"series": series, "title": "T", "summary": "S", "places_online": 5, "starts_at": make.START}
        common |= {"ends_at": make.START + timedelta(hours=1), "closes_at": make.START, "details_at": make.START}
        meetups = old.get_model("meetups", "Meetup").objects
        meetups.create(number=1, slug="s-1", sponsor="Wessex", sponsor_url="https://wessex.example", **common)
        meetups.create(number=2, slug="s-2", sponsor="", sponsor_url="", **common)

        call_command("migrate", "meetups", verbosity=0)
        carried = [(one.meetup.slug, one.position, one.name, one.url) for one in Sponsor.objects.all()]
        MigrationExecutor(connection).migrate([("meetups", "0011_defaults_of_a_series")])
        back = list(meetups.order_by("number").values_list("sponsor", "sponsor_url"))
    finally:
        call_command("migrate", "meetups", verbosity=0)

    assert carried == [("s-1", 0, "Wessex", "https://wessex.example")]
    assert back == [("Wessex", "https://wessex.example"), ("", "")]
