"""Links that open a network with words filled in. Nothing is sent until the person says so there."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode


@dataclass(frozen=True)
class Share:
    """Where one can tell others, and the address that opens it with the words filled in."""

    label: str
    url: str


def shares(words: str) -> list[Share]:
    places = [
        ("LinkedIn", "https://www.linkedin.com/feed/?shareActive=true", "text"),
        ("Bluesky", "https://bsky.app/intent/compose?", "text"),
        ("X", "https://x.com/intent/post?", "text"),
        ("WhatsApp", "https://wa.me/?", "text"),
        ("Email", "mailto:?subject=What%20I%20learned&", "body"),
    ]
    return [Share(label, _with(address, name, words)) for label, address, name in places]


def _with(address: str, name: str, words: str) -> str:
    joint = "" if address.endswith(("?", "&")) else "&"
    return f"{address}{joint}{urlencode({name: words}, quote_via=quote)}"
