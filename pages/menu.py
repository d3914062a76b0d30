"""The top bar. Apps register their door; the order is the order of registration."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Door:
    """One of the things one can come here for: `url_name` is where it leads, `invitation` the one thing to do."""

    label: str
    url_name: str
    invitation: str


_doors: list[Door] = []


def register(door: Door) -> None:
    _doors.append(door)


def doors() -> list[Door]:
    return list(_doors)
