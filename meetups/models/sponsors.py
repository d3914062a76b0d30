import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse

from meetups.models.gathering import Meetup
from meetups.models.series import Series


def place_of(sponsor: "Sponsor", filename: str) -> str:
    """Not guessable, and without the name the file had on somebody's machine."""
    return f"sponsors/{uuid.uuid4().hex}.{sponsor.logo_format.lower()}"


class Sponsor(models.Model):
    """Who supports a meet-up. Of a meet-up, or of a series, with whose sponsors its new meet-ups start.

    The file of the logo is this row's alone: a copy of the row has a copy of the file (see meetups.sponsors).
    """

    MOST = 12  # of one meet-up

    meetup = models.ForeignKey(Meetup, models.CASCADE, related_name="sponsors", null=True)
    # A series that is removed leaves no file behind: its sponsors are removed first.
    series = models.ForeignKey(Series, models.PROTECT, related_name="sponsors", null=True)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=150)
    url = models.URLField("website", max_length=500, blank=True)
    logo = models.FileField(upload_to=place_of, max_length=200, blank=True)
    logo_format = models.CharField(max_length=4, blank=True, editable=False)
    logo_width = models.PositiveSmallIntegerField(null=True, editable=False)
    logo_height = models.PositiveSmallIntegerField(null=True, editable=False)
    # In the address of the logo. Another picture gets another one, so that browsers may keep each for ever.
    logo_ref = models.UUIDField(unique=True, null=True, editable=False)

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(
                name="meetups_sponsor_of_one",
                condition=Q(meetup__isnull=False, series=None) | Q(meetup=None, series__isnull=False),
            ),
            models.CheckConstraint(name="meetups_sponsor_has_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="meetups_sponsor_logo_whole_or_none",
                condition=Q(logo="", logo_format="", logo_width=None, logo_height=None, logo_ref=None)
                | ~Q(logo="")
                & Q(logo_format__in=["PNG", "JPEG", "WEBP"], logo_ref__isnull=False)
                & Q(logo_width__isnull=False, logo_height__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def logo_path(self) -> str:
        """Where everybody finds the logo; empty without one."""
        return reverse("meetups:sponsor_logo", args=[self.logo_ref]) if self.logo_ref else ""
