"""The words that leave when two are matched, and when a pair ends: one function per e-mail."""

from datetime import UTC, datetime
from typing import Any

from django.urls import reverse

from networking import addresses
from networking.models import Member, Pair
from outbox import queue
from people.models import Person

TEMPLATE = "networking/introduction"


def introduction(pair: Pair) -> None:
    """To both: who the other is, why these two, how to begin, where to log it.

    An answer does not go to the other: it would quote links that are the reader's alone.
    """
    for member in (pair.councillor, pair.mentor):
        queue.queue(
            key=f"networking.introduction:pair={pair.pk}:member={member.pk}",
            to=member.person.email,
            template=TEMPLATE,
            context=_first_words(pair, member),
        )


def introduction_words(pair: Pair, member: Member) -> queue.Words:
    """What it would say; the pair may be unsaved."""
    return queue.render(TEMPLATE, _first_words(pair, member))


def _first_words(pair: Pair, member: Member) -> dict[str, Any]:
    return {
        **about(pair, member),
        "log_url": _link(addresses.LOG, pair, member),
        "leads": _leads(pair),
        "next_url": _link(addresses.MOVED, pair, member),
    }


def _leads(pair: Pair) -> list[Person]:
    """Whom to tell when these two should not be matched."""
    members = Member.objects.filter(cohort=pair.cohort_id).leads().joined().select_related("person")
    return [lead.person for lead in members.order_by("person__name", "pk")]


def _link(purpose: str, pair: Pair, member: Member) -> str:
    """In a preview, where there is no pair yet, the page of the cohort: nothing in it lets anybody in."""
    return addresses.of_pair(purpose, pair, member) if pair.pk else pair_page(pair)


def ended(pair: Pair, member: Member) -> None:
    """To one of them: this pair has ended, and what happens now."""
    queue.queue(
        key=f"networking.pair_ended:pair={pair.pk}:member={member.pk}",
        to=member.person.email,
        template="networking/pair_ended",
        context=about(pair, member),
    )


def about(pair: Pair, member: Member) -> dict[str, Any]:
    """What every letter about a pair says to one of the two."""
    other = pair.other(member)
    return {
        "pair": pair,
        "cohort": pair.cohort,
        "first_name": member.person.get_short_name(),
        "is_mentor": member.pk == pair.mentor_id,
        "other": other,
        "other_name": other.person.name,
        "other_works_at": other.person.works_at,
        "other_first_name": other.person.get_short_name(),
        "pair_url": pair_page(pair),
    }


def pair_page(pair: Pair) -> str:
    if not pair.pk:
        return addresses.absolute(pair.cohort.get_absolute_url())
    return addresses.absolute(reverse("networking:pair", args=[pair.cohort.slug, pair.pk]))


def at(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
