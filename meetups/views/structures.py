"""What Liberating Structures are, for everybody; the organisers' own structures, for organisers."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from meetups import structures as catalogue
from meetups.forms.agenda import OwnStructureForm
from meetups.forms.finding import StructureForm
from meetups.models import AgendaItem, OwnStructure
from meetups.views import trail
from people.access import Audience, SignedInRequest, open_to, same_for_strangers


@same_for_strangers()
@open_to(Audience.EVERYONE)
@require_safe
def structures(request: HttpRequest) -> HttpResponse:
    form = StructureForm(request.GET)
    context = {
        "form": form,
        "structures": form.found(),
        "count": len(catalogue.ALL),
        "credit": catalogue.CREDIT,
        "credit_url": catalogue.SITE,
    }
    return render(request, "meetups/structures/list.html", context)


@same_for_strangers()
@open_to(Audience.EVERYONE)
@require_safe
def structure(request: HttpRequest, slug: str) -> HttpResponse:
    found = catalogue.find(slug)
    if found is None:
        raise Http404
    context = {
        "structure": found,
        "credit": catalogue.CREDIT,
        "breadcrumbs": [("What are Liberating Structures", reverse("meetups:structures"))],
    }
    return render(request, "meetups/structures/structure.html", context)


@open_to(Audience.ORGANISERS)
@require_http_methods(["GET", "POST"])
def own_structures(request: SignedInRequest) -> HttpResponse:
    """The organisers' own, and a form for one more."""
    form = OwnStructureForm(request.POST or None)
    if form.is_valid():
        own = form.save()
        messages.success(request, f"“{own.name}” can be chosen in every agenda.")
        return redirect("meetups:own_structures")
    own = OwnStructure.objects.all()
    context = {**trail.paged(request, own, 30), "form": form, "breadcrumbs": trail.home(request)}
    return render(request, "meetups/structures/own.html", context)


def _to_own(request: SignedInRequest) -> trail.Trail:
    return [*trail.home(request), ("Your own structures", reverse("meetups:own_structures"))]


@open_to(Audience.ORGANISERS)
@require_http_methods(["GET", "POST"])
def edit_own_structure(request: SignedInRequest, pk: int) -> HttpResponse:
    own = get_object_or_404(OwnStructure, pk=pk)
    name = own.name
    form = OwnStructureForm(request.POST or None, instance=own)
    if form.is_valid():
        form.save()
        messages.success(request, "The structure is saved. Agendas that use it keep the phases they have.")
        return redirect("meetups:own_structures")
    context = {"form": form, "name": name, "breadcrumbs": _to_own(request)}
    return render(request, "meetups/structures/edit_own.html", context)


@open_to(Audience.ORGANISERS)
@require_http_methods(["GET", "POST"])
def remove_own_structure(request: SignedInRequest, pk: int) -> HttpResponse:
    own = get_object_or_404(OwnStructure, pk=pk)
    if request.method == "POST":
        own.delete()
        messages.success(request, f"“{own.name}” is removed.")
        return redirect("meetups:own_structures")
    used = AgendaItem.objects.filter(structure=own.slug).count()
    context = {"own": own, "used": used, "breadcrumbs": _to_own(request)}
    return render(request, "meetups/structures/remove_own.html", context)
