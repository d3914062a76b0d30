"""The pictures of README and docs, taken of a demonstration site: run by script/screenshots."""

from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import walking
from tests.browser.conftest import FLAGS, PHONE, ROOT, chromium
from tests.load.site import measured_site
from tests.services.site import Site
from tests.services.smtp import SmtpSink

PICTURES = ROOT / "docs" / "pictures"
DESK, TALL = {"width": 1100, "height": 800}, {"width": 1100, "height": 1200}
FIND = """
from meetups.models import Meetup
result = Meetup.objects.get(title__startswith="Hearing").slug
"""
WHERE_THE_NEW_PARTS_ARE = """
from django.urls import reverse
from evidence.models import Theme
from networking.models import NetworkMap
carls = NetworkMap.objects.with_owners().filter(member__person__email="carl@demo.example").latest("pk")
cohort = carls.member.cohort
theme = Theme.objects.filter(steps__kind="response").select_related("inquiry").first()
result = {
    "map": carls.get_absolute_url(), "cohort": cohort.get_absolute_url(),
    "theme": reverse("evidence:theme", args=[theme.inquiry.slug, theme.pk]),
}
"""
# Rooms for everybody expected, the meet-up begun a minute ago, the clock at the first round of the agenda.
BEGIN = """
from datetime import timedelta
from django.utils import timezone
from meetups import conducting
from meetups.breakouts import planning
from meetups.models import Meetup
now, meetup = timezone.now(), Meetup.objects.get(title__startswith="Hearing")
names = "Oak\\nElm\\nAsh\\nBirch\\nRowan\\nHazel\\nMaple\\nWillow\\nAlder\\nLime\\nCherry"
plan, _ = planning.ask(meetup, planning.Settings(planning.rounds_of_agenda(meetup), "expected", names), now=now)
planning.make(plan, now=now)
before = now - timedelta(days=1)
Meetup.objects.filter(pk=meetup.pk).update(
    closes_at=before, details_at=before, starts_at=now - timedelta(minutes=1), ends_at=now + timedelta(minutes=119)
)
meetup.refresh_from_db()
conducting.act(meetup, "start", version=0, now=now - timedelta(minutes=1))
conducting.act(meetup, "next", version=1, now=now)
result = Meetup.objects.get(title__startswith="Questions").slug
"""


def main() -> None:
    path = chromium()
    assert path, "There is no Chromium on this machine."
    PICTURES.mkdir(exist_ok=True)
    with measured_site(database="sqlite", DEMO="1") as (site, sink), sync_playwright() as playwright:
        site.manage("load_councils")
        site.manage("load_sources")
        site.manage("load_programmes")
        site.manage("seed_demo")
        site.start()
        _take_all(playwright.chromium.launch(executable_path=path, args=list(FLAGS)), site, sink)


def _take_all(browser: Browser, site: Site, sink: SmtpSink) -> None:
    slug = site.run(FIND)
    desk, phone = browser.new_page(viewport=DESK), browser.new_page(viewport=PHONE)
    _take(desk, f"{site.url}/meetups/{slug}/", "meetup")
    _take(phone, f"{site.url}/meetups/{slug}/sign-up/", "sign-up-phone")
    # A page of its own: on a page of the site our security policy would strip the mail of its styles.
    _take_mail(browser.new_page(viewport=DESK), sink)
    walking.sign_in(desk, site, sink, walking.OLIVE)
    desk.set_viewport_size(TALL)
    _take(desk, f"{site.url}/organise/{slug}/", "overview")
    _take_for_organisers(desk, site, slug)
    _take_network(browser.new_page(viewport=DESK), site, sink)
    _take_councillors_and_evidence(browser, desk, site, sink)


def _take_for_organisers(desk: Page, site: Site, slug: str) -> None:
    """One for each page of docs/organisers."""
    _take(desk, f"{site.url}/organise/{slug}/agenda/", "agenda")
    _take(desk, f"{site.url}/organise/{slug}/share/", "share-kit")
    past = site.run(BEGIN)
    _take(desk, f"{site.url}/organise/{slug}/run/", "run")
    _take(desk, f"{site.url}/organise/{slug}/rooms/1/", "rooms")
    _take(desk, f"{site.url}/meetups/{past}/notes/", "notes")


def _take_network(page: Page, site: Site, sink: SmtpSink) -> None:
    walking.sign_in(page, site, sink, walking.CONNIE)
    page.goto(f"{site.url}/unmentoring/coordinate/network/")
    page.locator(".app-picture").screenshot(path=PICTURES / "network.png")


def _take_councillors_and_evidence(browser: Browser, olive: Page, site: Site, sink: SmtpSink) -> None:
    where = site.run(WHERE_THE_NEW_PARTS_ARE)
    carl, lena = browser.new_page(viewport=DESK), browser.new_page(viewport=DESK)
    walking.sign_in(carl, site, sink, walking.CARL)
    carl.goto(site.url + where["map"])
    carl.locator(".app-map-frame svg").screenshot(path=PICTURES / "map.png")
    walking.sign_in(lena, site, sink, walking.LENA)
    _take(lena, f"{site.url}{where['cohort']}", "cohort")
    olive.set_viewport_size(DESK)
    _take(olive, site.url + where["theme"], "theme")
    olive.set_viewport_size(PHONE)
    _take(olive, f"{site.url}/evidence/capture/", "capture-phone")


def _take(page: Page, url: str, name: str) -> None:
    page.goto(url)
    page.screenshot(path=PICTURES / f"{name}.png")


def _take_mail(page: Page, sink: SmtpSink) -> None:
    mail = walking.newest_mail(sink, "sam@demo.example", about="You have a place")
    html = mail.get_body(("html",))
    assert html is not None
    page.set_content(str(html.get_content()))
    page.screenshot(path=Path(PICTURES / "mail.png"))


if __name__ == "__main__":
    main()
