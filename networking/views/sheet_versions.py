"""Versions of a sheet and what changed between two; the sheet as the mentor reads it, with comments."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from networking import sheet_reading, sheet_templates, sheet_words, sheets
from networking.forms.sheets import CommentForm, VersionForm
from networking.models import Member, SheetVersion
from networking.views import loading
from networking.views.sheets import my_sheet_or_404, section_or_404, to_sheet
from people.access import Audience, SignedInRequest, open_to

NOW = "now"


@open_to(Audience.COHORT)
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_versions(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    """What was kept, and keeping one now."""
    sheet = my_sheet_or_404(request, cohort_slug)
    form = VersionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        sheets.keep_version(sheet.member, form.cleaned_data["name"], now=timezone.now())
        messages.success(request, "This version is kept. Go on writing: it does not change any more.")
        return redirect("networking:sheet_versions", cohort_slug)
    template = sheet_reading.template_of(sheet)
    versions = list(SheetVersion.objects.filter(sheet__member=sheet.member).order_by("-kept_at", "-pk"))
    context = {
        "cohort": sheet.member.cohort,
        "form": form,
        "versions": [(one, sheet_words.progress(one.answers, template)) for one in versions],
        "breadcrumbs": to_sheet(sheet),
    }
    return render(request, "networking/sheets/versions.html", context)


@open_to(Audience.COHORT)
@require_safe
def sheet_compare(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    """Two versions, or one and the sheet as it is now: in words, then side by side."""
    sheet = my_sheet_or_404(request, cohort_slug)
    kept = {str(one.pk): one for one in SheetVersion.objects.filter(sheet__member=sheet.member)}
    latest = max(kept, key=lambda pk: (kept[pk].kept_at, int(pk)), default=NOW)
    before, after = request.GET.get("before", latest), request.GET.get("after", NOW)
    if not {before, after} <= {NOW, *kept}:
        raise Http404
    texts = {NOW: sheet.answers(), **{pk: one.answers for pk, one in kept.items()}}
    names = {NOW: "As it is now", **{pk: one.name for pk, one in kept.items()}}
    template, skills = sheet_reading.template_of(sheet), sheet_reading.skill_names()
    kept_at = {pk: one.kept_at for pk, one in kept.items()}
    at = (kept_at.get(before), kept_at.get(after))
    context = {
        "cohort": sheet.member.cohort,
        "choices": list(names.items()),
        "before": before,
        "after": after,
        "names": (names[before], names[after]),
        "progress": tuple(sheet_words.progress(texts[one], template) for one in (before, after)),
        "changes": sheet_words.compare(texts[before], texts[after], skills, template, at),
        "breadcrumbs": to_sheet(sheet, ("Versions", reverse("networking:sheet_versions", args=[cohort_slug]))),
    }
    return render(request, "networking/sheets/compare.html", context)


def readable_or_404(request: SignedInRequest, cohort_slug: str, someone_pk: int) -> Member:
    """A councillor whose sheet this person may read: the councillor, their mentor now, a lead when they agreed."""
    councillors = Member.objects.with_people().joined().councillors()
    member = councillors.filter(cohort__slug=cohort_slug, pk=someone_pk).first()
    if member is None or not _may_read(request, member):
        raise Http404
    return member


def _may_read(request: SignedInRequest, member: Member) -> bool:
    if member.person_id == request.user.pk or sheets.is_mentor_of(request.user, member):
        return True
    is_lead = member.cohort.members.leads().is_in_one(request.user)
    return is_lead and sheets.sheet_of(member, now=timezone.now()).lead_may_read


@open_to(Audience.COHORT)
@require_safe
def someones_sheet(request: SignedInRequest, cohort_slug: str, someone_pk: int) -> HttpResponse:
    member = readable_or_404(request, cohort_slug, someone_pk)
    return _reading(request, member, CommentForm())


def _reading(request: SignedInRequest, member: Member, form: CommentForm, about: str = "") -> HttpResponse:
    sheet = sheets.sheet_of(member, now=timezone.now())
    parts = sheet_reading.parts(sheet, sheet_reading.template_of(sheet))
    context = {
        "member": member,
        "cohort": member.cohort,
        "parts": parts,
        "progress": sheet_reading.progress(parts),
        "form": form,
        "about": about,
        "may_comment": sheets.may_comment(request.user, member),
        "breadcrumbs": loading.to_cohort(member.cohort),
    }
    return render(request, "networking/sheets/reading.html", context)


@open_to(Audience.COHORT)
@require_http_methods(["GET", "HEAD", "POST"])
def comment_on_sheet(request: SignedInRequest, cohort_slug: str, someone_pk: int, section_key: str) -> HttpResponse:
    """The mentor's word on a section, or the councillor's answer to it."""
    member = readable_or_404(request, cohort_slug, someone_pk)
    section = section_or_404(sheet_templates.of(member.cohort.programme_id), section_key)
    if not sheets.may_comment(request.user, member):
        raise Http404
    if request.method != "POST":
        return _to_section(request, member, section.key)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _reading(request, member, form, about=section.key)
    sheets.comment(member, section.key, form.cleaned_data["text"], by=request.user, now=timezone.now())
    messages.success(request, f"Your comment on “{section.title}” is there.")
    return _to_section(request, member, section.key)


def _to_section(request: SignedInRequest, member: Member, key: str) -> HttpResponse:
    """Where this person reads the section: a councillor on their own page of it."""
    if request.user.pk == member.person_id:
        return redirect("networking:sheet_section", member.cohort.slug, key)
    url = reverse("networking:someones_sheet", args=[member.cohort.slug, member.pk])
    return redirect(f"{url}#{key}")
