"""A meet-up from the first draft to what is left of it, with a real worker, scheduler and mail server."""

import re
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest

from tests.services.conftest import _sqlite_template, make_site, smtp_sink, sqlite_url, static_root, valkey  # noqa: F401
from tests.services.moving import move, moved_to
from tests.services.site import Site, wait_until
from tests.services.smtp import SmtpSink

pytestmark = pytest.mark.services

PLACES = 12
FOLLOWER = "flo@council.example"


def act(site: Site, name: str, *arguments: object) -> dict[str, Any]:
    given = ", ".join(map(repr, arguments))
    played: dict[str, Any] = site.run(f"from tests.journeys import meetup_acts; result = meetup_acts.{name}({given})")
    return played


def at(site: Site, moment: str) -> None:
    """From now on, without any process."""
    site.more.update(moved_to(moment))  # type: ignore[attr-defined] -- a dict, as the fixture makes it


def guests(*numbers: int) -> list[str]:
    return [f"person{number}@council{number % 5}.example" for number in numbers]


def mails(sink: SmtpSink, about: str) -> dict[str, EmailMessage]:
    """The mails with these words in their subjects, by address; more than one to somebody fails."""
    found = [one for one in sink.received if about in str(one.message["Subject"])]
    by_address = {one.recipients[0]: one.message for one in found}
    assert len(by_address) == len(found), [one.recipients for one in found]
    return by_address


def link_in(mail: EmailMessage, path: str) -> str:
    text = mail.get_body(("plain",))
    assert text
    found = re.search(rf"https?://[^\s/]+{path}\S*", str(text.get_content()))
    assert found, text.get_content()
    return found[0]


def wait_for(site: Site, sink: SmtpSink, about: str, number: int) -> dict[str, EmailMessage]:
    wait_until(lambda: len(mails(sink, about)) >= number, seconds=60, otherwise=site.logs)
    return mails(sink, about)


def test_a_meetup_from_draft_to_notes(
    make_site: Callable[..., Site],  # noqa: F811
    sqlite_url: str,  # noqa: F811
    smtp_sink: SmtpSink,  # noqa: F811
) -> None:
    site = make_site(sqlite_url, RATE_LIMIT_FACTOR="0", **moved_to("2027-02-10T10:00:00+00:00"))

    site.manage("load_councils")

    assert act(site, "publish") == {
        "before": 404,
        "preview says": True,
        "agenda": [["Nine minute networking", 20], ["Who is missing?", 12]],
        "page says": True,
    }
    assert act(site, "sign_up") == {
        "states": ["cancelled", *["confirmed"] * PLACES, "waiting"],
        "list says": True,
    }

    move(site, "2027-02-23T18:00:05+00:00", "worker", "beat")
    wait_for(site, smtp_sink, "You have a place", PLACES)
    details = wait_for(site, smtp_sink, "Joining details", PLACES)
    assert sorted(details) == sorted(guests(*range(1, PLACES + 1)))
    assert list(wait_for(site, smtp_sink, "A new meet-up", 1)) == [FOLLOWER]
    assert list(mails(smtp_sink, "You now have a place")) == guests(PLACES)
    site.stop()

    joining = {who: link_in(mail, "/join/") for who, mail in details.items() if who not in guests(5)}
    at(site, "2027-02-24T10:05:00+00:00")
    held = act(site, "hold", joining)
    everybody = sorted(f"Person {n}" for n in range(1, PLACES + 1) if n != 5)
    late, *in_time = sorted(joining)
    gone = in_time[-1]
    name = "Person {}".format
    late_name, gone_name = (name(re.sub(r"person(\d+)@.*", r"\1", who)) for who in (late, gone))
    assert held == {
        "led to": ["https://video.example.org/j/1"],
        "planned twice": 0,
        "planned people": [[one for one in everybody if one != late_name]] * 2,
        "first stays": True,
        "second has": [one for one in everybody if one != gone_name],
        "repeats": 0,
        "rooms that changed": held["rooms that changed"],
        "zoom": [["Pre-assign Room Name", "Email Address"], PLACES - 2],
        "sheet says": True,
        "running": True,
        "late sees a room": True,
    }
    assert held["rooms that changed"] <= 2
    at(site, "2027-02-24T12:30:00+00:00")
    assert act(site, "read_report") == {"refused": True, "came": PLACES, "not yet asked": True}

    move(site, "2027-02-25T09:00:05+00:00", "worker", "beat")
    asked = wait_for(site, smtp_sink, "What did you think", PLACES)
    said = act(site, "say", link_in(asked[late], "/feedback/"))
    assert said == {
        "notes": "## What will you take away?\n\n- Ask who is missing",
        "hidden before": 404,
        "page says": True,
        "home says": True,
    }
    assert sorted(wait_for(site, smtp_sink, "Notes", PLACES)) == sorted(asked)
    site.stop()
    assert act(site, "look_back", late) == {"genuine": True, "record": True}

    at(site, "2027-06-10T09:00:00+00:00")
    assert act(site, "forget") == {"names": [], "came": PLACES, "notes": True}
