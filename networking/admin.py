from django.contrib import admin

from networking.models import Cohort, Member, Pair, Programme, Skill


@admin.register(Skill)
class SkillAdmin(admin.ModelAdmin):
    list_display = ("name", "slug", "position", "retired_at")
    list_editable = ("position",)
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Programme)
class ProgrammeAdmin(admin.ModelAdmin):
    list_display = ("name", "created_at", "ended_at")
    search_fields = ("name",)


@admin.register(Cohort)
class CohortAdmin(admin.ModelAdmin):
    list_display = ("name", "programme", "area", "starts_on", "state")
    list_filter = ("state", "programme")
    search_fields = ("name", "area")


@admin.register(Member)
class MemberAdmin(admin.ModelAdmin):
    list_display = ("person", "cohort", "role", "state", "joined_at")
    list_filter = ("role", "state", "cohort")
    search_fields = ("person__name", "person__email")
    raw_id_fields = ("person", "invited_by")


@admin.register(Pair)
class PairAdmin(admin.ModelAdmin):
    list_display = ("cohort", "councillor", "mentor", "confirmed_at", "ended_at")
    list_filter = ("cohort",)
    search_fields = ("councillor__person__name", "mentor__person__name")
    raw_id_fields = ("councillor", "mentor", "confirmed_by")
