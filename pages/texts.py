"""The pages whose words can be changed on the site, and the words each comes with."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from people.models import Role

WORDS = Path(__file__).parent / "words"
# Where the rows about what we keep stand in the words about privacy, on a line of its own.
WHAT_WE_KEEP = "{what we keep}"


@dataclass(frozen=True)
class Text:
    """One such page. The title and who may change it are fixed; the words are the newest version, or the default."""

    slug: str
    title: str
    description: str
    editors: Role
    has_rows: bool = False

    @property
    def url_name(self) -> str:
        return f"pages:{self.slug.replace('-', '_')}"

    @property
    def default(self) -> str:
        return _default(self.slug)


# Privacy and accessibility are what the site owes people by law: administrators answer for them.
TEXTS = (
    Text(
        "video-call-tips",
        "Tips for video calls",
        "What to have ready, how to be heard, and what to do when something does not work.",
        Role.ORGANISER,
    ),
    Text(
        "what-are-liberating-structures",
        "What are Liberating Structures",
        "Small, simple rules for talking in a group, so that everybody is heard.",
        Role.ORGANISER,
    ),
    Text(
        "accessibility",
        "Accessibility statement",
        "How this site is made so that everybody can use it, and what to do when you cannot.",
        Role.ADMINISTRATOR,
    ),
    Text(
        "privacy",
        "Privacy",
        "What this site keeps about you, why, for how long, and what you can do about it.",
        Role.ADMINISTRATOR,
        has_rows=True,
    ),
)


def named(slug: str) -> Text:
    """Raises KeyError for a page that there is not."""
    return {text.slug: text for text in TEXTS}[slug]


@lru_cache
def _default(slug: str) -> str:
    return (WORDS / f"{slug}.md").read_text(encoding="utf-8")


def filled(words: str) -> str:
    """With the site's own name, address and contact where the words leave room for them."""
    values = {"{site}": settings.SITE_NAME, "{address}": settings.SITE_URL, "{contact}": settings.CONTACT_EMAIL}
    for blank, value in values.items():
        words = words.replace(blank, value)
    return words


def around_rows(words: str) -> tuple[str, str]:
    """The words before and after the rows about what we keep. Without the mark the rows come last: never not at all."""
    lines = words.splitlines()
    marks = [number for number, line in enumerate(lines) if line.strip() == WHAT_WE_KEEP]
    if not marks:
        return words, ""
    rest = [line for line in lines[marks[0] + 1 :] if line.strip() != WHAT_WE_KEEP]
    return "\n".join(lines[: marks[0]]), "\n".join(rest)
