"""Every kind of mail that UnMentoring writes, one at least."""

from tests import make
from tests.unmentoring import build
from unmentoring import emails, learning, month, resting
from unmentoring.models import Participant, Waiting


def write() -> None:
    """Some of them about things that are over by now. The clock has to stand at build.ASK."""
    build.coordinator()
    build.guest()
    people = build.participants(6)
    build.told()
    month.queue_due(build.NUDGE)
    month.queue_due(build.ASK)
    said = [build.member_of(person) for person in people]
    month.say_stuck(said[0], "Two mails", now=build.ASK)
    learning.report_pitch(said[1], said[1].partners[0], "Printers", now=build.ASK)
    wall = learning.share(people[2], text="Ask early", visible_to="everyone", member=said[2], now=build.ASK)
    learning.report_learning(learning.approve(wall, by=make.person(), now=build.ASK), "A name", now=build.ASK)
    _alone(build.participant(now=build.ASK))
    resting.pause(people[3], now=build.ASK)
    resting.leave(people[4], now=build.ASK)
    resting.remove(people[5], why="A pitch.", now=build.ASK)
    for again in (people[0], people[5]):
        again.refresh_from_db()
        emails.already_joined(again, now=build.ASK)
    emails.still_in(people[0], until=build.ASK)
    emails.month_question(people[0], build.APRIL)


def _alone(person: Participant) -> None:
    round_ = build.Round.objects.get()
    waiting = Waiting.objects.create(round=round_, participant=person, since=build.ASK, why="Nobody was free.")
    emails.no_partner(waiting)
