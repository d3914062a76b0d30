"""The catalogue of structures an agenda item can use: 33 Liberating Structures and three more.

Names, sizes and minutes are facts; the sentences are ours. Liberating Structures are the work of Henri Lipmanowicz and
Keith McCandless.
"""

from dataclasses import dataclass

SITE = "https://www.liberatingstructures.com/"
CREDIT = "Liberating Structures were developed by Henri Lipmanowicz and Keith McCandless."


@dataclass(frozen=True)
class Structure:
    """A way to talk together. `line` says what people will do; `minutes` is what it usually takes."""

    slug: str
    name: str
    line: str
    minutes: int
    groups: str
    url: str


def _of_the_menu(slug: str, name: str, minutes: int, groups: str, line: str, *, page: str = "") -> Structure:
    return Structure(slug, name, line, minutes, groups, f"{SITE}{page or slug}/")


ALL: tuple[Structure, ...] = (
    _of_the_menu(
        "1-2-4-all",
        "1-2-4-All",
        12,
        "alone, pairs, fours, everyone",
        "You think alone, talk in pairs, then in fours, and share the best with everyone.",
    ),
    _of_the_menu(
        "impromptu-networking",
        "Impromptu Networking",
        20,
        "pairs, three times",
        "You meet three people in turn and say what you bring and what you hope for.",
    ),
    _of_the_menu(
        "nine-whys",
        "Nine Whys",
        20,
        "pairs, fours, everyone",
        "A partner keeps asking you why, until the purpose of the work is plain.",
    ),
    _of_the_menu(
        "wicked-questions",
        "Wicked Questions",
        25,
        "alone, groups of four to six, everyone",
        "You look for two things that are both true and seem to exclude each other.",
    ),
    _of_the_menu(
        "appreciative-interviews",
        "Appreciative Interviews",
        60,
        "pairs, fours, everyone",
        "You tell each other of something that went well and find out what made it possible.",
    ),
    _of_the_menu(
        "triz",
        "TRIZ",
        35,
        "groups of four to seven",
        "You list what would surely make things fail, see what of it you do already, and choose what to stop.",
        page="creative-destruction",
    ),
    _of_the_menu(
        "15-percent-solutions",
        "15% Solutions",
        20,
        "alone, then twos to fours",
        "You find the small step you can take now, without more money or anybody's permission.",
    ),
    _of_the_menu(
        "troika-consulting",
        "Troika Consulting",
        30,
        "threes, three turns",
        "In threes, each of you in turn asks for help and listens while the other two talk it through.",
    ),
    _of_the_menu(
        "what-so-what-now-what",
        "What, So What, Now What?",
        45,
        "alone, groups of five to seven, everyone",
        "You look back together: first what happened, then what it means, then what to do.",
    ),
    _of_the_menu(
        "discovery-and-action-dialogue",
        "Discovery & Action Dialogue",
        60,
        "groups of six to eight",
        "You look for people who solve the problem already and for ways to spread what they do.",
    ),
    _of_the_menu(
        "shift-and-share",
        "Shift & Share",
        90,
        "groups of five to eight at each stall",
        "You go from stall to stall and hear in a few minutes what somebody has made or tried.",
    ),
    _of_the_menu(
        "25-10-crowdsourcing",
        "25/10 Crowd Sourcing",
        30,
        "everyone, pairs in passing",
        "You write a bold idea on a card; cards change hands and are scored, and the best ten are read out.",
    ),
    _of_the_menu(
        "wise-crowds",
        "Wise Crowds",
        60,
        "groups of four or five, 15 minutes each",
        "In a small group each of you in turn gets the advice of all the others.",
    ),
    _of_the_menu(
        "min-specs",
        "Min Specs",
        50,
        "alone, then groups of four to six",
        "You list all the rules for a task and cross out every one it could succeed without.",
    ),
    _of_the_menu(
        "improv-prototyping",
        "Improv Prototyping",
        20,
        "players, and groups of four to six",
        "You play a difficult moment as a short scene, try other ways and keep what works.",
    ),
    _of_the_menu(
        "helping-heuristics",
        "Helping Heuristics",
        15,
        "threes or fours, two-minute turns",
        "In short turns you try four ways of helping somebody and notice what each does.",
    ),
    _of_the_menu(
        "conversation-cafe",
        "Conversation Café",
        45,
        "groups of five to seven, four rounds",
        "You talk in rounds, one at a time, so that everybody is heard on a hard question.",
    ),
    _of_the_menu(
        "user-experience-fishbowl",
        "User Experience Fishbowl",
        50,
        "three to seven inside, fours outside",
        "A few people who have done it talk among themselves; the others listen and then ask.",
    ),
    _of_the_menu(
        "heard-seen-respected",
        "Heard, Seen, Respected",
        35,
        "pairs, fours, everyone",
        "You tell a partner of a time when you were not heard, and listen to theirs.",
    ),
    _of_the_menu(
        "drawing-together",
        "Drawing Together",
        40,
        "alone, pairs, fours, everyone",
        "You draw a story with five simple shapes and hear what others see in it.",
    ),
    _of_the_menu(
        "design-storyboards",
        "Design StoryBoards",
        60,
        "alone, pairs, fours, the team",
        "You plan a meeting step by step, so that each part serves its purpose.",
    ),
    _of_the_menu(
        "celebrity-interview",
        "Celebrity Interview",
        45,
        "everyone",
        "Somebody with experience is interviewed like a guest on a talk show, with questions from all of you.",
    ),
    _of_the_menu(
        "social-network-webbing",
        "Social Network Webbing",
        60,
        "groups of four to ten",
        "You map who you know and who they know, to see whom to bring in next.",
    ),
    _of_the_menu(
        "what-i-need-from-you",
        "What I Need From You",
        60,
        "groups of two to six by function",
        "Each group says what it needs from the others and gets a plain yes, no or “say it more clearly”.",
    ),
    Structure(
        "open-space",
        "Open Space",
        "You make the agenda yourselves and go where you can learn or give most.",
        90,
        "as people choose",
        SITE,
    ),
    _of_the_menu(
        "generative-relationships-star",
        "Generative Relationships (STAR)",
        25,
        "alone, then fours",
        "You rate how your group works together on four points and choose one to work on.",
    ),
    _of_the_menu(
        "agreement-certainty-matrix",
        "Agreement–Certainty Matrix",
        45,
        "alone, pairs, groups of four to six, everyone",
        "You sort your challenges into simple, complicated, complex and chaotic, and see which need another approach.",
        page="agreement-and-certainty",
    ),
    _of_the_menu(
        "simple-ethnography",
        "Simple Ethnography",
        75,
        "alone or in pairs",
        "You watch and ask people where they really do the thing, and share what surprised you.",
    ),
    _of_the_menu(
        "integrated-autonomy",
        "Integrated~Autonomy",
        80,
        "alone, pairs, fours",
        "You look for ways to be more joined up and more independent at the same time.",
    ),
    _of_the_menu(
        "critical-uncertainties",
        "Critical Uncertainties",
        100,
        "four groups",
        "You imagine four different futures and find what would work in most of them.",
    ),
    _of_the_menu(
        "ecocycle-planning",
        "Ecocycle Planning",
        95,
        "alone, pairs, fours, everyone",
        "You place all you do on a cycle of growing, ripening, ending and starting anew.",
    ),
    _of_the_menu(
        "panarchy",
        "Panarchy",
        120,
        "alone, pairs, groups of four to six",
        "You look at a change from the levels above and below it, to see what holds it and what helps.",
    ),
    _of_the_menu(
        "purpose-to-practice",
        "Purpose-To-Practice",
        120,
        "alone, pairs, fours, everyone, five times",
        "You agree the purpose, principles, people, structure and practices of something new.",
    ),
    Structure(
        "nine-minute-networking",
        "Nine minute networking",
        "You meet two small groups, nine minutes each, with two things to talk about.",
        20,
        "threes or fours, two rounds of nine minutes",
        SITE,
    ),
    _of_the_menu(
        "spiral-journal",
        "Spiral Journal",
        10,
        "alone",
        "You draw a slow spiral to arrive, then write a few lines on each of four questions.",
    ),
    _of_the_menu(
        "mad-tea",
        "Mad Tea",
        20,
        "pairs, changing quickly",
        "You finish one open sentence after another with a new partner each time.",
        page="mad-tea-calm-tea",
    ),
)

_BY_SLUG = {structure.slug: structure for structure in ALL}


def find(slug: str) -> Structure | None:
    """The structure of this slug, or None when the catalogue does not have it (any more)."""
    return _BY_SLUG.get(slug)
