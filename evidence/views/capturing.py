"""Saving what was heard: the form, one's own inbox, handing in, and the page that stops somebody."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from evidence import captures, cautions, looking, prefill, shared, stops
from evidence.forms.capturing import CHANGED, HAND_IN, SCREENSHOT, CaptureForm, StopForm
from evidence.models import Inquiry, Item, Search, StopShown, Topic
from evidence.views import carrying, loading
from meetups.views import trail
from people import limits
from people.access import Audience, SignedInRequest, open_to
from people.models import Person

GONE = "That is not in your inbox any more: it was handed in or removed."
NOT_LISTENING = (
    "The inquiry does not take items at the moment, or you have no part in it any more. It is in your inbox."
)
PROFILE_TAKEN_OUT = "Profiles are not kept, so the link was left out. Use the address of the one post you want to log."
PER_PAGE = 25

Context = dict[str, Any]


@open_to(Audience.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def capture(request: SignedInRequest) -> HttpResponse:
    """The form. What stands in its address fills it in and changes nothing."""
    topics = list(topics_of(request.user))
    searches = _searches(request, topics)
    if request.method == "POST":
        form = CaptureForm(request.POST, topics=topics, searches=searches)
        if form.is_valid():
            item = captures.save_draft(form.said(), now=timezone.now(), by=request.user)
            return carrying.put_down(_after_saving(request, form, item))
        note_refusal(request.user, form, only_inquiry(topics))
        return _form_page(request, form, "Log what you heard")
    arrived = _arrived(request)
    if arrived.was_profile:
        messages.warning(request, PROFILE_TAKEN_OUT)
    prefilled = {"link": arrived.link, "exact_words": arrived.exact_words, "title": arrived.title}
    where_from = _where_from(request, topics, searches)
    form = CaptureForm(topics=topics, searches=searches, initial={**prefilled, **where_from})
    return _form_page(request, form, "Log what you heard")


def _arrived(request: HttpRequest) -> shared.Arrived:
    """What stands in the address, or waited on the phone while they signed in."""
    waited = carrying.carried(request) if request.GET.get("carried") else None
    return waited or shared.sort(**{name: request.GET.get(name, "") for name in ("url", "title", "text")})


def topics_of(person: Person) -> Any:
    """Of the inquiries that listen now and that this person logs for."""
    logging = person.inquiry_parts.who_log().filter(inquiry__state="open").values("inquiry")
    return Topic.objects.filter(inquiry__in=logging).select_related("inquiry").order_by("inquiry__title", "position")


def _searches(request: SignedInRequest, topics: list[Topic], item: Item | None = None) -> list[Search]:
    """Those of this person that it may come from, in the inquiries they log for."""
    kept = str(item.search_id or "") if item else ""
    return looking.own(request.user, topics, asked=request.POST.get("search") or request.GET.get("search") or kept)


def _where_from(request: HttpRequest, topics: list[Topic], searches: list[Search]) -> dict[str, str]:
    """The search in the address and its topic; or the topic in the address, or the only one there is, and the search
    that is under way for it."""
    search = next((one for one in searches if str(one.pk) == request.GET.get("search")), None)
    asked = str(search.topic_id) if search and search.topic_id else request.GET.get("topic")
    only = topics[0] if len(topics) == 1 else None
    topic = next((one for one in topics if str(one.pk) == asked), only)
    search = search or looking.under_way(searches, topic, now=timezone.now())
    return {"topic": str(topic.pk) if topic else "", "search": str(search.pk) if search else ""}


def _form_page(request: HttpRequest, form: CaptureForm, title: str, *, status: int = 200, **more: Any) -> HttpResponse:
    context: Context = {"form": form, "title": title, "breadcrumbs": loading.trail(("My inbox", _inbox())), **more}
    return render(request, "evidence/capturing/form.html", context, status=status)


def _inbox() -> str:
    return reverse("evidence:inbox")


def note_refusal(person: Person, form: CaptureForm, inquiry: Inquiry | None) -> None:
    """That a profile was refused is part of the record: of the inquiry whose topic was chosen, or else of this one."""
    if form.is_profile_refused:
        topic = form.cleaned_data.get("topic")
        chosen = topic.inquiry if topic else inquiry
        stops.show(StopShown.Kind.PROFILE, to=person, now=timezone.now(), inquiry=chosen)


def only_inquiry(topics: Iterable[Topic]) -> Inquiry | None:
    """The one that somebody logs for, when there is no other."""
    found = {topic.inquiry_id: topic.inquiry for topic in topics}
    return next(iter(found.values())) if len(found) == 1 else None


def _after_saving(request: SignedInRequest, form: CaptureForm, item: Item) -> HttpResponse:
    if form.then == SCREENSHOT:
        messages.success(request, "It is in your inbox. Add the screenshot here.")
        return redirect("evidence:screenshots", item.pk)
    if form.then == HAND_IN:
        return redirect("evidence:hand_in", item.pk) if cautions.of(item) else _hand_in(request, item)
    messages.success(request, "It is in your inbox. Nobody else can see it there.")
    return redirect(_inbox())


@open_to(Audience.SIGNED_IN)
@require_safe
def inbox(request: SignedInRequest) -> HttpResponse:
    """Drafts of this person, the newest first."""
    drafts = Item.objects.drafts_of(request.user).select_related("inquiry", "topic")
    context = {
        **trail.paged(request, drafts, PER_PAGE),
        "may_log": topics_of(request.user).exists(),
        "keep_days": settings.EVIDENCE_DRAFT_KEEP_DAYS,
        "breadcrumbs": loading.trail(),
    }
    return render(request, "evidence/capturing/inbox.html", context)


@open_to(Audience.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: SignedInRequest, draft_pk: int) -> HttpResponse:
    """Finish a draft. Saved in two windows: the second sees what the first saved, and both keep their words."""
    item = loading.draft_or_404(request.user, draft_pk)
    topics = list(topics_of(request.user))
    if request.method != "POST":
        return _draft_page(request, item, topics)
    form = CaptureForm(request.POST, topics=topics, searches=_searches(request, topics, item), item=item)
    if not form.is_valid():
        note_refusal(request.user, form, item.inquiry or only_inquiry(topics))
        return _form_page(request, form, "Finish a draft", draft=item)
    try:
        version = form.cleaned_data["version"] or 0
        item = captures.change(item, form.said(), version=version, now=timezone.now(), by=request.user)
    except captures.ChangedMeanwhile:
        return again(
            request, form, item, lambda **more: _form_page(request, form, "Finish a draft", draft=item, **more)
        )
    return _after_saving(request, form, item)


def _draft_page(request: SignedInRequest, item: Item, topics: list[Topic]) -> HttpResponse:
    """As it is kept, with what its page says of itself where a field is empty."""
    asked = prefill.latest(item, request.user)
    suggested = prefill.suggestions(item, asked)
    form = CaptureForm(topics=topics, searches=_searches(request, topics, item), item=item, initial=suggested)
    more: Context = {"asked": asked, "suggested": suggested, "may_ask": prefill.may_be_asked(item)}
    more["whose_page"] = prefill.site(item, asked)
    return _form_page(request, form, "Finish a draft", draft=item, **more)


@open_to(Audience.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def read_page(request: SignedInRequest, draft_pk: int) -> HttpResponse:
    """Ask the worker for title and date of the page; nothing is fetched while somebody waits."""
    item = loading.draft_or_404(request.user, draft_pk)
    if request.method == "POST":
        if limits.allows(request, "evidence:fetch"):
            prefill.ask(item, now=timezone.now(), by=request.user)
        else:
            messages.warning(request, "Those were many pages in a short time. Try again in ten minutes, or type it.")
    return redirect(f"{reverse('evidence:draft', args=[item.pk])}#prefill")


def again(request: HttpRequest, form: CaptureForm, item: Item, page: Any) -> HttpResponse:
    """What was typed, once more, with what the other one saved beside it; the next save goes over that."""
    form.add_error(None, CHANGED)
    theirs = get_object_or_404(Item.objects.select_related("topic", "inquiry"), pk=item.pk)
    typed = request.POST.copy()
    typed["version"] = str(theirs.version)
    form.data = typed
    return page(theirs=theirs, status=409)


# --- handing in -----------------------------------------------------------------------------------------------------


@open_to(Audience.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: SignedInRequest, draft_pk: int) -> HttpResponse:
    """What to look at before it is handed in. What was shown and sent back does not stop it again."""
    if request.method != "POST":
        item = loading.draft_or_404(request.user, draft_pk)
        return _before_handing_in(request, item, cautions.of(item))
    mine = Item.objects.drafts_of(request.user).select_related("inquiry", "topic").filter(pk=draft_pk).first()
    if mine is None:
        messages.info(request, GONE)
        return redirect(_inbox())
    new = [each for each in cautions.of(mine) if each.code not in request.POST.getlist("seen")]
    return _before_handing_in(request, mine, cautions.of(mine)) if new else _hand_in(request, mine)


def _before_handing_in(request: SignedInRequest, item: Item, found: list[cautions.Caution]) -> HttpResponse:
    context = {"draft": item, "cautions": found, "breadcrumbs": loading.trail(("My inbox", _inbox()))}
    return render(request, "evidence/capturing/before.html", context)


def _hand_in(request: SignedInRequest, item: Item, *, stop: StopShown | None = None) -> HttpResponse:
    """Do it, or say plainly why it stays in the inbox."""
    now = timezone.now()
    try:
        done = captures.submit(item, now=now, by=request.user, stop=stop)
    except captures.NoLongerADraft:
        messages.info(request, GONE)
    except captures.NotListening:
        messages.warning(request, NOT_LISTENING)
    except captures.NotWhole:
        messages.warning(request, "Choose a topic, and enter a link or words, before you hand it in.")
        return redirect("evidence:draft", item.pk)
    except captures.NotLookedAt:
        messages.warning(request, "Look for names and faces in the screenshots first.")
        return redirect("evidence:screenshots", item.pk)
    except captures.OneAuthorAgain:
        stops.show(StopShown.Kind.THIRD_ITEM, to=request.user, now=now, inquiry=item.inquiry, item=item)
        return redirect("evidence:stop", item.pk)
    else:
        assert done.item.inquiry
        known = "" if done.is_new else "?known=1"
        return redirect(reverse("evidence:handed_in", args=[done.item.inquiry.slug, done.item.pk]) + known)
    return redirect(_inbox())


@open_to(Audience.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: SignedInRequest, draft_pk: int) -> HttpResponse:
    """One person again: why looking at somebody repeatedly is different, and a reason or not."""
    item = loading.draft_or_404(request.user, draft_pk)
    of_draft = item.stops.filter(kind=StopShown.Kind.THIRD_ITEM)
    shown = of_draft.filter(inquiry=item.inquiry_id).first()
    if shown is None and of_draft.exists():  # it is for another inquiry by now, which has not stopped it yet
        return redirect("evidence:hand_in", item.pk)
    if shown is None:
        raise Http404
    form = StopForm(request.POST or None, back=_inbox())
    if form.is_valid():
        with transaction.atomic():
            stops.go_on(shown, form.cleaned_data["reason"], now=timezone.now())
            return _hand_in(request, item, stop=shown)
    context = {"draft": item, "form": form, "breadcrumbs": loading.trail(("My inbox", _inbox()))}
    return render(request, "evidence/capturing/stop.html", context)


@open_to(Audience.CONTRIBUTORS)
@require_safe
def handed_in(request: SignedInRequest, inquiry: str, item_pk: int) -> HttpResponse:
    """What happened, what happens next, and the next one."""
    found = loading.contributor_or_404(request.user, inquiry)
    item = loading.item_or_404(found, item_pk)
    context = {
        "inquiry": found,
        "item": item,
        "from_search": item.search_id if item.search and item.search.searched_by_id == request.user.pk else None,
        "was_known": bool(request.GET.get("known")),
        "seen_by": item.sightings.count(),
        "drafts": Item.objects.drafts_of(request.user).count(),
        "breadcrumbs": loading.to(found),
    }
    return render(request, "evidence/capturing/handed_in.html", context)


@open_to(Audience.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: SignedInRequest, draft_pk: int) -> HttpResponse:
    item = loading.draft_or_404(request.user, draft_pk)
    if request.method == "POST":
        captures.discard(item)
        messages.success(request, "The draft is removed.")
        return redirect(_inbox())
    context = {"draft": item, "breadcrumbs": loading.trail(("My inbox", _inbox()))}
    return render(request, "evidence/capturing/discard.html", context)
