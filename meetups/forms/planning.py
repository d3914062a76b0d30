from typing import Any

from crispy_forms.layout import Layout
from django import forms

from meetups.models import Question
from people.forms import helper

MOST_CHOICES = 20


class QuestionForm(forms.ModelForm):
    """What the organisers ask at sign-up."""

    KINDS = [
        (Question.Kind.TEXT.value, "Writing a few words"),
        (Question.Kind.CHOICE.value, "Choosing one of several answers"),
        (Question.Kind.TICK.value, "Ticking a box"),
    ]
    kind = forms.ChoiceField(
        label="Answered by",
        choices=KINDS,
        initial=Question.Kind.TEXT,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how it is answered"},
    )

    class Meta:
        model = Question
        fields = ("label", "hint", "kind", "choices", "is_required")
        labels = {"choices": "Answers to choose from", "hint": "Hint"}
        help_texts = {
            "label": "For example “Would you like to be a fish?”",
            "hint": "A line under the question.",
            "choices": "One on each line. Only for choosing one of several.",
        }
        widgets = {"choices": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_required"].label = "Everybody must answer it"
        self.helper = helper("Save" if self.instance.pk else "Add question")
        self.helper.layout = Layout("label", "hint", "kind", "choices", "is_required")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        lines = [line.strip() for line in cleaned.get("choices", "").splitlines() if line.strip()]
        if cleaned.get("kind") != Question.Kind.CHOICE:
            cleaned["choices"] = ""
        elif len(lines) < 2:
            self.add_error("choices", "Enter two answers or more, one on each line")
        elif len(lines) > MOST_CHOICES:
            self.add_error("choices", f"Enter {MOST_CHOICES} answers or fewer")
        elif len({line.casefold() for line in lines}) < len(lines):
            self.add_error("choices", "Enter each answer once")
        elif max(map(len, lines)) > 100:
            self.add_error("choices", "Each answer must be 100 characters or fewer")
        else:
            cleaned["choices"] = "\n".join(lines)
        return cleaned
