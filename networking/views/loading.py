"""Where every view starts: the row somebody may see, or 404; and the way back."""

from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from networking import addresses
from networking.models import Cohort, Member, Pair
from people.models import Person

Trail = list[tuple[str, str]]


def cohort_or_404(person: Person, slug: str) -> Cohort:
    """A cohort this person is in or leads."""
    mine = Cohort.objects.of(person) | Cohort.objects.led_by(person).distinct()
    return get_object_or_404(mine.select_related("programme"), slug=slug)


def led_or_404(person: Person, slug: str) -> Cohort:
    """A cohort this person leads."""
    return get_object_or_404(Cohort.objects.led_by(person).select_related("programme"), slug=slug)


def with_sprints(cohort: Cohort) -> Cohort:
    """The same cohort with its sprints read."""
    prefetch_related_objects([cohort], "sprints")
    return cohort


def member_or_404(person: Person, slug: str, *roles: str) -> Member:
    """This person's own row in a cohort, in one of these roles."""
    here = Member.objects.with_people().joined().filter(person=person, role__in=roles)
    return get_object_or_404(here, cohort__slug=slug)


def someone_or_404(cohort: Cohort, someone_pk: int) -> Member:
    """Somebody in a cohort that the caller leads."""
    return get_object_or_404(cohort.members.with_people(), pk=someone_pk)


def pair_or_404(person: Person, slug: str, pair_pk: int) -> Pair:
    """A pair this person is one of, also when it has ended, or whose cohort they lead; not for who is out of it."""
    pair = get_object_or_404(Pair.objects.with_people(), pk=pair_pk, cohort__slug=slug)
    if any(member.person_id == person.pk and member.is_here for member in (pair.councillor, pair.mentor)):
        return pair
    led_or_404(person, slug)
    return pair


def my_pair_or_404(person: Person, slug: str, pair_pk: int) -> tuple[Pair, Member]:
    """A pair that stands and that this person is one of, and which of the two they are."""
    found = Pair.objects.current().with_people().filter(cohort__slug=slug)
    pair = get_object_or_404(found, pk=pair_pk)
    for member in (pair.councillor, pair.mentor):
        if member.person_id == person.pk and member.is_here:
            return pair, member
    raise Http404


def pair_by_link_or_404(token: str, purpose: str) -> tuple[Pair, Member]:
    """The pair a mailed link is about, and whose link it is. The pair may have ended since."""
    try:
        return addresses.pair_of(token, purpose)
    except addresses.NoSuchLink as error:
        raise Http404 from error


def by_link_or_404(token: str, purpose: str) -> Member:
    """The member a mailed link is for; somebody else's, or one for another purpose, does not exist."""
    try:
        member = addresses.member_of(token, purpose)
    except addresses.NoSuchLink as error:
        raise Http404 from error
    if not member.is_here:
        raise Http404
    return member


def trail(*further: tuple[str, str]) -> Trail:
    return [("Networked councillors", reverse("networking:about")), *further]


def to_cohort(cohort: Cohort, *further: tuple[str, str]) -> Trail:
    return trail((cohort.name, cohort.get_absolute_url()), *further)
