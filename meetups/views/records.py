"""Certificates, and the record of somebody who is signed in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from meetups import records
from meetups.views import loading
from people.access import Audience, SignedInRequest, open_to


@open_to(Audience.LINK)
@require_safe
@loading.by_link
def certificate(request: HttpRequest, token: str) -> HttpResponse:
    """To print, for whoever came."""
    signup = loading.booking_or_404(token)
    try:
        issued = records.certificate_of(signup)
    except records.NoSuchCertificate as error:
        raise Http404 from error
    context = {"certificate": issued, "meetup": issued.meetup, "check_url": records.checking_address(signup)}
    return render(request, "meetups/afterwards/certificate.html", context)


@open_to(Audience.LINK)
@require_safe
@loading.by_link
def check_certificate(request: HttpRequest, token: str) -> HttpResponse:
    """For somebody who was shown one: what it says, and that it is ours."""
    try:
        issued = records.check(token)
    except records.NoSuchCertificate as error:
        raise Http404 from error
    context = {"certificate": issued, "meetup": issued.meetup, "is_check": True}
    return render(request, "meetups/afterwards/certificate.html", context)


@open_to(Audience.SIGNED_IN)
@require_safe
def my_record(request: SignedInRequest) -> HttpResponse:
    context = {
        "attended": records.attended(request.user, timezone.now()),
        "councils": records.councils_met(request.user),
        "breadcrumbs": [("My things", reverse("pages:my_things"))],
    }
    return render(request, "meetups/afterwards/my_record.html", context)
