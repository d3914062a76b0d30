"""Links that carry a right: signed, for one purpose, revocable and, where said, expiring.

A token is `<row>.<version>` with a signature whose salt is the purpose, so a token for one purpose opens nothing else.
Raising the version on the row makes every earlier link void.
"""

from datetime import timedelta
from typing import NamedTuple

from django.core import signing


class BadLink(Exception):
    """The link is forged, for something else, or too old."""


class Claim(NamedTuple):
    pk: int
    version: int


def make(purpose: str, pk: int, version: int = 0) -> str:
    """A token for this purpose and row, safe in an address."""
    return signing.TimestampSigner(salt=purpose, sep="~").sign(f"{pk}.{version}")


def read(purpose: str, token: str, *, max_age: timedelta | None = None) -> Claim:
    """What the token claims; raises BadLink unless we made it for this purpose and it is not older than `max_age`."""
    try:
        pk, version = signing.TimestampSigner(salt=purpose, sep="~").unsign(token, max_age=max_age).split(".")
        return Claim(int(pk), int(version))
    except (signing.BadSignature, ValueError) as error:
        raise BadLink from error
