"""Asking the expert pool, answering, and saying that it is solved."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError

from govuk.layout import Link
from govuk.widgets import CountedTextarea
from networking.models import Member, PoolChoice, Skill
from people.forms import helper

LONGEST_QUESTION, LONGEST_POST = 2000, 5000


def _part_of_a_page(button: str) -> FormHelper:
    """The page has the form's tag, because it has several forms."""
    made = helper(button)
    made.form_tag, made.disable_csrf, made.hide_optional = False, True, True
    return made


class AskForm(forms.Form):
    skill = forms.ModelChoiceField(
        label="What is it about?",
        queryset=Skill.objects.filter(retired_at=None),
        empty_label="Choose",
        error_messages={"required": "Select what it is about", "invalid_choice": "Select one of the skills"},
    )
    text = forms.CharField(
        label="Your question",
        help_text="One question, as you would ask a colleague: “How do I …?” Name no residents.",
        max_length=LONGEST_QUESTION,
        widget=CountedTextarea,
        error_messages={"required": "Enter your question"},
    )

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Ask")
        self.helper.add_input(Link("Cancel", back))


class AnswerForm(forms.Form):
    """Of who took it: the answer, and in the same breath that it should be solved with it."""

    text = forms.CharField(
        label="Your answer",
        max_length=LONGEST_POST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Enter your answer"},
    )
    solved = forms.BooleanField(label="I think this solves it", required=False)
    shares = forms.BooleanField(
        label="Others in the cohort may read it, if who asked agrees", required=False, initial=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _part_of_a_page("Send the answer")


class SolvedForm(forms.Form):
    """Of who asked: solved, or what is still open."""

    YES, NO = "yes", "no"

    solved = forms.ChoiceField(
        label="Is it solved?",
        choices=[(YES, "Yes, it is solved"), (NO, "Not yet")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether it is solved"},
    )
    text = forms.CharField(
        label="If not yet, what is still open?",
        max_length=LONGEST_POST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    shares = forms.BooleanField(
        label="Others in the cohort may read question and answer, without my name", required=False, initial=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _part_of_a_page("Send")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("solved") == self.NO and not said.get("text"):
            self.add_error("text", ValidationError("Enter what is still open", code="required"))
        return said


class AgreeForm(forms.Form):
    """Of who answered, when it is called solved."""

    shares = forms.BooleanField(label="Others in the cohort may read my answer", required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _part_of_a_page("Solved, I agree")


class HandForm(forms.Form):
    """Of a lead: ask somebody more."""

    member = forms.ChoiceField(label="Ask somebody else", error_messages={"required": "Select whom to ask"})

    def __init__(self, *args: Any, members: list[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {str(one.pk): one for one in members}
        names = ((pk, f"{one.person.name}, {one.get_role_display()}") for pk, one in self.members.items())
        self.fields["member"].choices = [("", "Choose"), *names]  # type: ignore[attr-defined]
        self.helper = _part_of_a_page("Ask them")

    def chosen(self) -> Member:
        return self.members[self.cleaned_data["member"]]


class HowForm(forms.Form):
    how = forms.ChoiceField(
        label="How do you want to hear of questions?",
        choices=PoolChoice.How.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how you want to hear of questions"},
    )

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["how"].widget.hints = {"not_now": "You are not asked; you can still answer what you see."}
        self.helper = helper("Save")
        self.helper.add_input(Link("Cancel", back))


class KeptFilter(forms.Form):
    q = forms.CharField(label="Words", max_length=100, required=False)
    skill = forms.ModelChoiceField(
        label="Skill", queryset=Skill.objects.all(), required=False, empty_label="Every skill"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.form_class = "app-filter"
        self.helper.attrs = {"data-auto-submit": ""}
        self.helper.add_input(Submit("", "Search"))
