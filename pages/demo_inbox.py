"""What Sam saved in the demonstration inquiry: one person again, with a reason; a picture from a phone to look at."""

import io
from datetime import datetime, timedelta

from PIL import Image, ImageDraw

from evidence import captures, pictures, screenshots, stops
from evidence.models import Inquiry, StopShown
from people.models import Person

OF_ONE = (
    ("bus", "I change twice and still walk a mile", "The way to the new clinic takes two changes and a walk."),
    ("phone", "they ring once, then it counts as my fault", "A missed call counts as a missed appointment."),
    ("gave-up", "i just don't go any more", "Somebody stopped going since the clinic moved."),
)
WHY = "The only one so far who says that people stay away. I look for others."


def seed(inquiry: Inquiry, person: Person, now: datetime) -> None:
    """Three items by one account, the third past a stop, and a draft with a screenshot nobody has looked at."""
    topic = inquiry.topics.last()
    for n, (slug, exact, ours) in enumerate(OF_ONE):
        said = captures.Said(
            topic=topic,
            link=f"https://www.reddit.com/r/essex/comments/{n}clinic/{slug}/",
            exact_words=exact,
            our_words=ours,
            described_as="A public post on a forum about the county",
            author="an-account",
            author_kind="private",
        )
        _hand_in(inquiry, said, person, now - timedelta(hours=9 - n))
    words = captures.Said(topic=inquiry.topics.first(), our_words="Three replies ask where to sign up for breaks")
    draft = captures.save_draft(words, now=now - timedelta(hours=2), by=person)
    screenshots.add(draft, pictures.redrawn(a_post()), now=now, by=person, is_checked=False)


def _hand_in(inquiry: Inquiry, said: captures.Said, by: Person, at: datetime) -> None:
    draft = captures.save_draft(said, now=at, by=by)
    try:
        captures.submit(draft, now=at, by=by)
    except captures.OneAuthorAgain:
        stop = stops.show(StopShown.Kind.THIRD_ITEM, to=by, now=at, inquiry=inquiry, item=draft)
        captures.submit(draft, now=at, by=by, stop=stops.go_on(stop, WHY, now=at))


def a_post() -> bytes:
    """A drawing of a post on a phone, with the name of nobody."""
    picture = Image.new("RGB", (540, 720), "white")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((24, 24, 88, 88), fill="#a3c2b5")
    pen.text((104, 40), "Name of an account", fill="#0b0c0c", font_size=24)
    for n, width in enumerate((460, 430, 470, 250)):
        pen.rectangle((24, 120 + 34 * n, 24 + width, 138 + 34 * n), fill="#d0d7d4")
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()
