import json

from django.contrib import messages
from django.contrib.auth import logout
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from people import councils, limits, links, my_data, preferences
from people.access import Audience, SignedInRequest, open_to, same_for_strangers
from people.forms import AboutMeForm, LeaveForm, PreferencesForm
from people.models import Person


@same_for_strangers("q")
@open_to(Audience.EVERYONE)
@require_safe
def suggest_councils(request: HttpRequest) -> HttpResponse:
    """A few councils for what has been typed so far, for the type-ahead."""
    found = councils.suggest(request.GET.get("q", "")[:100])
    answer = JsonResponse([{"name": council.name, "slug": council.slug} for council in found], safe=False)
    answer["Cache-Control"] = "public, max-age=3600"
    return answer


def _sent(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with, also when nothing was ticked."""
    return request.POST if request.method == "POST" else None


@open_to(Audience.SIGNED_IN)
def about_me(request: SignedInRequest) -> HttpResponse:
    form = AboutMeForm(_sent(request), instance=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, "Your details are saved.")
        return redirect("pages:my_things")
    return render(request, "people/about_me.html", {"form": form})


@open_to(Audience.SIGNED_IN)
def my_preferences(request: SignedInRequest) -> HttpResponse:
    return _choose_preferences(request, request.user, "people:preferences")


@open_to(Audience.LINK)
def preferences_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same page for somebody who came from an e-mail and does not sign in."""
    return _choose_preferences(request, _person_of(token), "people:preferences_by_link", token)


def _choose_preferences(request: HttpRequest, person: Person, here: str, *args: str) -> HttpResponse:
    form = PreferencesForm(_sent(request), person=person)
    if form.is_valid():
        for topic, wanted in form.cleaned_data.items():
            preferences.choose(person, topic, wanted, now=timezone.now())
        messages.success(request, "Your choices are saved.")
        return redirect(here, *args)
    return render(request, "people/preferences.html", {"form": form, "email": person.email})


@open_to(Audience.LINK)
@csrf_exempt  # mail programs post here without a page of ours (RFC 8058); the token is the right
@require_POST
def unsubscribe(request: HttpRequest, topic: str, token: str) -> HttpResponse:
    """One click in the mail program stops one topic."""
    person = _person_of(token)
    if topic not in preferences.choices(person):
        raise Http404
    preferences.choose(person, topic, False, now=timezone.now())
    return HttpResponse("You will not get these messages any more.\n", content_type="text/plain; charset=utf-8")


def _person_of(token: str) -> Person:
    try:
        claim = links.read("people:preferences", token)
    except links.BadLink as error:
        raise Http404 from error
    return get_object_or_404(Person, pk=claim.pk, is_active=True)


@open_to(Audience.SIGNED_IN)
def my_data_page(request: SignedInRequest) -> HttpResponse:
    """Everything we hold about the person, to read."""
    return render(request, "people/my_data.html", {"sections": my_data.collect(request.user)})


@open_to(Audience.SIGNED_IN)
def take_out(request: SignedInRequest) -> HttpResponse:
    """The same as a file another program can read."""
    if not limits.allows(request, "people:take_out"):
        return render(request, "429.html", status=429)
    text = json.dumps(my_data.collect(request.user), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return answer


@open_to(Audience.SIGNED_IN)
def leave(request: SignedInRequest) -> HttpResponse:
    """Say what leaving means, and do it when they are sure."""
    form = LeaveForm(_sent(request))
    if form.is_valid():
        my_data.leave(request.user, now=timezone.now())
        logout(request)
        messages.success(request, "Your details are removed. Thank you for having been with us.")
        return redirect("pages:home")
    return render(request, "people/leave.html", {"form": form})
