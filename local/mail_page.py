"""The pages that show the mail: plain HTML, no scripts, readable at 320 px and with a screen reader."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import quote

from local import totp
from local.mailbox import Mail, Mailbox, Part

SHOWN = 100
SAFE_POLICY = (
    "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
# What a message brings runs nothing and fetches nothing; its links open beside this page.
SANDBOX = "allow-popups allow-popups-to-escape-sandbox"
FRAME_POLICY = (
    f"sandbox {SANDBOX}; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
)
STYLE = (Path(__file__).parent / "mail.css").read_text()


def index(box: Mailbox, *, recipient: str) -> str:
    found = list(islice(box.newest(recipient=recipient), SHOWN + 1))
    items = "".join(_item(mail) for mail in found[:SHOWN])
    count = f"<p>Showing the newest {SHOWN} of {len(box)} messages.</p>" if len(found) > SHOWN else ""
    nothing = (
        "<p>No messages to this recipient.</p>"
        if recipient
        else "<p>No messages yet. What the site sends appears here.</p>"
    )
    clear = '<p><a href="/clear">Clear all messages</a></p>' if found else ""
    return _page(
        "Mail",
        f"""<h1>Mail</h1>
<p>Everything the site sends ends here: nothing leaves this machine. <a href="/">Show new messages</a></p>
<form role="search"><label for="to">Recipient</label>
<input id="to" name="to" type="search" value="{escape(recipient)}" autocomplete="off"> <button>Search</button></form>
{f'<ol class="mails">{items}</ol>{count}{clear}' if found else nothing}""",
    )


def _item(mail: Mail) -> str:
    return (
        f'<li><a href="/message/{mail.key}">{escape(mail.subject)}</a><br>'
        f"To {escape(mail.sent_to)}<br><small>{escape(mail.date)}</small></li>"
    )


def message(mail: Mail) -> str:
    headers = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(str(value))}</dd>"
        for name, value in mail.message.items()
        if not name.startswith("X-Sink-")
    )
    text = f"<h2>Text</h2><pre>{_with_links(mail.text)}</pre>" if mail.text is not None else ""
    return _page(
        mail.subject,
        f"""<p><a href="/">All mail</a></p>
<h1>{escape(mail.subject)}</h1>
<p>To {escape(mail.sent_to)}, {escape(mail.date)}. <a href="/message/{mail.key}/raw">Download the message</a></p>
{text}{_frame(mail)}{"".join(_part(mail, part) for part in mail.parts())}
<h2>Headers</h2><dl>{headers}</dl>""",
    )


def _frame(mail: Mail) -> str:
    if mail.html is None:
        return ""
    return (
        f'<h2>HTML</h2><iframe title="The message as HTML" sandbox="{SANDBOX}" src="/message/{mail.key}/html"></iframe>'
    )


def _part(mail: Mail, part: Part) -> str:
    link = f'<p><a href="/message/{mail.key}/part/{part.number}">Download {escape(part.name)}</a></p>'
    shown = f"<pre>{escape(part.text)}</pre>" if part.content_type.startswith("text/") else ""
    title = "Calendar" if part.content_type == "text/calendar" else "Attachment"
    return f"<h2>{title}: {escape(part.name)} ({escape(part.content_type)})</h2>{link}{shown}"


def _with_links(text: str) -> str:
    """The text as HTML, its addresses as links."""
    pieces = re.split(r"(https?://[^\s<>\"]*[^\s<>\".,;:)])", text)
    return "".join(
        f'<a href="{escape(piece)}">{escape(piece)}</a>' if number % 2 else escape(piece)
        for number, piece in enumerate(pieces)
    )


def html_body(mail: Mail) -> str:
    return '<base target="_blank">' + (mail.html or "")


def accounts(people: Sequence[Mapping[str, Any]], *, now: float) -> str:
    items = "".join(_account(person, now=now) for person in people)
    none = "<p>There are none: this site was filled by other means.</p>"
    return _page(
        "Demo accounts",
        f"""<h1>Demo accounts</h1>
<p>Ask the site for a sign-in code with one of these addresses; the code arrives on the <a href="/">mail page</a>.
Some roles are then asked for a second code, as from an authenticator app: it is shown here.</p>
{f'<ul class="mails">{items}</ul><p><a href="/accounts">Show fresh codes</a></p>' if items else none}""",
    )


def _account(person: Mapping[str, Any], *, now: float) -> str:
    email = str(person["email"])
    secret = person.get("totp_secret")
    code = (
        f'<br>Second code now: <strong class="code">{totp.code(secret, at=now)}</strong>,'
        f" good for {totp.seconds_left(at=now)} more seconds"
        if secret
        else ""
    )
    return (
        f"<li><strong>{escape(email)}</strong><br>"
        f"{escape(str(person.get('name', '')))}, {escape(str(person.get('role', '')))}."
        f" {escape(str(person.get('note', '')))}{code}<br>"
        f'<a href="/?to={quote(email)}">Mail to {escape(email)}</a></li>'
    )


def clear(box: Mailbox) -> str:
    return _page(
        "Clear all messages",
        f"""<h1>Clear all messages</h1>
<p>{len(box)} messages will be deleted. This cannot be undone.</p>
<form method="post" action="/clear"><button>Delete {len(box)} messages</button></form>
<p><a href="/">Keep them</a></p>""",
    )


def not_found() -> str:
    return _page(
        "Page not found", '<h1>Page not found</h1><p>The message may have been cleared. <a href="/">All mail</a></p>'
    )


def _page(title: str, content: str) -> str:
    return f"""<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)} – what Scrutineers sent</title>
<link rel="stylesheet" href="/mail.css"><link rel="icon" href="data:,"></head>
<body><a class="skip" href="#main">Skip to main content</a>
<nav aria-label="Pages"><a href="/">Mail</a> <a href="/accounts">Demo accounts</a></nav>
<main id="main">{content}</main></body></html>"""
