from collections.abc import Iterator
from typing import Any, NamedTuple

from django.core.checks import CheckMessage, Error, Tags, register
from django.urls import URLPattern, URLResolver, get_resolver

from people import access


class Route(NamedTuple):
    """One address of the site, as the URLconf has it."""

    pattern: URLPattern
    path: str
    namespaces: list[str]

    @property
    def audience(self) -> access.Audience | None:
        return access.audience_of(self.pattern.callback, name=self.pattern.name, namespaces=self.namespaces)

    @property
    def full_name(self) -> str:
        return ":".join([*self.namespaces, self.pattern.name or ""])


def every_route(
    resolver: URLResolver | None = None, path: str = "", namespaces: tuple[str, ...] = ()
) -> Iterator[Route]:
    """Every URL pattern of the site, with the namespaces around it."""
    for entry in (resolver or get_resolver()).url_patterns:
        here = path + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from every_route(entry, here, inner)
        else:
            yield Route(entry, here, list(namespaces))


@register(Tags.urls)
def every_url_declares_its_audience(**kwargs: Any) -> list[CheckMessage]:
    return [
        Error(
            f"The URL “{route.path}” ({route.full_name}) does not declare who it is for.",
            hint="Put @open_to(Audience.…) on its view, or name it in people/access.py when it comes with a library.",
            id="people.E001",
        )
        for route in every_route()
        if route.audience is None
    ]
