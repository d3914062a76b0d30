"""The words of the demonstration data."""

from dataclasses import dataclass, field
from datetime import time
from typing import Any

SERIES = [
    ("Scrutiny officers' network", "scrutiny-network", "Informal video meet-ups of people who support scrutiny."),
    ("Scrutiny clinic", "scrutiny-clinic", "Bring one knotty problem and leave with three ideas."),
]


# Title, minutes, slug of a structure, talking points.
AgendaText = tuple[str, int, str, str]


@dataclass(frozen=True)
class SponsorText:
    """Who supports a meet-up: website, and letters and colour of a logo; without letters there is none."""

    name: str
    url: str = ""
    letters: str = ""
    colour: str = ""


WESSEX = SponsorText("Wessex Centre for Public Scrutiny", "https://wessex.example.org/", "WCPS", "#1d5141")
TEA = SponsorText("Good Questions Co-operative", "https://questions.example.org/", "good?", "#6b2d5c")
COUNTY = SponsorText("Essex County Council, who lend the call")


@dataclass(frozen=True)
class MeetupText:
    """Fields of a meet-up and its agenda."""

    fields: dict[str, Any]
    agenda: list[AgendaText] = field(default_factory=list)
    sponsors: tuple[SponsorText, ...] = ()


_ONLINE = {
    "mode": "online",
    "places_online": 72,
    "join_url": "https://video.example.org/j/8203344",
    "passcode": "scrutiny",
    "dial_in": "020 7946 0123, then 8203344#",
    "audience": "Officers and councillors who do scrutiny",
    "hashtag": "#scrutiny",
}
_ROOM = {
    "mode": "room",
    "places_room": 16,
    "venue": "Committee Room 1",
    "address": "County Hall, Market Road, Chelmsford CM1 1QH",
    "map_url": "https://www.openstreetmap.org/search?query=CM1%201QH",
    "access_notes": "Step-free from Market Road. The hearing loop is always on. Ask at reception for a quiet room.",
    "audience": "Scrutiny officers in the east of England",
}
_NINE = (
    "Nine minute networking",
    20,
    "nine-minute-networking",
    "What brought you here?\nWhat would make today useful?",
)
_END = ("Something you like, something you might change", 10, "", "Type into the chat.")

DEFAULTS: dict[str, dict[str, Any]] = {
    "scrutiny-network": {**_ONLINE, "starts": time(10), "ends": time(12), "reminder_hours": 2},
    "scrutiny-clinic": {**_ROOM, "starts": time(10), "ends": time(12, 30), "closes_days": 2, "closes_at": time(12)},
}
DEFAULT_AGENDAS: dict[str, list[AgendaText]] = {
    "scrutiny-network": [_NINE, ("The topic of the day", 50, "user-experience-fishbowl", ""), _END],
    "scrutiny-clinic": [("Cases", 75, "troika-consulting", ""), _END],
}

PAST = [
    MeetupText(
        {
            **_ONLINE,
            "title": "Work programmes people recognise themselves in",
            "summary": "How committees choose what to look at, and who they ask first.",
            "description": "Four work programmes side by side.\n\n- What was dropped, and why?\n- Who was asked?",
        },
        [
            _NINE,
            ("What we choose and what we leave", 50, "what-so-what-now-what", ""),
            ("Ideas to keep", 40, "15-percent-solutions", ""),
        ],
    ),
    MeetupText(
        {
            **_ONLINE,
            "title": "Questions that open things up",
            "summary": "Practising questions for witnesses that get more than a prepared answer.",
            "description": "Bring a question that fell flat.",
        },
        [_NINE, ("Questions that fell flat", 40, "troika-consulting", ""), ("Better ones", 50, "1-2-4-all", "")],
    ),
    MeetupText(
        {
            **_ONLINE,
            "title": "Scrutiny of the budget, without tears",
            "summary": "What helped members to ask about money in good time.",
            "description": "Three councils show their timetable.",
        },
        [_NINE, ("Three timetables", 50, "shift-and-share", ""), ("What we will try", 40, "25-10-crowd-sourcing", "")],
        (WESSEX,),
    ),
]

