import re
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.forms import MultiWidget
from django.urls import reverse

from meetups import attention, dates, letters, signups, timings
from meetups.models import Meetup, Series, SignUp
from outbox.models import Message
from people.models import Person
from tests import make, reading
from tests.meetups import counting

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert(1)</script>"
EVERY_PAGE = [
    "overview", "edit_meetup", "delete_draft", "next_in_series", "preview", "publish", "move_meetup", "cancel_meetup",
    "agenda", "questions", "people", "export", "export_workbook", "write", "add_signup",
]  # fmt: skip
NEW = "/organise/new/"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture
def olive() -> Person:
    return make.organiser(email="olive@council.gov.uk", name="Organising Olive")


def url(name: str, meetup: Meetup) -> str:
    return reverse(f"meetups:{name}", args=[meetup.slug])


def fields(**more: object) -> dict[str, object]:
    """What an organiser types for an online meet-up; None leaves a field out."""
    typed = {
        "title": "Scrutiny and social media",
        "summary": "How committees can hear more people.",
        "on": "2027-02-24",
        "starts": "10:00",
        "ends": "12:00",
        "mode": "online",
        "places_online": "72",
        "join_url": "https://video.example.org/j/1",
        "hosts": "olive@council.gov.uk",
        "nudge": "on",
        **more,
    }
    return {name: value for name, value in typed.items() if value is not None}


def make_one(olive: Person, **more: object):
    series = Series.objects.first() or make.series()
    return make.client(olive).post(NEW, fields(**{"series": series.pk, **more}))


def errors(answer) -> dict[str, list[str]]:
    return dict(answer.context["form"].errors)


def typed_in(form) -> dict[str, object]:
    """What a browser sends when nothing is changed in the form."""
    sent: dict[str, object] = {}
    for field in form:
        soup = re.findall(r'name="([^"]+)"(?: value="([^"]*)")?', str(field))
        parts = dict(soup) if isinstance(field.field.widget, MultiWidget) else {field.html_name: field.value()}
        sent |= {name: value for name, value in parts.items() if value is not False and value not in (None, "")}
    return sent


# --- Who may


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_strangers_and_hosts_of_another_meetup_get_404_and_hosts_get_in(page):
    host = make.with_second_factor(make.person())
    meetup = make.meetup(hosts=[host], state=Meetup.State.DRAFT)
    another = make.with_second_factor(make.person())
    make.meetup(hosts=[another])
    visitors = (make.client(), make.client(another), make.client(host))

    codes = [visitor.get(url(page, meetup)).status_code for visitor in visitors]

    assert codes[:2] == [404, 404]
    assert codes[2] in {200, 302}


@pytest.mark.parametrize("page", ["organise", "new_series", "new_meetup"])
def test_hosts_who_are_not_organisers_do_not_see_what_is_for_organisers(page):
    host = make.with_second_factor(make.person())
    make.meetup(hosts=[host])

    assert make.client(host).get(reverse(f"meetups:{page}")).status_code == 404


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_a_host_without_a_second_factor_is_sent_to_set_one_up(page):
    host = make.person()
    meetup = make.meetup(hosts=[host])

    answer = make.client(host).get(url(page, meetup))

    assert (answer.status_code, answer.url) == (302, reverse("mfa_activate_totp"))


@pytest.mark.parametrize("state", Meetup.State.values)
@pytest.mark.parametrize("page", EVERY_PAGE)
def test_every_page_answers_in_every_state(page, state, olive):
    meetup = make.meetup(state=state)

    assert make.client(olive).get(url(page, meetup)).status_code in {200, 302}


# --- The organisers' home


def test_a_new_organiser_is_told_what_to_do_first(olive):
    said = reading.words(make.client(olive).get("/organise/"))

    assert "First make a series, then a meet-up in it." in said
    assert "What needs you" not in said


def test_with_a_series_alone_the_next_step_is_a_meetup(olive):
    make.series(name="Scrutiny network")

    said = reading.words(make.client(olive).get("/organise/"))

    assert "Now make the first meet-up" in said


def test_what_needs_organisers_is_mails_that_bounced_then_drafts_then_what_comes(olive):
    draft = make.meetup(state=Meetup.State.DRAFT)
    coming = make.meetup()
    refused = make.signup(meetup=coming)
    make.signup(meetup=coming)
    over = make.meetup(starts_at=make.NOW - timedelta(days=20))
    Message.objects.filter(to_email=refused.person.email).update(state=Message.State.BOUNCED)

    needs = make.client(olive).get("/organise/").context["needs"]

    assert needs == attention.Needs(problems=[(coming, 1)], drafts=[draft], coming=[coming])
    assert over not in needs.coming


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Coming", "Draft"]),
        ("which=draft", ["Draft"]),
        ("which=past", ["Past"]),
        ("which=cancelled", ["Cancelled"]),
        ("which=all", ["Cancelled", "Draft", "Coming", "Past"]),
        ("which=all&q=pas", ["Past"]),
        ("which=nonsense&page=99", ["Coming", "Draft"]),
        ("q=nothing+like+it", []),
    ],
)
def test_the_list_shows_what_was_searched_for(query, titles, olive):
    make.meetup(title="Past", starts_at=make.NOW - timedelta(days=20))
    make.meetup(title="Coming")
    make.meetup(title="Draft", state=Meetup.State.DRAFT, starts_at=make.START + timedelta(days=1))
    make.meetup(title="Cancelled", state=Meetup.State.CANCELLED, starts_at=make.START + timedelta(days=2))

    page = make.client(olive).get(f"/organise/?{query}").context["page"]

    assert [meetup.title for meetup in page] == titles


