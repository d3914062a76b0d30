"""The words that leave: one function per e-mail."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from evidence import addresses
from evidence.models import Complaint, HandOff, HelpRequest, StopShown
from meetups import addresses as meetup_addresses
from meetups import dates
from outbox import queue
from people.models import Person

# The topic of preferences under which questions of colleagues can be stopped.
HELP = "questions-of-colleagues"


def complaint_received(complaint: Complaint) -> None:
    """To whoever wrote: it is here, and by when they have an answer."""
    _about(complaint, "complaint_received", to=complaint.email)


def complaint_arrived(complaint: Complaint, officer: Person) -> None:
    """To an officer: somebody wrote, and the clock runs. The words stay on the site."""
    url = _of_site(reverse("evidence:complaint", args=[complaint.inquiry.slug, complaint.pk]))
    _about(complaint, "complaint_arrived", to=officer.email, more={"url": url}, key=f"officer={officer.pk}")


def complaint_answered(complaint: Complaint) -> None:
    """To whoever wrote: the officer's answer, and where to go when it is not enough."""
    _about(complaint, "complaint_answered", to=complaint.email)


def went_past_a_stop(stop: StopShown, officer: Person) -> None:
    """To an officer: somebody was stopped before one private person, and went on for this reason."""
    inquiry = stop.inquiry
    assert inquiry
    queue.queue(
        key=f"evidence.went_past_a_stop:stop={stop.pk}:officer={officer.pk}",
        to=officer.email,
        template="evidence/went_past_a_stop",
        context={
            "stop": stop,
            "who": stop.shown_to and (stop.shown_to.name or stop.shown_to.email),
            "inquiry": inquiry,
            "url": _of_site(reverse("evidence:stops", args=[inquiry.slug])),
        },
        reply_to=[stop.shown_to.email] if stop.shown_to else [],
    )


def help_asked(request: HelpRequest) -> None:
    """To somebody on “Who can help”: a question of a colleague. Answering the mail answers them."""
    asked_by, person = request.asked_by, request.helper.person
    queue.queue(
        key=f"evidence.help_asked:request={request.pk}",
        to=person.email,
        template="evidence/help_asked",
        context={
            "asked": request,
            "who": asked_by.name or asked_by.email,
            "works_at": asked_by.works_at,
            "helper_url": _of_site(reverse("evidence:help_others")),
        },
        reply_to=[asked_by.email],
        unsubscribe_url=meetup_addresses.unsubscribe(person, HELP),
    )


def _about(
    complaint: Complaint, name: str, *, to: str, more: dict[str, Any] | None = None, key: str = "writer"
) -> None:
    inquiry = complaint.inquiry
    context = {
        "complaint": complaint,
        "inquiry": inquiry,
        "due_on": dates.day(complaint.due_on),
        "public_url": _of_site(reverse("evidence:public", args=[inquiry.slug])),
        **(more or {}),
    }
    queue.queue(
        key=f"evidence.{name}:complaint={complaint.pk}:{key}",
        to=to,
        template=f"evidence/{name}",
        context=context,
        reply_to=[inquiry.contact_email],
    )


def _of_site(path: str) -> str:
    return settings.SITE_URL + path


def handed_off(hand_off: HandOff) -> None:
    """To the other committee: a report for you, and where to say that you have it."""
    _about_report(hand_off, "handed_off", to=hand_off.email, url=addresses.of_hand_off(hand_off))


def receipt(hand_off: HandOff, officer: Person) -> None:
    """To an officer: the other committee has it."""
    report = hand_off.report
    url = _of_site(reverse("evidence:report", args=[report.inquiry.slug, report.pk]))
    _about_report(hand_off, "receipt", to=officer.email, url=url, key=f":officer={officer.pk}")


def _about_report(hand_off: HandOff, name: str, *, to: str, url: str, key: str = "") -> None:
    inquiry = hand_off.report.inquiry
    queue.queue(
        key=f"evidence.{name}:hand_off={hand_off.pk}{key}",
        to=to,
        template=f"evidence/{name}",
        context={
            "hand_off": hand_off,
            "report": hand_off.report,
            "inquiry": inquiry,
            "url": url,
            "until": dates.day(hand_off.expires_on),
        },
        reply_to=[inquiry.contact_email],
    )
