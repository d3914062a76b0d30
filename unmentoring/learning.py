"""What people learned, who may see it, and word that something is not right."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from people.models import Person
from unmentoring import emails_coordinating, resting
from unmentoring.models import Learning, PairingMember, Participant, Report

State = Learning.State


class NothingSaid(ValueError):
    """Neither words nor a link."""


class NotTakingPart(ValueError):
    """They left, or were removed."""


class NotYourPartner(ValueError):
    """One can report only whom one was put together with."""


@transaction.atomic
def share(
    participant: Participant,
    *,
    text: str = "",
    link: str = "",
    visible_to: str = Learning.To.PARTICIPANTS,
    with_name: bool = False,
    member: PairingMember | None = None,
    now: datetime,
) -> Learning:
    """Keep what somebody learned. What everyone may see waits for the coordinator. The same words twice are one."""
    text, link = text.strip(), link.strip()
    if not text and not link:
        raise NothingSaid("Enter what you learned, or a link to your post")
    if participant.is_gone:
        raise NotTakingPart("Only people who take part in UnMentoring share what they learned.")
    same = participant.learnings.filter(text=text, link=link, member=member).first()
    if same:
        return same
    state = State.WAITING if visible_to == Learning.To.EVERYONE else State.SHOWN
    resting.heard(participant, now)
    return Learning.objects.create(
        participant=participant,
        member=member,
        text=text,
        link=link,
        visible_to=visible_to,
        with_name=with_name,
        state=state,
        shared_at=now,
    )


def approve(learning: Learning, *, by: Person, now: datetime) -> Learning:
    """Show it to whom it is meant for."""
    return _moderate(learning, State.SHOWN, by, now)


def take_down(learning: Learning, *, by: Person, now: datetime) -> Learning:
    """Nobody but the coordinator sees it any more."""
    return _moderate(learning, State.HIDDEN, by, now)


def _moderate(learning: Learning, state: str, by: Person, now: datetime) -> Learning:
    learning.state, learning.moderated_by, learning.moderated_at = state, by, now
    learning.save(update_fields=["state", "moderated_by", "moderated_at"])
    return learning


def share_text(learning: Learning) -> str:
    """Ready words for a post; no name of a partner is in them."""
    words = learning.text if len(learning.text) <= 200 else f"{learning.text[:199].rstrip()}…"
    return " ".join(part for part in (words, f"#UnMentoring with {settings.SITE_NAME}", learning.link) if part)


# --- Reports ------------------------------------------------------------------------------------------------------


@transaction.atomic
def report_pitch(member: PairingMember, about: Participant, text: str, *, now: datetime) -> Report:
    """Word to the coordinator of a sales pitch by a partner; more join an open one. Raises NotYourPartner."""
    partners = PairingMember.objects.filter(pairing=member.pairing_id, participant=about)
    if about.pk == member.participant_id or not partners.exists():
        raise NotYourPartner("You were not put together with this person.")
    which = {"kind": Report.Kind.PITCH, "member": member, "about": about}
    report = _report(which, text, reporter=member.participant.person, now=now)
    resting.heard(member.participant, now)
    return report


@transaction.atomic
def report_learning(learning: Learning, text: str, *, reporter: Person | None = None, now: datetime) -> Report:
    """Word to the coordinator about something on the wall; while one report is open, others join it silently."""
    return _report({"kind": Report.Kind.LEARNING, "learning": learning}, text, reporter=reporter, now=now)


def _report(which: dict[str, Any], text: str, *, reporter: Person | None, now: datetime) -> Report:
    """The open report of this with these words in it. One that was decided stays as it is: then a new one begins."""
    words = text.strip()[:1000]
    # Locked, so that of two who add at once neither loses a word, and nobody adds to what is decided just now.
    report, is_new = Report.objects.select_for_update().get_or_create(
        **which,
        state=Report.State.OPEN,
        defaults={"text": words, "reported_by": reporter, "reported_at": now},
    )
    if is_new:
        emails_coordinating.reported(report)
    else:
        report.add(words)
    return report


@transaction.atomic
def uphold(report: Report, *, remove: bool = False, decision: str = "", by: Person, now: datetime) -> Report:
    """The report is right: a strike for a pitch (and removal, if said), or the learning is taken down. Repeatable."""
    if not _decide(report, Report.State.UPHELD, decision, by, now):
        return report
    if report.learning:
        take_down(report.learning, by=by, now=now)
    if report.about:
        about = Participant.objects.select_for_update(of=("self",)).get(pk=report.about.pk)
        about.strikes += 1
        about.save(update_fields=["strikes"])
        if remove:
            resting.remove(about, why="You accepted one rule, no sales pitches, and did not keep it.", now=now)
    return report


@transaction.atomic
def dismiss(report: Report, *, decision: str = "", by: Person, now: datetime) -> Report:
    """Nothing follows from it."""
    _decide(report, Report.State.DISMISSED, decision, by, now)
    return report


def _decide(report: Report, state: str, decision: str, by: Person, now: datetime) -> bool:
    """True for the first decision; a second click changes nothing."""
    decided = {"state": state, "decided_by": by, "decided_at": now, "decision": decision.strip()[:500]}
    is_first = Report.objects.filter(pk=report.pk, state=Report.State.OPEN).update(**decided)
    report.refresh_from_db()
    return bool(is_first)
