"""A real Chromium looking at a real site. Without a Chromium these tests are skipped and say so; CI installs one."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from tests.services.broker import Valkey
from tests.services.conftest import (  # noqa: F401 -- fixtures
    _sqlite_template,
    make_site,
    smtp_sink,
    sqlite_url,
    static_root,
    valkey,
)
from tests.services.site import Site, copied_sqlite

ROOT = Path(__file__).resolve().parent.parent.parent
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 640}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A window that was slow once gets a second try, and the run lists it. No other test does: a promise that is kept
    nineteen times of twenty is broken."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


def chromium() -> str | None:
    """The system's Chromium first, then one of Playwright's own."""
    named = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return next((path for path in named if path), own if Path(own).exists() else None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        assert not os.environ.get("CI"), "CI has to install a Chromium: see .ci/run"
        pytest.skip("There is no Chromium on this machine.")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def _demo_template(_sqlite_template, static_root, tmp_path_factory) -> Path:  # noqa: F811
    """The folder of a demonstration site, to be copied: seeding takes half a minute, copying does not."""
    folder = tmp_path_factory.mktemp("demo")
    broker = Valkey(tmp_path_factory.mktemp("broker"))
    broker.start()
    try:
        nowhere = "smtp://127.0.0.1:9"
        made = Site(folder, copied_sqlite(_sqlite_template, folder), broker.url, nowhere, static_root, {"DEMO": "1"})
        for command in ("load_councils", "load_sources", "load_programmes", "seed_demo"):
            made.manage(command)
    finally:
        broker.kill()
    return folder


@pytest.fixture
def site(make_site, tmp_path, _demo_template) -> Site:  # noqa: F811
    """A whole demonstration site: web, worker, beat, and mail going to `smtp_sink`."""
    shutil.copytree(_demo_template, tmp_path, dirs_exist_ok=True)
    made: Site = make_site(f"sqlite:///{tmp_path / 'db.sqlite3'}", DEMO="1", RATE_LIMIT_FACTOR="0")
    made.start()
    return made


def _stay_here(route: Route) -> None:
    """No request leaves this machine, whatever a page asks for."""
    if urlsplit(route.request.url).hostname in {"localhost", "127.0.0.1"}:
        route.continue_()
    else:
        route.fulfill(status=200, content_type="text/html", body="<title>Elsewhere</title><h1>Elsewhere</h1>")


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a window: `visit()`, `visit(javascript=False)`, `visit(viewport=PHONE)`; an error in its console fails."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def open_window(*, javascript: bool = True, viewport: dict[str, int] = DESKTOP) -> Page:
        context = browser.new_context(java_script_enabled=javascript, viewport=viewport, locale="en-GB")
        contexts.append(context)
        context.route("**/*", _stay_here)
        page = context.new_page()
        page.set_default_timeout(30000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if _is_error(said.type, said.text) else None)
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert wrong == []


def _is_error(kind: str, text: str) -> bool:
    # A page that answers 404 or 400 on purpose, or a connection that the test cut, is not a mistake of the page.
    on_purpose = ("the server responded with a status of 4", "net::ERR_INTERNET_DISCONNECTED")
    return kind == "error" and not any(words in text for words in on_purpose)


def violations(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 A and AA on the page once it is whole."""
    page.wait_for_load_state()
    page.evaluate(AXE.read_text())
    found = page.evaluate(
        """async () => (await axe.run(
            {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
        )).violations.map(v => v.id + ": " + v.nodes.map(n => n.html.slice(0, 160)).join(" | "))"""
    )
    return [f"{page.url}: {one}" for one in found]


def is_wider_than_its_window(page: Page) -> bool:
    """Whether one has to scroll sideways, once the page is whole."""
    page.wait_for_load_state()
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
