"""The skills backup: a question goes to those in the cohort who could teach it, one takes it, both say solved."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from meetups.timings import LONDON
from networking import emails_pool
from networking.models import Cohort, Member, PoolChoice, PoolOffer, PoolPost, PoolQuestion, Skill, SkillLevel
from networking.models.skills import Level
from people import preferences
from people.models import Person

State, How = PoolQuestion.State, PoolChoice.How

# A question without an answer for so long is a lead's concern.
PATIENCE = timedelta(days=4)
OF_THE_DAY_AT = time(9)
WORDS_LIVE = timedelta(days=365)


class TakenAlready(Exception):
    """Somebody else was quicker, or the question is over."""

    def __init__(self, question: PoolQuestion) -> None:
        who = question.taken_by.person.name if question.taken_by else ""
        super().__init__(f"{who} has taken it already" if who else "The question is not open any more")


class NotYours(Exception):
    """Only who asked and who took it do this, while it is not over."""


# --- Asking -------------------------------------------------------------------------------------------------------


def able(cohort: Cohort, skill: Skill, *, but: Person | None = None) -> list[Member]:
    """Who could teach it; where nobody could, who is at ease with it. One row per person, without who rests."""
    resting = Q(member__pool_choice__how=How.NOT_NOW)
    levels = SkillLevel.objects.filter(
        skill=skill, level__gte=Level.AT_EASE, member__cohort=cohort, member__state=Member.State.JOINED
    ).exclude(resting | Q(member__role=Member.Role.COUNCILLOR))
    found = levels.select_related("member__person", "member__pool_choice", "member__cohort").order_by("-level", "pk")
    rows = [one for one in found if but is None or one.member.person_id != but.pk]
    best = max((one.level for one in rows), default=0)
    by_person = {one.member.person_id: one.member for one in reversed(rows) if one.level == best}
    return sorted(by_person.values(), key=lambda member: member.pk)


@transaction.atomic
def ask(member: Member, skill: Skill, text: str, *, now: datetime) -> PoolQuestion:
    """Ask everybody who could teach it, as they want to be asked."""
    question = PoolQuestion.objects.create(
        cohort=member.cohort, skill=skill, text=text.strip(), asked_by=member, asked_at=now
    )
    for each in able(member.cohort, skill, but=member.person):
        _offer(question, each, now=now)
    return question


@transaction.atomic
def hand_to(question: PoolQuestion, member: Member, *, now: datetime) -> bool:
    """A lead asks somebody more; False when they were asked already, or it is taken."""
    locked = PoolQuestion.objects.with_people().get(pk=question.pk)
    return locked.state == State.OPEN and _offer(locked, member, now=now)


def _offer(question: PoolQuestion, member: Member, *, now: datetime) -> bool:
    offer, is_new = PoolOffer.objects.get_or_create(question=question, member=member)
    if is_new and how_of(member) == How.AT_ONCE:
        PoolOffer.objects.filter(pk=offer.pk).update(told_at=now)
        emails_pool.asked(offer)
    return is_new


def how_of(member: Member) -> str:
    """Whoever stopped mails about questions looks for themselves."""
    if not preferences.wants(member.person, emails_pool.QUESTIONS):
        return How.HERE
    chosen: PoolChoice | None = getattr(member, "pool_choice", None)
    return chosen.how if chosen else How.AT_ONCE


@transaction.atomic
def choose(person: Person, cohort: Cohort, how: str) -> None:
    """How they want to hear of questions, in every part they have in this cohort."""
    for member in cohort.members.filter(person=person):
        PoolChoice.objects.update_or_create(member=member, defaults={"how": how})


def queue_of_the_day(now: datetime) -> int:
    """To whoever wants one mail a day: what waits. Safe to repeat: an offer is told once; how many mails."""
    local = now.astimezone(LONDON)
    if local.time() < OF_THE_DAY_AT:
        return 0
    due = _untold(now).values_list("member", flat=True).distinct()
    return sum(_tell_of_the_day(pk, now) for pk in list(due))


def _untold(now: datetime) -> QuerySet[PoolOffer]:
    """Offers of open questions asked before this morning, to people who want one mail a day."""
    morning = datetime.combine(now.astimezone(LONDON).date(), OF_THE_DAY_AT, LONDON)
    here = {"member__state": Member.State.JOINED, "member__pool_choice__how": How.DAILY}
    return PoolOffer.objects.filter(told_at=None, question__state=State.OPEN, question__asked_at__lt=morning, **here)


@transaction.atomic
def _tell_of_the_day(member_pk: int, now: datetime) -> bool:
    member = Member.objects.select_for_update().get(pk=member_pk)
    offers = list(_untold(now).filter(member=member).select_related("question__skill", "member__person"))
    if not offers:
        return False
    PoolOffer.objects.filter(pk__in=[one.pk for one in offers]).update(told_at=now)
    if how_of(member) != How.DAILY:
        return False
    emails_pool.of_the_day(Member.objects.with_people().get(pk=member_pk), offers)
    return True


# --- Taking and answering -----------------------------------------------------------------------------------------


@transaction.atomic
def take(question: PoolQuestion, member: Member, *, now: datetime) -> PoolQuestion:
    """One takes it, whoever is first; taken again by the same it stays theirs. Raises TakenAlready."""
    # Claim by UPDATE: of two at once, one changes the row.
    is_mine = PoolQuestion.objects.filter(pk=question.pk, state=State.OPEN).update(
        state=State.TAKEN, taken_by=member, taken_at=now
    )
    found = PoolQuestion.objects.with_people().get(pk=question.pk)
    if is_mine:
        emails_pool.taken(found)
    elif found.taken_by_id != member.pk or found.is_over:
        raise TakenAlready(found)
    return found


@transaction.atomic
def give_back(question: PoolQuestion, member: Member) -> bool:
    """Somebody else may take it; False when it was not theirs, or is answered already."""
    return bool(_reopen(PoolQuestion.objects.filter(pk=question.pk, state=State.TAKEN, taken_by=member)))


def _reopen(questions: QuerySet[PoolQuestion]) -> int:
    """Others may take them. What was said stays; that whoever had them called them solved does not count any more."""
    return questions.update(state=State.OPEN, taken_by=None, taken_at=None, expert_solved_at=None, expert_shares=False)


def _left_behind(questions: QuerySet[PoolQuestion]) -> QuerySet[PoolQuestion]:
    """Of what somebody had taken who is out: what can come to no end, because one of the two would have to say more.

    An answer that either of them calls solved stays one.
    """
    unsettled = Q(state=State.ANSWERED, asker_solved_at=None, expert_solved_at=None)
    return questions.filter(Q(state=State.TAKEN) | unsettled)


def let_go(member: Member) -> None:
    """Whoever is out takes back what they asked and nobody answered, and gives back what they had taken.

    Nor do they count as asked any more: a question that now waits for nobody reaches the lead. Safe to repeat.
    """
    PoolQuestion.objects.filter(asked_by=member).unanswered().update(state=State.WITHDRAWN)
    _reopen(_left_behind(PoolQuestion.objects.filter(taken_by=member)))
    PoolOffer.objects.filter(member=member, question__state=State.OPEN).delete()


@transaction.atomic
def say(question: PoolQuestion, member: Member, text: str, *, now: datetime) -> PoolPost:
    """The answer, or a word back to it, after which it waits again; the other one gets it by mail. Raises NotYours."""
    found = PoolQuestion.objects.select_for_update().get(pk=question.pk)
    the_two = {found.asked_by_id, found.taken_by_id} - {None}
    if found.state not in {State.TAKEN, State.ANSWERED} or member.pk not in the_two:
        raise NotYours
    if member.pk == found.taken_by_id:
        PoolQuestion.objects.filter(pk=found.pk).update(state=State.ANSWERED)
    else:
        _ask_on(found)
    post = PoolPost.objects.create(question=found, text=text.strip(), said_by=member, said_at=now)
    post.question = PoolQuestion.objects.with_people().get(pk=found.pk)
    other = post.question.asked_by if member.pk == found.taken_by_id else post.question.taken_by
    if other and other.is_here:
        emails_pool.said(post, other)
    return post


def _ask_on(question: PoolQuestion) -> None:
    """Whoever asks on has not got it solved: it waits for who answered, or for others when they are out."""
    row = PoolQuestion.objects.filter(pk=question.pk)
    row.update(state=State.TAKEN, asker_solved_at=None)
    if not Member.objects.joined().filter(questions_taken=question).exists():
        _reopen(row)


@transaction.atomic
def say_solved(question: PoolQuestion, member: Member, *, shares: bool, now: datetime) -> PoolQuestion:
    """One of the two says that it is solved, and whether the cohort may read it; with both it is over.

    Who asked on and found the way alone need not wait for more. Raises NotYours, also before there is an answer.
    """
    found = PoolQuestion.objects.select_for_update().get(pk=question.pk)
    is_asker = member.pk == found.asked_by_id
    if found.state not in {State.ANSWERED, State.SOLVED} and not (is_asker and found.has_answer()):
        raise NotYours
    if is_asker:
        found.asker_solved_at, found.asker_shares = found.asker_solved_at or now, shares
    elif member.pk == found.taken_by_id:
        found.expert_solved_at, found.expert_shares = found.expert_solved_at or now, shares
    else:
        raise NotYours
    found.state = State.SOLVED if found.asker_solved_at and found.expert_solved_at else State.ANSWERED
    found.save()
    return PoolQuestion.objects.with_people().get(pk=found.pk)


@transaction.atomic
def withdraw(question: PoolQuestion, member: Member) -> bool:
    """Whoever asked takes it back; False when it is over, or is not theirs."""
    mine = PoolQuestion.objects.filter(pk=question.pk, asked_by=member).exclude(state__in=[State.SOLVED])
    return bool(mine.update(state=State.WITHDRAWN))


# --- What is held about somebody ----------------------------------------------------------------------------------


def collect(person: Person) -> list[dict[str, object]]:
    asked = PoolQuestion.objects.filter(asked_by__person=person).select_related("skill").order_by("asked_at")
    said = PoolPost.objects.filter(said_by__person=person).order_by("said_at")
    return [
        *({"What": "Question", "On": one.asked_at, "Skill": str(one.skill), "Text": one.text} for one in asked),
        *({"What": "Answer", "On": one.said_at, "Text": one.text} for one in said),
    ]


def forget(person: Person, now: datetime) -> None:
    """What both let the cohort read stays without a name; the rest goes. What they had taken is open again."""
    PoolQuestion.objects.filter(asked_by__person=person).exclude(pk__in=PoolQuestion.objects.kept()).delete()
    _reopen(_left_behind(PoolQuestion.objects.filter(taken_by__person=person)))
    PoolQuestion.objects.filter(asked_by__person=person).update(asked_by=None)
    PoolQuestion.objects.filter(taken_by__person=person).update(taken_by=None)
    PoolPost.objects.filter(said_by__person=person).update(said_by=None)
    PoolOffer.objects.filter(member__person=person).delete()
    PoolChoice.objects.filter(member__person=person).delete()


def forget_old(now: datetime) -> None:
    """Questions go a year after their cohort has finished. Safe to repeat."""
    PoolQuestion.objects.filter(cohort__finished_at__lt=now - WORDS_LIVE).delete()
