"""What somebody writes down that they heard: a link or words, and a topic; the rest can follow."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator

from evidence import captures, links, subjects
from evidence.forms.fields import LinkField, MonthField, PlatformField, SearchField, TopicField
from evidence.models import Item, Search, Topic
from govuk.layout import Details, Link, Secondary
from govuk.widgets import CountedTextarea
from people.forms import LineField, helper

LATER, HAND_IN, SCREENSHOT = "later", "hand_in", "screenshot"
CHANGED = (
    "Somebody saved this while you wrote, perhaps you in another window. What they saved is below the form. Save again "
    "to put yours in its place"
)
NOTHING = "Enter a link, or words"
# Words that reports use: nothing in them may lead to somebody.
_OURS = ("title", "our_words", "tells_us", "does_not_tell_us", "described_as")


def _text(label: str, most: int, rows: int, **kwargs: Any) -> forms.CharField:
    widget = CountedTextarea({"rows": rows}) if most <= 3000 else forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, required=False, widget=widget, **kwargs)


def _one_of(label: str, choices: list[tuple[str, str]], **kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.RadioSelect, **kwargs)


class CaptureForm(forms.Form):
    """One thing that was heard. `then` is the button: hand it in, or leave it in the inbox."""

    link = LinkField(label="Link", required=False, help_text="Of the one post or page, not of a person’s profile.")
    platform = PlatformField()
    exact_words = _text(
        "Exact words", 10_000, 3, help_text="As they were said. Private: reports use your words instead."
    )
    our_words = _text("In our words", 3000, 2, help_text="What reports say. No names, no quotation.")
    topic = TopicField()
    search = SearchField()
    tells_us = _text("What does this tell us?", 2000, 2)
    does_not_tell_us = _text("What does it not tell us?", 2000, 2)
    title = LineField(label="Title of the page", max_length=300, required=False)
    described_as = LineField(
        label="How a report may describe it",
        max_length=200,
        required=False,
        help_text="For example “a public post on a parenting forum”.",
    )
    month = MonthField(
        label="Month it was said in",
        required=False,
        max_length=20,
        help_text="For example 02/2027.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    seen_without_login = _one_of("Could you see this without logging in?", [("yes", "Yes"), ("no", "No")])
    author_kind = _one_of("Who said it?", Item.AuthorKind.choices)
    author = LineField(
        label="Name of the account",
        max_length=150,
        required=False,
        help_text="Only where the link does not show it. We turn it into a code that cannot be turned back, to notice "
        "when we look at one person too often, and do not keep the name.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    stance = _one_of("New to us?", Item.Stance.choices)
    tone = _one_of("What kind of experience?", Item.Tone.choices)
    categories = forms.MultipleChoiceField(
        label="Is it about one of these?",
        choices=Item.Category.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Then it is sensitive: exact words are hidden, and it is kept for a shorter time.",
    )
    minutes = forms.IntegerField(
        label="Minutes it took",
        required=False,
        min_value=0,
        help_text="To find this one and write it down. Where the search says its minutes, those count instead.",
        validators=[MaxValueValidator(600)],
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    FIRST: tuple[str, ...] = ("version", "link", "platform", "exact_words", "our_words", "topic", "search")
    MORE: tuple[str, ...] = (
        *("tells_us", "does_not_tell_us", "stance", "author_kind", "author", "seen_without_login", "categories"),
        *("tone", "month", "described_as", "title", "minutes"),
    )

    def __init__(
        self,
        *args: Any,
        topics: Iterable[Topic],
        searches: Sequence[Search] = (),
        item: Item | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.item = item
        if searches and "search" in self.fields:
            self.fields["search"].offer(searches)  # type: ignore[attr-defined]
        else:
            self.fields.pop("search", None)
        self.fields["topic"].offer(topics)  # type: ignore[attr-defined]
        self.fields["topic"].required = not self.is_bound or self.needs_topic
        if item:
            self.initial = {**initial(item), **(self.initial or {})}
        self.helper = helper("Hand in")
        self.helper.inputs = self.buttons()
        self.helper.layout = Layout(
            *(name for name in self.FIRST if name in self.fields),
            Details("More about it (optional)", *(name for name in self.MORE if name in self.fields)),
        )

    def buttons(self) -> list[Any]:
        return [
            Submit("then", "Hand in", css_id="hand-in"),
            Secondary("then", "Save for later", css_id="save-for-later"),
            Secondary("then", "Save and add a screenshot", css_id="add-screenshot"),
        ]

    @property
    def then(self) -> str:
        """What the button that was pressed asks for; without one, as when Enter is pressed, to save."""
        return {"Hand in": HAND_IN, "Save and add a screenshot": SCREENSHOT}.get(self.data.get("then", ""), LATER)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name in _OURS:
            if name in self.fields and (why := subjects.why_not_our_words(said.get(name) or "")):
                self.add_error(name, f"This {why}")
        self._keep_words_beside_the_link(said)
        self._ask_for_the_least(said)
        return said

    def _keep_words_beside_the_link(self, said: dict[str, Any]) -> None:
        """Phones paste a sentence with the address in it: the sentence is the exact words."""
        rest = links.first_link(self.data.get("link") or "")
        if said.get("link") and rest.address and rest.words and not said.get("exact_words"):
            said["exact_words"] = rest.words

    def _ask_for_the_least(self, said: dict[str, Any]) -> None:
        if "link" not in self.errors and not any(said.get(name) for name in ("link", "exact_words", "our_words")):
            self.add_error("link", NOTHING)

    @property
    def needs_topic(self) -> bool:
        """To save it for later it needs none."""
        return self.then == HAND_IN

    @property
    def is_profile_refused(self) -> bool:
        return self.has_error("link", code="profile")

    def said(self) -> captures.Said:
        """What was typed, over what is kept and was not asked for."""
        typed = {name: value for name, value in self.cleaned_data.items() if name not in {"version", "then"}}
        if "seen_without_login" in typed:
            typed["seen_without_login"] = {"yes": True, "no": False}.get(typed["seen_without_login"])
        kept = captures.said_of(self.item) if self.item else {}
        return captures.Said(**{**kept, **typed})


class ChangeForm(CaptureForm):
    """Something that was handed in, changed by whoever did."""

    def buttons(self) -> list[Any]:
        return [Submit("", "Save")]

    needs_topic = True


class CorrectForm(ChangeForm):
    """The same for an officer, who does not touch what was said, where, and by whom."""

    FIRST = ("version", "our_words", "topic")
    link = platform = exact_words = author = title = search = None  # type: ignore[assignment]

    def _ask_for_the_least(self, said: dict[str, Any]) -> None:
        kept = self.item and (self.item.link or self.item.exact_words)
        if not (kept or said.get("our_words")):
            self.add_error("our_words", "Enter words")


def initial(item: Item) -> dict[str, Any]:
    """What the form shows of an item."""
    kept = captures.said_of(item)
    seen = {True: "yes", False: "no"}.get(item.seen_without_login)  # type: ignore[arg-type]
    month = f"{item.month:%m/%Y}" if item.month else ""
    topic, search = str(item.topic_id or ""), str(item.search_id or "")
    is_told = bool(item.link) and links.canonicalise(item.link).platform == item.platform
    return {
        **kept,
        "topic": topic,
        "search": search,
        "seen_without_login": seen,
        "month": month,
        "platform": "" if is_told else item.platform,
        "version": item.version,
    }


def in_a_few_words(reason: str) -> str:
    """A reason that somebody else understands and that names nobody; raises ValidationError."""
    if len(re.findall(r"\w+", reason)) < 3:
        raise ValidationError("Say it in a few words, so that an officer understands", code="short")
    if why := subjects.why_not_our_words(reason):
        raise ValidationError(f"This {why}", code="person")
    return reason


class StopForm(forms.Form):
    """Why somebody has to look at one person again."""

    reason = forms.CharField(
        label="Why does the inquiry need this?",
        max_length=500,
        help_text="The officers of the inquiry read it, and it is part of the record of how social media was used.",
        error_messages={"required": "Enter why the inquiry needs this, or keep it in your inbox"},
        widget=CountedTextarea({"rows": 3}),
    )

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Hand in with this reason")
        self.helper.add_input(Link("Do not hand it in", back))

    def clean_reason(self) -> str:
        return in_a_few_words(str(self.cleaned_data["reason"]))
