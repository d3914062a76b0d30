"""The rows of meet-ups, by subject."""

from meetups.models.afterwards import Feedback, FeedbackQuerySet, Notes, NotesVersion, feedback_closes_at
from meetups.models.announcement import Announcement
from meetups.models.attendance import AttendanceImport, CountedIn, LearnedAlias
from meetups.models.breakouts import BreakoutPlan, BreakoutRoom, BreakoutRound, KeepApart, Presence, RoomMember
from meetups.models.defaults import SeriesDefaults
from meetups.models.following import CalendarFeed, Follower, FollowerQuerySet
from meetups.models.gathering import Meetup, MeetupQuerySet, Way
from meetups.models.news import News
from meetups.models.planning import AgendaItem, AgendaPhase, OwnStructure, Question
from meetups.models.running import RunState
from meetups.models.series import Series, SeriesQuerySet
from meetups.models.signing_up import Answer, Notice, SignUp, SignUpEvent, SignUpQuerySet
from meetups.models.sponsors import Sponsor
from meetups.models.topics import Backing, Candidate, Poll, Topic, Vote

__all__ = [
    "AgendaItem",
    "AgendaPhase",
    "Announcement",
    "Answer",
    "AttendanceImport",
    "Backing",
    "BreakoutPlan",
    "BreakoutRoom",
    "BreakoutRound",
    "CalendarFeed",
    "Candidate",
    "CountedIn",
    "Feedback",
    "FeedbackQuerySet",
    "Follower",
    "FollowerQuerySet",
    "KeepApart",
    "LearnedAlias",
    "Meetup",
    "MeetupQuerySet",
    "News",
    "Notes",
    "NotesVersion",
    "Notice",
    "OwnStructure",
    "Poll",
    "Presence",
    "Question",
    "RoomMember",
    "RunState",
    "Series",
    "SeriesDefaults",
    "SeriesQuerySet",
    "SignUp",
    "SignUpEvent",
    "SignUpQuerySet",
    "Sponsor",
    "Topic",
    "Vote",
    "Way",
    "feedback_closes_at",
]
