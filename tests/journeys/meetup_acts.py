"""The acts of a whole meet-up, each played through the pages inside the site, at its moved clock."""

import csv
from itertools import combinations
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.utils import setup_test_environment
from django.urls import reverse
from django.utils import timezone

from meetups import addresses, retention
from meetups.models import BreakoutRound, Follower, Meetup, NotesVersion, Question, Series, SignUp
from outbox.models import Message
from people.models import Person
from tests import make

setup_test_environment()

PLACES = 12
COUNCILS = ["Essex County Council", "Kent County Council", "Leeds City Council", "Cardiff Council", "Hackney Council"]
OLIVE, FOLLOWER = "olive@council.example", "flo@council.example"
CHAT = """10:02:11 From Olive Osei to Everyone:
\tWhat will you take away?
10:02:40 From Person 3 to Everyone:
\tAsk who is missing
10:02:59 From Person 4 to Everyone:
\t+1
10:03:20 From Person 5 to Olive Osei(Direct Message):
\tMy boss is listening
"""


def guest(number: int) -> str:
    return f"person{number}@council{number % 5}.example"


def _olive() -> Client:
    return make.client(Person.objects.get(email=OLIVE))


def _of(name: str, *more: object) -> str:
    return reverse(f"meetups:{name}", args=[Meetup.objects.get().slug, *more])


def _path(link: str) -> str:
    return "/" + link.split("/", 3)[3]


def publish() -> dict[str, Any]:
    """A series, a draft with an agenda and a question, a follower who said yes, published, followers told."""
    olive = make.client(make.organiser(email=OLIVE, name="Olive Osei"))
    olive.post(reverse("meetups:new_series"), {"name": "Officers' network", "purpose": "To learn from each other."})
    series = Series.objects.get()
    make.client().post(reverse("meetups:follow", args=[series.slug]), {"email": FOLLOWER})
    make.client().post(_path(addresses.confirm_following(Follower.objects.get())))
    olive.post(
        reverse("meetups:new_meetup"),
        {
            "series": series.pk, "title": "Hearing more people", "summary": "How committees hear more people.",
            "on": "2027-02-24", "starts": "10:00", "ends": "12:00", "mode": "online", "places_online": PLACES,
            "join_url": "https://video.example.org/j/1", "hosts": OLIVE,
        },
    )  # fmt: skip
    for item in ({"structure": "nine-minute-networking"}, {"structure": "1-2-4-all", "title": "Who is missing?"}):
        olive.post(_of("agenda"), item)
    olive.post(_of("questions"), {"label": "Would you like to be a fish?", "kind": "choice", "choices": "Yes\nNo"})
    before = make.client().get(_of("detail")).status_code
    preview = olive.get(_of("preview")).content.decode()
    olive.post(_of("publish"))
    words = {"to": "followers", "subject": "A new meet-up", "body": "Come.", "nonce": str(uuid4()), "send": "1"}
    olive.post(_of("write_news"), words)
    page = make.client().get(_of("detail")).content.decode()
    return {
        "before": before,
        "preview says": "Joining details" in preview and "Confirmation with a calendar invitation" in preview,
        "agenda": list(Meetup.objects.get().agenda.values_list("title", "minutes")),
        "page says": "Nine minute networking" in page and "10:20am" in page and "A new meet-up" in page,
    }


def sign_up() -> dict[str, Any]:
    """Two more than there are places; the first gives theirs up, so the first in line gets it."""
    fish = Question.objects.get()
    for number in range(PLACES + 2):
        typed = {
            "name": f"Person {number}", "email": guest(number), "works_at": COUNCILS[number % 5],
            f"question_{fish.pk}": "Yes" if number % 4 == 0 else "No",
        }  # fmt: skip
        make.client().post(_of("sign_up"), typed)
    first = SignUp.objects.get(person__email=guest(0))
    make.client().post(reverse("meetups:cancel_booking", args=[addresses.booking_token(first)]))
    fishes = _olive().get(f"{_of('people')}?q=Person").content.decode()
    return {"states": _states(), "list says": "Person 13" in fishes and "Waiting" in fishes}


def _states() -> list[str]:
    return list(SignUp.objects.order_by("pk").values_list("state", flat=True))


