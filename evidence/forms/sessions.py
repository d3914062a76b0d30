"""At the door of a listening session, in the room, and at its end."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator

from evidence import captures, links, sessions, subjects
from evidence.forms.fields import LinkField, PlatformField
from evidence.models import Item, ListeningSession, Pair, Seat, Topic
from evidence.usefulness import Answer
from govuk.layout import Link
from meetups.models import Meetup
from people.forms import LineField, helper

TOO_MANY_CODES = "Too many wrong codes were tried from here. Wait ten minutes and try again"
NOT_YOUR_TOPIC = "Another pair listens for this topic now. Select one of yours and send it again"
NO_SESSION = "No session is open with this code. Look at the wall again"


class SessionForm(forms.Form):
    meetup = forms.ModelChoiceField(
        label="Meet-up",
        queryset=Meetup.objects.none(),
        required=False,
        empty_label="None: people come by word of mouth",
        help_text="Its page takes sign-ups and sends the details. You see meet-ups that you host.",
    )
    minutes = forms.IntegerField(
        label="Minutes to listen",
        initial=45,
        validators=[MinValueValidator(5), MaxValueValidator(180)],
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
    )

    def __init__(self, *args: Any, meetups: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meetup"].queryset = meetups  # type: ignore[attr-defined]
        self.helper = helper("Make the session")
        self.helper.add_input(Link("Go back", back))


class JoinForm(forms.Form):
    code = LineField(
        label="Code",
        max_length=20,
        help_text="Six letters and digits, on the wall.",
        error_messages={"required": "Enter the code on the wall"},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "class": "govuk-input--width-10"}
        ),
    )
    name = LineField(
        label="Your first name",
        max_length=80,
        help_text="Others in the room see it. It is forgotten when the session is over.",
        error_messages={"required": "Enter your first name"},
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    role = forms.ChoiceField(
        label="You are here as",
        choices=Seat.Role.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select who you are here"},
    )
    used = forms.ChoiceField(
        label="Are you used to social media?",
        choices=[("yes", "Yes"), ("no", "No, or not much")],
        widget=forms.RadioSelect,
        help_text="We put one who is and one who is not together.",
        error_messages={"required": "Select whether you are used to it"},
    )

    def __init__(self, *args: Any, may_try: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may_try = may_try
        self.helper = helper("Come in")

    def clean_code(self) -> ListeningSession:
        if not self.may_try:
            raise ValidationError(TOO_MANY_CODES, code="too_many")
        session = sessions.with_code(self.cleaned_data["code"])
        if session is None:
            raise ValidationError(NO_SESSION, code="unknown")
        return session

    def arrival(self) -> sessions.Arrival:
        said = self.cleaned_data
        return sessions.Arrival(said["name"], said["role"], said["used"] == "yes")


class RoomLogForm(forms.Form):
    """Half a minute: a link or words, and what it tells us."""

    topic = forms.ModelChoiceField(
        label="Topic",
        queryset=Topic.objects.none(),
        empty_label=None,
        error_messages={"required": "Select the topic", "invalid_choice": NOT_YOUR_TOPIC},
    )
    link = LinkField(label="Link", required=False, help_text="Of the one post, never of somebody's profile.")
    platform = PlatformField()
    exact_words = forms.CharField(
        label="Exact words",
        max_length=5000,
        required=False,
        help_text="Private: the report says it in our words, and quotes only where that is allowed.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    our_words = forms.CharField(
        label="In our words",
        max_length=2000,
        required=False,
        help_text="Without names, places or turns of phrase that lead to the person.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    tells_us = forms.CharField(
        label="What does this tell us?", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    author_kind = forms.ChoiceField(
        label="Who says it?",
        choices=Item.AuthorKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select who says it"},
    )
    author = LineField(
        label="Name of the account",
        max_length=150,
        required=False,
        help_text="Only where the link does not show it. It becomes a code, to notice when we look at one person too "
        "often; the name is not kept.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    stance = forms.ChoiceField(
        label="Is it new?", choices=[("", "Not sure"), *Item.Stance.choices], widget=forms.RadioSelect, required=False
    )
    categories = forms.MultipleChoiceField(
        label="Is it about any of these?",
        choices=Item.Category.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, pair: Pair, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics: Any = self.fields["topic"]
        topics.queryset = pair.topics.select_related("inquiry")
        self.helper = helper("Log it")
        self.helper.inputs[0].name = "log"

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name in ("our_words", "tells_us"):
            if why := subjects.why_not_our_words(said.get(name) or ""):
                self.add_error(name, f"This {why}")
        beside = links.first_link(self.data.get("link") or "")
        if said.get("link") and beside.address and not said.get("exact_words"):
            said["exact_words"] = beside.words
        if not self.errors and not any(said.get(name) for name in ("link", "exact_words", "our_words")):
            self.add_error("link", "Enter a link, exact words or our words")
        return said

    def said(self) -> captures.Said:
        return captures.Said(**self.cleaned_data)


class FindingsForm(forms.Form):
    first = LineField(label="First finding", max_length=300, required=False)
    second = LineField(label="Second finding", max_length=300, required=False)
    third = LineField(label="Third finding", max_length=300, required=False)

    def __init__(self, *args: Any, pair: Pair, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = dict(zip(self.fields, pair.findings, strict=False))
        self.helper = helper("Show them to the room")
        self.helper.inputs[0].name = "findings"

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name in self.fields:
            if why := subjects.why_not_our_words(said.get(name) or ""):
                self.add_error(name, f"This {why}")
        return said

    def said(self) -> list[str]:
        return [self.cleaned_data[name] for name in ("first", "second", "third")]


class SurveyForm(forms.Form):
    useful = forms.ChoiceField(
        label="Was social media useful as a source?",
        choices=Seat.Useful.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether it was useful"},
    )
    why = forms.CharField(
        label="Why?",
        max_length=500,
        required=False,
        help_text="Goes into the report for the Board, without your name.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    again = forms.ChoiceField(
        label="Would you use it again?",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether you would use it again"},
    )

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"useful": seat.useful, "why": seat.why, "again": seat.again}
        self.helper = helper("Send")
        self.helper.inputs[0].name = "survey"

    def said(self) -> Answer:
        return Answer(**self.cleaned_data)
