"""What to look at before something is handed in: each can be gone past, once it was shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from evidence import captures, overlap
from evidence.models import Item

THREAD, OVERLAP = "thread", "overlap"


@dataclass(frozen=True)
class Caution:
    """`code` is sent back by the form that showed it."""

    code: str
    items: Sequence[Item] = ()
    words: str = ""


def of(draft: Item) -> list[Caution]:
    """Items of the same thread, and words of ours that can be searched for."""
    twins = [] if captures.is_known(draft) else captures.same_thread(draft)
    run = "" if draft.may_be_quoted else overlap.shared_run(draft.exact_words, draft.our_words)
    found = [Caution(THREAD, items=twins)] if twins else []
    return [*found, Caution(OVERLAP, words=run)] if run else found
