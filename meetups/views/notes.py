"""The notes of a meet-up: written, out of the chat or by hand, published, read."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from meetups import afterwards, attendance, chat, markdown, takeaways
from meetups import notes as keeping
from meetups.forms.afterwards import MOST_LINES, ChatForm, NotesForm, SortForm, lines_of
from meetups.models import Feedback, Meetup, NotesVersion
from meetups.views import loading, trail
from people.access import Audience, SignedInRequest, open_to, same_for_strangers


@same_for_strangers()
@open_to(Audience.EVERYONE)
@require_safe
def notes(request: HttpRequest, slug: str) -> HttpResponse:
    """What came out of it, for everybody once it is published."""
    meetup = loading.published_or_404(slug)
    found = keeping.of(meetup)
    current = found.current if found.published_at else None
    if current is None:
        raise Http404
    context = {
        "meetup": meetup,
        "text": markdown.to_html(current.body),
        "changed_at": current.saved_at,
        "quotes": list(Feedback.objects.quotes().filter(meetup=meetup)[:6]),
        "breadcrumbs": [("Meet-ups", reverse("meetups:list")), (meetup.title, meetup.get_absolute_url())],
    }
    return render(request, "meetups/afterwards/notes.html", context)


@open_to(Audience.HOSTS)
@require_GET
def organise_notes(request: SignedInRequest, slug: str) -> HttpResponse:
    """How far the notes are, and what they say now."""
    meetup = loading.run_by_or_404(request.user, slug)
    found = keeping.of(meetup)
    current = found.current if found.pk else None
    context = {
        "meetup": meetup,
        "notes": found,
        "current": current,
        "text": markdown.to_html(current.body) if current else "",
        "why_not": keeping.why_not_yet(found, timezone.now()),
        "breadcrumbs": trail.to(request, meetup),
    }
    return render(request, "meetups/organise/notes.html", context)


def _to_notes(request: SignedInRequest, meetup: Meetup) -> trail.Trail:
    return trail.to(request, meetup, ("Notes", reverse("meetups:organise_notes", args=[meetup.slug])))


@open_to(Audience.HOSTS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_notes(request: SignedInRequest, slug: str) -> HttpResponse:
    meetup = loading.run_by_or_404(request.user, slug)
    back = reverse("meetups:organise_notes", args=[slug])
    form = NotesForm(request.POST if request.method == "POST" else None, back=back, initial=_start(meetup))
    if form.is_valid() and _is_saved(request, meetup, form):
        return redirect(back)
    context = {"meetup": meetup, "form": form, "breadcrumbs": _to_notes(request, meetup)}
    return render(request, "meetups/organise/edit_notes.html", context)


def _start(meetup: Meetup) -> dict[str, object]:
    """The newest version, or a heading for each topic of the agenda."""
    found = keeping.of(meetup)
    current = found.current if found.pk else None
    if current:
        return {"body": current.body, "based_on": current.number}
    return {"body": "\n\n".join(f"## {takeaways.plain(item.title)}" for item in meetup.agenda.all()), "based_on": 0}


def _is_saved(request: SignedInRequest, meetup: Meetup, form: NotesForm) -> bool:
    said = form.cleaned_data
    try:
        keeping.save(meetup, said["body"], based_on=said["based_on"], by=request.user, now=timezone.now())
    except keeping.SavedMeanwhile:
        form.add_error("body", "Somebody else saved the notes meanwhile. Copy your words, open the page anew, add them")
        return False
    messages.success(request, "The notes are saved.")
    return True


@open_to(Audience.HOSTS)
@require_http_methods(["GET", "HEAD", "POST"])
def read_chat(request: SignedInRequest, slug: str) -> HttpResponse:
    """Paste the chat, sort its lines, put them into the notes. Nothing is kept until the last step."""
    meetup = loading.run_by_or_404(request.user, slug)
    back = reverse("meetups:organise_notes", args=[slug])
    page = {"meetup": meetup, "breadcrumbs": _to_notes(request, meetup)}
    if "count" in request.POST:
        return _sorted(request, meetup, back, page)
    form = ChatForm(request.POST if request.method == "POST" else None, back=back)
    if not form.is_valid():
        return render(request, "meetups/organise/read_chat.html", {**page, "form": form})
    if attendance.is_report(form.cleaned_data["chat"]):  # the two files of a call swapped
        form.add_error("chat", "This is the report of who came, not the chat. Read it under “Who came”")
        return render(request, "meetups/organise/read_chat.html", {**page, "form": form})
    topics = [item.title for item in meetup.agenda.all()]
    hosts = [host.name for host in meetup.hosts.all() if host.name]
    read = chat.read_chat(form.cleaned_data["chat"], hosts=hosts, questions=topics)
    if not read.lines:
        form.add_error("chat", "There is nothing to keep in it. Check that you pasted all of the chat")
        return render(request, "meetups/organise/read_chat.html", {**page, "form": form})
    lines = lines_of(read)
    questions = list(dict.fromkeys([question for question, _ in lines if question] + topics))
    sort = SortForm(lines=lines, questions=questions, back=back)
    context = {**page, "form": sort, "chat": read, "left_over": len(read.lines) - len(lines)}
    return render(request, "meetups/organise/sort_chat.html", context)


def _sorted(request: SignedInRequest, meetup: Meetup, back: str, page: dict[str, object]) -> HttpResponse:
    sent = request.POST
    count = min(loading.number(sent["count"]), MOST_LINES)
    lines = [("", chat.Line("")) for _ in range(count)]
    questions = sent.get("questions", "").splitlines()
    form = SortForm(sent, lines=lines, questions=questions, back=back)
    if not form.is_valid():
        return render(request, "meetups/organise/sort_chat.html", {**page, "form": form})
    keeping.add(meetup, takeaways.written(form.sorted_lines(), questions), by=request.user, now=timezone.now())
    messages.success(request, "The lines are in the notes. Read them before you publish.")
    return redirect(back)


@open_to(Audience.HOSTS)
@require_http_methods(["GET", "HEAD", "POST"])
def publish_notes(request: SignedInRequest, slug: str) -> HttpResponse:
    """Who will get word of them, then the page opens."""
    meetup = loading.run_by_or_404(request.user, slug)
    now = timezone.now()
    found = keeping.of(meetup)
    if why := keeping.why_not_yet(found, now):
        messages.error(request, why)
        return redirect("meetups:organise_notes", slug)
    if request.method == "POST":
        keeping.publish(meetup, by=request.user, now=now)
        messages.success(request, "The notes are published. Word of them is on its way.")
        return redirect("meetups:organise_notes", slug)
    names = list(afterwards.took_part(meetup).order_by("name", "pk").values_list("name", flat=True))
    context = {"meetup": meetup, "notes": found, "names": names, "count": len(names)}
    context["breadcrumbs"] = _to_notes(request, meetup)
    return render(request, "meetups/organise/publish_notes.html", context)


@open_to(Audience.HOSTS)
@require_GET
def notes_history(request: SignedInRequest, slug: str) -> HttpResponse:
    """Every version, who saved it and when."""
    meetup = loading.run_by_or_404(request.user, slug)
    rows = NotesVersion.objects.filter(notes__meetup=meetup).select_related("saved_by")
    paged = trail.paged(request, rows, 20)
    newest = rows.first()
    shown = [(row, markdown.to_html(row.body)) for row in paged["page"]]
    context = {"meetup": meetup, **paged, "versions": shown, "newest": newest.number if newest else 0}
    context["breadcrumbs"] = _to_notes(request, meetup)
    return render(request, "meetups/organise/notes_history.html", context)


@open_to(Audience.HOSTS)
def restore_notes(request: SignedInRequest, slug: str) -> HttpResponse:
    meetup = loading.run_by_or_404(request.user, slug)
    if request.method != "POST":
        return redirect("meetups:notes_history", slug)
    number = loading.number(request.POST.get("number", ""))
    if not NotesVersion.objects.filter(notes__meetup=meetup, number=number).exists():
        raise Http404
    keeping.restore(meetup, number, by=request.user, now=timezone.now())
    messages.success(request, f"The notes say again what version {number} said.")
    return redirect("meetups:organise_notes", slug)
