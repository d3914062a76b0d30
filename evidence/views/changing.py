"""Changing something that was handed in: by whoever did, until somebody looked at it, and by officers."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from evidence import captures, looking, stops
from evidence.forms.capturing import ChangeForm, CorrectForm
from evidence.models import Inquiry, Item, StopShown
from evidence.views import capturing, loading
from people.access import Audience, SignedInRequest, open_to

ONE_AUTHOR = (
    "This would be another item by one private person. We listen to what is said about services, and follow nobody. "
    "Log it as a new item if the inquiry needs it: you are asked for the reason there"
)
ONE_AUTHOR_AFTER_ALL = (
    "This would be another item by one private person. We listen to what is said about services, and follow nobody. "
    "If a private person said it, it is for an officer to set it aside"
)


@open_to(Audience.CONTRIBUTORS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_item(request: SignedInRequest, inquiry: str, item_pk: int) -> HttpResponse:
    """Own words, until an officer has them in hand."""
    found = loading.contributor_or_404(request.user, inquiry)
    item = loading.item_or_404(found, item_pk)
    if not item.may_change(request.user, role="contributor"):
        raise Http404
    return _change(request, found, item, ChangeForm)


@open_to(Audience.OFFICERS)
@require_http_methods(["GET", "HEAD", "POST"])
def correct_item(request: SignedInRequest, inquiry: str, item_pk: int) -> HttpResponse:
    """An officer changes how it is put and sorted, not what was said."""
    found = loading.officer_or_404(request.user, inquiry)
    return _change(request, found, loading.item_or_404(found, item_pk), CorrectForm)


def _change(request: SignedInRequest, inquiry: Inquiry, item: Item, kind: type[ChangeForm]) -> HttpResponse:
    topics = list(inquiry.topics.select_related("inquiry"))
    asked = request.POST.get("search") or str(item.search_id or "")
    searches = looking.own(request.user, topics, asked=asked)
    form = kind(request.POST or None, topics=topics, searches=searches, item=item)

    def page(*, status: int = 200, **more: Any) -> HttpResponse:
        context = {"form": form, "title": f"Change {item}", "breadcrumbs": loading.to(inquiry), **more}
        return render(request, "evidence/capturing/form.html", context, status=status)

    if not form.is_valid():
        if form.is_bound:
            capturing.note_refusal(request.user, form, inquiry)
        return page()
    try:
        version = form.cleaned_data["version"] or 0
        captures.change(item, form.said(), version=version, now=timezone.now(), by=request.user)
    except captures.ChangedMeanwhile:
        return capturing.again(request, form, item, page)
    except captures.KnownAlready as known:
        form.add_error("link" if "link" in form.fields else None, f"{known.item} has this link already")
        return page()
    except captures.OneAuthorAgain:
        stops.show(StopShown.Kind.THIRD_ITEM, to=request.user, now=timezone.now(), inquiry=inquiry, item=item)
        _say_one_author(form)
        return page()
    messages.success(request, f"{item} is changed.")
    return redirect("evidence:item", inquiry.slug, item.pk)


def _say_one_author(form: ChangeForm) -> None:
    """Beside what was changed: where it was said, the name, or what kind of author it is."""
    changed = [name for name in ("link", "author") if name in form.changed_data]
    if changed:
        form.add_error(changed[0], ONE_AUTHOR)
    else:
        form.add_error("author_kind", ONE_AUTHOR_AFTER_ALL)
