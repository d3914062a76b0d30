"""Forms of network maps: the map itself, lines typed at once, one node with all about it, a link."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from govuk.layout import Details, Link
from networking import map_lines, map_parts
from networking.map_parts import KINDS, LAYER_WORDS, LAYERS, STRENGTHS, TIES, MapData, Node
from networking.map_prompts import Prompt, Way
from networking.maps import Settings
from people.forms import LineField, helper

KIND_CHOICES = [(kind, kind.capitalize()) for kind in KINDS]
CLOCK = 30  # degrees in an hour
PLATFORMS = "Facebook, X, Instagram, WhatsApp …"


class WordsField(forms.CharField):
    """Words between commas: topics, wards, platforms."""

    def clean(self, value: Any) -> tuple[str, ...]:
        said = map_parts.words_of(super().clean(value) or "")
        if len(said) > map_parts.MOST_WORDS:
            raise ValidationError(f"Enter {map_parts.MOST_WORDS} or fewer, with commas between them", code="many")
        if any(len(word) > map_parts.LONGEST_WORD for word in said):
            raise ValidationError(
                f"Each must be {map_parts.LONGEST_WORD} characters or fewer; put commas between them", code="long"
            )
        return said

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, (tuple, list)) else value


def words_field(label: str, hint: str = "") -> WordsField:
    return WordsField(label=label, help_text=hint, required=False, max_length=1500)


class PeopleField(forms.IntegerField):
    """A number of people, however it is written."""

    def to_python(self, value: Any) -> int | None:
        return super().to_python(value.replace(",", "").replace(" ", "") if isinstance(value, str) else value)


class MapForm(forms.Form):
    name = LineField(label="Name of this map", max_length=120, error_messages={"required": "Enter a name for this map"})
    topics = words_field(
        "Topics you want to hear about", "With commas between them. The map tells where you have nobody."
    )
    wards = words_field("Wards and places you speak for", "With commas between them.")
    mentor_may_read = forms.BooleanField(label="My mentor may see this map", required=False)

    def __init__(self, *args: Any, way: Way, button: str, cancel: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = ["name"]
        if way.about:
            self.fields["about"] = LineField(label=way.about, max_length=300, required=False)
            first.append("about")
        self.helper = helper(button)
        self.helper.layout = Layout(*first, "topics", "wards", "mentor_may_read")
        if cancel:
            self.helper.add_input(Link("Cancel", cancel))

    def settings(self) -> Settings:
        said = self.cleaned_data
        return Settings(said["name"], said.get("about", ""), said["topics"], said["wards"], said["mentor_may_read"])


def layers_field(label: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=[(layer, LAYER_WORDS[layer]) for layer in LAYERS],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one layer"},
    )


def tie_field(label: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=[(str(tie), words.capitalize()) for tie, words in TIES.items()], coerce=int
    )


class LinesForm(forms.Form):
    """Many at once: a name on each line, and what is the same for all of them."""

    lines = forms.CharField(
        label="One name on each line",
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        max_length=30_000,
        error_messages={"required": "Type at least one name"},
    )
    kind = forms.ChoiceField(label="They are", choices=KIND_CHOICES)
    layers = layers_field("Layers")
    tie = tie_field("I know them")

    def __init__(self, data: Any = None, *, of: MapData, prompt: Prompt | None = None) -> None:
        start = {"kind": "person", "layers": ["offline"], "tie": "1"}
        if prompt:
            tie = "0" if prompt.layer == map_parts.ASPIRATIONAL else "1"
            start = {"kind": prompt.kind, "layers": [prompt.layer], "tie": tie}
        super().__init__(data, initial=start, auto_id="lines_%s")
        self.data_of_map = of
        if prompt:
            self.fields["lines"].label = prompt.question
        self.fields["lines"].help_text = (
            "After the name, with commas, what is different: “Parish magazine, media, online, housing”. "
            '“Ann Smith > Parish magazine” links two. A name with a comma stands in "double quotes".'
        )
        self.helper = helper("Add to the map")
        self.helper.layout = Layout(
            "lines", Details("What they are: kind, layers, how well you know them", "kind", "layers", "tie")
        )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors:
            like = Node(0, "", said["kind"], map_parts.in_order(said["layers"]), said["tie"])
            self.read = map_lines.read(said["lines"], self.data_of_map, like=like)
            for error in self.read.errors[:20]:
                self.add_error("lines", error)
        return said


class NodeForm(forms.Form):
    """One node with all about it. `seen` is what the window showed, so that two windows notice each other."""

    name = LineField(label="Name", max_length=map_parts.LONGEST_NAME, error_messages={"required": "Enter a name"})
    kind = forms.ChoiceField(label="What it is", choices=KIND_CHOICES)
    layers = layers_field("Layers")
    tie = tie_field("I know them")
    audience = PeopleField(
        label="How many people they reach",
        help_text="Members, readers or followers, roughly. The reach explorer uses it.",
        required=False,
        min_value=0,
        max_value=map_parts.LARGEST_AUDIENCE,
        error_messages={
            "invalid": "Enter the number of people in digits, such as 1200",
            "min_value": "Enter 0 or more",
            "max_value": "Enter a number of people there can be",
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-10"}),
    )
    topics = words_field("Topics", "With commas between them.")
    platforms = words_field("Platforms they are on", f"With commas between them, such as {PLATFORMS}")
    ward = LineField(label="Ward or place", max_length=100, required=False)
    note = forms.CharField(
        label="Note",
        help_text="Only you and, if you agreed, your mentor read it. Nothing you would not say to their face.",
        max_length=map_parts.LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, *, node: Node | None = None, cancel: str) -> None:
        super().__init__(data, initial=_initial(node))
        self.fields["angle"] = _angle(node)
        self.node = node
        self.helper = helper("Save" if node else "Add to the map")
        self.helper.layout = Layout(
            "seen", "name", "kind", "layers", "tie", "audience", "topics", "platforms", "ward", "note", "angle"
        )
        self.helper.add_input(Link("Cancel", cancel))

    def made(self, node_id: int) -> Node:
        said = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return Node(id=node_id, **{**said, "layers": map_parts.in_order(said["layers"])})

    def show_what_is_there(self, node: Node) -> None:
        """Another window changed it: say so, and let the next “Save” through."""
        assert isinstance(self.data, QueryDict)
        typed = self.data.copy()
        typed["seen"] = map_parts.digest(node)
        self.data = typed
        self.add_error(
            None,
            f"This was changed in another window: it is now “{node.name}”, {node.kind}, {' and '.join(node.layers)}. "
            "What you typed is below; save it again to keep it instead",
        )


def _initial(node: Node | None) -> dict[str, Any]:
    if node is None:
        return {"kind": "person", "layers": ["offline"], "tie": "1"}
    fields = ("name", "kind", "layers", "tie", "audience", "topics", "platforms", "ward", "note", "angle")
    return {**{name: getattr(node, name) for name in fields}, "seen": map_parts.digest(node)}


def _angle(node: Node | None) -> forms.TypedChoiceField:
    label = "Where on its ring the picture shows it"
    return forms.TypedChoiceField(label=label, required=False, coerce=int, empty_value=None, choices=_clock(node))


def _clock(node: Node | None) -> list[tuple[str, str]]:
    hours = [(str(hour % 12 * CLOCK), f"At {hour} o'clock") for hour in range(1, 13)]
    dragged = node is not None and node.angle is not None and node.angle % CLOCK
    was = [(str(node.angle), "Where it was moved to")] if node and dragged else []
    return [("", "By itself"), *was, *hours]


class LinkForm(forms.Form):
    strength = forms.TypedChoiceField(
        label="How strong", choices=[(str(one), words.capitalize()) for one, words in STRENGTHS.items()], coerce=int
    )
    link_note = LineField(label="Note on this link", max_length=300, required=False)

    def __init__(self, data: Any = None, *, others: Sequence[Node]) -> None:
        super().__init__(data, initial={"strength": "2"}, auto_id="link_%s")
        self.fields["other"] = forms.TypedChoiceField(
            label="Linked with",
            coerce=int,
            choices=[("", "Select a name"), *((str(node.id), node.name) for node in others)],
            error_messages={"required": "Select a name", "invalid_choice": "Select a name that is on the map"},
        )
        self.order_fields(["other"])


class MapVersionForm(forms.Form):
    name = LineField(
        label="Name of this version",
        help_text="Such as before the campaign. A version is kept by itself at the end of each sprint.",
        max_length=120,
        error_messages={"required": "Enter a name for this version"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Keep this version")


class TableFilter(forms.Form):
    q = forms.CharField(label="Name or topic", max_length=80, required=False)
    layer = forms.ChoiceField(
        label="Layer", choices=[("", "All"), *((layer, layer.capitalize()) for layer in LAYERS)], required=False
    )
    kind = forms.ChoiceField(label="What", choices=[("", "All"), *KIND_CHOICES], required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.form_class = "app-filter"
        self.helper.add_input(Submit("", "Show"))

    def found(self, nodes: Sequence[Node]) -> set[int]:
        """The nodes that the table shows."""
        said = self.cleaned_data if self.is_valid() else {}
        words = said.get("q", "").casefold().split()
        return {
            node.id
            for node in nodes
            if (not said.get("layer") or node.is_in(said["layer"]))
            and (not said.get("kind") or node.kind == said["kind"])
            and all(word in f"{node.name} {' '.join(node.topics)} {node.ward}".casefold() for word in words)
        }
