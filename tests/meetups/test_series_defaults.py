"""What a new meet-up of a series starts with: default timings and places, and a default agenda."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from meetups import dates, drafting, filling, publishing, structures, timings
from meetups.models import AgendaItem, Meetup, Series, SeriesDefaults
from people.models import Person
from tests import make, reading
from tests.meetups import counting

pytestmark = pytest.mark.django_db

NEW = "/organise/new/"
TYPED = {"title": "Money", "summary": "Asking in time.", "on": "2027-03-10", "starts": "10:00", "ends": "12:00"}


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture
def olive() -> Person:
    return make.organiser(email="olive@council.gov.uk")


@pytest.fixture
def series() -> Series:
    return make.series(name="Scrutiny network", slug="scrutiny-network")


def url(name: str, series: Series, *args: object) -> str:
    return reverse(f"meetups:{name}", args=[series.slug, *args])


def usual(series: Series, **fields: object) -> SeriesDefaults:
    return SeriesDefaults.objects.create(series=series, **fields)


def planned(series: Series, *titles: str) -> list[AgendaItem]:
    return [
        AgendaItem.objects.create(series=series, position=position, title=title, minutes=20)
        for position, title in enumerate(titles)
    ]


def set_defaults(olive: Person, series: Series, **typed: object):
    return make.client(olive).post(url("series_defaults", series), {"mode": "online", **typed})


def start(olive: Person, series: Series, **typed: object) -> Meetup:
    sent = {**TYPED, "series": series.pk, "mode": "online", "places_online": 72, **typed}
    make.client(olive).post(NEW, sent)
    return series.meetups.get()


# --- Default timings and places


def test_defaults_are_kept_and_can_be_changed(olive, series):
    set_defaults(
        olive, series, starts="10:00", ends="12:00", places_online="72", nudge="on", join_url="https://a.example/1"
    )
    answer = set_defaults(olive, series, starts="14:00", ends="15:30", places_online="24", doors_minutes="5")

    kept = SeriesDefaults.objects.get()
    assert answer.url == url("edit_series", series)
    assert (kept.starts, kept.ends, kept.length_minutes) == (time(14), time(15, 30), 90)
    assert (kept.places_online, kept.join_url, kept.nudge, kept.doors_minutes) == (24, "", False, 5)
    assert (kept.offer_hours, kept.reminder_hours) == (24, None)


def test_the_form_of_a_new_meetup_is_filled_in_with_the_defaults_of_its_series(olive, series):
    make.series()
    usual(series, starts=time(10), ends=time(12), mode="both", places_online=48, places_room=12, venue="Room 1",
          join_url="https://a.example/1", audience="Officers", reminder_hours=2, offer_hours=6, doors_minutes=30,
          nudge=False)  # fmt: skip

    form = make.client(olive).get(f"{NEW}?series={series.slug}").context["form"]

    names = (*SeriesDefaults.COPIED, "starts", "ends")
    assert {name: form[name].value() for name in names if form[name].value()} == {
        "starts": time(10), "ends": time(12), "mode": "both", "places_online": 48, "places_room": 12,
        "venue": "Room 1", "join_url": "https://a.example/1", "audience": "Officers", "reminder_hours": 2,
        "offer_hours": 6, "doors_minutes": 30,
    }  # fmt: skip


def test_what_is_left_empty_follows_the_rules_of_the_series(olive, series):
    usual(series, closes_days=3, closes_at=time(12), details_hours=4)

    meetup = start(olive, series)

    assert meetup.closes_at == datetime(2027, 3, 7, 12, tzinfo=UTC)
    assert meetup.details_at == datetime(2027, 3, 10, 6, tzinfo=UTC)


def test_a_meetup_keeps_the_hours_of_its_series_when_it_moves(olive, series):
    usual(series, closes_hours=24)
    meetup = start(olive, series)
    form = make.client(olive).get(reverse("meetups:edit_meetup", args=[meetup.slug])).context["form"]
    Meetup.objects.filter(pk=meetup.pk).update(state="published", published_at=make.NOW)

    later = meetup.starts_at + timedelta(hours=4)
    to = publishing.NewTime(later, later + timedelta(hours=2))
    moved = publishing.move(meetup, to, note="", now=make.NOW, by=olive)

    assert (form["closes"].value(), form["closes_hours"].value()) == (None, None)
    assert (meetup.closes_at, moved.closes_at) == (
        meetup.starts_at - timedelta(hours=24),
        meetup.starts_at - timedelta(hours=20),
    )


def test_the_form_says_what_happens_to_what_is_left_empty(olive, series):
    usual(series, closes_days=3, closes_at=time(12), details_hours=4)

    form = make.client(olive).get(NEW).context["form"]

    assert form["closes"].help_text == "Leave empty for 12 noon 3 days before."
    assert form["details"].help_text == "Leave empty for 4 hours before the start."


def test_a_draft_that_follows_the_rules_goes_on_doing_so_on_another_date(olive, series):
    usual(series, closes_days=3, closes_at=time(12))
    meetup = start(olive, series)
    form = make.client(olive).get(reverse("meetups:edit_meetup", args=[meetup.slug])).context["form"]
    assert form["closes"].value() is None

    sent = {**TYPED, "series": series.pk, "mode": "online", "places_online": 72, "on": "2027-03-17"}
    make.client(olive).post(reverse("meetups:edit_meetup", args=[meetup.slug]), {**sent, "hosts": olive.email})

    meetup.refresh_from_db()
    assert meetup.closes_at == datetime(2027, 3, 14, 12, tzinfo=UTC)


def test_changing_the_defaults_changes_no_meetup_that_is_there(olive, series):
    meetup = start(olive, series)
    before = (meetup.closes_at, meetup.details_at, meetup.places_online, meetup.offer_hours)

    set_defaults(olive, series, closes_days="3", closes_at="12:00", details_hours="2", places_online="9")

    meetup.refresh_from_db()
    assert (meetup.closes_at, meetup.details_at, meetup.places_online, meetup.offer_hours) == before
    form = make.client(olive).get(reverse("meetups:edit_meetup", args=[meetup.slug])).context["form"]
    assert form["closes"].value() == timings.default_closing(meetup.starts_at)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"starts": "10:00"}, {"ends": ["Enter when they end, or leave the start empty too"]}),
        ({"ends": "10:00"}, {"starts": ["Enter when they start, or leave the end empty too"]}),
        ({"starts": "10:00", "ends": "10:00"}, {"ends": ["The end must be after the start"]}),
        ({"starts": "soon", "ends": "12:00"}, {"starts": ["Enter a real time, like 17:00"]}),
        ({"closes_days": "1"}, {"closes_at": ["Enter at what time, on that day"]}),
        ({"closes_at": "17:00"}, {"closes_days": ["Enter how many days before"]}),
        ({"closes_days": "1", "closes_at": "17:00", "closes_hours": "2"},
         {"closes_hours": ["Enter days and a time or a number of hours, not both"]}),
        ({"details_days": "0", "details_at": "17:00"},
         {"details_days": ["Days before must be 1 or more"]}),
        ({"details_hours": "0"}, {"details_hours": ["Hours before the start must be 1 or more"]}),
        ({"doors_minutes": "121"}, {"doors_minutes": ["Minutes before the start must be 120 or fewer"]}),
        ({"join_url": "http://a.example"}, {"join_url": ["Enter a web address that starts with https://"]}),
        ({"mode": "moon"}, {"mode": ["Select a valid choice. moon is not one of the available choices."]}),
        ({"access_notes": "x" * 2001}, {"access_notes": ["Getting in and around must be 2,000 characters or fewer"]}),
    ],
)  # fmt: skip
def test_what_is_wrong_with_defaults_is_said_beside_the_field_and_nothing_is_kept(typed, wrong, olive, series):
    answer = set_defaults(olive, series, audience="Anyone at all", **typed)

    assert dict(answer.context["form"].errors) == wrong
    assert "Anyone at all" in answer.content.decode()
    assert not SeriesDefaults.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"starts": time(10)},
        {"ends": time(10)},
        {"starts": time(10), "ends": time(9)},
        {"closes_days": 1},
        {"closes_at": time(10)},
        {"closes_days": 0, "closes_at": time(10)},
        {"closes_days": 1, "closes_at": time(10), "closes_hours": 2},
        {"details_hours": 2, "details_at": time(10)},
    ],
)
def test_the_database_keeps_no_half_of_a_rule(fields, series):
    with pytest.raises(IntegrityError), transaction.atomic():
        usual(series, **fields)


@pytest.mark.parametrize(
    ("rule", "words", "moment"),
    [
        (timings.CLOSING, "5pm the day before", datetime(2027, 3, 27, 17, tzinfo=UTC)),
        (timings.Rule(days=2, at=time(10, 30)), "10:30am 2 days before", datetime(2027, 3, 26, 10, 30, tzinfo=UTC)),
        (timings.Rule(hours=1), "1 hour before the start", datetime(2027, 3, 28, 8, tzinfo=UTC)),
        (timings.Rule(hours=12), "12 hours before the start", datetime(2027, 3, 27, 21, tzinfo=UTC)),
        (timings.Rule(hours=0), "when it starts", datetime(2027, 3, 28, 9, tzinfo=UTC)),
    ],
)
def test_a_rule_in_words_and_as_a_moment_over_a_change_of_the_clocks(rule, words, moment):
    ten_on_the_sunday_in_march = datetime(2027, 3, 28, 9, tzinfo=UTC)

    assert (dates.rule(rule), rule.before(ten_on_the_sunday_in_march)) == (words, moment)


def test_the_join_link_opens_when_the_meetup_says():
    meetup = make.meetup(doors_minutes=40)

    assert (meetup.opens_at(), make.meetup().opens_at()) == (
        make.START - timedelta(minutes=40),
        make.START - timedelta(minutes=15),
    )


# --- The default agenda


def test_an_item_is_put_on_the_default_agenda_with_what_its_structure_brings(olive, series):
    make.client(olive).post(url("series_agenda", series), {"structure": "1-2-4-all"})

    item = series.agenda.get()
    assert (item.title, item.minutes, item.meetup, item.phases.count()) == ("1-2-4-All", 12, None, 4)


def test_a_new_meetup_starts_with_its_own_copy_of_the_default_agenda(olive, series):
    filling.add(AgendaItem(series=series, title="Hello", minutes=12), structures.find("1-2-4-all"))
    planned(series, "Goodbye")
    AgendaItem.objects.filter(title="Goodbye").update(position=1, talking_points="One word", speaker="Olive")

    meetup = start(olive, series)
    series.agenda.update(title="Changed since")

    copied = list(meetup.agenda.all())
    assert [(item.title, item.minutes, item.series) for item in copied] == [("Hello", 12, None), ("Goodbye", 20, None)]
    assert [phase.minutes for phase in copied[0].phases.all()] == [1, 2, 4, 5]
    assert (copied[1].talking_points, copied[1].speaker) == ("One word", "Olive")
    assert series.agenda.count() == 2


def test_the_next_one_in_the_series_goes_on_from_the_last_meetup_not_from_the_defaults(series):
    planned(series, "Of the series")
    usual(series, places_online=9, doors_minutes=1)
    last = make.meetup(series=series, doors_minutes=30)

    draft = publishing.next_in_series(last, make.START + timedelta(weeks=4), by=make.person())

    assert [item.title for item in draft.agenda.all()] == ["Topic 1", "Topic 2"]
    assert (draft.places_online, draft.doors_minutes) == (72, 30)


def test_a_default_agenda_is_moved_and_thinned_out(olive, series):
    one, two, three = planned(series, "One", "Two", "Three")
    of_meetup = make.meetup(series=series).agenda.get(position=0)
    client = make.client(olive)

    client.post(url("series_shift_item", series, three.pk), {"direction": "up"})
    client.post(url("series_shift_item", series, one.pk), {"to": "9"})
    client.post(url("series_remove_item", series, two.pk))

    of_meetup.refresh_from_db()
    assert [item.title for item in series.agenda.all()] == ["Three", "One"]
    assert (of_meetup.position, of_meetup.title) == (0, "Topic 1")


def test_an_item_of_the_default_agenda_is_changed(olive, series):
    (item,) = planned(series, "Hello")

    make.client(olive).post(
        url("series_edit_item", series, item.pk),
        {"title": "Welcome", "minutes": "10", "phases": "4, pairs, Talk\n6, all, Tell", "speaker": "Olive"},
    )

    item.refresh_from_db()
    assert (item.title, item.minutes, item.speaker, item.phases.count()) == ("Welcome", 10, "Olive", 2)


def test_nothing_on_a_default_agenda_is_pinned_to_a_clock_time(olive, series):
    (item,) = planned(series, "Hello")

    shown = make.client(olive).get(url("series_edit_item", series, item.pk)).context["form"]

    assert "pinned_to" not in shown.fields
    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaItem.objects.filter(pk=item.pk).update(pinned_to=time(11))


def test_an_item_is_of_a_meetup_or_of_a_series():
    meetup = make.meetup()
    for owners in ({}, {"meetup": meetup, "series": meetup.series}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AgendaItem.objects.create(position=0, title="Lost", minutes=5, **owners)


@pytest.mark.parametrize(
    ("times", "said"),
    [
        (
            {},
            [
                "Minute 0 to 20",
                "Minute 20 to 40",
                "40 minutes are planned. Say when its meet-ups usually start and end",
            ],
        ),
        (
            {"starts": time(14), "ends": time(15)},
            ["2pm to 2:20pm", "2:20pm to 2:40pm", "20 minutes are not planned yet. 40 minutes are planned."],
        ),
    ],
)
def test_the_default_agenda_shows_times_of_day_once_somebody_said_when_it_starts(times, said, olive, series):
    planned(series, "Hello", "Goodbye")
    usual(series, **times)

    words = reading.words(make.client(olive).get(url("series_agenda", series)))

    assert [one for one in said if one not in words] == []


def test_people_who_are_not_known_yet_are_too_few_for_no_structure(olive, series):
    AgendaItem.objects.create(series=series, position=0, title="Shift", minutes=5, structure="shift-and-share")
    usual(series)

    before = reading.words(make.client(olive).get(url("series_agenda", series)))
    SeriesDefaults.objects.update(places_online=4)
    after = reading.words(make.client(olive).get(url("series_agenda", series)))

    assert ("are expected" in before, "4 are expected" in after) == (False, True)


def test_what_is_on_a_default_agenda_is_in_no_list_of_the_public(series):
    planned(series, "Surprising subject")
    meetup = make.meetup(series=series, starts_at=make.START - timedelta(weeks=9))

    pages = [
        "/meetups/?q=surprising",
        f"/series/{series.slug}/",
        f"/meetups/{meetup.slug}/",
        f"/series/{series.slug}/feed.atom",
    ]

    assert [page for page in pages if "Surprising subject" in make.client().get(page).content.decode()] == []
    assert meetup.title not in reading.words(make.client().get("/meetups/?q=surprising"))


def test_the_default_agenda_page_asks_the_database_as_often_for_three_items_as_for_one(olive, series):
    planned(series, "One")
    client = make.client(olive)
    one = counting.queries(client, url("series_agenda", series))

    planned(series, "Two", "Three")

    assert counting.queries(client, url("series_agenda", series)) == one


# --- Which is which


def test_with_several_series_one_chooses_first_between_defaults_and_the_last_meetup(olive, series):
    make.series(name="Scrutiny clinic", slug="scrutiny-clinic")
    planned(series, "Hello")
    make.meetup(series=series, title="The first")
    last = make.meetup(series=series, title="The last")

    answer = make.client(olive).get(NEW)

    links = reading.links(answer)
    assert "in which series" in reading.words(answer).casefold()
    assert f"{NEW}?series=scrutiny-network" in links
    assert f"{NEW}?series=scrutiny-clinic" in links
    assert reverse("meetups:next_in_series", args=[last.slug]) in links
    assert "Make the next one after “The last”" in reading.words(answer)


def test_choosing_asks_the_database_as_often_for_three_series_as_for_two(olive, series):
    make.series()
    client = make.client(olive)
    two = counting.queries(client, NEW)

    make.meetup(series=make.series())

    assert counting.queries(client, NEW) == two


def test_the_forms_say_what_comes_along_and_where_the_other_way_is(olive, series):
    planned(series, "Hello", "Goodbye")
    last = make.meetup(series=series, title="The last")
    client = make.client(olive)

    new = reading.words(client.get(f"{NEW}?series={series.slug}"))
    following = client.get(reverse("meetups:next_in_series", args=[last.slug]))

    assert "The default agenda of the series comes along: 2 items to change as you like." in new
    assert "make the next one after “The last”" in new
    assert "Everything comes along from “The last”" in reading.words(following)
    assert f"{NEW}?series={series.slug}" in reading.links(following)


def test_the_page_of_the_series_shows_what_a_new_meetup_starts_with(olive, series):
    usual(series, starts=time(10), ends=time(12), places_online=72, closes_hours=3)
    planned(series, "Hello")

    words = reading.words(make.client(olive).get(url("edit_series", series)))

    assert "Usual time 10am to 12 noon Where Online Places 72 online Sign-up closes 3 hours before the start" in words
    assert "Plan the default agenda (1 item)" in words


def test_a_closed_series_has_no_defaults_to_set(olive):
    closed = make.series(home_path="/networking/cohorts/one/workshops/")
    AgendaItem.objects.create(series=closed, position=0, title="Hello", minutes=5)
    client = make.client(olive)

    codes = [client.get(url(page, closed)).status_code for page in ("series_defaults", "series_agenda", "edit_series")]

    assert codes == [404, 404, 200]
    assert "What a new meet-up starts with" not in reading.words(client.get(url("edit_series", closed)))


def test_a_meetup_started_without_a_form_gets_the_default_agenda_too(series):
    planned(series, "Hello")
    meetup = Meetup(
        series=series, title="By hand", summary="x", starts_at=make.START, ends_at=make.START + timedelta(hours=1),
        closes_at=make.START, details_at=make.START, places_online=5,
    )  # fmt: skip

    drafting.start(meetup, hosts=[], by=make.person())

    assert [item.title for item in meetup.agenda.all()] == ["Hello"]
