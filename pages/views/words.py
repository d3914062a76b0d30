"""Pages whose words can be changed here: reading them, changing them, their versions."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from meetups import markdown
from pages import comparing, editing, texts
from pages.forms import CompareForm, WordsForm
from pages.models import PageVersion
from people import kept
from people.access import Audience, SignedInRequest, open_to, same_for_strangers
from people.models import Person

PER_PAGE = 20


@same_for_strangers()
@open_to(Audience.EVERYONE)
@require_safe
def video_call_tips(request: HttpRequest) -> HttpResponse:
    return _shown(request, texts.named("video-call-tips"))


@same_for_strangers()
@open_to(Audience.EVERYONE)
@require_safe
def what_are_liberating_structures(request: HttpRequest) -> HttpResponse:
    return _shown(request, texts.named("what-are-liberating-structures"))


@same_for_strangers()
@open_to(Audience.EVERYONE)
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return _shown(request, texts.named("accessibility"))


@same_for_strangers()
@open_to(Audience.EVERYONE)
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return _shown(request, texts.named("privacy"))


def _shown(request: HttpRequest, text: texts.Text) -> HttpResponse:
    newest = editing.current(text)
    context = {
        "text": text,
        "newest": newest,
        "may_edit": request.user.is_authenticated and request.user.has_role(text.editors),
        **_laid_out(text, newest.body if newest else text.default),
    }
    return render(request, "pages/words/page.html", context)


def _laid_out(text: texts.Text, words: str) -> dict[str, Any]:
    """The words as HTML, around what the site itself lists where the page has such a list."""
    before, after = texts.around_rows(words) if text.has_rows else (words, "")
    return {
        "before": markdown.to_html(texts.filled(before), top=2),
        "after": markdown.to_html(texts.filled(after), top=2),
        "areas": _areas() if text.has_rows else [],
    }


def _areas() -> list[tuple[str, list[dict[str, str]]]]:
    return [
        (area, [{"what": row.what, "why": row.why, "how_long": row.how_long()} for row in rows])
        for area, rows in kept.rows().items()
    ]


def _text_or_404(person: Person, slug: str) -> texts.Text:
    """A page this person may change."""
    try:
        text = texts.named(slug)
    except KeyError as error:
        raise Http404 from error
    if not person.has_role(text.editors):
        raise Http404
    return text


def _trail(text: texts.Text | None = None) -> list[tuple[str, str]]:
    trail = [("Organise", reverse("meetups:organise"))]
    return [*trail, ("Words of pages", reverse("pages:texts")), (text.title, reverse(text.url_name))] if text else trail


@open_to(Audience.ORGANISERS)
@require_safe
def all_texts(request: SignedInRequest) -> HttpResponse:
    """Every page somebody can change here, with its last change."""
    newest = {version.page.slug: version for version in PageVersion.objects.newest()}
    rows = [(text, newest.get(text.slug), request.user.has_role(text.editors)) for text in texts.TEXTS]
    return render(request, "pages/words/all.html", {"rows": rows, "breadcrumbs": _trail()})


@open_to(Audience.ORGANISERS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_text(request: SignedInRequest, text_slug: str) -> HttpResponse:
    """Change the words, look at them, save them; when somebody else was quicker, see what they changed first."""
    text = _text_or_404(request.user, text_slug)
    newest = editing.current(text)
    start = {"body": newest.body if newest else text.default, "based_on": newest.number if newest else 0}
    form = WordsForm(request.POST if request.method == "POST" else None, text=text, back=_history(text), initial=start)
    context: dict[str, Any] = {"text": text, "form": form, "breadcrumbs": _trail(text)}
    if form.is_valid():
        if "preview" in request.POST:
            context |= {"is_preview": True, **_laid_out(text, form.cleaned_data["body"])}
        elif (overtaken := _save(request, text, form)) is None:
            return redirect(text.url_name)
        else:
            context |= overtaken
    return render(request, "pages/words/edit.html", context)


def _save(request: SignedInRequest, text: texts.Text, form: WordsForm) -> dict[str, Any] | None:
    """None when it is saved; else what to show to somebody who was overtaken. What they typed stays in the form."""
    body, based_on = form.cleaned_data["body"], form.cleaned_data["based_on"]
    try:
        editing.save(text, body, based_on=based_on, by=request.user, now=timezone.now())
    except editing.SavedMeanwhile as meanwhile:
        newest = meanwhile.newest
        form.add_error("body", "Somebody else saved this page while you were writing. Nothing of yours is lost")
        # The second time they have seen it: their words then follow the other's, which stay among the versions.
        form.data = {"body": request.POST["body"], "based_on": str(newest.number)}
        return {"meanwhile": newest, "difference": comparing.compare(newest.body, body)}
    messages.success(request, "The page is saved.")
    return None


def _history(text: texts.Text) -> str:
    return reverse("pages:text_history", args=[text.slug])


@open_to(Audience.ORGANISERS)
@require_safe
def text_history(request: SignedInRequest, text_slug: str) -> HttpResponse:
    """Every version, who saved it and when; two of them side by side when they were chosen."""
    text = _text_or_404(request.user, text_slug)
    rows = PageVersion.objects.filter(page__slug=text.slug).select_related("saved_by")
    numbers = list(rows.values_list("number", flat=True))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    chosen = request.GET if "before" in request.GET else None
    form = CompareForm(chosen, numbers=numbers, initial=_last_two(numbers))
    context = {
        "text": text,
        "page": page,
        "page_numbers": list(page.paginator.get_elided_page_range(page.number)),
        "newest": numbers[0] if numbers else 0,
        "form": form,
        "breadcrumbs": _trail(text),
    }
    if form.is_valid():
        before, after = form.cleaned_data["before"], form.cleaned_data["after"]
        difference = comparing.compare(editing.words_of(text, before), editing.words_of(text, after))
        context |= {"is_compared": True, "before": before, "after": after, "difference": difference}
    return render(request, "pages/words/history.html", context)


def _last_two(numbers: list[int]) -> dict[str, int]:
    after, before = [*numbers, 0, 0][:2]
    return {"before": before, "after": after}


@open_to(Audience.ORGANISERS)
@require_safe
def text_version(request: SignedInRequest, text_slug: str, number: int) -> HttpResponse:
    """One version as the page looked then; 0 is what it came with."""
    text = _text_or_404(request.user, text_slug)
    version = PageVersion.objects.filter(page__slug=text.slug, number=number).select_related("saved_by").first()
    if version is None and number:
        raise Http404
    newest = editing.current(text)
    context = {
        "text": text,
        "number": number,
        "version": version,
        "newest": newest.number if newest else 0,
        "breadcrumbs": [*_trail(text), ("Versions", _history(text))],
        **_laid_out(text, version.body if version else text.default),
    }
    return render(request, "pages/words/version.html", context)


@open_to(Audience.ORGANISERS)
@require_http_methods(["GET", "HEAD", "POST"])
def restore_text(request: SignedInRequest, text_slug: str) -> HttpResponse:
    text = _text_or_404(request.user, text_slug)
    number, based_on = request.POST.get("number", ""), request.POST.get("based_on", "")
    if request.method != "POST" or not (_is_number(number) and _is_number(based_on)):
        return redirect(_history(text))
    try:
        editing.restore(text, int(number), based_on=int(based_on), by=request.user, now=timezone.now())
    except PageVersion.DoesNotExist as error:
        raise Http404 from error
    except editing.SavedMeanwhile:
        messages.error(request, "Somebody else saved this page meanwhile. Look at the versions again.")
        return redirect(_history(text))
    said = f"version {number} said" if int(number) else "it came with"
    messages.success(request, f"The page says again what {said}.")
    return redirect(text.url_name)


def _is_number(typed: str) -> bool:
    return typed.isdecimal() and len(typed) < 9