def test_the_home_asks_the_database_as_often_for_30_meetups_as_for_one(olive):
    client = make.client(olive)
    make.signup(meetup=make.meetup())
    make.meetup(state=Meetup.State.DRAFT)
    Message.objects.update(state=Message.State.BOUNCED)
    one = counting.queries(client, "/organise/")
    for _ in range(29):
        make.signup(meetup=make.meetup())
        make.meetup(state=Meetup.State.DRAFT)
    Message.objects.update(state=Message.State.BOUNCED)

    assert counting.queries(client, "/organise/") == one


# --- Series


def test_a_series_is_made_and_leads_to_its_first_meetup(olive):
    answer = make.client(olive).post(
        "/organise/series/new/", {"name": "Scrutiny  clinic", "purpose": "Help.", "hosts": "OLIVE@council.gov.uk"}
    )

    series = Series.objects.get()
    assert (series.name, series.slug, list(series.hosts.all())) == ("Scrutiny clinic", "scrutiny-clinic", [olive])
    assert answer.url == "/organise/new/?series=scrutiny-clinic"


@pytest.mark.parametrize(
    ("names", "slug"),
    [
        (["New"], "new-meet-ups"),
        (["Ünïcode & Co"], "unicode-co"),
        (["🎉"], "series"),
        (["A b", "A-b"], "a-b-2"),
        (["x" * 100], "x" * 80),
    ],
)
def test_every_series_gets_an_address_of_its_own(names, slug, olive):
    for name in names:
        make.client(olive).post("/organise/series/new/", {"name": name})

    assert Series.objects.get(name=names[-1]).slug == slug


def test_a_series_needs_a_name_nobody_uses_and_hosts_we_know(olive):
    make.series(name="Scrutiny network")
    typed = {"name": "SCRUTINY network", "hosts": "olive@council.gov.uk, nobody@x.gov.uk\nalso@x.gov.uk"}

    answer = make.client(olive).post("/organise/series/new/", typed)

    assert errors(answer) == {
        "name": ["There is a series with this name already"],
        "hosts": ["We do not know nobody@x.gov.uk, also@x.gov.uk. Ask them to sign in here once, then add them"],
    }
    assert "nobody@x.gov.uk" in answer.content.decode()


def test_a_series_can_be_changed(olive):
    series = make.series(name="Old")
    series.hosts.add(make.person())

    make.client(olive).post(f"/organise/series/{series.slug}/", {"name": "New name", "purpose": "", "hosts": ""})

    series.refresh_from_db()
    assert (series.name, list(series.hosts.all())) == ("New name", [])


# --- Making a meet-up


def test_without_a_series_one_is_sent_to_make_one(olive):
    assert make.client(olive).get(NEW).url == "/organise/series/new/"


def test_a_new_meetup_is_a_draft_with_the_usual_times(olive):
    series = make.series(slug="scrutiny-network")
    make_one(olive, series=series.pk)

    meetup = Meetup.objects.get()
    assert (meetup.slug, meetup.number, meetup.state) == ("scrutiny-network-1", 1, Meetup.State.DRAFT)
    assert (meetup.starts_at, meetup.ends_at) == (make.START, make.START + timedelta(hours=2))
    assert meetup.closes_at == timings.default_closing(make.START)
    assert meetup.details_at == timings.default_details(make.START)
    assert (list(meetup.hosts.all()), meetup.created_by) == ([olive], olive)


def test_without_hosts_it_gets_those_of_the_series(olive):
    holly = make.person()
    series = make.series()
    series.hosts.add(holly)

    make_one(olive, series=series.pk, hosts="")

    assert list(Meetup.objects.get().hosts.all()) == [holly]


def test_times_are_a_london_clock_also_in_summer(olive):
    make_one(olive, on="2027-07-07")

    assert Meetup.objects.get().starts_at == datetime(2027, 7, 7, 9, 0, tzinfo=UTC)


