from typing import Any

from crispy_forms.layout import Layout
from django import forms

from meetups import structures
from meetups.models import AgendaItem, Question
from people.forms import helper

LONGEST_MINUTES = 600
MOST_CHOICES = 20


def _structure_choices() -> list[tuple[str, str]]:
    known = [(structure.slug, f"{structure.name} ({structure.minutes} minutes)") for structure in structures.ALL]
    return [("", "No structure"), *known]


class ItemForm(forms.ModelForm):
    """One part of the agenda. A structure fills in what was left empty."""

    title = forms.CharField(
        label="Topic", max_length=150, required=False, help_text="Leave empty to use the name of the structure."
    )
    structure = forms.ChoiceField(label="Structure", required=False, choices=_structure_choices)
    minutes = forms.IntegerField(
        label="Minutes",
        min_value=1,
        max_value=LONGEST_MINUTES,
        required=False,
        help_text="Leave empty to use what the structure usually takes.",
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric", "min": 1}),
        error_messages={
            "min_value": "Minutes must be 1 or more",
            "max_value": f"Minutes must be {LONGEST_MINUTES} or fewer",
            "invalid": "Minutes must be a whole number",
        },
    )
    talking_points = forms.CharField(
        label="Talking points",
        required=False,
        max_length=2000,
        help_text="One on each line. People see them on the page.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    class Meta:
        model = AgendaItem
        fields = ("title", "structure", "minutes", "talking_points")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._keep_unknown_structure()
        self.helper = helper("Save" if self.instance.pk else "Add to the agenda")
        self.helper.hide_optional = not self.instance.pk

    def _keep_unknown_structure(self) -> None:
        """An item may name a structure that the catalogue has lost since; saving must not fail for that."""
        slug = self.instance.structure
        if slug and structures.find(slug) is None:
            field = self.fields["structure"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [*_structure_choices(), (slug, slug)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        structure = structures.find(cleaned.get("structure", ""))
        if not cleaned.get("title") and "title" not in self.errors:
            if structure is None:
                self.add_error("title", "Enter a topic or choose a structure")
            cleaned["title"] = structure.name if structure else ""
        if not cleaned.get("minutes") and "minutes" not in self.errors:
            if structure is None:
                self.add_error("minutes", "Enter how many minutes it takes")
            cleaned["minutes"] = structure.minutes if structure else None
        return cleaned


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
