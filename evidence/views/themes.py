"""Themes, what they rest on and what follows from them."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from evidence import links, theming
from evidence.forms.themes import CHANGED, TAKEN, AddItemsForm, StepForm, ThemeForm
from evidence.models import Inquiry, Item, Step, Theme
from evidence.views import loading
from people.access import Audience, SignedInRequest, open_to


@open_to(Audience.MEMBERS)
@require_safe
def themes(request: SignedInRequest, inquiry: str) -> HttpResponse:
    found = loading.member_or_404(request.user, inquiry)
    used = Item.objects.of(found).accepted().filter(themes=None).count()
    context = {
        "inquiry": found,
        "role": found.role_of(request.user),
        "themes": theming.in_list(found),
        "in_no_theme": used,
        "breadcrumbs": loading.to(found),
    }
    return render(request, "evidence/themes/list.html", context)


@open_to(Audience.MEMBERS)
@require_safe
def theme(request: SignedInRequest, inquiry: str, theme_pk: int) -> HttpResponse:
    found = loading.member_or_404(request.user, inquiry)
    shown = _theme_or_404(found, theme_pk)
    return _show(request, found, shown, AddItemsForm(inquiry=found, url=_adding(shown)))


def _adding(shown: Theme) -> str:
    return reverse("evidence:add_to_theme", args=[shown.inquiry.slug, shown.pk])


def _theme_or_404(inquiry: Inquiry, pk: int) -> Theme:
    return get_object_or_404(inquiry.themes.select_related("topic", "inquiry"), pk=pk)


def _show(request: SignedInRequest, found: Inquiry, shown: Theme, form: AddItemsForm) -> HttpResponse:
    items = list(shown.items.select_related("topic").order_by("number"))
    balance = theming.balance_of(items)
    context = {
        "inquiry": found,
        "theme": shown,
        "role": found.role_of(request.user),
        "items": items,
        "chains": theming.chains(shown),
        "balance": balance,
        "platforms": [(links.platform_name(name), number) for name, number in balance.platforms],
        "kinds": [(Item.AuthorKind(kind).label, number) for kind, number in balance.kinds],
        "form": form,
        "breadcrumbs": _trail(found),
    }
    return render(request, "evidence/themes/one.html", context)


def _trail(found: Inquiry, *further: tuple[str, str]) -> loading.Trail:
    return loading.to(found, ("Themes", reverse("evidence:themes", args=[found.slug])), *further)


@open_to(Audience.OFFICERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_theme(request: SignedInRequest, inquiry: str) -> HttpResponse:
    found = loading.officer_or_404(request.user, inquiry)
    form = ThemeForm(request.POST or None, inquiry=found, back=reverse("evidence:themes", args=[found.slug]))
    if form.is_valid():
        try:
            made = theming.make(found, form.said(), now=timezone.now(), by=request.user)
        except theming.TitleTaken:
            form.add_error("title", TAKEN)
        else:
            messages.success(request, "The theme is there. Add the items that it rests on.")
            return redirect("evidence:theme", found.slug, made.pk)
    context = {"inquiry": found, "form": form, "title": "Make a theme", "breadcrumbs": _trail(found)}
    return render(request, "evidence/themes/form.html", context)


@open_to(Audience.OFFICERS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_theme(request: SignedInRequest, inquiry: str, theme_pk: int) -> HttpResponse:
    found = loading.officer_or_404(request.user, inquiry)
    shown = _theme_or_404(found, theme_pk)
    own = reverse("evidence:theme", args=[found.slug, shown.pk])
    form = ThemeForm(request.POST or None, inquiry=found, theme=shown, back=own)
    context = {"inquiry": found, "form": form, "title": f"Change {shown}"}
    context["breadcrumbs"] = _trail(found, (shown.title, own))
    if not form.is_valid():
        return render(request, "evidence/themes/form.html", context)
    try:
        theming.change(shown, form.said(), version=form.cleaned_data["version"] or 0)
    except theming.ChangedMeanwhile:
        form.add_error(None, CHANGED)
        typed = request.POST.copy()
        typed["version"] = str(Theme.objects.values_list("version", flat=True).get(pk=shown.pk))
        form.data = typed
        return render(request, "evidence/themes/form.html", context, status=409)
    except theming.TitleTaken:
        form.add_error("title", TAKEN)
        return render(request, "evidence/themes/form.html", context)
    messages.success(request, "Saved.")
    return redirect(own)


@open_to(Audience.OFFICERS)
def add_items(request: SignedInRequest, inquiry: str, theme_pk: int) -> HttpResponse:
    found = loading.officer_or_404(request.user, inquiry)
    shown = _theme_or_404(found, theme_pk)
    if request.method != "POST":  # after the loader: others learn nothing, not even how it is asked for
        return HttpResponseNotAllowed(["POST"])
    form = AddItemsForm(request.POST, inquiry=found, url=_adding(shown))
    if not form.is_valid():
        return _show(request, found, shown, form)
    new = theming.add_items(shown, form.cleaned_data["items"], now=timezone.now(), by=request.user)
    messages.success(request, f"{new} item{'' if new == 1 else 's'} added.")
    return redirect("evidence:theme", found.slug, shown.pk)


@open_to(Audience.OFFICERS)
def remove_item(request: SignedInRequest, inquiry: str, theme_pk: int, item_pk: int) -> HttpResponse:
    found = loading.officer_or_404(request.user, inquiry)
    shown = _theme_or_404(found, theme_pk)
    item = loading.item_or_404(found, item_pk)
    if request.method != "POST":  # after the loader: others learn nothing, not even how it is asked for
        return HttpResponseNotAllowed(["POST"])
    theming.remove_item(shown, item)
    messages.success(request, f"{item} is not in this theme any more.")
    return redirect("evidence:theme", found.slug, shown.pk)


@open_to(Audience.OFFICERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_step(request: SignedInRequest, inquiry: str, theme_pk: int) -> HttpResponse:
    """A question, a recommendation or a response; `follows` in the address says what it follows from."""
    found = loading.officer_or_404(request.user, inquiry)
    shown = _theme_or_404(found, theme_pk)
    return _step(request, found, shown, None)


@open_to(Audience.OFFICERS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_step(request: SignedInRequest, inquiry: str, theme_pk: int, step_pk: int) -> HttpResponse:
    found = loading.officer_or_404(request.user, inquiry)
    shown = _theme_or_404(found, theme_pk)
    return _step(request, found, shown, get_object_or_404(shown.steps, pk=step_pk))


def _step(request: SignedInRequest, found: Inquiry, shown: Theme, step: Step | None) -> HttpResponse:
    own = reverse("evidence:theme", args=[found.slug, shown.pk])
    asked = request.GET.get("follows", "")
    follows = next((one for one in shown.steps.all() if str(one.pk) == asked), None)
    kind = {"": "question", "question": "recommendation"}.get(follows.kind if follows else "", "response")
    form = StepForm(
        request.POST or None,
        theme=shown,
        step=step,
        back=own,
        initial={} if step else {"follows": follows, "kind": kind},
    )
    if form.is_valid():
        theming.save_step(shown, form.said(), step=step, now=timezone.now(), by=request.user)
        messages.success(request, "Saved.")
        return redirect(own)
    context = {"inquiry": found, "form": form, "title": f"{shown}: what follows"}
    context["breadcrumbs"] = _trail(found, (shown.title, own))
    return render(request, "evidence/themes/form.html", context)


@open_to(Audience.OFFICERS)
def remove_step(request: SignedInRequest, inquiry: str, theme_pk: int, step_pk: int) -> HttpResponse:
    found = loading.officer_or_404(request.user, inquiry)
    step = get_object_or_404(_theme_or_404(found, theme_pk).steps, pk=step_pk)
    if request.method != "POST":  # after the loader: others learn nothing, not even how it is asked for
        return HttpResponseNotAllowed(["POST"])
    step.delete()
    messages.success(request, f"{step} removed.")
    return redirect("evidence:theme", found.slug, theme_pk)
