"""What people said, wrote and wanted, for the demonstration meet-ups."""

from dataclasses import dataclass, field

# liked, might change, may be quoted
Words = tuple[str, str, str]


@dataclass(frozen=True)
class After:
    """What came of one meet-up: which share of words became a quote, takeaways by question, the poll about the next."""

    said: list[Words]
    quotes: list[str]
    takeaways: list[tuple[str, list[str]]]
    poll: list[str] = field(default_factory=list)
    later: str = ""

    def notes(self, *, whole: bool = True) -> str:
        """As Markdown; not whole: as it was saved the first time."""
        parts = [f"## {question}\n\n" + "\n".join(f"- {line}" for line in lines) for question, lines in self.takeaways]
        return "\n\n".join([*parts, self.later] if whole and self.later else parts)


AFTER = [
    After(
        [
            ("Four work programmes side by side: I have never seen that before.", "More time for questions.", "named"),
            ("Small rooms. I said more in nine minutes than in a year of conferences.", "", "named"),
            ("That somebody admitted what they dropped.", "Send the four programmes round beforehand.", "unnamed"),
            ("Starting and ending on time.", "", "no"),
            ("", "My sound was bad and nobody could help.", "no"),
            ("Meeting somebody from a council of the same size.", "A list of who is who.", "unnamed"),
        ],
        ["I said more in nine minutes than in a year of conferences."],
        [
            (
                "What do we choose, and what do we leave?",
                [
                    "Ask residents' groups before the list is long, not after",
                    "Publish what was dropped, with one line on why",
                    "Three topics done well, not nine begun",
                    "Keep one slot free for what nobody saw coming",
                ],
            ),
            (
                "What can you do without asking anybody?",
                [
                    "Ring two people who complained last year and ask what they would look at",
                    "Put the work programme on one page, in words my neighbour understands",
                ],
            ),
        ],
        ["Questions that open things up", "Scrutiny of partnerships", "Minutes that people read"],
        "Next time we practise questions. Bring one that fell flat.",
    ),
    After(
        [
            ("Troika consulting. Two strangers solved what I had carried about for months.", "", "named"),
            ("Nobody gave a presentation.", "Ten minutes more in threes.", "unnamed"),
            ("The silence after a good question.", "", "unnamed"),
            ("Being asked, not told.", "Say beforehand that we need a case.", "no"),
            ("People from five nations' worth of rules.", "A break in the middle.", "no"),
        ],
        ["Two strangers solved what I had carried about for months.", "The silence after a good question."],
        [
            (
                "Which questions opened things up?",
                [
                    "“What would you do with half the money?”",
                    "“Who has not been asked about this yet?”",
                    "“What did you hope we would not ask?”",
                    "Count to ten before the second question",
                ],
            ),
            (
                "What will you try?",
                ["One question from each member, written down, before the agenda is made", "Sit in a circle"],
            ),
        ],
        ["Scrutiny of the budget, without tears", "Minutes that people read", "Scrutiny of partnerships"],
        "The questions people brought are collected in a document; ask the hosts for it.",
    ),
    After(
        [
            ("Three timetables that really happened, warts and all.", "Show the slides a day before.", "named"),
            ("25/10: silly and then very useful.", "", "unnamed"),
            ("Hearing that others are late with the budget too.", "Smaller rooms at the start.", "no"),
            ("I now know whom to ring in two other councils.", "", "named"),
        ],
        ["I now know whom to ring in two other councils."],
        [
            (
                "What helped members to ask about money in good time?",
                [
                    "A briefing in September without any numbers",
                    "One member for each service, who reads that part for all",
                    "Asking what happens if nothing is decided",
                ],
            ),
            (
                "Something you might change",
                ["Begin in July", "Invite the finance officer to the whole meeting, not to one item"],
            ),
        ],
        ["Hearing from people who never come to meetings", "Scrutiny of partnerships", "Task and finish in six weeks"],
    ),
]

# what people want to talk about, and how many others want it too
TOPICS = [
    ("Scrutiny of partnerships", 9),
    ("Task and finish in six weeks", 6),
    ("Minutes that people read", 5),
    ("How to say no to a topic", 2),
    ("Pre-meetings: worth it?", 1),
]
CLINIC_TOPICS = [("A chair who talks all the time", 4), ("Nobody reads our recommendations", 3)]
POLL_NOW = ["Scrutiny of partnerships", "Task and finish in six weeks", "Minutes that people read"]

NEWS_PAST = (
    "Hearing from people who never come to meetings",
    "You voted for it: the next meet-up is about residents who never come to a committee room. Places are open now.",
)
NEWS = (
    "Four fish wanted",
    (
        "We still look for four people for the fishbowl on listening to residents. You need not be an expert:"
        " having tried something once is enough.\n\nTick “Would you like to be a fish?” when you sign up, or change"
        " your answer on your booking page."
    ),
)
ACCESS = ["I use a screen reader; please send slides as text.", "Captions, please.", "I need a break every hour."]
OWN_STRUCTURE = {
    "name": "Postcards to next year",
    "line": "Everybody writes a postcard to themselves, and reads it to one other person.",
    "purpose": "End with one thing that each person really means to do.",
    "invitation": "Write to yourself in a year: what did you start today?",
    "phases": "4, alone, Write\n6, pairs, Read it to each other\n5, all, One line each",
    "notes": "Have a clock in view. Online, people type into a text file of their own.",
}
