"""Rendered HTML as a list of nodes, enough to ask what is connected to what."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"input", "meta", "link", "br", "hr", "img"}


@dataclass
class Node:
    tag: str
    attrs: dict[str, str | None]
    text: list[str] = field(default_factory=list)

    def get(self, name: str) -> str | None:
        return self.attrs.get(name)

    @property
    def words(self) -> str:
        return " ".join("".join(self.text).split())


class Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.nodes: list[Node] = []
        self._open: list[Node] = []
        self.feed(html)
        assert self._open == [], f"never closed: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), f"an attribute twice in <{tag} {attrs}>"
        node = Node(tag, dict(attrs))
        self.nodes.append(node)
        if tag not in VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for node in self._open:
            node.text.append(data)

    def by_id(self, id_: str) -> Node:
        return next(node for node in self.nodes if node.get("id") == id_)

    def named(self, name: str) -> list[Node]:
        return [node for node in self.nodes if node.get("name") == name]

    def text_of(self, id_: str) -> str:
        return self.by_id(id_).words

    def label_of(self, id_: str) -> str:
        return next(node.words for node in self.nodes if node.tag == "label" and node.get("for") == id_)

    @property
    def ids(self) -> set[str]:
        return {node.attrs["id"] or "" for node in self.nodes if "id" in node.attrs}

    @property
    def labels(self) -> list[str]:
        return [node.words for node in self.nodes if node.tag == "label"]

    @property
    def legends(self) -> list[str]:
        return [node.words for node in self.nodes if node.tag == "legend"]

    @property
    def form(self) -> Node:
        return next(node for node in self.nodes if node.tag == "form")

    @property
    def error_summary(self) -> list[tuple[str | None, str]]:
        """Target and words of each line."""
        start = next((n for n, node in enumerate(self.nodes) if node.get("class") == "govuk-error-summary"), None)
        if start is None:
            return []
        lines: list[tuple[str | None, str]] = []
        for node, following in zip(self.nodes[start:], [*self.nodes[start + 1 :], Node("", {})], strict=True):
            if node.tag == "form" or (node.get("class") or "").startswith("govuk-form-group"):
                break
            if node.tag == "li":
                lines.append((following.get("href") if following.tag == "a" else None, node.words))
        return lines
