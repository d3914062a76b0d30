"""An inquiry for script/server: searches, items in every state, themes with what followed, a session, a report."""

from datetime import datetime, timedelta

from evidence import captures, inquiries, overrides, reports, reviewing, sessions, theming
from evidence.models import Inquiry, Item, Membership, Search, Seat, Topic
from evidence.usefulness import Answer
from meetups.timings import LONDON
from outbox.models import Message
from pages import demo_inbox
from people import councils
from people.models import Person

TOPICS = ("Young carers", "Mental health", "The transformation programme")

# Topic, link, exact words, our words, what it tells us, where, who, usefulness, tone.
HEARD = (
    (
        0,
        "https://www.mumsnet.com/talk/carers/4471201-break",
        "eleven months on the list for one weekend off, what is the point",
        "A family waits for most of a year for one weekend of respite.",
        "Waiting lists for breaks are long.",
        "A public post on a parenting forum",
        "private",
        "new",
        "bad",
    ),
    (
        0,
        "https://www.mumsnet.com/talk/carers/4471202-school",
        "my daughter's school had no idea she looks after her brother every morning",
        "A school did not know that a pupil is a carer.",
        "Schools do not ask.",
        "A public post on a parenting forum",
        "private",
        "new",
        "bad",
    ),
    (
        0,
        "https://www.careopinion.org.uk/1290011",
        "the young carers group on thursdays is the only place where i can be me",
        "A weekly group means a lot to a young carer.",
        "Groups work for those who find them.",
        "A story on Care Opinion",
        "private",
        "confirms",
        "good",
    ),
    (
        0,
        "https://www.essexcarers.example/news/2026",
        "We support 400 young carers and have a waiting list of 120.",
        "A charity supports 400 young carers; 120 wait.",
        "Demand is higher than places.",
        "A charity's news page",
        "organisation",
        "confirms",
        "mixed",
    ),
    (
        1,
        "https://www.reddit.com/r/essex/comments/1abcd1/crisis_line/",
        "rang the crisis line at 3am and it rang out, twice",
        "Somebody could not reach the crisis line at night.",
        "The line may not be staffed at night.",
        "A public post on a forum about the county",
        "private",
        "contradicts",
        "bad",
    ),
    (
        1,
        "https://www.careopinion.org.uk/1290042",
        "text service answered in two minutes and i felt heard",
        "The text service answered within minutes.",
        "Texting works better than calling for some.",
        "A story on Care Opinion",
        "private",
        "new",
        "good",
    ),
    (
        1,
        "https://www.bbc.co.uk/news/articles/c0demo1",
        "Waiting times for talking therapies rise again",
        "The press reports longer waits for talking therapies.",
        "Fits what residents say.",
        "A news site",
        "press",
        "confirms",
        "bad",
    ),
    (
        2,
        "https://www.facebook.com/groups/ourhospital/posts/70010001",
        "nobody asked us before they moved the clinic two buses away",
        "People were not asked before a clinic moved; it is two buses away now.",
        "Access got worse for those without a car.",
        "A public post in a local group",
        "private",
        "new",
        "bad",
    ),
)
SEARCHES = (
    (0, "Mumsnet", "young carers respite", 40, 2, 25),
    (0, "Care Opinion", "young carers", 15, 1, 10),
    (1, "Reddit", "crisis line night", 30, 1, 15),
    (1, "Care Opinion", "mental health text", 12, 1, 10),
    (2, "Facebook posts", "clinic moved bus", 25, 1, 20),
    (2, "FixMyStreet", "clinic bus", 10, 0, 5),
    (2, "WhatDoTheyKnow", "clinic consultation", 8, 0, 10),
)


def seed(people: dict[str, Person], now: datetime) -> None:
    """Olive runs it, Sam logs, Connie reads. Nobody is written to."""
    olive, sam = people["olive@demo.example"], people["sam@demo.example"]
    inquiry = _inquiry(olive, now - timedelta(days=20))
    inquiries.add(inquiry, sam, Membership.Role.CONTRIBUTOR, now=now, by=olive)
    inquiries.add(inquiry, people["connie@demo.example"], Membership.Role.READER, now=now, by=olive)
    topics = list(inquiry.topics.all())
    _searches(inquiry, topics, sam, now)
    items = [_item(topics, row, sam, now - timedelta(days=9 - n)) for n, row in enumerate(HEARD)]
    for item in items[:5]:
        reviewing.accept(item, relied_on=False, version=item.version, now=now, by=olive)
    reviewing.set_aside(items[5], reason="It cannot be checked", version=items[5].version, now=now, by=olive)
    _session(inquiry, olive, now)
    _themes(inquiry, items, olive, now)
    charity = next(item for item in items if item.author_kind == Item.AuthorKind.ORGANISATION)
    overrides.quote(charity, "have a waiting list of 120", reason="", now=now, by=olive)
    overrides.quote(items[0], "what is the point", reason="She said so at our public meeting", now=now, by=olive)
    report = reports.make(
        inquiry,
        reports.ReportWords(background="The committee asked for this in spring.", despite_gaps=True),
        now=now,
        by=olive,
    )
    until = now.astimezone(LONDON).date() + timedelta(days=30)
    reports.publish(report, label="Members of the committee", expires_on=until, now=now, by=olive)
    to = reports.ToCommittee("Education committee", "education@demo.example", until, "As agreed.")
    reports.hand_off(report, to, now=now, by=olive)
    captures.save_draft(captures.Said(our_words="Somebody at the surgery said that texts help."), now=now, by=sam)
    demo_inbox.seed(inquiry, sam, now)
    Message.objects.filter(key__startswith="evidence.").delete()


