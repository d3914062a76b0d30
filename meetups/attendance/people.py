"""Those signed up, as a report is compared with them, and what comes of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from meetups.attendance import shown_names
from meetups.attendance.values import Attendee


@dataclass(frozen=True)
class SignedUp:
    """Somebody who could be in the report. `id` is the caller's own."""

    id: int
    name: str
    email: str = ""


@dataclass(frozen=True)
class Alias:
    """What a host has taught us: who shows this name, or joins with this address, is who signs up with `email`."""

    shown: str
    email: str


@dataclass(frozen=True)
class Match:
    attendee: Attendee
    signup: SignedUp
    why: str


@dataclass(frozen=True)
class Candidate:
    signup: SignedUp
    why: str


@dataclass(frozen=True)
class Unsure:
    """Somebody for the host to decide about; the likeliest candidate comes first."""

    attendee: Attendee
    candidates: tuple[Candidate, ...]
    why: str


@dataclass(frozen=True)
class Matches:
    """`unknown` resemble nobody. `absent` signed up and are neither matched nor a candidate."""

    sure: tuple[Match, ...]
    unsure: tuple[Unsure, ...]
    unknown: tuple[Attendee, ...]
    absent: tuple[SignedUp, ...]


@dataclass(frozen=True)
class Roll:
    """The list of those signed up, with ways to look somebody up in it."""

    signups: tuple[SignedUp, ...]
    aliases: tuple[Alias, ...]

    @cached_property
    def _keys(self) -> dict[int, frozenset[tuple[str, ...]]]:
        return {signup.id: shown_names.keys_of(signup.name) for signup in self.signups}

    def with_email(self, email: str | None) -> tuple[SignedUp, ...]:
        wanted = _plain(email or "")
        return tuple(signup for signup in self.signups if wanted and _plain(signup.email) == wanted)

    def known_as(self, attendee: Attendee) -> tuple[SignedUp, ...]:
        """By a learned address, otherwise by a learned name. A device is nobody's name, whatever was learned."""
        by_address = [alias for alias in self.aliases if attendee.email and _plain(alias.shown) == attendee.email]
        return self._meant(by_address) or self._meant(
            alias
            for alias in self.aliases
            if "@" not in alias.shown and self._tells(alias.shown) and _same(alias.shown, attendee)
        )

    def named(self, attendee: Attendee) -> tuple[SignedUp, ...]:
        """By the name shown, otherwise by a name that the report has beside it."""
        found = self.named_exactly(attendee.name)
        return found or _once(signup for other in attendee.also_called for signup in self.named_exactly(other))

    def named_exactly(self, name: str) -> tuple[SignedUp, ...]:
        keys = {key for key in shown_names.keys_of(name) if self._is_telling(key)} if self._tells(name) else set()
        return tuple(signup for signup in self.signups if keys & self._keys[signup.id])

    def has_name(self, signup: SignedUp, attendee: Attendee) -> bool:
        names = (attendee.name, *attendee.also_called)
        return any(shown_names.keys_of(name) & self._keys[signup.id] for name in names)

    def _tells(self, name: str) -> bool:
        return not shown_names.is_nobody(name) and any(self._is_telling(key) for key in shown_names.keys_of(name))

    def _is_telling(self, key: tuple[str, ...]) -> bool:
        """One word alone, “Pat”, tells who is meant only while it is part of one name at most."""
        return len(key) > 1 or self._with_word.get(key[0], 0) < 2

    @cached_property
    def _with_word(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for signup in self.signups:
            for word in set(shown_names.words_of(signup.name)):
                counts[word] = counts.get(word, 0) + 1
        return counts

    def _meant(self, aliases: Iterable[Alias]) -> tuple[SignedUp, ...]:
        return _once(signup for alias in aliases for signup in self.with_email(alias.email))


def _same(shown: str, attendee: Attendee) -> bool:
    """The whole name as shown, not a part of it."""
    return shown_names.words_of(shown) == shown_names.words_of(attendee.name)


def _once(signups: Iterable[SignedUp]) -> tuple[SignedUp, ...]:
    return tuple({signup.id: signup for signup in signups}.values())


def _plain(email: str) -> str:
    return email.strip().casefold()
