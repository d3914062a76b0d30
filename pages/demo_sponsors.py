"""Sponsors of the demonstration, with logos drawn here."""

import io

from PIL import Image, ImageDraw, ImageFont

from govuk import pictures
from meetups import sponsors
from meetups.models import Meetup, Series, Sponsor
from pages.demo_texts import SponsorText


def name(texts: tuple[SponsorText, ...], **of: Meetup | Series) -> None:
    for text in texts:
        logo = pictures.redrawn(_drawn(text), sponsors.LOGO) if text.letters else None
        sponsors.add(Sponsor(name=text.name, url=text.url, **of), logo)


def _drawn(text: SponsorText) -> bytes:
    """Letters in a box."""
    canvas = Image.new("RGB", (360, 160), text.colour)
    pen = ImageDraw.Draw(canvas)
    pen.rounded_rectangle((10, 10, 350, 150), radius=30, outline="white", width=6)
    pen.text((180, 80), text.letters, fill="white", anchor="mm", font=ImageFont.load_default(size=72))
    written = io.BytesIO()
    canvas.save(written, "PNG")
    return written.getvalue()