SOON = MeetupText(
    {
        **_ONLINE,
        "title": "Hearing from people who never come to meetings",
        "summary": "What residents say where they talk already, and how a committee can listen without prying.",
        "description": (
            "Most people will never come to a committee room. They do talk: in groups, under news items, at the school"
            " gate.\n\nWe will try out **listening** on one live topic, in small rooms, and be honest about what it"
            " cannot tell us.\n\n## Bring\n\n- a topic your committee looks at now\n- a laptop or a phone"
        ),
        "reminder_hours": 2,
    },
    [
        _NINE,
        ("Where do people talk about this?", 12, "1-2-4-all", "Name one place you would look first."),
        ("A fishbowl with people who have tried it", 50, "user-experience-fishbowl", "What surprised you?"),
        ("A break, away from the screen", 8, "", ""),
        ("My next small step", 20, "15-percent-solutions", "What can you do without asking anybody?"),
        _END,
    ],
    (WESSEX, TEA, COUNTY),
)

ROOM = MeetupText(
    {
        **_ROOM,
        "title": "Clinic: when the executive will not come",
        "summary": "Three people bring a case, everybody else helps, nobody is quoted.",
        "description": "Tea from half past nine.",
    },
    [("Cases", 75, "troika-consulting", ""), ("What we take home", 30, "what-so-what-now-what", ""), _END],
)

BOTH = MeetupText(
    {
        **_ROOM,
        **_ONLINE,
        "mode": "both",
        "places_room": 20,
        "places_online": 40,
        "title": "Scrutiny and social media: ten ideas to start with",
        "summary": "For teams that have not started yet. Pick one or two ideas and plan the first step.",
        "description": "You need no account for anything.",
    },
    [_NINE, ("Ten ideas", 30, "", ""), ("Plan one of them", 50, "15-percent-solutions", ""), _END],
)

DRAFT = MeetupText(
    {
        **_ONLINE,
        "title": "What did we change this year?",
        "summary": "Recommendations that were followed, and how we know.",
    },
    [_NINE],
)

# kind, question, hint, choices
QUESTIONS = [
    (
        "choice",
        "Would you like to be a fish?",
        "Four or five people sit in the middle and talk.",
        ["Yes", "Perhaps", "I would rather listen"],
    ),
    ("text", "What would you like help with?", "We use this to put people together who can help each other.", []),
    ("tick", "I have used social media for scrutiny before", "", []),
]

_FIRST = [
    "Amira",
    "Ben",
    "Carys",
    "Dafydd",
    "Ewan",
    "Farah",
    "Gareth",
    "Hannah",
    "Imran",
    "Jo",
    "Kirsty",
    "Liam",
    "Mei",
    "Niamh",
    "Omar",
    "Priya",
    "Quentin",
    "Rhys",
    "Shona",
    "Tariq",
    "Una",
    "Vikram",
    "Wendy",
    "Xanthe",
    "Yusuf",
    "Zoë",
]
_LAST = [
    "Ahmed",
    "Brown",
    "Clarke",
    "Davies",
    "Evans",
    "Fraser",
    "Green",
    "Hughes",
    "Iqbal",
    "Jones",
    "Khan",
    "Lewis",
    "Murray",
    "Nolan",
    "O'Neill",
    "Price",
    "Quinn",
    "Roberts",
    "Singh",
    "Taylor",
]
_COUNCILS = [
    "Essex County Council", "Suffolk County Council", "Leeds City Council", "Cardiff Council", "Glasgow City Council",
    "Belfast City Council", "Cornwall Council", "Solihull Council", "West Sussex County Council",
    "Bristol City Council", "Cambridgeshire County Council", "Hackney Council", "Manchester City Council",
    "Northumberland County Council", "Swansea Council", "Highland Council", "Kent County Council", "Wiltshire Council",
]  # fmt: skip


def _guest(n: int) -> tuple[str, str, str, str]:
    first, last = _FIRST[n % len(_FIRST)], _LAST[(n * 7) % len(_LAST)]
    address = f"{first}.{last}{n}@guests.example".lower().replace("'", "").replace("ë", "e")
    role = ("officer", "officer", "councillor")[n % 3]
    return f"{first} {last}", address, _COUNCILS[(n * 5) % len(_COUNCILS)], role


GUESTS = [_guest(n) for n in range(64)]

_HELP = ["Getting members to look at it", "Our communications team", "Where to begin", "Making sense of what we find"]


def answer(kind: str, name: str) -> str:
    """What this guest might say to a question of this kind."""
    return {
        "choice": "Yes" if len(name) % 4 == 0 else "I would rather listen",
        "text": _HELP[len(name) % len(_HELP)],
        "tick": "Yes" if len(name) % 2 else "",
    }[kind]
