"""Which items to show, and what an officer decides."""

from datetime import date
from typing import Any

from django import forms

from evidence import links, listing, subjects
from evidence.models import Inquiry, Item, Topic
from govuk.layout import Link
from meetups.forms.organising import filter_helper
from people.forms import helper

_ANY = [("", "Any")]


class ItemFilter(forms.Form):
    """What may be asked of a list of items. There is no field for an author, and there must not be."""

    q = forms.CharField(label="Words", required=False, max_length=100)
    topic = forms.ModelChoiceField(label="Topic", queryset=Topic.objects.none(), required=False, empty_label="Any")
    platform = forms.ChoiceField(label="Where it was said", required=False)
    author_kind = forms.ChoiceField(label="Said by", choices=_ANY + Item.AuthorKind.choices, required=False)
    month = forms.ChoiceField(label="Month", required=False)
    tone = forms.ChoiceField(label="Tone", choices=_ANY + Item.Tone.choices, required=False)
    stance = forms.ChoiceField(label="Usefulness", choices=_ANY + Item.Stance.choices, required=False)
    state = forms.ChoiceField(label="State", choices=_ANY + Item.State.choices[1:], required=False)
    reliance = forms.ChoiceField(label="Relied on", choices=_ANY + Item.Reliance.choices, required=False)

    def __init__(
        self, *args: Any, inquiry: Inquiry, found_in: tuple[list[str], list[date]], role: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        platforms, months = found_in
        self.fields["topic"].queryset = inquiry.topics.all()  # type: ignore[attr-defined]
        self._offer("platform", [(one, links.platform_name(one)) for one in platforms])
        self._offer("month", [(f"{one:%Y-%m-%d}", f"{one:%B %Y}") for one in months])
        if role == "reader":  # who sees only what was accepted
            del self.fields["state"]
        self.helper = filter_helper()

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [*_ANY, *choices]  # type: ignore[attr-defined]

    def wanted(self) -> listing.Wanted:
        """Nonsense in the address counts as nothing chosen."""
        self.is_valid()
        said = {name: value for name, value in self.cleaned_data.items() if value and name not in {"q", "month"}}
        month = self.cleaned_data.get("month")
        return listing.Wanted(
            words=self.cleaned_data.get("q", ""), month=date.fromisoformat(month) if month else None, **said
        )


class AsideForm(forms.Form):
    """Why something is not evidence."""

    REASONS = (
        *("It is not about the topic", "It is about a person, not about a service", "It cannot be checked"),
        *("It was not said in public", "It is the same as another item"),
    )
    OTHER = "other"
    why = forms.ChoiceField(
        label="Why do you set it aside?",
        choices=[*((one, one) for one in REASONS), (OTHER, "Another reason")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select why you set it aside"},
    )
    reason = forms.CharField(
        label="Another reason, or more about it",
        required=False,
        max_length=400,
        help_text="Everybody in the inquiry can read it. No names of people.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, item: Item, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version", item.version)
        self.helper = helper("Set aside")
        self.helper.add_input(Link("Go back", back))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("why") == self.OTHER and not said.get("reason"):
            self.add_error("reason", "Enter the reason")
        if wrong := subjects.why_not_our_words(said.get("reason") or ""):
            self.add_error("reason", f"This {wrong}")
        return said

    def said(self) -> str:
        why, more = self.cleaned_data["why"], self.cleaned_data["reason"]
        return more if why == self.OTHER else f"{why}. {more}".rstrip(". ")
