"""The words about the journal of a cohort: what is new once a week, and that a post was hidden."""

from collections.abc import Sequence

from django.urls import reverse

from meetups import addresses as site_addresses
from networking import addresses
from networking.models import Digest, Post
from outbox import queue
from people.models import Person

# The topic of preferences under which the weekly mail can be stopped.
JOURNAL = "networking-journal"
_BEGINNING = 300


def page(post: Post) -> str:
    return addresses.absolute(reverse("networking:post", args=[post.cohort.slug, post.pk]))


def digest(digest: Digest, person: Person, posts: Sequence[Post]) -> None:
    """What others wrote since the last one."""
    cohort = digest.cohort
    queue.queue(
        key=f"networking.journal_digest:digest={digest.pk}:person={person.pk}",
        to=person.email,
        template="networking/journal_digest",
        unsubscribe_url=site_addresses.unsubscribe(person, JOURNAL),
        context={
            "first_name": person.get_short_name(),
            "cohort": cohort,
            "posts": [(post, _beginning(post), page(post)) for post in posts],
            "number": len(posts),
            "first": posts[0],
            "journal_url": addresses.absolute(reverse("networking:journal", args=[cohort.slug])),
            "preferences_url": site_addresses.preferences(person),
        },
    )


def _beginning(post: Post) -> str:
    """The first lines, without Markdown's marks."""
    plain = " ".join(post.body.replace("*", "").replace("#", "").replace("> ", "").split())
    return plain if len(plain) <= _BEGINNING else f"{plain[:_BEGINNING].rsplit(' ', 1)[0]} …"


def hidden(post: Post) -> None:
    """To its author: a lead has hidden it, and why."""
    if post.author is None:
        return
    leads = post.cohort.members.leads().joined().select_related("person")
    queue.queue(
        key=f"networking.post_hidden:post={post.pk}:at={post.hidden_at.isoformat() if post.hidden_at else ''}",
        to=post.author.email,
        template="networking/post_hidden",
        reply_to=[lead.person.email for lead in leads],
        context={
            "first_name": post.author.get_short_name(),
            "post": post,
            "cohort": post.cohort,
            "post_url": page(post),
        },
    )
