"""What the planning sheets of a programme ask, for organisers: reword, order, add, hide."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from networking import sheet_parts
from networking import sheet_templates as templates
from networking.forms.sheet_templates import NewQuestionForm, QuestionWordsForm, SectionWordsForm
from networking.models import Programme
from networking.sheet_parts import Question, Section
from networking.views import loading
from people.access import Audience, SignedInRequest, open_to

FULL = "There is no room for more. A sheet that is longer than this is not filled in by anybody."
SAME = (
    "Ask the same in better words: the answers there are stay under it, with how it was asked. To ask something else, "
    "hide this question and add another."
)
LIVE = "Cohorts that are running ask it so from now on, and every answer stays."


def _section_or_404(programme_slug: str, key: str) -> tuple[Programme, Section]:
    programme = get_object_or_404(Programme, slug=programme_slug)
    try:
        return programme, sheet_parts.find(templates.of(programme.pk), key)
    except KeyError as error:
        raise Http404 from error


def _question_or_404(section: Section, key: str) -> Question:
    for question in (*section.columns, *section.questions):
        if question.key == key:
            return question
    raise Http404


def _url(programme: Programme, section: Section | None = None) -> str:
    page = reverse("networking:sheet_template", args=[programme.slug])
    return f"{page}#{section.key}" if section else page


def _trail(programme: Programme, *further: tuple[str, str]) -> loading.Trail:
    above = reverse("networking:programme", args=[programme.slug])
    return loading.trail(("Programmes", reverse("networking:programmes")), (programme.name, above), *further)


def _form(request: SignedInRequest, programme: Programme, form: object, title: str, *lines: str) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "lines": lines,
        "breadcrumbs": _trail(programme, ("Planning sheet", _url(programme))),
    }
    return render(request, "networking/form.html", context)


@open_to(Audience.ORGANISERS)
@require_safe
def sheet_template(request: SignedInRequest, programme_slug: str) -> HttpResponse:
    """Every section with its questions, in order, and what is hidden."""
    programme = get_object_or_404(Programme, slug=programme_slug)
    template = templates.of(programme.pk)
    shown = [section for section in template if not section.hidden]
    context = {
        "programme": programme,
        "sections": [_shown(section) for section in shown],
        "hidden": [section for section in template if section.hidden],
        "breadcrumbs": _trail(programme),
    }
    return render(request, "networking/programmes/sheet.html", context)


def _shown(section: Section) -> dict[str, Any]:
    feeds = sheet_parts.FEEDS.get((section.key, ""), "")
    questions, columns = _rows(section, section.asked), _rows(section, section.asked_columns)
    return {
        "section": section,
        "feeds": feeds,
        "out": "" if feeds else "Hide this section",
        "lists": [
            (words, rows) for words, rows in ((f"{section.rows}: columns", columns), ("Questions", questions)) if rows
        ],
        "hidden": [one for one in (*section.columns, *section.questions) if one.hidden],
    }


def _rows(section: Section, questions: list[Question]) -> list[tuple[Question, str, str]]:
    """Each with what reads it, and the word of the button that hides it, if it has one."""
    found = []
    for one in questions:
        feeds = sheet_parts.FEEDS.get((section.key, one.key), "")
        is_last_column = one in section.columns and len(section.asked_columns) == 1
        found.append((one, feeds, "" if feeds or is_last_column else "Hide"))
    return found


@open_to(Audience.ORGANISERS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_section(request: SignedInRequest, programme_slug: str) -> HttpResponse:
    programme = get_object_or_404(Programme, slug=programme_slug)
    data = request.POST if request.method == "POST" else None
    form = SectionWordsForm(data, back=_url(programme), button="Add section")
    if form.is_valid():
        try:
            made = templates.add_section(programme, form.words())
        except templates.Full:
            form.add_error(None, FULL)
        else:
            messages.success(request, "The section is added. Councillors see it once it has a question.")
            return redirect("networking:add_template_question", programme.slug, made.key)
    return _form(request, programme, form, "Add a section to the planning sheet")


@open_to(Audience.ORGANISERS)
@require_http_methods(["GET", "HEAD", "POST"])
def change_section(request: SignedInRequest, programme_slug: str, asked_section: str) -> HttpResponse:
    programme, section = _section_or_404(programme_slug, asked_section)
    version = templates.version_of(programme, section.key)
    known = {"label": section.title, "hint": section.intro, "seen": version}
    data = request.POST if request.method == "POST" else None
    form = SectionWordsForm(data, initial=known, back=_url(programme, section), button="Save section")
    if form.is_valid() and _saved(
        lambda seen: templates.reword_section(programme, section.key, form.words(), seen=seen),
        form,
        section.title,
        version,
    ):
        messages.success(request, f"The section is saved. {LIVE}")
        return redirect(_url(programme, section))
    feeds = sheet_parts.FEEDS.get((section.key, ""), "")
    return _form(request, programme, form, f"Change the section “{section.title}”", *filter(None, [feeds]))


def _saved(save: Callable[[int], None], form: Any, words_now: str, version: int) -> bool:
    """False, with an error in the form, when somebody else was faster."""
    try:
        save(form.cleaned_data["seen"] or 0)
    except templates.ChangedMeanwhile:
        form.was_changed(words_now, seen=version)
        return False
    return True


@open_to(Audience.ORGANISERS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_question(request: SignedInRequest, programme_slug: str, asked_section: str) -> HttpResponse:
    programme, section = _section_or_404(programme_slug, asked_section)
    data = request.POST if request.method == "POST" else None
    table = section.rows if section.columns else ""
    form = NewQuestionForm(data, table=table, back=_url(programme, section), button="Add question")
    if form.is_valid():
        kind, in_table = form.kind_and_place()
        try:
            templates.add_question(programme, section.key, form.words(), kind, in_table=in_table)
        except templates.Full:
            form.add_error(None, FULL)
        else:
            messages.success(request, f"The question is added. {LIVE}")
            return redirect(_url(programme, section))
    return _form(request, programme, form, f"Add a question to “{section.title}”")


@open_to(Audience.ORGANISERS)
@require_http_methods(["GET", "HEAD", "POST"])
def change_question(
    request: SignedInRequest, programme_slug: str, asked_section: str, asked_question: str
) -> HttpResponse:
    programme, section = _section_or_404(programme_slug, asked_section)
    question = _question_or_404(section, asked_question)
    version = templates.version_of(programme, section.key, question.key)
    known = {"label": question.label, "hint": question.hint, "needed": question.needed, "seen": version}
    data, in_table = (request.POST if request.method == "POST" else None), question in section.columns
    form = QuestionWordsForm(
        data, initial=known, in_table=in_table, back=_url(programme, section), button="Save question"
    )
    if form.is_valid() and _saved(
        lambda seen: templates.reword_question(
            programme, section.key, question.key, form.words(), seen=seen, now=timezone.now()
        ),
        form,
        question.label,
        version,
    ):
        messages.success(request, f"The question is saved. {LIVE}")
        return redirect(_url(programme, section))
    feeds = sheet_parts.FEEDS.get((section.key, question.key), "")
    return _form(request, programme, form, "Change the question", *filter(None, [SAME, feeds]))


@open_to(Audience.ORGANISERS)
def move_section(request: SignedInRequest, programme_slug: str, asked_section: str) -> HttpResponse:
    """Up, down, hidden, or asked again."""
    programme, section = _section_or_404(programme_slug, asked_section)
    if request.method == "POST":
        _move(request, programme, section.key, "", section.title)
    return redirect(_url(programme, section))


@open_to(Audience.ORGANISERS)
def move_question(
    request: SignedInRequest, programme_slug: str, asked_section: str, asked_question: str
) -> HttpResponse:
    """Up, down, hidden, or asked again."""
    programme, section = _section_or_404(programme_slug, asked_section)
    question = _question_or_404(section, asked_question)
    if request.method == "POST":
        _move(request, programme, section.key, question.key, question.label)
    return redirect(_url(programme, section))


def _move(request: SignedInRequest, programme: Programme, key: str, question_key: str, words: str) -> None:
    direction = {"out": "hide"}.get(request.POST.get("direction", ""), request.POST.get("direction", ""))
    try:
        templates.move(programme, key, question_key, direction, now=timezone.now())
    except templates.AlwaysAsked:
        messages.error(request, f"“{words}” stays: other pages read it, or it is the last column of its table.")
        return
    said = {
        "hide": f"“{words}” is not asked any more. Answers that there are can still be read.",
        "show": f"“{words}” is asked again.",
    }
    if direction in said:
        messages.success(request, said[direction])
