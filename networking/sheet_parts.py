"""What a planning sheet asks: sections with questions, some with a table whose rows people add.

`SECTIONS` are those that every programme begins with; its organisers reword, order, add and hide. Keys never change:
an answer is kept under its key, whatever the question says today.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

# What is said in one section: a question's key to its answer. Cells of a table have keys such as "rows.65f0a1.handle".
Answers = Mapping[str, str]
ROWS, SKILL = "rows", "skill"
LONGEST = {"text": 4000, "line": 200}
LEVEL_KEYS = {"now": "now", "wanted": "wanted"}


@dataclass(frozen=True)
class Question:
    """`kind` is text (several lines), line or choice. What is `needed` counts for “done”.

    `earlier` are the words it had, each with the moment until which, the oldest first.
    """

    key: str
    label: str
    kind: str = "text"
    hint: str = ""
    needed: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    hidden: bool = False
    earlier: tuple[tuple[datetime, str], ...] = ()

    @property
    def title(self) -> str:
        """What it is called where answers are read."""
        return f"{self.label} (no longer asked)" if self.hidden else self.label

    def words_at(self, at: datetime | None) -> str:
        """How it was asked then; without a time, how it is asked now."""
        return next((label for until, label in self.earlier if at and at < until), self.label)

    def said(self, answer: str) -> str:
        """The answer as it is read."""
        return dict(self.choices).get(answer, answer)


@dataclass(frozen=True)
class Section:
    """`columns` are those of its table, `row` what one row of it is. With `asks_skills` it asks for help by skill."""

    key: str
    title: str
    intro: str
    questions: tuple[Question, ...] = ()
    columns: tuple[Question, ...] = ()
    row: str = ""
    rows: str = ""
    asks_skills: bool = False
    needs_row: bool = field(default=False)
    hidden: bool = False

    @property
    def asked(self) -> list[Question]:
        return [question for question in self.questions if not question.hidden]

    @property
    def asked_columns(self) -> list[Question]:
        return [column for column in self.columns if not column.hidden]

    @property
    def is_asked(self) -> bool:
        return not self.hidden and bool(self.asked or self.asked_columns or self.asks_skills)

    def read_questions(self, answers: Answers) -> list[Question]:
        """Those that are asked, and those that were and have an answer."""
        return [question for question in self.questions if not question.hidden or answers.get(question.key)]

    def read_columns(self, answers: Answers) -> list[Question]:
        said = {key.rpartition(".")[2] for key, text in answers.items() if key.startswith(f"{ROWS}.") and text}
        return [column for column in self.columns if not column.hidden or column.key in said]


Template = tuple[Section, ...]

WHOSE = (("personal", "Personal"), ("ward", "Ward"), ("both", "Both"))
PUBLIC = (("public", "Public"), ("not", "Not public"))
USES = (("follow", "Follow"), ("share", "Share"), ("both", "Follow and share"))

SECTIONS = (
    Section(
        "reach",
        "Who I want to reach",
        "Start with people, not with platforms.",
        (
            Question("people", "Who do you want to reach?", hint="Such as parents at the new estate.", needed=True),
            Question("where", "Where are they already, online and off?"),
            Question("why", "What do you want to hear from them, or say to them?"),
        ),
    ),
    Section(
        "accounts",
        "Accounts",
        "The few places where people find you. One that is looked after beats five that are not.",
        (Question("plan", "What will you start, keep or close?"),),
        columns=(
            Question("platform", "Platform", "line", "Such as Facebook page."),
            Question("handle", "Name or address there", "line"),
            Question("whose", "Whose", "choice", choices=WHOSE),
            Question("posts", "Who can post", "line", "Such as only me, or me and the clerk."),
            Question("public", "Who can see it", "choice", choices=PUBLIC),
        ),
        row="Account",
        rows="Accounts",
        needs_row=True,
    ),
    Section(
        "voice",
        "Voice and boundaries",
        "How you sound, and where you stop.",
        (
            Question("voice", "How do you want to sound?", hint="Three words are enough.", needed=True),
            Question("never", "What will you not write about?"),
            Question("hours", "When do you answer, and when not?", needed=True),
        ),
    ),
    Section(
        "topics",
        "Topics",
        "What people can expect to hear about from you.",
        (
            Question("topics", "Your topics, one on each line", needed=True),
            Question("why", "Why these?"),
        ),
    ),
    Section(
        "sources",
        "Sources to follow and share",
        "What you read so that you have something to pass on.",
        (Question("how", "How do you keep up with them?", hint="A list, a reader, an alert."),),
        columns=(
            Question("name", "Source", "line", "A page, group, newsletter or organisation."),
            Question("link", "Link", "line", "Starts with https://"),
            Question("use", "Use", "choice", choices=USES),
        ),
        row="Source",
        rows="Sources",
        needs_row=True,
    ),
    Section(
        "rhythm",
        "Weekly rhythm and tools",
        "A habit that survives a busy week.",
        (
            Question("rhythm", "What do you do on which days, and for how long?", needed=True),
            Question("tools", "Which tools help you?"),
        ),
    ),
    Section(
        "safety",
        "Safety and abuse plan",
        "Decide while it is quiet. Nobody has to put up with abuse.",
        (
            Question("private", "What stays private?", hint="Home, family, where you are right now.", needed=True),
            Question("abuse", "What do you do when somebody is abusive?", needed=True),
            Question("help", "Whom do you tell, at the council and elsewhere?"),
        ),
    ),
    Section(
        "help",
        "Help wanted",
        "Your mentor sees this, and it decides who your mentor is when people are matched.",
        (Question("note", "Anything else you would like help with?"),),
        asks_skills=True,
    ),
    Section(
        "measures",
        "Measures",
        "How you will know that it is worth your time.",
        (
            Question("measure", "What will you look at?", hint="Such as answers you got, not likes.", needed=True),
            Question("now", "How is it now?"),
            Question("when", "When will you look again?", "line"),
        ),
    ),
)
BY_KEY = {section.key: section for section in SECTIONS}
# What other pages read, by section and question: it can be reworded and moved, and is always asked.
FEEDS = {
    ("accounts", ""): "Checks of readiness count the accounts in this table.",
    ("topics", ""): "A new network map begins with these topics.",
    ("topics", "topics"): "A new network map begins with these topics.",
    ("help", ""): "The match and the mentor’s page read the skills of this section.",
}


def find(template: Template, key: str) -> Section:
    """Raises KeyError."""
    for section in template:
        if section.key == key:
            return section
    raise KeyError(key)


def asked(template: Template) -> list[Section]:
    return [section for section in template if section.is_asked]


def read(template: Template, begun: Iterable[str]) -> list[Section]:
    """Those that are asked, and those in which something was said before they were hidden."""
    keys = set(begun)
    return [section for section in template if section.is_asked or section.key in keys]


def row_ids(answers: Answers) -> list[str]:
    """The rows of its table, the oldest first: ids begin with the time they were made."""
    return sorted({key.split(".")[1] for key in answers if key.startswith(f"{ROWS}.")})


def cells(answers: Answers, section: Section) -> list[list[str]]:
    """The table of a section as it is read."""
    return [
        [column.said(answers.get(f"{ROWS}.{row}.{column.key}", "")) for column in section.read_columns(answers)]
        for row in row_ids(answers)
    ]


def missing(answers: Answers, section: Section) -> list[str]:
    """What is not said yet of what counts; empty when the section is done."""
    unsaid = [question.label for question in section.asked if question.needed and not answers.get(question.key)]
    if section.needs_row and not row_ids(answers):
        unsaid.insert(0, f"One {section.row.lower()} at least")
    if section.asks_skills and not any(key.endswith(".wanted") for key in answers):
        unsaid.insert(0, "One skill at least that you want to get further in")
    if not unsaid and not answers:
        unsaid.append("One answer at least")
    return unsaid


def is_done(answers: Answers, section: Section) -> bool:
    return not missing(answers, section)
