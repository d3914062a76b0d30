"""Who came, from the reports of Zoom, Teams and Google Meet, and who they are. Values in, values out."""

from meetups.attendance.matching import Alias, Candidate, Match, Matches, SignedUp, Unsure, match
from meetups.attendance.reading import examine, is_report, read_report
from meetups.attendance.values import Attendee, Report, UnknownReport

__all__ = [
    "Alias",
    "Attendee",
    "Candidate",
    "Match",
    "Matches",
    "Report",
    "SignedUp",
    "UnknownReport",
    "Unsure",
    "examine",
    "is_report",
    "match",
    "read_report",
]
