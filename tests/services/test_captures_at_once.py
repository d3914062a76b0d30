"""Several people who save one post at the same moment, on both databases, each in a process of their own."""

from concurrent.futures import ThreadPoolExecutor

import pytest

pytestmark = pytest.mark.services

MAKE = """
from evidence import captures
from tests.evidence import build
inquiry = build.inquiry()
people = [build.contributor(inquiry) for _ in range(4)]
links = ["https://x.com/EssexCC/status/17890", "https://mobile.twitter.com/EssexCC/status/17890?s=20"] * 2
said = [captures.Said(topic=build.topic(inquiry), link=link, our_words=f"Words {n}") for n, link in enumerate(links)]
drafts = [captures.save_draft(one, now=build.NOW, by=who) for one, who in zip(said, people)]
import time
result = {"drafts": [draft.pk for draft in drafts], "at": time.time() + 12}
"""
HAND_IN = """
import time
from evidence import captures
from evidence.models import Item
from tests.evidence import build
draft = Item.objects.get(pk={pk})
time.sleep(max(0, {at} - time.time()))
result = captures.submit(draft, now=build.NOW, by=draft.saved_by).is_new
"""
LOOK = """
from evidence import history
from evidence.models import Item, ItemEvent, Sighting
result = {
    "items": list(Item.objects.values_list("number", "state")),
    "seen_by": Sighting.objects.values("person").distinct().count(),
    "words": sorted(filter(None, [*Item.objects.values_list("our_words", flat=True),
                                  *Sighting.objects.values_list("our_words", flat=True)])),
    "history": list(ItemEvent.objects.values_list("number", flat=True)),
    "sealed": all(event.seal == history.seal_of(event) for event in ItemEvent.objects.all()),
}
"""


def test_four_who_save_one_post_make_one_item_seen_by_four_and_lose_no_words(make_site, database_url):
    site = make_site(database_url)
    made = site.run(MAKE)

    with ThreadPoolExecutor(4) as threads:
        new = list(threads.map(lambda pk: site.run(HAND_IN.format(pk=pk, at=made["at"])), made["drafts"]))

    assert sorted(new) == [False, False, False, True]
    assert site.run(LOOK) == {
        "items": [[1, "submitted"]],
        "seen_by": 4,
        "words": ["Words 0", "Words 1", "Words 2", "Words 3"],
        "history": [1, 2, 3, 4],
        "sealed": True,
    }
