"""Workshops are meet-ups of a closed series: the cohort sees them and takes places, strangers learn nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from meetups import addresses, notes, publishing, signups
from meetups.models import Feedback, Meetup, Series, SignUp
from networking import joining, workshop_home, workshops
from networking.models import Cohort, Member, Workshop
from outbox.models import Message
from tests import make
from tests.networking import build

pytestmark = pytest.mark.django_db

AT = datetime(2027, 2, 20, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def frozen(monkeypatch):
    """The clock of the doors stands at build.NOW."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: build.NOW)


def url(name: str, *args: object) -> str:
    return reverse(f"networking:{name}", args=args)


def workshop(lead: Member, *, starts_at: datetime = AT, publish: bool = True) -> Workshop:
    """A workshop of the first sprint; published, its page can be seen by the cohort."""
    plan = workshops.Plan("A place to stand", starts_at, starts_at + timedelta(hours=2))
    made = workshops.plan(lead.cohort.sprints.first(), plan, by=lead.person)
    Meetup.objects.filter(pk=made.meetup_id).update(join_url="https://video.example.org/1")
    made.meetup.agenda.create(position=0, title="Hello", minutes=30)
    if publish:
        publishing.publish(made.meetup, now=starts_at - timedelta(days=30), by=lead.person)
    lead.cohort.refresh_from_db()
    return Workshop.objects.get(pk=made.pk)


def test_a_lead_plans_a_draft_in_the_closed_series_of_the_cohort():
    lead = build.lead()
    sprint = lead.cohort.sprints.first()
    said = {"title": "Workshop one", "on": "2027-02-20", "starts": "10:00", "ends": "12:00", "mode": "online"}

    answer = make.client(lead.person).post(url("plan_workshop", lead.cohort.slug, sprint.pk), said)

    made = Workshop.objects.get()
    assert answer["Location"] == reverse("meetups:overview", args=[made.meetup.slug])
    assert (made.sprint, made.meetup.title, made.meetup.starts_at) == (sprint, "Workshop one", AT)
    assert (made.meetup.is_draft, list(made.meetup.hosts.all())) == (True, [lead.person])
    assert made.meetup.series.home_path == url("workshops", lead.cohort.slug)
    assert make.client(lead.person).get(answer["Location"]).status_code == 200
    assert (
        "series"
        not in make.client(lead.person)
        .get(reverse("meetups:edit_meetup", args=[made.meetup.slug]))
        .context["form"]
        .fields
    )


def test_planned_twice_for_the_same_start_it_is_one():
    lead = build.lead()

    assert workshop(lead, publish=False) == workshop(lead, publish=False)


def test_a_second_workshop_splits_the_sprint_and_is_in_the_same_series():
    lead = build.lead()

    workshop(lead)
    workshop(lead, starts_at=AT + timedelta(days=2))

    assert lead.cohort.sprints.first().workshops_wanted == 2
    assert Series.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("on", "2027-01-01", "Enter a date and a start that are still to come"),
        ("ends", "09:00", "The end must be after the start"),
        ("title", "", "Enter a title"),
        ("mode", "moon", "Select a valid choice"),
    ],
)
def test_a_wrong_workshop_is_not_made(field, typed, said):
    lead = build.lead()
    right = {"title": "One", "on": "2027-02-20", "starts": "10:00", "ends": "12:00", "mode": "online"}

    page = make.client(lead.person).post(
        url("plan_workshop", lead.cohort.slug, lead.cohort.sprints.first().pk), {**right, field: typed}
    )

    assert said in page.content.decode()
    assert not Meetup.objects.exists()


# --- Closed -------------------------------------------------------------------------------------------------------


def pages_of(meetup: Meetup) -> list[str]:
    of_meetup = ["detail", "sign_up", "signed_up", "calendar", "topics", "notes"]
    of_series = ["series", "embed", "series_atom", "series_calendar"]
    return [
        *(reverse(f"meetups:{name}", args=[meetup.slug]) for name in of_meetup),
        *(reverse(f"meetups:{name}", args=[meetup.series.slug]) for name in of_series),
    ]


def test_strangers_and_organisers_get_404_for_every_public_page_of_it():
    meetup = workshop(build.lead()).meetup
    notes.save(meetup, "Tea", based_on=0, by=make.person(), now=AT)
    notes.publish(meetup, by=make.person(), now=AT + timedelta(days=1))

    for browser in (make.client(), make.client(make.organiser())):
        assert {path: browser.get(path).status_code for path in pages_of(meetup)} == dict.fromkeys(
            pages_of(meetup), 404
        )


