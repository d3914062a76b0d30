"""Participants, rounds with their pairings, and what people learned."""

from unmentoring.models.participants import KeepApart, MonthChoice, Participant, ParticipantQuerySet
from unmentoring.models.rounds import Pairing, PairingMember, PairingQuerySet, Round, RoundQuerySet, Waiting
from unmentoring.models.sharing import Learning, LearningQuerySet, Report

__all__ = [
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
