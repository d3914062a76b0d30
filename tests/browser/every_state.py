"""A demonstration site with meet-ups in every state, and the addresses of their pages. Runs inside the site."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from evidence import captures, pictures, screenshots, stops
from evidence.models import Inquiry
from meetups import addresses, counting_in, feedback, following, newsroom, notes, records, topics
from meetups.breakouts import changing, keeping, marking, planning
from meetups.models import AttendanceImport, BreakoutPlan, Follower, Meetup, News, Notes, OwnStructure, SignUp
from pages import demo_inbox
from people.models import Person

Paths = dict[str, list[str]]
REPORTS = Path(__file__).parent.parent / "meetups" / "reports"
HEAD = "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest\n"


def make() -> Paths:
    """Groups of paths, by who opens them."""
    soon = Meetup.objects.get(title__startswith="Hearing")
    full = Meetup.objects.get(title__startswith="Clinic")
    both = Meetup.objects.get(mode="both")
    draft = Meetup.objects.get(state="draft", series__home_path="")
    held, last = _past()
    made: Paths = {"public": [], "links": [], "mine": [], "organise": []}
    for more in (
        _bookings(soon, full, both), _series(soon), _rooms(soon, full, both), _came(held, last),
        _afterwards(held, last, soon), _planning(soon, draft), _mine(), _listening(),
    ):  # fmt: skip
        for group, paths in more.items():
            made[group] += paths
    return made


def _listening() -> Paths:
    """Olive is officer of the demonstration inquiry; here she has a draft before a stop, with a screenshot."""
    now, olive = timezone.now(), Person.objects.get(email="olive@demo.example")
    inquiry = Inquiry.objects.get(title="Care closer to home")
    said = captures.Said(
        topic=inquiry.topics.first(),
        our_words="They wait two years for a break",
        exact_words="We wait two years for a break",
    )
    draft = captures.save_draft(said, now=now, by=olive)
    shot = screenshots.add(draft, pictures.redrawn(demo_inbox.a_post()), now=now, by=olive, is_checked=False)
    stops.show("third_item", to=olive, now=now, inquiry=inquiry, item=draft)
    inbox, item = f"/evidence/inbox/{draft.pk}/", inquiry.items.filter(state="accepted").first().pk
    of_inquiry = (
        "",
        "stops/",
        "close/",
        "hold/",
        "reported/",
        f"items/{item}/",
        f"items/{item}/consent/",
        f"items/{item}/correct/",
        f"items/{item}/handed-in/",
    )
    return {
        "public": ["/evidence/", f"/evidence/about/{inquiry.slug}/", f"/evidence/about/{inquiry.slug}/complain/",
                   "/evidence/offline/"],
        "mine": [
            "/evidence/capture/", "/evidence/inbox/", "/evidence/ways-in/",
            *(f"{inbox}{page}" for page in ("", "hand-in/", "stop/", "discard/", "screenshots/")),
            f"{inbox}screenshots/{shot.ref}/",
            *(f"/evidence/inquiries/{inquiry.slug}/{page}" for page in of_inquiry),
        ],
    }  # fmt: skip


def _past() -> tuple[Meetup, Meetup]:
    """One some time ago, and the last one, which was yesterday, so that all that follows it is open."""
    over = list(Meetup.objects.public().standing().filter(ends_at__lt=timezone.now()).order_by("starts_at"))
    yesterday = timezone.now() - timedelta(days=1)
    Meetup.objects.filter(pk=over[-1].pk).update(
        closes_at=yesterday - timedelta(days=1), details_at=yesterday - timedelta(days=1),
        starts_at=yesterday, ends_at=yesterday + timedelta(hours=2),
    )  # fmt: skip
    over[-1].refresh_from_db()
    return over[0], over[-1]


def _path(url: str) -> str:
    return "/" + url.split("/", 3)[3]


def _of(meetup: Meetup, *pages: str) -> list[str]:
    return [f"/organise/{meetup.slug}/{page}" for page in pages]


def _bookings(soon: Meetup, full: Meetup, both: Meetup) -> Paths:
    """With a place, waiting, with an offer, given up; with another date to go to."""
    booked, gone = soon.signups.confirmed().order_by("pk").first(), soon.signups.confirmed().order_by("pk").last()
    waiting, offered = list(full.signups.waiting().order_by("pk"))[:2]
    free = full.signups.confirmed().order_by("pk").last()
    SignUp.objects.filter(pk__in=[gone.pk, free.pk]).update(state="cancelled", seat=None)
    now = timezone.now()
    SignUp.objects.filter(pk=offered.pk).update(
        seat=free.seat, offer_until=now + timedelta(hours=2), why="A place became free and you are first in line."
    )
    gone.refresh_from_db()
    token = addresses.booking_token(booked)
    return {
        "public": [
            "/", "/meetups/", "/meetups/?q=nothing+like+this", "/privacy/", "/accessibility/", "/nowhere/",
            "/video-call-tips/", "/what-are-liberating-structures/",
            "/account/sign-in/", "/account/join/", "/liberating-structures/", "/liberating-structures/1-2-4-all/",
            *(f"/meetups/{one.slug}/{page}" for one in (soon, full, both) for page in ("", "sign-up/", "topics/")),
        ],
        "links": [
            *(f"/booking/{addresses.booking_token(one)}/" for one in (booked, waiting, offered, gone)),
            *(f"/booking/{token}/{page}/" for page in ("answers", "cancel", "date")),
            *(_path(addresses.join(one)) for one in (booked, waiting, gone)),
            _path(addresses.preferences(booked.person)),
        ],
        "organise": [
            *_of(soon, f"people/{booked.pk}/", f"people/{booked.pk}/edit/", f"people/{booked.pk}/cancel/"),
            *_of(both, "people/badges/", "people/list/?needs=1"),
            *_of(full, "", "people/", f"people/{offered.pk}/", f"people/{waiting.pk}/"),
        ],
    }  # fmt: skip


def _series(soon: Meetup) -> Paths:
    """Somebody asked to follow, somebody follows, somebody stopped; news stand on the page."""
    now, olive = timezone.now(), Person.objects.get(email="olive@demo.example")
    for number in range(3):
        following.ask(soon.series, f"follower{number}@demo.example", now=now)
    asked, follows, _ = Follower.objects.filter(person__email__startswith="follower").order_by("pk")
    following.start(follows, now=now)
    news = News(
        meetup=soon, to=News.To.NOBODY, subject="Ten places left", body="Bring a topic.\n\nAnd a friend.",
        written_by=olive, written_at=now,
    )  # fmt: skip
    newsroom.publish(news, nonce=uuid4(), now=now)
    slug = soon.series.slug
    return {
        "public": [f"/series/{slug}/", f"/series/{slug}/embed/"],
        "links": [
            _path(addresses.confirm_following(asked)),
            _path(addresses.following(follows)),
            _path(addresses.stop_following(follows)),
        ],
        "organise": _of(soon, "tell/", "share/", "write/", "people/?all=1&q=an", f"write/?pick={_three(soon)}"),
    }


def _three(meetup: Meetup) -> str:
    """People to tick, for an address."""
    return "&pick=".join(str(one.pk) for one in meetup.signups.active().order_by("pk")[:3])


def _rooms(soon: Meetup, full: Meetup, both: Meetup) -> Paths:
    """No rooms; planned with a lock and two kept apart; planned again for who is here; refused."""
    now = timezone.now()
    plan, _ = planning.ask(soon, planning.Settings(planning.rounds_of_agenda(soon), "expected", "Oak\nElm"), now=now)
    planning.make(plan, now=now)
    plan.refresh_from_db()
    here = list(soon.signups.confirmed().order_by("pk"))
    marking.mark(soon, ticked=[one.pk for one in here[2:]], was_ticked=[], now=now)
    marking.keep_apart(soon, here[3], here[4])
    one = keeping.rounds_of(plan)[0]
    changing.lock(plan, one.rooms[0].row, is_locked=True)
    changing.hold(plan, one.row, is_held=True, now=now)
    changing.show(one.row, is_shown=True, now=now)
    planning.replan(plan, now=now)
    refused = "Two people who are kept apart are locked together"
    BreakoutPlan.objects.filter(meetup=full).update(asked_at=None, refused=refused)
    pages = ("rooms/", "rooms/plan/", "rooms/here/", "rooms/apart/")
    return {
        "organise": [
            *_of(both, *pages, "script/", "run/"),
            *_of(full, "rooms/"),
            *_of(soon, *pages, "rooms/1/", "rooms/1/sheet/", "rooms/2/", f"rooms/of/{here[3].pk}/"),
            *_of(soon, "script/", "script/?print=large", "run/"),
        ]
    }  # fmt: skip


def _came(held: Meetup, last: Meetup) -> Paths:
    """One report taken over, one undone, one to be looked through with people who are not clear."""
    now, olive = timezone.now(), Person.objects.get(email="olive@demo.example")
    names = list(last.signups.confirmed().order_by("pk").values_list("name", "person__email")[:4])
    day = last.starts_at.strftime("%d/%m/%Y")
    lines = "".join(
        f"{name},{email},{day} 10:02:00,{day} 11:32:00,90,Yes\n"
        for name, email in [names[0], (names[1][0], ""), (names[2][0].split()[0], ""), ("Zed Zebra", "")]
    )
    AttendanceImport.objects.create(
        meetup=last, kind="Zoom report", file_name="undone.csv", read_at=now, read_by=olive, state="undone",
        undone_at=now,
    )  # fmt: skip
    counting_in.read(last, (HEAD + lines).encode(), "participants_8123456.csv", now=now, by=olive)
    done = last.attendance_imports.get(state="confirmed")
    came = held.signups.exclude(came_at=None).first()
    return {
        "links": [
            f"/booking/{addresses.booking_token(came)}/",
            f"/booking/{addresses.booking_token(came)}/certificate/",
            _path(records.checking_address(came)),
        ],
        "organise": [
            *_of(held, "", "attendance/"),
            *_of(last, "", "attendance/", "attendance/review/", f"attendance/{done.pk}/undo/", "rooms/", "run/"),
        ],
    }


def _afterwards(held: Meetup, last: Meetup, soon: Meetup) -> Paths:
    """Words of people, quoted and not; notes that are out and notes that are being written; topics and two polls."""
    now, olive = timezone.now(), Person.objects.get(email="olive@demo.example")
    came = last.signups.exclude(came_at=None).order_by("pk")
    one, quiet = came.filter(feedback__isnull=False)[0], came.filter(feedback=None)[0]
    given = feedback.give(one, feedback.Said("It began on time.", "More time in rooms.", "named"), now=now)
    feedback.choose_quote(given, "It began on time.", by=olive, now=now)
    written = notes.of(held).current
    notes.save(held, written.body + "\n- Cake", based_on=written.number, by=olive, now=now)
    Notes.objects.filter(meetup=last).update(published_at=None, spread_at=None)
    topics.propose(last.series, "Tea", by=one.person, now=now)
    return {
        "public": [f"/meetups/{held.slug}/", f"/meetups/{held.slug}/notes/", f"/meetups/{last.slug}/topics/"],
        "links": [
            *(_path(addresses.feedback(signup)) for signup in (one, quiet)),
            _path(addresses.topics(one)),
        ],
        "organise": [
            *_of(held, "notes/", "notes/history/", "feedback/", "topics/"),
            *_of(last, "notes/", "notes/edit/", "notes/chat/", "notes/publish/", "topics/"),
            *_of(soon, "topics/"),
            *_of(last, "feedback/", f"feedback/{given.pk}/"),
        ],
    }


def _planning(soon: Meetup, draft: Meetup) -> Paths:
    own = OwnStructure.objects.create(
        name="Quiet start", line="You write for two minutes, then talk.", phases="2, alone, Write\n8, pairs, Talk"
    )
    item, question = soon.agenda.all()[1], soon.questions.first()
    usual, sponsor = soon.series.agenda.all()[0], soon.sponsors.all()[0]
    return {
        "organise": [
            "/organise/", "/organise/new/", "/organise/series/new/",
            *(f"/organise/series/{soon.series.slug}/{page}" for page in ("", "defaults/", "agenda/", "sponsors/")),
            *(f"/organise/series/{soon.series.slug}/agenda/{usual.pk}/{page}" for page in ("", "remove/")),
            f"/organise/new/?series={soon.series.slug}",
            *_of(soon, "sponsors/", *(f"sponsors/{sponsor.pk}/{page}" for page in ("", "remove/"))),
            "/organise/structures/", f"/organise/structures/{own.pk}/", f"/organise/structures/{own.pk}/remove/",
            *_of(soon, "", "edit/", "agenda/", f"agenda/{item.pk}/", f"agenda/{item.pk}/remove/", "questions/",
                 f"questions/{question.pk}/", "preview/", "move/", "cancel/", "next/", "people/", "people/add/"),
            *_of(draft, "", "preview/", "delete/", "agenda/"),
        ]
    }  # fmt: skip


def _mine() -> Paths:
    return {
        "mine": [
            "/words/", "/words/video-call-tips/edit/", "/words/video-call-tips/versions/",
            "/words/video-call-tips/versions/0/",
            "/my-things/", "/me/", "/me/preferences/", "/me/data/", "/me/leave/", "/account/email/",
            "/account/second-step/", reverse("meetups:my_record"), reverse("meetups:my_calendar"),
        ]
    }  # fmt: skip
