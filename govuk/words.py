"""What an error says when the form did not choose its own words: what to do, naming the field."""

from django.core.exceptions import ValidationError
from django.forms import BoundField, CheckboxInput, EmailField, FileInput, Select
from django.forms.widgets import ChoiceWidget

STOCK = {
    "Enter a valid email address.": "Enter an email address in the correct format, like name@council.gov.uk",
    "Enter a valid URL.": "Enter a web address in the correct format, like https://www.example.gov.uk",
    "Enter a valid date.": "Enter a real date, like 24/02/2027",
    "Enter a valid time.": "Enter a real time, like 10:00",
    "Enter a valid date/time.": "Enter a real date and time",
    "Enter a whole number.": "Enter a whole number",
    "Enter a number.": "Enter a number",
    "Incorrect code.": "This code is not right or too old: check it and type it again",
    "The submitted file is empty.": "Choose a file that is not empty",
}


def errors_of(field: BoundField) -> list[str]:
    """Each error of the field in words; those a form wrote itself are left alone."""
    return [text for error in field.errors.as_data() for text in _words(field, error)]


def _words(field: BoundField, error: ValidationError) -> list[str]:
    messages = [str(text) for text in error.messages]
    if messages == ["This field is required."]:
        return [_required(field)]
    if error.code == "max_length" and error.params and messages[0].startswith("Ensure this value"):
        return [f"{field.label} must be {error.params['limit_value']} characters or fewer"]
    return [STOCK.get(text, text) for text in messages]


def _required(field: BoundField) -> str:
    label = str(field.label)
    widget = field.field.widget
    if label.endswith("?"):
        return f"Answer “{label}”"
    if isinstance(field.field, EmailField):
        return "Enter an email address"
    if isinstance(widget, CheckboxInput):
        return f"Tick “{label}” to go on"
    if isinstance(widget, (Select, ChoiceWidget)):
        return f"Select {_inside(label)}"
    return f"{'Choose' if isinstance(widget, FileInput) else 'Enter'} {_inside(label)}"


def _inside(label: str) -> str:
    """The label as it stands inside a sentence; abbreviations keep their capitals."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
