"""Which pages take pictures or files larger than a form of words, and how large."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import Http404
from django.urls import resolve

View = TypeVar("View", bound=Callable[..., Any])


def takes_up_to(most_bytes: int) -> Callable[[View], View]:
    """Declare how many bytes may be sent to a view, above `open_to`. All others take a form of words."""

    def declare(view: View) -> View:
        view.most_bytes = most_bytes  # type: ignore[attr-defined]
        return view

    return declare


def most_bytes(path: str) -> int:
    """What the view behind this address takes; 0 where nothing was declared."""
    try:
        return getattr(resolve(path).func, "most_bytes", 0)
    except Http404:
        return 0
