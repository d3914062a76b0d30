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


# Where the address of an item says whose it is, by platform; other platforms do not, or not reliably.
_IN_ADDRESS = {
    "x": r"//[^/]+/@?(?!i/)(\w{1,30})/status(?:es)?/\d",
    "tiktok": r"//[^/]+/@([\w.-]+)/(?:video|photo)/\d",
    "threads": r"//[^/]+/@([\w.-]+)/post/",
    "instagram": r"//[^/]+/(?!p/|reels?/|tv/|stories/)([\w.-]+)/(?:p|reel|tv)/",
    "bluesky": r"/profile/([\w.:%-]+)/post/",
    "mastodon": r"//([^/]+/@[\w.@-]+)/\d",
    "facebook": r"//[^/]+/(?!groups/|story|permalink|photo|watch|events/|share/)([\w.-]+)/(?:posts|videos|photos)/",
    "linkedin": r"/posts/([\w%-]+?)_",
}


def of_link(platform: str, link: str) -> str:
    """The account in the address of an item, where the platform puts it there; otherwise nothing."""
    pattern = _IN_ADDRESS.get(platform)
    found = re.search(pattern, link, re.IGNORECASE) if pattern else None
    return found[1] if found else ""
