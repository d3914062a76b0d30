from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from crispy_forms.layout import Layout
from django import forms
from django.http import QueryDict

from meetups import guest_list, room_lists
from meetups.models import Announcement, Meetup
from people.forms import helper
from people.models import Person

NAMES_SHOWN = 8
NOBODY = "Nobody would get it. Choose somebody else, or wait until there are sign-ups"
EVERYBODY_HAS_IT = "Everybody you chose has got exactly these words from the hosts within the last day"


class PickedField(forms.Field):
    """The sign-ups that were ticked in the list, by number; it is no field to type into."""

    widget = hidden_widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[int]:
        return guest_list.numbers(map(str, value or []))[: guest_list.MOST_PICKED]


class WriteForm(forms.ModelForm):
    """Words to people who are signed up. The hidden nonce makes two clicks one announcement."""

    to = forms.ChoiceField(
        label="Who gets it",
        choices=Announcement.To.choices,
        initial=Announcement.To.CONFIRMED,
        widget=forms.RadioSelect,
        error_messages={"required": "Select who gets it", "invalid_choice": "Select who gets it"},
    )
    subject = forms.CharField(max_length=150, help_text="The name and the date of the meet-up are added to it.")
    body = forms.CharField(
        label="Message",
        max_length=5000,
        help_text="Plain words. Leave an empty line between paragraphs.",
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    pick = PickedField(required=False)
    nonce = forms.UUIDField(widget=forms.HiddenInput, error_messages={"invalid": "Open the page anew and try again"})

    class Meta:
        model = Announcement
        fields = ("to", "subject", "body")

    def __init__(
        self, data: QueryDict | None, *, meetup: Meetup, by: Person, now: datetime, ticked: Sequence[str] = ()
    ) -> None:
        unsaved = Announcement(meetup=meetup, written_by=by, written_at=now)
        super().__init__(data, instance=unsaved, initial={"nonce": uuid4(), "pick": ticked})
        self.ticked: list[int] = self.fields["pick"].clean(self["pick"].value())
        self._offer_groups()
        self.helper = helper("Preview")
        self.helper.layout = Layout("to", "subject", "body", "pick", "nonce")

    def _offer_groups(self) -> None:
        groups = [to for to in Announcement.To if self.ticked or to != Announcement.To.PICKED]
        if self.ticked:
            self.initial["to"] = Announcement.To.PICKED
        to_field = self.fields["to"]
        assert isinstance(to_field, forms.ChoiceField)
        to_field.choices = [(to.value, to.label) for to in groups]
        to_field.widget.hints = {to: self._so_many(to) for to in groups}

    def _so_many(self, to: str) -> str:
        if to == Announcement.To.PICKED:
            return _some([one.name for one in guest_list.picked(self.instance.meetup, self.ticked)])
        count = self._to(to).recipients().count()
        return "1 person" if count == 1 else f"{count} people"

    def _to(self, to: str, **words: Any) -> Announcement:
        """What would be sent, for counting; saved by nobody."""
        about = {"meetup": self.instance.meetup, "written_at": self.instance.written_at, "picked": self._picked(to)}
        return Announcement(to=to, **about, **words)

    def _picked(self, to: str) -> list[int]:
        return self.ticked if to == Announcement.To.PICKED else []

    def clean_subject(self) -> str:
        return " ".join(self.cleaned_data["subject"].split())

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        self.instance.nonce = said.get("nonce")
        self.instance.picked = self._picked(said.get("to", ""))
        if said.get("to"):
            words = {name: said.get(name, "") for name in ("subject", "body")}
            wanted = self._to(said["to"], nonce=self.instance.nonce, **words)
            if not wanted.meant().exists():
                self.add_error("to", NOBODY)
            elif not wanted.recipients().exists():
                self.say_everybody_has_it()
        return said

    def say_everybody_has_it(self) -> None:
        self.add_error(None, EVERYBODY_HAS_IT)

    def dropped_out(self) -> str:
        """Who was ticked and gets nothing, because they cancelled meanwhile."""
        return room_lists.listed(guest_list.dropped_out(self.instance.meetup, self.instance.picked))


def _some(names: list[str]) -> str:
    """All of a few; of many the first and how many more."""
    if len(names) <= NAMES_SHOWN:
        return room_lists.listed(names) or "Nobody who was ticked is signed up any more"
    return f"{', '.join(names[:NAMES_SHOWN])} and {len(names) - NAMES_SHOWN} more"
