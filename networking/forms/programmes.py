"""Programmes, their sprints and tasks, and the list of skills."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from govuk.layout import Link
from networking.models import CohortTask, Programme, Skill, Sprint, SprintTask
from people.forms import LineField, helper

NUMBER = {"class": "govuk-input--width-3", "inputmode": "numeric"}
AIMS = "What people can do at the end. Markdown: empty lines between paragraphs, - for lists, **bold**."
MOST_WORDS = 5000


def number(label: str, *, least: int, most: int, help_text: str = "", initial: int | None = None) -> forms.IntegerField:
    """A small whole number, typed as text so that the keyboard of a phone fits and nothing scrolls by accident."""
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        initial=initial,
        min_value=least,
        max_value=most,
        widget=forms.TextInput(attrs=NUMBER),
        error_messages={
            "invalid": f"{label} must be a number, like {initial or least}",
            "min_value": f"{label} must be {least} or more",
            "max_value": f"{label} must be {most} or less",
        },
    )


def one_line(name: str, label: str, **kwargs: Any) -> LineField:
    return LineField(label=label, error_messages={"required": f"Enter {name}"}, **kwargs)


class ProgrammeForm(forms.ModelForm):
    name = one_line("a name", "Name of the programme", max_length=120)
    purpose = forms.CharField(
        label="What it is for",
        help_text="A few sentences that everybody can read.",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    rhythm_days = number(
        "Days between support meetings", least=1, most=90, initial=14, help_text="A cohort or a pair can change it."
    )

    class Meta:
        model = Programme
        fields = ("name", "purpose", "rhythm_days")

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Save programme" if self.instance.pk else "Make programme")
        self.helper.add_input(Link("Cancel", back))

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if Programme.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError("There is a programme with this name already", code="unique")
        return name


class SprintForm(forms.ModelForm):
    name = one_line("a name", "Name of the sprint", max_length=120)
    aims = forms.CharField(
        label="Aims",
        help_text=AIMS,
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    weeks = number("Length in weeks", least=1, most=52, initial=6)
    workshops = number("Workshops", least=0, most=4, initial=1, help_text="Usually one, which opens the sprint.")

    class Meta:
        model = Sprint
        fields = ("name", "aims", "weeks", "workshops")

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Save sprint" if self.instance.pk else "Add sprint")
        self.helper.add_input(Link("Cancel", back))


class TaskForm(forms.Form):
    """A task of a sprint: in a programme or in a cohort."""

    text = one_line("the task", "Task", max_length=300)
    must = forms.BooleanField(label="It must be done by the end of the sprint", required=False)

    def __init__(self, *args: Any, task: SprintTask | CohortTask | None = None, back: str = "", **kwargs: Any) -> None:
        kwargs["initial"] = {"text": task.text, "must": task.must} if task else {}
        super().__init__(*args, **kwargs)
        self.helper = helper("Save task" if task else "Add task")
        if back:
            self.helper.add_input(Link("Cancel", back))


class CopyForm(forms.Form):
    name = one_line("a name", "Name of the new programme", max_length=120)

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Copy programme")
        self.helper.add_input(Link("Cancel", back))

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if Programme.objects.filter(name__iexact=name).exists():
            raise ValidationError("There is a programme with this name already", code="unique")
        return name


class SkillForm(forms.Form):
    name = one_line("a skill", "Skill", max_length=80)

    def __init__(self, *args: Any, skill: Skill | None = None, back: str = "", **kwargs: Any) -> None:
        kwargs["initial"] = {"name": skill.name} if skill else {}
        super().__init__(*args, **kwargs)
        self.skill = skill
        self.helper = helper("Save skill" if skill else "Add skill")
        if back:
            self.helper.add_input(Link("Cancel", back))

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        others = Skill.objects.exclude(pk=self.skill.pk) if self.skill else Skill.objects.all()
        if others.filter(name__iexact=name).exists():
            raise ValidationError("This skill is in the list already", code="unique")
        return name
