"""Whose exact words a report may use. By default nobody's: our words stand, unless an officer chose a passage.

Exact words are for organisations and public office, or with consent that was logged, or because an officer decided so
with a reason. What is sensitive is hidden, so that who says it is not enough; and who refused is never quoted.
"""

from dataclasses import dataclass
from enum import StrEnum

GIVEN, REFUSED = "given", "refused"


class Ground(StrEnum):
    """Why a passage may stand in a report, to follow “because it was”."""

    ORGANISATION = "said by an organisation"
    OFFICE = "said in public office"
    CONSENT = "agreed to by whoever said it"
    OVERRIDE = "decided by an officer, with a reason on record"


_BY_KIND = {"organisation": Ground.ORGANISATION, "office": Ground.OFFICE}

WHY_NOT_REFUSED = "They do not want to be quoted."
WHY_NOT_SENSITIVE = "It is sensitive, so its exact words are hidden, whoever said them."
WHY_NOT_PRIVATE = (
    "Exact words are for organisations and public office. Those of private people and of the press lead to somebody."
)


@dataclass(frozen=True)
class Case:
    """What decides about one item. Who is not said counts as a private person."""

    author_kind: str = ""
    consent: str = ""
    is_sensitive: bool = False
    is_overridden: bool = False


def ground(case: Case) -> Ground | None:
    """Why its exact words may be quoted; None: they may not."""
    if case.consent == REFUSED:
        return None
    if case.consent == GIVEN:
        return Ground.CONSENT
    if not case.is_sensitive and case.author_kind in _BY_KIND:
        return _BY_KIND[case.author_kind]
    return Ground.OVERRIDE if case.is_overridden else None


def why_not(case: Case) -> str:
    """What stands against quoting, in a sentence; nothing when it may be quoted."""
    if ground(case):
        return ""
    if case.consent == REFUSED:
        return WHY_NOT_REFUSED
    return WHY_NOT_SENSITIVE if case.author_kind in _BY_KIND else WHY_NOT_PRIVATE


def may_be_overridden(case: Case) -> bool:
    """Whether an officer can decide otherwise: never against somebody who refused."""
    return case.consent != REFUSED


def is_passage(passage: str, exact: str) -> bool:
    """Whether it stands so in the exact words, however lines are broken."""
    return bool(passage.strip()) and _plain(passage) in _plain(exact)


def quoted(passage: str, exact: str, case: Case) -> str:
    """The passage a report shows, on one line; nothing unless it was chosen, is what was said, and may be quoted."""
    return " ".join(passage.split()) if ground(case) and is_passage(passage, exact) else ""


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").split())
