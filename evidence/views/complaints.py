"""Objections and complaints: the form for everybody, the clock and the answer for officers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from evidence import complaints
from evidence.forms.complaints import AnswerForm, ComplaintForm
from evidence.views import loading
from people import limits
from people.access import Audience, SignedInRequest, open_to

TOO_OFTEN = "Too many messages came from here. Wait some minutes and send it again"


@open_to(Audience.EVERYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def complain(request: HttpRequest, inquiry: str) -> HttpResponse:
    found = loading.public_or_404(inquiry)
    form = ComplaintForm(request.POST if request.method == "POST" else None)
    about = (found.title, reverse("evidence:public", args=[found.slug]))
    context = {"form": form, "inquiry": found, "breadcrumbs": loading.trail(about)}
    if not form.is_valid():
        return render(request, "evidence/complaints/complain.html", context)
    if not limits.allows(request, "evidence:complain", key=form.cleaned_data["email"]):
        form.add_error(None, TOO_OFTEN)
        return render(request, "evidence/complaints/complain.html", context, status=429)
    complaints.receive(found, form.said(), now=timezone.now())
    return redirect("evidence:complained", found.slug)


@open_to(Audience.EVERYONE)
@require_safe
def complained(request: HttpRequest, inquiry: str) -> HttpResponse:
    context = {"inquiry": loading.public_or_404(inquiry), "breadcrumbs": loading.trail()}
    return render(request, "evidence/complaints/complained.html", context)


@open_to(Audience.OFFICERS)
@require_safe
def all_complaints(request: SignedInRequest, inquiry: str) -> HttpResponse:
    """Open ones first, the one due next on top."""
    found = loading.officer_or_404(request.user, inquiry)
    today = timezone.localdate()
    still_open = [(one, one.days_left(today)) for one in found.complaints.open()]
    answered = list(found.complaints.exclude(answered_at=None))
    context = {"inquiry": found, "open": still_open, "answered": answered, "breadcrumbs": loading.to(found)}
    return render(request, "evidence/complaints/list.html", context)


@open_to(Audience.OFFICERS)
@require_http_methods(["GET", "HEAD", "POST"])
def complaint(request: SignedInRequest, inquiry: str, complaint_pk: int) -> HttpResponse:
    found = loading.officer_or_404(request.user, inquiry)
    shown = get_object_or_404(found.complaints.select_related("inquiry", "answered_by"), pk=complaint_pk)
    listed = reverse("evidence:complaints", args=[found.slug])
    form = AnswerForm(request.POST or None, complaint=shown, back=listed)
    if form.is_valid():
        try:
            complaints.answer(shown, form.cleaned_data["answer"], now=timezone.now(), by=request.user)
        except complaints.AlreadyAnswered:
            messages.warning(request, "Somebody else answered it in the meantime. Theirs is below.")
            return redirect("evidence:complaint", found.slug, shown.pk)
        messages.success(request, "Answered.")
        return redirect(listed)
    context = {
        "inquiry": found,
        "complaint": shown,
        "form": form,
        "days_left": shown.days_left(timezone.localdate()),
        "breadcrumbs": loading.to(found, ("Complaints", listed)),
    }
    return render(request, "evidence/complaints/one.html", context)
