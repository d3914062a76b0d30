from django.db import models
from django.utils import timezone

from people.models import Person


class Series(models.Model):
    """Meet-ups that belong together, such as “Scrutiny officers' network”."""

    name = models.CharField(max_length=100, unique=True)
    slug = models.SlugField(max_length=100, unique=True)
    purpose = models.TextField("what it is for", blank=True)
    hosts = models.ManyToManyField(Person, blank=True, related_name="+", help_text="Who usually hosts.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.name

    def next_number(self) -> int:
        return (self.meetups.aggregate(last=models.Max("number"))["last"] or 0) + 1
