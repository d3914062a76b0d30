"""What people say when they get started: plans, barriers, a page to look at, what they can help with."""

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from evidence import fetching, ideas, starting
from evidence.models import Barrier, Helper, Plan
from govuk.layout import Link
from govuk.widgets import CountedTextarea
from meetups.forms.moments import FAR, date_field
from meetups.forms.organising import filter_helper
from people.forms import LineField, helper, name_field
from people.models import Person

MOST_HTML = 512 * 1024


def _within_reason(day: date) -> date:
    if not 2000 <= day.year <= 2100:
        raise ValidationError(FAR, code="far")
    return day


class PlanForm(forms.Form):
    idea = forms.ChoiceField(
        label="Which idea?", choices=ideas.CHOICES, error_messages={"required": "Select one of the ideas"}
    )
    what = forms.CharField(
        label="What exactly?",
        help_text="So that somebody else could see whether it was done.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Enter what exactly you will do"},
    )
    who = LineField(label="Who?", max_length=150, error_messages={"required": "Enter who does it"})
    by_on = date_field("By when?")
    is_shared = forms.BooleanField(
        label="Other teams may see it as an example, with the name of our council and no other name",
        required=False,
    )

    def __init__(self, *args: Any, plan: Plan | None = None, idea: str = "", back: str, **kwargs: Any) -> None:
        names = ("idea", "what", "who", "by_on", "is_shared")
        known = {name: getattr(plan, name) for name in names} if plan else {"idea": idea}
        super().__init__(*args, **{"initial": known, **kwargs})
        self.plan = plan
        self.helper = helper("Save the plan")
        self.helper.add_input(Link("Go back without saving", back))

    def clean_by_on(self) -> date:
        return _within_reason(self.cleaned_data["by_on"])

    def words(self) -> starting.PlanWords:
        words = starting.PlanWords(**self.cleaned_data)
        return replace(words, done_on=self.plan.done_on, learned=self.plan.learned) if self.plan else words


class DoneForm(forms.Form):
    done_on = date_field("When was it done?")
    learned = forms.CharField(
        label="What did you learn?",
        help_text="Also what did not work.",
        max_length=1000,
        required=False,
        widget=CountedTextarea,
    )

    def __init__(self, *args: Any, plan: Plan, today: date, back: str, **kwargs: Any) -> None:
        known = {"done_on": plan.done_on or today, "learned": plan.learned}
        super().__init__(*args, **{"initial": known, **kwargs})
        self.plan, self.today = plan, today
        self.helper = helper("It is done")
        self.helper.add_input(Link("Not yet", back))

    def clean_done_on(self) -> date:
        said = _within_reason(self.cleaned_data["done_on"])
        if said > self.today:
            raise ValidationError("Enter a day that is not in the future", code="future")
        return said

    def words(self) -> starting.PlanWords:
        plan = self.plan
        return starting.PlanWords(
            plan.idea, plan.what, plan.who, plan.by_on, is_shared=plan.is_shared, **self.cleaned_data
        )


class BarrierForm(forms.Form):
    kind = forms.ChoiceField(
        label="What kind of barrier?",
        choices=Barrier.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what kind of barrier it is"},
    )
    met = forms.CharField(
        label="What did you meet?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Enter what you met"},
    )
    helped = forms.CharField(
        label="What helped?", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    is_shared = forms.BooleanField(
        label="Other teams may read it, with the name of our council and no other name", required=False
    )

    def __init__(self, *args: Any, barrier: Barrier | None = None, back: str, **kwargs: Any) -> None:
        names = ("kind", "met", "helped", "is_shared")
        known = {name: getattr(barrier, name) for name in names} if barrier else {}
        super().__init__(*args, **{"initial": known, **kwargs})
        self.helper = helper("Save")
        self.helper.add_input(Link("Go back without saving", back))

    def words(self) -> starting.BarrierWords:
        return starting.BarrierWords(**self.cleaned_data)


class PageForm(forms.Form):
    """The address of a page, or its HTML when nothing is to be fetched."""

    url = forms.CharField(
        label="Address of the page",
        help_text="A public page of yours, like https://www.example.gov.uk/scrutiny. We look at it once.",
        max_length=fetching.LONGEST_URL,
        required=False,
        widget=forms.TextInput(attrs={"type": "url", "inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )
    html = forms.CharField(
        label="Or its HTML",
        help_text="In your browser: view the source of the page, select all, copy. Then nothing is fetched.",
        max_length=MOST_HTML,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        error_messages={"max_length": "That is too long. The first half is enough"},
    )

    def __init__(self, *args: Any, fetches: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not fetches:
            del self.fields["url"]
            self.fields["html"].label = "The HTML of the page"
        self.helper = helper("Look at it")
        self.helper.hide_optional = True

    def clean_url(self) -> str:
        typed: str = self.cleaned_data["url"].strip()
        if not typed:
            return ""
        try:
            return fetching.check(typed if "://" in typed else f"https://{typed}")
        except fetching.NotFetched as error:
            raise ValidationError(str(error).rstrip("."), code="invalid") from error

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and not said.get("url") and not said.get("html", "").strip():
            name = "url" if "url" in self.fields else "html"
            self.add_error(name, ValidationError("Enter the address of a page, or paste its HTML", code="required"))
        return said


class HelperForm(forms.Form):
    name = name_field(help_text="It stands on the list.")  # asked only of those who gave none
    platforms = forms.MultipleChoiceField(
        label="What do you use?",
        choices=Helper.Platform.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select what you use"},
    )
    what_for = LineField(
        label="What do you use it for?",
        help_text="For example: announcing meetings, hearing from parents.",
        max_length=300,
        error_messages={"required": "Enter what you use it for"},
    )
    is_councillor = forms.BooleanField(label="I am a councillor", required=False)

    def __init__(self, *args: Any, person: Person, known: Helper | None, back: str, **kwargs: Any) -> None:
        names = ("platforms", "what_for", "is_councillor")
        said = {name: getattr(known, name) for name in names} if known else {}
        super().__init__(*args, **{"initial": said, **kwargs})
        if person.name:
            del self.fields["name"]
        self.helper = helper("Save" if known else "List me")
        self.helper.add_input(Link("Go back without saving", back))


class HelpersFilter(forms.Form):
    """Above the list; nonsense in the address counts as nothing chosen."""

    platform = forms.ChoiceField(label="Uses", choices=[("", "Anything"), *Helper.Platform.choices], required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = filter_helper()

    def chosen(self) -> str:
        return self.cleaned_data.get("platform", "") if self.is_valid() else ""


class AskForm(forms.Form):
    text = forms.CharField(
        label="What would you like to ask?",
        max_length=1000,
        widget=CountedTextarea,
        error_messages={"required": "Enter what you would like to ask"},
    )

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Send the question")
        self.helper.add_input(Link("Go back without sending", back))

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"].strip()
        if not text:
            raise ValidationError("Enter what you would like to ask", code="required")
        return text
