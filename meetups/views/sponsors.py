"""The sponsors of a meet-up, and those with which new meet-ups of a series start; their logos for everybody."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from meetups import arranging
from meetups import sponsors as keeping
from meetups.forms.sponsors import SponsorForm
from meetups.models import Sponsor
from meetups.views import owners, trail
from people.access import Audience, SignedInRequest, open_to
from people.uploads import takes_up_to

# Four times what is taken, so that whoever chose too large a picture is told so beside the field.
MOST_BYTES = 4 * keeping.LOGO.most_bytes
FULL = f"A meet-up has up to {Sponsor.MOST} sponsors. Remove one first"


@takes_up_to(MOST_BYTES)
@open_to(Audience.HOSTS)
@require_http_methods(["GET", "POST"])
def sponsors(request: SignedInRequest, slug: str) -> HttpResponse:
    """Who supports this meet-up, and a form for one more."""
    return _sponsors(request, owners.meetup_or_404(request, slug))


@takes_up_to(MOST_BYTES)
@open_to(Audience.ORGANISERS)
@require_http_methods(["GET", "POST"])
def series_sponsors(request: SignedInRequest, slug: str) -> HttpResponse:
    """Whom new meet-ups of a series name as sponsors to begin with."""
    return _sponsors(request, owners.series_or_404(request, slug))


def _sponsors(request: SignedInRequest, owner: owners.Owner) -> HttpResponse:
    form = SponsorForm(request.POST or None, request.FILES or None, instance=Sponsor(**owner.as_fields))
    if form.is_valid():
        try:
            made = keeping.add(form.instance, form.cleaned_data["logo"])
        except keeping.TooMany:
            form.add_error("name", FULL)
        else:
            messages.success(request, f"“{made.name}” is named as a sponsor.")
            return redirect(owner.url("sponsors"))
    rows = list(owner.row.sponsors.all())
    context = {
        "meetup": owner.meetup,
        "series": owner.series,
        "lines": [
            (row, *(owner.url(f"{page}_sponsor", row.pk) for page in ("edit", "shift", "remove"))) for row in rows
        ],
        "total": len(rows),
        "form": form,
        "breadcrumbs": owner.breadcrumbs,
    }
    return render(request, "meetups/organise/sponsors.html", context)


def _to_sponsors(owner: owners.Owner) -> trail.Trail:
    return [*owner.breadcrumbs, ("Sponsors", owner.url("sponsors"))]


@takes_up_to(MOST_BYTES)
@open_to(Audience.HOSTS)
@require_http_methods(["GET", "POST"])
def edit_sponsor(request: SignedInRequest, slug: str, sponsor_pk: int) -> HttpResponse:
    return _edit_sponsor(request, owners.meetup_or_404(request, slug), sponsor_pk)


@takes_up_to(MOST_BYTES)
@open_to(Audience.ORGANISERS)
@require_http_methods(["GET", "POST"])
def series_edit_sponsor(request: SignedInRequest, slug: str, usual_sponsor: int) -> HttpResponse:
    return _edit_sponsor(request, owners.series_or_404(request, slug), usual_sponsor)


def _edit_sponsor(request: SignedInRequest, owner: owners.Owner, pk: int) -> HttpResponse:
    sponsor = get_object_or_404(owner.row.sponsors, pk=pk)
    name = sponsor.name
    form = SponsorForm(request.POST or None, request.FILES or None, instance=sponsor)
    if form.is_valid():
        keeping.change(
            form.instance, form.cleaned_data["logo"], without_logo=form.cleaned_data.get("without_logo", False)
        )
        messages.success(request, "The sponsor is saved.")
        return redirect(owner.url("sponsors"))
    context = {"form": form, "name": name, "sponsor": sponsor, "breadcrumbs": _to_sponsors(owner)}
    return render(request, "meetups/organise/edit_sponsor.html", context)


@open_to(Audience.HOSTS)
def shift_sponsor(request: SignedInRequest, slug: str, sponsor_pk: int) -> HttpResponse:
    return _shift_sponsor(request, owners.meetup_or_404(request, slug), sponsor_pk)


@open_to(Audience.ORGANISERS)
def series_shift_sponsor(request: SignedInRequest, slug: str, usual_sponsor: int) -> HttpResponse:
    return _shift_sponsor(request, owners.series_or_404(request, slug), usual_sponsor)


def _shift_sponsor(request: SignedInRequest, owner: owners.Owner, pk: int) -> HttpResponse:
    sponsor = get_object_or_404(owner.row.sponsors, pk=pk)
    if request.method == "POST":
        arranging.shift(sponsor, arranging.UP if request.POST.get("direction") == arranging.UP else arranging.DOWN)
    return redirect(f"{owner.url('sponsors')}#sponsor-{pk}")


@open_to(Audience.HOSTS)
@require_http_methods(["GET", "POST"])
def remove_sponsor(request: SignedInRequest, slug: str, sponsor_pk: int) -> HttpResponse:
    return _remove_sponsor(request, owners.meetup_or_404(request, slug), sponsor_pk)


@open_to(Audience.ORGANISERS)
@require_http_methods(["GET", "POST"])
def series_remove_sponsor(request: SignedInRequest, slug: str, usual_sponsor: int) -> HttpResponse:
    return _remove_sponsor(request, owners.series_or_404(request, slug), usual_sponsor)


def _remove_sponsor(request: SignedInRequest, owner: owners.Owner, pk: int) -> HttpResponse:
    sponsor = get_object_or_404(owner.row.sponsors, pk=pk)
    if request.method == "POST":
        keeping.remove(sponsor)
        messages.success(request, f"“{sponsor.name}” is not named as a sponsor any more.")
        return redirect(owner.url("sponsors"))
    context = {"sponsor": sponsor, "sponsors_url": owner.url("sponsors"), "breadcrumbs": _to_sponsors(owner)}
    return render(request, "meetups/organise/remove_sponsor.html", context)


@open_to(Audience.EVERYONE)
@require_safe
def sponsor_logo(request: HttpRequest, logo: UUID) -> HttpResponse:
    """The picture alone: nothing in it runs. Its address cannot be guessed and is another one for another picture."""
    sponsor = get_object_or_404(Sponsor, logo_ref=logo)
    try:
        with sponsor.logo.open("rb") as opened:
            picture = opened.read()
    except FileNotFoundError as error:
        raise Http404 from error
    kind = sponsor.logo_format.lower()
    answer = HttpResponse(picture, content_type=f"image/{kind}")
    answer["Content-Disposition"] = f'inline; filename="logo.{kind}"'
    answer["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer
