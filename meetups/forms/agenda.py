"""Agenda items, and structures the organisers write themselves."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms

from govuk.layout import Fieldset
from govuk.widgets import TimeInput
from meetups import agenda, dates, filling, phases, programme, structures
from meetups.models import AgendaItem, OwnStructure
from people.forms import helper

_FOR_HOSTS = ("speaker", "script", "chat", "notes", "cut")
_HAPPENS = ("title", "structure", "minutes", "pinned_to", "talking_points", "phases")
_PHASES_HINT = (
    "One on each line: minutes, group, name. For example “2, pairs, Talk in pairs” or “4, fours from pairs, Compare”. "
    "Groups: alone, pairs, threes, fours, fours from pairs, 4–6, everyone."
)


def _structure_choices() -> list[Any]:
    known = [_choice(structure) for structure in structures.ALL]
    own = [_choice(structure) for structure in programme.own_structures()]
    if not own:
        return [("", "No structure"), *known]
    return [("", "No structure"), ("Your own", own), ("Liberating Structures and more", known)]


def _choice(structure: structures.Structure) -> tuple[str, str]:
    return structure.slug, f"{structure.name} ({structure.minutes} minutes)"


class PhasesField(forms.CharField):
    """Phases as lines of text; its value is the list of them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="Phases",
            max_length=6000,
            help_text=_PHASES_HINT,
            widget=forms.Textarea(attrs={"rows": 6}),
            **kwargs,
        )

    def clean(self, value: Any) -> Any:
        try:
            return phases.read(super().clean(value))
        except phases.NotAPhase as error:
            raise forms.ValidationError(str(error)) from error


class NewItemForm(forms.ModelForm):
    """One part of the agenda. A structure fills in what was left empty, and its phases."""

    title = forms.CharField(
        label="Topic", max_length=150, required=False, help_text="Leave empty to use the name of the structure."
    )
    structure = forms.ChoiceField(label="Structure", required=False, choices=_structure_choices)
    minutes = forms.IntegerField(
        label="Minutes",
        min_value=1,
        max_value=phases.LONGEST_MINUTES,
        required=False,
        help_text="Leave empty to use what the structure usually takes.",
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric", "min": 1}),
        error_messages={
            "min_value": "Minutes must be 1 or more",
            "max_value": f"Minutes must be {phases.LONGEST_MINUTES} or fewer",
            "invalid": "Minutes must be a whole number",
        },
    )
    pinned_to = forms.TimeField(
        label="Pinned to a clock time (optional)",
        required=False,
        help_text="Only for what must start then, such as a guest who joins at 11am. "
        "Leave empty to start after the item before.",
        widget=TimeInput,
        error_messages={"invalid": "Enter a time, such as 10:30"},
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
        fields: tuple[str, ...] = ("title", "structure", "minutes", "pinned_to", "talking_points")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.old_structure, self.old_minutes = self.instance.structure, self.instance.minutes
        self._keep_unknown_structure()
        if self.instance.meetup is None:  # a series: each of its meet-ups has its own start
            del self.fields["pinned_to"]
        self.helper = helper("Add to the agenda")
        self.helper.hide_optional = True

    def _keep_unknown_structure(self) -> None:
        """An item may name a structure that the catalogue has lost since; saving must not fail for that."""
        slug = self.instance.structure
        field = self.fields["structure"]
        assert isinstance(field, forms.ChoiceField)
        if slug and not field.valid_value(slug):
            field.choices = [*_structure_choices(), (slug, "A structure that was removed")]

    @property
    def new_structure(self) -> structures.Structure | None:
        """The structure when another one was chosen than the item had."""
        slug = self.cleaned_data.get("structure", "")
        return programme.structure(slug) if slug != self.old_structure else None

    def clean_pinned_to(self) -> Any:
        clock, meetup = self.cleaned_data["pinned_to"], self.instance.meetup
        moment = agenda.pinned(meetup.starts_at, clock) if meetup else None
        if meetup and moment and not meetup.starts_at <= moment < meetup.ends_at:
            raise forms.ValidationError(
                f"Enter a time while the meet-up runs, from {dates.clock(meetup.starts_at)} "
                f"to before {dates.clock(meetup.ends_at)}"
            )
        return clock

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        structure = programme.structure(cleaned.get("structure", ""))
        if not cleaned.get("title") and "title" not in self.errors:
            if structure is None:
                self.add_error("title", "Enter a topic or choose a structure")
            cleaned["title"] = structure.name if structure else ""
        if not cleaned.get("minutes") and "minutes" not in self.errors:
            if structure is None:
                self.add_error("minutes", "Enter how many minutes it takes")
            cleaned["minutes"] = structure.minutes if structure else None
        return cleaned


class ItemForm(NewItemForm):
    """Everything about one item, also what only the hosts see. Another structure brings its own phases."""

    phases = PhasesField(required=False)
    speaker = forms.CharField(label="Who speaks", max_length=100, required=False)
    script = forms.CharField(
        label="What to say", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    chat = forms.CharField(
        label="Text to paste into the chat", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    notes = forms.CharField(
        label="Notes for the hosts", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    cut = forms.CharField(
        label="What to cut if late", max_length=200, required=False, help_text="For example “Skip the second round”."
    )

    class Meta(NewItemForm.Meta):
        fields = (*NewItemForm.Meta.fields, *_FOR_HOSTS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["phases"] = phases.written(filling.phases_of(self.instance))
        self.fields["structure"].help_text = "Choosing another one replaces the phases below with its own."
        self.helper = helper("Save")
        self.helper.hide_optional = True
        self.helper.layout = Layout(
            Fieldset("What happens", *(name for name in _HAPPENS if name in self.fields)),
            Fieldset(
                "The hosts' script",
                "speaker",
                "script",
                "chat",
                "notes",
                "cut",
                hint="Only hosts and organisers see this.",
            ),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.new_structure and cleaned.get("minutes") == self.old_minutes:
            cleaned["minutes"] = self.new_structure.minutes
        return cleaned


class OwnStructureForm(forms.ModelForm):
    """A structure of the organisers' own."""

    phases = PhasesField(error_messages={"required": "Enter the phases, one on each line"})

    class Meta:
        model = OwnStructure
        fields = ("name", "line", "purpose", "invitation", "phases", "least", "most", "works_online", "notes", "url")
        labels = {
            "line": "What people will do, in one sentence",
            "purpose": "What it is for",
            "invitation": "What you ask people",
            "least": "Smallest number of people",
            "most": "Largest number of people",
            "notes": "Notes for the hosts",
        }
        help_texts = {
            "line": "People read it in their joining details.",
            "least": "0 when any number will do.",
            "most": "0 when there is no limit.",
            "url": "A page that tells more.",
        }
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("purpose", "invitation", "notes")} | {
            name: forms.NumberInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric", "min": 0})
            for name in ("least", "most")
        }
        error_messages = {"name": {"unique": "There is a structure of yours with this name already"}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Save" if self.instance.pk else "Add structure")

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if any(name.casefold() == known.name.casefold() for known in structures.ALL):
            raise forms.ValidationError("The catalogue has a structure with this name already")
        return name

    def clean_phases(self) -> str:
        return phases.written(self.cleaned_data["phases"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("most") and cleaned["most"] < (cleaned.get("least") or 0):
            self.add_error("most", "The largest number must not be smaller than the smallest")
        return cleaned
