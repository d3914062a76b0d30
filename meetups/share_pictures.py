"""The picture of a meet-up for networks, kept in a file named by what it shows."""

import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from meetups import dates, drawing
from meetups.models import Meetup


def words_of(meetup: Meetup) -> drawing.Words:
    when = dates.span(meetup.starts_at, meetup.ends_at)
    return drawing.Words(
        title=meetup.title,
        when=f"Cancelled: {when}" if meetup.is_cancelled else when,
        series=meetup.series.name,
        site=settings.SITE_NAME,
    )


def digest_of(meetup: Meetup) -> str:
    return drawing.digest(words_of(meetup))


def path_of(meetup: Meetup) -> str:
    return reverse("meetups:picture", args=[meetup.slug, digest_of(meetup)])


def alt(meetup: Meetup) -> str:
    """What the picture says, for whoever does not see it."""
    words = words_of(meetup)
    return f"{words.title}. {words.when}. {words.series}, {words.site}"


def png_of(meetup: Meetup) -> bytes:
    """From the file, or drawn now. Two at once write the same bytes; a half-written file is never seen."""
    words = words_of(meetup)
    path = Path(settings.MEDIA_ROOT) / "share" / f"{drawing.digest(words)}.png"
    if path.exists():
        return path.read_bytes()
    made = drawing.png(words)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(made)
    os.replace(file.name, path)  # noqa: PTH105 -- atomic
    return made
