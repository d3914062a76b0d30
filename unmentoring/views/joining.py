"""Joining: one page, one form, then a page that says the same to everybody."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from meetups.views.loading import by_link
from people import carried, limits
from people.access import Audience, open_to, same_for_strangers
from unmentoring import addresses, joining
from unmentoring.forms.joining import JoinForm
from unmentoring.models import Participant
from unmentoring.views import public
from unmentoring.views.loading import participant_or_404


@same_for_strangers()
@open_to(Audience.EVERYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    person = request.user if request.user.is_authenticated else None
    if person and (already := Participant.objects.here().filter(person=person).first()):
        return redirect(mine_url(already))
    form = JoinForm(request.POST if request.method == "POST" else None, person=person)
    context = {"form": form, "person": person, "breadcrumbs": [(public.HOME[0], reverse(public.HOME[1]))]}
    if not form.is_valid():
        return render(request, "unmentoring/join.html", context)
    email = person.email if person else form.cleaned_data["email"]
    if not limits.allows(request, "unmentoring:join", key=email):
        form.add_error(None, public.TOO_OFTEN)
        return render(request, "unmentoring/join.html", context, status=429)
    participant = joining.join(form.details(email=email), now=timezone.now(), by=person)
    return _in_at_once(request, participant) if person and participant else _to_joined(email)


def mine_url(participant: Participant) -> str:
    return reverse(addresses.MINE, args=[addresses.token(addresses.MINE, participant)])


def _in_at_once(request: HttpRequest, participant: Participant) -> HttpResponse:
    messages.success(request, "You are in. An email says when you get your first partner.")
    return redirect(mine_url(participant))


def _to_joined(email: str) -> HttpResponse:
    """On to the next page with only what was typed, so it gives no address away."""
    return carried.on_to(reverse("unmentoring:joined"), email)


@open_to(Audience.EVERYONE)
@require_safe
@by_link
def joined(request: HttpRequest) -> HttpResponse:
    """What happens next. The same words whether or not the address was known to us."""
    email = carried.to(request)
    if email is None:
        return redirect("unmentoring:join")
    return render(request, "unmentoring/joined.html", {"email": email})


@open_to(Audience.LINK)
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Yes, this address is mine and I accept the rules. Opening the page says nothing yet."""
    participant = participant_or_404(token, addresses.CONFIRM)
    context = {"participant": participant, "rules": joining.RULES.text, "mine_url": mine_url(participant)}
    if request.method != "POST" or not participant.is_new:
        return render(request, "unmentoring/confirm.html", context)
    joining.confirm(participant, now=timezone.now())
    messages.success(request, "You are in. An email says when you get your first partner.")
    return redirect(mine_url(participant))
