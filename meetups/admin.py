"""Raw data for administrators. What concerns people is done on the organisers' pages; history is read-only."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from meetups.models import (
    AgendaItem,
    Announcement,
    Answer,
    Meetup,
    Notice,
    Question,
    Series,
    SeriesDefaults,
    SignUp,
    SignUpEvent,
)


class ReadOnly:
    """To look at, not to change: changing it here would tell nobody."""

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class AgendaInline(ReadOnly, admin.TabularInline):
    model = AgendaItem


class SeriesDefaultsInline(ReadOnly, admin.StackedInline):
    model = SeriesDefaults


@admin.register(Series)
class SeriesAdmin(admin.ModelAdmin):
    list_display = ("name", "slug", "created_at")
    search_fields = ("name",)
    readonly_fields = ("slug", "created_at")
    filter_horizontal = ("hosts",)
    inlines = (SeriesDefaultsInline, AgendaInline)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # made on the organisers' pages, which find a free address for it


class QuestionInline(ReadOnly, admin.TabularInline):
    model = Question


@admin.register(Meetup)
class MeetupAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("title", "series", "number", "starts_at", "state", "mode")
    list_filter = ("state", "mode", "series", "starts_at")
    list_select_related = ("series",)
    search_fields = ("title", "series__name", "venue", "slug")
    date_hierarchy = "starts_at"
    inlines = (AgendaInline, QuestionInline)


class EventInline(ReadOnly, admin.TabularInline):
    model = SignUpEvent
    fk_name = "signup"


class AnswerInline(ReadOnly, admin.TabularInline):
    model = Answer


class NoticeInline(ReadOnly, admin.TabularInline):
    model = Notice


@admin.register(SignUp)
class SignUpAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("name", "person", "meetup", "state", "way", "signed_up_at", "came_at")
    list_filter = ("state", "way", "meetup__series", "signed_up_at")
    list_select_related = ("person", "meetup")
    search_fields = ("name", "person__email", "organisation", "council__name", "meetup__title")
    date_hierarchy = "signed_up_at"
    inlines = (EventInline, AnswerInline, NoticeInline)
    show_full_result_count = False


@admin.register(Announcement)
class AnnouncementAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("subject", "meetup", "to", "written_by", "written_at", "spread_at")
    list_filter = ("to", "written_at")
    list_select_related = ("meetup", "written_by")
    search_fields = ("subject", "meetup__title")