def test_closing_and_details_can_be_set(olive):
    make_one(olive, closes_0="2027-02-20", closes_1="12:00", details_hours="3")

    meetup = Meetup.objects.get()
    assert meetup.closes_at == datetime(2027, 2, 20, 12, 0, tzinfo=UTC)
    assert meetup.details_at == datetime(2027, 2, 24, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize("hours", [0, 3, 17, 24])
def test_closing_so_many_hours_before_stays_so_wherever_the_meetup_goes(hours, olive):
    make_one(olive, closes_hours=str(hours))
    meetup, client = Meetup.objects.get(), make.client(olive)
    assert meetup.closes_at == make.START - timedelta(hours=hours)

    form = client.get(url("edit_meetup", meetup)).context["form"]
    assert (form["closes_hours"].value(), form["closes"].value()) == (hours, None)
    client.post(url("edit_meetup", meetup), typed_in(form) | {"starts": "14:00", "ends": "16:00"})
    draft = Meetup.objects.get()
    assert (draft.starts_at, draft.closes_at) == (
        make.START + timedelta(hours=4), make.START + timedelta(hours=4 - hours),
    )  # fmt: skip

    Meetup.objects.update(state="published", published_at=make.NOW)
    client.post(url("move_meetup", meetup), {**MOVE, "starts": "09:00", "ends": "11:00", "move": "1"})
    moved = Meetup.objects.get()
    assert moved.closes_at == datetime(2027, 3, 3, 9, tzinfo=UTC) - timedelta(hours=hours)

    client.post(url("next_in_series", meetup), {"on": "2027-03-28", "starts": "13:00"})  # the clocks change that night
    copy = Meetup.objects.exclude(pk=meetup.pk).get()
    assert copy.closes_at == datetime(2027, 3, 28, 12, tzinfo=UTC) - timedelta(hours=hours)


def test_hours_make_way_for_a_date_and_time(olive):
    make_one(olive, closes_hours="3")

    meetup = Meetup.objects.get()

    change(olive, meetup, series=meetup.series_id, closes_0="2027-02-20", closes_1="12:00")

    meetup.refresh_from_db()
    assert (meetup.closes_hours, meetup.closes_at) == (None, datetime(2027, 2, 20, 12, tzinfo=UTC))


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"title": "", "summary": ""}, {"title", "summary"}),
        ({"on": "", "starts": "", "ends": ""}, {"on", "starts", "ends"}),
        ({"ends": "10:00"}, {"ends": ["The end must be after the start"]}),
        ({"on": "2027-02-09"}, {"on": ["Enter a date and a start that are still to come"]}),
        ({"on": "0001-01-01"}, {"on": ["Enter a year between 2000 and 2100"]}),
        ({"on": "2027-02-31"}, {"on"}),
        ({"closes_0": "2027-02-24", "closes_1": "10:30"},
         {"closes": ["Sign-up must close before the meet-up starts, or when it does"]}),
        ({"closes_0": "2027-02-24"}, {"closes": ["Enter both a date and a time"]}),
        ({"closes_0": "2027-02-09", "closes_1": "10:00"},
         {"closes": ["Sign-up would be closed already. Enter a date and time that are still to come"]}),
        ({"closes_0": "2027-02-23", "closes_1": "10:00", "closes_hours": "0"},
         {"closes_hours": ["Enter a date and time or a number of hours, not both"]}),
        ({"closes_hours": "336"}, {"closes_hours": ["Sign-up would be closed already. Enter fewer hours"]}),
        ({"closes_hours": "337"}, {"closes_hours": ["Hours before the start must be 336 or fewer"]}),
        ({"closes_hours": "-1"}, {"closes_hours": ["Hours before the start must be 0 or more"]}),
        ({"closes_hours": "soon"}, {"closes_hours": ["Hours before the start must be a whole number"]}),
        ({"details_0": "2027-02-24", "details_1": "10:30"},
         {"details": ["Joining details must go out before the meet-up starts"]}),
        ({"details_0": "2027-02-23", "details_1": "10:30", "details_hours": "2"},
         {"details_hours": ["Enter a date and time or a number of hours, not both"]}),
        ({"places_online": ""}, {"places_online": ["Enter how many places there are online"]}),
        ({"places_online": "0"}, {"places_online": ["Places online must be 1 or more"]}),
        ({"places_online": "99999999999"}, {"places_online": ["Places online must be 5,000 or fewer"]}),
        ({"places_online": "many"}, {"places_online": ["Places online must be a whole number"]}),
        ({"mode": "room"}, {"places_room": ["Enter how many places there are in the room"]}),
        ({"mode": "both", "places_online": ""}, {"places_online", "places_room"}),
        ({"mode": "moon"}, {"mode"}),
        ({"join_url": "http://video.example.org"}, {"join_url": ["Enter a web address that starts with https://"]}),
        ({"join_url": "javascript:alert(1)"}, {"join_url"}),
        ({"hosts": "olive@council.gov.uk nobody@x.gov.uk"},
         {"hosts": ["We do not know nobody@x.gov.uk. Ask them to sign in here once, then add them"]}),
        ({"title": "a\0b"}, {"title"}),
        ({"series": "999"}, {"series"}),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(typed, wrong, olive):
    answer = make_one(olive, audience="Anyone at all", **typed)

    found = errors(answer)
    assert answer.status_code == 200
    assert (found if isinstance(wrong, dict) else set(found)) == wrong
    assert "Anyone at all" in answer.content.decode()
    assert not Meetup.objects.exists()


