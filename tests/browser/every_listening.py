"""The pages of an inquiry on a demonstration site, for its officer and for those behind links. Runs inside the site."""

from evidence import addresses, reports, sessions
from evidence.models import HandOff, Inquiry, Item, ListeningSession, Report, ReportLink, Seat, Step, Theme


def make() -> dict[str, list[str]]:
    inquiry = Inquiry.objects.get(slug="care-closer-to-home")
    home = f"/evidence/inquiries/{inquiry.slug}/"
    return {"officer": [home + page for page in _officers(inquiry)], "links": _links(inquiry)}


def _officers(inquiry: Inquiry) -> list[str]:
    waiting, accepted = Item.objects.of(inquiry).waiting()[0], Item.objects.of(inquiry).accepted()[0]
    theme, empty = Theme.objects.filter(inquiry=inquiry)[:2]
    report, session, step = inquiry.reports.get(), inquiry.sessions.get(), Step.objects.filter(theme=theme)[0]
    return [
        *("", "items/", "items/?q=bus", "items/?q=nothing+like+this", "review/", f"review/?done={accepted.pk}"),
        *(f"items/{item.pk}/{page}" for item in (waiting, accepted) for page in ("", "custody/")),
        *(f"items/{item.pk}/{page}/" for item in (waiting, accepted) for page in ("quote", "keep", "consent")),
        *(f"items/{accepted.pk}/overlap/", "overrides/", "stops/", "searches/", "close/", "hold/"),
        f"review/{waiting.pk}/aside/",
        *("themes/", "themes/new/", f"themes/{theme.pk}/", f"themes/{empty.pk}/", f"themes/{theme.pk}/edit/"),
        *(f"themes/{theme.pk}/steps/{page}" for page in ("new/", f"{step.pk}/")),
        *("reports/", "reports/new/", "reports/useful/"),
        *(f"reports/{report.pk}/{page}" for page in ("", "publish/", "hand-off/")),
        *("sessions/", "sessions/new/", f"sessions/{session.pk}/", f"sessions/{session.pk}/board/"),
    ]


def _links(inquiry: Inquiry) -> list[str]:
    """A link to the report, one that has ended, a receipt, the door, a room in a pair, one without, and one over."""
    report = Report.objects.get(inquiry=inquiry)
    session = ListeningSession.objects.get(inquiry=inquiry)
    arrived, gone = (sessions.make(inquiry, meetup=None, minutes=30, now=session.made_at, by=None) for _ in range(2))
    over = _arrives(gone)
    sessions.end(gone, now=session.made_at)
    rooms = (Seat.objects.filter(session=session)[0], _arrives(arrived), over)
    return [
        _path(addresses.of_link(ReportLink.objects.get(report=report, revoked_at=None))),
        _path(addresses.of_link(_ended(report))),
        _path(addresses.of_hand_off(HandOff.objects.get(report=report))),
        "/evidence/join/",
        *(addresses.of_room(seat) for seat in rooms),
    ]


def _ended(report: Report) -> ReportLink:
    made = reports.publish(
        report, label="Members", expires_on=report.made_at.date(), now=report.made_at, by=report.made_by
    )
    reports.revoke(made, now=report.made_at)
    return made


def _arrives(session: ListeningSession) -> Seat:
    return sessions.join(session, sessions.Arrival("Gita", "resident", is_used_to_it=False), now=session.made_at)


def _path(url: str) -> str:
    return "/" + url.split("/", 3)[3]
