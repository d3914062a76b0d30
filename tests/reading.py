"""Reading a page as a person would: what it says, without its markup."""

import html
import re
from typing import Any


def words(answer: Any) -> str:
    """The text of the page between header and footer, on one line."""
    page = answer.content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    without = re.sub(r"<(script|style)\b.*?</\1>", " ", main, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", without)).split())


def facts(answer: Any) -> dict[str, str]:
    """The rows of summary lists: what is said about what."""
    rows = re.findall(r"<dt[^>]*>(.*?)</dt>\s*<dd[^>]*>(.*?)</dd>", answer.content.decode(), flags=re.DOTALL)
    return {_plain(key): _plain(value) for key, value in rows}


def links(answer: Any) -> set[str]:
    """Where the links between header and footer lead."""
    page = answer.content.decode()
    return {html.unescape(href) for href in re.findall(r'<a\b[^>]*href="([^"]*)"', page[page.index("<main") :])}


def heading(answer: Any) -> str:
    return _plain(re.findall(r"<h1[^>]*>(.*?)</h1>", answer.content.decode(), flags=re.DOTALL)[0])


def errors(answer: Any) -> list[str]:
    """The lines of the error summary."""
    summary = re.findall(r'class="govuk-error-summary".*?</ul>', answer.content.decode(), flags=re.DOTALL)
    return [_plain(line) for line in re.findall(r"<li>(.*?)</li>", summary[0], flags=re.DOTALL)] if summary else []


def without_tokens(answer: Any) -> bytes:
    """The page without what differs at every look: tokens of forms, nonces."""
    return re.sub(rb'(csrfmiddlewaretoken" value|nonce)="[^"]*"', b"", answer.content)


def _plain(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())
