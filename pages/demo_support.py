"""Eight weeks of support meetings and questions for the demonstration cohort: who meets, who is late, who is silent."""

from datetime import date, datetime, time, timedelta

from meetups.timings import LONDON
from networking import pool, silences, support_meetings
from networking.models import Cohort, Member, Pair, PoolQuestion, Skill
from networking.support_meetings import Said, When
from people.models import Person

DID = [
    ("We went through the planning sheet and cut the accounts down to two.", "Close the old page by Sunday."),
    ("Looked at three posts of the week and what people answered.", "Try one post with a question in it."),
    ("Talked about what to do when somebody gets personal.", "Write down two sentences to answer with."),
    ("Drew the network map of the ward together.", "Say hello to the food club's page."),
    ("", "Bring one photo from the ward next time."),
]
# Days ago on which each pair met, the last first; the rest follow their rhythm.
MET = [
    (9, 22, 37, 51), (30, 44), (), (26, 40, 54), (13, 27, 41), (4, 19, 33, 48), (11, 25, 38),
    (6, 20, 35, 49), (10, 24), (16, 29, 43), (3, 17, 32, 46),
]  # fmt: skip
HOW = ["video", "phone", "person", "video"]


def seed(cohort: Cohort, lead: Person, now: datetime) -> None:
    """Nobody is written to: whoever calls takes the messages away."""
    pairs = list(Pair.objects.current().filter(cohort=cohort).with_people().order_by("councillor__pk"))
    today = now.astimezone(LONDON).date()
    for n, (pair, days_ago) in enumerate(zip(pairs, MET, strict=False)):
        for number, ago in enumerate(reversed(days_ago)):
            _meet(pair, today - timedelta(days=ago), n + number)
    support_meetings.agree(pairs[0], When(today + timedelta(days=5), time(10, 30), 45), by=pairs[0].mentor, now=now)
    support_meetings.agree(pairs[5], When(today + timedelta(days=10)), by=pairs[5].councillor, now=now)
    silences.call_fine(pairs[3], until=today + timedelta(days=20), why="Ill in the family.", by=lead, now=now)
    for back in range(21, 0, -1):
        silences.queue_due(_at(today - timedelta(days=back), 10))
    _say_why(pairs[1], now)
    _questions(cohort, pairs, now)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), LONDON)


def _meet(pair: Pair, day: date, n: int) -> None:
    did, next_step = DID[n % len(DID)]
    said = Said(day, HOW[n % len(HOW)], (30, 45, 25)[n % 3], did, next_step)
    support_meetings.log(pair, said, by=pair.mentor if n % 3 else pair.councillor, now=_at(day, 18))


def _say_why(pair: Pair, now: datetime) -> None:
    """Both of a silent pair have answered the nudge."""
    if pair.silences.filter(ended_at=None).exists():
        note = "Two dates fell through. Evenings would be better."
        silences.say_not_met(pair, pair.mentor, why_not="no_time", note=note, now=now)
        silences.say_not_met(pair, pair.councillor, why_not="away", note="", now=now)


def _questions(cohort: Cohort, pairs: list[Pair], now: datetime) -> None:
    """One that everybody can read, one that was answered, one somebody looks at, one open, one nobody can answer."""
    asked = [
        ("conflict", "Somebody posts the same accusation under everything I write. Do I answer each time?", 20),
        ("video-and-pictures", "How do I add captions to a short video on my phone?", 9),
        ("curation", "Which sources could I follow for bus news without reading for an hour a day?", 3),
        ("facebook", "Can I move my personal page to a ward page and keep the followers?", 1),
        ("nextdoor", "Does Nextdoor let a councillor post to a whole ward?", 6),
    ]
    made = [
        pool.ask(pairs[n].councillor, Skill.objects.get(slug=slug), text, now=now - timedelta(days=ago))
        for n, (slug, text, ago) in enumerate(asked)
    ]
    answer = "Answer once, in public and kindly, with the facts. Then link to that answer and leave it there."
    kept = _answer(made[0], answer, now - timedelta(days=19))
    for member in (kept.asked_by, kept.taken_by):
        if member:
            pool.say_solved(kept, member, shares=True, now=now - timedelta(days=18))
    _answer(made[1], "In the editor of the app: “Captions”, then check every name.", now - timedelta(days=8))
    pool.take(made[2], _helper(made[2]), now=now - timedelta(days=2))


def _helper(question: PoolQuestion) -> Member:
    offer = question.offers.select_related("member__person").order_by("pk").first()
    assert offer
    return offer.member


def _answer(question: PoolQuestion, text: str, at: datetime) -> PoolQuestion:
    helper = _helper(question)
    taken = pool.take(question, helper, now=at)
    pool.say(taken, helper, text, now=at)
    return PoolQuestion.objects.with_people().get(pk=question.pk)