def hold(joining: dict[str, str]) -> dict[str, Any]:
    """All but one join by their own links; rooms for two rounds; the clock runs; one comes late and one leaves."""
    late, *in_time = sorted(joining)
    met = [make.client().post(_path(joining[who]))["Location"] for who in in_time]
    olive = _olive()
    olive.post(_of("plan_rooms"), {"for_whom": "here", "round_1": "3", "round_2": "3"})
    planned = _rooms()
    olive.post(_of("run"), {"action": "start", "version": "0"})
    olive.post(_of("run"), {"action": "next", "version": "1"})
    running = olive.get(_of("run_state")).json()
    zoom = list(csv.reader(olive.get(_of("zoom_rooms", 1)).content.decode("utf-8-sig").splitlines()))
    sheet = olive.get(_of("room_sheet", 1)).content.decode()
    olive.post(_of("change_round", 1), {"change": "held"})
    make.client().post(_path(joining[late]))
    _leaves(olive, in_time[-1])
    olive.post(_of("replan_rooms"))
    olive.post(_of("change_round", 2), {"change": "show"})
    booking = SignUp.objects.get(person__email=late)
    page = make.client().get(reverse("meetups:booking", args=[addresses.booking_token(booking)])).content.decode()
    rooms = _rooms()
    return {
        "led to": sorted(set(met)),
        "planned twice": _repeats(planned),
        "planned people": [sorted(name for room in one for name in room) for one in planned],
        "first stays": rooms[0] == planned[0],
        "second has": sorted(name for room in rooms[1] for name in room),
        "repeats": _repeats(rooms),
        "rooms that changed": sum(set(room) not in [set(old) for old in planned[1]] for room in rooms[1]),
        "zoom": [zoom[0], len(zoom) - 1],
        "sheet says": all(name in sheet for room in planned[0] for name in room),
        "running": running["html"] is not None and "First nine minutes" in running["html"],
        "late sees a room": "Round 2" in page,
    }


def _leaves(olive: Client, email: str) -> None:
    gone = SignUp.objects.get(person__email=email).pk
    olive.post(_of("who_is_here"), {"was_here": [gone]})


def _rooms() -> list[list[list[str]]]:
    rounds = BreakoutRound.objects.order_by("number")
    return [[sorted(room.members.values_list("signup__name", flat=True)) for room in one.rooms.all()] for one in rounds]


def _repeats(rounds: list[list[list[str]]]) -> int:
    pairs = [pair for one in rounds for room in one for pair in combinations(sorted(room), 2)]
    return len(pairs) - len(set(pairs))


def read_report() -> dict[str, Any]:
    """The report of the call names somebody who joined without their own link."""
    came, olive = SignUp.objects.filter(came_at=None, state="confirmed").get(), _olive()
    head = "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest\n"
    line = f"{came.name},,24/02/2027 10:02:00,24/02/2027 11:58:00,116,Yes\n"
    refused = olive.post(_of("attendance"), {"report": SimpleUploadedFile("cat.png", b"\x89PNG\r\n\x1a\n")})
    olive.post(_of("attendance"), {"report": SimpleUploadedFile("participants.csv", (head + line).encode())})
    form = olive.get(_of("review_attendance")).context["form"]
    olive.post(_of("review_attendance"), {"report": form["report"].value(), "sure": list(form.certain)})
    return {
        "refused": bool(refused.context["form"].errors),
        "came": SignUp.objects.exclude(came_at=None).count(),
        "not yet asked": not Message.objects.filter(kind="meetups/feedback_request").exists(),
    }


def say(feedback_link: str) -> dict[str, Any]:
    """Feedback by the link in the mail, a quote, notes out of the chat, published."""
    make.client().post(
        _path(feedback_link), {"liked": "Small rooms. And tea.", "might_change": "", "quoting": "unnamed"}
    )
    olive, meetup = _olive(), Meetup.objects.get()
    olive.post(_of("choose_quote", meetup.feedback.get().pk), {"quote": "Small rooms."})
    form = olive.post(_of("read_chat"), {"chat": CHAT}).context["form"]
    olive.post(_of("read_chat"), {name: form[name].value() for name in form.fields})
    hidden = make.client().get(_of("notes")).status_code
    olive.post(_of("publish_notes"))
    return {
        "notes": NotesVersion.objects.get().body,
        "hidden before": hidden,
        "page says": "Ask who is missing" in make.client().get(_of("notes")).content.decode(),
        "home says": "Small rooms." in make.client().get("/").content.decode(),
    }


def look_back(email: str) -> dict[str, Any]:
    """Somebody prints their certificate, anybody checks it, and their record counts it."""
    signup = SignUp.objects.get(person__email=email)
    sheet = make.client().get(reverse("meetups:certificate", args=[addresses.booking_token(signup)]))
    checked = make.client().get(_path(sheet.context["check_url"])).content.decode()
    record = make.client(signup.person).get(reverse("meetups:my_record")).content.decode()
    return {
        "genuine": "This certificate is genuine" in checked and signup.name in checked,
        "record": "You have now met people from 4 other councils." in record and "Hearing more people" in record,
    }


def forget() -> dict[str, Any]:
    """A hundred days later names are gone; the notes and the counts stay."""
    retention.forget_old_signups(timezone.now())
    return {
        "names": list(SignUp.objects.exclude(name="").filter(person__last_login=None).values_list("name", flat=True)),
        "came": SignUp.objects.exclude(came_at=None).count(),
        "notes": "Ask who is missing" in make.client().get(_of("notes")).content.decode(),
    }
