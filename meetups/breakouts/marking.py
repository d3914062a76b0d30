"""What a host marks by hand: who is here, and who is kept apart."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from meetups import signups
from meetups.breakouts import circle
from meetups.models import KeepApart, Meetup, Presence, RoomMember, SignUp


@transaction.atomic
def mark(meetup: Meetup, *, ticked: Collection[int], was_ticked: Collection[int], now: datetime) -> int:
    """Take over what a host changed on the list, and only that: whoever joined meanwhile stays. How many changed."""
    Meetup.objects.locked(meetup.pk)
    changed = set(ticked) ^ set(was_ticked)
    for signup in circle.on_the_list(meetup):
        if signup.pk in changed:
            _mark(signup, is_here=signup.pk in ticked, now=now)
    return len(changed)


def _mark(signup: SignUp, *, is_here: bool, now: datetime) -> None:
    """Here means that they came. Not here takes that back where it was said by hand and they were in no round yet."""
    before = circle.mark_of(signup)
    by_hand = bool(before and before.counted_in)
    if is_here:
        by_hand = by_hand or signup.came_at is None
        signups.count_in(signup, now=now)
    elif by_hand and not _was_in_a_round(signup):
        SignUp.objects.filter(pk=signup.pk).update(came_at=None)
        by_hand = False
    Presence.objects.update_or_create(signup=signup, defaults={"is_here": is_here, "counted_in": by_hand, "at": now})


def _was_in_a_round(signup: SignUp) -> bool:
    return RoomMember.objects.filter(signup=signup, round__held_at__isnull=False).exists()


def keep_apart(meetup: Meetup, one: SignUp, other: SignUp) -> bool:
    """Whether that is new."""
    first, second = sorted((one.pk, other.pk))
    return KeepApart.objects.get_or_create(meetup=meetup, one_id=first, other_id=second)[1]


def let_meet(meetup: Meetup, pk: int) -> bool:
    """No longer keep these two apart; whether they were."""
    return KeepApart.objects.filter(meetup=meetup, pk=pk).delete()[0] > 0
