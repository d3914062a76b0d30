"""An SMTP server that keeps what it is given, and a web page to read it. Loopback only.

Usage: python -m local.mail SMTP_PORT PAGE_PORT DATA_DIR
"""

import json
import signal
import sys
import threading
import time
from collections.abc import Callable
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from local import mail_page
from local.mailbox import Mail, Mailbox


class Sink:
    """Takes every message for every address."""

    def __init__(self, box: Mailbox) -> None:
        self.box = box

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 -- aiosmtpd's names
        self.box.add(bytes(envelope.original_content or b""), [str(address) for address in envelope.rcpt_tos])
        return "250 kept"


class Page(BaseHTTPRequestHandler):
    """One request to the mail page."""

    box: Mailbox
    accounts_file: Path
    server_version = "Mail"
    sys_version = ""

    @cached_property
    def is_from_here(self) -> bool:
        """Whether the browser means this page: no other site may read or clear the mail through it."""
        host, origin = self.headers.get("Host", ""), self.headers.get("Origin")
        is_ours = host.partition(":")[0] in {"localhost", "127.0.0.1"}
        return is_ours and (self.command != "POST" or origin == f"http://{host}")

    def do_GET(self) -> None:
        if not self.is_from_here:
            self.answer("Not from here", status=403)
            return
        address = urlsplit(self.path)
        head, *rest = address.path.strip("/").split("/")
        pages: dict[str, Callable[[], None]] = {
            "": lambda: self.answer(mail_page.index(self.box, recipient=parse_qs(address.query).get("to", [""])[0])),
            "mail.css": lambda: self.answer(mail_page.STYLE, kind="text/css"),
            "accounts": lambda: self.answer(mail_page.accounts(self.accounts(), now=time.time())),
            "clear": lambda: self.answer(mail_page.clear(self.box)),
            "message": lambda: self.show(rest),
        }
        pages.get(head, self.not_found)()

    do_HEAD = do_GET  # noqa: N815 -- http.server's name

    def do_POST(self) -> None:
        if not self.is_from_here:
            self.answer("Not from here", status=403)
        elif self.path != "/clear":
            self.not_found()
        else:
            self.box.clear()
            self.send_response(303)
            self.send_header("Location", "/")
            self.send_header("Content-Length", "0")
            self.end_headers()

    def show(self, path: list[str]) -> None:
        mail = self.box.get(path[0]) if path else None
        match mail, path[1:]:
            case Mail(), []:
                self.answer(mail_page.message(mail))
            case Mail(), ["html"] if mail.html is not None:
                self.answer(mail_page.html_body(mail), policy=mail_page.FRAME_POLICY)
            case Mail(), ["raw"]:
                self.answer(self.box.raw(mail.key), kind="message/rfc822", name=f"{mail.key}.eml")
            case Mail(), ["part", number] if number in {str(part.number) for part in mail.parts()}:
                part = mail.parts()[int(number)]
                self.answer(part.content, kind=part.content_type, name=part.name)
            case _:
                self.not_found()

    def accounts(self) -> list[dict[str, Any]]:
        try:
            people: list[dict[str, Any]] = json.loads(self.accounts_file.read_text())
        except (OSError, ValueError):
            return []
        return people

    def not_found(self) -> None:
        self.answer(mail_page.not_found(), status=404)

    def answer(
        self,
        content: str | bytes,
        *,
        status: int = 200,
        kind: str = "text/html",
        policy: str = mail_page.SAFE_POLICY,
        name: str | None = None,
    ) -> None:
        body = content.encode() if isinstance(content, str) else content
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", policy)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "same-origin")
        self.send_header("Cache-Control", "no-store")
        if name is not None:
            safe = "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in name)
            self.send_header(
                "Content-Disposition", f'attachment; filename="{safe.encode("ascii", "replace").decode()}"'
            )
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- http.server's name
        """Say nothing: addresses hold keys of messages."""


def serve(smtp_port: int, page_port: int, data_dir: Path) -> None:
    """Run both servers until told to stop."""
    box = Mailbox(data_dir / "mail")
    controller = Controller(Sink(box), hostname="127.0.0.1", port=smtp_port)
    page = type("BoundPage", (Page,), {"box": box, "accounts_file": data_dir / "demo.json"})
    web = ThreadingHTTPServer(("127.0.0.1", page_port), page)
    controller.start()
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=web.shutdown).start())
    try:
        web.serve_forever()
    finally:
        web.server_close()
        controller.stop()


if __name__ == "__main__":
    serve(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