@pytest.mark.parametrize(
    ("on", "starts", "words"),
    [
        ("2027-03-28", "01:30", "The clocks go forward that night, so this time does not exist"),
        ("2027-10-31", "01:30", "The clocks go back that night, so this time comes twice"),
    ],
)
def test_times_that_a_clock_change_makes_unclear_are_refused(on, starts, words, olive):
    answer = make_one(olive, on=on, starts=starts, ends="05:00")

    assert errors(answer) == {"starts": [f"{words}. Choose a time before 1am or from 2am"]}


def test_a_meetup_on_the_day_of_a_clock_change_is_right(olive):
    make_one(olive, on="2027-03-28", starts="10:00", ends="12:00")

    meetup = Meetup.objects.get()
    assert meetup.starts_at == datetime(2027, 3, 28, 9, 0, tzinfo=UTC)
    assert meetup.closes_at == datetime(2027, 3, 27, 17, 0, tzinfo=UTC)


def test_the_form_begins_with_the_hosts_of_the_series_one_came_from(olive):
    series = make.series()
    series.hosts.add(make.person(email="holly@council.gov.uk"))

    form = make.client(olive).get(f"{NEW}?series={series.slug}").context["form"]

    assert (form["series"].value(), form["hosts"].value()) == (series.pk, "holly@council.gov.uk")


# --- Changing it


def change(olive: Person, meetup: Meetup, **more: object):
    return make.client(olive).post(url("edit_meetup", meetup), fields(**more))


@pytest.mark.parametrize(("typed", "kept"), [("6", 6), ("0", 0), ("", 24), (None, 24)])
def test_the_organiser_says_in_which_last_hours_freed_places_are_offered(olive, typed, kept):
    make_one(olive, offer_hours=typed)

    meetup = Meetup.objects.get()
    assert meetup.offer_hours == kept
    shown = make.client(olive).get(url("edit_meetup", meetup)).context["form"]["offer_hours"]
    assert (shown.label, shown.value()) == ("Offer freed places by link, hours before the start", kept)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("-1", "must be 0 or more"), ("337", "must be 336 or fewer"), ("soon", "must be a whole number")],
)
def test_hours_for_offers_that_cannot_be_are_refused_and_kept_as_typed(olive, typed, said):
    answer = make_one(olive, offer_hours=typed)

    assert errors(answer) == {"offer_hours": [f"Offer freed places by link, hours before the start {said}"]}
    assert answer.context["form"]["offer_hours"].value() == typed
    assert not Meetup.objects.exists()


def test_saving_the_form_as_it_is_changes_nothing(olive):
    meetup = make.both_meetup(state=Meetup.State.DRAFT, hosts=[olive], reminder_hours=2, description="*Hello*")
    meetup.details_at = meetup.starts_at - timedelta(hours=3)
    meetup.closes_at = meetup.starts_at - timedelta(days=2, minutes=10)
    meetup.save()
    before = Meetup.objects.filter(pk=meetup.pk).values().get()
    client = make.client(olive)
    form = client.get(url("edit_meetup", meetup)).context["form"]

    client.post(url("edit_meetup", meetup), typed_in(form))

    after = Meetup.objects.filter(pk=meetup.pk).values().get()
    assert {**after, "changed_at": None} == {**before, "changed_at": None}


def test_a_draft_in_another_series_gets_the_next_number_there(olive):
    other = make.series(slug="other")
    make.meetup(series=other)
    draft = make.meetup(state=Meetup.State.DRAFT)

    answer = change(olive, draft, series=other.pk)

    draft.refresh_from_db()
    assert (draft.slug, draft.number, answer.url) == ("other-2", 2, "/organise/other-2/")


def test_the_time_of_a_published_meetup_is_not_changed_by_its_form(olive):
    meetup = make.meetup()

    change(olive, meetup, on="2027-03-01", title="New title")

    meetup.refresh_from_db()
    assert (meetup.title, meetup.starts_at) == ("New title", make.START)


def test_what_people_rely_on_cannot_be_emptied_once_published(olive):
    meetup = make.meetup()

    answer = change(olive, meetup, join_url="", hosts="")

    assert errors(answer) == {
        "join_url": ["Enter the join link of the call"],
        "hosts": ["Name at least one host. Answers to our emails go to the hosts"],
    }


def test_places_cannot_go_below_the_people_who_have_one(olive):
    meetup = make.meetup()
    make.signup(meetup=meetup)
    make.signup(meetup=meetup)

    fewer = change(olive, meetup, places_online="1")
    elsewhere = change(olive, meetup, mode="room", places_room="5", venue="Room 1", tell="on")

    assert errors(fewer) == {"places_online": ["2 people have a place online already. Keep at least 2"]}
    assert errors(elsewhere) == {"mode": ["2 people have a place online already. Keep this way to attend"]}


def test_more_places_move_people_up_from_the_waiting_list(olive):
    meetup = make.meetup(places_online=1)
    make.signup(meetup=meetup)
    waiting = make.signup(meetup=meetup)

    change(olive, meetup, places_online="2")

    waiting.refresh_from_db()
    assert waiting.is_confirmed


