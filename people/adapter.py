from datetime import timedelta
from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context as allauth_context
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from outbox import queue
from outbox.models import Message
from people import consents
from people.models import Person

# A stranger can ask for these mails with anybody's address: so many of one kind in this time, then no more.
MOST_MAILS, MAILS_WITHIN = 6, timedelta(minutes=10)


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in mail leaves through the outbox like all other mail: kept, logged, tried again."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        lately = Message.objects.filter(created_at__gt=timezone.now() - MAILS_WITHIN)
        if lately.filter(kind=template_prefix, to_email__iexact=email).count() >= MOST_MAILS:
            return
        full = {"request": allauth_context.request, "email": email, "site": queue.site_context(), **context}
        mail = self.render_mail(template_prefix, email, full)
        html = next((part for part, kind in getattr(mail, "alternatives", []) if kind == "text/html"), "")
        queue.queue_secret(
            key=f"account.{template_prefix.rsplit('/', 1)[-1]}:{uuid4()}",  # each request for a code is its own reason
            to=email,
            kind=template_prefix,
            words=queue.Words(mail.subject, str(mail.body), str(html)),
        )

    def send_account_already_exists_mail(self, email: str) -> None:
        # The one of allauth asks for the address of a page about passwords, which nobody has here.
        self.send_mail("account/email/account_already_exists", email, {})

    def pre_login(self, request: HttpRequest, user: Person, **how: Any) -> HttpResponse | None:
        # An address comes with a sign-in only when a code that went there was typed. For a guest it is the first proof
        # that the address is theirs: without this they were asked for a second code at once.
        if how["email"] and not how["signup"] and not EmailAddress.objects.filter(user=user).exists():
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return super().pre_login(request, user, **how)

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
