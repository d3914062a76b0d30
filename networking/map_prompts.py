"""Three ways into a map, each with questions that help to remember who is there."""

from dataclasses import dataclass

from networking.map_parts import (
    ASPIRATIONAL,
    GROUP,
    HASHTAG,
    MEDIA,
    OFFLINE,
    ONLINE,
    ORGANISATION,
    PERSON,
    PLACE,
)

LOCAL, ISSUE, CAMPAIGN = "local", "issue", "campaign"


@dataclass(frozen=True)
class Prompt:
    """A question; what an answer to it usually is, and in which layer."""

    key: str
    question: str
    kind: str
    layer: str


@dataclass(frozen=True)
class Way:
    """A kind of map: what it is for and how it starts."""

    key: str
    title: str
    line: str
    about: str  # what the form asks; empty when there is nothing to ask
    prompts: tuple[Prompt, ...]


WAYS = (
    Way(
        LOCAL,
        "Local map",
        "Who is who in your ward: start with the people and groups you meet anyway.",
        "",
        (
            Prompt("meet", "Who do you meet at the school gate, the shop, the surgery, the pub?", PERSON, OFFLINE),
            Prompt("groups", "Which groups meet in your ward, every week or once a year?", GROUP, OFFLINE),
            Prompt("places", "Where do people run into each other?", PLACE, OFFLINE),
            Prompt("ask", "Whom do people ask when they need something done?", PERSON, OFFLINE),
            Prompt("pages", "Which local pages and groups do people read online?", MEDIA, ONLINE),
            Prompt("paper", "Which newsletters, magazines and notice boards are read?", MEDIA, OFFLINE),
            Prompt("quiet", "Who never comes to a meeting, and who speaks for them?", GROUP, ASPIRATIONAL),
        ),
    ),
    Way(
        ISSUE,
        "Issue map",
        "Who cares about one subject, who knows about it, and who decides.",
        "What is the issue?",
        (
            Prompt("touched", "Whom does it touch every day?", GROUP, OFFLINE),
            Prompt("know", "Who knows most about it?", PERSON, OFFLINE),
            Prompt("decide", "Who decides, and who is asked before?", ORGANISATION, OFFLINE),
            Prompt("write", "Who writes about it, on paper or online?", MEDIA, ONLINE),
            Prompt("tags", "Under which hashtags do people talk about it?", HASHTAG, ONLINE),
            Prompt("against", "Who sees it differently from you?", GROUP, ASPIRATIONAL),
            Prompt("elsewhere", "Who has solved it somewhere else?", ORGANISATION, ASPIRATIONAL),
        ),
    ),
    Way(
        CAMPAIGN,
        "Campaign map",
        "Who can help you to bring something about, and through whom you reach them.",
        "What do you want to bring about?",
        (
            Prompt("with", "Who is with you already?", PERSON, OFFLINE),
            Prompt("move", "Whose mind has to change?", PERSON, ASPIRATIONAL),
            Prompt("ear", "Whom do they listen to?", PERSON, OFFLINE),
            Prompt("share", "Who would share it, and with how many people?", GROUP, ONLINE),
            Prompt("press", "Which media would tell it?", MEDIA, ASPIRATIONAL),
            Prompt("tags", "Which hashtags are in use?", HASHTAG, ONLINE),
            Prompt("gain", "Who gains from it and does not know yet?", GROUP, ASPIRATIONAL),
        ),
    ),
)
BY_KEY = {way.key: way for way in WAYS}
CHOICES = [(way.key, way.title) for way in WAYS]


def prompt(way: str, key: str) -> Prompt | None:
    return next((one for one in BY_KEY[way].prompts if one.key == key), None)
