"""The rows of meet-ups, by subject."""

from meetups.models.announcement import Announcement
from meetups.models.following import CalendarFeed, Follower, FollowerQuerySet
from meetups.models.gathering import DOORS_OPEN, Meetup, MeetupQuerySet, Way
from meetups.models.news import News
from meetups.models.planning import AgendaItem, Question
from meetups.models.series import Series
from meetups.models.signing_up import Answer, Notice, SignUp, SignUpEvent, SignUpQuerySet

__all__ = [
    "DOORS_OPEN",
    "AgendaItem",
    "Announcement",
    "Answer",
    "CalendarFeed",
    "Follower",
    "FollowerQuerySet",
    "Meetup",
    "MeetupQuerySet",
    "News",
    "Notice",
    "Question",
    "Series",
    "SignUp",
    "SignUpEvent",
    "SignUpQuerySet",
    "Way",
]
