"""Keeping network maps: begin one, change it, take the last change back, keep versions, let it go."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from meetups.timings import LONDON
from networking import map_edits, map_parts, map_rows
from networking.map_parts import MapData
from networking.models import (
    Cohort,
    CohortSprint,
    MapImport,
    MapNode,
    MapStep,
    MapVersion,
    Member,
    NetworkMap,
    Pair,
    SharedMap,
    Sheet,
)
from people.models import Person

MOST_MAPS, STEPS_KEPT, VERSIONS_KEPT = 20, 20, 60
STEPS_LIVE, IMPORTS_LIVE = timedelta(days=30), timedelta(days=1)
# Maps name people who are not here to ask: they do not outlive the programme for long.
AFTER_COHORT, AFTER_LEAVING = timedelta(days=365), timedelta(days=90)

Edit = Callable[[MapData], MapData]


@dataclass(frozen=True)
class Settings:
    """What a councillor says about a map."""

    name: str
    about: str = ""
    topics: tuple[str, ...] = ()
    wards: tuple[str, ...] = ()
    mentor_may_read: bool = False


class TooManyMaps(map_edits.NotPossible):
    def __init__(self) -> None:
        super().__init__(f"There is room for {MOST_MAPS} maps. Delete one that you do not need any more")


class MapNameTaken(map_edits.NotPossible):
    def __init__(self, name: str) -> None:
        super().__init__(f"You have a map called “{name}” already. Use another name")


@transaction.atomic
def begin(member: Member, way: str, settings: Settings, *, now: datetime) -> NetworkMap:
    Member.objects.select_for_update().get(pk=member.pk)
    mine = NetworkMap.objects.filter(member=member)
    if mine.count() >= MOST_MAPS:
        raise TooManyMaps
    _check_name(mine, settings.name)
    return NetworkMap.objects.create(member=member, way=way, created_at=now, changed_at=now, **_fields(settings))


def _check_name(others: Any, name: str) -> None:
    if name in set(others.values_list("name", flat=True)):
        raise MapNameTaken(name)


def _fields(settings: Settings) -> dict[str, Any]:
    return {
        "name": settings.name,
        "about": settings.about,
        "topics": list(settings.topics),
        "wards": list(settings.wards),
        "mentor_may_read": settings.mentor_may_read,
    }


@transaction.atomic
def set_up(network_map: NetworkMap, settings: Settings, *, now: datetime) -> None:
    """Change what is said about the map, and who may see it."""
    others = NetworkMap.objects.select_for_update().filter(member=network_map.member_id).exclude(pk=network_map.pk)
    _check_name(others, settings.name)
    NetworkMap.objects.filter(pk=network_map.pk).update(**_fields(settings), version=_next(network_map), changed_at=now)


def _next(network_map: NetworkMap) -> int:
    return network_map.version + 1


def suggested_topics(member: Member) -> tuple[str, ...]:
    """The topics of the planning sheet, to begin a map with."""
    sheet = Sheet.objects.with_answers().filter(member=member).first()
    said = sheet.answers().get("topics", {}).get("topics", "") if sheet else ""
    return map_parts.words_of(said)[: map_parts.MOST_WORDS]


# --- Changing -----------------------------------------------------------------------------------------------------


@transaction.atomic
def change(network_map: NetworkMap, edit: Edit, words: str, *, now: datetime) -> MapData:
    """Apply one edit to the map as it is now, and remember how to take it back. Raises what `edit` raises."""
    locked = NetworkMap.objects.select_for_update().get(pk=network_map.pk)
    before = map_rows.data_of(locked)
    after = edit(before)
    if after == before:
        return before
    _freeze_last_sprint(locked, before, now)
    kept = map_rows.write(locked, before, after)
    locked.steps.create(words=words[:300], before=map_rows.touched(before, kept), made_at=now)
    _drop_old_steps(locked)
    _changed(locked, now)
    return kept


def _changed(locked: NetworkMap, now: datetime) -> None:
    NetworkMap.objects.filter(pk=locked.pk).update(version=_next(locked), changed_at=now)


def _drop_old_steps(locked: NetworkMap) -> None:
    kept = list(locked.steps.order_by("-pk").values_list("pk", flat=True)[:STEPS_KEPT])
    locked.steps.exclude(pk__in=kept).delete()


def last_step(network_map: NetworkMap) -> MapStep | None:
    """What “Take back” would take back."""
    return network_map.steps.order_by("-pk").first()


@transaction.atomic
def take_back(network_map: NetworkMap, step_pk: int, *, now: datetime) -> MapStep | None:
    """Take the last change back; None when it is not the last any more, so that a second click does nothing."""
    locked = NetworkMap.objects.select_for_update().get(pk=network_map.pk)
    step = last_step(locked)
    if step is None or step.pk != step_pk:
        return None
    before = map_rows.data_of(locked)
    map_rows.write(locked, before, map_rows.taken_back(before, step.before))
    MapStep.objects.filter(pk=step.pk).delete()
    _changed(locked, now)
    return step


@transaction.atomic
def delete(network_map: NetworkMap) -> None:
    """The map with everything on it, also what was shown of it on shared maps."""
    network_map.delete()


# --- Versions -----------------------------------------------------------------------------------------------------


def _freeze_last_sprint(network_map: NetworkMap, before: MapData, now: datetime) -> None:
    """Before the first change after a sprint's end, keep the map as it was at that end."""
    today = now.astimezone(LONDON).date()
    ended = CohortSprint.objects.filter(cohort__members=network_map.member_id, ends_on__lt=today)
    sprint = ended.order_by("-ends_on").first()
    if sprint and before.nodes and not network_map.versions.filter(sprint=sprint).exists():
        _keep(network_map, before, f"End of “{sprint.name}”", sprint, now)


