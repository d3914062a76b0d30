"""A cohort from the invitation to its evaluation, with a real worker, scheduler and mail server."""

from collections import Counter
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest

from tests.journeys.test_a_whole_meetup import link_in, wait_for
from tests.services.conftest import _sqlite_template, make_site, smtp_sink, sqlite_url, static_root, valkey  # noqa: F401
from tests.services.moving import move, moved_to
from tests.services.site import Site, wait_until
from tests.services.smtp import Received, SmtpSink

pytestmark = pytest.mark.services

COUNCILLORS = [f"councillor{n}@council.example" for n in range(1, 7)]
SURVEY = "/networked-councillors/survey/"
MENTORS = [f"mentor{n}@council.example" for n in range(1, 4)]


def act(site: Site, name: str, *arguments: object) -> dict[str, Any]:
    given = ", ".join(map(repr, arguments))
    played: dict[str, Any] = site.run(f"from tests.journeys import cohort_acts; result = cohort_acts.{name}({given})")
    return played


def links(mails: dict[str, Any], path: str, people: list[str]) -> dict[str, str]:
    return {who: link_in(mails[who], path) for who in people}


def test_a_cohort_from_invitation_to_evaluation(
    make_site: Callable[..., Site],  # noqa: F811
    sqlite_url: str,  # noqa: F811
    smtp_sink: SmtpSink,  # noqa: F811
) -> None:
    site = make_site(sqlite_url, RATE_LIMIT_FACTOR="0", **moved_to("2027-01-11T10:00:00+00:00"))
    site.manage("load_councils")

    assert act(site, "invite") == {"sprints": 3, "looked through": True, "before confirming": 0, "invited": 9}
    move(site, "2027-01-11T10:05:00+00:00", "worker", "beat")
    invited = wait_for(site, smtp_sink, "invites you to Suffolk 2027", 9)
    assert sorted(invited) == [*COUNCILLORS, *MENTORS]
    accept = links(invited, "/networked-councillors/accept/", [*COUNCILLORS, *MENTORS])
    assert act(site, "say_yes", accept) == {"joined": 9}
    assert act(site, "match") == {"shown": True, "pairs": 6, "state": "running"}

    move(site, "2027-02-01T10:00:05+00:00", "worker", "beat")
    assert sorted(wait_for(site, smtp_sink, "your mentor is", 6)) == COUNCILLORS
    first = councillors(site, smtp_sink, "a few questions")
    nudged = councillors(site, smtp_sink, "met?")
    site.stop()
    assert act(site, "answer", links(first, SURVEY, COUNCILLORS), 2)["answered"][0] == 6
    assert act(site, "meet", links(nudged, "/networked-councillors/meeting/", COUNCILLORS)) == {"met": 5}

    move(site, "2027-02-05T10:00:05+00:00", "worker", "beat")
    seen: list[str] = []
    wait_until(lambda: seen.extend(act(site, "see_silence")["needs"]) or seen, seconds=60, otherwise=site.logs)
    assert [line.count("Councillor6") for line in seen] == [1]
    assert len(to_councillors(smtp_sink, "met?")) == 6

    move(site, "2027-03-11T10:00:05+00:00", "worker", "beat")
    later = councillors(site, smtp_sink, "a few questions", each=2)
    site.stop()
    assert act(site, "answer", links(later, SURVEY, COUNCILLORS), 4)["answered"][:2] == [6, 6]
    move(site, "2027-04-02T10:00:00+00:00")
    # People, before, after, change, likely range: everybody changed by two, in each question of both surveys.
    by_two = ["6", "2.0", "4.0", "2.0", "not known"]
    assert act(site, "evaluate") == {"page": True, "word": ["5", "5 of 6"], "changes": [by_two] * 8}


def to_councillors(sink: SmtpSink, about: str) -> list[Received]:
    return [one for one in sink.received if one.recipients[0] in COUNCILLORS and about in str(one.message["Subject"])]


def councillors(site: Site, sink: SmtpSink, about: str, *, each: int = 1) -> dict[str, EmailMessage]:
    """The newest mail of this kind to each councillor, once everybody has so many and nobody more."""
    wanted = each * len(COUNCILLORS)
    wait_until(lambda: len(to_councillors(sink, about)) >= wanted, seconds=60, otherwise=site.logs)
    found = to_councillors(sink, about)
    assert Counter(one.recipients[0] for one in found) == dict.fromkeys(COUNCILLORS, each)
    return {one.recipients[0]: one.message for one in found}
