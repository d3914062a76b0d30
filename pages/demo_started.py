"""Getting started on a demonstration site: plans, barriers, a page that was looked at, people who can help."""

from datetime import datetime, timedelta

from evidence import fetches, helping, starting
from meetups.timings import LONDON
from people.models import Person

# idea, what exactly, who, days from now, what was learned (which makes it done), shared
PLANS = [
    (
        "shareable", "Give the page of our next meeting a title, a sentence and a picture", "Sam, with web team", -20,
        "The web team did it in an hour. The link was passed on eleven times; the PDF never was.", True,
    ),
    ("talk-to-comms", "Half an hour with communications about the young carers review", "Sam", 9, "", False),
]  # fmt: skip
OTHERS_PLANS = [
    (
        "find-councillors", "Ask in the September briefing who uses what", "Democratic services", -60,
        "Four of twelve do. Two offered to show the others on their phones.", True,
    ),
    ("training", "One hour on local Facebook groups before the committee", "Scrutiny officer", 25, "", True),
]  # fmt: skip
# kind, what was met, what helped, shared
BARRIERS = [
    ("blocked", "Facebook is blocked on our network.", "IT opened it for two people after the chair asked.", True),
    ("comms", "We may not post ourselves.", "", False),
]
OTHERS_BARRIERS = [
    ("blocked", "Everything but LinkedIn is blocked.", "A tablet on the guest network.", True),
    ("looks", "A resident complained that a councillor was on the phone in a meeting.",
     "The chair says at the start that members read their papers and notes there.", True),
    ("skills", "Nobody knows where residents talk.", "", True),
]  # fmt: skip
PAGE = """<html lang="en-GB"><head><title>Agenda for Children and Families Scrutiny Committee on Thursday, 10.00 am,
County Hall, Committee Room 1</title></head><body><h1>Agenda</h1><p>Papers.</p><a href="pack.pdf">Pack</a></body>"""


def seed(people: dict[str, Person], now: datetime) -> None:
    """Sam begins; Hari's team is further; Olive and Connie can be asked."""
    sam, hari = people["sam@demo.example"], people["hari@demo.example"]
    for person, plans, barriers in ((sam, PLANS, BARRIERS), (hari, OTHERS_PLANS, OTHERS_BARRIERS)):
        for idea, what, who, days, learned, is_shared in plans:
            day = now.astimezone(LONDON).date() + timedelta(days=days)
            words = starting.PlanWords(idea, what, who, day, day if learned else None, learned, is_shared)
            starting.keep_plan(None, words, now=now, by=person)
        for kind, met, helped, is_shared in barriers:
            starting.keep_barrier(None, starting.BarrierWords(kind, met, helped, is_shared), now=now, by=person)
    fetches.read_pasted(PAGE, now=now, by=sam)
    olive, connie = people["olive@demo.example"], people["connie@demo.example"]
    helping.offer(
        olive, platforms=["linkedin", "bluesky"], what_for="Announcing meet-ups, and hearing what is on people's minds",
        is_councillor=False, now=now,
    )  # fmt: skip
    helping.offer(
        connie,
        platforms=["facebook", "nextdoor"],
        what_for="Finding witnesses for reviews",
        is_councillor=False,
        now=now,
    )
