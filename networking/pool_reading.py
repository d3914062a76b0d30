"""What people see of the expert pool: what waits, what was kept, and which skills a cohort lacks."""

from collections import Counter
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from networking import coverage, pool
from networking.models import Cohort, Member, PoolOffer, PoolPost, PoolQuestion, PoolQuestionQuerySet, Skill, SkillLevel
from networking.models.skills import Level
from people.models import Person

State = PoolQuestion.State


def waiting_for(member: Member) -> PoolQuestionQuerySet:
    """Questions this helper may take, and those they have taken and not answered; what they were asked first."""
    if not (member.pk and member.helps):
        return PoolQuestion.objects.none()
    of_others = PoolQuestion.objects.with_people().exclude(asked_by__person=member.person_id)
    mine = Q(state=State.TAKEN, taken_by=member)
    asked = Q(state=State.OPEN, offers__member__person=member.person_id)
    return of_others.filter(mine | asked, cohort=member.cohort_id).distinct().order_by("asked_at")


def own(person: Person, cohort: Cohort) -> PoolQuestionQuerySet:
    return PoolQuestion.objects.with_people().filter(cohort=cohort, asked_by__person=person)


def unanswered_for_long(cohort: Cohort, now: datetime) -> PoolQuestionQuerySet:
    """What a lead should see to: no answer for days, the first or to a word back, or nobody to ask at all."""
    old = Q(waits_since__lt=now - pool.PATIENCE)
    asked = PoolOffer.objects.filter(question=OuterRef("pk"), member__state=Member.State.JOINED)
    nobody = Q(state=State.OPEN) & ~Q(Exists(asked))
    waiting = PoolQuestion.objects.with_people().with_since().filter(cohort=cohort).unanswered()
    return waiting.filter(old | nobody)


def kept(cohort: Cohort, words: str = "", skill: Skill | None = None) -> QuerySet[PoolQuestion]:
    """Answers that the cohort may read, with all the words in question, answer or skill."""
    found = PoolQuestion.objects.with_people().kept().filter(cohort=cohort)
    if skill:
        found = found.filter(skill=skill)
    for word in words.split():
        # Not by joining posts: each word would multiply the rows by the number of posts once more.
        said = Q(Exists(PoolPost.objects.filter(question=OuterRef("pk"), text__icontains=word)))
        found = found.filter(Q(text__icontains=word) | said | Q(skill__name__icontains=word))
    return found


def coverage_of(cohort: Cohort) -> list[coverage.Coverage]:
    """Every skill that is asked for, in two queries however many people."""
    skills = list(Skill.objects.filter(retired_at=None).values_list("name", flat=True))
    levels = SkillLevel.objects.filter(member__cohort=cohort, member__state=Member.State.JOINED)
    wanted = levels.filter(member__role=Member.Role.COUNCILLOR, wanted__gt=F("level"))
    able: dict[str, list[tuple[str, int]]] = {}
    found = levels.filter(level__gte=Level.AT_EASE).exclude(member__role=Member.Role.COUNCILLOR)
    for skill, name, level in found.values_list("skill__name", "member__person__name", "level"):
        able.setdefault(skill, []).append((name, level))
    return coverage.coverage(skills, Counter(wanted.values_list("skill__name", flat=True)), able)
