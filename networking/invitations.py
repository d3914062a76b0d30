"""Inviting people to a cohort: looked through first, then told by mail in the worker, withdrawn or sent again."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Lower

from networking import emails_invitations
from networking.invitation_lines import Line, Reading
from networking.models import Cohort, Member, MemberQuerySet
from networking.models.members import INVITATION_LIVES
from people import councils
from people.models import Council, Person

AGAIN_AFTER = timedelta(days=1)  # nobody gets the same invitation twice within this time
PLACES = 2  # what a mentor takes until somebody says otherwise
_PART = 500  # rows looked up or written at a time
T = TypeVar("T")


class TooSoon(Exception):
    """An invitation went out less than a day ago."""


class CohortFinished(Exception):
    """Nobody is invited any more."""


@dataclass(frozen=True)
class Checked:
    """What would happen: who is invited, who is there already, what is left out."""

    reading: Reading
    new: list[Line] = field(default_factory=list)
    here: list[tuple[Line, str]] = field(default_factory=list)


def check(cohort: Cohort, reading: Reading) -> Checked:
    """Compare a list with the cohort; nothing is changed. A constant number of queries for each 500 lines."""
    before = _members(cohort)
    new, here = [], []
    for line in reading.lines:
        member = before.get((line.email.casefold(), line.role))
        if member and member.state in {Member.State.JOINED, Member.State.INVITED}:
            here.append((line, member.get_state_display()))
        else:
            new.append(line)
    return Checked(reading, new, here)


def _members(cohort: Cohort) -> dict[tuple[str, str], Member]:
    rows = cohort.members.select_related("person")
    return {(member.person.email.casefold(), member.role): member for member in rows}


@transaction.atomic
def invite(cohort: Cohort, lines: Sequence[Line], *, note: str, now: datetime, by: Person) -> list[Member]:
    """Invite everybody who is neither here nor invited; who said no or left is asked again. A worker sends the mails.

    Nothing that somebody has said about themselves is changed by what stands in a list. Raises CohortFinished.
    """
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    if cohort.is_finished:
        raise CohortFinished
    new = check(cohort, Reading(list(lines), [], [])).new
    people, before = _people(new), _members(cohort)
    asked = {"state": Member.State.INVITED, "invited_at": now, "invited_by": by, "mailed_at": None}
    fields = {**asked, "invitation_note": note}
    back = [member.pk for line in new if (member := before.get((line.email.casefold(), line.role)))]
    made = [
        _member(cohort, people[line.email.casefold()], line, fields)
        for line in new
        if (line.email.casefold(), line.role) not in before
    ]
    for part in _parts(back):
        _not_in(part).update(**fields)
    Member.objects.bulk_create(made, batch_size=_PART)
    return made


def _parts(whole: Sequence[T]) -> list[Sequence[T]]:
    """As much of it as goes into one query."""
    return [whole[at : at + _PART] for at in range(0, len(whole), _PART)]


def _not_in(members: Sequence[int]) -> MemberQuerySet:
    """These rows but for those who have said yes in this very moment: nobody is put back to being invited."""
    return Member.objects.filter(pk__in=members).exclude(state=Member.State.JOINED)


def _member(cohort: Cohort, person: Person, line: Line, fields: dict[str, object]) -> Member:
    capacity = PLACES if line.role == Member.Role.MENTOR else None
    return Member(cohort=cohort, person=person, role=line.role, area=line.where, capacity=capacity, **fields)


def _people(lines: Sequence[Line]) -> dict[str, Person]:
    """By address: who is known, and who is from now on. The same number of queries for each 500 lines."""
    wanted = {line.email.casefold(): line for line in lines}
    known = _known(list(wanted))
    new = [line for address, line in wanted.items() if address not in known]
    if not new:
        return known
    found = councils.all_named(line.council for line in new)
    Person.objects.write_down([_newcomer(line, found.get(line.council)) for line in new])
    # Read again: somebody else may have written down one of them in this very moment.
    return known | _known([line.email.casefold() for line in new])


def _known(addresses: Sequence[str]) -> dict[str, Person]:
    rows = Person.objects.annotate(plain=Lower("email"))
    return {person.email.casefold(): person for part in _parts(addresses) for person in rows.filter(plain__in=part)}


def _newcomer(line: Line, council: Council | None) -> Person:
    return Person(email=line.email, name=line.name, council=council, organisation="" if council else line.council)


@transaction.atomic
def again(member: Member, *, now: datetime) -> None:
    """Send the invitation once more. Raises TooSoon, CohortFinished."""
    if Cohort.objects.get(pk=member.cohort_id).is_finished:
        raise CohortFinished
    old = Member.objects.select_for_update().get(pk=member.pk)
    if old.mailed_at is None or old.mailed_at > now - AGAIN_AFTER:
        raise TooSoon
    waiting = Member.objects.filter(pk=member.pk, state=Member.State.INVITED)
    waiting.update(invited_at=now, mailed_at=None)


@transaction.atomic
def withdraw(member: Member) -> bool:
    """Take an invitation back: its link opens nothing any more. False when they have answered meanwhile."""
    return _take_back(Member.objects.filter(pk=member.pk).invited()) > 0


def _take_back(members: MemberQuerySet) -> int:
    """Whoever was here before has left again, with their history; of the others nothing stays."""
    back = members.exclude(joined_at=None).update(
        state=Member.State.LEFT, invitation_note="", link_version=F("link_version") + 1
    )
    return back + members.delete()[0]


@transaction.atomic
def renew_link(cohort: Cohort) -> None:
    """A new link to join; the one that was handed out opens nothing any more."""
    Cohort.objects.filter(pk=cohort.pk).update(invitation_version=F("invitation_version") + 1)


@transaction.atomic
def ask_to_join(cohort: Cohort, line: Line, *, now: datetime) -> bool:
    """Somebody with the link typed their address: they get a mail, which shows that it is theirs. Safe to repeat.

    Who is in the cohort, or has been asked today, gets none; the page says the same to everybody. Who was in it and
    is out, also because a lead took them out, comes back only when a lead invites them.
    """
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    before = _members(cohort).get((line.email.casefold(), line.role))
    if cohort.is_finished or _is_or_was_here(cohort, line):
        return False
    if before and before.state == Member.State.INVITED and before.mailed_at and before.mailed_at > now - AGAIN_AFTER:
        return False
    asked = {"state": Member.State.INVITED, "invited_at": now, "mailed_at": None}
    if before:
        return bool(_not_in([before.pk]).update(**asked))
    person = _people([line])[line.email.casefold()]
    _member(cohort, person, line, asked).save()
    return True


def _is_or_was_here(cohort: Cohort, line: Line) -> bool:
    """In this role; or out in another and in none: whoever was a councillor does not come back as an expert."""
    states = dict(cohort.members.filter(person__email__iexact=line.email).values_list("role", "state"))
    here, out = Member.State.JOINED, Member.State.LEFT
    return states.get(line.role) in {here, out} or (out in states.values() and here not in states.values())


# --- The clock ----------------------------------------------------------------------------------------------------


def queue_due(now: datetime) -> int:
    """Write to everybody who was invited and not written to; how many. Safe to repeat, and in two workers at once.

    Not for a cohort that has finished meanwhile; should it go on after all, they are written to then.
    """
    due = Member.objects.filter(state=Member.State.INVITED, mailed_at=None).order_by("invited_at", "pk")
    due = due.exclude(cohort__state=Cohort.State.FINISHED)
    return sum(_write(pk, now) for pk in due.values_list("pk", flat=True))


@transaction.atomic
def _write(pk: int, now: datetime) -> bool:
    waiting = Member.objects.filter(pk=pk, state=Member.State.INVITED, mailed_at=None)
    if not waiting.update(mailed_at=now):
        return False
    emails_invitations.invitation(Member.objects.with_people().select_related("invited_by").get(pk=pk))
    return True


def forget_unanswered(now: datetime) -> int:
    """Take back what nobody has answered, and forget who said no; how many."""
    states = [Member.State.INVITED, Member.State.DECLINED]
    return _take_back(Member.objects.filter(state__in=states, invited_at__lt=now - INVITATION_LIVES))
