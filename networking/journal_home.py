"""What the journal adds to the homes."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from networking import journal
from networking.models import Member, Post
from networking.needs import SOME_TIME, Door, Need


def needs_of(member: Member, now: datetime) -> list[Need]:
    """For leads: posts that their authors want everybody to read."""
    if not member.is_lead:
        return []
    waiting = Post.objects.waiting().filter(cohort=member.cohort).count()
    if not waiting:
        return []
    posts = "A post in the journal waits" if waiting == 1 else f"{waiting} posts in the journal wait"
    url = f"{reverse('networking:journal', args=[member.cohort.slug])}?which=waiting"
    return [Need(f"{posts} for your word on whether everybody may read it.", url, "Look at it", SOME_TIME)]


def doors_of(member: Member) -> list[Door]:
    new = journal.new_since(member, timezone.now())
    line = {0: "What happens in the cohort, in our own words.", 1: "1 new post this week."}.get(
        new, f"{new} new posts this week."
    )
    return [Door("Journal", reverse("networking:journal", args=[member.cohort.slug]), line)]
