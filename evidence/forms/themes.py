"""What an officer writes about a theme, what follows from it, and which items it rests on."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from evidence import subjects, theming
from evidence.models import Inquiry, Item, Step, Theme, Topic
from govuk.layout import Link
from meetups.forms.moments import date_field
from people.forms import LineField, helper

CHANGED = (
    "Somebody else saved this theme while you wrote. What you typed is below; look at theirs in another window, then "
    "save again to put yours in its place"
)
TAKEN = "There is a theme with this name already"
_NUMBERS = re.compile(r"(\d{1,7})(?:\s*[-–]\s*(\d{1,7}))?")
MOST = 200


class ItemsField(forms.CharField):
    """Accepted items of one inquiry by their numbers: “12, 14, 20 to 25”. Cleans to a list of Item."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=1000, **kwargs)
        self.inquiry: Inquiry | None = None

    def clean(self, value: Any) -> list[Item]:
        text = re.sub(r"\s*\bto\b\s*", "-", super().clean(value))
        if _NUMBERS.sub("", re.sub(r"(?i)\bitems?\b", "", text)).strip(" ,;and.\n\r\t"):
            raise ValidationError("Enter numbers of items, such as 12, 14, 20 to 25", code="invalid")
        ranges = [(int(first), int(last or first)) for first, last in _NUMBERS.findall(text)]
        if sum(max(last - first, 0) + 1 for first, last in ranges) > MOST:
            raise ValidationError(f"Name {MOST} items or fewer", code="too_many")
        return self._items([number for first, last in ranges for number in range(first, last + 1)])

    def _items(self, numbers: list[int]) -> list[Item]:
        assert self.inquiry
        found = {item.number: item for item in Item.objects.of(self.inquiry).accepted().filter(number__in=numbers)}
        missing = [str(number) for number in dict.fromkeys(numbers) if number not in found]
        if missing:
            which = ", ".join(missing[:10])
            raise ValidationError(f"Not accepted yet, or not there: {which}. Review them first", code="missing")
        return [found[number] for number in dict.fromkeys(numbers)]


class ThemeForm(forms.Form):
    title = LineField(
        label="Theme",
        max_length=120,
        help_text="A few words, such as “Word does not reach families”.",
        error_messages={"required": "Enter a few words for the theme"},
    )
    topic = forms.ModelChoiceField(
        label="Topic", queryset=Topic.objects.none(), required=False, empty_label="More than one"
    )
    heard = forms.CharField(
        label="What we heard",
        max_length=5000,
        required=False,
        help_text="In our words. No names, no accounts, nobody's exact words.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    does_not_tell_us = forms.CharField(
        label="What this does not tell us",
        max_length=3000,
        required=False,
        help_text="Who is silent there? How many are they? What else could it mean?",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, inquiry: Inquiry, theme: Theme | None = None, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.inquiry, self.theme = inquiry, theme
        self.fields["topic"].queryset = inquiry.topics.all()  # type: ignore[attr-defined]
        if theme:
            same = ("title", "topic", "heard", "does_not_tell_us", "version")
            self.initial = {**{name: getattr(theme, name) for name in same}, **self.initial}
        self.helper = helper("Save theme")
        self.helper.add_input(Link("Go back", back))

    def clean_title(self) -> str:
        title = " ".join(str(self.cleaned_data["title"]).split())
        others = self.inquiry.themes.exclude(pk=self.theme.pk if self.theme else 0)
        if others.filter(title__iexact=title).exists():
            raise ValidationError(TAKEN, code="twice")
        return title

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name in ("title", "heard", "does_not_tell_us"):
            if why := subjects.why_not_our_words(said.get(name) or ""):
                self.add_error(name, f"This {why}")
        return said

    def said(self) -> theming.ThemeWords:
        return theming.ThemeWords(**{name: value for name, value in self.cleaned_data.items() if name != "version"})


class AddItemsForm(forms.Form):
    items = ItemsField(
        label="Numbers of items",
        help_text="Such as 12, 14, 20 to 25. They have to be accepted, and are then relied on.",
        error_messages={"required": "Enter numbers of items"},
    )

    def __init__(self, *args: Any, inquiry: Inquiry, url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"].inquiry = inquiry  # type: ignore[attr-defined]
        self.helper = helper("Add to the theme")
        self.helper.form_action = url


class StepForm(forms.Form):
    kind = forms.ChoiceField(
        label="What is it?",
        choices=Step.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what it is"},
    )
    text = forms.CharField(
        label="In words",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter the question, recommendation or response"},
    )
    who = LineField(
        label="Who is asked, or who answers",
        max_length=150,
        required=False,
        help_text="An office or organisation, such as “Director of children's services”.",
    )
    said_on = date_field("Day", required=False)
    follows = forms.ModelChoiceField(
        label="Follows from",
        queryset=Step.objects.none(),
        required=False,
        empty_label="What we heard",
        help_text="A recommendation follows from a question, a response from a recommendation.",
    )
    items = ItemsField(
        label="Items it goes back to",
        required=False,
        help_text="Numbers, such as 12, 14. They come into the theme.",
    )

    def __init__(self, *args: Any, theme: Theme, step: Step | None = None, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step = step
        follows: Any = self.fields["follows"]
        follows.queryset = theme.steps.exclude(pk=step.pk if step else 0).exclude(kind=Step.Kind.RESPONSE)
        follows.label_from_instance = lambda one: f"{one.get_kind_display()}: {one.text[:80]}"
        self.fields["items"].inquiry = theme.inquiry  # type: ignore[attr-defined]
        if step:
            same = ("kind", "text", "who", "said_on", "follows")
            numbers = ", ".join(str(item.number) for item in step.items.order_by("number"))
            self.initial = {**{name: getattr(step, name) for name in same}, "items": numbers, **self.initial}
        self.helper = helper("Save")
        self.helper.add_input(Link("Go back", back))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name in ("text", "who"):
            if why := subjects.why_not_our_words(said.get(name) or ""):
                self.add_error(name, f"This {why}")
        kind, follows = said.get("kind"), said.get("follows")
        if kind and follows and Step.BEFORE[Step.Kind(kind)] != follows.kind:
            self.add_error("follows", f"A {Step.Kind(kind).label.lower()} does not follow from that")
        if self.step and kind and kind != self.step.kind and self.step.followed_by.exists():
            self.add_error("kind", "Something follows from it already, so it stays what it is")
        if kind == Step.Kind.RESPONSE and not follows and "follows" not in self.errors:
            self.add_error("follows", "Select the recommendation that it responds to")
        return said

    def said(self) -> theming.StepWords:
        return theming.StepWords(**self.cleaned_data)
