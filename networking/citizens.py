"""Looking for active citizens, deciding about each, and forgetting them in time."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Count, Sum

from networking import map_edits, map_parts, map_prompts, maps
from networking.citizen_numbers import Effort, Found, Row, compare, unfound
from networking.models import Candidate, CitizenSearch, Cohort, Member, NetworkMap
from networking.progress import today
from people.models import Person
from searchdeck import searching
from searchdeck.models import Source

# Who is not wanted is not kept long; who is on the map is kept there.
KEEP = {
    Candidate.Decision.OPEN: timedelta(days=90),
    Candidate.Decision.NO: timedelta(days=30),
    Candidate.Decision.LATER: timedelta(days=180),
    Candidate.Decision.YES: timedelta(days=90),
}
Method, Decision = CitizenSearch.Method, Candidate.Decision


class Forgotten(Exception):
    """Its time was over meanwhile."""


# --- Looking ------------------------------------------------------------------------------------------------------


def method_of(source: Source) -> str:
    """The way of finding that this place belongs to."""
    if "{tag}" in source.template:
        return Method.TAG
    return Method.PLATFORM if source.intrusiveness == Source.Intrusiveness.SOCIAL else Method.WEB


@transaction.atomic
def begin(member: Member, source: Source, query: searching.Query, *, now: datetime) -> CitizenSearch:
    """Write down that somebody looks there for this."""
    said = {"source_name": source.name, "words": query.words[:200], "place": query.place[:80]}
    return member.citizen_searches.create(method=method_of(source), searched_at=now, **said)


@transaction.atomic
def note(member: Member, method: str, words: str, minutes: int | None, *, now: datetime) -> CitizenSearch:
    """A way that needs no search engine: asking people, reading notice boards."""
    return member.citizen_searches.create(method=method, words=words, minutes=minutes, searched_at=now)


# --- Candidates ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Said:
    """The least that is worth noting of a candidate."""

    kind: str
    name: str
    link: str = ""
    why: str = ""
    contact: str = ""


def key_of(link: str) -> str:
    """The address without scheme, www, query of trackers and last slash: the same page typed twice is one candidate."""
    parts = urlsplit(link.strip())
    if not parts.hostname:
        return ""
    kept = "&".join(part for part in parts.query.split("&") if part and not part.startswith(("utm_", "fbclid", "igsh")))
    host = parts.hostname.removeprefix("www.").removeprefix("m.")
    return f"{host}{parts.path.rstrip('/')}{'?' if kept else ''}{kept}"[:500]


@transaction.atomic
def found(search: CitizenSearch, said: Said, *, now: datetime) -> tuple[Candidate, bool]:
    """Note a candidate; whether it is new. One that is there already was found by this way, too."""
    member = Member.objects.select_for_update().get(pk=search.member_id)
    key = key_of(said.link)
    known = member.candidates.filter(key=key).first() if key else None
    candidate = known or member.candidates.create(
        kind=said.kind,
        name=said.name,
        link=said.link,
        key=key,
        why=said.why,
        contact=said.contact,
        keep_until=today(now) + KEEP[Decision.OPEN],
        created_at=now,
    )
    candidate.found_by.add(search)
    return candidate, known is None


@dataclass(frozen=True)
class Answer:
    """The four questions, the decision and why, in the councillor's words."""

    decision: str
    words: str = ""
    is_local: bool | None = None
    is_active: bool | None = None
    builds: bool | None = None
    is_wanted: bool | None = None


@transaction.atomic
def decide(candidate: Candidate, answer: Answer, *, now: datetime) -> Candidate:
    """Keep the decision; a yes goes to the aspirational layer of a map. Raises Forgotten, map_edits.NotPossible."""
    candidate = Candidate.objects.select_for_update().select_related("member").get(pk=candidate.pk)
    if candidate.forgotten_at:
        raise Forgotten
    for name in ("decision", "words", "is_local", "is_active", "builds", "is_wanted"):
        setattr(candidate, name, getattr(answer, name))
    candidate.decided_at = now
    candidate.keep_until = today(now) + KEEP[Decision(answer.decision)]
    candidate.save()
    if answer.decision == Decision.YES:
        _put_on_map(candidate, now)
    return candidate


