from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from people.access import Audience, open_to
from unmentoring import addresses, calendars, resting


@open_to(Audience.LINK)
@require_GET
def hold(request: HttpRequest, token: str) -> HttpResponse:
    """A calendar file that keeps a time free for the conversation."""
    try:
        member = addresses.member_of(token, addresses.HOLD)
    except addresses.NoSuchLink as error:
        raise Http404 from error
    answer = HttpResponse(calendars.hold(member), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="unmentoring.ics"'
    return answer


@open_to(Audience.LINK)
@csrf_exempt  # mail programs post here without a page of ours (RFC 8058); the token is the right
@require_POST
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """One click in the mail program pauses; nothing is lost and one click brings them back."""
    try:
        participant = addresses.participant_of(token, addresses.STOP)
    except addresses.NoSuchLink as error:
        raise Http404 from error
    resting.stop(participant, now=timezone.now())
    return HttpResponse("We write to you no more, unless you come back.\n", content_type="text/plain")


@open_to(Audience.LINK)
@require_GET
def soon(request: HttpRequest, **which: object) -> HttpResponse:
    """Holds the address of a page that is being built."""
    return HttpResponse("This page is being built.\n", content_type="text/plain")
