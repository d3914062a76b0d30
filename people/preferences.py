"""What somebody wants to hear about. Apps register their topics; mail about a place someone holds is not a topic."""

from dataclasses import dataclass
from datetime import datetime

from people.models import Person, Preference


@dataclass(frozen=True)
class Topic:
    """A kind of message one can stop. `label` completes the sentence “Send me …”."""

    name: str
    label: str
    default: bool


_topics: dict[str, Topic] = {}


def register(name: str, label: str, *, default: bool = True) -> None:
    _topics[name] = Topic(name, label, default)


def topics() -> list[Topic]:
    return list(_topics.values())


def wants(person: Person, topic: str) -> bool:
    chosen = Preference.objects.filter(person=person, topic=topic).values_list("wanted", flat=True).first()
    return _topics[topic].default if chosen is None else chosen


def choose(person: Person, topic: str, wanted: bool, *, now: datetime) -> None:
    """Record the choice; raises KeyError for a topic nobody registered."""
    Preference.objects.update_or_create(
        person=person, topic=_topics[topic].name, defaults={"wanted": wanted, "changed_at": now}
    )


def choices(person: Person) -> dict[str, bool]:
    """Every topic and whether this person wants it."""
    chosen = dict(Preference.objects.filter(person=person).values_list("topic", "wanted"))
    return {topic.name: chosen.get(topic.name, topic.default) for topic in topics()}
