"""What people say in a month: did we meet, I am stuck, what I learned, a pitch, not now."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from govuk.layout import Link
from govuk.widgets import CountedTextarea
from people.forms import helper
from unmentoring.emails import month_name
from unmentoring.models import Learning, PairingMember, Participant


class AnswerForm(forms.Form):
    """Did you meet? `met` of the address is chosen already; only the button records it."""

    met = forms.ChoiceField(
        label="Did you meet?",
        choices=PairingMember.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether you met", "invalid_choice": "Select yes, not yet or no"},
    )
    why_not = forms.ChoiceField(
        label="If you did not meet, why?",
        choices=PairingMember.WhyNot.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    note = forms.CharField(
        label="Anything else",
        help_text="Only the coordinator reads it.",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Save my answer")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("met") == PairingMember.Answer.NO and not said.get("why_not") and "why_not" not in self.errors:
            self.add_error("why_not", ValidationError("Select why you did not meet", code="required"))
        return said


class StuckForm(forms.Form):
    note = forms.CharField(
        label="What did you try?",
        help_text="For example: two emails and a call. The coordinator reads it; your partner does not.",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Tell the coordinator")


class PitchForm(forms.Form):
    """Word of a sales pitch by one of the partners."""

    about = forms.ChoiceField(
        label="Who is it about?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select who it is about", "invalid_choice": "Select one of your partners"},
    )
    text = forms.CharField(
        label="What happened?",
        max_length=1000,
        widget=CountedTextarea,
        error_messages={"required": "Enter what happened"},
    )

    def __init__(self, *args: Any, partners: list[Participant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partners = {str(partner.pk): partner for partner in partners}
        self.fields["about"].choices = [(pk, partner.person.name) for pk, partner in self.partners.items()]  # type: ignore[attr-defined]
        if len(partners) == 1:
            self.initial["about"] = str(partners[0].pk)
        self.helper = helper("Report to the coordinator")

    def partner(self) -> Participant:
        return self.partners[self.cleaned_data["about"]]


class ReportLearningForm(forms.Form):
    text = forms.CharField(
        label="What is wrong with it?",
        help_text="The coordinator reads this and decides.",
        max_length=1000,
        widget=CountedTextarea,
        error_messages={"required": "Enter what is wrong with it"},
    )

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Report it")
        self.helper.add_input(Link("Go back without reporting", back))


class LearnedForm(forms.Form):
    """What did you learn? Words, a link, or both."""

    text = forms.CharField(
        label="What did you learn?",
        help_text="Name nobody who has not agreed to it.",
        max_length=1000,
        required=False,
        widget=CountedTextarea,
    )
    link = forms.URLField(
        label="Link to your post",
        max_length=500,
        required=False,
        error_messages={"invalid": "Enter a web address, like https://example.org/my-post"},
        widget=forms.URLInput(attrs={"spellcheck": "false"}),
    )
    visible_to = forms.ChoiceField(
        label="Who may see it?",
        choices=Learning.To.choices,
        initial=Learning.To.PARTICIPANTS,
        widget=forms.RadioSelect,
        error_messages={"required": "Select who may see it"},
    )
    with_name = forms.BooleanField(label="Show my name with it", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Share it")


class SkipForm(forms.Form):
    """Which month to skip: one that runs, or the one of the next draw."""

    which = forms.ChoiceField(
        label="Which month?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select a month", "invalid_choice": "Select one of the months"},
    )

    def __init__(self, *args: Any, months: list[date], chosen: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["which"] = chosen.isoformat()
        self.fields["which"].choices = [(month.isoformat(), month_name(month)) for month in months]  # type: ignore[attr-defined]
        self.helper = helper("Skip it")

    def month(self) -> date:
        return date.fromisoformat(self.cleaned_data["which"])


class PauseForm(forms.Form):
    until = forms.ChoiceField(
        label="Until when?", required=False, error_messages={"invalid_choice": "Select one of the months"}
    )

    def __init__(self, *args: Any, first: date, button: str = "Pause", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = [_later(first, n) for n in range(1, 13)]
        choices = [(month.isoformat(), f"I am back in {month_name(month)}") for month in months]
        self.fields["until"].choices = [("", "Until I come back"), *choices]  # type: ignore[attr-defined]
        self.helper = helper(button)
        self.helper.hide_optional = True

    def month(self) -> date | None:
        said = self.cleaned_data["until"]
        return date.fromisoformat(said) if said else None


def _later(month: date, by: int) -> date:
    count = month.year * 12 + month.month - 1 + by
    return date(count // 12, count % 12 + 1, 1)
