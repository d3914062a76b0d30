"""Takeaways out of the chat of a call: what was said to everyone, without times, names and “+1”, under its question.

Saved chats of Zoom come as “10:02:11 From A to Everyone:” with the message below, in older versions as “… From A to
Everyone : message”, from cloud recordings as “10:02:11⇥A:⇥message”. A message to one person has “(Direct Message)” or
“(Privately)” behind that person's name (on private messages: support.zoom.com KB0064400). Teams and Meet save no such
file: there people copy the panel, which gives “[10:02] A”, “A 10:02” or name and time in two lines. Meet's recordings
come with captions: “00:01:02.000,00:01:05.000” and below it “A: message”.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

_DAY = r"(?:\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},?\s+)?"
_TIME = r"\d{1,2}:\d\d(?::\d\d)?(?:\s*[AaPp]\.?[Mm]\.?)?"
_LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]]")
# Whom a message was for, when it was for all. Anybody else makes it a private message.
_ALL = re.compile(r"(everyone|everybody|all panelists and attendees|all|meeting group chat|tous|alle)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """One message. `mentions` are names of people in the chat that it still has in it, for the host to look at."""

    text: str
    links: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """What was said after a question of the host, until the next one; without a question: what was said before."""

    question: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Chat:
    """What is worth keeping. `tool` is empty when we did not know the form, so that names may be left in the lines."""

    tool: str
    groups: tuple[Group, ...]
    private: int = 0
    reactions: int = 0

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for group in self.groups for line in group.lines)


@dataclass(frozen=True)
class Message:
    who: str
    text: str
    is_private: bool = False


def read_chat(pasted: str, *, hosts: Collection[str] = (), questions: Collection[str] = ()) -> Chat:
    """Sort what was pasted under the questions that the hosts asked in the chat, or that were planned.

    Private messages, reactions, “+1” and repetitions are left out; replies lose what they quote; links stay.
    Never fails: what is not recognised becomes lines as they are.
    """
    tool, messages = _messages(_tidy(pasted))
    people = _people(messages)
    public = [message for message in messages if not message.is_private]
    said = [replace(message, text=text) for message in public if (text := _worth_keeping(message.text, people))]
    asked = _Asked(frozenset(words for host in hosts if (words := _words(host))), frozenset(map(_flat, questions)))
    return Chat(tool, _grouped(said, asked, people), len(messages) - len(public), len(public) - len(said))


def _tidy(pasted: str) -> str:
    text = pasted.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").replace("\u202f", " ")
    return "".join(letter for letter in text if letter in "\n\t\u200d" or unicodedata.category(letter)[0] != "C")


# --- From text to messages ------------------------------------------------------------------------------------------

_ZOOM = re.compile(rf"{_DAY}{_TIME}\s+From\s+(?P<rest>\S.*)$")
_ZOOM_PANEL = re.compile(rf"(?:From\s+)?(?P<rest>[^:]{{1,100}}?\sto\s[^:]{{1,150}}?):?\s+{_TIME}$", re.IGNORECASE)
_TO = re.compile(r"(?P<who>[^:]{1,100}?)\s+to\s+(?P<to>[^:]{1,150}?)\s*(?::\s*(?P<text>.*))?$", re.IGNORECASE)
_PRIVATE = re.compile(r"\((direct message|privately)\)", re.IGNORECASE)
_ZOOM_CLOUD = re.compile(r"\d\d:\d\d:\d\d\t(?P<who>[^\t]+?):\t(?P<text>.*)$")
_BRACKETS = re.compile(rf"\[[^\]]*?{_TIME}\]\s*(?P<who>[^:]{{1,80}})(?::\s*(?P<text>.*))?$")
_CAPTION = re.compile(r"\d{1,2}:\d\d:\d\d\.\d{3},\d{1,2}:\d\d:\d\d\.\d{3}$")
_NAME_TIME = re.compile(rf"(?P<who>\S[^\d:]{{1,80}}?)\s+{_DAY}{_TIME}$")
_ONLY_TIME = re.compile(rf"{_DAY}{_TIME}$")
_LEADING_TIME = re.compile(rf"\[?{_DAY}{_TIME}\]?\s+")


def _messages(text: str) -> tuple[str, list[Message]]:
    """The form that finds the most beginnings of messages, and the messages; the first of equals."""
    lines = text.split("\n")
    read = [(tool, begins(lines)) for tool, begins in _FORMS]
    tool, found = max(read, key=lambda one: len(one[1]), default=("", {}))
    if not found:
        return "", [Message("", _LEADING_TIME.sub("", line.strip())) for line in lines if line.strip()]
    return tool, list(_collected(lines, found))


# For each line that begins a message: who, what stands in the same line, whether it is private, how many lines to skip.
Beginnings = dict[int, tuple[str, str, bool, int]]


def _collected(lines: Sequence[str], beginnings: Beginnings) -> Iterator[Message]:
    starts = sorted(beginnings)
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        who, first, is_private, skipped = beginnings[start]
        rest = [line.strip() for line in lines[start + 1 + skipped : end]]
        yield Message(who, "\n".join([first.strip(), *rest]).strip(), is_private)


def _zoom(lines: Sequence[str]) -> Beginnings:
    found: Beginnings = {}
    for place, line in enumerate(lines):
        if match := _ZOOM.match(line.strip()):
            who, text, is_private = _addressed(match["rest"])
            found[place] = (who, text, is_private, 0)
    return found


def _addressed(rest: str) -> tuple[str, str, bool]:
    """“A to Everyone:”, “A to B(Direct Message) : text”, “A : text”. Without an addressee it was for all."""
    is_marked = bool(_PRIVATE.search(rest[:300]))
    if not (found := _TO.match(rest)):
        who, _, text = rest.partition(":")
        return who.strip(), text, is_marked
    *middle, to = re.split(r"\s+to\s+", found["to"], flags=re.IGNORECASE)
    return " to ".join([found["who"], *middle]), found["text"] or "", is_marked or not _ALL.match(to)


def _zoom_panel(lines: Sequence[str]) -> Beginnings:
    found: Beginnings = {}
    for place, line in enumerate(lines):
        if match := _ZOOM_PANEL.match(line.strip()):
            who, _, is_private = _addressed(match["rest"])
            found[place] = (who, "", is_private, 0)
    return found


def _by(pattern: re.Pattern[str]) -> Callable[[Sequence[str]], Beginnings]:
    def begins(lines: Sequence[str]) -> Beginnings:
        matches = ((place, pattern.match(line.strip())) for place, line in enumerate(lines))
        return {place: (match["who"].strip(), _text(match), False, 0) for place, match in matches if match}

    return begins


def _text(match: re.Match[str]) -> str:
    return match.groupdict().get("text") or ""


def _captions(lines: Sequence[str]) -> Beginnings:
    found: Beginnings = {}
    for place, line in enumerate(lines[:-1]):
        if _CAPTION.match(line.strip()):
            who, _, text = lines[place + 1].partition(": ")
            found[place] = (who.strip(), text, False, 1)
    return found


def _two_lines(lines: Sequence[str]) -> Beginnings:
    """A name, below it a time and nothing else."""
    found: Beginnings = {}
    for place, line in enumerate(lines[:-1]):
        if 0 < len(line.strip()) <= 80 and _ONLY_TIME.match(lines[place + 1].strip()):
            found[place] = (line.strip(), "", False, 1)
    return found


_FORMS: tuple[tuple[str, Callable[[Sequence[str]], Beginnings]], ...] = (
    ("Zoom", _zoom),
    ("Zoom", _by(_ZOOM_CLOUD)),
    ("Zoom", _zoom_panel),
    ("Teams", _by(_BRACKETS)),
    ("Google Meet", _captions),
    ("Teams or Google Meet", _by(_NAME_TIME)),
    ("Teams or Google Meet", _two_lines),
)


# --- From messages to lines -----------------------------------------------------------------------------------------

_QUOTED = re.compile(r"\s*Replying to [\"“].*?[\"”](?:\s*\n|\s*$)", re.DOTALL)
_REACTION = re.compile(r"\s*(Reacted to [\"“]|Removed an? .{1,40} reaction from )")
_SYSTEM = re.compile(
    r".{1,80} (has )?(joined|left) the (meeting|chat|call|conversation)\.?"
    r"|(recording|meeting|transcription) (has )?(started|stopped|ended)\.?",
    re.IGNORECASE,
)
# Teams puts the reactions to a message below it: “Like 2”, “👍 1”.
_COUNTED = re.compile(r"(like|heart|laugh|surprised|sad|angry|thumbs ?up|applause)\s*\d{1,3}", re.IGNORECASE)
_PLUS = re.compile(r"\+\s?\d{1,3}\b(?: (?:to|on|for) (?:that|this|both|all)\b)?[\s,.:;–-]*", re.IGNORECASE)
_TITLES = frozenset({"Cllr", "Councillor", "Mrs", "Miss", "Prof", "Professor", "Lord", "Lady", "Dame"})


def _worth_keeping(text: str, people: Sequence[str]) -> str:
    """The message without whom it is for, what it quotes, who liked it, and “+1”; empty if that was all."""
    if _REACTION.match(text):
        return ""
    text = _QUOTED.sub("", text, count=1) if text.lstrip().startswith("Replying to") else text
    for who in people:
        text = re.sub(rf"@{re.escape(who)}(?!\w)[ ,:]*", "", text)
    kept = [line for line in text.split("\n") if line.strip() and not _is_noise(line.strip())]
    text = _PLUS.sub("", "\n".join(kept), count=1) if kept and _PLUS.match(kept[0]) else "\n".join(kept)
    return text.strip() if any(letter.isalnum() for letter in text) else ""


def _is_noise(line: str) -> bool:
    """What the tool writes, not a person: who came and went, and how many liked it."""
    is_emoji_count = bool(re.fullmatch(r"\W{1,4}\s*\d{1,3}", line)) and unicodedata.category(line[0]) == "So"
    return is_emoji_count or bool(_COUNTED.fullmatch(line) or _SYSTEM.fullmatch(line))


def _people(messages: Iterable[Message]) -> tuple[str, ...]:
    """Those who wrote, longest names first, so that “Ann Smith” goes before “Ann”."""
    return tuple(sorted({message.who for message in messages if message.who}, key=lambda who: (-len(who), who)))


@dataclass(frozen=True)
class _Asked:
    hosts: frozenset[frozenset[str]]
    questions: frozenset[str]

    def has(self, message: Message) -> bool:
        """A planned question by anybody, or a host's line with a question mark that does not stand in a link."""
        is_hosts = any(host <= _words(message.who) for host in self.hosts)
        return _flat(message.text) in self.questions or (is_hosts and "?" in _LINK.sub("", message.text))


