"""The journal of a cohort: read, written and moderated; public posts for everybody."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from meetups import markdown
from meetups.views.trail import paged
from networking import journal
from networking.forms.journal import CommentForm, HideForm, PostForm
from networking.models import Cohort, Post, PostComment, PostQuerySet
from networking.views import loading
from people.access import Audience, SignedInRequest, open_to
from people.models import Person

PER_PAGE = 15


def _url(cohort: Cohort) -> str:
    return reverse("networking:journal", args=[cohort.slug])


def _post_url(post: Post) -> str:
    return reverse("networking:post", args=[post.cohort.slug, post.pk])


def _trail(cohort: Cohort, *further: tuple[str, str]) -> loading.Trail:
    return loading.to_cohort(cohort, ("Journal", _url(cohort)), *further)


def _read_by(person: Person, cohort: Cohort) -> PostQuerySet:
    """All but what is hidden; authors see their own, leads everything."""
    posts = Post.objects.filter(cohort=cohort).with_people()
    return posts if journal.leads(cohort, person) else posts.filter(Q(hidden_at=None) | Q(author=person))


def _post_or_404(person: Person, cohort: Cohort, post_pk: int) -> Post:
    return get_object_or_404(_read_by(person, cohort), pk=post_pk)


@open_to(Audience.COHORT)
@require_safe
def every_post(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    cohort = loading.cohort_or_404(request.user, cohort_slug)
    posts = _read_by(request.user, cohort)
    is_lead = journal.leads(cohort, request.user)
    which = request.GET.get("which", "")
    if is_lead and which == "waiting":
        posts = posts.waiting()
    elif is_lead and which == "hidden":
        posts = posts.exclude(hidden_at=None)
    context = {
        "cohort": cohort,
        "is_lead": is_lead,
        "which": which if is_lead else "",
        "may_write": journal.may_write(cohort, request.user),
        "has_public": Post.objects.public().filter(cohort=cohort).exists(),
        **paged(request, posts, PER_PAGE),
        "breadcrumbs": loading.to_cohort(cohort),
    }
    return render(request, "networking/journal/list.html", context)


@open_to(Audience.COHORT)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: SignedInRequest, cohort_slug: str) -> HttpResponse:
    cohort = loading.cohort_or_404(request.user, cohort_slug)
    if not journal.may_write(cohort, request.user):
        messages.info(request, "This journal is closed: the cohort is finished.")
        return redirect(_url(cohort))
    form = PostForm(request.POST if request.method == "POST" else None, back=_url(cohort))
    if form.is_valid():
        nonce, now = form.cleaned_data["nonce"], timezone.now()
        post = journal.write(cohort, form.written(), nonce=nonce, by=request.user, now=now)
        waits = " Everybody can read it once a lead has looked at it." if post.is_waiting else ""
        messages.success(request, f"Your post is in the journal.{waits}")
        return redirect(_post_url(post))
    return _form(request, form, "Write in the journal", _trail(cohort))


def _form(request: SignedInRequest, form: object, title: str, trail: loading.Trail, lines: Any = ()) -> HttpResponse:
    context = {"form": form, "title": title, "lines": lines, "breadcrumbs": trail}
    return render(request, "networking/form.html", context)


@open_to(Audience.COHORT)
@require_http_methods(["GET", "HEAD", "POST"])
def post(request: SignedInRequest, cohort_slug: str, post_pk: int) -> HttpResponse:
    """One post, what others said about it, and a comment of one's own."""
    cohort = loading.cohort_or_404(request.user, cohort_slug)
    post = _post_or_404(request.user, cohort, post_pk)
    is_lead, may_write = journal.leads(cohort, request.user), journal.may_write(cohort, request.user)
    form = CommentForm(request.POST if request.method == "POST" else None) if may_write else None
    if form and form.is_valid():
        said = form.cleaned_data
        journal.comment(post, said["text"], nonce=said["nonce"], by=request.user, now=timezone.now())
        return redirect(f"{_post_url(post)}#comments")
    comments = post.comments.select_related("author").order_by("said_at", "pk")
    context = {
        "post": post,
        "cohort": cohort,
        "text": markdown.to_html(post.body),
        "comments": list(comments if is_lead else comments.filter(hidden_at=None)),
        "form": form,
        "is_lead": is_lead,
        "seen": _seen(post),
        "is_mine": post.author_id == request.user.pk,
        "breadcrumbs": _trail(cohort),
    }
    return render(request, "networking/journal/post.html", context)


def _mine_or_404(request: SignedInRequest, cohort: Cohort, post_pk: int) -> Post:
    return get_object_or_404(Post.objects.filter(cohort=cohort, author=request.user).with_people(), pk=post_pk)


@open_to(Audience.COHORT)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedInRequest, cohort_slug: str, my_post_pk: int) -> HttpResponse:
    cohort = loading.cohort_or_404(request.user, cohort_slug)
    mine = _mine_or_404(request, cohort, my_post_pk)
    form = PostForm(request.POST if request.method == "POST" else None, post=mine, back=_post_url(mine))
    if form.is_valid():
        journal.change(mine, form.written(), by=request.user, now=timezone.now())
        messages.success(request, "Your post is saved.")
        return redirect(_post_url(mine))
    return _form(request, form, "Change my post", _trail(cohort, (mine.title, _post_url(mine))))


