from datetime import datetime

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from outbox import confidential, delivery, nudges, tasks
from outbox.models import Message, Suppression


@admin.register(Message)
class MessageAdmin(admin.ModelAdmin):
    """The message log: what we wrote to whom and why. Read-only; what failed can be sent again."""

    list_display = ("created_at", "to_email", "shown_subject", "state", "tries", "sent_at")
    list_filter = ("state", "kind", "created_at")
    search_fields = ("to_email", "key")
    date_hierarchy = "created_at"
    actions = ("send_again",)
    exclude = ("html", "is_secret")
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        return False

    def get_exclude(self, request: HttpRequest, obj: Message | None = None) -> tuple[str, ...]:
        # A sign-in code in the log would let an administrator sign in as somebody else.
        hidden: tuple[str, ...] = ("text", "subject") if obj and obj.is_secret else ()
        # A phone number that the reader alone was promised to see.
        hidden = ("text",) if obj and not hidden and confidential.is_confidential(obj.kind) else hidden
        return (*self.exclude, *hidden)

    @admin.display(description="subject", ordering="subject")
    def shown_subject(self, message: Message) -> str:
        return message.shown_subject

    @admin.action(description="Send again what failed or was refused", permissions=["view"])
    def send_again(self, request: HttpRequest, chosen: QuerySet[Message]) -> None:
        now: datetime = timezone.now()
        count = sum(delivery.retry(message, now) for message in chosen)
        if count:
            nudges.after_commit(tasks.deliver)
        self.message_user(request, f"{count} of {len(chosen)} will be sent again.", messages.INFO)


@admin.register(Suppression)
class SuppressionAdmin(admin.ModelAdmin):
    list_display = ("email", "reason", "since")
    search_fields = ("email", "reason")
