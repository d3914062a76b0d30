"""Which column is which.

Wordings were read in exports and in readers that other people have published: Zoom's participants report in its older
(“Name (Original Name)”, “User Email”, “Total Duration (Minutes)”) and newer form (“Name (original name)”, “Email”),
Zoom's webinar report (“Attended”, “Time in Session (minutes)”), Teams (“First Join”, “Last Leave”, “In-Meeting
Duration”, “Participant ID (UPN)”), and Google Meet (“Time joined”, “Time exited”). German and French ones as Teams and
Meet are said to write them there. Zoom on its reports: support.zoom.com KB0082659; Teams on its own:
learn.microsoft.com, “Manage the attendance report for meetings and events in Microsoft Teams”.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Field = Literal[
    "name", "first_name", "last_name", "email", "other_email", "joined", "left", "duration", "seconds", "attended",
    "waiting_room", "registered", "approval", "role",
]  # fmt: skip

# The first wording found in a table wins, so the surest come first.
WORDINGS: dict[Field, tuple[str, ...]] = {
    "name": (
        "name (original name)", "user name (original name)", "name (originalname)", "nom (nom d'origine)",
        "full name", "participant name", "display name", "user name", "name", "participant", "vollständiger name",
        "nom complet", "nom",
    ),
    "first_name": ("first name", "vorname", "prénom"),
    "last_name": ("last name", "surname", "family name", "nachname", "nom de famille"),
    "email": (
        "user email", "email", "e-mail", "email address", "e-mail address", "e-mail-adresse", "adresse e-mail",
        "courriel", "adresse de messagerie",
    ),
    "other_email": (
        "registration email", "participant id (upn)", "participant id", "teilnehmer-id (upn)",
        "id de participant (upn)", "id du participant (upn)", "id participant (upn)",
    ),
    "joined": (
        "join time", "first join", "first join time", "time joined", "joined at", "joined", "erster beitritt",
        "erste teilnahme", "beitrittszeit", "beigetreten um", "première participation", "premier accès",
        "première connexion", "heure d'arrivée", "heure de connexion",
    ),
    "left": (
        "leave time", "last leave", "last leave time", "time exited", "time left", "left at", "left",
        "letztes verlassen", "verlassenszeit", "verlassen um", "dernier départ", "dernière sortie",
        "dernière déconnexion", "heure de départ", "heure de déconnexion",
    ),
    "duration": (
        "duration (minutes)", "total duration (minutes)", "in-meeting duration", "time in session (minutes)",
        "time in session", "meeting duration", "duration", "dauer der besprechung", "besprechungsdauer",
        "dauer in besprechung", "dauer", "durée de la réunion", "durée en réunion", "durée",
    ),
    "seconds": ("duration (seconds)", "total duration (seconds)"),
    "attended": ("attended",),
    "waiting_room": ("in waiting room",),
    "registered": ("registration time",),
    "approval": ("approval status",),
    "role": ("role", "rolle", "rôle"),
}  # fmt: skip
_ALL = frozenset(wording for wordings in WORDINGS.values() for wording in wordings)
_ORIGINAL = frozenset({"name (original name)", "user name (original name)", "nom (nom d'origine)"})
_TEAMS = frozenset(WORDINGS["other_email"]) | {"first join", "in-meeting duration", "erster beitritt", "rolle", "rôle"}
_MEET = frozenset({"time joined", "time exited"})
_WEBINAR = frozenset({"attended", "time in session (minutes)"})


@dataclass(frozen=True)
class Columns:
    """Where each field stands in a row."""

    at: dict[Field, int]
    kind: str
    has_original_name: bool = False
    is_utc: bool = False

    def cell(self, row: Sequence[str], field: Field) -> str:
        at = self.at.get(field)
        return row[at].strip() if at is not None and at < len(row) else ""

    @property
    def has_times(self) -> bool:
        return "joined" in self.at or "left" in self.at

    @property
    def shows_who_came(self) -> bool:
        return self.kind != REGISTRATION


REGISTRATION = "Zoom registration report"


def plain(header: str) -> str:
    """A column heading as it is looked up: small letters, one blank between words, straight apostrophes."""
    return " ".join(header.replace("’", "'").replace("\ufeff", "").casefold().split())


def without_zone(header: str) -> str:
    return header.removesuffix("(utc)").strip()


def columns_of(row: Sequence[str]) -> Columns | None:
    """The columns if this row is the heading of a table of people, otherwise nothing."""
    headings = [plain(cell) for cell in row]
    bare = [without_zone(heading) for heading in headings]
    if len(_ALL.intersection(bare)) < 2:
        return None
    at = _placed(bare)
    named = bare[at["name"]] if "name" in at else ""
    if not _is_of_people(at) or _is_of_calls(at, named, bare):
        return None
    is_utc = any(headings[at[field]].endswith("(utc)") for field in ("joined", "left") if field in at)
    return Columns(at, _kind(at, set(bare)), named in _ORIGINAL, is_utc)


def _placed(headings: list[str]) -> dict[Field, int]:
    name = _place(headings, WORDINGS["name"], after=-1)
    found = {field: _place(headings, wordings, after=name or -1) for field, wordings in WORDINGS.items()}
    return {field: place for field, place in {**found, "name": name}.items() if place is not None}


def _place(headings: list[str], wordings: tuple[str, ...], *, after: int) -> int | None:
    """Zoom's long export has the host's address and the length of the call before the participant's own."""
    for wording in wordings:
        places = [place for place, heading in enumerate(headings) if heading == wording]
        if places:
            return next((place for place in places if place > after), places[-1])
    return None


def _is_of_people(at: dict[Field, int]) -> bool:
    names_people = "name" in at or {"first_name", "last_name"} <= at.keys()
    says_they_came = at.keys() & {"joined", "left", "duration", "seconds", "attended"}
    is_teams_without_times = {"other_email", "role"} <= at.keys()
    is_registration = "registered" in at and "email" in at
    return names_people and bool(says_they_came or is_teams_without_times or is_registration)


def _is_of_calls(at: dict[Field, int], named: str, headings: list[str]) -> bool:
    """Zoom's list of calls, alone or above the list of participants, has the name and the address of the host."""
    return bool({"topic", "meeting id"} & set(headings)) and named not in _ORIGINAL and "joined" not in at


def _kind(at: dict[Field, int], headings: set[str]) -> str:
    if "registered" in at and not at.keys() & {"joined", "duration", "attended"}:
        return REGISTRATION
    if headings & _WEBINAR:
        return "Zoom webinar report"
    if headings & _TEAMS:
        return "Teams attendance report"
    if headings & _MEET or ("duration" in headings and "user email" not in headings):
        return "Google Meet attendance report"
    return "Zoom participants report"
