"""What a phone shares with the installed app. The only door without a CSRF token, so it does the least."""

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from evidence import captures, pictures, screenshots, shared, stops
from evidence.forms.screenshots import drawn
from evidence.models import Item, StopShown
from evidence.views import carrying
from evidence.views.capturing import PROFILE_TAKEN_OUT, only_inquiry, topics_of
from people import limits
from people.access import Audience, SignedInRequest, open_to
from people.models import Person
from people.uploads import takes_up_to

MOST_BYTES = screenshots.MOST * pictures.MOST_BYTES + 256 * 1024
TOO_MANY = (
    f"Share up to {screenshots.MOST} pictures at once. The pictures were not kept, the text is here: share them again, "
    "fewer at a time."
)
NOT_CARRIED = "Pictures cannot be carried through signing in. Share them again when you are signed in."
TOO_OFTEN = "That was a lot in a short time. Wait some minutes, then save it here."


@csrf_exempt
@takes_up_to(MOST_BYTES)
@open_to(Audience.EVERYONE)
def share(request: HttpRequest) -> HttpResponse:
    """A draft in the sharer's own inbox, then the normal form; signed out nothing is kept here, the text is carried."""
    if request.method != "POST":
        return redirect("evidence:capture")
    if not _is_from_here(request):
        return render(request, "evidence/capturing/not_from_here.html", status=403)
    given = {name: request.POST.get(name, "") for name in ("url", "title", "text")}
    arrived = shared.sort(**given)
    files = request.FILES.getlist("pictures")
    if not request.user.is_authenticated:
        return _sign_in_first(request, arrived, has_files=bool(files))
    return _answer(request, *_keep(request, arrived, files))  # type: ignore[arg-type]


def _is_from_here(request: HttpRequest) -> bool:
    """From the phone itself or from our own pages; another site never."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site in {"none", "same-origin"}
    return request.headers.get("Origin") in {None, settings.SITE_URL}


def _is_replayed(request: HttpRequest) -> bool:
    """Sent by our own script, later, because the phone was offline."""
    return request.headers.get("X-Replayed") == "1"


# --- signed in ------------------------------------------------------------------------------------------------------


def _keep(request: SignedInRequest, arrived: shared.Arrived, files: list[Any]) -> tuple[Item | None, list[str]]:
    """The draft, if anything could be kept, and what to tell."""
    person, said = request.user, []
    if arrived.was_profile:
        inquiry = only_inquiry(topics_of(person))
        stops.show(StopShown.Kind.PROFILE, to=person, now=timezone.now(), inquiry=inquiry)
        said.append(PROFILE_TAKEN_OUT)
    if len(files) > screenshots.MOST:
        files = []
        said.append(TOO_MANY)
    drawn_ones = _drawn(files, said)
    if arrived.is_empty and not drawn_ones:
        return None, said or ["Nothing came with it. Paste the link here."]
    if not limits.allows(request, "evidence:share"):
        return None, [*said, TOO_OFTEN]
    return _saved(person, arrived, drawn_ones), said


def _drawn(files: list[Any], said: list[str]) -> list[pictures.Picture]:
    made = []
    for upload in files:
        try:
            made.append(drawn(upload))
        except ValidationError as wrong:
            said.extend(f"{each}." for each in wrong.messages)
    return made


@transaction.atomic
def _saved(person: Person, arrived: shared.Arrived, drawn_ones: list[pictures.Picture]) -> Item:
    now = timezone.now()
    said = captures.Said(link=arrived.link, exact_words=arrived.exact_words, title=arrived.title)
    draft = captures.save_draft(said, now=now, by=person)
    for picture in drawn_ones:
        screenshots.add(draft, picture, now=now, by=person, is_checked=False)
    return draft


def _answer(request: SignedInRequest, draft: Item | None, said: list[str]) -> HttpResponse:
    if draft is None:
        return _refused(request, said)
    where = reverse("evidence:screenshots" if draft.screenshots.exists() else "evidence:draft", args=[draft.pk])
    if _is_replayed(request):
        return JsonResponse({"saved": where, "said": said}, status=201)
    messages.success(request, "It is in your inbox. Add a topic and hand it in, now or later.")
    for line in said:
        messages.warning(request, line)
    return _see_other(where)


def _refused(request: SignedInRequest, said: list[str]) -> HttpResponse:
    if _is_replayed(request):
        return JsonResponse({"refused": said}, status=429 if TOO_OFTEN in said else 422)
    for line in said:
        messages.warning(request, line)
    answer = _see_other(f"{reverse('evidence:capture')}?carried=1")
    return carrying.carry(
        answer, shared.sort(**{name: request.POST.get(name, "") for name in ("url", "title", "text")})
    )


def _see_other(where: str) -> HttpResponse:
    answer = redirect(where)
    answer.status_code = 303  # whatever was posted, go on with a GET
    return answer


# --- signed out -----------------------------------------------------------------------------------------------------


def _sign_in_first(request: HttpRequest, arrived: shared.Arrived, *, has_files: bool) -> HttpResponse:
    """Nothing is kept here: the text goes back to the phone in a signed cookie and waits there for half an hour."""
    if _is_replayed(request):
        return JsonResponse({"sign_in": True}, status=401)
    messages.info(request, "Sign in first. What you shared waits on this phone.")
    if has_files:
        messages.warning(request, NOT_CARRIED)
    after = quote(f"{reverse('evidence:capture')}?carried=1")
    return carrying.carry(_see_other(f"{resolve_url(settings.LOGIN_URL)}?next={after}"), arrived)
