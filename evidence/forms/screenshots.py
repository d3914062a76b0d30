"""A screenshot: the picture, what it shows, and that somebody looked for names and faces in it."""

from typing import Any

from crispy_forms.layout import HTML, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from evidence import pictures, subjects
from govuk.layout import Link
from people.forms import LineField, helper

ONE = "Add one picture at a time, so that you can black out names and faces in each"
# Where the script puts its drawing tools; without JavaScript there is nothing.
TOOLS = HTML('<div data-redact="picture" hidden></div>')


def drawn(upload: UploadedFile) -> pictures.Picture:
    """Drawn anew; raises ValidationError in words that name the file."""
    try:
        # One byte more than is taken shows that it is too large, however large it is.
        return pictures.redrawn(upload.read(pictures.MOST_BYTES + 1))
    except pictures.BadPicture as wrong:
        raise ValidationError(f"“{upload.name}” {wrong}", code="picture") from wrong


class PictureField(forms.FileField):
    """Cleans to a Picture."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"})
        super().__init__(label="Screenshot or photo", widget=widget, allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> pictures.Picture | None:
        upload = super().clean(data, initial)
        return drawn(upload) if upload else None


class ScreenshotForm(forms.Form):
    """A new one."""

    picture = PictureField(
        help_text="PNG, JPEG or WebP, up to 8 MB. We draw it anew: place and time do not stay in it.",
        error_messages={"required": "Choose a picture", "missing": "Choose a picture", "invalid": "Choose a picture"},
    )
    alt_text = LineField(
        label="What it shows",
        max_length=500,
        help_text="For people who cannot see it, in our words: “a post with two replies that agree”.",
        error_messages={"required": "Enter what it shows"},
    )
    is_clear = forms.BooleanField(
        label="No names and no faces can be seen: there were none, or they are blacked out",
        error_messages={"required": "Black out names and faces, then tick this box"},
    )
    was_redacted = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Save the screenshot")
        self.helper.layout = Layout("picture", TOOLS, "was_redacted", "alt_text", "is_clear")
        self.helper.add_input(Link("Go back", back))

    def clean_alt_text(self) -> str:
        text = str(self.cleaned_data["alt_text"])
        if why := subjects.why_not_our_words(text):
            raise ValidationError(f"This {why}", code="person")
        return text

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if hasattr(self.files, "getlist") and len(self.files.getlist("picture")) > 1:
            self.add_error("picture", ONE)
        return said


class LookOverForm(ScreenshotForm):
    """One that came from a phone as it was: look, black out, or say that there is nothing to black out."""

    picture = PictureField(required=False, help_text="Only to put another picture in its place.")
