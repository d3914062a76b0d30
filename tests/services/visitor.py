"""A browser without JavaScript, over a real connection: keeps cookies, fills in forms, follows redirects."""

import http.client
import re
from contextlib import closing
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Page:
    status: int
    body: str
    url: str
    headers: dict[str, str]


@dataclass
class Visitor:
    """One visitor of the site on this loopback port."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Page:
        return self._ask("GET", path)

    def post(self, path: str, fields: dict[str, str], *, form_at: str = "") -> Page:
        """Open the page (or the one with the form), fill in its form, send it, and go where the answer leads."""
        form = self.get(form_at or path)
        token = TOKEN.search(form.body)
        assert token, f"no form at {form_at or path}: {form.status}\n{form.body[:500]}"
        answer = self._ask("POST", path, urlencode({"csrfmiddlewaretoken": token[1], **fields}))
        return self.get(answer.headers["Location"]) if answer.status in {302, 303} else answer

    def sign_up(self, slug: str, *, email: str, name: str = "Guest Gill", **fields: str) -> Page:
        return self.post(f"/meetups/{slug}/sign-up/", {"name": name, "email": email, "works_at": "Wessex", **fields})

    def _ask(self, method: str, path: str, body: str | None = None) -> Page:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://localhost:{self.port}"}
        parts = urlsplit(path)
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        with closing(http.client.HTTPConnection("localhost", self.port, timeout=60)) as connection:
            connection.request(method, target, body, headers)
            answer = connection.getresponse()
            self._keep(answer.headers.get_all("Set-Cookie") or [])
            return Page(answer.status, answer.read().decode(), target, dict(answer.headers))

    def _keep(self, lines: list[str]) -> None:
        for line in lines:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