def test_a_new_place_is_told_to_everybody_only_after_a_tick(olive):
    meetup = make.room_meetup()
    make.signup(meetup=meetup, way="room")
    typed = {"mode": "room", "places_room": "20", "venue": "Committee Room 2", "join_url": ""}

    first = change(olive, meetup, **typed)
    assert told_by(first)["1 with a place"].startswith("Changed: Scrutiny and social media, now Wednesday 24 February")
    assert "Where: Committee Room 2 " in told_by(first)["1 with a place"]
    assert first.context["telling"].names == [meetup.signups.get().name]
    second = change(olive, meetup, **typed, tell="on")

    meetup.refresh_from_db()
    assert errors(first) == {"tell": ["The place has changed. Tick this to tell everybody, or change the place back"]}
    assert (second.status_code, meetup.venue, meetup.schedule_version) == (302, "Committee Room 2", 2)


def test_a_host_cannot_take_themselves_off_by_accident():
    host = make.with_second_factor(make.person())
    meetup = make.meetup(hosts=[host])
    make.person(email="olive@council.gov.uk")

    answer = change(host, meetup)

    assert errors(answer) == {"hosts": ["Keep yourself among the hosts, or you can no longer open these pages"]}


def test_a_cancelled_meetup_cannot_be_changed(olive):
    meetup = make.meetup(state=Meetup.State.CANCELLED, title="As it was")

    answer = change(olive, meetup, title="Another")

    meetup.refresh_from_db()
    assert (answer.url, meetup.title) == (url("overview", meetup), "As it was")


# --- One meet-up


def test_the_overview_says_what_is_missing_in_a_draft(olive):
    draft = make.meetup(state=Meetup.State.DRAFT, agenda=0, hosts=[], join_url="")

    said = reading.words(make.client(olive).get(url("overview", draft)))

    assert "Add the join link of the call." in said
    assert "Name at least one host." in said
    assert "Put at least one item on the agenda" in said


def test_the_overview_counts_places_for_each_way(olive):
    meetup = make.both_meetup(places_room=1)
    for way in ("online", "room", "room"):
        make.signup(meetup=meetup, way=way)

    figures = make.client(olive).get(url("overview", meetup)).context["figures"]

    assert figures == [
        ("of 20 places online are taken", "1"),
        ("places online are left", "19"),
        ("of 1 places in the room are taken", "1"),
        ("places in the room are left", "0"),
        ("on the waiting list", "1"),
    ]


def test_the_overview_names_whom_our_mails_did_not_reach(olive):
    meetup = make.meetup()
    refused = make.signup(meetup=meetup, name="Refused Rita")
    make.signup(meetup=meetup, name="Reached Rob")
    elsewhere = make.signup(meetup=make.meetup(), name="Elsewhere Eve")
    Message.objects.filter(to_email__in=[refused.person.email, elsewhere.person.email]).update(
        state=Message.State.BOUNCED
    )

    answer = make.client(olive).get(url("overview", meetup))

    assert [problem.signup for problem in answer.context["problems"]] == [refused]
    assert "Refused Rita" in answer.content.decode()


def test_script_in_what_organisers_write_is_only_text(olive):
    meetup = make.both_meetup(
        title=SCRIPT, summary=SCRIPT, venue=SCRIPT, address=SCRIPT, hashtag=SCRIPT, passcode=SCRIPT,
        description=SCRIPT, access_notes=SCRIPT, audience=SCRIPT, series=make.series(name=SCRIPT),
        hosts=[make.person(name=SCRIPT)],
    )  # fmt: skip
    meetup.agenda.update(title=SCRIPT, talking_points=SCRIPT)
    meetup.questions.create(position=0, label=SCRIPT, hint=SCRIPT)
    meetup.sponsors.create(position=0, name=SCRIPT)
    make.signup(meetup=meetup, name=SCRIPT, organisation=SCRIPT, access_needs=SCRIPT)
    client = make.client(olive)

    pages = [client.get("/organise/"), *(client.get(url(page, meetup)) for page in EVERY_PAGE if "export" not in page)]

    assert [page.request["PATH_INFO"] for page in pages if SCRIPT in page.content.decode()] == []


# --- Its life


def test_publishing_opens_it_for_sign_up(olive):
    draft = make.meetup(state=Meetup.State.DRAFT)

    answer = make.client(olive).post(url("publish", draft))

    draft.refresh_from_db()
    assert (answer.url, draft.state, draft.published_at) == (url("overview", draft), "published", make.NOW)


def test_publishing_says_all_that_is_missing_and_does_nothing(olive):
    draft = make.meetup(state=Meetup.State.DRAFT, agenda=0, hosts=[])

    answer = make.client(olive).post(url("publish", draft))

    draft.refresh_from_db()
    assert answer.context["missing"] == [
        "Name at least one host. Answers to our emails go to the hosts.",
        "Put at least one item on the agenda, so that people know what they sign up for.",
    ]
    assert "<title>Error: Preview" in answer.content.decode()
    assert draft.is_draft


