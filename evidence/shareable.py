"""Is this page shareable? What is good about it, and for the rest what to do. Values in, values out."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from evidence.page_facts import PageFacts

TITLE, DESCRIPTION, POST = 65, 160, 280
_PAGES = ("", "text/html", "application/xhtml+xml")
READING_AGE, FEW_WORDS, LONG_PATH = 14, 80, 75


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `todo` is empty when nothing needs doing."""

    about: str
    said: str
    todo: str = ""

    @property
    def is_good(self) -> bool:
        return not self.todo


def findings(facts: PageFacts) -> list[Finding]:
    """Everything that was looked at; what needs doing first."""
    if facts.content_type == "application/pdf":
        return [_pdf_only()]
    if facts.content_type not in _PAGES:
        return [_other_file()]
    looked = [
        *(_title(facts), _description(facts), _open_graph(facts), _picture(facts), _pictures(facts)),
        *(_address(facts), _phone(facts), _language(facts), _plain(facts), _not_only_pdf(facts), _post(facts)),
    ]
    return sorted((one for one in looked if one), key=lambda one: one.is_good)


def share_text(facts: PageFacts) -> str:
    """What a post about this page would say."""
    return " ".join(part for part in (facts.og_title or facts.title, facts.url) if part)


def _pdf_only() -> Finding:
    todo = "Make a page with the three things people need to know, and link to the PDF from it."
    return Finding("PDF", "This is a PDF. It has no preview in a post, and is hard to read on a phone.", todo)


def _other_file() -> Finding:
    todo = "Make a page with the three things people need to know, and link to the file from it."
    return Finding(
        "File", "This is a file, not a page. It has no preview in a post, and may not open on a phone.", todo
    )


def _title(facts: PageFacts) -> Finding:
    if not facts.title:
        return Finding("Title", "It has no title.", "Give the page a title that says what it is about.")
    if len(facts.title) > TITLE:
        said = f"The title has {len(facts.title)} letters. Posts and search results cut it after about {TITLE}."
        return Finding("Title", said, "Put what matters into the first words.")
    return Finding("Title", f"“{facts.title}”")


def _description(facts: PageFacts) -> Finding:
    if not facts.description:
        return Finding(
            "Description", "It has none.", "Ask for a sentence in the meta description: who it is for, and why."
        )
    if len(facts.description) > DESCRIPTION:
        said = f"It has {len(facts.description)} letters and is cut after about {DESCRIPTION}."
        return Finding("Description", said, "Say it in one sentence.")
    return Finding("Description", f"“{facts.description}”")


def _open_graph(facts: PageFacts) -> Finding:
    missing = [
        name
        for name, said in (
            ("og:title", facts.og_title),
            ("og:description", facts.og_description),
            ("og:image", facts.image),
        )
        if not said
    ]
    if missing:
        todo = f"Ask whoever looks after the site to add {', '.join(missing)}: a post then shows a preview."
        return Finding(
            "Preview in a post", f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing.", todo
        )
    return Finding("Preview in a post", "Title, description and picture are there.")


def _picture(facts: PageFacts) -> Finding | None:
    if not facts.image:
        return None
    if not facts.image_alt:
        todo = "Add og:image:alt with what the picture shows."
        return Finding("Picture of the preview", "Nobody who cannot see it is told what it shows.", todo)
    return Finding("Picture of the preview", f"It is described: “{facts.image_alt}”")


def _pictures(facts: PageFacts) -> Finding | None:
    if not facts.images:
        return None
    if facts.images_without_alt:
        said = f"{facts.images_without_alt} of {facts.images} pictures on the page have no alt text."
        return Finding("Pictures on the page", said, "Describe each, or leave alt empty where it only decorates.")
    return Finding("Pictures on the page", "Each has an alt text, or is marked as decoration.")


def _address(facts: PageFacts) -> Finding | None:
    if not facts.url:
        return None
    parts = urlsplit(facts.url)
    if parts.scheme != "https":
        return Finding("Address", "It does not begin with https.", "Ask for https: browsers warn people off otherwise.")
    if parts.query or len(parts.path) > LONG_PATH or re.search(r"\d{5,}|[0-9a-f]{12,}|\.aspx?$", parts.path):
        todo = "Ask for a short address made of words, which people can say and type."
        return Finding("Address", "It is long, or has numbers and signs in it.", todo)
    return Finding("Address", "It can be read and typed.")


def _phone(facts: PageFacts) -> Finding:
    if facts.has_viewport:
        return Finding("On a phone", "The page says that it fits small screens. Try it on yours.")
    todo = "Ask for a page that fits small screens (it has no viewport): most people open a shared link on a phone."
    return Finding("On a phone", "It does not say that it fits small screens.", todo)


def _language(facts: PageFacts) -> Finding:
    if facts.language:
        return Finding("Language", f"The page says that it is in “{facts.language}”.")
    return Finding(
        "Language", "It does not say so.", 'Ask for lang="en-GB", so that screen readers pronounce it right.'
    )


def _plain(facts: PageFacts) -> Finding | None:
    if not facts.reading_age:
        return None
    said = f"About {facts.words} words, for readers from about {facts.reading_age} years of age."
    if facts.reading_age > READING_AGE:
        return Finding("Plain language", said, "Shorten the sentences and swap long words for short ones.")
    return Finding("Plain language", said)


def _not_only_pdf(facts: PageFacts) -> Finding | None:
    if facts.pdf_links and facts.words < FEW_WORDS:
        said = f"The page has {facts.words} words and {facts.pdf_links} PDF{'' if facts.pdf_links == 1 else 's'}."
        return Finding("PDF", said, "Say the three main things on the page itself.")
    return None


def _post(facts: PageFacts) -> Finding | None:
    text = share_text(facts)
    if not text:
        return None
    if len(text) > POST:
        return Finding("A post about it", f"Title and address have {len(text)} letters.", f"Keep them under {POST}.")
    return Finding(
        "A post about it", f"Title and address have {len(text)} letters; {POST - len(text)} are left for you."
    )
