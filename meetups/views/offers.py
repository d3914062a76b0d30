"""A place that is kept for somebody for a while: take it or leave it, by the booking link."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from meetups import offers
from meetups.views import loading
from people.access import Audience, open_to


@open_to(Audience.LINK)
@require_POST
@loading.by_link
def accept_offer(request: HttpRequest, token: str) -> HttpResponse:
    try:
        offers.accept(loading.booking_or_404(token), now=timezone.now())
    except offers.OfferGone as gone:
        messages.error(request, str(gone))
    return redirect("meetups:booking", token)


@open_to(Audience.LINK)
@require_POST
@loading.by_link
def decline_offer(request: HttpRequest, token: str) -> HttpResponse:
    offers.decline(loading.booking_or_404(token), now=timezone.now())
    return redirect("meetups:booking", token)
