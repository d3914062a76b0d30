"""Saving planning sheets as people go, so that nothing is lost: two windows, a dropped connection, a second try."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from meetups.timings import LONDON
from networking import sheet_merging, sheet_templates
from networking.models import (
    Cohort,
    CohortSprint,
    Member,
    Pair,
    Sheet,
    SheetClash,
    SheetComment,
    SheetSection,
    SheetVersion,
    Skill,
    SkillLevel,
)
from networking.sheet_parts import BY_KEY, SKILL
from networking.sheet_words import done
from people.models import Person

# How many earlier texts of a section are kept to compare a late window with; and settled clashes.
REVISIONS, SETTLED = 300, timedelta(days=90)


@dataclass(frozen=True)
class Posted:
    """What a window sends: its fields, rows it takes out, the version it started from, and its own name."""

    answers: Mapping[str, str]
    base: int
    window: str = ""
    removed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Saved:
    """`merged` says that somebody else's changes were there too; with a `clash` nothing of the text was mixed in."""

    section: SheetSection
    merged: bool = False
    clash: SheetClash | None = None


def sheet_of(member: Member, *, now: datetime) -> Sheet:
    """The councillor's sheet with all it says; one that is not begun is not in the database either."""
    found = Sheet.objects.with_answers().filter(member=member).first()
    return found or Sheet(member=member, created_at=now)


def begun(member: Member, *, now: datetime) -> Sheet:
    return Sheet.objects.get_or_create(member=member, defaults={"created_at": now})[0]


@transaction.atomic
def save(member: Member, key: str, posted: Posted, *, now: datetime) -> Saved:
    """Keep what was typed. Safe to repeat: the same text again changes nothing."""
    section = _locked(begun(member, now=now), key)
    base = _base(section, posted)
    mine = sheet_merging.overlay(base, posted.answers, removed=posted.removed)
    merged = sheet_merging.merge(base, mine, section.answers)
    if merged.clashes:
        return Saved(section, clash=_keep_clash(section, base, mine, posted.window, now))
    _settle_clashes_of(section, posted.window, now)
    _write(section, merged.answers, posted.window, now)
    return Saved(section, merged=section.answers != mine)


def _locked(sheet: Sheet, key: str) -> SheetSection:
    SheetSection.objects.get_or_create(sheet=sheet, key=key)
    return SheetSection.objects.select_for_update().get(sheet=sheet, key=key)


def _base(section: SheetSection, posted: Posted) -> dict[str, str]:
    """What the window started from. Its own texts that arrived without its knowing count as such."""
    if posted.base >= section.version or _only_of(section, posted):
        return dict(section.answers)
    found = section.revisions.filter(number=posted.base).first()
    return dict(found.answers) if found else {}


def _only_of(section: SheetSection, posted: Posted) -> bool:
    """Whether everything saved since came from this same window: its answer was lost on the way back."""
    since = section.revisions.filter(number__gt=posted.base)
    return bool(posted.window) and not since.exclude(window=posted.window).exists()


def _write(section: SheetSection, answers: dict[str, str], window: str, now: datetime) -> None:
    if answers == section.answers and section.version:
        return
    if not answers and not section.version:
        return  # an empty form that was sent
    _freeze_last_sprint(section.sheet, now)
    before, section.answers = section.answers, answers
    section.version, section.saved_at = section.version + 1, now
    section.save()
    section.revisions.create(number=section.version, answers=answers, window=window, saved_at=now)
    section.revisions.filter(number__lte=section.version - REVISIONS).delete()
    _tell_skills(section, before)


def _keep_clash(
    section: SheetSection, base: dict[str, str], mine: dict[str, str], window: str, now: datetime
) -> SheetClash:
    kept = {"base": base, "answers": mine, "came_at": now}
    return section.clashes.update_or_create(window=window, settled_at=None, defaults=kept)[0]


def _settle_clashes_of(section: SheetSection, window: str, now: datetime) -> None:
    if window:
        section.clashes.filter(window=window, settled_at=None).update(settled_at=now)


def differences(clash: SheetClash) -> sheet_merging.Merged:
    """Where the kept text and what is saved now disagree."""
    return sheet_merging.merge(clash.base, clash.answers, clash.section.answers)


