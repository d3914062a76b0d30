"""What a phone or a browser hands over: an address, a title, words. Sorted into what the form has fields for."""

from dataclasses import dataclass

from evidence import links

MOST_WORDS = 10_000  # characters, as the form takes them
# Titles of pages there name who wrote them, so they are not kept as titles.
_PERSONAL = frozenset(
    {"x", "facebook", "instagram", "threads", "linkedin", "tiktok", "reddit", "bluesky", "mastodon", "youtube"}
)


@dataclass(frozen=True)
class Arrived:
    """`link` is empty where there was none, or where it was a profile, which is not taken."""

    link: str = ""
    exact_words: str = ""
    title: str = ""
    was_profile: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.link or self.exact_words or self.title)


def sort(*, url: str = "", title: str = "", text: str = "") -> Arrived:
    """Android puts the address into `text`, Safari into `url`: the first address counts, the rest are exact words."""
    url, title, text = (part.replace("\0", "").strip() for part in (url, title, text))
    in_text, in_title = links.first_link(text), links.first_link(title)
    address = links.first_link(url).address or in_text.address or in_title.address or ""
    words = in_text.words if in_text.address else text
    title = in_title.words if in_title.address else title
    found = links.canonicalise(address)
    if found.is_profile:
        return Arrived(exact_words=words[:MOST_WORDS], was_profile=True)
    if found.platform in _PERSONAL or not address:
        words, title = words or title, ""
    return Arrived(address, words[:MOST_WORDS], title[:300])
