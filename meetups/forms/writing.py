from datetime import datetime
from typing import Any
from uuid import uuid4

from crispy_forms.layout import Layout
from django import forms
from django.http import QueryDict

from meetups.models import Announcement, Meetup
from people.forms import helper
from people.models import Person


class WriteForm(forms.ModelForm):
    """Words to people who are signed up. The hidden nonce makes two clicks one announcement."""

    to = forms.ChoiceField(
        label="Who gets it",
        choices=Announcement.To.choices,
        initial=Announcement.To.CONFIRMED,
        widget=forms.RadioSelect,
        error_messages={"required": "Select who gets it"},
    )
    subject = forms.CharField(max_length=150, help_text="The name and the date of the meet-up are added to it.")
    body = forms.CharField(
        label="Message",
        max_length=5000,
        help_text="Plain words. Leave an empty line between paragraphs.",
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    nonce = forms.UUIDField(widget=forms.HiddenInput, error_messages={"invalid": "Open the page anew and try again"})

    class Meta:
        model = Announcement
        fields = ("to", "subject", "body")

    def __init__(self, data: QueryDict | None, *, meetup: Meetup, by: Person, now: datetime) -> None:
        unsaved = Announcement(meetup=meetup, written_by=by, written_at=now)
        super().__init__(data, instance=unsaved, initial={"nonce": uuid4()})
        self.fields["to"].widget.hints = {to: _so_many(meetup, to, now) for to in Announcement.To}
        self.helper = helper("Preview")
        self.helper.layout = Layout("to", "subject", "body", "nonce")

    def clean_subject(self) -> str:
        return " ".join(self.cleaned_data["subject"].split())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if (
            cleaned.get("to")
            and not Announcement(meetup=self.instance.meetup, to=cleaned["to"], written_at=self.instance.written_at)
            .recipients()
            .exists()
        ):
            self.add_error("to", "Nobody would get it. Choose somebody else, or wait until there are sign-ups")
        return cleaned


def _so_many(meetup: Meetup, to: str, now: datetime) -> str:
    count = Announcement(meetup=meetup, to=to, written_at=now).recipients().count()
    return "1 person" if count == 1 else f"{count} people"
