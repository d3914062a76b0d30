"""What the homes of a cohort show of planning sheets."""

from datetime import datetime

from django.urls import reverse

from networking import progress, sheet_reading, sheet_templates, sheet_words, sheets
from networking.models import Cohort, Member
from networking.needs import SOME_TIME, THIS_WEEK, TODAY, Door, Line, Need


def needs_of(member: Member, now: datetime) -> list[Need]:
    """For councillors: two texts to choose from, comments to read, the sheet to begin."""
    if not member.is_councillor:
        return []
    sheet, slug = sheets.sheet_of(member, now=now), member.cohort.slug
    template = sheet_reading.template_of(sheet)
    clashes = [
        Need(
            f"There are two texts of “{title}” in your planning sheet.",
            reverse("networking:sheet_two_texts", args=[slug, clash.pk]),
            "Choose from two texts",
            TODAY,
        )
        for clash, title in sheet_reading.waiting_clashes(sheet, template)
    ]
    said = [
        Need(
            f"{comment.said_by or 'Somebody'} commented on “{title}” in your planning sheet.",
            reverse("networking:sheet_section", args=[slug, comment.key]) + "#comments",
            "Read it",
            THIS_WEEK,
        )
        for comment, title in sheet_reading.unread_comments(sheet, template)
    ]
    begun = progress.where(member.cohort, now).sprint is not None
    begin = [Need("Your planning sheet is still empty.", _url(slug), "Begin it", SOME_TIME)]
    return [*clashes, *said, *(begin if begun and not any(sheet.answers().values()) else [])]


def doors_of(member: Member) -> list[Door]:
    if not member.is_councillor:
        return []
    done = sheets.progress_by_member(member.cohort, member).get(member.pk, 0)
    template = sheet_templates.of(member.cohort.programme_id)
    return [Door("My planning sheet", _url(member.cohort.slug), sheet_words.line(done, template))]


def lines_for(cohort: Cohort, now: datetime) -> dict[int, Line]:
    """By councillor: how many sections are done. Seven queries at most."""
    done = sheets.progress_by_member(cohort)
    template = sheet_templates.of(cohort.programme_id)
    councillors = cohort.members.joined().councillors().values_list("pk", flat=True)
    return {pk: Line(sheet_words.line(done.get(pk, 0), template)) for pk in councillors}


def _url(slug: str) -> str:
    return reverse("networking:sheet", args=[slug])
