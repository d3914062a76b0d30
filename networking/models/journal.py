from __future__ import annotations

from django.db import models
from django.db.models import Q

from networking.models.cohorts import Cohort
from people.models import Person


class PostQuerySet(models.QuerySet["Post"]):
    def shown(self) -> PostQuerySet:
        """What the cohort reads: not what a lead has hidden."""
        return self.filter(hidden_at=None)

    def public(self) -> PostQuerySet:
        """What everybody may read: its author wants it and a lead has agreed."""
        return self.shown().filter(wants_public=True).exclude(public_at=None)

    def waiting(self) -> PostQuerySet:
        """Those a lead has to look at before everybody can read them."""
        return self.shown().filter(wants_public=True, public_at=None)

    def with_people(self) -> PostQuerySet:
        shown = Q(comments__isnull=False, comments__hidden_at=None)
        counted = self.annotate(comment_count=models.Count("comments", filter=shown))
        return counted.select_related("author__council", "cohort").order_by("-posted_at", "-pk")


class Post(models.Model):
    """Something somebody in a cohort wrote for the others, and perhaps for everybody."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="posts")
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    title = models.CharField(max_length=120)
    body = models.TextField(help_text="Markdown.")
    # Of the form it was written in: sent twice, it is one post.
    nonce = models.UUIDField(unique=True, editable=False)
    wants_public = models.BooleanField("everybody may read it", default=False)
    public_at = models.DateTimeField(null=True, blank=True)
    posted_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    why_hidden = models.CharField(max_length=300, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ("-posted_at", "-pk")
        verbose_name = "post of a journal"
        verbose_name_plural = "posts of journals"
        constraints = [
            models.CheckConstraint(
                name="networking_post_public_only_if_wanted", condition=Q(public_at=None) | Q(wants_public=True)
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_public(self) -> bool:
        return self.public_at is not None and self.hidden_at is None

    @property
    def is_waiting(self) -> bool:
        return self.wants_public and self.public_at is None

    @property
    def by(self) -> str:
        return str(self.author) if self.author else "Somebody who left"


class PostComment(models.Model):
    """What somebody in the cohort says about a post. Only the cohort reads it, also when everybody reads the post."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="comments")
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    text = models.TextField()
    nonce = models.UUIDField(unique=True, editable=False)
    said_at = models.DateTimeField()
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("said_at", "pk")

    def __str__(self) -> str:
        return f"{self.by} on {self.post}"

    @property
    def by(self) -> str:
        return str(self.author) if self.author else "Somebody who left"


class Digest(models.Model):
    """One mail about the journal to everybody in a cohort: what came after the one before, up to a moment."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="digests")
    number = models.PositiveIntegerField()
    up_to = models.DateTimeField()

    class Meta:
        ordering = ("cohort", "number")
        constraints = [models.UniqueConstraint(fields=["cohort", "number"], name="networking_digest_number")]

    def __str__(self) -> str:
        return f"{self.cohort}, {self.number}"
