"""What happens around the demonstration meet-ups: reports, rooms, feedback, notes, topics, polls, followers, news."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from meetups import counting_in, feedback, following, newsroom, notes, timings, topics
from meetups.breakouts import changing, keeping, marking, planning
from meetups.models import Follower, Meetup, News, Notes, OwnStructure, Series, SignUp
from pages import demo_said
from people.models import Person

HEAD = "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest"
SECONDS = 0.2  # for each plan of rooms: nobody wants to wait for a demonstration
NAMES_OF_ROOMS = "Oak\nElm\nAsh\nBirch\nRowan\nHazel\nMaple\nWillow\nAlder\nLime\nCherry\nHolly"


def after(meetup: Meetup, what: demo_said.After, *, by: Person) -> None:
    """A meet-up that took place, with all that comes of it."""
    held = meetup.ends_at
    _report(meetup, by=by, now=held + timedelta(minutes=20))
    _rooms(meetup)
    came = list(meetup.signups.exclude(came_at=None).order_by("pk"))
    _say(came, what, by=by, now=held + timedelta(days=1))
    _notes(meetup, what, by=by, now=held + timedelta(days=2))
    _poll(meetup, what.poll, came, by=by)


def _report(meetup: Meetup, *, by: Person, now: datetime) -> None:
    """Four in five came: their names and addresses as Zoom writes them down, read and taken over."""
    people = meetup.signups.confirmed().select_related("person").order_by("pk")
    rows = [_row(meetup, signup, n) for n, signup in enumerate(people) if n % 5]
    data = "\n".join([HEAD, *rows, ""]).encode()
    report = counting_in.read(meetup, data, f"participants_8203344_{meetup.number}.csv", now=now, by=by)
    matches, _ = counting_in.compare(report, counting_in.attendees_of(report))
    sure = [(match.attendee, match.signup.id) for match in matches.sure]
    counting_in.confirm(report, counting_in.Decisions(sure=sure), now=now, by=by)


def _row(meetup: Meetup, signup: SignUp, n: int) -> str:
    joined = meetup.starts_at.astimezone(timings.LONDON) + timedelta(minutes=n % 7 - 4)
    left = meetup.ends_at.astimezone(timings.LONDON) - timedelta(minutes=n % 3 * 5)
    minutes = (left - joined).seconds // 60
    at = "%d/%m/%Y %H:%M:%S"
    return f"{signup.name},{signup.person.email},{joined:{at}},{left:{at}},{minutes},Yes"


def _rooms(meetup: Meetup) -> None:
    """Two rounds of fours that were held, so that the next plan knows who has met."""
    settings = planning.Settings(["4", "4"], "here", NAMES_OF_ROOMS)
    plan, _ = planning.ask(meetup, settings, now=meetup.starts_at)
    planning.make(plan, now=meetup.starts_at, seconds=SECONDS)
    plan.rounds.update(held_at=meetup.ends_at, shown_at=meetup.starts_at)


def _say(came: Sequence[SignUp], what: demo_said.After, *, by: Person, now: datetime) -> None:
    for n, (signup, words) in enumerate(zip(came[1:], what.said, strict=False)):
        given = feedback.give(signup, feedback.Said(*words), now=now + timedelta(hours=n))
        for quote in what.quotes:
            if quote in given.liked:
                feedback.choose_quote(given, quote, by=by, now=now + timedelta(days=1))


def _notes(meetup: Meetup, what: demo_said.After, *, by: Person, now: datetime) -> None:
    """Saved, saved again, published; the letters of that day are not written now."""
    notes.save(meetup, what.notes(whole=False), based_on=0, by=by, now=now)
    notes.save(meetup, what.notes(), based_on=1, by=by, now=now + timedelta(hours=1))
    notes.publish(meetup, by=by, now=now + timedelta(hours=2))
    Notes.objects.filter(meetup=meetup).update(spread_at=now + timedelta(hours=2))


def _poll(meetup: Meetup, titles: Sequence[str], came: Sequence[SignUp], *, by: Person) -> None:
    """Opened in the last minutes of the meet-up, closed at its end; the first topic wins."""
    at = meetup.ends_at - timedelta(minutes=8)
    wanted = [topics.propose(meetup.series, title, by=came[n].person, now=at) for n, title in enumerate(titles)]
    poll = topics.open_poll(meetup, wanted, by=by, now=at)
    candidates = list(poll.candidates.order_by("pk"))
    for n, signup in enumerate(came):
        topics.vote(poll, candidates[(0, 1, 0, 2)[n % 4]], by=signup.person, now=at)
    topics.close_poll(poll, None, now=meetup.ends_at)


def around(soon: Meetup, clinic: Series, *, by: Person, now: datetime) -> None:
    """The series with people who follow it, news, topics and a poll; the next meet-up with what hosts need to know."""
    everybody = list(soon.signups.order_by("pk").select_related("person"))
    _followers(soon.series, clinic, [signup.person for signup in everybody], now)
    _wanted(soon.series, demo_said.TOPICS, everybody, now)
    _wanted(clinic, demo_said.CLINIC_TOPICS, everybody, now)
    _poll_now(soon, everybody, by=by, now=now)
    for signup, needs in zip(everybody[4::9], demo_said.ACCESS, strict=False):
        SignUp.objects.filter(pk=signup.pk).update(access_needs=needs)
    marking.keep_apart(soon, everybody[6], everybody[7])
    OwnStructure.objects.create(**demo_said.OWN_STRUCTURE)
    _news(soon, demo_said.NEWS_PAST, by=by, now=now - timedelta(days=10))
    _news(soon, demo_said.NEWS, by=by, now=now - timedelta(days=2))


def _followers(network: Series, clinic: Series, people: Sequence[Person], now: datetime) -> None:
    """Most said yes, two were asked, one stopped. No mail: it would be of weeks ago."""
    for n, person in enumerate(people[:24]):
        asked = now - timedelta(days=60 - n)
        said_yes = None if n % 11 == 10 else asked + timedelta(minutes=9)
        stopped = asked + timedelta(days=20) if n == 5 else None
        for series in (network, clinic)[: 1 if n % 3 else 2]:
            Follower.objects.create(
                series=series, person=person, asked_at=asked, confirmed_at=said_yes, stopped_at=stopped
            )
    following.forget_old(now)


def _wanted(series: Series, wanted: Sequence[tuple[str, int]], people: Sequence[SignUp], now: datetime) -> None:
    for n, (title, backers) in enumerate(wanted):
        topic = topics.propose(series, title, by=people[n].person, now=now - timedelta(days=30 - n))
        for signup in people[n : n + backers]:
            topics.back(topic, by=signup.person, now=now - timedelta(days=20))


def _poll_now(soon: Meetup, people: Sequence[SignUp], *, by: Person, now: datetime) -> None:
    """Open, with some votes in."""
    wanted = list(soon.series.topics.open().filter(title__in=demo_said.POLL_NOW).order_by("pk"))
    poll = topics.open_poll(soon, wanted, by=by, now=now - timedelta(days=1))
    candidates = list(poll.candidates.order_by("pk"))
    for n, signup in enumerate(people[:13]):
        topics.vote(poll, candidates[n * n % len(candidates)], by=signup.person, now=now - timedelta(hours=n))


def _news(meetup: Meetup, words: tuple[str, str], *, by: Person, now: datetime) -> None:
    """On the pages, and sent to those who followed then; their mail is of that day and not written now."""
    subject, body = words
    news = News(meetup=meetup, to=News.To.FOLLOWERS, subject=subject, body=body, written_by=by, written_at=now)
    kept = newsroom.publish(news, nonce=uuid4(), now=now)
    sent = newsroom.count_recipients(meetup, News.To.FOLLOWERS)
    News.objects.filter(pk=kept.pk).update(spread_at=now, sent_count=sent)


def rooms_ready(meetup: Meetup, *, now: datetime) -> None:
    """Planned for everybody expected, with a room kept together; the first round is on people's bookings."""
    plan, _ = planning.ask(meetup, planning.Settings(["3", "3", "3"], "expected", ""), now=now)
    planning.make(plan, now=now, seconds=SECONDS)
    plan.refresh_from_db()
    first = keeping.rounds_of(plan)[0]
    changing.lock(plan, first.rooms[0].row, is_locked=True)
    changing.show(first.row, is_shown=True, now=now)
