"""Screenshots and photographs, drawn anew by govuk.pictures within what an inquiry takes."""

from govuk import pictures
from govuk.pictures import FORMATS, NOT_A_PICTURE, TOO_MANY_PIXELS, BadPicture, Picture

__all__ = ["FORMATS", "MOST_BYTES", "NOT_A_PICTURE", "TOO_LARGE", "TOO_MANY_PIXELS", "BadPicture", "Picture", "redrawn"]

LIMITS = pictures.Limits(
    most_bytes=8 * pictures.MEGABYTE,
    most_pixels=30_000_000,  # a phone's photograph has 12 million; this many take 120 MB while they are drawn
    longest_side=12_000,  # a screenshot of a whole thread is tall and narrow
)
MOST_BYTES, TOO_LARGE = LIMITS.most_bytes, LIMITS.too_large


def redrawn(data: bytes) -> Picture:
    """The picture, upright, in its own format. Raises BadPicture."""
    return pictures.redrawn(data, LIMITS)
