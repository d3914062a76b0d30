"""Mails for the reader alone: the log says that we wrote, to whom and why, and does not show the text."""

_kinds: set[str] = set()


def register(kind: str) -> None:
    """`kind` is the template, such as "unmentoring/introduction"."""
    _kinds.add(kind)


def is_confidential(kind: str) -> bool:
    return kind in _kinds
