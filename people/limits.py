"""How often a thing may be asked for, counted in the shared cache in fixed windows."""

import hashlib
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


@dataclass(frozen=True)
class Rate:
    """`amount` per `seconds`, counted per "ip", per "person" or per "key" (what the request is about)."""

    amount: int
    seconds: int
    per: str


def allows(request: HttpRequest, action: str, *, key: str = "") -> bool:
    """Count this request; False when it is one too many. Without a cache everybody is let through."""
    counted = [_count(request, action, key, Rate(*rate)) for rate in settings.RATE_LIMITS[action]]
    return all(counted)


def is_used_up(request: HttpRequest, action: str, *, key: str = "") -> bool:
    """Whether the next one would be one too many, without counting this request."""
    rates = [Rate(*rate) for rate in settings.RATE_LIMITS[action]] if settings.RATE_LIMIT_FACTOR else []
    counts = [cache.get(_name(request, action, key, rate), 0) for rate in rates]
    return any(count >= rate.amount * settings.RATE_LIMIT_FACTOR for count, rate in zip(counts, rates, strict=True))


def _count(request: HttpRequest, action: str, key: str, rate: Rate) -> bool:
    if not settings.RATE_LIMIT_FACTOR or (rate.per == "key" and not key):
        return True  # whoever leaves out what is counted would otherwise be counted together with everybody who does
    name = _name(request, action, key, rate)
    cache.add(name, 0, rate.seconds)
    try:
        return cache.incr(name) <= rate.amount * settings.RATE_LIMIT_FACTOR
    except ValueError:  # the window ended between the two calls
        return True


def _name(request: HttpRequest, action: str, key: str, rate: Rate) -> str:
    return f"limit:{action}:{rate.seconds}:{_who(request, key, rate.per)}"


def _who(request: HttpRequest, key: str, per: str) -> str:
    if per == "ip":
        return f"ip:{get_adapter().get_client_ip(request)}"
    about = str(request.user.pk) if per == "person" else key.casefold()
    return f"{per}:{hashlib.sha256(about.encode(errors='replace')).hexdigest()[:32]}"
