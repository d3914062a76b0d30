"""The six digits an authenticator app would show now (RFC 6238, SHA-1, 30 seconds)."""

import base64
import hashlib
import hmac
import struct

STEP_SECONDS = 30


def code(secret: str, *, at: float) -> str:
    """The code for a base32 secret at this moment (seconds since 1970)."""
    key = base64.b32decode(secret.upper() + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(at // STEP_SECONDS)), hashlib.sha1)
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def seconds_left(*, at: float) -> int:
    return STEP_SECONDS - int(at % STEP_SECONDS)
