"""What leads say about surveys and what councillors answer."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from networking.models import SurveyQuestion
from networking.questions import Wording
from people.forms import helper

DATE = {"type": "date"}
LONGEST_ANSWER = 2000


class AnswersForm(forms.Form):
    """One field for each question; nothing has to be answered, but not nothing at all."""

    def __init__(self, *args: Any, questions: list[SurveyQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            self.fields[_name(question)] = _field(question)
        self.helper = helper("Save my answers")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and not any(said.values()):
            raise ValidationError("Answer at least one question", code="nothing")
        return said

    def answers(self) -> dict[SurveyQuestion, int | str | None]:
        """By question, empty where nothing was said."""
        return {question: self.cleaned_data.get(_name(question)) or None for question in self.questions}


def initial(answers: dict[int, int | str]) -> dict[str, int | str]:
    """What was answered before, by question id, as the form's first values."""
    return {f"q{pk}": value for pk, value in answers.items()}


def _name(question: SurveyQuestion) -> str:
    return f"q{question.pk}"


def _field(question: SurveyQuestion) -> forms.Field:
    if question.kind == SurveyQuestion.Kind.TEXT:
        return forms.CharField(
            label=question.text,
            max_length=LONGEST_ANSWER,
            required=False,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text="Do not name residents or other people.",
        )
    return forms.TypedChoiceField(
        label=question.text,
        choices=[(1, f"1, {question.low}"), (2, "2"), (3, "3"), (4, "4"), (5, f"5, {question.high}")],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Select a point from 1 to 5"},
    )


class SurveyForm(forms.Form):
    """From when to when a survey can be answered; it opens at nine in the morning and closes at midnight."""

    opens_on = forms.DateField(
        label="First day",
        widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
        error_messages={"required": "Enter the first day", "invalid": "Enter a real date, like 24 2 2027"},
    )
    closes_on = forms.DateField(
        label="Last day",
        widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
        error_messages={"required": "Enter the last day", "invalid": "Enter a real date, like 24 3 2027"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Save the dates")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        opens, closes = said.get("opens_on"), said.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", ValidationError("Enter a last day that is not before the first", code="order"))
        if opens and closes and closes - opens > timedelta(days=180):
            self.add_error("closes_on", ValidationError("Enter a last day within six months", code="long"))
        if opens and not date(2000, 1, 1) <= opens <= date(2200, 1, 1):
            self.add_error("opens_on", ValidationError("Enter a day of this century", code="far"))
        return said


class QuestionForm(forms.ModelForm):
    class Meta:
        model = SurveyQuestion
        fields = ("text", "kind", "low", "high", "at_start")
        labels = {"text": "Question", "kind": "How it is answered", "low": "What 1 means", "high": "What 5 means"}
        widgets = {"kind": forms.RadioSelect}
        error_messages = {"text": {"required": "Enter the question", "max_length": "Enter at most 200 characters"}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        kind.choices = SurveyQuestion.Kind.choices  # type: ignore[attr-defined]
        self.helper = helper("Save the question")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("kind") == SurveyQuestion.Kind.SCALE:
            for end, point in (("low", 1), ("high", 5)):
                if not said.get(end) and end not in self.errors:
                    self.add_error(end, ValidationError(f"Enter what {point} means", code="required"))
        else:
            said["low"] = said["high"] = ""
        return said

    def wording(self) -> Wording:
        return Wording(**{name: self.cleaned_data[name] for name in self.Meta.fields})


class ThemeForm(forms.Form):
    """Under which theme somebody's words belong; empty takes them out."""

    theme = forms.CharField(label="Theme", max_length=80, required=False)
