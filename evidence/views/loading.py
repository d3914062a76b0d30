"""Where every view starts: the inquiry this person has a part in, or 404; and the way back."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from evidence import listing
from evidence.models import Inquiry, Item
from people.models import Person

Trail = list[tuple[str, str]]


def public_or_404(slug: str) -> Inquiry:
    """What strangers may know of."""
    return get_object_or_404(Inquiry.objects.public().select_related("council"), slug=slug)


def member_or_404(person: Person, slug: str) -> Inquiry:
    """An inquiry this person is officer, contributor or reader of."""
    return get_object_or_404(Inquiry.objects.of_member(person).select_related("council"), slug=slug)


def contributor_or_404(person: Person, slug: str) -> Inquiry:
    """An inquiry this person logs for: as contributor or officer."""
    return get_object_or_404(Inquiry.objects.of_contributor(person).select_related("council"), slug=slug)


def officer_or_404(person: Person, slug: str) -> Inquiry:
    return get_object_or_404(Inquiry.objects.of_officer(person).select_related("council"), slug=slug)


def item_or_404(inquiry: Inquiry, pk: int) -> Item:
    """Something that was handed in for this inquiry; drafts are seen by nobody but their owner."""
    return get_object_or_404(Item.objects.of(inquiry).select_related("topic", "saved_by"), pk=pk)


def visible_item_or_404(inquiry: Inquiry, role: str, pk: int) -> Item:
    """Readers see what was accepted."""
    items = listing.visible(inquiry, role).select_related("topic", "saved_by", "reviewed_by")
    return get_object_or_404(items, pk=pk)


def draft_or_404(person: Person, pk: int) -> Item:
    return get_object_or_404(Item.objects.drafts_of(person).select_related("inquiry", "topic"), pk=pk)


def trail(*further: tuple[str, str]) -> Trail:
    """Back to the first page of listening, and what is between."""
    return [("Listening", reverse("evidence:home")), *further]


def to(inquiry: Inquiry, *further: tuple[str, str]) -> Trail:
    return trail((inquiry.title, reverse("evidence:inquiry", args=[inquiry.slug])), *further)
