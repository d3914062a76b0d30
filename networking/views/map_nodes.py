"""One node of a map: all about it, its links, taking it out, moving it in the picture."""

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from networking import map_edits, map_reading, map_rows, maps
from networking.forms.maps import LinkForm, NodeForm
from networking.map_parts import LAYERS, STRENGTHS, MapData, Node, digest, linking
from networking.models import NetworkMap
from networking.views.maps import my_map_or_404, to_map
from people.access import Audience, SignedInRequest, open_to

REFUSED = 422
FARTHEST = 100_000


def _node_or_404(data: MapData, node_pk: int) -> Node:
    try:
        return data.nodes[node_pk]
    except KeyError as error:
        raise Http404 from error


@open_to(Audience.COHORT)
@require_http_methods(["GET", "HEAD", "POST"])
def new_node(request: SignedInRequest, cohort_slug: str, map_pk: int) -> HttpResponse:
    """One node with all about it at once."""
    found = my_map_or_404(request, cohort_slug, map_pk)
    form = NodeForm(request.POST if request.method == "POST" else None, cancel=found.get_absolute_url())
    if form.is_valid():
        made = form.made(-1)
        try:
            maps.change(found, lambda data: map_edits.add(data, [made]), f"“{made.name}” added", now=timezone.now())
        except map_edits.NotPossible as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, f"“{made.name}” is on the map.")
            return redirect(f"{found.get_absolute_url()}#table")
    return render(request, "networking/maps/node_new.html", {"map": found, "form": form, "breadcrumbs": to_map(found)})


@open_to(Audience.COHORT)
@require_http_methods(["GET", "HEAD", "POST"])
def map_node(request: SignedInRequest, cohort_slug: str, map_pk: int, node_pk: int) -> HttpResponse:
    found = my_map_or_404(request, cohort_slug, map_pk)
    data = map_rows.data_of(found)
    node = _node_or_404(data, node_pk)
    form = NodeForm(request.POST if request.method == "POST" else None, node=node, cancel=found.get_absolute_url())
    if form.is_valid() and _save(found, node, form):
        messages.success(request, f"“{form.cleaned_data['name']}” is saved.")
        return redirect(f"{found.get_absolute_url()}#table")
    return _node_page(request, found, data, node, form)


def _save(found: NetworkMap, node: Node, form: NodeForm) -> bool:
    if form.cleaned_data["seen"] != digest(node):
        form.show_what_is_there(node)
        return False
    made = form.made(node.id)
    try:
        maps.change(found, lambda data: map_edits.change(data, made), f"“{made.name}” changed", now=timezone.now())
    except map_edits.NotPossible as error:
        form.add_error("name", str(error))
        return False
    return True


def _node_page(
    request: SignedInRequest, found: NetworkMap, data: MapData, node: Node, form: NodeForm, link: LinkForm | None = None
) -> HttpResponse:
    linked = data.neighbours()[node.id]
    others = [other for other in data.by_name() if other.id not in {node.id, *linked}]
    context = {
        "map": found,
        "node": node,
        "form": form,
        "has_errors": bool(link and link.errors),
        "links": [_linked(data, node, other) for other in linked],
        "link_form": (link or LinkForm(others=others)) if others or link else None,
        "breadcrumbs": to_map(found),
    }
    return render(request, "networking/maps/node.html", context)


def _linked(data: MapData, node: Node, other: int) -> tuple[Node, str, str]:
    link = data.links[linking(node.id, other).pair]
    return data.nodes[other], STRENGTHS[link.strength], link.note


