"""Who of those signed up is meant by whom in the report. What is not certain is left to the host, with candidates."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from meetups.attendance.likeness import alike
from meetups.attendance.people import Alias, Candidate, Match, Matches, Roll, SignedUp, Unsure
from meetups.attendance.values import Attendee, quoted

__all__ = ["Alias", "Candidate", "Match", "Matches", "SignedUp", "Unsure", "match"]

SAME_EMAIL, KNOWN_AS, SAME_NAME = "same email", "known as", "same name"
_STRENGTH = {SAME_EMAIL: 0, KNOWN_AS: 1, SAME_NAME: 2}


@dataclass(frozen=True)
class Claim:
    """Whom an attendee points to by one of the three ways; certain if it is one and nothing speaks against it."""

    attendee: Attendee
    way: str
    signups: tuple[SignedUp, ...]
    doubt: str = ""


def match(attendees: Iterable[Attendee], signups: Iterable[SignedUp], aliases: Iterable[Alias] = ()) -> Matches:
    """By e-mail, then by what the host has taught us, then by name; each sign-up is matched once at most.

    Two people of one name, an address of one person under the name of another, or two attendees who point to the same
    sign-up equally well are not matched but listed, and so is who only resembles somebody. The order of what is given
    makes no difference to who is matched with whom.
    """
    roll = Roll(tuple(signups), tuple(aliases))
    claims = [_claim(attendee, roll) for attendee in attendees]
    sure = _certain(claims)
    taken = {found.signup.id: found for found in sure}
    left = [claim for claim in claims if not _is_settled(claim, taken)]
    free = [signup for signup in roll.signups if signup.id not in taken]
    unsure = [doubt for claim in left if (doubt := _doubt(claim, taken, free))]
    return Matches(
        sure=tuple(sure),
        unsure=tuple(unsure),
        unknown=_unknown(left, unsure),
        absent=_absent(free, unsure),
    )


def _claim(attendee: Attendee, roll: Roll) -> Claim:
    for way, signups in (
        (SAME_EMAIL, roll.with_email(attendee.email)),
        (KNOWN_AS, roll.known_as(attendee)),
        (SAME_NAME, roll.named(attendee)),
    ):
        if signups:
            return Claim(attendee, way, signups, _why_not(attendee, way, signups, roll))
    return Claim(attendee, "", ())


def _why_not(attendee: Attendee, way: str, signups: Sequence[SignedUp], roll: Roll) -> str:
    """What speaks against the claim, in a sentence; empty if nothing does."""
    if len(signups) > 1:
        return {
            SAME_EMAIL: "Several people signed up with this address.",
            KNOWN_AS: f"Several people are known as {quoted(attendee.name)}.",
            SAME_NAME: f"{_number(len(signups))} people have this name.",
        }[way]
    others = [signup for signup in roll.named_exactly(attendee.name) if signup.id != signups[0].id]
    if way != SAME_NAME and others and not roll.has_name(signups[0], attendee):
        known_by = "address" if way == SAME_EMAIL else "name they were known by"
        return f"The {known_by} belongs to {signups[0].name}, but {others[0].name} has this name."
    return ""


def _number(count: int) -> str:
    return {2: "Two", 3: "Three", 4: "Four"}.get(count, str(count))


def _certain(claims: Sequence[Claim]) -> list[Match]:
    """Claims without doubt, unless another claim to the same sign-up is as strong or stronger."""
    plain = [claim for claim in claims if claim.signups and not claim.doubt]
    strongest: dict[int, int] = {}
    for claim in plain:
        rank = _STRENGTH[claim.way]
        strongest[claim.signups[0].id] = min(rank, strongest.get(claim.signups[0].id, rank))
    best = [claim for claim in plain if _STRENGTH[claim.way] == strongest[claim.signups[0].id]]
    rivals = Counter(claim.signups[0].id for claim in best)
    return [_match(claim) for claim in best if rivals[claim.signups[0].id] == 1]


def _match(claim: Claim) -> Match:
    why = f"known as {quoted(claim.attendee.name)}" if claim.way == KNOWN_AS else claim.way
    return Match(claim.attendee, claim.signups[0], why)


def _is_settled(claim: Claim, taken: dict[int, Match]) -> bool:
    return any(signup.id in taken and taken[signup.id].attendee is claim.attendee for signup in claim.signups)


def _doubt(claim: Claim, taken: dict[int, Match], free: Sequence[SignedUp]) -> Unsure | None:
    if not claim.signups:
        candidates = alike(claim.attendee, free)
        return (
            Unsure(claim.attendee, candidates, "Nobody signed up under this name or address.") if candidates else None
        )
    named = [Candidate(signup, claim.way) for signup in claim.signups]
    known = {candidate.signup.id for candidate in named}
    named += [other for other in alike(claim.attendee, free) if other.signup.id not in known]
    return Unsure(claim.attendee, tuple(named), claim.doubt or _rivalry(claim, taken))


def _rivalry(claim: Claim, taken: dict[int, Match]) -> str:
    signup = claim.signups[0]
    if found := taken.get(signup.id):
        return f"{signup.name} is in the report already ({found.why}). This may be the same person or another one."
    return f"More than one person in the report could be {signup.name}."


def _unknown(left: Sequence[Claim], unsure: Sequence[Unsure]) -> tuple[Attendee, ...]:
    doubted = {id(doubt.attendee) for doubt in unsure}
    return tuple(claim.attendee for claim in left if id(claim.attendee) not in doubted)


def _absent(free: Sequence[SignedUp], unsure: Sequence[Unsure]) -> tuple[SignedUp, ...]:
    possible = {candidate.signup.id for doubt in unsure for candidate in doubt.candidates}
    return tuple(signup for signup in free if signup.id not in possible)