def test_there_are_no_words_for_the_public_about_it_not_even_for_its_hosts():
    lead = build.lead()
    meetup = workshop(lead).meetup
    pages = [reverse(f"meetups:{name}", args=[meetup.slug]) for name in ("share_kit", "write_news")]
    news = {"subject": "Come", "body": "All of you", "to": "everybody", "send": "1"}

    for browser in (make.client(lead.person), make.client(make.organiser())):
        assert [browser.get(page).status_code for page in pages] == [404, 404]
        assert browser.post(pages[1], news).status_code == 404
    assert not Message.objects.exists()


def test_nobody_follows_it_and_nobody_signs_up_from_outside():
    meetup = workshop(build.lead()).meetup

    follow = make.client().post(reverse("meetups:follow", args=[meetup.series.slug]), {"email": "a@x.gov.uk"})
    sign_up = make.client().post(reverse("meetups:sign_up", args=[meetup.slug]), {"email": "a@x.gov.uk", "name": "A"})

    assert (follow.status_code, sign_up.status_code) == (404, 404)
    assert not SignUp.objects.exists()


@pytest.mark.parametrize("path", ["/", "/meetups/", "/meetups/feed.atom", "/meetups/calendar.ics", "/meetups/?q=stand"])
def test_lists_and_feeds_do_not_name_it(path, client):
    lead = build.lead()
    workshop(lead, starts_at=AT)
    past = workshop(lead, starts_at=build.NOW - timedelta(days=3)).meetup
    Feedback.objects.create(
        meetup=past, liked="x", quote="Only for us", quoting="named", given_at=AT, changed_at=AT, chosen_at=AT
    )
    shown = make.meetup(title="For everybody")
    answer = client.get(path)

    page = answer.content.decode()
    assert "A place to stand" not in page
    assert "Only for us" not in page
    assert shown.title in page or path.endswith("stand")


def test_only_the_cohort_opens_its_page():
    lead = build.lead()
    page = workshop(lead).meetup.get_absolute_url()
    inside, outside = build.councillor(lead.cohort), build.councillor()

    assert make.client(inside.person).get(page).status_code == 200
    assert make.client(outside.person).get(page).status_code == 404
    assert make.client(make.person()).get(page).status_code == 404
    assert make.client().get(page)["Location"].startswith("/account/sign-in/")


def test_a_draft_is_not_shown_to_the_cohort():
    lead = build.lead()
    page = workshop(lead, publish=False).meetup.get_absolute_url()

    assert make.client(build.councillor(lead.cohort).person).get(page).status_code == 404


def test_a_meetup_elsewhere_has_no_page_in_the_cohort():
    lead = build.lead()
    workshop(lead)
    other = make.meetup()

    assert make.client(lead.person).get(url("workshop", lead.cohort.slug, other.slug)).status_code == 404


# --- Places -------------------------------------------------------------------------------------------------------


def test_a_councillor_takes_a_place_with_one_button():
    lead = build.lead()
    councillor, meetup = build.councillor(lead.cohort), workshop(lead).meetup
    browser = make.client(councillor.person)

    page = browser.post(meetup.get_absolute_url(), {"access_needs": "Captions"}, follow=True).content.decode()

    signup = SignUp.objects.get()
    assert "You have a place." in page
    assert (signup.person, signup.name, signup.role) == (councillor.person, councillor.person.name, "councillor")
    assert signup.access_needs == "Captions"
    assert Message.objects.get(kind="meetups/signed_up").to_email == councillor.person.email
    assert browser.get(f"/booking/{addresses.booking_token(signup)}/").status_code == 200
    browser.post(meetup.get_absolute_url(), {})
    assert SignUp.objects.count() == 1


def test_the_mail_leads_to_the_page_of_the_cohort_and_not_to_a_page_that_is_not_there():
    lead = build.lead()
    meetup = workshop(lead).meetup
    signups.sign_up(meetup, make.details(), now=build.NOW)

    text = Message.objects.get(kind="meetups/signed_up").text

    assert f"/meetups/{meetup.slug}/" not in text


def test_who_leaves_gives_their_places_up():
    lead = build.lead()
    councillor, meetup = build.councillor(lead.cohort), workshop(lead).meetup
    make.client(councillor.person).post(meetup.get_absolute_url(), {})

    joining.leave(councillor, now=build.NOW)

    assert SignUp.objects.get().is_cancelled


