import json

from django.contrib import messages
from django.contrib.auth import logout
from django.core.paginator import Paginator
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people import councils, limits, links, my_data, preferences, removals
from people.access import Audience, SignedInRequest, open_to, same_for_strangers
from people.forms import AboutMeForm, FindPersonForm, LeaveForm, PreferencesForm, RemovePersonForm
from people.models import Person, Removal

PER_PAGE = 20


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
    return _as_json(my_data.collect(request.user), "my-data.json")


def _as_json(sections: dict[str, my_data.Records], name: str) -> HttpResponse:
    text = json.dumps(sections, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    return _attached(text, "application/json", name)


def _attached(text: str, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
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


# --- Answering a data request in somebody's stead


@open_to(Audience.ADMINISTRATORS)
@require_http_methods(["GET", "HEAD", "POST"])
def data_requests(request: SignedInRequest) -> HttpResponse:
    """Find somebody by address; whom administrators removed until now."""
    form = FindPersonForm(_sent(request))
    if form.is_valid():
        return redirect("people:held", form.person.pk)
    removals_so_far = Removal.objects.select_related("removed_by")
    page = Paginator(removals_so_far, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "people/data_requests.html", {"form": form, "page": page, "breadcrumbs": _trail()})


def _trail(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [("Administer", reverse("admin:index")), *more]


def _person_or_404(person_pk: int) -> Person:
    """Somebody of whom we still hold a name or an address."""
    return get_object_or_404(Person.objects.still_named(), pk=person_pk)


@open_to(Audience.ADMINISTRATORS)
@require_safe
def held(request: SignedInRequest, person_pk: int) -> HttpResponse:
    """Everything we hold about somebody, to read, with the same as files."""
    person = _person_or_404(person_pk)
    context = {
        "person": person,
        "sections": my_data.collect(person, reader=request.user),
        "may_remove": removals.may_remove(person, by=request.user),
        "breadcrumbs": _trail(("Data requests", reverse("people:data_requests"))),
    }
    return render(request, "people/held.html", context)


@open_to(Audience.ADMINISTRATORS)
@require_safe
def held_json(request: SignedInRequest, person_pk: int) -> HttpResponse:
    """For another program."""
    person = _person_or_404(person_pk)
    return _as_json(my_data.collect(person, reader=request.user), f"held-{person.pk}.json")


@open_to(Audience.ADMINISTRATORS)
@require_safe
def held_text(request: SignedInRequest, person_pk: int) -> HttpResponse:
    """To print or to put into a letter."""
    person = _person_or_404(person_pk)
    context = {"person": person, "sections": my_data.collect(person, reader=request.user), "now": timezone.now()}
    text = render_to_string("people/held.txt", context, request=request)
    return _attached(text, "text/plain", f"held-{person.pk}.txt")


@open_to(Audience.ADMINISTRATORS)
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: SignedInRequest, person_pk: int) -> HttpResponse:
    """Say what goes and what is kept, and do it once the address was typed again."""
    person = _person_or_404(person_pk)
    back = reverse("people:held", args=[person.pk])
    form = RemovePersonForm(_sent(request), person=person, back=back)
    may_remove = removals.may_remove(person, by=request.user)
    if may_remove and form.is_valid() and _is_removed(person, form, by=request.user):
        messages.success(request, "What we held about this person is removed. The log below says so.")
        return redirect("people:data_requests")
    context = {
        "person": person,
        "form": form,
        "may_remove": may_remove,
        "is_self": person == request.user,
        "sections": my_data.collect(person, reader=request.user),
        "breadcrumbs": _trail(("Data requests", reverse("people:data_requests")), ("What we hold", back)),
    }
    return render(request, "people/remove.html", context)


def _is_removed(person: Person, form: RemovePersonForm, *, by: Person) -> bool:
    try:
        removals.remove(person, reason=form.cleaned_data["reason"], by=by, now=timezone.now())
    except Person.DoesNotExist as error:
        raise Http404 from error
    except removals.NotAllowed:
        form.add_error(None, "This is the last administrator. Make somebody else an administrator first")
        return False
    return True
