"""An inquiry for those who have a part in it, and what its officers do with it."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from evidence import inquiries, needs, stops
from evidence.forms.inquiries import CHANGED, HoldForm, InquiryForm, ReportedForm
from evidence.models import Inquiry, Item, StopShown
from evidence.views import loading
from people.access import Audience, SignedInRequest, open_to


@open_to(Audience.MEMBERS)
@require_safe
def inquiry(request: SignedInRequest, inquiry: str) -> HttpResponse:
    """Its first page: what waits for whoever looks, then what there is to do, numbers last."""
    shown = loading.member_or_404(request.user, inquiry)
    role = shown.role_of(request.user)
    items = Item.objects.of(shown)
    context = {
        "inquiry": shown,
        "role": role,
        "may_log": role in {"officer", "contributor"},
        "needs": needs.of(shown, request.user, role, timezone.now()),
        "topics": list(shown.topics.all()),
        "figures": [
            ("Searches", shown.searches.count()),
            ("Items handed in", items.count()),
            ("Items accepted", items.accepted().count()),
        ],
        "breadcrumbs": loading.trail(),
    }
    return render(request, "evidence/inquiry.html", context)


@open_to(Audience.ORGANISERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_inquiry(request: SignedInRequest) -> HttpResponse:
    form = InquiryForm(request.POST or None, initial={"contact_email": request.user.email})
    _note_refusal(request, form)
    if form.is_valid():
        with transaction.atomic():
            made = inquiries.prepare(form.plan(), now=timezone.now(), by=request.user)
            stops.take_over(made, now=timezone.now(), by=request.user)
        messages.success(request, "The inquiry is a draft. Add people, then open it.")
        return redirect("evidence:inquiry", made.slug)
    context = {"form": form, "title": "Make an inquiry", "breadcrumbs": loading.trail()}
    return render(request, "evidence/inquiries/form.html", context)


def _note_refusal(request: SignedInRequest, form: InquiryForm, found: Inquiry | None = None) -> None:
    """A topic that is a person is refused; that it was tried is part of the record."""
    if form.is_bound and form.has_error("topics", code="person"):
        stops.show(StopShown.Kind.PERSON_TOPIC, to=request.user, now=timezone.now(), inquiry=found)


@open_to(Audience.OFFICERS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_inquiry(request: SignedInRequest, inquiry: str) -> HttpResponse:
    found = loading.officer_or_404(request.user, inquiry)
    form = InquiryForm(request.POST or None, inquiry=found)
    _note_refusal(request, form, found)
    context = {"form": form, "title": f"Change {found}", "breadcrumbs": loading.to(found)}
    if not form.is_valid():
        return render(request, "evidence/inquiries/form.html", context)
    try:
        version = form.cleaned_data["version"] or 0
        inquiries.change(found, form.plan(), version=version, now=timezone.now(), by=request.user)
    except inquiries.ChangedMeanwhile:
        return _again(request, form, found, context)
    messages.success(request, "Saved.")
    return redirect("evidence:inquiry", found.slug)


def _again(request: SignedInRequest, form: InquiryForm, found: Inquiry, context: dict[str, object]) -> HttpResponse:
    """What was typed, once more; the next save is over what the other person saved."""
    form.add_error(None, CHANGED)
    typed = request.POST.copy()
    typed["version"] = str(Inquiry.objects.values_list("version", flat=True).get(pk=found.pk))
    form.data = typed
    return render(request, "evidence/inquiries/form.html", context, status=409)


@open_to(Audience.OFFICERS)
@require_http_methods(["GET", "HEAD", "POST"])
def open_inquiry(request: SignedInRequest, inquiry: str) -> HttpResponse:
    """Before anything becomes public: what everybody will be able to read."""
    found = loading.officer_or_404(request.user, inquiry)
    if request.method == "POST":
        inquiries.open_(found, now=timezone.now())
        messages.success(request, "The inquiry listens now. Anyone can read what it looks at, and why.")
        return redirect("evidence:inquiry", found.slug)
    context = {"inquiry": found, "topics": list(found.topics.all()), "breadcrumbs": loading.to(found)}
    return render(request, "evidence/inquiries/open.html", context)


@open_to(Audience.OFFICERS)
@require_http_methods(["GET", "HEAD", "POST"])
def reported(request: SignedInRequest, inquiry: str) -> HttpResponse:
    """The report is out: from then on the clocks run."""
    found = loading.officer_or_404(request.user, inquiry)
    back = reverse("evidence:inquiry", args=[found.slug])
    form = ReportedForm(request.POST or None, inquiry=found, today=timezone.localdate(), back=back)
    if form.is_valid():
        inquiries.report(found, on=form.cleaned_data["reported_on"], now=timezone.now(), by=request.user)
        messages.success(request, "Marked as reported. The clocks run from that day.")
        return redirect(back)
    context = {"inquiry": found, "form": form, "breadcrumbs": loading.to(found)}
    return render(request, "evidence/inquiries/reported.html", context)


@open_to(Audience.OFFICERS)
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: SignedInRequest, inquiry: str) -> HttpResponse:
    """Stop every removal, with a reason."""
    found = loading.officer_or_404(request.user, inquiry)
    back = reverse("evidence:inquiry", args=[found.slug])
    form = HoldForm(request.POST or None, back=back)
    if form.is_valid():
        inquiries.hold(found, because=form.cleaned_data["because"], now=timezone.now(), by=request.user)
        messages.success(request, "Nothing of this inquiry is removed until you lift the hold.")
        return redirect(back)
    return render(
        request, "evidence/inquiries/hold.html", {"inquiry": found, "form": form, "breadcrumbs": loading.to(found)}
    )


@open_to(Audience.OFFICERS)
def lift_hold(request: SignedInRequest, inquiry: str) -> HttpResponse:
    found = loading.officer_or_404(request.user, inquiry)
    if request.method != "POST":  # after the loader: others learn nothing, not even how it is asked for
        return HttpResponseNotAllowed(["POST"])
    inquiries.lift_hold(found, now=timezone.now(), by=request.user)
    messages.success(request, "The hold is lifted. The clocks count again.")
    return redirect("evidence:inquiry", found.slug)
