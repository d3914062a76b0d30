"""What the homes of a cohort show of active citizens."""

from django.urls import reverse

from networking.models import Member
from networking.needs import Door


def doors_of(member: Member) -> list[Door]:
    slug = member.cohort.slug
    if member.is_councillor:
        line = "Look for people and groups who do good things in public, and decide about each."
        return [Door("Active citizens", reverse("networking:citizens", args=[slug]), line)]
    if member.is_lead:
        return [
            Door("Active citizens", reverse("networking:citizen_methods", args=[slug]), "Which ways of looking pay.")
        ]
    return []
