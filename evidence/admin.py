"""Raw data for administrators, to look at. No column, filter or search by author; no words, links or pictures."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from evidence.models import Complaint, Inquiry, Item, ItemEvent, Membership, Override, Search, StopShown, Tombstone


class ReadOnly(admin.ModelAdmin):
    """To look at. What changes here changes through the actions, which keep the history."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Inquiry)
class InquiryAdmin(ReadOnly):
    list_display = ("title", "committee", "state", "starts_on", "ends_on", "meeting_on", "about_children", "held_since")
    list_filter = ("state", "about_children")
    search_fields = ("title", "committee")
    exclude = ("author_key",)


@admin.register(Membership)
class MembershipAdmin(ReadOnly):
    list_display = ("inquiry", "person", "role", "added_at")
    list_filter = ("role",)
    list_select_related = ("inquiry", "person")


@admin.register(Item)
class ItemAdmin(ReadOnly):
    list_display = ("ref", "inquiry", "number", "state", "platform", "is_sensitive", "saved_at")
    list_filter = ("state", "platform", "is_sensitive")
    list_select_related = ("inquiry",)
    fields = (
        *("ref", "inquiry", "topic", "number", "state", "state_reason", "platform", "month", "is_sensitive"),
        *("reliance", "stance", "tone", "saved_at", "submitted_at", "reviewed_at", "version"),
    )


@admin.register(ItemEvent)
class ItemEventAdmin(ReadOnly):
    list_display = ("inquiry", "number", "item_ref", "kind", "by", "happened_at")
    list_filter = ("kind",)
    list_select_related = ("inquiry", "by")


@admin.register(Tombstone)
class TombstoneAdmin(ReadOnly):
    list_display = ("inquiry", "number", "saved_at", "purged_at", "reason")
    list_select_related = ("inquiry",)


@admin.register(Search)
class SearchAdmin(ReadOnly):
    list_display = ("inquiry", "source_name", "words", "place", "searched_at", "looked_at", "logged")
    list_select_related = ("inquiry",)


@admin.register(StopShown)
class StopShownAdmin(ReadOnly):
    list_display = ("inquiry", "kind", "outcome", "shown_at", "seen_at")
    list_filter = ("kind", "outcome")
    list_select_related = ("inquiry",)


@admin.register(Override)
class OverrideAdmin(ReadOnly):
    list_display = ("inquiry", "kind", "reason", "by", "at")
    list_filter = ("kind",)
    list_select_related = ("inquiry", "by")


@admin.register(Complaint)
class ComplaintAdmin(ReadOnly):
    list_display = ("inquiry", "kind", "received_at", "due_on", "answered_at")
    list_filter = ("kind",)
    list_select_related = ("inquiry",)
