from typing import Any

from crispy_forms.layout import Layout
from django import forms

from govuk.layout import Link
from meetups import answers, corrections
from meetups.forms.organising import filter_helper
from meetups.forms.signing_up import AnswersForm, ChangeAnswersForm, SignUpForm, way_field
from meetups.guest_list import ACTIVE, SORTS, Wanted
from meetups.models import Meetup, SignUp
from meetups.signups import Details
from people.forms import helper


class PeopleFilter(forms.Form):
    """Which sign-ups of a meet-up are shown, and in which order."""

    STATES = [
        ("", "Everybody"),
        (ACTIVE, "Has a place or waits"),
        ("confirmed", "Has a place"),
        ("waiting", "Waiting"),
        ("cancelled", "Cancelled"),
    ]
    WAYS = [("", "Both"), ("online", "Online"), ("room", "In the room")]

    q = forms.CharField(label="Search by name or council", required=False, max_length=100)
    state = forms.ChoiceField(label="Show", choices=STATES, required=False)
    way = forms.ChoiceField(label="Attending", choices=WAYS, required=False)
    said = forms.CharField(label="Search in answers", required=False, max_length=100)
    sort = forms.ChoiceField(choices=[(name, name) for name in SORTS], required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, meetup: Meetup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not meetup.is_both:
            del self.fields["way"]
        if found := answers.to_find(meetup):
            choices = [("", "Anything"), *found]
            self.fields["answer"] = forms.ChoiceField(label="Answered", choices=choices, required=False)
            self.order_fields(["q", "state", "way", "answer", "said"])
        else:
            del self.fields["said"]
        self.helper = filter_helper()
        self.helper.form_id = "people-list"  # ticks, the heads of columns and the pages belong to it

    def wanted(self) -> Wanted:
        """What was chosen; nonsense in the address counts as nothing chosen."""
        self.is_valid()
        said = self.cleaned_data
        return Wanted(
            said.get("q", ""),
            said.get("state", ""),
            said.get("way", ""),
            said.get("sort") or "signed_up",
            said.get("answer", ""),
            said.get("said", ""),
        )

    @property
    def is_used(self) -> bool:
        wanted = self.wanted()
        return bool(wanted.words or wanted.state or wanted.way or wanted.answer or wanted.said)


def _ask_about_them(form: AnswersForm) -> None:
    """A host answers for somebody else, so the browser fills in nothing and no question has to be answered."""
    labels = {"name": "Their name", "role": "Their role", "access_needs": "What helps them take part fully"}
    for name, label in labels.items():
        form.fields[name].label = label
    form.fields["name"].error_messages["required"] = "Enter their name"
    form.fields["works_at"].error_messages["required"] = "Enter their council or organisation"
    for name in ("name", "works_at"):
        form.fields[name].widget.attrs["autocomplete"] = "off"
    for name in form.questions:
        form.fields[name].required = False


class HandSignUpForm(SignUpForm):
    """An organiser signs somebody up. The hosts' questions are for the person, so none has to be answered here."""

    def __init__(self, *args: Any, meetup: Meetup, back: str, **kwargs: Any) -> None:
        super().__init__(*args, meetup=meetup, **kwargs)
        _ask_about_them(self)
        self.fields.pop("backs", None)  # topics are for themselves to want
        self.fields["email"].widget.attrs["autocomplete"] = "off"
        self.fields["email"].label = "Their email address"
        self.fields["email"].error_messages["required"] = "Enter their email address"
        self.fields["email"].help_text = "They get the mail that everybody gets, with the link to their booking."
        self.helper = helper("Sign them up")
        self.helper.add_input(Link("Back to the list", back))
        way = ["way"] if meetup.is_both else []
        self.helper.layout = Layout("name", "email", "works_at", *way, "role", "access_needs", *self.questions)


class CorrectForm(ChangeAnswersForm):
    """A host changes what a sign-up says. `based_on` tells what the form began from: nobody overwrites another."""

    tells = forms.BooleanField(
        label="Write to them what was changed",
        help_text="They always hear when their name or how they take part changes.",
        required=False,
        initial=True,
    )
    word = forms.CharField(
        label="Your words to them",
        help_text="They stand in the mail and in the history of this sign-up.",
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    based_on = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, signup: SignUp, can_change_way: bool, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, signup=signup, cancel_url=cancel_url, **kwargs)
        self.initial["based_on"] = corrections.fingerprint(signup)
        _ask_about_them(self)
        if can_change_way:
            self.fields["way"] = way_field(signup.meetup, **{signup.way: "What they have now"})
            self.fields["way"].label = "How do they take part?"
            self.fields["way"].error_messages |= dict.fromkeys(
                ("required", "invalid_choice"), "Select how they take part"
            )
            self.initial["way"] = signup.way
        self.order_fields(
            ["name", "works_at", "way", "role", *self.questions, "access_needs", "word", "tells", "based_on"]
        )

    def changed_details(self, signup: SignUp) -> Details:
        return self.details(email=signup.person.email, way=self.cleaned_data.get("way") or signup.way)

    def word_to_them(self) -> corrections.Word:
        return corrections.Word(self.cleaned_data["tells"], " ".join(self.cleaned_data["word"].split()))

    def show_what_it_says_now(self, signup: SignUp) -> None:
        """Somebody changed it meanwhile: keep what was typed; saving again means to overwrite what is there now."""
        self.data = {**dict(self.data.items()), "based_on": corrections.fingerprint(signup)}
        self.add_error(
            None,
            "Somebody changed this sign-up since you opened it. What it says now stands above the form, what you "
            "entered is still in it. Save again to keep what you entered.",
        )
        self.helper.hide_error_summary = True  # the page shows it above what the sign-up says now
