"""What a mentor says about a map that is shared with them, and what its councillor answers. Nobody is mailed."""

from datetime import datetime, timedelta

from django.db import transaction

from networking import maps
from networking.models import MapComment, Member, NetworkMap
from people.models import Person

# The same words again so soon are a second click.
TWICE = timedelta(minutes=1)


class MayNotRead(Exception):
    """The map is not shared with them any more."""


def on(network_map: NetworkMap) -> list[MapComment]:
    return list(network_map.comments.select_related("said_by"))


@transaction.atomic
def say(network_map: NetworkMap, text: str, *, by: Person, now: datetime) -> MapComment:
    """Raises MayNotRead when it was unshared in this moment. Whoever owns the map has read what was said before."""
    NetworkMap.objects.select_for_update().get(pk=network_map.pk)
    current = NetworkMap.objects.with_owners().get(pk=network_map.pk)
    if not maps.may_read(by, current):
        raise MayNotRead
    if by.pk == current.member.person_id:
        read(current, now=now)
    again = current.comments.filter(said_by=by, text=text, said_at__gt=now - TWICE).first()
    return again or current.comments.create(text=text, said_by=by, said_at=now)


def read(network_map: NetworkMap, *, now: datetime) -> None:
    NetworkMap.objects.filter(pk=network_map.pk).update(comments_read_at=now)


def take_back(comment: MapComment) -> None:
    """Only who said it, also when they cannot see the map any more. Safe to repeat."""
    MapComment.objects.filter(pk=comment.pk).delete()


def unread(member: Member) -> list[MapComment]:
    """What others said on this councillor's maps since they last looked. One query."""
    said = MapComment.objects.filter(network_map__member=member).exclude(said_by=member.person_id)
    said = said.select_related("network_map__member__cohort", "said_by")
    return [one for one in said if one.network_map.is_unread(one)]


def collect(person: Person) -> list[dict[str, object]]:
    """What was said on their maps, and what they said on others'. The names of others' maps are not theirs to take."""
    said = MapComment.objects.filter(network_map__member__person=person) | MapComment.objects.filter(said_by=person)
    return [
        {
            "What": "Comment on a network map",
            "On": _on(one, person),
            "By": str(one.said_by or "Somebody who left"),
            "At": one.said_at,
            "Text": one.text,
        }
        for one in said.select_related("network_map__member__person", "said_by").distinct()
    ]


def _on(one: MapComment, person: Person) -> str:
    member = one.network_map.member
    return one.network_map.name if member.person_id == person.pk else f"A map of {member}"


def forget(person: Person) -> None:
    """What they said on others' maps loses their name; what was said on theirs goes with the maps."""
    MapComment.objects.filter(said_by=person).update(said_by=None)
