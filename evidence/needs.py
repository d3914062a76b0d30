"""What waits for somebody in an inquiry, the most urgent first."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from evidence import retention
from evidence.models import Complaint, Inquiry, Item, Membership
from meetups import dates
from meetups.timings import LONDON
from people.models import Person


@dataclass(frozen=True)
class Need:
    """A sentence, the page where it is dealt with, what the link says."""

    line: str
    url: str
    action: str
    is_urgent: bool = False


def of(inquiry: Inquiry, person: Person, role: str, now: datetime) -> list[Need]:
    """A constant number of queries."""
    of_officer = _of_officer(inquiry, now) if role == Membership.Role.OFFICER else []
    of_finder = _unfinished(inquiry, person) if role in Membership.WHO_LOG else []
    return [*of_officer, *of_finder]


def _of_officer(inquiry: Inquiry, now: datetime) -> list[Need]:
    today = now.astimezone(LONDON).date()
    complaints = [
        _complaint(one, (one.due_on - today).days) for one in inquiry.complaints.open().select_related("inquiry")
    ]
    return [
        *(*complaints, *_stops(inquiry), *_past_its_end(inquiry, today)),
        *(*_to_review(inquiry), *_in_no_theme(inquiry), *_draft(inquiry)),
    ]


def _complaint(complaint: Complaint, days_left: int) -> Need:
    due = f"answer by {dates.day(complaint.due_on)}, {days_left} day{'' if days_left == 1 else 's'} left"
    late = f"late since {dates.day(complaint.due_on)}"
    url = reverse("evidence:complaint", args=[complaint.inquiry.slug, complaint.pk])
    line = f"{complaint.noun.capitalize()}: {due if days_left >= 0 else late}."
    return Need(line, url, "Read and answer", is_urgent=days_left <= 7)


def _stops(inquiry: Inquiry) -> list[Need]:
    """Reasons of those who went past a stop, that no officer has read."""
    how_many = inquiry.stops.exclude(reason="").filter(seen_at=None).count()
    if not how_many:
        return []
    line = f"{how_many} {'reason' if how_many == 1 else 'reasons'} why one person was looked at again."
    return [Need(line, reverse("evidence:stops", args=[inquiry.slug]), "Read", is_urgent=True)]


def _past_its_end(inquiry: Inquiry, today: date) -> list[Need]:
    """Clocks count from the planned end although it still listens: what that means, while it can be put right."""
    if not inquiry.is_open or today <= inquiry.ends_on:
        return []
    line = f"Listening should have ended on {dates.day(inquiry.ends_on)}"
    how_many, last_day = retention.next_to_go(inquiry)
    if last_day:
        going = "1 item that nobody relies on goes" if how_many == 1 else f"{how_many} items that nobody relies on go"
        line += f"; {going}{', the first' if how_many > 1 else ''} after {dates.day(last_day)}"
    is_urgent = bool(last_day and (last_day - today).days <= 7)
    url = reverse("evidence:close", args=[inquiry.slug])
    return [Need(f"{line}.", url, "Close it, or give it a later end", is_urgent=is_urgent)]


def _to_review(inquiry: Inquiry) -> list[Need]:
    how_many = Item.objects.of(inquiry).waiting().count()
    if not how_many:
        return []
    line = f"{how_many} item{' waits' if how_many == 1 else 's wait'} for you to look at."
    return [Need(line, reverse("evidence:review", args=[inquiry.slug]), "Review")]


def _in_no_theme(inquiry: Inquiry) -> list[Need]:
    """A report is made of themes: what is in none is not in it."""
    how_many = Item.objects.of(inquiry).accepted().filter(reliance=Item.Reliance.RELIED, themes=None).count()
    if not how_many:
        return []
    line = f"{how_many} item{' is' if how_many == 1 else 's are'} relied on and in no theme, so in no report."
    return [Need(line, reverse("evidence:themes", args=[inquiry.slug]), "Put into a theme")]


def _draft(inquiry: Inquiry) -> list[Need]:
    if not inquiry.is_draft:
        return []
    return [Need("Nobody can log anything yet.", reverse("evidence:open", args=[inquiry.slug]), "Open the inquiry")]


def _unfinished(inquiry: Inquiry, person: Person) -> list[Need]:
    how_many = inquiry.searches.unfinished().filter(searched_by=person).count()
    if not how_many:
        return []
    line = f"You did not say yet what came of {how_many} search{'' if how_many == 1 else 'es'}."
    return [Need(line, reverse("evidence:searches", args=[inquiry.slug]), "Say what you found")]