@open_to(Audience.COHORT)
@require_http_methods(["GET", "HEAD", "POST"])
def link_node(request: SignedInRequest, cohort_slug: str, map_pk: int, node_pk: int) -> HttpResponse:
    """Link it with another."""
    found = my_map_or_404(request, cohort_slug, map_pk)
    data = map_rows.data_of(found)
    node = _node_or_404(data, node_pk)
    if request.method != "POST":
        return _to_node(found, node_pk)
    form = LinkForm(request.POST, others=[other for other in data.by_name() if other.id != node.id])
    if form.is_valid():
        said = form.cleaned_data
        other = data.nodes[said["other"]]
        words = f"“{node.name}” and “{other.name}” linked"
        try:
            maps.change(
                found,
                lambda data: map_edits.link(data, node_pk, other.id, strength=said["strength"], note=said["link_note"]),
                words,
                now=timezone.now(),
            )
        except map_edits.NotPossible as error:
            form.add_error("other", str(error))
        else:
            messages.success(request, f"{words}.")
            return _to_node(found, node_pk)
    return _node_page(request, found, data, node, NodeForm(node=node, cancel=found.get_absolute_url()), form)


@open_to(Audience.COHORT)
@require_http_methods(["GET", "HEAD", "POST"])
def unlink_node(request: SignedInRequest, cohort_slug: str, map_pk: int, node_pk: int) -> HttpResponse:
    """Take a link out; it can be taken back."""
    found = my_map_or_404(request, cohort_slug, map_pk)
    data = map_rows.data_of(found)
    node = _node_or_404(data, node_pk)
    typed = request.POST.get("other", "")
    other = data.nodes.get(int(typed)) if typed.isdecimal() and len(typed) < 19 else None
    if request.method == "POST" and other:
        words = f"Link between “{node.name}” and “{other.name}” taken out"
        maps.change(found, lambda data: map_edits.unlink(data, node_pk, other.id), words, now=timezone.now())
        messages.success(request, f"{words}.")
    return _to_node(found, node_pk)


def _to_node(found: NetworkMap, node_pk: int) -> HttpResponse:
    return redirect(f"{found.get_absolute_url()}nodes/{node_pk}/#links")


@open_to(Audience.COHORT)
@require_http_methods(["GET", "HEAD", "POST"])
def remove_node(request: SignedInRequest, cohort_slug: str, map_pk: int, node_pk: int) -> HttpResponse:
    """Say what goes with it, then take it out; it can be taken back."""
    found = my_map_or_404(request, cohort_slug, map_pk)
    data = map_rows.data_of(found)
    node = _node_or_404(data, node_pk)
    if request.method == "POST":
        maps.change(found, lambda data: map_edits.remove(data, node_pk), f"“{node.name}” taken out", now=timezone.now())
        messages.success(request, f"“{node.name}” is taken out. You can take that back.")
        return redirect(found)
    linked = map_reading.named([data.nodes[pk].name for pk in data.neighbours()[node_pk]])
    context = {"map": found, "node": node, "linked": linked, "breadcrumbs": to_map(found)}
    return render(request, "networking/maps/node_remove.html", context)


@open_to(Audience.COHORT)
@require_http_methods(["GET", "HEAD", "POST"])
def move_node(request: SignedInRequest, cohort_slug: str, map_pk: int, node_pk: int) -> HttpResponse:
    """The picture's script puts a node elsewhere on its ring, or into another layer; its page does the same."""
    found = my_map_or_404(request, cohort_slug, map_pk)
    node = _node_or_404(map_rows.data_of(found), node_pk)
    if request.method != "POST":
        return _to_node(found, node_pk)
    angle, layer = request.POST.get("angle", ""), request.POST.get("layer", "")
    if not angle.removeprefix("-").isdecimal() or abs(int(angle[:7])) > FARTHEST or layer not in ("", *LAYERS):
        return JsonResponse({"words": "Not moved."}, status=REFUSED)
    try:
        after = maps.change(
            found,
            lambda data: map_edits.move(data, node_pk, angle=int(angle[:7]), layer=layer),
            f"“{node.name}” moved",
            now=timezone.now(),
        )
    except map_edits.NotPossible as error:
        return JsonResponse({"words": f"{error}."}, status=REFUSED)
    moved = after.nodes[node_pk]
    words = f"{moved.name} is {' and '.join(moved.layers)} now." if moved.layers != node.layers else "Moved."
    picture = map_reading.svg(found, after, how="rings", is_mine=True)
    return JsonResponse({"words": words, "picture": picture})