def test_looking_at_the_address_of_publishing_does_not_publish(olive):
    draft = make.meetup(state=Meetup.State.DRAFT)

    answer = make.client(olive).get(url("publish", draft))

    draft.refresh_from_db()
    assert (answer.url, draft.is_draft) == (url("preview", draft), True)


def test_the_preview_has_the_page_and_every_mail(olive):
    draft = make.meetup(state=Meetup.State.DRAFT, description="**Bring** a story", reminder_hours=2)

    answer = make.client(olive).get(url("preview", draft))

    assert "<strong>Bring</strong> a story" in answer.content.decode()
    assert [row.what for row in answer.context["plan"]] == [
        "Confirmation with a calendar invitation and a link to the booking",
        "Word that a place became free",
        "From now on a freed place is offered by a link",
        "Joining details",
        "“We have sent your joining details”",
        "Reminder",
        "“What did you think?”",
    ]


MOVE = {"on": "2027-03-03", "starts": "10:00", "ends": "12:00", "note": "The speaker is ill."}


def test_moving_shows_who_is_told_before_anything_happens(olive):
    meetup = make.meetup()
    make.signup(meetup=meetup)

    answer = make.client(olive).post(url("move_meetup", meetup), MOVE)

    meetup.refresh_from_db()
    said = reading.words(answer)
    assert meetup.starts_at == make.START
    assert "Now Wednesday 24 February 2027, 10am to 12 noon New Wednesday 3 March 2027, 10am to 12 noon" in said
    assert "Who is told 1 person with a place or waiting Your words The speaker is ill." in said


def people_of(meetup: Meetup) -> None:
    """Ann has the one place, Bob waits, Cyd has cancelled."""
    for name in ("Ann", "Bob", "Cyd"):
        signup = make.signup(meetup=meetup, name=name)
        if name == "Cyd":
            signups.cancel(signup, now=make.NOW)


def told_by(answer) -> dict[str, str]:
    """Whom the page says it tells, each with the subject and the words on one line."""
    return {mail.whom: f"{mail.subject}: {' '.join(mail.text.split())}" for mail in answer.context["telling"].mails}


def test_moving_shows_the_names_and_the_words_for_those_with_a_place_and_those_who_wait(olive):
    meetup = make.meetup(places_online=1)
    people_of(meetup)

    answer = make.client(olive).post(url("move_meetup", meetup), MOVE)

    told, said = told_by(answer), reading.words(answer)
    both = "It was to start: Wednesday 24 February 2027, 10am This is how it is now: When: Wednesday 3 March 2027, 10am"
    assert list(told) == ["1 with a place", "1 on the waiting list"]
    for text in told.values():
        assert text.startswith("Changed: Scrutiny and social media, now Wednesday 3 March 2027: The time or place")
        assert f"The hosts say: The speaker is ill. {both} to 12 noon" in text
    assert "You still have your place." in told["1 with a place"]
    assert "We send you the joining details: Tuesday 2 March 2027, 6pm." in told["1 with a place"]
    assert "You are still on the waiting list" in told["1 on the waiting list"]
    assert "The hosts say: The speaker is ill." in said
    assert answer.context["telling"].names == ["Ann", "Bob"]
    assert "Who gets it Ann Bob " in said
    assert "Cyd" not in said


def test_the_words_shown_before_a_move_are_the_words_that_go(olive):
    meetup = make.meetup()
    make.signup(meetup=meetup, name="Ann")
    client = make.client(olive)

    shown = client.post(url("move_meetup", meetup), MOVE).context["telling"].mails[0]
    client.post(url("move_meetup", meetup), {**MOVE, "move": "1"})
    letters.queue_due(make.NOW)

    sent = Message.objects.get(kind="meetups/moved")
    link = re.search(r"Your booking: (\S+)", sent.text).group(1)
    assert (shown.subject, shown.text) == (sent.subject, sent.text.replace(link, "(a link of their own)"))


@pytest.mark.parametrize(
    ("starts", "closes", "details"),
    [
        ("10:00", "Tuesday 2 March 2027, 5pm", "Tuesday 2 March 2027, 6pm"),
        ("19:00", "Tuesday 2 March 2027, 5pm", "Tuesday 2 March 2027, 6pm"),  # a clock time on the day before
    ],
)
def test_moving_shows_when_sign_up_closes_and_joining_details_go_out_then(starts, closes, details, olive):
    meetup, client = make.meetup(), make.client(olive)
    to = {**MOVE, "starts": starts, "ends": "21:00"}

    facts = reading.facts(client.post(url("move_meetup", meetup), to))
    client.post(url("move_meetup", meetup), {**to, "move": "1"})

    meetup.refresh_from_db()
    assert (facts["Sign-up closes then"], facts["Joining details go out then"]) == (closes, details)
    assert (dates.moment(meetup.closes_at), dates.moment(meetup.details_at)) == (closes, details)


