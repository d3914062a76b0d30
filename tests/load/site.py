"""A real site for measuring, with a database, a broker and a mail server of its own."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from local import postgres
from tests.services import site
from tests.services.broker import Valkey
from tests.services.smtp import SmtpSink


@contextmanager
def measured_site(*, database: str, **more: str) -> Iterator[tuple[site.Site, SmtpSink]]:
    """A migrated site on "sqlite" or "postgresql" with nothing running yet, and the mail server it writes to."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        valkey, sink = Valkey(folder), SmtpSink()
        valkey.start()
        stack.callback(valkey.kill)
        sink.start()
        stack.callback(sink.stop)
        url = f"sqlite:///{folder / 'db.sqlite3'}"
        if database == "postgresql":
            url = stack.enter_context(postgres.running())
        static = site.collected_static(folder)
        made = site.Site(folder, url, valkey.url, sink.url, static, {"RATE_LIMIT_FACTOR": "0", **more})
        stack.callback(made.kill)
        made.manage("migrate", "--verbosity=0")
        yield made, sink