def _inquiry(olive: Person, now: datetime) -> Inquiry:
    today = now.astimezone(LONDON).date()
    plan = inquiries.Plan(
        title="Care closer to home",
        committee="Health overview and scrutiny committee",
        purpose="Do residents get the help they need near where they live?",
        statutory_function="National Health Service Act 2006, section 244; Local Government Act 2000, section 9F",
        questions="Who waits, and for how long?\nWho does not find the way in?",
        starts_on=today,
        ends_on=today + timedelta(days=60),
        meeting_on=today + timedelta(days=90),
        contact_email="scrutiny@demo.example",
        keep_days=90,
        council=councils.named("Essex County Council"),
        topics=[inquiries.TopicWords(name) for name in TOPICS],
    )
    inquiry = inquiries.prepare(plan, now=now, by=olive)
    inquiries.open_(inquiry, now=now)
    return inquiry


def _searches(inquiry: Inquiry, topics: list[Topic], sam: Person, now: datetime) -> None:
    for n, (topic, source, words, looked_at, logged, minutes) in enumerate(SEARCHES):
        Search.objects.create(
            inquiry=inquiry, topic=topics[topic], source_name=source, words=words, place="Essex", searched_by=sam,
            searched_at=now - timedelta(days=10 - n), looked_at=looked_at, logged=logged, minutes=minutes,
        )  # fmt: skip


def _search_of(topic: Topic, link: str) -> Search | None:
    """The one that was made there; the charity's page was found without one."""
    return next((one for one in topic.searches.all() if one.source_name.lower().replace(" ", "")[:8] in link), None)


def _item(
    topics: list[Topic], row: tuple[int, str, str, str, str, str, str, str, str], sam: Person, now: datetime
) -> Item:
    topic, link, exact, ours, tells, where, who, stance, tone = row
    said = captures.Said(
        topic=topics[topic], link=link, exact_words=exact, our_words=ours, tells_us=tells, described_as=where,
        does_not_tell_us="How many others this happened to.", author_kind=who, stance=stance, tone=tone,
        month=now.astimezone(LONDON).date().replace(day=1), seen_without_login=True, minutes=6,
        search=_search_of(topics[topic], link),
    )  # fmt: skip
    return captures.submit(captures.save_draft(said, now=now, by=sam), now=now, by=sam).item


def _session(inquiry: Inquiry, olive: Person, now: datetime) -> None:
    """One that is running: two pairs who have begun to log, one of whom has findings."""
    session = sessions.make(inquiry, meetup=None, minutes=45, now=now, by=olive)
    arrivals = [
        ("Ann", "councillor", False),
        ("Olu", "officer", True),
        ("Gita", "resident", False),
        ("Ben", "officer", True),
    ]
    for name, role, is_used in arrivals:
        sessions.join(session, sessions.Arrival(name, role, is_used), now=now)
    sessions.make_pairs(session)
    sessions.start(session, now=now)
    for number, words in enumerate(("Bus times do not fit clinic hours.", "A volunteer driver helps four families.")):
        seat = Seat.objects.filter(session=session, pair__number=number + 1).select_related("session", "pair")[0]
        assert seat.pair
        topic = seat.pair.topics.select_related("inquiry")[0]
        sessions.log(seat, captures.Said(topic=topic, our_words=words, author_kind="private", stance="new"), now=now)
        sessions.find(seat, ["Getting there is harder than getting seen"])
        sessions.answer(seat, Answer("yes" if number else "partly", "It showed us what to ask.", "yes"))
    sessions.report_back(session)


def _themes(inquiry: Inquiry, items: list[Item], olive: Person, now: datetime) -> None:
    topics = list(inquiry.topics.all())
    words = theming.ThemeWords(
        "Families do not hear of help in time",
        topics[0],
        heard="Families find out about breaks and groups late and by chance. Those who find a group value it.",
        does_not_tell_us="What those families think who do not write in public. How many there are.",
    )
    theme = theming.make(inquiry, words, now=now, by=olive)
    theming.add_items(theme, Item.objects.filter(pk__in=[item.pk for item in items[:4]]), now=now, by=olive)
    asked = theming.StepWords(
        "question", "How does a school notice that a pupil is a carer?", who="Director of education", items=items[:2]
    )
    question = theming.save_step(theme, asked, step=None, now=now, by=olive)
    advised = theming.StepWords(
        "recommendation", "Ask at every enrolment whether a child cares for somebody.", follows=question
    )
    recommended = theming.save_step(theme, advised, step=None, now=now, by=olive)
    answered = theming.StepWords(
        "response", "Agreed. It is on the enrolment form from January.", who="Cabinet member for children",
        follows=recommended,
    )  # fmt: skip
    theming.save_step(theme, answered, step=None, now=now, by=olive)
    theming.make(inquiry, theming.ThemeWords("At night nobody answers", topics[1]), now=now, by=olive)