def test_moving_moves_and_tells_once(olive, told_tasks, django_capture_on_commit_callbacks):
    meetup = make.meetup()

    with django_capture_on_commit_callbacks(execute=True):
        answer = make.client(olive).post(url("move_meetup", meetup), {**MOVE, "move": "1"})

    meetup.refresh_from_db()
    assert (answer.url, meetup.starts_at) == (url("overview", meetup), datetime(2027, 3, 3, 10, 0, tzinfo=UTC))
    assert (meetup.change_note, meetup.schedule_version) == ("The speaker is ill.", 2)
    assert told_tasks == ["meetups.tasks.queue_due_letters"]


LOST = "Outside the new time, so not pinned to a clock time any more: “Topic 2”."


def said_after(answer) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def test_what_a_move_takes_the_pin_from_is_said_before_and_after(olive):
    meetup = make.meetup()
    meetup.agenda.filter(title="Topic 2").update(pinned_to=time(11, 45))
    client, shorter = make.client(olive), {**MOVE, "starts": "14:00", "ends": "15:30"}

    assert LOST in reading.words(client.post(url("move_meetup", meetup), shorter))
    answer = client.post(url("move_meetup", meetup), {**shorter, "move": "1"}, follow=True)

    assert said_after(answer) == [f"The meet-up is moved. Everybody who is signed up is being told. {LOST}"]
    assert LOST not in reading.words(client.post(url("move_meetup", meetup), MOVE))


def test_a_guest_pinned_to_eleven_is_on_at_three_after_a_move_by_four_hours(olive):
    meetup = make.meetup()
    meetup.agenda.filter(title="Topic 2").update(pinned_to=time(11))

    answer = make.client(olive).post(
        url("move_meetup", meetup), {**MOVE, "starts": "14:00", "ends": "16:00", "move": "1"}, follow=True
    )

    assert said_after(answer) == ["The meet-up is moved. Everybody who is signed up is being told."]
    assert "3pm to 3:30pm Topic 2" in reading.words(make.client().get(meetup.get_absolute_url()))


def test_a_draft_that_gets_shorter_says_what_is_not_pinned_any_more_once(olive):
    meetup = make.meetup(state=Meetup.State.DRAFT, hosts=[olive])
    meetup.agenda.filter(title="Topic 2").update(pinned_to=time(11, 45))
    client = make.client(olive)
    typed = typed_in(client.get(url("edit_meetup", meetup)).context["form"]) | {"ends": "11:30"}

    answers = [client.post(url("edit_meetup", meetup), typed, follow=True) for _ in range(2)]

    assert [said_after(one) for one in answers] == [[f"Your changes are saved. {LOST}"], ["Your changes are saved."]]


SHUT = "Sign-up would be closed already. Set when it closes."


@pytest.mark.parametrize(
    ("closes_at", "on", "is_said"),
    [
        (make.START - timedelta(hours=17), "2027-02-11", False),  # 5pm today
        (make.START - timedelta(days=2), "2027-02-11", True),
        (make.START - timedelta(days=2), "2027-02-13", False),
        (make.NOW, "2027-02-11", False),  # it is closed now
    ],
)
def test_a_move_that_closes_sign_up_says_so(closes_at, on, is_said, olive):
    answer = make.client(olive).post(url("move_meetup", make.meetup(closes_at=closes_at)), {**MOVE, "on": on})

    assert (SHUT in reading.words(answer)) == is_said


def test_one_can_go_back_from_the_preview_of_a_move_with_all_that_was_typed(olive):
    meetup = make.meetup()

    answer = make.client(olive).post(url("move_meetup", meetup), {**MOVE, "change": "1"})

    meetup.refresh_from_db()
    assert answer.context["form"]["note"].value() == "The speaker is ill."
    assert meetup.starts_at == make.START


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"on": "2027-02-24"}, {"on": ["This is when it takes place already. Enter another date or time"]}),
        ({"on": "2027-01-24"}, {"on": ["Enter a date and a start that are still to come"]}),
        ({"ends": "09:00"}, {"ends": ["The end must be after the start"]}),
    ],
)
def test_a_move_to_nowhere_is_refused(typed, wrong, olive):
    answer = make.client(olive).post(url("move_meetup", make.meetup()), {**MOVE, **typed, "move": "1"})

    assert errors(answer) == wrong


@pytest.mark.parametrize("page", ["move_meetup", "cancel_meetup"])
def test_what_has_started_is_neither_moved_nor_cancelled(page, olive):
    meetup = make.meetup(starts_at=make.NOW - timedelta(minutes=5))

    answer = make.client(olive).post(url(page, meetup), {**MOVE, "move": "1", "sure": "on"})

    meetup.refresh_from_db()
    assert (answer.url, meetup.state, meetup.schedule_version) == (url("overview", meetup), "published", 1)


def test_cancelling_needs_a_tick_and_says_how_many_are_told(olive):
    meetup = make.meetup()
    make.signup(meetup=meetup)
    client = make.client(olive)

    unsure = client.post(url("cancel_meetup", meetup), {"note": "Snow", "cancel": "1"})
    meetup.refresh_from_db()
    assert meetup.state == "published"
    client.post(url("cancel_meetup", meetup), {"note": "Snow", "sure": "on", "cancel": "1"})

    meetup.refresh_from_db()
    assert errors(unsure) == {"sure": ["Tick the box to say that you want to cancel it"]}
    assert "1 person will be told" in unsure.content.decode()
    assert (meetup.state, meetup.change_note, meetup.cancelled_at) == ("cancelled", "Snow", make.NOW)


