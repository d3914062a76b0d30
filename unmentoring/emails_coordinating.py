"""The words that go to whoever coordinates: each links to the page where they deal with it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from outbox import queue
from people.models import Person, Role
from unmentoring import addresses, emails
from unmentoring.models import PairingMember, Report

_BECAUSE = {
    Role.COORDINATOR: "You get this because you coordinate UnMentoring.",
    Role.ADMINISTRATOR: "You get this because you are an administrator and nobody coordinates UnMentoring who could.",
}
_NOBODY = (
    "You get this because nobody on this site coordinates UnMentoring. The page opens for whoever has the role"
    " “coordinator”: somebody has to be given it."
)


def stuck(member: PairingMember, *, now: datetime) -> None:
    """A pair cannot reach each other: the coordinator may find both somebody else."""
    names = " and ".join(partner.person.name for partner in member.partners)
    more = {"who": member.participant.person.name, "partners": names, "note": member.stuck_note}
    which = f"member={member.pk}:at={emails.at(now)}"
    _tell_coordinators("stuck", which, {**more, "page_url": _page("pair_again", member.pairing_id)})


def reported(report: Report) -> None:
    """Somebody reported a sales pitch, or something on the wall; whom it is about does not hear of it here."""
    about = report.about.person.name if report.about else str(report.learning)
    more = {"report": report, "about": about, "page_url": _page("decide", report.pk)}
    whom = report.about_whom
    _tell_coordinators("reported", f"report={report.pk}", more, but=whom.person_id if whom else None)


def _page(name: str, pk: int) -> str:
    return addresses.absolute(reverse(f"unmentoring:{name}", args=[pk]))


def _tell_coordinators(reason: str, which: str, more: Mapping[str, Any], *, but: int | None = None) -> None:
    for address, why in _whom(but):
        queue.queue(
            key=f"unmentoring.{reason}:{which}:to={address}",
            to=address,
            template=f"unmentoring/{reason}",
            context={**more, "why": why},
        )


def _whom(but: int | None) -> list[tuple[str, str]]:
    """Addresses and why they are written to: coordinators, else administrators, who may open the same pages."""
    for role, why in _BECAUSE.items():
        people = Person.objects.filter(grants__role=role, is_active=True).exclude(pk=but or 0).distinct()
        if found := [(person.email, why) for person in people.order_by("pk")]:
            return found
    return [(settings.CONTACT_EMAIL, _NOBODY)]
