from django.contrib import admin

from searchdeck.models import Source


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    list_display = ("name", "intrusiveness", "position", "needs_login", "last_checked", "is_active")
    list_filter = ("intrusiveness", "needs_login", "is_active")
    search_fields = ("name", "template")
