"""Programmes and their cohorts, who is in one and what for, skills, and who supports whom."""

from networking.models.citizens import Candidate, CitizenSearch
from networking.models.cohorts import Cohort, CohortQuerySet, CohortSprint, CohortTask, TaskDone, Workshop
from networking.models.journal import Digest, Post, PostComment, PostQuerySet
from networking.models.maps import (
    MapComment,
    MapImport,
    MapLink,
    MapNode,
    MapStep,
    MapVersion,
    NetworkMap,
    NetworkMapQuerySet,
    SharedMap,
    SharedNode,
)
from networking.models.matches import MatchProposal, MatchProposalQuerySet
from networking.models.members import Member, MemberQuerySet
from networking.models.pairs import Exclusion, Pair, PairQuerySet
from networking.models.pool import PoolChoice, PoolOffer, PoolPost, PoolQuestion, PoolQuestionQuerySet
from networking.models.programmes import Programme, Sprint, SprintTask
from networking.models.readiness import CohortCheck, ReadyAnyway, SelfRating, SprintCheck
from networking.models.sheets import (
    Sheet,
    SheetClash,
    SheetComment,
    SheetQuerySet,
    SheetRevision,
    SheetSection,
    SheetVersion,
)
from networking.models.skills import Skill, SkillLevel
from networking.models.support import (
    FineUntil,
    How,
    NextMeeting,
    Silence,
    SilenceAnswer,
    SupportMeeting,
    SupportMeetingQuerySet,
    WhyNot,
)
from networking.models.surveys import (
    Survey,
    SurveyAnswer,
    SurveyQuerySet,
    SurveyQuestion,
    SurveyReply,
    SurveyTheme,
)
from networking.models.templates import TemplateQuestion, TemplateSection

__all__ = [
    "Candidate",
    "CitizenSearch",
    "Cohort",
    "CohortCheck",
    "CohortQuerySet",
    "CohortSprint",
    "CohortTask",
    "Digest",
    "Exclusion",
    "FineUntil",
    "How",
    "MapComment",
    "MapImport",
    "MapLink",
    "MapNode",
    "MapStep",
    "MapVersion",
    "MatchProposal",
    "MatchProposalQuerySet",
    "Member",
    "MemberQuerySet",
    "NetworkMap",
    "NetworkMapQuerySet",
    "NextMeeting",
    "Pair",
    "PairQuerySet",
    "PoolChoice",
    "PoolOffer",
    "PoolPost",
    "PoolQuestion",
    "PoolQuestionQuerySet",
    "Post",
    "PostComment",
    "PostQuerySet",
    "Programme",
    "ReadyAnyway",
    "SelfRating",
    "SharedMap",
    "SharedNode",
    "Sheet",
    "SheetClash",
    "SheetComment",
    "SheetQuerySet",
    "SheetRevision",
    "SheetSection",
    "SheetVersion",
    "Silence",
    "SilenceAnswer",
    "Skill",
    "SkillLevel",
    "Sprint",
    "SprintCheck",
    "SprintTask",
    "SupportMeeting",
    "SupportMeetingQuerySet",
    "Survey",
    "SurveyAnswer",
    "SurveyQuerySet",
    "SurveyQuestion",
    "SurveyReply",
    "SurveyTheme",
    "TaskDone",
    "TemplateQuestion",
    "TemplateSection",
    "WhyNot",
    "Workshop",
]
