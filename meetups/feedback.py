"""What people thought of a meet-up: said by them, read by its hosts, quoted only as they allow."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from meetups.models import Feedback, Meetup, SignUp, feedback_closes_at
from people import consents
from people.models import Person

Quoting = Feedback.Quoting
# What is agreed to by each way of being quoted.
WORDINGS = {Quoting.UNNAMED: consents.QUOTING_UNNAMED, Quoting.NAMED: consents.QUOTING_NAMED}


class FeedbackClosed(Exception):
    """It is too early or too late to say what one thought; the message says which."""


class NotTheirWords(Exception):
    """A quote has to stand in what the person said, word for word, and they have to allow it."""


@dataclass(frozen=True)
class Said:
    """The answers to the two questions, and whether they may be quoted."""

    liked: str
    might_change: str
    quoting: str


def why_closed(meetup: Meetup, now: datetime) -> str:
    """Why nothing can be said now, in a sentence; empty when it can."""
    if meetup.is_cancelled:
        return "This meet-up was cancelled."
    if not meetup.has_started(now):
        return "Come back after the meet-up to say what you thought of it."
    return "Feedback on this meet-up is closed." if now >= feedback_closes_at(meetup) else ""


@transaction.atomic
def give(signup: SignUp, said: Said, *, now: datetime) -> Feedback:
    """Keep what this person thinks, over what they said before, and record what they agree to.

    Words a host chose stay public only while they are in the answers and may be quoted. Raises FeedbackClosed.
    """
    if why := why_closed(signup.meetup, now):
        raise FeedbackClosed(why)
    fields = {"liked": said.liked, "might_change": said.might_change, "quoting": said.quoting, "changed_at": now}
    Meetup.objects.locked(signup.meetup_id)
    feedback, _ = Feedback.objects.get_or_create(
        signup=signup, defaults={"meetup": signup.meetup, "given_at": now, **fields}
    )
    for name, value in fields.items():
        setattr(feedback, name, value)
    if not feedback.may_be_quoted or not _is_in(feedback.quote, feedback):
        feedback.quote = ""
    feedback.save()
    _record_consent(signup.person, Quoting(said.quoting), now)
    return feedback


def _record_consent(person: Person, quoting: Feedback.Quoting, now: datetime) -> None:
    """Give the consent chosen; withdraw those that no answer of theirs rests on any more."""
    if wording := WORDINGS.get(quoting):
        consents.give(person, wording, now=now)
    for way, wording in WORDINGS.items():
        if not Feedback.objects.filter(signup__person=person, quoting=way).exists():
            consents.withdraw(person, wording.purpose, now=now)


@transaction.atomic
def choose_quote(feedback: Feedback, words: str, *, by: Person, now: datetime) -> None:
    """Show these words of theirs on public pages; none takes them off again. Raises NotTheirWords."""
    feedback = Feedback.objects.select_for_update().get(pk=feedback.pk)
    words = _plain(words)
    if words and not (feedback.may_be_quoted and _is_in(words, feedback)):
        raise NotTheirWords
    feedback.quote, feedback.chosen_by, feedback.chosen_at = words, by, now
    feedback.save()


def _is_in(words: str, feedback: Feedback) -> bool:
    return any(_plain(words) in _plain(answer) for answer in (feedback.liked, feedback.might_change))


def _plain(words: str) -> str:
    return " ".join(words.split())


def table(rows: Iterable[Feedback]) -> tuple[list[str], list[list[object]]]:
    """The answers for a spreadsheet; whose they are only where the person lets us say so."""
    header = ["Something they like", "Something they might change", "Quoting", "By", "Quote on public pages"]
    return header, [[r.liked, r.might_change, r.get_quoting_display(), r.said_by, r.quote] for r in rows]


@transaction.atomic
def forget_of(signups: Iterable[int]) -> None:
    """Part the words from whose they were: they stay for the hosts, unnamed."""
    rows = Feedback.objects.filter(signup__in=list(signups))
    rows.filter(quoting=Quoting.NAMED).update(quoting=Quoting.UNNAMED)
    rows.update(signup=None)
