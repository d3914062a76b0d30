"""What meet-ups tell the apps below: its door, its shelf of “My things”, what it holds about a person."""

from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from meetups import addresses, dates, emails, emails_afterwards, held, records, retention, signups
from meetups.models import Meetup, SignUp
from people import access, kept, my_data, my_things, preferences
from people.models import Person


def register() -> None:
    access.register_members(access.Audience.HOSTS, lambda person: Meetup.objects.filter(hosts=person).exists())
    preferences.register(emails.REMINDERS, "a short reminder before a meet-up I have a place at")
    preferences.register(emails_afterwards.FEEDBACK, "a question the morning after a meet-up, what I thought of it")
    preferences.register(emails_afterwards.NOTES, "word of the notes of a meet-up I came to")
    my_data.register("Meet-ups afterwards", collect=records.collect, forget=records.forget)
    my_things.register(
        "Meet-ups I attended",
        empty="Meet-ups you came to appear here afterwards, with their notes and a certificate.",
        cards=_attended,
    )
    my_data.register("Meet-ups", collect=held.collect, forget=forget, still_needed=retention.still_needed)
    _tell_what_is_kept()
    my_things.register(
        "My meet-ups", empty="You are not signed up for a meet-up. The next ones are on the meet-ups page.", cards=cards
    )


def _with_the_signup() -> str:
    return f"{settings.SIGNUPS_KEEP_DAYS} days after the meet-up."


def _tell_what_is_kept() -> None:
    """Every kind of record that names somebody, for the privacy page."""
    for what, why, how_long, tables in _KEPT:
        kept.register("Meet-ups", what, why=why, how_long=how_long, tables=[f"meetups.{table}" for table in tables])
    kept.explain(
        *(f"meetups.{table}" for table in _BY_HOSTS),
        because="who wrote, chose or published it as a host; nameless once they leave",
    )


_KEPT = [
    (
        "Your name, email address and council when you sign up for a meet-up",
        "To keep a place for you, write to you about it, and let the hosts know who comes.",
        lambda: (
            f"{settings.SIGNUPS_KEEP_DAYS} days after the meet-up. Then only how many came from which council is left, "
            "unless you have signed in here."
        ),
        ["SignUp", "Notice"],
    ),
    (
        "Your answers to the hosts’ questions, what helps you take part, and what happened to your booking",
        "So that the hosts can prepare and can tell you why you wait. Only they and the organisers see them.",
        _with_the_signup,
        ["Answer", "SignUpEvent"],
    ),
    (
        "That you came: you opened your link to join, a host ticked you, or the report of the call named you",
        "To count who came, to put only those who are there into rooms, and for your certificate.",
        lambda: (
            "With your sign-up; what the report of the call said goes at the same time. "
            "As part of a count without your name it stays."
        ),
        ["Presence", "CountedIn"],
    ),
    (
        "Which room you were in, and whom the hosts keep apart",
        "So that you meet new people every time. That two people are kept apart only the hosts see.",
        lambda: (
            f"{settings.SIGNUPS_KEEP_DAYS} days after the meet-up. If you have signed in here, rooms stay until you "
            "leave, so that you go on meeting new people."
        ),
        ["RoomMember", "KeepApart"],
    ),
    (
        "Another name or address you show in calls, when a host has matched it to you",
        "So that the report of the next call is not matched to somebody else.",
        lambda: "With your last sign-up, or until you leave.",
        ["LearnedAlias"],
    ),
    (
        "What you thought of a meet-up, and whether we may quote you",
        "To make the next one better. The hosts see your name beside it only if you allow a quote with it.",
        lambda: (
            f"Your words stay. Whose they are is forgotten {settings.SIGNUPS_KEEP_DAYS} days after the meet-up, unless "
            "you have signed in here. When you leave, they go."
        ),
        ["Feedback"],
    ),
    (
        "Topics you propose, back or vote for",
        "To choose what the next meet-up is about.",
        lambda: (
            "How you vote until the poll closes; then only the counts are left. Who proposed or backed a topic is "
            f"forgotten after {settings.SIGNUPS_KEEP_DAYS} days; the topic and its count stay."
        ),
        ["Topic", "Backing", "Vote"],
    ),
    (
        "Which series you follow, and the secret address of your own calendar",
        "To write to you about new meet-ups, and to show yours in your calendar program.",
        lambda: "Until you stop following, or leave. An address that was never confirmed goes after some days.",
        ["Follower", "CalendarFeed"],
    ),
    (
        "That you host a meet-up",
        "So that people know whom to ask. Your name is on its page.",
        lambda: "While the page is there, or until you leave.",
        ["Meetup_hosts", "Series_hosts"],
    ),
]
_BY_HOSTS = ("Meetup", "Announcement", "News", "Notes", "NotesVersion", "Poll", "AttendanceImport")


def cards(person: Person, now: datetime) -> list[my_things.Card]:
    """Coming meet-ups of this person, then those they host."""
    coming = (
        person.signups.active().filter(meetup__ends_at__gt=now).select_related("meetup").order_by("meetup__starts_at")
    )
    hosting = Meetup.objects.filter(hosts=person).upcoming(now)
    return [*(_my_place(signup, now) for signup in coming), *(_my_hosting(meetup) for meetup in hosting)]


def _attended(person: Person, now: datetime) -> list[my_things.Card]:
    """One card for all of them."""
    line = records.summary(person, now)
    return [my_things.Card("My record", line, reverse("meetups:my_record"), "See them all", urgency=6)] if line else []


def _my_place(signup: SignUp, now: datetime) -> my_things.Card:
    when = dates.moment(signup.meetup.starts_at)
    state = "Cancelled by the organisers" if signup.meetup.is_cancelled else f"You have {_having(signup)}"
    url = reverse("meetups:booking", args=[addresses.booking_token(signup)])
    if signup.is_waiting and signup.has_offer(now) and signup.offer_until:
        state = f"A place is free for you. Take it by {dates.moment(signup.offer_until)}"
        return my_things.Card(signup.meetup.title, f"{when}. {state}.", url, "Take it or leave it", urgency=0)
    return my_things.Card(signup.meetup.title, f"{when}. {state}.", url, "See my booking", urgency=1)


def _having(signup: SignUp) -> str:
    return "a place" if signup.is_confirmed else "a place on the waiting list"


def _my_hosting(meetup: Meetup) -> my_things.Card:
    when = dates.moment(meetup.starts_at)
    url = reverse("meetups:overview", args=[meetup.slug])
    return my_things.Card(meetup.title, f"{when}. You host it.", url, "Run this meet-up", urgency=2)


def forget(person: Person, now: datetime) -> None:
    """Give back places of meet-ups to come, then forget who it was."""
    still_to_come = Q(meetup__starts_at__gt=now, meetup__state=Meetup.State.PUBLISHED)
    for signup in person.signups.active().filter(still_to_come):
        signups.cancel(signup, now=now)
    held.forget_in_reports(person)
    retention.forget_person(person, now)
