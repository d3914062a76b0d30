"""The journal of a cohort: writing, commenting, taking back, what leads hide or let everybody read, the weekly mail."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from meetups.timings import LONDON
from networking import emails_journal
from networking.models import Cohort, Digest, Member, Post, PostComment
from people import preferences
from people.models import Person

WEEK = timedelta(days=7)
MORNING, EVENING = 8, 18  # between these hours in London mails about the journal go out, Monday to Friday


@dataclass(frozen=True)
class Written:
    """What somebody writes."""

    title: str
    body: str
    wants_public: bool = False


def may_write(cohort: Cohort, person: Person) -> bool:
    """Everybody in the cohort and organisers, until it is finished."""
    here = person.is_organiser or cohort.members.joined().filter(person=person).exists()
    return here and cohort.state != Cohort.State.FINISHED


def leads(cohort: Cohort, person: Person) -> bool:
    return person.is_organiser or cohort.members.joined().leads().filter(person=person).exists()


@transaction.atomic
def write(cohort: Cohort, written: Written, *, nonce: UUID, by: Person, now: datetime) -> Post:
    """Keep a post; sent twice it is one. What a lead writes for everybody is public at once.

    Other words from the same form (the Back button) are another post: nothing that somebody wrote is lost.
    """
    post = Post(cohort=cohort, author=by, nonce=nonce, posted_at=now, title=written.title, body=written.body)
    post.wants_public = written.wants_public
    post.public_at = now if written.wants_public and leads(cohort, by) else None
    try:
        with transaction.atomic():
            post.save(force_insert=True)
    except IntegrityError:
        same = Post.objects.filter(nonce=nonce, cohort=cohort, author=by, title=post.title, body=post.body).first()
        return same or write(cohort, written, nonce=uuid4(), by=by, now=now)
    return post


@transaction.atomic
def change(post: Post, written: Written, *, by: Person, now: datetime) -> Post:
    """Changed words that everybody could read are looked at by a lead again."""
    is_same = (written.title, written.body) == (post.title, post.body)
    keeps = written.wants_public and post.public_at and (is_same or leads(post.cohort, by))
    post.title, post.body, post.wants_public, post.changed_at = written.title, written.body, written.wants_public, now
    if not keeps:
        post.public_at = now if written.wants_public and leads(post.cohort, by) else None
    post.save(update_fields=["title", "body", "wants_public", "public_at", "changed_at"])
    return post


@transaction.atomic
def take_back(post: Post) -> None:
    """It goes, with what was said about it."""
    post.delete()


@transaction.atomic
def hide(post: Post, *, why: str, by: Person, now: datetime) -> bool:
    """Nobody but its author and leads reads it; the author is told why. False when it was hidden already."""
    shown = Post.objects.filter(pk=post.pk, hidden_at=None)
    if not shown.update(hidden_at=now, hidden_by=by, why_hidden=why.strip()[:300]):
        return False
    hidden = Post.objects.select_related("cohort", "author").get(pk=post.pk)
    if hidden.author and hidden.author_id != by.pk:
        emails_journal.hidden(hidden)
    return True


@transaction.atomic
def show_again(post: Post) -> None:
    Post.objects.filter(pk=post.pk).update(hidden_at=None, hidden_by=None, why_hidden="")


@transaction.atomic
def let_everybody_read(post: Post, *, now: datetime) -> bool:
    """A lead agrees that it leaves the cohort, as they read it.

    False when its author does not want it or has changed it since, or it has left already.
    """
    return bool(Post.objects.waiting().filter(pk=post.pk, changed_at=post.changed_at).update(public_at=now))


@transaction.atomic
def keep_inside(post: Post) -> None:
    """It stays in the cohort after all."""
    Post.objects.filter(pk=post.pk).update(public_at=None, wants_public=False)


@transaction.atomic
def comment(post: Post, text: str, *, nonce: UUID, by: Person, now: datetime) -> PostComment:
    """Sent twice it is one; other words from the same form are another comment."""
    made = PostComment(post=post, author=by, text=text, nonce=nonce, said_at=now)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        same = PostComment.objects.filter(nonce=nonce, post=post, author=by, text=text).first()
        return same or comment(post, text, nonce=uuid4(), by=by, now=now)
    return made


@transaction.atomic
def hide_comment(comment: PostComment, *, by: Person, now: datetime) -> None:
    PostComment.objects.filter(pk=comment.pk, hidden_at=None).update(hidden_at=now, hidden_by=by)


# --- The weekly mail ----------------------------------------------------------------------------------------------


def queue_due(now: datetime) -> int:
    """Once a week at most, on a working day: what is new, to everybody who wants it. How many mails. Safe to repeat."""
    local = now.astimezone(LONDON)
    if local.weekday() > 4 or not MORNING <= local.hour < EVENING:
        return 0
    cohorts = Cohort.objects.exclude(state=Cohort.State.FINISHED).filter(posts__hidden_at=None, posts__isnull=False)
    return sum(_digest(pk, now) for pk in cohorts.values_list("pk", flat=True).distinct())


@transaction.atomic
def _digest(cohort_pk: int, now: datetime) -> int:
    cohort = Cohort.objects.select_for_update().get(pk=cohort_pk)
    last = cohort.digests.last()
    if last and now - last.up_to < WEEK:
        return 0
    posts = Post.objects.shown().filter(cohort=cohort, posted_at__lte=now)
    posts = posts.filter(posted_at__gt=last.up_to) if last else posts
    new = list(posts.with_people().order_by("posted_at"))
    if not new:
        return 0
    digest = Digest.objects.create(cohort=cohort, number=last.number + 1 if last else 1, up_to=now)
    members = cohort.members.joined().select_related("person").order_by("pk")
    people = {member.person_id: member.person for member in members}
    return sum(_tell(digest, person, new) for person in people.values())


def _tell(digest: Digest, person: Person, posts: list[Post]) -> int:
    """Nobody is told of what they wrote themselves."""
    others = [post for post in posts if post.author_id != person.pk]
    if not others or not preferences.wants(person, emails_journal.JOURNAL):
        return 0
    emails_journal.digest(digest, person, others)
    return 1


# --- What is held about somebody ----------------------------------------------------------------------------------


def collect(person: Person) -> list[dict[str, object]]:
    posts = Post.objects.filter(author=person).select_related("cohort")
    comments = PostComment.objects.filter(author=person).select_related("post")
    return [
        *({"Post": one.title, "Cohort": str(one.cohort), "At": one.posted_at, "Text": one.body} for one in posts),
        *({"Comment on": one.post.title, "At": one.said_at, "Text": one.text} for one in comments),
    ]


def forget(person: Person, now: datetime) -> None:
    """All they wrote goes."""
    Post.objects.filter(author=person).delete()
    PostComment.objects.filter(author=person).delete()


def new_since(member: Member, now: datetime) -> int:
    """Posts of others in the last week."""
    recent = Post.objects.shown().filter(cohort=member.cohort_id, posted_at__gt=now - WEEK, posted_at__lte=now)
    return recent.exclude(author=member.person_id).count()
