"""`{% load dates %}`: `{{ meetup|span }}`, `{{ meetup.closes_at|moment }}`, see meetups.dates."""

from django import template

from meetups import dates
from meetups.models import Meetup

register = template.Library()

register.filter("clock", dates.clock)
register.filter("day", dates.day)
register.filter("moment", dates.moment)
register.filter("rule", dates.rule)
register.filter("of_day", dates.of_day)


@register.filter
def span(meetup: Meetup) -> str:
    """From when to when."""
    return dates.span(meetup.starts_at, meetup.ends_at)


@register.filter
def length(meetup: Meetup) -> str:
    """How long it takes."""
    return dates.length(meetup.starts_at, meetup.ends_at)
