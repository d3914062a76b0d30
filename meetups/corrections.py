"""What hosts change in somebody's sign-up: never over what was changed meanwhile, and the person hears what matters."""

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
