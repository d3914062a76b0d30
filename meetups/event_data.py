"""A meet-up as schema.org describes events, for search engines. The join link is not in it."""

from collections.abc import Sequence
from typing import Any

from meetups import addresses
from meetups.models import Meetup, Sponsor
from meetups.timings import LONDON

_CONTEXT = "https://schema.org"
_ATTENDANCE = {"online": "Online", "room": "Offline", "both": "Mixed"}


def event(meetup: Meetup, sponsors: Sequence[Sponsor], *, site_name: str) -> dict[str, Any]:
    url = addresses.page(meetup)
    status = "EventCancelled" if meetup.is_cancelled else "EventScheduled"
    data: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "Event",
        "@id": url,
        "name": meetup.title,
        "description": meetup.summary,
        "url": url,
        "startDate": meetup.starts_at.astimezone(LONDON).isoformat(),
        "endDate": meetup.ends_at.astimezone(LONDON).isoformat(),
        "eventStatus": f"{_CONTEXT}/{status}",
        "eventAttendanceMode": f"{_CONTEXT}/{_ATTENDANCE[meetup.mode]}EventAttendanceMode",
        "location": _locations(meetup, url),
        "isAccessibleForFree": True,
        "maximumAttendeeCapacity": sum(meetup.places(way) for way in meetup.ways),
        "organizer": {"@type": "Organization", "name": site_name, "url": addresses.absolute("/")},
        "offers": _offer(meetup, url),
    }
    if sponsors:
        data["sponsor"] = [_organisation(sponsor) for sponsor in sponsors]
    return data


def _organisation(sponsor: Sponsor) -> dict[str, str]:
    """Only what is known: another page than their own would say that it is theirs."""
    known = {
        "name": sponsor.name,
        "url": sponsor.url,
        "logo": addresses.absolute(sponsor.logo_path) if sponsor.logo_path else "",
    }
    return {"@type": "Organization", **{name: value for name, value in known.items() if value}}


def _locations(meetup: Meetup, url: str) -> list[dict[str, str]]:
    online = {"@type": "VirtualLocation", "url": url}
    room = {"@type": "Place", "name": meetup.venue, "address": meetup.address}
    return [online if way == "online" else room for way in meetup.ways]


def _offer(meetup: Meetup, url: str) -> dict[str, Any]:
    availability = "InStock" if meetup.all_places_left else "SoldOut"
    return {
        "@type": "Offer",
        "price": 0,
        "priceCurrency": "GBP",
        "url": url,
        "availability": f"{_CONTEXT}/{availability}",
        "availabilityEnds": meetup.closes_at.astimezone(LONDON).isoformat(),
    }