@open_to(Audience.COHORT)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: SignedInRequest, cohort_slug: str, my_post_pk: int) -> HttpResponse:
    cohort = loading.cohort_or_404(request.user, cohort_slug)
    mine = _mine_or_404(request, cohort, my_post_pk)
    if request.method == "POST":
        journal.take_back(mine)
        messages.success(request, "Your post is gone.")
        return redirect(_url(cohort))
    lines = [f"“{mine.title}” goes, with what was said about it. This cannot be undone."]
    return _sure(request, "Take my post back", lines, "Take it back", mine)


def _sure(request: SignedInRequest, title: str, lines: list[str], button: str, post: Post) -> HttpResponse:
    trail = _trail(post.cohort, (post.title, _post_url(post)))
    context = {"title": title, "lines": lines, "button": button, "back": _post_url(post), "breadcrumbs": trail}
    return render(request, "networking/sure.html", context)


@open_to(Audience.COHORT)
def take_comment_back(request: SignedInRequest, cohort_slug: str, my_comment_pk: int) -> HttpResponse:
    cohort = loading.cohort_or_404(request.user, cohort_slug)
    mine = PostComment.objects.filter(post__cohort=cohort, author=request.user).select_related("post__cohort")
    comment = get_object_or_404(mine, pk=my_comment_pk)
    if request.method == "POST":
        comment.delete()
        messages.success(request, "Your comment is gone.")
    return redirect(f"{_post_url(comment.post)}#comments")


# --- For leads ----------------------------------------------------------------------------------------------------


@open_to(Audience.LEADS)
@require_http_methods(["GET", "HEAD", "POST"])
def hide(request: SignedInRequest, cohort_slug: str, post_pk: int) -> HttpResponse:
    cohort = loading.led_or_404(request.user, cohort_slug)
    post = _post_or_404(request.user, cohort, post_pk)
    form = HideForm(request.POST if request.method == "POST" else None, back=_post_url(post))
    if form.is_valid():
        journal.hide(post, why=form.cleaned_data["why"], by=request.user, now=timezone.now())
        messages.success(request, "The post is hidden. Its author and leads still see it.")
        return redirect(_post_url(post))
    lines = [f"“{post.title}” by {post.by}. You can show it again."]
    return _form(request, form, "Hide a post", _trail(cohort, (post.title, _post_url(post))), lines)


def _seen(post: Post) -> str:
    """Which words the page showed: a lead lets everybody read what they have read, not what came after."""
    return post.changed_at.isoformat() if post.changed_at else ""


@open_to(Audience.LEADS)
def decide(request: SignedInRequest, cohort_slug: str, post_pk: int) -> HttpResponse:
    """Show it again, let everybody read it, or keep it in the cohort."""
    cohort = loading.led_or_404(request.user, cohort_slug)
    post = _post_or_404(request.user, cohort, post_pk)
    do = request.POST.get("do", "") if request.method == "POST" else ""
    if do == "show":
        journal.show_again(post)
        messages.success(request, "The cohort reads the post again.")
    elif do == "public" and request.POST.get("seen", "") != _seen(post):
        messages.error(request, "Its author has changed the post since you opened it. Read it again first.")
    elif do == "public" and journal.let_everybody_read(post, now=timezone.now()):
        messages.success(request, "Everybody can read the post.")
    elif do == "inside":
        journal.keep_inside(post)
        messages.success(request, "Only the cohort reads the post.")
    return redirect(_post_url(post))


@open_to(Audience.LEADS)
def hide_comment(request: SignedInRequest, cohort_slug: str, comment_pk: int) -> HttpResponse:
    cohort = loading.led_or_404(request.user, cohort_slug)
    comment = get_object_or_404(PostComment.objects.select_related("post__cohort"), pk=comment_pk, post__cohort=cohort)
    if request.method == "POST":
        journal.hide_comment(comment, by=request.user, now=timezone.now())
        messages.success(request, "The comment is hidden.")
    return redirect(f"{_post_url(comment.post)}#comments")


# --- For everybody ------------------------------------------------------------------------------------------------


@open_to(Audience.EVERYONE)
@require_safe
def public_journal(request: HttpRequest, journal_slug: str) -> HttpResponse:
    """What a cohort lets everybody read; a cohort that shows nothing does not exist here."""
    posts = Post.objects.public().filter(cohort__slug=journal_slug).select_related("author__council", "cohort")
    if not posts.exists():
        raise Http404
    context = {"cohort": posts[0].cohort, "posts": list(posts[:50]), "breadcrumbs": loading.trail()}
    return render(request, "networking/journal/public.html", context)


@open_to(Audience.EVERYONE)
@require_safe
def public_post(request: HttpRequest, journal_slug: str, public_post_pk: int) -> HttpResponse:
    posts = Post.objects.public().filter(cohort__slug=journal_slug).select_related("author__council", "cohort")
    post = get_object_or_404(posts, pk=public_post_pk)
    above = (f"Journal of {post.cohort}", reverse("networking:public_journal", args=[journal_slug]))
    context = {"post": post, "text": markdown.to_html(post.body), "breadcrumbs": loading.trail(above)}
    return render(request, "networking/journal/public_post.html", context)