def _grouped(messages: Iterable[Message], asked: _Asked, people: Sequence[str]) -> tuple[Group, ...]:
    groups: dict[str, dict[str, Line]] = {"": {}}
    current = groups[""]
    for message in messages:
        if asked.has(message):
            current = groups.setdefault(message.text, {})
        else:
            current.setdefault(_flat(message.text), _line(message.text, people))
    return tuple(Group(question, tuple(lines.values())) for question, lines in groups.items() if lines)


def _line(text: str, people: Iterable[str]) -> Line:
    mentions = {name for who in people if (name := _named(who, text))}
    return Line(text, tuple(_LINK.findall(text)), tuple(sorted(mentions)))


def _named(who: str, text: str) -> str:
    """The whole or the first name, if it stands in the text as a word with its capital letter."""
    words: list[str] = [word for word in re.findall(r"[\w'’-]+", who) if word not in _TITLES]
    for name in (who, *words[:1]):
        if len(name) > 2 and name[0].isupper() and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            return name
    return ""


def _flat(words: str) -> str:
    return " ".join(words.casefold().split())


def _words(who: str) -> frozenset[str]:
    """The words of a name in any order: “Ward, Priya (Northmoor)” has those of “Priya Ward”."""
    return frozenset(word.casefold() for word in re.findall(r"[\w'’-]+", who) if word not in _TITLES)
