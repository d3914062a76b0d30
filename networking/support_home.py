"""What the homes of a cohort show of support meetings."""

from datetime import date, datetime, timedelta

from django.urls import reverse

from meetups import dates
from networking import silences, support_calendars, support_reading
from networking.models import Cohort, Member, Pair, PairQuerySet
from networking.needs import NOW, SOME_TIME, THIS_WEEK, TODAY, Coming, Door, Figure, Line, Need
from networking.rhythm import State
from networking.support_reading import Standing, today

MOST_LISTED = 5  # pairs that a lead's home names one by one
LONG = timedelta(days=21)


def _pairs_of(member: Member) -> PairQuerySet:
    """The pairs this member is one of now."""
    side = {"mentor": member} if member.is_mentor else {"councillor": member}
    return silences.together().filter(**side) if member.pk else Pair.objects.none()


def _standings(member: Member, now: datetime) -> list[Standing]:
    if not (member.is_mentor or member.is_councillor):
        return []
    return list(support_reading.of(_pairs_of(member), now).values())


def needs_of(member: Member, now: datetime) -> list[Need]:
    """For the two: a meeting to log or to agree on. For leads: pairs that are silent."""
    if member.is_lead:
        return _needs_of_lead(member.cohort, now)
    return [need for standing in _standings(member, now) for need in _needs_of_one(standing, member, now)]


def _needs_of_one(standing: Standing, member: Member, now: datetime) -> list[Need]:
    other, planned = standing.pair.other(member).person.name, standing.next_meeting
    if planned and planned.on <= today(now):
        line = f"You and {other} agreed to meet on {dates.day(planned.on)}."
        return [Need(line, _url("log_meeting", standing.pair), "Log the meeting", TODAY)]
    if standing.is_late:
        line = f"A meeting with {other} was expected by {dates.day(standing.expected_on)}."
        return [Need(line, _url("log_meeting", standing.pair), "Log it, or agree on a day", TODAY)]
    if planned is None and (standing.state == State.DUE or standing.never_met):
        line = f"Agree with {other} when you meet: a meeting is expected by {dates.day(standing.expected_on)}."
        urgency = THIS_WEEK if standing.state == State.DUE else SOME_TIME
        return [Need(line, _url("next_meeting", standing.pair), "Agree on a day", urgency)]
    return []


def _needs_of_lead(cohort: Cohort, now: datetime) -> list[Need]:
    silent = [one for one in of_cohort(cohort, now) if one.needs_lead]
    url = reverse("networking:support", args=[cohort.slug])
    needs = [Need(silence_line(one), url, "See what you can do", NOW) for one in silent[:MOST_LISTED]]
    more = len(silent) - MOST_LISTED
    if more > 0:
        who = "1 more pair needs" if more == 1 else f"{more} more pairs need"
        needs.append(Need(f"{who} attention because they do not meet.", url, "See them all", NOW))
    return needs


def of_cohort(cohort: Cohort, now: datetime) -> list[Standing]:
    """Every pair of a cohort that is watched: who needs the lead first, then the latest, then by name."""
    standings = support_reading.of(silences.watched().filter(cohort=cohort), now).values()
    return sorted(
        standings, key=lambda one: (not one.needs_lead, one.expected_on, str(one.pair.councillor), one.pair.pk)
    )


def silence_line(standing: Standing) -> str:
    """Ann and Mo: no meeting since 3 March. Ann: we found no time."""
    pair = standing.pair
    who = f"{pair.councillor.person.name} and {pair.mentor.person.name}"
    since = dates.day(standing.since)
    line = (
        f"{who} were introduced on {since} and have not met."
        if standing.never_met
        else f"{who}: no meeting since {since}."
    )
    return f"{line} {why_line(standing)}"


def why_line(standing: Standing) -> str:
    """What the two said, or that they said nothing."""
    said = [f"{one.member.person.get_short_name()}: “{one.get_why_not_display()}”." for one in standing.said]
    return " ".join(said) or "Both were asked; nobody has answered."


def coming_for(member: Member, now: datetime) -> list[Coming]:
    found = [(one, one.next_meeting) for one in _standings(member, now)]
    return [
        Coming(
            support_calendars.starts_at(planned),
            f"Support meeting with {one.pair.other(member).person.name}",
            _url("pair", one.pair),
            planned.at is None,
        )
        for one, planned in found
        if planned and planned.on >= today(now)
    ]


def doors_of(member: Member) -> list[Door]:
    if member.is_lead:
        url = reverse("networking:support", args=[member.cohort.slug])
        return [Door("Support meetings", url, "who meets, who does not, and why")]
    if not member.is_councillor:
        return []
    return [
        Door("My support meetings", _url("pair", pair), "log, change, agree on the next") for pair in _pairs_of(member)
    ]


def lines_for(cohort: Cohort, now: datetime) -> dict[int, Line]:
    """By councillor: how the meetings stand."""
    return {one.pair.councillor_id: _line(one) for one in of_cohort(cohort, now)}


def _line(one: Standing) -> Line:
    met = "No meeting yet" if one.never_met else f"Last met {short(one.since)}"
    url = _url("pair", one.pair)
    if one.is_late:
        return Line(
            f"{str(one.state).capitalize()}: expected by {short(one.expected_on)}. {met}", 2 * one.needs_lead, url
        )
    if one.next_meeting:
        return Line(f"Next {short(one.next_meeting.on)}. {met}", 0, url)
    return Line(f"{str(one.state).capitalize()}, by {short(one.expected_on)}. {met}", 0, url)


def short(day: date) -> str:
    return f"{day.day} {day:%B}"


def figures_of(cohort: Cohort, now: datetime) -> list[Figure]:
    """How many have not met for long. Nothing before anybody is matched."""
    standings = of_cohort(cohort, now)
    if not standings:
        return []
    long_ago = sum(1 for one in standings if one.since < today(now) - LONG)
    return [Figure(f"{long_ago} of {len(standings)}", f"pairs have had no support meeting in {LONG.days} days")]


def _url(name: str, pair: Pair) -> str:
    return reverse(f"networking:{name}", args=[pair.cohort.slug, pair.pk])
