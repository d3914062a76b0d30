"""Who wrote something, as a code that only this inquiry can compare. The name itself is never kept."""

import hashlib
import hmac
import re
import unicodedata

_SEPARATORS = re.compile(r"[\s@/]+")


def code(key: str, platform: str, author: str) -> str:
    """The same author on the same platform gives the same code within one inquiry; nothing leads back.

    `key` is the inquiry's secret in hexadecimal; without an author, or once the key is gone, there is no code.
    """
    name = _plain(author)
    if not name or not key:
        return ""
    return hmac.new(bytes.fromhex(key), f"{platform}\n{name}".encode(), hashlib.sha256).hexdigest()


def _plain(author: str) -> str:
    """However it is capitalised, with or without @ and spaces."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", author).casefold())