def test_who_leads_no_more_hosts_no_workshop_and_opens_none_of_its_lists():
    lead = build.lead()
    other = build.lead(lead.cohort)
    made = workshop(lead)
    browser, people = make.client(other.person), reverse("meetups:people", args=[made.meetup.slug])
    assert browser.get(people).status_code == 200

    joining.leave(other, now=build.NOW)

    assert list(made.meetup.hosts.all()) == [lead.person]
    assert browser.get(people).status_code == 404


def test_notes_stand_on_its_page_and_the_mail_leads_there():
    lead = build.lead()
    meetup = workshop(lead, starts_at=build.NOW - timedelta(days=1)).meetup
    notes.save(meetup, "## Takeaways\n\nListen first", based_on=0, by=lead.person, now=build.NOW)
    notes.publish(meetup, by=lead.person, now=build.NOW)

    page = make.client(lead.person).get(meetup.get_absolute_url()).content.decode()

    assert "Listen first" in page
    assert addresses.notes_path(meetup) == f"{meetup.get_absolute_url()}#notes"


def test_a_workshop_that_is_a_draft_can_be_deleted_on_the_pages_of_meetups():
    lead = build.lead()
    meetup = workshop(lead, publish=False).meetup

    make.client(lead.person).post(reverse("meetups:delete_draft", args=[meetup.slug]), {"sure": "on"})

    assert (Workshop.objects.count(), Cohort.objects.count()) == (0, 1)


# --- Homes --------------------------------------------------------------------------------------------------------


def test_leads_are_asked_to_plan_and_to_publish():
    lead = build.lead()

    assert [need.line for need in workshop_home.needs_of(lead, build.NOW)] == [
        "A workshop is not planned yet in “A place to stand”."
    ]
    workshop(lead, publish=False)
    assert [need.line for need in workshop_home.needs_of(lead, build.NOW)] == [
        "“A place to stand” on Saturday 20 February 2027, 10am is not published yet."
    ]


def test_a_skipped_workshop_is_not_asked_for():
    lead = build.lead()
    lead.cohort.sprints.update(workshops_wanted=0)

    assert workshop_home.needs_of(lead, build.NOW) == []


def test_the_home_asks_for_a_place_until_there_is_one_and_says_what_is_coming():
    lead = build.lead()
    councillor, meetup = build.councillor(lead.cohort), workshop(lead).meetup
    assert [need.action for need in workshop_home.needs_of(councillor, build.NOW)] == ["Take my place"]

    make.client(councillor.person).post(meetup.get_absolute_url(), {})

    assert workshop_home.needs_of(councillor, build.NOW) == []
    assert [(one.at, one.url) for one in workshop_home.coming_for(councillor, build.NOW)] == [
        (AT, meetup.get_absolute_url())
    ]


def test_a_councillor_who_cancelled_and_came_after_all_is_counted():
    lead = build.lead()
    here = build.councillor(lead.cohort)
    past = workshop(lead, starts_at=build.NOW - timedelta(days=9)).meetup
    booked_at = past.starts_at - timedelta(days=5)
    came = signups.sign_up(past, make.details(email=here.person.email), now=booked_at).signup
    signups.cancel(came, now=booked_at)
    SignUp.objects.filter(pk=came.pk).update(came_at=past.starts_at)

    assert workshop_home.lines_for(lead.cohort, build.NOW)[here.pk].text == "Came to 1 of 1"


def test_the_leads_table_says_who_came_and_who_comes(django_assert_num_queries):
    lead = build.lead()
    here, away = build.councillor(lead.cohort), build.councillor(lead.cohort)
    past = workshop(lead, starts_at=build.NOW - timedelta(days=9)).meetup
    details = make.details(email=here.person.email)
    came = signups.sign_up(past, details, now=past.starts_at - timedelta(days=5)).signup
    SignUp.objects.filter(pk=came.pk).update(came_at=past.starts_at)
    coming = workshop(lead, starts_at=build.NOW + timedelta(days=3)).meetup
    make.client(here.person).post(coming.get_absolute_url(), {})

    with django_assert_num_queries(4):
        lines = workshop_home.lines_for(lead.cohort, build.NOW)

    assert {pk: (line.text, line.attention) for pk, line in lines.items()} == {
        here.pk: ("Came to 1 of 1, has a place at the next", 0),
        away.pk: ("Came to 0 of 1, no place at the next", 1),
    }
