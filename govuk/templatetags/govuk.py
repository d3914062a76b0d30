"""What the templates in templates/govuk/ ask about a field. Nothing here changes the field or its widget."""

from dataclasses import dataclass
from typing import Any

from django import forms, template
from django.forms import BaseForm, BaseFormSet, BoundField
from django.utils.safestring import SafeString

from govuk import words

register = template.Library()

CRISPY_CLASSES = {"btn", "btn-primary", "btn-inverse", "btn-default"}  # what crispy's own buttons put on themselves


@dataclass(frozen=True)
class Option:
    """One radio button or checkbox."""

    id: str
    name: str
    type: str
    value: str
    label: str
    hint: str
    is_checked: bool
    is_disabled: bool


@dataclass(frozen=True)
class Part:
    """One of the inputs of a field that has several."""

    id: str
    label: str
    html: SafeString


@dataclass(frozen=True)
class Problem:
    """One line of an error summary; `target` is empty when there is nothing to point at."""

    text: str
    target: str


@register.filter
def field_kind(field: BoundField) -> str:
    """Name of the template piece that draws this field."""
    widget = field.field.widget
    kinds: list[tuple[Any, str]] = [
        ((forms.RadioSelect, forms.CheckboxSelectMultiple), "choices"),
        (forms.CheckboxInput, "checkbox"),
        (forms.MultiWidget, "parts"),
        (forms.FileInput, "file"),
        (forms.Textarea, "textarea"),
    ]
    if field.is_hidden:
        return "hidden"
    return next((kind for classes, kind in kinds if isinstance(widget, classes)), "input")


@register.filter
def is_optional(field: BoundField) -> bool:
    """Whether to say "(optional)": a single checkbox is optional by its nature."""
    return not field.field.required and not field.field.disabled and field_kind(field) != "checkbox"


@register.filter
def counted_characters(field: BoundField) -> int | None:
    """How many characters to count down from: textareas with `data-count` and a `maxlength`."""
    attrs = field.field.widget.attrs
    return int(attrs["maxlength"]) if "data-count" in attrs and "maxlength" in attrs else None


@register.filter
def described_by(field: BoundField) -> str:
    """Ids of the elements that describe the field, in the order in which they should be read."""
    own = field.field.widget.attrs.get("aria-describedby", "")
    ids = [own, f"{field.auto_id}_hint" if field.help_text else "", f"{field.auto_id}_error" if field.errors else ""]
    return " ".join(filter(None, ids))


@register.filter
def error_words(field: BoundField) -> list[str]:
    return words.errors_of(field)


@register.filter
def first_input(field: BoundField) -> str:
    """Id of the input that an error message should lead to."""
    if field_kind(field) in ("choices", "parts"):
        return f"{field.auto_id}_0"
    return "" if field.is_hidden else field.field.widget.attrs.get("id") or field.auto_id


@register.simple_tag
def govuk_widget(field: BoundField) -> SafeString:
    """The field's input, select or textarea with GOV.UK classes and the attributes that connect it to its messages.

    Without a placeholder: it vanishes when one types, and the label says it already. Without `required`: screen
    readers call an empty required field invalid before anybody has typed. Labels say which fields are optional
    instead, and the server says what is missing.
    """
    widget = field.field.widget
    attrs: dict[str, Any] = {"id": first_input(field), "class": _classes(field), "placeholder": False}
    if described_by(field):
        attrs["aria-describedby"] = described_by(field)
    if field.errors:
        attrs["aria-invalid"] = "true"
    if field.field.disabled:
        attrs["disabled"] = True
    if counted_characters(field):
        attrs["maxlength"] = False  # what is typed or pasted is kept, the count and the server say it is too long
        attrs["aria-describedby"] = f"{described_by(field)} {field.auto_id}-info".strip()
    return widget.render(field.html_name, field.value(), attrs=attrs, renderer=field.form.renderer)


@register.simple_tag
def govuk_options(field: BoundField) -> list[Option]:
    """The radio buttons or checkboxes of a field; `widget.hints` may map values to a line under the label."""
    widget = field.field.widget
    hints = {str(value): hint for value, hint in getattr(widget, "hints", {}).items()}
    choices = widget.subwidgets(field.html_name, field.value(), {"id": field.auto_id})
    return [
        Option(
            id=choice["attrs"]["id"],
            name=choice["name"],
            type=choice["type"],
            value=str(choice["value"]),
            label=choice["label"],
            hint=hints.get(str(choice["value"]), ""),
            is_checked=choice["selected"],
            is_disabled=field.field.disabled or bool(choice["attrs"].get("disabled")),
        )
        for choice in choices
    ]


@register.simple_tag
def govuk_parts(field: BoundField) -> list[Part]:
    """The inputs of a MultiWidget; `widget.labels` names them."""
    widget = field.field.widget
    value = field.value()
    values = value if isinstance(value, (list, tuple)) else widget.decompress(value)
    labels = getattr(widget, "labels", ("Date", "Time"))
    parts = []
    for number, (part, name, label) in enumerate(zip(widget.widgets, widget.widgets_names, labels, strict=True)):
        id_ = f"{field.auto_id}_{number}"
        attrs = {"id": id_, "class": _joined("govuk-input", part.attrs, is_wrong=bool(field.errors))}
        if field.errors:
            attrs["aria-invalid"] = "true"
        html = part.render(field.html_name + name, values[number], attrs=attrs, renderer=field.form.renderer)
        parts.append(Part(id_, label, html))
    return parts


@register.filter
def button_classes(classes: str) -> str:
    """The classes of a crispy button that are not crispy's own."""
    return " ".join(name for name in classes.split() if name not in CRISPY_CLASSES)


@register.inclusion_tag("govuk/error_summary.html")
def error_summary(*forms_or_formsets: Any) -> dict[str, list[Problem]]:
    """The list of everything that is wrong, for the top of a page; nothing when nothing is."""
    return {"problems": [problem for form in forms_or_formsets if form for problem in _problems(form)]}


def _problems(form: BaseForm | BaseFormSet) -> list[Problem]:
    if not form.is_bound:
        return []
    if isinstance(form, BaseFormSet):
        own = [Problem(str(text), "") for text in form.non_form_errors()]
        return own + [problem for one in form.forms for problem in _problems(one)]
    own = [Problem(str(text), "") for text in form.non_field_errors()]
    return own + [Problem(text, first_input(field)) for field in form for text in words.errors_of(field)]


def _classes(field: BoundField) -> str:
    widget = field.field.widget
    families: list[tuple[Any, str]] = [
        (forms.FileInput, "govuk-file-upload"),
        (forms.CheckboxInput, "govuk-checkboxes__input"),
        (forms.Textarea, "govuk-textarea"),
        (forms.Select, "govuk-select"),
    ]
    family = next((name for kind, name in families if isinstance(widget, kind)), "govuk-input")
    extra = []
    if counted_characters(field):
        extra.append("govuk-js-character-count")
    if widget.attrs.get("autocomplete") == "one-time-code":
        extra.append("govuk-input--width-10 app-code-input")
    return " ".join([_joined(family, widget.attrs, is_wrong=bool(field.errors)), *extra])


def _joined(family: str, attrs: dict[str, Any], *, is_wrong: bool) -> str:
    wrong = f"{family}--error" if is_wrong and "__" not in family else ""
    return " ".join(filter(None, [family, wrong, str(attrs.get("class", ""))]))
