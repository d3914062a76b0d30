from typing import Any

from crispy_forms.layout import Layout
from django import forms

from govuk.layout import Link
from meetups.forms.organising import filter_helper
from meetups.forms.signing_up import SignUpForm
from meetups.guest_list import SORTS, Wanted
from meetups.models import Meetup
from people.forms import helper


class PeopleFilter(forms.Form):
    """Which sign-ups of a meet-up are shown, and in which order."""

    STATES = [("", "Everybody"), ("confirmed", "Has a place"), ("waiting", "Waiting"), ("cancelled", "Cancelled")]
    WAYS = [("", "Both"), ("online", "Online"), ("room", "In the room")]

    q = forms.CharField(label="Search by name or council", required=False, max_length=100)
    state = forms.ChoiceField(label="Show", choices=STATES, required=False)
    way = forms.ChoiceField(label="Attending", choices=WAYS, required=False)
    sort = forms.ChoiceField(choices=[(name, name) for name in SORTS], required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, meetup: Meetup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not meetup.is_both:
            del self.fields["way"]
        self.helper = filter_helper()

    def wanted(self) -> Wanted:
        """What was chosen; nonsense in the address counts as nothing chosen."""
        self.is_valid()
        said = self.cleaned_data
        return Wanted(said.get("q", ""), said.get("state", ""), said.get("way", ""), said.get("sort") or "signed_up")

    @property
    def is_used(self) -> bool:
        wanted = self.wanted()
        return bool(wanted.words or wanted.state or wanted.way)


class HandSignUpForm(SignUpForm):
    """An organiser signs somebody up. The hosts' questions are for the person, so none has to be answered here."""

    def __init__(self, *args: Any, meetup: Meetup, back: str, **kwargs: Any) -> None:
        super().__init__(*args, meetup=meetup, **kwargs)
        self.fields["name"].label = "Their name"
        self.fields["name"].widget.attrs["autocomplete"] = self.fields["email"].widget.attrs["autocomplete"] = "off"
        self.fields["email"].label = "Their email address"
        self.fields["email"].help_text = "They get the mail that everybody gets, with the link to their booking."
        self.fields["role"].label = "Their role"
        self.fields["access_needs"].label = "What they need to take part fully"
        for name in self.questions:
            self.fields[name].required = False
        self.helper = helper("Sign them up")
        self.helper.add_input(Link("Back to the list", back))
        way = ["way"] if meetup.is_both else []
        self.fields["works_at"].widget.attrs["autocomplete"] = "off"
        self.helper.layout = Layout("name", "email", "works_at", *way, "role", "access_needs", *self.questions)
