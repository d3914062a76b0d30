"""Moving a booking to another date of its series, by the booking link."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from meetups import addresses, other_dates
from meetups.forms.other_dates import OtherDateForm
from meetups.views import loading
from people import limits
from people.access import Audience, open_to

TOO_OFTEN = "This booking was changed too often in a short time. Wait ten minutes and try again."


@open_to(Audience.LINK)
@require_http_methods(["GET", "HEAD", "POST"])
@loading.by_link
def change_date(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    signup = loading.booking_or_404(token)
    back = reverse("meetups:booking", args=[token])
    choices = other_dates.choices(signup, now).for_cards()
    if signup.is_cancelled or signup.meetup.is_cancelled or signup.meetup.has_started(now):
        return redirect(back)
    form = OtherDateForm(request.POST if request.method == "POST" else None, choices=choices, cancel_url=back)
    if form.is_valid() and not limits.allows(request, "meetups:sign_up", key=signup.person.email):
        form.add_error(None, TOO_OFTEN)
    if form.is_valid():
        try:
            moved = other_dates.change(signup, form.cleaned_data["to"], now=now)
        except other_dates.NotThatDate as error:
            form.add_error("to", str(error))
        else:
            return _to_new_booking(request, moved)
    context = {"form": form, "signup": signup, "meetup": signup.meetup, "has_choice": bool(choices), "back": back}
    return render(request, "meetups/booking/change_date.html", context)


def _to_new_booking(request: HttpRequest, moved: other_dates.Moved) -> HttpResponse:
    token = addresses.booking_token(moved.signup)
    if moved.has_open_questions:
        messages.success(request, "Your booking is moved. The hosts of the new date ask something more.")
        return redirect("meetups:change_answers", token)
    messages.success(request, "Your booking is moved. This is the new one.")
    return redirect("meetups:booking", token)
