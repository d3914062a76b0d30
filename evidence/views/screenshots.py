"""Screenshots of one's drafts, and the files, for those who may see them only."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from evidence import history, pictures, screenshots
from evidence.forms.screenshots import LookOverForm, ScreenshotForm
from evidence.models import Item, Screenshot
from evidence.views import loading
from people.access import Audience, SignedInRequest, open_to
from people.uploads import takes_up_to

FULL = f"A draft has up to {screenshots.MOST} screenshots. Remove one first"
HELD = "There is a legal hold: {because}. Nothing of the inquiry is removed until the hold is lifted."
MOST_BYTES = pictures.MOST_BYTES + 64 * 1024  # the picture and the other fields


@takes_up_to(MOST_BYTES)
@open_to(Audience.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def of_draft(request: SignedInRequest, draft_pk: int) -> HttpResponse:
    """Those it has, and a form for one more."""
    item = loading.draft_or_404(request.user, draft_pk)
    form = ScreenshotForm(request.POST or None, request.FILES or None, back=_draft(item))
    if form.is_valid():
        try:
            screenshots.add(
                item,
                form.cleaned_data["picture"],
                now=timezone.now(),
                by=request.user,
                alt_text=form.cleaned_data["alt_text"],
                was_redacted=bool(form.cleaned_data["was_redacted"]),
            )
        except screenshots.TooMany:
            form.add_error("picture", FULL)
        else:
            messages.success(request, "The screenshot is kept with your draft.")
            return redirect("evidence:screenshots", item.pk)
    context = {"draft": item, "form": form, "screenshots": list(item.screenshots.all()), "breadcrumbs": _trail(item)}
    return render(request, "evidence/capturing/screenshots.html", context)


def _draft(item: Item) -> str:
    return reverse("evidence:draft", args=[item.pk])


def _trail(item: Item) -> loading.Trail:
    return loading.trail(("My inbox", reverse("evidence:inbox")), ("Draft", _draft(item)))


def _screenshot_or_404(item: Item, ref: UUID) -> Screenshot:
    return get_object_or_404(item.screenshots.select_related("item"), ref=ref)


@takes_up_to(MOST_BYTES)
@open_to(Audience.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def look_over(request: SignedInRequest, draft_pk: int, shot_of_draft: UUID) -> HttpResponse:
    """Black out names and faces in one that is there already, or say that there are none."""
    item = loading.draft_or_404(request.user, draft_pk)
    shown = _screenshot_or_404(item, shot_of_draft)
    back = reverse("evidence:screenshots", args=[item.pk])
    form = LookOverForm(request.POST or None, request.FILES or None, back=back, initial={"alt_text": shown.alt_text})
    if form.is_valid():
        said = form.cleaned_data
        if said["picture"]:
            redacted = bool(said["was_redacted"])
            kept = {"alt_text": said["alt_text"], "was_redacted": redacted}
            screenshots.replace(shown, said["picture"], now=timezone.now(), by=request.user, **kept)
        else:
            screenshots.look_over(shown, alt_text=said["alt_text"])
        messages.success(request, "The screenshot is kept with your draft.")
        return redirect(back)
    context = {"draft": item, "form": form, "screenshot": shown, "breadcrumbs": _trail(item)}
    return render(request, "evidence/capturing/look_over.html", context)


@open_to(Audience.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: SignedInRequest, draft_pk: int, shot_of_draft: UUID) -> HttpResponse:
    item = loading.draft_or_404(request.user, draft_pk)
    shown = _screenshot_or_404(item, shot_of_draft)
    if request.method == "POST":
        screenshots.remove([shown])
        messages.success(request, "The screenshot is removed.")
    return redirect("evidence:screenshots", item.pk)


@open_to(Audience.SIGNED_IN)
@require_safe
def file_of_draft(request: SignedInRequest, draft_pk: int, shot_of_draft: UUID) -> HttpResponse:
    return _file(_screenshot_or_404(loading.draft_or_404(request.user, draft_pk), shot_of_draft))


@open_to(Audience.CONTRIBUTORS)
@require_safe
def file_of_item(request: SignedInRequest, inquiry: str, item_pk: int, shot_of_item: UUID) -> HttpResponse:
    """For officers and whoever saved it; unless it is sensitive for all who log.

    Of a sensitive item officers see it for a while after they said so: the history has who looked, and looking at the
    address alone changes nothing.
    """
    found = loading.contributor_or_404(request.user, inquiry)
    item = loading.item_or_404(found, item_pk)
    if not item.may_read_words(request.user, found.role_of(request.user)):
        raise Http404
    shown = _screenshot_or_404(item, shot_of_item)
    if item.is_hidden_from(request.user) and not history.has_revealed(item, request.user, timezone.now()):
        messages.info(
            request, "The screenshots of this item are hidden. Show them here first: the history keeps who did."
        )
        return redirect("evidence:item", found.slug, item.pk)
    return _file(shown)


@open_to(Audience.OFFICERS)
@require_http_methods(["GET", "HEAD", "POST"])
def take_out(request: SignedInRequest, inquiry: str, item_pk: int, shot_of_item: UUID) -> HttpResponse:
    """An officer removes a screenshot that shows what it should not."""
    found = loading.officer_or_404(request.user, inquiry)
    item = loading.item_or_404(found, item_pk)
    shown = _screenshot_or_404(item, shot_of_item)
    if request.method == "POST":
        try:
            screenshots.take_out(shown, now=timezone.now(), by=request.user)
        except screenshots.UnderHold as because:
            messages.warning(request, HELD.format(because=because))
        else:
            messages.success(request, f"The screenshot of {item} is removed.")
        return redirect("evidence:item", found.slug, item.pk)
    is_hidden = item.is_hidden_from(request.user) and not history.has_revealed(item, request.user, timezone.now())
    context = {"inquiry": found, "item": item, "screenshot": shown, "breadcrumbs": loading.to(found)}
    context |= {"is_hidden": is_hidden, "held": HELD.format(because=found.held_because) if found.is_held else ""}
    return render(request, "evidence/capturing/take_out.html", context)


def _file(screenshot: Screenshot) -> HttpResponse:
    """The picture alone: nothing in it runs, and no cache keeps it."""
    try:
        with screenshot.file.open("rb") as opened:
            picture = opened.read()
    except FileNotFoundError as error:
        raise Http404 from error
    answer = HttpResponse(picture, content_type=f"image/{screenshot.format.lower()}")
    answer["Content-Disposition"] = f'inline; filename="screenshot.{screenshot.format.lower()}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
