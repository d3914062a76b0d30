"""Making a version of a report, letting committees read it, and handing it to another one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from documents import checking
from evidence import audit, authors, emails, leaks, overrides, report_files, report_writing
from evidence.models import HandOff, Inquiry, Item, Override, Report, ReportLink, ReportOpening, Topic
from evidence.usefulness import Answer
from people.models import Person

MOST_SHOWN = 12


class WouldLeak(Exception):
    """Somebody could be traced by this report; `faults` says where, for whoever can mend it."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


class Unfinished(Exception):
    """Something is not written yet that the report would have to leave out; `gaps` says what."""

    def __init__(self, gaps: list[str]) -> None:
        super().__init__(" ".join(gaps))
        self.gaps = gaps


@dataclass(frozen=True)
class ReportWords:
    """What an officer adds to what is there already, and whether it may leave out what is missing."""

    topic: Topic | None = None
    background: str = ""
    equality: str = ""
    despite_gaps: bool = False


@transaction.atomic
def make(inquiry: Inquiry, words: ReportWords, *, now: datetime, by: Person) -> Report:
    """The next version, as things are now. Raises WouldLeak or Unfinished, and then makes none."""
    Inquiry.objects.select_for_update(of=("self",)).get(pk=inquiry.pk)
    number = (inquiry.reports.aggregate(last=Max("number"))["last"] or 0) + 1
    content = report_writing.content(
        inquiry, words.topic, background=words.background, equality=words.equality, version=number, now=now
    )
    if faults := faults_of(inquiry, content):
        raise WouldLeak(faults)
    if not words.despite_gaps and (gaps := report_writing.gaps(inquiry, words.topic)):
        raise Unfinished(gaps)
    return Report.objects.create(
        inquiry=inquiry,
        topic=words.topic,
        number=number,
        title=content["title"][:200],
        background=words.background,
        equality=words.equality,
        content=content,
        digest=report_files.digest(content),
        made_by=by,
        made_at=now,
    )


def faults_of(inquiry: Inquiry, content: report_files.Content) -> list[str]:
    """Every place where a resident could be traced, in order."""
    guard = guard_of(inquiry)
    found = [f"{where} {why}." for where, text in report_files.texts(content) for why in guard.leaks(text)]
    return found[:MOST_SHOWN]


def guard_of(inquiry: Inquiry) -> leaks.Guard:
    """Knows what of this inquiry must not leave. Its own address is on its public page."""
    return leaks.Guard(private_of(inquiry), own_addresses=[inquiry.contact_email])


def tellable(inquiry: Inquiry, answers: list[Answer]) -> list[Answer]:
    """What people said at the end of sessions, without reasons by which a resident could be traced."""
    if not any(answer.why for answer in answers):
        return answers
    guard = guard_of(inquiry)
    return [replace(answer, why="") if guard.leaks(answer.why) else answer for answer in answers]


LEFT_OUT = "Left out: it leads to somebody."


def tellable_rows(inquiry: Inquiry, rows: Sequence[audit.Row]) -> list[tuple[str, ...]]:
    """The export for audit, without details and reasons, typed by whomever, by which a resident could be traced."""
    guard = guard_of(inquiry)

    def told(name: str, text: str) -> str:
        return LEFT_OUT if name in {"Details", "Reason"} and guard.leaks(text) else text

    return [tuple(told(name, text) for name, text in zip(audit.HEADER, row, strict=True)) for row in rows]


def private_of(inquiry: Inquiry) -> list[leaks.Private]:
    """What of each item stays inside. Words that may be quoted do not count; of others that is let through which an
    officer decided: the passage to be quoted, or what our words repeat.
    """
    quoted, repeated = (overrides.items_past(inquiry, kind) for kind in (Override.Kind.QUOTE, Override.Kind.OVERLAP))
    items = Item.objects.of(inquiry).prefetch_related("sightings")
    return [
        _private(
            item,
            overrides.quotation(item, is_overridden=item.pk in quoted).passage,
            item.our_words if item.pk in repeated else "",
        )
        for item in items
    ]


def _private(item: Item, *let_through: str) -> leaks.Private:
    exact = [item.exact_words, *(sighting.exact_words for sighting in item.sightings.all())]
    is_public = item.author_kind in Item.PUBLIC_KINDS
    keys = set() if is_public else {key for key in (item.hard_key, item.soft_key) if key}
    account = "" if is_public else authors.of_link(item.platform, item.link)
    return leaks.Private(item.name, () if item.may_be_quoted else exact, keys, let_through, account)


def as_docx(report: Report) -> tuple[bytes, list[str]]:
    """The document, and what the checker finds wrong with it: nothing, or it must not leave."""
    data = report_files.as_docx(report.content, author=report.content["committee"], made_at=report.made_at)
    return data, checking.faults(data)


# --- links ----------------------------------------------------------------------------------------------------------


def publish(report: Report, *, label: str, expires_on: date, now: datetime, by: Person) -> ReportLink:
    """A link for readers without an account."""
    return ReportLink.objects.create(report=report, label=label, expires_on=expires_on, made_by=by, made_at=now)


def revoke(link: ReportLink, *, now: datetime) -> None:
    """The link opens nothing from now on; when it was opened stays."""
    ReportLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=now)


def opened(link: ReportLink, what: str, *, now: datetime) -> None:
    """Write down that it was opened."""
    ReportOpening.objects.create(link=link, opened_at=now, what=what)


# --- hand-off -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ToCommittee:
    """Whom a version is given to, and until when the link in the mail opens it."""

    committee: str
    email: str
    expires_on: date
    note: str = ""


@transaction.atomic
def hand_off(report: Report, to: ToCommittee, *, now: datetime, by: Person) -> HandOff:
    """Give it to another committee, by mail; the same address gets it once."""
    made, is_new = HandOff.objects.get_or_create(
        report=report,
        email=to.email,
        defaults={
            "committee": to.committee,
            "note": to.note,
            "expires_on": to.expires_on,
            "sent_by": by,
            "sent_at": now,
        },
    )
    if is_new:
        emails.handed_off(made)
    return made


def take_back(hand_off: HandOff, *, now: datetime) -> None:
    """The link in the mail opens nothing from now on; that it was sent stays."""
    HandOff.objects.filter(pk=hand_off.pk, revoked_at=None).update(revoked_at=now)


@transaction.atomic
def receive(hand_off: HandOff, *, name: str, note: str, now: datetime) -> bool:
    """The receipt; the officers hear of it once. Says whether this was the first."""
    rows = HandOff.objects.filter(pk=hand_off.pk, received_at=None, revoked_at=None)
    if not rows.update(received_at=now, received_by=name, receipt_note=note):
        return False
    hand_off.refresh_from_db()
    for membership in hand_off.report.inquiry.memberships.officers().select_related("person"):
        emails.receipt(hand_off, membership.person)
    return True
