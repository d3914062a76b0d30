"""Complaints, objections and questions about an inquiry: taken at once, answered within thirty days."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from evidence import emails
from evidence.models import ANSWER_WITHIN, Complaint, Inquiry
from meetups.timings import LONDON
from people.models import Person


@dataclass(frozen=True)
class Said:
    """What somebody wrote; name and address only when they want an answer."""

    kind: str
    text: str
    name: str = ""
    email: str = ""


@transaction.atomic
def receive(inquiry: Inquiry, said: Said, *, now: datetime) -> Complaint:
    """Keep it, tell the officers, and tell whoever wrote that it is here and by when they hear from us."""
    today = now.astimezone(LONDON).date()
    complaint = Complaint.objects.create(
        inquiry=inquiry,
        kind=said.kind,
        text=said.text,
        name=said.name,
        email=said.email,
        received_at=now,
        due_on=today + ANSWER_WITHIN,
        acknowledged_at=now if said.email else None,
    )
    for membership in inquiry.memberships.officers().select_related("person"):
        emails.complaint_arrived(complaint, membership.person)
    if said.email:
        emails.complaint_received(complaint)
    return complaint


class AlreadyAnswered(Exception):
    """Two officers answered at once; the first one's words went out."""


@transaction.atomic
def answer(complaint: Complaint, text: str, *, now: datetime, by: Person) -> None:
    """Write down the answer and send it where there is an address; raises AlreadyAnswered."""
    rows = Complaint.objects.filter(pk=complaint.pk, answered_at=None)
    if not rows.update(answered_at=now, answered_by=by, answer=text):
        raise AlreadyAnswered
    complaint.refresh_from_db()
    if complaint.email:
        emails.complaint_answered(complaint)
