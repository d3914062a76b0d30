"""Saving what was heard: a draft in an inbox, handed in to an inquiry, changed without losing anybody's words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F

from evidence import authors, history, links, overrides, screenshots, sightings
from evidence.models import Inquiry, Item, ItemEvent, Search, Sighting, StopShown, Topic, sensitive
from people.models import Person


@dataclass(frozen=True)
class Said:
    """What somebody typed, pasted or shared. `author` is turned into a code and not kept; `platform` counts where the
    link does not tell."""

    topic: Topic | None = None
    link: str = ""
    platform: str = ""
    title: str = ""
    exact_words: str = ""
    our_words: str = ""
    tells_us: str = ""
    does_not_tell_us: str = ""
    described_as: str = ""
    month: date | None = None
    seen_without_login: bool | None = None
    author: str = ""
    author_kind: str = ""
    stance: str = ""
    tone: str = ""
    categories: Sequence[str] = ()
    minutes: int | None = None
    search: Search | None = None


_AS_TYPED = (
    *("topic", "link", "title", "exact_words", "our_words", "tells_us", "does_not_tell_us", "described_as", "month"),
    *("seen_without_login", "author_kind", "stance", "tone", "minutes", "search", "platform"),
)


def said_of(item: Item) -> dict[str, Any]:
    """What is kept of an item, as `Said` takes it: without the author, of whom there is only a code."""
    return {**{name: getattr(item, name) for name in _AS_TYPED}, "categories": list(item.categories)}


class AProfile(Exception):
    """The link leads to a person's profile: that is never kept."""


@transaction.atomic
def save_draft(said: Said, *, now: datetime, by: Person) -> Item:
    """Into the person's own inbox, seen by nobody else, perhaps without a topic yet. Raises AProfile."""
    return Item.objects.create(**_columns(said, None), saved_by=by, saved_at=now, changed_at=now)


class ChangedMeanwhile(Exception):
    """Somebody else, or the same person in another window, saved it after this one was opened."""


class KnownAlready(Exception):
    """The inquiry has an item with this link: `item`."""

    def __init__(self, item: Item) -> None:
        super().__init__(item)
        self.item = item


@transaction.atomic
def change(item: Item, said: Said, *, version: int, now: datetime, by: Person) -> Item:
    """Save over the version somebody saw; raises ChangedMeanwhile, KnownAlready, OneAuthorAgain or AProfile, and then
    changes nothing.

    The history of what was handed in says which fields changed, never what they said. It stays in its inquiry.
    """
    assert item.is_draft or (said.topic and said.topic.inquiry_id == item.inquiry_id)
    inquiry = Inquiry.objects.select_for_update(of=("self",)).get(items=item) if not item.is_draft else None
    rows = Item.objects.filter(pk=item.pk, version=version, state=item.state)
    if not rows.update(version=F("version") + 1, changed_at=now):
        raise ChangedMeanwhile
    before = Item.objects.select_related("inquiry").get(pk=item.pk)
    columns = _columns(said, before)
    if inquiry and (twin := same_item(inquiry, columns["hard_key"], but=item)):
        raise KnownAlready(twin)
    changed = sorted(name for name, value in columns.items() if getattr(before, name) != value)
    Item.objects.filter(pk=item.pk).update(**columns)
    after = Item.objects.get(pk=item.pk)
    if inquiry and _is_said_by_another(before, after) and is_one_author_again(after):
        raise OneAuthorAgain
    if inquiry and changed:
        facts = {"fields": ", ".join(name for name in changed if name not in _FOLLOWING)}
        history.record(after, ItemEvent.Kind.CHANGED, now=now, by=by, facts=facts)
    if "our_words" in changed and not after.is_draft:
        overrides.lapse(after, now=now, by=by)
    return after


# Columns that follow from others: history does not name them, least of all that it is another author.
_FOLLOWING = {"author_code", "platform", "canonical_url", "hard_key", "soft_key", "is_sensitive", "inquiry"}


def _columns(said: Said, before: Item | None) -> dict[str, Any]:
    inquiry = said.topic.inquiry if said.topic else None
    link = links.canonicalise(said.link) if said.link else None
    if link and link.is_profile:
        raise AProfile
    platform = links.platform_said(link, said.platform)
    is_from_elsewhere = said.search and inquiry and said.search.inquiry_id != inquiry.pk
    return {
        **{name: getattr(said, name) for name in _AS_TYPED},
        "search": None if is_from_elsewhere else said.search,
        "inquiry": inquiry,
        "platform": platform,
        "canonical_url": link.canonical_url if link else "",
        "hard_key": link.hard_key if link else "",
        "soft_key": link.soft_key if link else "",
        "author_code": _author_code(said, platform, inquiry, before),
        "categories": list(said.categories),
        "is_sensitive": sensitive(inquiry, said.categories),
    }


def _author_code(said: Said, platform: str, inquiry: Inquiry | None, before: Item | None) -> str:
    """From the address where it says it, else from the name that was typed, else what it was for the same link."""
    name = authors.of_link(platform, said.link) or said.author
    if inquiry and name:
        return authors.code(inquiry.author_key, platform, name)
    is_same = before and inquiry and before.inquiry_id == inquiry.pk and before.link == said.link
    return before.author_code if before and is_same else ""


@transaction.atomic
def discard(draft: Item) -> None:
    """Take a draft out of the inbox for good."""
    assert draft.is_draft
    screenshots.remove(draft.screenshots.all())
    draft.delete()


# --- handing in -----------------------------------------------------------------------------------------------------


class NotWhole(Exception):
    """A topic is missing, or there is neither a link nor words."""


class NotLookedAt(Exception):
    """A screenshot came from a phone as it was, and nobody has looked for names and faces in it yet."""


