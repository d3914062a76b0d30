from typing import Any

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest

from people.models import Consent, Council, Person, RoleGrant


class RoleInline(admin.TabularInline):
    model = RoleGrant
    fk_name = "person"
    extra = 0
    readonly_fields = ("granted_by", "granted_at")


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin):
    list_display = ("name", "email", "council", "organisation", "joined_at", "is_active")
    list_filter = ("grants__role", "is_active", "council__nation")
    list_select_related = ("council",)
    search_fields = ("name", "email", "organisation", "council__name")
    autocomplete_fields = ("council",)
    fields = ("email", "name", "council", "organisation", "is_active", "joined_at", "left_at", "last_login")
    readonly_fields = ("joined_at", "left_at", "last_login")
    inlines = (RoleInline,)

    def has_delete_permission(self, request: HttpRequest, obj: Person | None = None) -> bool:
        return False  # they leave through “My things”, or are removed through “Data requests”; both keep the counts

    def save_model(self, request: HttpRequest, obj: Person, form: ModelForm, change: Any) -> None:
        """With a new address, the old mailbox opens nothing any more, and who is signed in has to do it again."""
        if change and "email" in form.changed_data:
            EmailAddress.objects.filter(user=obj).delete()
            obj.set_unusable_password()  # sessions carry a hash of it
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: ModelForm, formset: BaseInlineFormSet, change: Any) -> None:
        for grant in formset.save(commit=False):
            grant.granted_by = grant.granted_by or request.user
            grant.save()
        for grant in formset.deleted_objects:
            grant.delete()


@admin.register(Council)
class CouncilAdmin(admin.ModelAdmin):
    list_display = ("name", "kind", "nation", "abolished_on")
    list_filter = ("nation", "kind")
    search_fields = ("name", "aliases")


@admin.register(Consent)
class ConsentAdmin(admin.ModelAdmin):
    list_display = ("person", "purpose", "version", "given_at", "withdrawn_at")
    list_filter = ("purpose",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Consent | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Consent | None = None) -> bool:
        return False