def test_cancelling_shows_the_names_and_the_words_before_anything_happens(olive):
    meetup = make.meetup(places_online=1)
    people_of(meetup)

    answer = make.client(olive).post(url("cancel_meetup", meetup), {"note": "Snow", "sure": "on"})

    meetup.refresh_from_db()
    told = told_by(answer)
    assert (meetup.state, answer.context["telling"].names) == ("published", ["Ann", "Bob"])
    assert list(told) == ["1 with a place", "1 on the waiting list"]
    for text in told.values():
        assert text.startswith("Cancelled: Scrutiny and social media, Wednesday 24 February 2027: Scrutiny and social")
        assert "The hosts say: Snow It was planned for: Wednesday 24 February 2027, 10am to 12 noon" in text
    assert ["takes the meet-up out of your calendar" in text for text in told.values()] == [True, False]
    assert "Who gets it Ann Bob " in reading.words(answer)
    assert "Cyd" not in reading.words(answer)


def test_one_can_go_back_from_the_preview_of_cancelling_with_the_words_kept(olive):
    meetup, client = make.meetup(), make.client(olive)

    back = client.post(url("cancel_meetup", meetup), {"note": "Snow", "change": "Change"})
    long = client.post(url("cancel_meetup", meetup), {"note": "x" * 1001, "sure": "on", "cancel": "1"})

    meetup.refresh_from_db()
    assert back.context["form"]["note"].value() == "Snow"
    assert list(errors(long)) == ["note"]
    assert meetup.state == "published"


def test_a_draft_can_be_deleted_but_not_by_looking(olive):
    draft = make.meetup(state=Meetup.State.DRAFT)
    client = make.client(olive)

    client.get(url("delete_draft", draft))
    assert Meetup.objects.filter(pk=draft.pk).exists()

    client.post(url("delete_draft", draft))
    assert not Meetup.objects.filter(pk=draft.pk).exists()


def test_deleting_says_what_goes_with_the_draft(olive):
    draft = make.meetup(state=Meetup.State.DRAFT, agenda=2)
    draft.questions.create(position=0, label="Fish?")
    bare = make.meetup(state=Meetup.State.DRAFT, agenda=0)
    client = make.client(olive)

    said = [reading.words(client.get(url("delete_draft", one))) for one in (draft, bare)]

    when = "The draft for Wednesday 24 February 2027, 10am to 12 noon will be gone for good"
    assert f"{when}, with 2 agenda items and 1 question. Nobody is told" in said[0]
    assert f"{when}. Nobody is told" in said[1]


def test_what_was_published_is_not_deleted(olive):
    meetup = make.meetup()
    make.signup(meetup=meetup)

    make.client(olive).post(url("delete_draft", meetup))

    assert SignUp.objects.filter(meetup=meetup).count() == 1


def test_the_next_in_the_series_is_a_draft_with_everything(olive):
    meetup = make.meetup(hosts=[olive])
    meetup.questions.create(position=0, label="Would you like to be a fish?")

    answer = make.client(olive).post(url("next_in_series", meetup), {"on": "2027-04-07", "starts": "10:00"})

    draft = meetup.series.meetups.get(number=meetup.number + 1)
    assert answer.url == url("overview", draft)
    assert draft.is_draft
    assert draft.starts_at == datetime(2027, 4, 7, 9, 0, tzinfo=UTC)
    assert draft.closes_at == datetime(2027, 4, 6, 16, 0, tzinfo=UTC)
    assert [item.title for item in draft.agenda.all()] == ["Topic 1", "Topic 2"]
    assert [question.label for question in draft.questions.all()] == ["Would you like to be a fish?"]
    assert list(draft.hosts.all()) == [olive]


@pytest.mark.parametrize(("state", "said"), [("draft", "The draft is there."), ("published", "Somebody has made and")])
def test_the_same_form_sent_twice_leads_to_the_one_that_the_first_made(olive, state, said):
    meetup = make.meetup()
    typed = {"on": "2027-04-07", "starts": "10:00"}
    first = make.client(olive).post(url("next_in_series", meetup), typed)
    made = meetup.series.meetups.filter(number=meetup.number + 1)
    made.update(state=state, published_at=make.NOW if state == "published" else None)
    another = make.client(make.organiser(email="oz@council.gov.uk"))

    second = another.post(url("next_in_series", meetup), typed, follow=True)

    assert second.redirect_chain == [(first.url, 302)]
    assert [str(message)[: len(said)] for message in second.context["messages"]] == [said]
    assert meetup.series.meetups.count() == 2


def test_the_next_in_the_series_needs_a_date_to_come(olive):
    answer = make.client(olive).post(url("next_in_series", make.meetup()), {"on": "2027-01-07", "starts": "10:00"})

    assert errors(answer) == {"on": ["Enter a date that is still to come"]}
