from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from django.http import HttpRequest
from django.utils import timezone

from outbox import queue
from people import consents
from people.models import Person


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in mail leaves through the outbox like all other mail: kept, logged, tried again."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        full = {"request": allauth_context.request, "email": email, "site": queue.site_context(), **context}
        mail = self.render_mail(template_prefix, email, full)
        html = next((part for part, kind in getattr(mail, "alternatives", []) if kind == "text/html"), "")
        queue.queue_secret(
            key=f"account.{template_prefix.rsplit('/', 1)[-1]}:{uuid4()}",  # each request for a code is its own reason
            to=email,
            kind=template_prefix,
            words=queue.Words(mail.subject, str(mail.body), str(html)),
        )

    def format_email_subject(self, subject: str) -> str:
        return subject

    def save_user(self, request: HttpRequest, user: Person, form: Any, commit: bool = True) -> Person:
        user.email = form.cleaned_data["email"]
        user.name = form.cleaned_data.get("name", "")
        user.set_unusable_password()
        if commit:
            user.save()
            consents.give(user, consents.KEEPING_DETAILS, now=timezone.now())
        return user