@transaction.atomic
def keep_version(network_map: NetworkMap, name: str, *, now: datetime) -> MapVersion:
    """Keep the whole map as it is now under a name."""
    return _keep(network_map, map_rows.data_of(network_map), name, None, now)


def _keep(network_map: NetworkMap, data: MapData, name: str, sprint: CohortSprint | None, now: datetime) -> MapVersion:
    made = network_map.versions.create(name=name[:200], sprint=sprint, data=map_parts.as_json(data), kept_at=now)
    kept = list(network_map.versions.order_by("-kept_at", "-pk").values_list("pk", flat=True)[:VERSIONS_KEPT])
    network_map.versions.exclude(pk__in=kept).delete()
    return made


# --- Who may read it ----------------------------------------------------------------------------------------------


def may_read(person: Person, network_map: NetworkMap) -> bool:
    """Its councillor; their mentor now, when they agreed. A lead sees counts, and never the map."""
    member = network_map.member
    if not member.is_here:
        return False
    return person.pk == member.person_id or (network_map.mentor_may_read and _is_mentor_of(person, member))


def _is_mentor_of(person: Person, member: Member) -> bool:
    here = Pair.objects.current().filter(councillor=member, mentor__person=person, mentor__state=Member.State.JOINED)
    return here.exists()


def shown_to(mentor: Member) -> list[NetworkMap]:
    """The maps that councillors whom this mentor supports now let them see. One query."""
    supported = Pair.objects.current().filter(mentor=mentor, councillor__state=Member.State.JOINED)
    seen = NetworkMap.objects.with_owners().filter(mentor_may_read=True)
    return list(seen.filter(member__in=supported.values("councillor")).order_by("member__person__name", "name", "pk"))


# --- Counts, and how long -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Counts:
    """What anybody but the councillor and the mentor gets to know of their maps."""

    maps: int = 0
    nodes: int = 0
    layers: int = 0


def counts_by_member(cohort: Cohort, member: Member | None = None) -> dict[int, Counts]:
    """By the id of the councillor's row: maps, nodes and how many layers have any. Two queries."""
    maps = NetworkMap.objects.filter(member__cohort=cohort)
    nodes = MapNode.objects.filter(network_map__member__cohort=cohort)
    if member:
        maps, nodes = maps.filter(member=member), nodes.filter(network_map__member=member)
    counted: dict[int, Counts] = {}
    for pk in maps.values_list("member", flat=True):
        counted[pk] = Counts(counted.get(pk, Counts()).maps + 1)
    layers: dict[int, set[str]] = {}
    for pk, *said in nodes.values_list("network_map__member", *map_parts.LAYERS):
        layers.setdefault(pk, set()).update(layer for layer, is_in in zip(map_parts.LAYERS, said, strict=True) if is_in)
        counted[pk] = Counts(counted[pk].maps, counted[pk].nodes + 1)
    return {pk: Counts(one.maps, one.nodes, len(layers.get(pk, ()))) for pk, one in counted.items()}


def forget_old(now: datetime) -> int:
    """Delete what nobody needs any more; return how many rows. Safe to repeat."""
    done = MapStep.objects.filter(made_at__lt=now - STEPS_LIVE).delete()[0]
    done += MapImport.objects.filter(read_at__lt=now - IMPORTS_LIVE).delete()[0]
    over = NetworkMap.objects.filter(member__cohort__finished_at__lt=now - AFTER_COHORT)
    # Whoever left and was asked again since is out until they say yes.
    out = NetworkMap.objects.exclude(member__state=Member.State.JOINED)
    left = out.filter(member__left_at__lt=now - AFTER_LEAVING)
    return done + over.delete()[0] + left.delete()[0]


def forget(person: Person) -> None:
    """Maps go with the councillor, and so does what they showed of them; shared maps stay without their name."""
    NetworkMap.objects.filter(member__person=person).delete()
    SharedMap.objects.filter(started_by=person).update(started_by=None)
