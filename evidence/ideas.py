"""Ten ideas for a scrutiny team that does not use social media yet. Values in, values out."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Idea:
    """`why` in a sentence or two; `first_step` is small enough for next week."""

    slug: str
    title: str
    why: str
    first_step: str


IDEAS = (
    Idea(
        "what-for",
        "Be clear what it is for",
        "Hearing from people, telling them what scrutiny does, or finding witnesses: each needs something else.",
        "Write one sentence: “We want to … so that …”, and read it to a colleague.",
    ),
    Idea(
        "start-small",
        "Start small: pick one or two ideas",
        "One thing that is done teaches more than ten that are planned.",
        "Choose one idea of this list and one topic your committee looks at now.",
    ),
    Idea(
        "talk-to-comms",
        "Talk to communications",
        "They know the rules, the accounts and the times at which people read, and need to know what you are up to.",
        "Ask for half an hour, and bring one concrete thing you would like to post or to listen for.",
    ),
    Idea(
        "corporate-accounts",
        "Use the council's accounts if you need to",
        "You need no account of your own to be heard: the council's has readers already.",
        "Send communications one post about your next meeting, ready to use.",
    ),
    Idea(
        "find-councillors",
        "Find your councillors who use it",
        "Some have been doing it for years, and residents talk to them already.",
        "Ask in the next briefing who uses what, and what they hear there.",
    ),
    Idea(
        "shareable",
        "Make content that can be shared",
        "A page with a clear title and a picture is passed on. A PDF of 80 pages is not.",
        "Check one of your own pages with “Is this page shareable?”.",
    ),
    Idea(
        "personal-accounts",
        "Think about personal accounts",
        "Some prefer to be there as themselves. That is fine, if they know where the line to their work runs.",
        "Read your council's policy together, and write down what is unclear.",
    ),
    Idea(
        "training",
        "Ask for training and support",
        "An hour with somebody who does it beats a manual. Councils near you may have one.",
        "Ask somebody on “Who can help” for half an hour on a call.",
    ),
    Idea(
        "paperless",
        "Hook it to paperless meetings",
        "Where members get tablets for their papers, the first lesson can show how to listen as well.",
        "Find out when the next round of devices or training comes, and ask for ten minutes of it.",
    ),
    Idea(
        "learn-by-doing",
        "Learn by doing",
        "It is a different way of working, not more work. Try, look at what came of it, and change it.",
        "Try one thing for a month, and write down here what you learned.",
    ),
)

CHOICES = [(idea.slug, idea.title) for idea in IDEAS]
_BY_SLUG = {idea.slug: idea for idea in IDEAS}


class NoSuchIdea(KeyError):
    """It is none of the ten."""


def find(slug: str) -> Idea:
    try:
        return _BY_SLUG[slug]
    except KeyError as error:
        raise NoSuchIdea(slug) from error
