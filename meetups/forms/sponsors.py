"""One sponsor: name, website and logo."""

from typing import Any

from django import forms

from govuk import pictures
from meetups import sponsors
from meetups.forms import details as asked
from meetups.models import Sponsor
from people.forms import LineField, helper


class LogoField(forms.FileField):
    """Cleans to a Picture drawn anew."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"})
        super().__init__(
            label="Logo",
            required=False,
            widget=widget,
            allow_empty_file=True,
            help_text="PNG, JPEG or WebP, up to 2 MB. We draw it anew and make it smaller if need be.",
            **kwargs,
        )

    def clean(self, data: Any, initial: Any = None) -> pictures.Picture | None:
        upload = super().clean(data, initial)
        if not upload:
            return None
        try:
            # One byte more than is taken shows that it is too large, however large it is.
            return pictures.redrawn(upload.read(sponsors.LOGO.most_bytes + 1), sponsors.LOGO)
        except pictures.BadPicture as wrong:
            raise forms.ValidationError(f"“{upload.name}” {wrong}", code="picture") from wrong


class SponsorForm(forms.ModelForm):
    name = LineField(label="Name", max_length=150, error_messages={"required": "Enter the name of the sponsor"})
    url = asked.web_address("Website", max_length=500)
    logo = LogoField()
    without_logo = forms.BooleanField(label="Take the logo away", required=False)

    class Meta:
        model = Sponsor
        fields = ("name", "url")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.pop("logo", None)
        if not self.instance.logo_ref:
            del self.fields["without_logo"]
        else:
            self.fields["logo"].label = "Another logo"
        self.helper = helper("Save" if self.instance.pk else "Add sponsor")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("without_logo") and cleaned.get("logo"):
            self.add_error("without_logo", "Choose another logo or take the logo away, not both")
        return cleaned
