"""Maps of a cohort that are made of nodes councillors chose from their own, such as everybody in a ward."""

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction

from networking.map_edits import NotPossible
from networking.map_parts import LAYERS, PERSON, MapData, Node, made_of
from networking.models import Cohort, MapNode, Member, SharedMap, SharedNode
from people.models import Person

MOST = 50  # of one cohort


def start(cohort: Cohort, name: str, *, by: Person, now: datetime) -> SharedMap:
    """Raises NotPossible when the cohort has one of this name, or too many."""
    if cohort.shared_maps.count() >= MOST:
        raise NotPossible(f"There is room for {MOST} shared maps in a cohort")
    try:
        with transaction.atomic():
            return SharedMap.objects.create(cohort=cohort, name=name, started_by=by, started_at=now)
    except IntegrityError:
        raise NotPossible(f"There is a shared map called “{name}” already. Show your names on that one") from None


def mine(member: Member) -> list[MapNode]:
    """What this councillor could show, by map and name. One query."""
    rows = MapNode.objects.filter(network_map__member=member).select_related("network_map")
    return list(rows.order_by("network_map__name", "key", "pk"))


def shown_by(shared_map: SharedMap, member: Member) -> set[int]:
    shown = shared_map.shared.filter(node__network_map__member=member)
    return set(shown.values_list("node_id", flat=True))


@transaction.atomic
def show(shared_map: SharedMap, member: Member, chosen: Collection[int], *, now: datetime) -> None:
    """Show exactly these of the councillor's own nodes; what others show stays."""
    own = MapNode.objects.filter(network_map__member=member, pk__in=chosen)
    wanted, shown = set(own.values_list("pk", flat=True)), shown_by(shared_map, member)
    shared_map.shared.filter(node__in=shown - wanted).delete()
    made = [SharedNode(shared_map=shared_map, node_id=pk, shared_at=now) for pk in sorted(wanted - shown)]
    SharedNode.objects.bulk_create(made, ignore_conflicts=True)


def has_people(nodes: Collection[MapNode], chosen: Collection[int]) -> bool:
    return any(node.kind == PERSON and node.pk in chosen for node in nodes)


def seen(shared_map: SharedMap) -> list[tuple[str, MapData]]:
    """What each councillor who is here shows: names, kinds, layers, topics and wards, and nothing else. One query."""
    rows = shared_map.shared.filter(node__network_map__member__state=Member.State.JOINED)
    by_name: dict[str, list[Node]] = {}
    for row in rows.select_related("node__network_map__member__person").order_by("pk"):
        by_name.setdefault(str(row.node.network_map.member), []).append(_public(row.node))
    return [(who, made_of(nodes)) for who, nodes in by_name.items()]


def _public(row: MapNode) -> Node:
    layers = tuple(layer for layer in LAYERS if getattr(row, layer))
    return Node(row.pk, row.name, row.kind, layers, tie=0, topics=tuple(row.topics), ward=row.ward)
