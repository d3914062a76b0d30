"""Changes of what a sign-up says, by the person or by a host: never unknowingly over what was changed meanwhile."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from meetups import emails, places, signups
from meetups.models import SignUp
from people.models import Person

# They always hear when one of these was changed: it is on their badge, in their certificate, or where they have to go.
ALWAYS_TOLD = {"name", "way"}
LABELS = {
    "name": "Name",
    "where": "Council or organisation",
    "way": "Attending",
    "role": "Role",
    "needs": "Access needs",
}


class ChangedMeanwhile(Exception):
    """Somebody changed the sign-up since the form was opened; nothing was saved."""


class NothingToChange(Exception):
    """It was cancelled, or the name is gone already; the message says so."""


@dataclass(frozen=True)
class Line:
    """One thing a sign-up says."""

    label: str
    words: str


@dataclass(frozen=True)
class Word:
    """What the person is to hear: whether small changes are worth a mail, and the hosts' own words."""

    tells: bool = True
    words: str = ""


@dataclass(frozen=True)
class Corrected:
    """What came of it."""

    signup: SignUp
    labels: list[str]
    is_told: bool


def lines(signup: SignUp) -> dict[str, Line]:
    """Everything a sign-up says, by what it is about."""
    about = {
        "name": signup.name,
        "where": signup.works_at,
        "way": signup.get_way_display(),
        "role": signup.get_role_display(),
        "needs": signup.access_needs,
    }
    asked = signup.answers.select_related("question")
    return {
        **{what: Line(LABELS[what], words) for what, words in about.items()},
        **{f"question_{answer.question_id}": Line(answer.question.label, answer.text) for answer in asked},
    }


def fingerprint(signup: SignUp) -> str:
    """The same as long as the sign-up says the same; it tells nothing about what that is."""
    said = {what: line.words for what, line in lines(signup).items()}
    return hashlib.sha256(json.dumps([signup.pk, said], sort_keys=True).encode()).hexdigest()[:32]


def said_by(signup: SignUp) -> dict[str, str]:
    """What somebody said about themselves, by the field of the form that asks for it."""
    about = {"name": signup.name, "works_at": signup.works_at, "role": signup.role, "access_needs": signup.access_needs}
    answers = {f"question_{answer.question_id}": answer.text for answer in signup.answers.all()}
    return {field: _plain(text) for field, text in (about | answers).items() if text}


def said_in(details: signups.Details) -> dict[str, str]:
    """The same of what a form says."""
    where = details.council.name if details.council else details.organisation
    about = {"name": details.name, "works_at": where, "role": details.role, "access_needs": details.access_needs}
    answers = {f"question_{question}": text for question, text in details.answers.items()}
    return {field: _plain(text) for field, text in (about | answers).items() if text}


def _plain(text: str) -> str:
    """Browsers send each end of a line as two characters."""
    return text.replace("\r\n", "\n").strip()


def marks(signup: SignUp) -> str:
    """What a form begins from, one mark a field: it tells which changed meanwhile, and nothing about the words."""
    return " ".join(f"{field}={_mark(field, text)}" for field, text in said_by(signup).items())


def _mark(field: str, text: str) -> str:
    return hashlib.sha256(f"{field}:{text}".encode()).hexdigest()[:16] if text else ""


@dataclass(frozen=True)
class Difference:
    """A field that says something else than when the form was opened; `is_theirs` when they changed it as well."""

    field: str
    now: str
    entered: str
    is_theirs: bool

    @property
    def is_conflict(self) -> bool:
        return self.now != self.entered


def differences(signup: SignUp, details: signups.Details, *, based_on: str) -> list[Difference]:
    """What was changed since the form was opened, which began from `based_on`, beside what was entered in it."""
    began = dict(mark.partition("=")[::2] for mark in based_on.split())
    now, entered = said_by(signup), said_in(details)
    return [
        Difference(field, now.get(field, ""), entered.get(field, ""), _is_other(began, field, entered))
        for field in dict.fromkeys([*now, *began])
        if _is_other(began, field, now)
    ]


def _is_other(began: dict[str, str], field: str, said: dict[str, str]) -> bool:
    return _mark(field, said.get(field, "")) != began.get(field, "")


@transaction.atomic
def change_own(signup: SignUp, details: signups.Details, *, based_on: str, now: datetime) -> None:
    """Keep what somebody now says about themselves, over nothing that was changed since they opened the form.

    `based_on` are the marks the form began from. The same sent twice is kept once. Raises ChangedMeanwhile,
    NothingToChange; then nothing was changed.
    """
    _, signup = places.locked(signup)
    if signup.is_cancelled or not signup.name:
        raise NothingToChange("This booking is cancelled." if signup.name else "The details are removed already.")
    if any(one.is_conflict for one in differences(signup, details, based_on=based_on)):
        raise ChangedMeanwhile
    if said_by(signup) != said_in(details):
        signups.change_answers(signup, details, now=now)


@transaction.atomic
def correct(
    signup: SignUp, details: signups.Details, *, based_on: str, word: Word, now: datetime, by: Person
) -> Corrected:
    """Keep what a host says about somebody, in their history too, and write to them once when they have to know.

    `based_on` is the fingerprint of what the form showed. Raises ChangedMeanwhile, NothingToChange, and what
    signups.change_way raises; then nothing at all was changed.
    """
    _, signup = places.locked(signup)
    if signup.is_cancelled or not signup.name:
        raise NothingToChange("This sign-up is cancelled." if signup.name else "The details are removed already.")
    if fingerprint(signup) != based_on:
        raise ChangedMeanwhile
    before = lines(signup)
    if details.way != signup.way:
        signup = signups.change_way(signup, details.way, now=now, by=by)
    signups.keep_what_they_say(signup, details)
    changed = _changed(before, lines(signup))
    is_told = bool(word.words or (changed and word.tells) or ALWAYS_TOLD & changed.keys())
    _note(signup, changed, is_told, word, now, by)
    if is_told:
        emails.corrected(signup, _for_them(changed), word=word.words, way_changed="way" in changed, now=now)
    return Corrected(signup, [line.label for line in changed.values()], is_told)


def _changed(before: dict[str, Line], after: dict[str, Line]) -> dict[str, Line]:
    """What says something else now; with no words where an answer was taken away."""
    everything = {**{what: Line(line.label, "") for what, line in before.items()}, **after}
    return {what: line for what, line in everything.items() if before.get(what, Line("", "")).words != line.words}


def _for_them(changed: dict[str, Line]) -> list[tuple[str, str]]:
    """As label and words. What helps them take part is named, not repeated: a mail passes many hands."""
    return [
        (line.label, "changed, see your booking" if what == "needs" else line.words or "nothing")
        for what, line in changed.items()
    ]


def _note(signup: SignUp, changed: dict[str, Line], is_told: bool, word: Word, now: datetime, by: Person) -> None:
    if changed:
        what = ", ".join(f"“{line.label}”" for line in changed.values())
        told = "We wrote to them" if is_told else "They were not written to"
        places.note(signup, f"Changed by a host on {places.when(now)}. {told}. What: {what}", now, by)
    if word.words:
        places.note(signup, f"A host wrote to them: “{word.words}”", now, by)
