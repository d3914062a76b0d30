from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, functions
from django.urls import reverse

from networking import map_parts, map_prompts
from networking.models.cohorts import Cohort, CohortSprint
from networking.models.members import Member
from people.models import Person


class NetworkMapQuerySet(models.QuerySet["NetworkMap"]):
    def with_owners(self) -> NetworkMapQuerySet:
        return self.select_related("member__person", "member__cohort")

    def of_member(self, member: Member) -> NetworkMapQuerySet:
        return self.with_owners().filter(member=member).order_by("name", "pk")

    def with_counts(self) -> NetworkMapQuerySet:
        """With `nodes_count` and `links_count`."""
        links = MapLink.objects.filter(network_map=models.OuterRef("pk")).order_by().values("network_map")
        return self.annotate(
            nodes_count=models.Count("nodes"),
            links_count=functions.Coalesce(models.Subquery(links.annotate(many=models.Count("pk")).values("many")), 0),
        )


class NetworkMap(models.Model):
    """A councillor's picture of whom they know and want to know. Private to them, and to their mentor if they agree."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="network_maps")
    way = models.CharField("kind of map", max_length=10, choices=map_prompts.CHOICES)
    name = models.CharField(max_length=120)
    about = models.CharField(max_length=300, blank=True)
    topics = models.JSONField("topics I want to hear about", default=list, blank=True)
    wards = models.JSONField("wards and places I speak for", default=list, blank=True)
    mentor_may_read = models.BooleanField("my mentor may see it", default=False)
    # Counts changes, so that what is worked out from the map can be kept until the next.
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    comments_read_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = NetworkMapQuerySet.as_manager()

    class Meta:
        ordering = ("member", "name", "pk")
        verbose_name = "network map"
        constraints = [models.UniqueConstraint(fields=["member", "name"], name="networking_networkmap_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("networking:map", args=[self.member.cohort.slug, self.pk])

    def is_unread(self, comment: MapComment) -> bool:
        """Whether its councillor has not looked since somebody else said this."""
        is_own = comment.said_by_id == self.member.person_id
        return not is_own and (self.comments_read_at is None or comment.said_at > self.comments_read_at)


class MapComment(models.Model):
    """What the mentor says about a map that they may see, or its councillor answers."""

    network_map = models.ForeignKey(NetworkMap, models.CASCADE, related_name="comments")
    text = models.TextField()
    said_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        ordering = ("network_map", "said_at", "pk")

    def __str__(self) -> str:
        return f"{self.said_by} on {self.network_map}"


class MapNode(models.Model):
    """A person, group, organisation, place, medium or hashtag on one map; in one layer or several."""

    network_map = models.ForeignKey(NetworkMap, models.CASCADE, related_name="nodes")
    name = models.CharField(max_length=map_parts.LONGEST_NAME)
    key = models.CharField(max_length=2 * map_parts.LONGEST_NAME, editable=False)
    kind = models.CharField(max_length=12, choices=[(kind, kind) for kind in map_parts.KINDS])
    offline = models.BooleanField(default=False)
    online = models.BooleanField(default=False)
    aspirational = models.BooleanField(default=False)
    tie = models.PositiveSmallIntegerField(
        "how well I know them", validators=[MaxValueValidator(map_parts.CLOSELY)], default=map_parts.SLIGHTLY
    )
    audience = models.PositiveIntegerField(null=True, blank=True)
    topics = models.JSONField(default=list, blank=True)
    platforms = models.JSONField(default=list, blank=True)
    ward = models.CharField(max_length=100, blank=True)
    note = models.CharField(max_length=map_parts.LONGEST_NOTE, blank=True)
    angle = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("network_map", "pk")
        constraints = [
            models.UniqueConstraint(fields=["network_map", "key"], name="networking_mapnode_name"),
            models.CheckConstraint(
                name="networking_mapnode_in_a_layer",
                condition=Q(offline=True) | Q(online=True) | Q(aspirational=True),
            ),
            models.CheckConstraint(name="networking_mapnode_tie", condition=Q(tie__lte=map_parts.CLOSELY)),
            models.CheckConstraint(name="networking_mapnode_angle", condition=Q(angle__isnull=True) | Q(angle__lt=360)),
        ]

    def __str__(self) -> str:
        return self.name


class MapLink(models.Model):
    """Two nodes of one map that have to do with each other."""

    network_map = models.ForeignKey(NetworkMap, models.CASCADE, related_name="links")
    one = models.ForeignKey(MapNode, models.CASCADE, related_name="+")
    other = models.ForeignKey(MapNode, models.CASCADE, related_name="+")
    strength = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(3)], default=2)
    note = models.CharField(max_length=map_parts.LONGEST_NOTE, blank=True)

    class Meta:
        ordering = ("network_map", "pk")
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="networking_maplink_once"),
            models.CheckConstraint(name="networking_maplink_in_order", condition=Q(one__lt=F("other"))),
            models.CheckConstraint(name="networking_maplink_strength", condition=Q(strength__gte=1, strength__lte=3)),
        ]

    def __str__(self) -> str:
        return f"{self.one} and {self.other}"


class MapStep(models.Model):
    """One change: what it touched as it was before, so that it can be taken back."""

    network_map = models.ForeignKey(NetworkMap, models.CASCADE, related_name="steps")
    words = models.CharField(max_length=300)
    before = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("network_map", "-pk")

    def __str__(self) -> str:
        return self.words


class MapVersion(models.Model):
    """The whole map as it was at the end of a sprint, or when somebody kept it."""

    network_map = models.ForeignKey(NetworkMap, models.CASCADE, related_name="versions")
    sprint = models.ForeignKey(CohortSprint, models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200)
    data = models.JSONField(default=dict)
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ("network_map", "-kept_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["network_map", "sprint"],
                condition=Q(sprint__isnull=False),
                name="networking_mapversion_one_per_sprint",
            )
        ]

    def __str__(self) -> str:
        return self.name


class MapImport(models.Model):
    """A file that was read and waits for a yes. Nothing on the map has changed yet."""

    network_map = models.OneToOneField(NetworkMap, models.CASCADE, related_name="waiting_import")
    file_name = models.CharField(max_length=200)
    data = models.JSONField(default=dict)
    read_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.file_name


class SharedMap(models.Model):
    """A map of the cohort, such as of a ward: nodes that councillors chose from their own maps to show each other."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="shared_maps")
    name = models.CharField(max_length=120)
    started_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField()

    class Meta:
        ordering = ("cohort", "name", "pk")
        constraints = [models.UniqueConstraint(fields=["cohort", "name"], name="networking_sharedmap_name")]

    def __str__(self) -> str:
        return self.name


class SharedNode(models.Model):
    """A node that its councillor shows on a shared map: its name, kind, layers, topics and ward, and nothing else."""

    shared_map = models.ForeignKey(SharedMap, models.CASCADE, related_name="shared")
    node = models.ForeignKey(MapNode, models.CASCADE, related_name="shared")
    shared_at = models.DateTimeField()

    class Meta:
        ordering = ("shared_map", "pk")
        constraints = [models.UniqueConstraint(fields=["shared_map", "node"], name="networking_sharednode_once")]

    def __str__(self) -> str:
        return f"{self.node} on {self.shared_map}"
