"""A web server that means harm, on loopback: it drips, sends bombs, and sends people on to where they should not go."""

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

PAGE = b"<html><head><title>A page of ours</title></head><body>Text</body></html>"


class Handler(BaseHTTPRequestHandler):
    """`/page`, `/to/<address>`, `/drip/head`, `/drip/body`, `/bomb`, `/large`, `/status/<n>`, `/kind/<type>`."""

    server: Any

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        what, _, rest = self.path.lstrip("/").partition("/")
        with suppress(OSError):
            getattr(self, f"say_{what}", self.say_page)(unquote(rest))

    def say(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in ({"Content-Type": "text/html; charset=utf-8"} | said).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def say_page(self, rest: str) -> None:
        self.say(PAGE, Set_Cookie="seen=1")

    def say_to(self, address: str) -> None:
        self.say(b"", 302, Location=address)

    def say_round(self, rest: str) -> None:
        self.say(b"", 302, Location=f"/round/{int(rest) + 1}")

    def say_status(self, rest: str) -> None:
        self.say(b"", int(rest))

    def say_kind(self, rest: str) -> None:
        self.say(b"%PDF-1.7", Content_Type=rest)

    def say_bomb(self, rest: str) -> None:
        self.say(gzip.compress(b"0" * 10_000_000), Content_Encoding="gzip")

    def say_large(self, rest: str) -> None:
        self.say(b"<title>Large</title>" + b"x" * 10_000_000)

    def say_drip(self, rest: str) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        if rest == "body":
            self.wfile.write(b"Content-Type: text/html\r\n\r\n")
        for _ in range(400):
            self.wfile.write(b"X")
            time.sleep(0.05)

    def log_message(self, *args: Any) -> None:
        pass


@contextmanager
def serving() -> Iterator[Any]:
    """`.url` and `.port`, and `.asked` with what was asked for."""
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads, server.asked = True, []
    server.port = server.server_address[1]
    server.url = f"http://127.0.0.1:{server.port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@contextmanager
def silent() -> Iterator[int]:
    """The port of a server that takes the connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]
