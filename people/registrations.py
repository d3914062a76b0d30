"""What this app keeps about people, for the privacy page."""

from django.conf import settings

from people import kept


def register() -> None:
    kept.register(
        "Your account and our emails",
        "Your name, email address and where you work",
        why="To know you again when you sign up or sign in, and to write to you.",
        how_long=lambda: "Until you leave. If you never signed in, with the last thing that you signed up for.",
        tables=["people.Person", "account.EmailAddress"],
    )
    kept.register(
        "Your account and our emails",
        "Passkeys and codes with which you sign in",
        why="To be sure that it is you.",
        how_long=lambda: "Until you remove them or leave.",
        tables=["mfa.Authenticator"],
    )
    kept.register(
        "Your account and our emails",
        "Your role here, what you agreed to, and which emails you want",
        why="To show you your own things, to let you do what your role is for, and to write only what you want.",
        how_long=lambda: "Until you leave.",
        tables=["people.RoleGrant", "people.Consent", "people.Preference"],
    )
    kept.register(
        "Your account and our emails",
        "The text of emails we sent you",
        why="To see whether they arrived and what they said.",
        how_long=lambda: (
            f"{settings.OUTBOX_KEEP_TEXT_DAYS} days. That we wrote, when and why, is kept without the text."
        ),
        tables=["outbox.Message"],
    )
    kept.explain(
        "people.Removal",
        because="that an administrator removed somebody who asked for it, when and why; of who it was, only a number",
    )
    kept.explain("admin.LogEntry", because="what administrators changed among the raw data; it names administrators")
