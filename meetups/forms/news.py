from datetime import datetime
from typing import Any
from uuid import uuid4

from crispy_forms.layout import Layout
from django import forms
from django.http import QueryDict

from meetups import newsroom
from meetups.models import Meetup, News
from people.forms import helper
from people.models import Person


class NewsForm(forms.ModelForm):
    """Words for the page and, if wanted, for a mail. The hidden nonce makes two clicks one piece of news."""

    to = forms.ChoiceField(
        label="Who gets it by email",
        choices=News.To.choices,
        initial=News.To.FOLLOWERS,
        widget=forms.RadioSelect,
        error_messages={"required": "Select who gets it"},
    )
    subject = forms.CharField(label="Headline", max_length=150)
    body = forms.CharField(
        label="Message",
        max_length=5000,
        help_text="Plain words. Leave an empty line between paragraphs. Everybody can read it on the page.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    nonce = forms.UUIDField(widget=forms.HiddenInput, error_messages={"invalid": "Open the page anew and try again"})

    class Meta:
        model = News
        fields = ("to", "subject", "body")

    def __init__(self, data: QueryDict | None, *, meetup: Meetup, by: Person, now: datetime) -> None:
        unsaved = News(meetup=meetup, written_by=by, written_at=now)
        initial: dict[str, Any] = {"nonce": uuid4()}
        if not meetup.news.exists():
            initial |= newsroom.suggested(meetup)
        super().__init__(data, instance=unsaved, initial=initial)
        counts = {to: newsroom.count_recipients(meetup, to) for to in (News.To.FOLLOWERS, News.To.SIGNED_UP)}
        self.fields["to"].widget.hints = {
            to: "1 person" if count == 1 else f"{count} people" for to, count in counts.items()
        }
        self.helper = helper("Preview")
        self.helper.layout = Layout("to", "subject", "body", "nonce")

    def clean_subject(self) -> str:
        return " ".join(self.cleaned_data["subject"].split())