def _put_on_map(candidate: Candidate, now: datetime) -> None:
    """On the map that was changed last; a name that is there joins the aspirational layer."""
    chosen = candidate.member.network_maps.order_by("-changed_at").first() or _first_map(candidate.member, now)

    def edit(data: map_parts.MapData) -> map_parts.MapData:
        there = map_edits.named(data, candidate.name)
        if there is None:
            return map_edits.add(data, [_node(candidate, map_edits.fresh_id(data))])
        layers = tuple(layer for layer in map_parts.LAYERS if layer in {*there.layers, map_parts.ASPIRATIONAL})
        return map_edits.change(data, replace(there, layers=layers))

    maps.change(chosen, edit, f"“{candidate.name}” from active citizens", now=now)


def _first_map(member: Member, now: datetime) -> NetworkMap:
    way = map_prompts.CHOICES[0][0]
    return maps.begin(member, way, maps.Settings("My network"), now=now)


def _node(candidate: Candidate, fresh: int) -> map_parts.Node:
    kinds = {Candidate.Kind.PERSON: map_parts.PERSON, Candidate.Kind.BLOG: map_parts.MEDIA}
    kind = kinds.get(Candidate.Kind(candidate.kind), map_parts.GROUP)
    layers = (map_parts.ASPIRATIONAL,)
    return map_parts.Node(fresh, candidate.name, kind, layers, map_parts.NOT_MYSELF, note=candidate.why)


@transaction.atomic
def delete(candidate: Candidate) -> None:
    """Gone at once, whatever the date; on a map they stay until they are taken out there."""
    candidate.delete()


# --- Methods compared ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Comparison:
    """A row for each way of looking that was used, and at least how many are unfound (None: cannot be said)."""

    rows: list[Row]
    unfound: int | None


def compared(members: Iterable[Member]) -> Comparison:
    """The methods of these councillors side by side. Three queries; no name of a candidate in it."""
    pks = [member.pk for member in members]
    candidates = Candidate.objects.filter(member__in=pks).prefetch_related("found_by")
    all_found = [_found(one) for one in candidates]
    efforts = {
        method: Effort(searches, minutes or 0, timed)
        for method, searches, minutes, timed in CitizenSearch.objects.filter(member__in=pks)
        .order_by()
        .values_list("method")
        .annotate(many=Count("pk"), long=Sum("minutes"), timed=Count("minutes"))
    }
    return Comparison(compare(dict(Method.choices), efforts, all_found), unfound(all_found))


def _found(candidate: Candidate) -> Found:
    searches = list(candidate.found_by.all())
    methods = frozenset(search.method for search in searches)
    timed = frozenset(search.method for search in searches if search.minutes is not None)
    return Found(candidate.member_id, methods, candidate.decision == Decision.YES, timed)


def of_cohort(cohort: Cohort) -> Comparison:
    return compared(cohort.members.councillors())


# --- What is held, and how long -----------------------------------------------------------------------------------


def forget_old(now: datetime) -> int:
    """Empty what is past its date: that it was found, how, and what was decided stays, so that figures stay."""
    due = Candidate.objects.filter(forgotten_at=None, keep_until__lt=today(now))
    return due.update(forgotten_at=now, **dict.fromkeys(("name", "link", "key", "why", "contact", "words"), ""))


def collect(person: Person) -> list[dict[str, object]]:
    """Everybody they noted, and where they looked."""
    noted = Candidate.objects.filter(member__person=person, forgotten_at=None)
    looked = CitizenSearch.objects.filter(member__person=person)
    return [*map(_noted, noted), *map(_looked, looked)]


def _noted(one: Candidate) -> dict[str, object]:
    return {
        "What": "Active citizen",
        "Name": one.name,
        "Address": one.link,
        "Why": one.why,
        "Contact": one.contact,
        "Decision": one.get_decision_display(),
        "In my words": one.words,
        "Kept until": one.keep_until,
    }


def _looked(one: CitizenSearch) -> dict[str, object]:
    return {"What": "Search", "Where": str(one), "When": one.searched_at, "Minutes": one.minutes}


def forget(person: Person, now: datetime) -> None:
    """Their list goes with them."""
    Candidate.objects.filter(member__person=person).delete()
    CitizenSearch.objects.filter(member__person=person).delete()
