"""Searching: what to look for, and what came of it."""

from typing import Any

from crispy_forms.layout import Submit
from django import forms

from evidence import looking, subjects
from evidence.models import Inquiry, Search, Topic
from govuk.layout import Link
from govuk.widgets import DateInput
from meetups.forms.organising import filter_helper
from people.forms import LineField, helper
from searchdeck import searching
from searchdeck.models import Source


class DeckForm(forms.Form):
    """Above the places to search. What looks for a person is taken out and said."""

    topic = forms.ModelChoiceField(
        label="Topic", queryset=Topic.objects.none(), required=False, empty_label="All topics"
    )
    words = LineField(label="Words", max_length=200, required=False)
    place = LineField(label="Place", max_length=80, required=False)
    without = LineField(label="Without these words", max_length=200, required=False)

    def __init__(self, *args: Any, inquiry: Inquiry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = inquiry.topics.all()  # type: ignore[attr-defined]
        self.helper = filter_helper()
        self.helper.inputs = [Submit("", "Make the searches")]

    def chosen_topic(self) -> Topic | None:
        self.is_valid()
        return self.cleaned_data.get("topic")

    def query(self) -> searching.Query:
        """Nonsense counts as nothing; a topic without words of its own is searched by its name."""
        self.is_valid()
        topic = self.chosen_topic()
        words = self.cleaned_data.get("words") or (topic and (topic.words or topic.name)) or ""
        return searching.query(words, self.cleaned_data.get("place", ""), self.cleaned_data.get("without", ""))


class RunForm(DeckForm):
    """One click on a place: what the deck showed, sent along."""

    source = forms.ModelChoiceField(queryset=Source.objects.filter(is_active=True), to_field_name="slug")

    def chosen_source(self) -> Source | None:
        self.is_valid()
        return self.cleaned_data.get("source")


class FoundForm(forms.ModelForm):
    """What came of a search. Nothing found is worth writing down too."""

    class Meta:
        model = Search
        fields = ("looked_at", "logged", "minutes", "note")
        labels = {
            "looked_at": "How many did you look at?",
            "logged": "How many did you log?",
            "minutes": "Minutes it took",
            "note": "Anything to note",
        }
        help_texts = {
            "looked_at": "0 when it found nothing: that is a finding too.",
            "minutes": "In all: looking, and writing down what you logged from it.",
            "note": "",
        }

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("looked_at", "logged"):
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = "Enter a number, 0 for none"
        for name in ("looked_at", "logged", "minutes"):
            self.fields[name].widget.attrs["class"] = "govuk-input--width-4"
        self.helper = helper("Save")
        self.helper.add_input(Link("Go back", back))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        looked_at, logged = said.get("looked_at"), said.get("logged")
        if looked_at is not None and logged is not None and logged > looked_at:
            self.add_error("logged", "You cannot log more than you looked at")
        return said

    def clean_note(self) -> str:
        note = str(self.cleaned_data["note"])
        if why := subjects.why_not_our_words(note):
            raise forms.ValidationError(f"This {why}", code="person")
        return note

    def said(self) -> looking.Found:
        return looking.Found(**self.cleaned_data)


class SourceForm(forms.ModelForm):
    class Meta:
        model = Source
        fields = (
            *("name", "template", "intrusiveness", "position", "needs_login", "exclusions", "advice", "last_checked"),
            "is_active",
        )
        labels = {"template": "Address of its search", "advice": "Advice", "position": "Order among its kind"}
        help_texts = {
            "template": "With {query} where the search words go; {tag} for one tag, {place} for the place alone.",
            "last_checked": "When somebody last saw that it works.",
        }

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_checked"].widget = DateInput()
        self.fields["template"].widget.attrs |= {"spellcheck": "false", "autocapitalize": "none"}
        self.helper = helper("Save")
        self.helper.add_input(Link("Go back", back))
