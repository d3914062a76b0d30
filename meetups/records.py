"""What somebody has taken part in: their record, and certificates that anybody can check."""

from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.urls import reverse

from meetups import addresses, feedback, topics
from meetups.models import Backing, Feedback, Meetup, SignUp, Topic
from people import my_data
from people.models import Person

CERTIFICATE = "meetups:certificate"


class NoSuchCertificate(Exception):
    """We did not issue it, or the attendance behind it was struck out."""


@dataclass(frozen=True)
class Certificate:
    """All that it says, and all that checking it reveals."""

    name: str
    meetup: Meetup


def certificate_of(signup: SignUp) -> Certificate:
    """For whoever came, also after they had cancelled. Raises NoSuchCertificate."""
    if signup.came_at is None or not signup.name:
        raise NoSuchCertificate
    return Certificate(signup.name, signup.meetup)


def checking_address(signup: SignUp) -> str:
    """Where anybody can check it. The signed address carries the name itself, so that we need not keep it for this."""
    token = signing.dumps([signup.pk, signup.name], salt=CERTIFICATE)
    return addresses.absolute(reverse("meetups:check_certificate", args=[token]))


def check(token: str) -> Certificate:
    """What a certificate with this address says, while the attendance stands. Raises NoSuchCertificate."""
    try:
        pk, name = signing.loads(token, salt=CERTIFICATE)
        signup = SignUp.objects.came().select_related("meetup__series").get(pk=pk)
    except (signing.BadSignature, SignUp.DoesNotExist) as error:
        raise NoSuchCertificate from error
    return Certificate(name, signup.meetup)


@dataclass(frozen=True)
class Attended:
    """A meet-up somebody came to, with where to go from there."""

    meetup: Meetup
    certificate_url: str
    notes_url: str


def attended(person: Person, now: datetime) -> list[Attended]:
    """The meet-ups this person came to, the newest first."""
    came = person.signups.came().filter(meetup__starts_at__lte=now)
    rows = came.select_related("meetup__series", "meetup__notes").order_by("-meetup__starts_at", "-pk")
    return [Attended(row.meetup, _certificate_url(row), _notes_url(row.meetup)) for row in rows]


def _certificate_url(signup: SignUp) -> str:
    return reverse("meetups:certificate", args=[addresses.booking_token(signup)]) if signup.name else ""


def _notes_url(meetup: Meetup) -> str:
    notes = getattr(meetup, "notes", None)
    return addresses.notes_path(meetup) if notes and notes.published_at else ""


def councils_met(person: Person) -> int:
    """From how many other councils people came to the meet-ups this person came to."""
    mine = person.signups.came()
    others = SignUp.objects.came().filter(meetup__in=mine.values("meetup"))
    others = others.exclude(person=person).exclude(council=None)
    own = [pk for pk in mine.values_list("council", flat=True).distinct() if pk]
    return others.exclude(council__in=own).values("council").distinct().count()


def summary(person: Person, now: datetime) -> str:
    """How many meet-ups, and whom one met there; empty for somebody who came to none."""
    came = person.signups.came().filter(meetup__starts_at__lte=now).count()
    if not came:
        return ""
    met = councils_met(person)
    said = f"You came to {came} meet-up{'' if came == 1 else 's'}."
    return f"{said} You have now met people from {met} other council{'' if met == 1 else 's'}." if met else said


def links_of(signup: SignUp, now: datetime) -> list[tuple[str, str]]:
    """What is there for somebody after a meet-up, as label and address."""
    meetup, links = signup.meetup, []
    if not meetup.is_over(now) or meetup.is_cancelled or (signup.is_cancelled and not signup.came_at):
        return []
    if not feedback.why_closed(meetup, now):
        links.append(("Say what you thought", addresses.feedback(signup)))
    if notes := _notes_url(meetup):
        links.append(("Read the notes", notes))
    if signup.came_at and signup.name:
        links.append(("Print a certificate of attendance", _certificate_url(signup)))
    return [*links, ("Propose topics for the next one, and vote", addresses.topics(signup))]


def collect(person: Person) -> my_data.Records:
    """What they said afterwards, which topics they want, how they vote in polls that are open."""
    said = Feedback.objects.filter(signup__person=person).select_related("meetup")
    backed = Backing.objects.filter(person=person).select_related("topic")
    return [
        *({"Feedback on": f.meetup.title, "Likes": f.liked, "Might change": f.might_change,
           "Quoting": f.get_quoting_display(), "Quote shown": f.quote, "Said": f.given_at} for f in said),
        *({"Topic proposed": topic.title, "When": topic.proposed_at}
          for topic in Topic.objects.filter(proposed_by=person)),
        *({"Topic wanted": row.topic.title, "Since": row.at} for row in backed),
        *({"Poll at": vote.poll.meetup.title, "Vote for": vote.candidate.topic.title, "When": vote.at}
          for vote in topics.votes_of(person)),
    ]  # fmt: skip


def forget(person: Person, now: datetime) -> None:
    """What leaving means here: their words and votes go, also from public pages; topics stay without them."""
    Feedback.objects.filter(signup__person=person).delete()
    topics.forget_person(person)
