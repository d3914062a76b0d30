"""Inquiries and who is in them, searches, items with what happened to them, and what was stopped or complained of."""

from evidence.models.fetches import Fetch, FetchQuerySet
from evidence.models.guards import ANSWER_WITHIN, Complaint, ComplaintQuerySet, Override, StopShown
from evidence.models.history import OF_INQUIRY, ItemEvent, Tombstone
from evidence.models.inquiries import (
    BACKGROUND_YEARS,
    Inquiry,
    InquiryQuerySet,
    Membership,
    MembershipQuerySet,
    Topic,
    new_key,
    years_from,
)
from evidence.models.items import Item, ItemQuerySet, Screenshot, Sighting, place_of, sensitive
from evidence.models.reports import HandOff, Report, ReportLink, ReportOpening
from evidence.models.searches import Search, SearchQuerySet
from evidence.models.sessions import ListeningSession, Pair, Seat
from evidence.models.started import Barrier, Helper, HelpRequest, Plan, PlanQuerySet
from evidence.models.themes import Step, Theme, ThemeItem

__all__ = [
    "ANSWER_WITHIN",
    "BACKGROUND_YEARS",
    "OF_INQUIRY",
    "Barrier",
    "Complaint",
    "ComplaintQuerySet",
    "Fetch",
    "FetchQuerySet",
    "HandOff",
    "HelpRequest",
    "Helper",
    "Inquiry",
    "InquiryQuerySet",
    "Item",
    "ItemEvent",
    "ItemQuerySet",
    "ListeningSession",
    "Membership",
    "MembershipQuerySet",
    "Override",
    "Pair",
    "Plan",
    "PlanQuerySet",
    "Report",
    "ReportLink",
    "ReportOpening",
    "Screenshot",
    "Search",
    "SearchQuerySet",
    "Seat",
    "Sighting",
    "Step",
    "StopShown",
    "Theme",
    "ThemeItem",
    "Tombstone",
    "Topic",
    "new_key",
    "place_of",
    "sensitive",
    "years_from",
]