@transaction.atomic
def settle(clash: SheetClash, chosen: Mapping[str, str], *, seen: int, now: datetime) -> bool:
    """Save what was chosen; False when the section has changed since the two texts were shown."""
    section = SheetSection.objects.select_for_update().get(pk=clash.section_id)
    if section.version != seen or clash.settled_at:
        return False
    clash.section = section
    _write(section, sheet_merging.settle(differences(clash), chosen), clash.window, now)
    clash.settled_at = now
    clash.save()
    return True


def _tell_skills(section: SheetSection, before: Mapping[str, str]) -> None:
    """What changed about skills goes to where the match and the mentor read it."""
    if section.key not in BY_KEY or not BY_KEY[section.key].asks_skills:
        return
    for skill in Skill.objects.all():
        said = [(section.answers.get(key), before.get(key)) for key in _keys(skill)]
        if any(new != old for new, old in said):
            now, wanted = (int(new) if new else None for new, _ in said)
            SkillLevel.objects.update_or_create(
                member_id=section.sheet.member_id, skill=skill, defaults={"level": now or 0, "wanted": wanted}
            )


def _keys(skill: Skill) -> tuple[str, str]:
    return f"{SKILL}.{skill.slug}.now", f"{SKILL}.{skill.slug}.wanted"


def levels_as_answers(member: Member) -> dict[str, str]:
    """What is known of their skills from elsewhere, to begin the section with."""
    found: dict[str, str] = {}
    for level in member.levels.select_related("skill"):
        now, wanted = _keys(level.skill)
        found[now] = str(level.level)
        if level.wanted is not None:
            found[wanted] = str(level.wanted)
    return found


def _freeze_last_sprint(sheet: Sheet, now: datetime) -> None:
    """Before the first change after a sprint's end, keep the sheet as it was at that end."""
    today = now.astimezone(LONDON).date()
    ended = CohortSprint.objects.filter(cohort__members__sheet=sheet, ends_on__lt=today).order_by("-ends_on").first()
    if ended is None or sheet.versions.filter(sprint=ended).exists():
        return
    answers = Sheet.objects.with_answers().get(pk=sheet.pk).answers()
    if any(answers.values()):
        sheet.versions.create(sprint=ended, name=f"End of “{ended.name}”", answers=answers, kept_at=now)


@transaction.atomic
def keep_version(member: Member, name: str, *, now: datetime) -> SheetVersion:
    """Keep the whole sheet as it is now under a name."""
    sheet = begun(member, now=now)
    return sheet.versions.create(name=name, answers=sheet.answers(), kept_at=now)


@transaction.atomic
def comment(member: Member, key: str, text: str, *, by: Person, now: datetime) -> SheetComment:
    """About a section of this councillor's sheet. Whoever answers has read what was said before."""
    sheet = begun(member, now=now)
    if by.pk == member.person_id:
        read_comments(sheet, now=now)
    return sheet.comments.create(key=key, text=text, said_by=by, said_at=now)


def read_comments(sheet: Sheet, *, now: datetime) -> None:
    Sheet.objects.filter(pk=sheet.pk).update(comments_read_at=now)


def share(member: Member, *, lead_may_read: bool, now: datetime) -> None:
    sheet = begun(member, now=now)
    Sheet.objects.filter(pk=sheet.pk).update(lead_may_read=lead_may_read)


def is_mentor_of(person: Person, member: Member) -> bool:
    """Whether they support this councillor now, and are still here."""
    here = Pair.objects.current().filter(councillor=member, mentor__person=person, mentor__state=Member.State.JOINED)
    return here.exists()


def may_comment(person: Person, member: Member) -> bool:
    return person.pk == member.person_id or is_mentor_of(person, member)


def progress_by_member(cohort: Cohort, member: Member | None = None) -> dict[int, int]:
    """How many sections each councillor has done, or this one, by the id of their row. Four queries."""
    sheets = Sheet.objects.filter(member__cohort=cohort).prefetch_related("sections")
    if member:
        sheets = sheets.filter(member=member)
    template = sheet_templates.of(cohort.programme_id)
    return {sheet.member_id: done(sheet.answers(), template) for sheet in sheets}


def forget_old(now: datetime) -> int:
    """Delete settled texts that nobody needs any more; return how many."""
    return SheetClash.objects.filter(settled_at__lt=now - SETTLED).delete()[0]


def forget(person: Person) -> None:
    """A sheet goes with the councillor; what a mentor said loses the name."""
    Sheet.objects.filter(member__person=person).delete()
    SheetComment.objects.filter(said_by=person).update(said_by=None)
