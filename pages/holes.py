"""A finished page with holes where one visitor's secrets stood, to be filled with another's.

The pieces between the holes are kept apart, not joined by marks: no words on a page can pass for a hole.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

TOKEN, NONCE = "token", "nonce"
_TOKEN_OF_A_FORM = rb'(?<=name="csrfmiddlewaretoken" value=")(?P<token>[A-Za-z0-9]{64})(?=")'
# So long a run of letters and digits may be a secret in a place we do not know.
_LIKE_A_TOKEN = re.compile(rb"[A-Za-z0-9]{64}")


class SecretLeft(Exception):
    """Something that looks like a visitor's secret stands outside of the holes."""


@dataclass(frozen=True)
class Holed:
    """`pieces` are one more than `holes`: piece, hole, piece, hole, …, piece."""

    pieces: tuple[bytes, ...]
    holes: tuple[str, ...]


def cut(page: bytes, *, nonce: str = "") -> Holed:
    """The page without its tokens against forged requests and without its nonce. Raises SecretLeft."""
    secrets = _TOKEN_OF_A_FORM + (rb"|(?P<nonce>%b)" % re.escape(nonce.encode()) if nonce else b"")
    pieces, holes, end = [], [], 0
    for found in re.finditer(secrets, page):
        pieces.append(page[end : found.start()])
        holes.append(str(found.lastgroup))
        end = found.end()
    pieces.append(page[end:])
    if any(_LIKE_A_TOKEN.search(piece) for piece in pieces):
        raise SecretLeft
    return Holed(tuple(pieces), tuple(holes))


def fill(page: Holed, secrets: Mapping[str, Callable[[], str]]) -> bytes:
    """The page with secrets of one's own; each kind is asked for once, and only when the page has a hole for it."""
    made = {hole: secrets[hole]().encode() for hole in set(page.holes)}
    filled = [part for piece, hole in zip(page.pieces, page.holes, strict=False) for part in (piece, made[hole])]
    return b"".join([*filled, page.pieces[-1]])
