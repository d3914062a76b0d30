from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from people.models import Person
from unmentoring.models import KeepApart, Learning, Pairing, PairingMember, Participant, Report, Round


class ReadOnly(admin.ModelAdmin):
    """To look at. What changes here changes through the actions, which keep rows and letters together."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Participant)
class ParticipantAdmin(ReadOnly):
    list_display = ("person", "sector", "state", "rhythm", "joined_at", "strikes")
    list_filter = ("state", "sector", "rhythm")
    list_select_related = ("person",)
    search_fields = ("person__name", "person__email")
    exclude = ("phone",)  # the partner sees it, nobody else


@admin.register(Round)
class RoundAdmin(ReadOnly):
    list_display = ("month", "state", "people", "repeats", "same_organisation", "certificate", "published_at")


class MemberInline(admin.TabularInline):
    model = PairingMember
    fields = ("participant", "introduced_at", "answer", "why_not", "left_at")
    extra = 0


@admin.register(Pairing)
class PairingAdmin(ReadOnly):
    list_display = ("pk", "round", "how", "made_at", "ended_at", "reason")
    list_filter = ("how", "round")
    list_select_related = ("round",)
    inlines = (MemberInline,)


@admin.register(Learning)
class LearningAdmin(ReadOnly):
    list_display = ("shared_at", "visible_to", "state", "text")
    list_filter = ("state", "visible_to")


@admin.register(Report)
class ReportAdmin(ReadOnly):
    list_display = ("reported_at", "kind", "state", "decided_at")
    list_filter = ("kind", "state")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Report]:
        assert isinstance(request.user, Person)
        return Report.objects.for_decision_by(request.user)


@admin.register(KeepApart)
class KeepApartAdmin(ReadOnly):
    list_display = ("one", "other", "created_at")
    list_select_related = ("one__person", "other__person")
