"""Participants, rounds with their pairings, and what people learned."""

from unmentoring.models.participants import KeepApart, MonthChoice, Participant, ParticipantQuerySet
from unmentoring.models.rounds import DrawRecord, Pairing, PairingMember, PairingQuerySet, Round, RoundQuerySet, Waiting
from unmentoring.models.sharing import Learning, LearningQuerySet, Report

__all__ = [
    "DrawRecord",
    "KeepApart",
    "Learning",
    "LearningQuerySet",
    "MonthChoice",
    "Pairing",
    "PairingMember",
    "PairingQuerySet",
    "Participant",
    "ParticipantQuerySet",
    "Report",
    "Round",
    "RoundQuerySet",
    "Waiting",
]
