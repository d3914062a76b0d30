"""Who is signed up for a meet-up, as its organisers look for them and take them out."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce, Lower
from django.utils.timezone import localtime

from meetups import answers, signups
from meetups.models import Meetup, Question, SignUp, SignUpQuerySet

MOST_WORDS = 8
# So many can be ticked at once: their numbers stand in the address of the page, which has an end.
MOST_PICKED = 300
_LONGEST_NUMBER = 18  # what a key of the database can hold
SORTS = {
    "name": (Lower("name"), "pk"),
    "council": (Lower(Coalesce("council__name", "organisation")), Lower("name"), "pk"),
    "state": ("state", "waiting_since", "signed_up_at", "pk"),
    "signed_up": ("signed_up_at", "pk"),
}


@dataclass(frozen=True)
class Wanted:
    """What is looked for; empty means everything. `answer` is a code of `answers`; `said`, words of an answer."""

    words: str = ""
    state: str = ""
    way: str = ""
    sort: str = "signed_up"
    answer: str = ""
    said: str = ""


ACTIVE = "active"  # all who have a place or wait for one


def find(meetup: Meetup, wanted: Wanted) -> QuerySet[SignUp]:
    found = meetup.signups.select_related("council", "person")
    if wanted.state == ACTIVE:
        found = found.active()
    elif wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.way:
        found = found.filter(way=wanted.way)
    if wanted.answer or wanted.said:
        question, text = answers.meant_by(wanted.answer) if wanted.answer else (None, None)
        found = found.answering(question=question, text=text, words=wanted.said.split()[:MOST_WORDS])
    for word in wanted.words.split()[:MOST_WORDS]:
        found = found.filter(
            Q(name__icontains=word)
            | Q(council__name__icontains=word)
            | Q(organisation__icontains=word)
            | Q(person__email__icontains=word)
        )
    return found.order_by(*SORTS[wanted.sort])


def numbers(values: Iterable[str]) -> list[int]:
    """The numbers of sign-ups that were ticked, each once; what is no such number counts as nothing."""
    found = {int(one) for one in values if one.isascii() and one.isdecimal() and len(one) <= _LONGEST_NUMBER}
    return sorted(found)


def picked(meetup: Meetup, ids: Collection[int]) -> QuerySet[SignUp]:
    """Whom one can write to of those who were ticked, by name: people of this meet-up who are still there."""
    return named(meetup).filter(pk__in=ids).active()


@dataclass(frozen=True)
class Ticks:
    """Whom a host has ticked so far in the list, of which one page is shown; those `elsewhere` stay ticked too."""

    ids: list[int]
    elsewhere: list[int]
    findable: int
    are_too_many: bool


def ticks(
    meetup: Meetup, ids: Collection[int], found: QuerySet[SignUp], *, shown: Collection[int], adds_found: bool
) -> Ticks:
    """What is ticked of the list; with everybody who was found when that is asked for. The first so many count."""
    findable = set(found.exclude(name="").exclude(state=SignUp.State.CANCELLED).values_list("pk", flat=True))
    wanted = findable.union(ids) if adds_found else set(ids)
    known = sorted(picked(meetup, wanted).values_list("pk", flat=True)) if wanted else []
    kept = known[:MOST_PICKED]
    return Ticks(kept, [one for one in kept if one not in shown], len(findable), len(kept) < len(known))


def dropped_out(meetup: Meetup, ids: Collection[int]) -> list[str]:
    """The names of those who were ticked and have cancelled since."""
    gone = named(meetup).filter(pk__in=ids, state=SignUp.State.CANCELLED)
    return list(gone.values_list("name", flat=True))


def named(meetup: Meetup) -> SignUpQuerySet:
    """By name; without those whose names were removed."""
    signups: SignUpQuerySet = meetup.signups.exclude(name="")
    return signups.order_by(*SORTS["name"])


def expected(meetup: Meetup, way: str = "") -> QuerySet[SignUp]:
    """Everybody with a place, by name; only those who attend this way when one is given. Nobody without a name."""
    return find(meetup, Wanted(state=SignUp.State.CONFIRMED, way=way, sort="name")).exclude(name="")


def why_closed(meetup: Meetup, now: datetime) -> str:
    """Why nobody can be signed up by hand, in a sentence; empty when one can. The closing time does not matter."""
    is_possible = meetup.state == Meetup.State.PUBLISHED and not meetup.is_over(now)
    return "" if is_possible else signups.why_closed(meetup, now)


Table = tuple[list[str], list[list[str]]]


def table(found: QuerySet[SignUp], questions: Iterable[Question], *, with_private: bool) -> Table:
    """The header and the rows for a spreadsheet; access needs and answers only when they are asked for."""
    asked = list(questions) if with_private else []
    header = ["Name", "Email address", "Council or organisation", "Role", "Attending", "State", "Signed up", "Came"]
    if not with_private:
        return header, [_row(signup) for signup in found]
    rows = found.prefetch_related("answers")
    header += ["Access needs", *(question.label for question in asked)]
    return header, [_row(signup) + _private(signup, asked) for signup in rows]


def _row(signup: SignUp) -> list[str]:
    return [
        signup.name,
        signup.person.email if signup.name else "",
        signup.works_at,
        signup.get_role_display(),
        signup.get_way_display(),
        signup.get_state_display(),
        _moment(signup.signed_up_at),
        _moment(signup.came_at),
    ]


def _private(signup: SignUp, questions: list[Question]) -> list[str]:
    answers = {answer.question_id: answer.text for answer in signup.answers.all()}
    return [signup.access_needs, *(answers.get(question.pk, "") for question in questions)]


def _moment(moment: datetime | None) -> str:
    """As spreadsheets understand it, on a London clock."""
    return f"{localtime(moment):%Y-%m-%d %H:%M}" if moment else ""
