"""The words that leave after a meet-up. Who gets them and when is decided by meetups.afterwards."""

from datetime import datetime

from meetups import addresses, dates, emails
from meetups.models import SignUp, feedback_closes_at

# The topics of preferences under which they can be stopped.
FEEDBACK, NOTES = "feedback", "notes"


def feedback_request(signup: SignUp, *, now: datetime) -> None:
    """What did you like, what might you change?"""
    more = {
        "feedback_url": addresses.feedback(signup),
        "closes": dates.day(feedback_closes_at(signup.meetup)),
        "preferences_url": addresses.preferences(signup.person),
    }
    stop = addresses.unsubscribe(signup.person, FEEDBACK)
    emails.queue_letter(signup, "feedback_request", more=more, unsubscribe_url=stop, asked=1)


def notes_published(signup: SignUp, *, now: datetime) -> None:
    """The notes are there to read."""
    more = {
        "notes_url": addresses.absolute(addresses.notes_path(signup.meetup)),
        "topics_url": addresses.topics(signup),
        "preferences_url": addresses.preferences(signup.person),
    }
    stop = addresses.unsubscribe(signup.person, NOTES)
    emails.queue_letter(signup, "notes_published", more=more, unsubscribe_url=stop, published=1)
