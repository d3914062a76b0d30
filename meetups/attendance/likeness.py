"""Who somebody in a report might be: shown to the host, never decided."""

import re
from collections.abc import Sequence

from meetups.attendance import shown_names
from meetups.attendance.people import Candidate, SignedUp
from meetups.attendance.values import Attendee

MOST = 5


def alike(attendee: Attendee, signups: Sequence[SignedUp]) -> tuple[Candidate, ...]:
    """Those with something in common, the most alike first, five at most."""
    found = [(strength, signup, why) for signup in signups for strength, why in [_best(attendee, signup)] if why]
    found.sort(key=lambda one: (one[0], one[1].name.casefold(), one[1].id))
    return tuple(Candidate(signup, why) for _, signup, why in found[:MOST])


def _best(attendee: Attendee, signup: SignedUp) -> tuple[int, str]:
    """How far apart (0 is nearest) and what they share; no words when nothing."""
    theirs = shown_names.words_of(signup.name)
    names = [attendee.name, *attendee.also_called]
    shared = [_shared(words, theirs) for name in names for words in shown_names.keys_of(name)]
    local = re.split(r"[^a-z]+", (attendee.email or "").partition("@")[0])
    if theirs and len(theirs) > 1 and set(theirs) <= set(local):
        shared.append((1, "their address has this name in it"))
    return min((one for one in shared if one[1]), default=(9, ""))


def _shared(words: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[int, str]:
    if not words or not theirs:
        return 9, ""
    if set(words) == set(theirs):
        return 0, "same name" if words == theirs else "same names in another order"
    if len(words) == 1:
        return (4, "same first name") if words[0] == theirs[0] else _surname_only(words, theirs)
    if words[-1] == theirs[-1]:
        return _same_surname(words, theirs)
    return (6, "same first name, another surname") if words[0] == theirs[0] and len(theirs) > 1 else (9, "")


def _surname_only(words: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[int, str]:
    return (5, "same surname") if words[0] == theirs[-1] else (9, "")


def _same_surname(words: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[int, str]:
    if words[0] == theirs[0]:
        return 1, "same first name and surname"
    is_initial = words[0][0] == theirs[0][0]
    return (2, "same surname and first letter") if is_initial else (5, "same surname")
