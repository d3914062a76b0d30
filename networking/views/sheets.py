"""A councillor's own planning sheet: sections that save themselves, two texts, versions, print."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_http_methods, require_safe

from meetups import dates
from networking import sheet_parts, sheet_reading, sheets
from networking.forms.sheets import ClashForm, SectionForm, ShareForm
from networking.models import Member, Sheet, SheetClash, Skill
from networking.views import loading
from people.access import Audience, SignedInRequest, open_to

COUNCILLOR = Member.Role.COUNCILLOR
SAVED, REFUSED, CLASHING = 200, 422, 409


def my_sheet_or_404(request: SignedInRequest, cohort_slug: str) -> Sheet:
    """The sheet of the councillor who asks; nobody else has one."""
    member = loading.member_or_404(request.user, cohort_slug, COUNCILLOR)
    return sheets.sheet_of(member, now=timezone.now())


def section_or_404(template: sheet_parts.Template, key: str) -> sheet_parts.Section:
    """Hidden ones too: who was in the middle of one can still save it."""
    try:
        return sheet_parts.find(template, key)
    except KeyError as error:
        raise Http404 from error


def to_sheet(sheet: Sheet, *further: tuple[str, str]) -> loading.Trail:
    cohort = sheet.member.cohort
    return loading.to_cohort(cohort, ("My planning sheet", reverse("networking:sheet", args=[cohort.slug])), *further)


@open_to(Audience.COHORT)
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    """The sections with how far each is; who may read it."""
    sheet = my_sheet_or_404(request, cohort_slug)
    template = sheet_reading.template_of(sheet)
    parts = sheet_reading.parts(sheet, template)
    form = ShareForm(request.POST if request.method == "POST" else None, initial={"lead_may_read": sheet.lead_may_read})
    if request.method == "POST" and form.is_valid():
        _share_or_read(request, sheet, form)
        return redirect("networking:sheet", cohort_slug)
    context = {
        "cohort": sheet.member.cohort,
        "parts": parts,
        "progress": sheet_reading.progress(parts),
        "unread": sheet_reading.unread_comments(sheet, template),
        "clashes": sheet_reading.waiting_clashes(sheet, template),
        "form": form,
        "breadcrumbs": loading.to_cohort(sheet.member.cohort),
    }
    return render(request, "networking/sheets/sheet.html", context)


def _share_or_read(request: SignedInRequest, sheet: Sheet, form: ShareForm) -> None:
    now = timezone.now()
    if "read" in request.POST:
        sheets.read_comments(sheet, now=now)
        return
    sheets.share(sheet.member, lead_may_read=form.cleaned_data["lead_may_read"], now=now)
    messages.success(request, "Saved.")


@open_to(Audience.COHORT)
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_section(request: SignedInRequest, cohort_slug: str, section_key: str) -> HttpResponse:
    """One section. A script posts it as people type; without one the button does."""
    sheet = my_sheet_or_404(request, cohort_slug)
    template = sheet_reading.template_of(sheet)
    section = section_or_404(template, section_key)
    form = _section_form(request, sheet, section)
    if request.method != "POST":
        return _section_page(request, sheet, template, section, form)
    if not form.is_valid():
        return _refused(request, sheet, template, section, form)
    result = sheets.save(sheet.member, section.key, _posted(request, form), now=timezone.now())
    if result.clash:
        return _clashing(request, result.clash, cohort_slug)
    if _wants_json(request):
        return JsonResponse(_saved(result), status=SAVED)
    _say_saved(request, result)
    return redirect("networking:sheet", cohort_slug)


def _section_form(request: HttpRequest, sheet: Sheet, section: sheet_parts.Section) -> SectionForm:
    answers = sheet.answers().get(section.key, {})
    skills: list[Skill] = []
    if section.asks_skills:
        answers = {**sheets.levels_as_answers(sheet.member), **answers}
        skills = list(Skill.objects.filter(retired_at=None))
    data = request.POST if request.method == "POST" else None
    return SectionForm(data, section=section, answers=answers, skills=skills, now=timezone.now())


def _posted(request: HttpRequest, form: SectionForm) -> sheets.Posted:
    said = request.POST.get("version", "")
    return sheets.Posted(
        form.answers(),
        base=int(said) if said.isdecimal() and len(said) < 9 else 0,
        window=request.POST.get("window", "")[:40],
        removed=form.removed(),
    )


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _section_page(
    request: HttpRequest, sheet: Sheet, template: sheet_parts.Template, section: sheet_parts.Section, form: SectionForm
) -> HttpResponse:
    now = {one.key: one for one in sheet.begun_sections()}.get(section.key)
    typed = request.POST
    context = {
        "cohort": sheet.member.cohort,
        "member": sheet.member,
        "section": section,
        "form": form,
        "version": typed.get("version") or (now.version if now else 0),
        "window": typed.get("window", "")[:40] or get_random_string(12),
        "saved": f"Saved at {dates.clock(now.saved_at)}" if now and now.saved_at else "",
        "missing": sheet_parts.missing(now.answers if now else {}, section),
        "comments": sheet_reading.comments(sheet, section.key),
        "next": sheet_reading.after(section, template),
        "part": next((one for one in sheet_reading.parts(sheet, (section,)) if section.hidden), None),
        "no_longer_asked": sheet_reading.no_longer_asked(section, now),
        "asked_before": sheet_reading.asked_before(section, now),
        "breadcrumbs": to_sheet(sheet),
    }
    return render(request, "networking/sheets/section.html", context)


def _refused(
    request: HttpRequest, sheet: Sheet, template: sheet_parts.Template, section: sheet_parts.Section, form: SectionForm
) -> HttpResponse:
    if _wants_json(request):
        errors = [str(error) for field in form.errors.values() for error in field]
        return JsonResponse({"state": "refused", "words": ". ".join(errors)}, status=REFUSED)
    return _section_page(request, sheet, template, section, form)


def _clashing(request: HttpRequest, clash: SheetClash, cohort_slug: str) -> HttpResponse:
    url = reverse("networking:sheet_two_texts", args=[cohort_slug, clash.pk])
    if _wants_json(request):
        return JsonResponse({"state": "clash", "url": url}, status=CLASHING)
    return redirect(url)


def _saved(result: sheets.Saved) -> dict[str, Any]:
    at = dates.clock(result.section.saved_at) if result.section.saved_at else ""
    words = f"Saved at {at}."
    if result.merged:
        words += " What was changed in another window is in it too: open the page again to see it."
    return {"state": "saved", "version": result.section.version, "words": words}


def _say_saved(request: HttpRequest, result: sheets.Saved) -> None:
    words = "Saved."
    if result.merged:
        words += " Another window had changed other answers: both are in."
    messages.success(request, words)


@open_to(Audience.COHORT)
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_two_texts(request: SignedInRequest, cohort_slug: str, clash_pk: int) -> HttpResponse:
    """Two windows changed the same answer: both texts, and which to keep."""
    sheet = my_sheet_or_404(request, cohort_slug)
    clash = get_object_or_404(SheetClash.objects.of(sheet.member), pk=clash_pk)
    section = section_or_404(sheet_reading.template_of(sheet), clash.section.key)
    merged = sheets.differences(clash)
    seen = request.POST.get("seen", str(clash.section.version))
    is_current = seen == str(clash.section.version)
    data = request.POST if request.method == "POST" and is_current else None
    form = ClashForm(data, clashes=merged.clashes, **sheet_reading.labels(section, sheet, merged.clashes))
    if form.is_valid() and not clash.settled_at:
        if sheets.settle(clash, form.chosen(), seen=int(seen), now=timezone.now()):
            messages.success(request, f"“{section.title}” is saved as you chose.")
            return redirect("networking:sheet_section", cohort_slug, section.key)
        is_current = False
    context = {
        "cohort": sheet.member.cohort,
        "section": section,
        "clash": clash,
        "form": form,
        "changed_again": request.method == "POST" and not is_current,
        "breadcrumbs": to_sheet(
            sheet, (section.title, reverse("networking:sheet_section", args=[cohort_slug, section.key]))
        ),
    }
    return render(request, "networking/sheets/two_texts.html", context)


@open_to(Audience.COHORT)
@require_safe
def sheet_print(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    sheet = my_sheet_or_404(request, cohort_slug)
    context = {
        "sheet": sheet,
        "parts": sheet_reading.parts(sheet, sheet_reading.template_of(sheet)),
        "printed_at": timezone.now(),
        "breadcrumbs": to_sheet(sheet),
    }
    return render(request, "networking/sheets/print.html", context)
