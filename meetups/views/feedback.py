"""What people thought: said by link, read and quoted by hosts."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from meetups import addresses, exports
from meetups import feedback as feedbacks
from meetups.forms.afterwards import FeedbackForm, QuoteForm
from meetups.models import Feedback, feedback_closes_at
from meetups.views import loading, trail
from people.access import Audience, SignedInRequest, open_to

PER_PAGE = 50


@open_to(Audience.LINK)
@require_http_methods(["GET", "HEAD", "POST"])
@loading.by_link
def feedback(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    signup = loading.signup_or_404(token, addresses.FEEDBACK)
    given = Feedback.objects.filter(signup=signup).first()
    why_closed = feedbacks.why_closed(signup.meetup, now)
    form = FeedbackForm(request.POST if request.method == "POST" else None, given=given)
    if not why_closed and form.is_valid():
        feedbacks.give(signup, form.said(), now=now)
        messages.success(request, "Thank you. The hosts can read what you wrote.")
        return redirect("meetups:feedback", token)
    context = {
        "meetup": signup.meetup,
        "form": form,
        "given": given,
        "why_closed": why_closed,
        "closes": feedback_closes_at(signup.meetup),
        "booking": addresses.booking_token(signup),
    }
    return render(request, "meetups/afterwards/feedback.html", context)


@open_to(Audience.HOSTS)
@require_GET
def feedback_answers(request: SignedInRequest, slug: str) -> HttpResponse:
    """Everything people said, for the hosts."""
    meetup = loading.run_by_or_404(request.user, slug)
    rows = meetup.feedback.select_related("signup__council")
    context = {
        "meetup": meetup,
        **trail.paged(request, rows, PER_PAGE),
        "breadcrumbs": trail.to(request, meetup),
    }
    return render(request, "meetups/organise/feedback.html", context)


@open_to(Audience.HOSTS)
@require_GET
def feedback_export(request: SignedInRequest, slug: str) -> HttpResponse:
    meetup = loading.run_by_or_404(request.user, slug)
    header, rows = feedbacks.table(meetup.feedback.select_related("signup__council"))
    answer = HttpResponse(exports.csv_file(header, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{meetup.slug}-feedback.csv"'
    return answer


@open_to(Audience.HOSTS)
@require_http_methods(["GET", "HEAD", "POST"])
def choose_quote(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    meetup = loading.run_by_or_404(request.user, slug)
    given = get_object_or_404(meetup.feedback.exclude(quoting=Feedback.Quoting.NO).select_related("signup"), pk=pk)
    back = reverse("meetups:feedback_answers", args=[slug])
    form = QuoteForm(request.POST if request.method == "POST" else None, given=given, back=back)
    if form.is_valid():
        try:
            feedbacks.choose_quote(given, form.cleaned_data["quote"], by=request.user, now=timezone.now())
        except feedbacks.NotTheirWords:
            form.add_error("quote", "Use their own words, word for word, from one of the two answers")
        else:
            messages.success(request, "The quote is saved." if form.cleaned_data["quote"] else "No words are shown.")
            return redirect(back)
    trail_here = trail.to(request, meetup, ("Feedback", back))
    context = {"meetup": meetup, "given": given, "form": form, "breadcrumbs": trail_here}
    return render(request, "meetups/organise/choose_quote.html", context)