class NotListening(Exception):
    """The inquiry takes no items now, or this person does not log for it any more."""


class NoLongerADraft(Exception):
    """It was handed in or removed in the meantime."""


class OneAuthorAgain(Exception):
    """This would be the third item, or a later one, by one private person in this inquiry."""


@dataclass(frozen=True)
class HandedIn:
    """Where the words are now: a new item, or one that was there already and now has one more who saw it."""

    item: Item
    is_new: bool


@transaction.atomic
def submit(draft: Item, *, now: datetime, by: Person, stop: StopShown | None = None) -> HandedIn:
    """Hand a draft in: it becomes the next item of its inquiry or, when the same link is there, “seen by” of that one.

    `stop` is the page that was shown for this draft and gone past with a reason. Raises NoLongerADraft, NotWhole,
    NotLookedAt, NotListening or OneAuthorAgain; the draft is then as it was. Two at once: the inquiry's row
    settles who is first.
    """
    mine = Item.objects.select_for_update(of=("self",)).drafts_of(by).filter(pk=draft.pk).first()
    if mine is None:
        raise NoLongerADraft
    if not (mine.inquiry_id and mine.topic_id and (mine.link or mine.exact_words or mine.our_words)):
        raise NotWhole
    if mine.screenshots.filter(is_checked=False).exists():
        raise NotLookedAt
    inquiry = Inquiry.objects.select_for_update(of=("self",)).get(items=mine)
    if not (inquiry.is_open and inquiry.memberships.who_log().filter(person=by).exists()):
        raise NotListening
    if twin := same_item(inquiry, mine.hard_key):
        return HandedIn(sightings.add(twin, mine, now=now, by=by), is_new=False)
    if is_one_author_again(mine) and not _went_past(stop, mine):
        raise OneAuthorAgain
    return HandedIn(_become_item(mine, inquiry, now=now, by=by), is_new=True)


@transaction.atomic
def hand_in_from_room(said: Said, *, now: datetime) -> HandedIn:
    """What somebody without an account logs in a listening session: there is no inbox, so it is handed in at once.

    Raises AProfile, NotWhole, NotListening or OneAuthorAgain, and then keeps nothing.
    """
    if not (said.topic and (said.link or said.exact_words or said.our_words)):
        raise NotWhole
    inquiry = Inquiry.objects.select_for_update(of=("self",)).get(topics=said.topic)
    if not inquiry.is_open:
        raise NotListening
    draft = Item.objects.create(**_columns(said, None), saved_by=None, saved_at=now, changed_at=now)
    if twin := same_item(inquiry, draft.hard_key):
        return HandedIn(sightings.add(twin, draft, now=now, by=None), is_new=False)
    if is_one_author_again(draft):
        raise OneAuthorAgain
    return HandedIn(_become_item(draft, inquiry, now=now, by=None), is_new=True)


def same_item(inquiry: Inquiry, hard_key: str, *, but: Item | None = None) -> Item | None:
    """What was handed in with this very link."""
    items = Item.objects.of(inquiry).filter(hard_key=hard_key) if hard_key else Item.objects.none()
    return (items.exclude(pk=but.pk) if but else items).first()


def is_known(draft: Item) -> bool:
    """Whether handing it in would add to an item that is there."""
    return bool(draft.inquiry and same_item(draft.inquiry, draft.hard_key))


def same_thread(item: Item) -> list[Item]:
    """Items of the inquiry that may be the same thing: other replies in the thread, or the page in another dress."""
    if not (item.soft_key and item.inquiry_id):
        return []
    others = Item.objects.filter(inquiry=item.inquiry_id, soft_key=item.soft_key).exclude(state=Item.State.INBOX)
    return list(others.exclude(hard_key=item.hard_key).order_by("number")[:5])


def is_one_author_again(item: Item) -> bool:
    """Whether handing it in would look at one private person the third time. Who is not said counts as private."""
    if not item.author_code or item.author_kind in Item.PUBLIC_KINDS:
        return False
    by_them = Item.objects.filter(inquiry=item.inquiry_id, author_code=item.author_code)
    earlier = by_them.exclude(state=Item.State.INBOX).exclude(author_kind__in=Item.PUBLIC_KINDS)
    return earlier.exclude(pk=item.pk).count() + 1 >= settings.EVIDENCE_STOP_AT_ITEM


def _is_said_by_another(before: Item, after: Item) -> bool:
    """Another author, or one who is no organisation, press or public office after all."""
    was_public, is_public = (item.author_kind in Item.PUBLIC_KINDS for item in (before, after))
    return after.author_code != before.author_code or (was_public and not is_public)


def _went_past(stop: StopShown | None, draft: Item) -> bool:
    """With a reason for this draft in this inquiry: in another one its author is looked at for another purpose."""
    is_of_draft = stop and stop.item_id == draft.pk and stop.inquiry_id == draft.inquiry_id
    return bool(stop and is_of_draft and stop.outcome == StopShown.Outcome.WENT_ON)


def _become_item(draft: Item, inquiry: Inquiry, *, now: datetime, by: Person | None) -> Item:
    inquiry.items_numbered += 1
    inquiry.save(update_fields=["items_numbered"])
    draft.number, draft.state = inquiry.items_numbered, Item.State.SUBMITTED
    draft.is_sensitive = sensitive(inquiry, draft.categories)
    draft.submitted_at = draft.changed_at = now
    draft.version += 1
    draft.save()
    Sighting.objects.create(item=draft, person=by, seen_at=now, link=draft.link, minutes=draft.minutes)
    history.record(draft, ItemEvent.Kind.SUBMITTED, now=now, by=by)
    return draft
