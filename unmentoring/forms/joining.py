"""What somebody says about themselves, when they join and later."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError

from govuk.layout import Fieldset, Link
from people.forms import CouncilField, email_field, helper, name_field
from people.models import Person
from unmentoring import joining
from unmentoring.models import Participant


class AboutMeForm(forms.Form):
    """Everything but the address and the rules."""

    name = name_field()
    phone = forms.CharField(
        label="Phone number",
        max_length=40,
        help_text="Only the person you are put together with sees it. Begin with + outside the United Kingdom.",
        error_messages={"required": "Enter your phone number"},
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "class": "govuk-input--width-20"}),
    )
    works_at = CouncilField()
    sector = forms.ChoiceField(label="Where do you work?", choices=Participant.Sector.choices)
    line = forms.CharField(
        label="A line about you",
        help_text="What you do, or what is on your mind. Your partner reads it in the introduction.",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    topics = forms.CharField(
        label="Topics you like to talk about",
        help_text="With commas between them, for example: finance, young people, allotments.",
        max_length=400,
        required=False,
    )
    ways = forms.MultipleChoiceField(
        label="How do you like to talk?",
        choices=Participant.Talk.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    times = forms.CharField(
        label="Times that suit you", help_text="For example: Tuesday mornings.", max_length=200, required=False
    )
    rhythm = forms.ChoiceField(
        label="How often?",
        choices=Participant.Rhythm.choices,
        initial=Participant.Rhythm.EVERY_MONTH,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how often"},
    )
    open_to_change = forms.BooleanField(
        label="My pairing may change after the introduction, for example into a three, so that nobody is left out",
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rhythm"].widget.hints = {
            Participant.Rhythm.ASK: "We ask by email some days before each draw. Silence means no."
        }

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_phone(self) -> str:
        typed: str = self.cleaned_data["phone"]
        try:
            joining.read_phone(typed)
        except joining.ImpossibleNumber as error:
            raise ValidationError(str(error), code="invalid") from error
        return typed

    def details(self, *, email: str) -> joining.Details:
        """What the form says, once it is valid."""
        said = self.cleaned_data
        council, organisation = said["works_at"]
        same = ("name", "phone", "sector", "ways", "times", "line", "rhythm", "open_to_change")
        return joining.Details(
            email=email,
            council=council,
            organisation=organisation,
            topics=joining.read_topics(said["topics"]),
            **{name: said[name] for name in same},
        )


def _layout(*, email: bool, rules: bool) -> Layout:
    address = ["email"] if email else []
    return Layout(
        Fieldset("About you", "name", *address, "phone", "works_at", "sector"),
        Fieldset("For your partner", "line", "topics", "ways", "times", hint="They read this in the introduction."),
        Fieldset("Taking part", "rhythm", "open_to_change", *(["rules"] if rules else [])),
    )


class JoinForm(AboutMeForm):
    """The one page on which somebody joins; who is signed in joins with their own address."""

    email = email_field(help_text="We send a link to this address. You are in once you have opened it and said yes.")
    rules = forms.BooleanField(
        label=f"I accept the rules: {joining.RULES.text}",
        error_messages={"required": "Tick the box to accept the rules"},
    )

    def __init__(self, *args: Any, person: Person | None = None, **kwargs: Any) -> None:
        known = {"name": person.name, "works_at": person.works_at} if person else {}
        super().__init__(*args, initial=known, **kwargs)
        if person:
            del self.fields["email"]
        self.helper = helper("Join UnMentoring")
        self.helper.layout = _layout(email=person is None, rules=True)


class ChangeForm(AboutMeForm):
    """The same questions once more, filled in with what was said."""

    def __init__(self, *args: Any, participant: Participant, back: str, **kwargs: Any) -> None:
        super().__init__(*args, initial=_said(participant), **kwargs)
        self.helper = helper("Save")
        self.helper.add_input(Link("Go back without saving", back))
        self.helper.layout = _layout(email=False, rules=False)


def _said(participant: Participant) -> dict[str, Any]:
    same = ("sector", "line", "ways", "times", "rhythm", "open_to_change")
    return {
        "name": participant.person.name,
        "works_at": participant.person.works_at,
        "phone": participant.phone.as_international if participant.phone else "",
        "topics": ", ".join(participant.topics),
        **{name: getattr(participant, name) for name in same},
    }
