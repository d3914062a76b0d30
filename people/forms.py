import re
import unicodedata
from typing import Any, NamedTuple

from allauth.account.forms import RequestLoginCodeForm, SignupForm
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy

from govuk.layout import Link, Warn
from people import councils, preferences
from people.models import Council, Person


class WorksAt(NamedTuple):
    """Where somebody works: a council of the list, or in their own words."""

    council: Council | None
    organisation: str


# What nobody sees, and what turns the direction of the words after it.
_UNSEEN = re.compile("[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")


class LineField(forms.CharField):
    """A few words that stand beside others: with nothing in them that changes how the others look."""

    def to_python(self, value: Any) -> str:
        return _UNSEEN.sub("", super().to_python(value) or "").strip()


class CouncilField(LineField):
    """A council by name, with suggestions while typing; anything else is kept as the name of an organisation."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Council or organisation")
        kwargs.setdefault("max_length", 150)
        kwargs.setdefault("error_messages", {"required": "Enter your council or organisation"})
        super().__init__(**kwargs)
        self.widget.attrs |= {
            "data-councils-url": reverse_lazy("people:councils"),
            "autocomplete": "organization",
            "spellcheck": "false",
        }

    def clean(self, value: Any) -> WorksAt:
        typed = " ".join(super().clean(value).split())
        council = councils.named(typed)
        return WorksAt(council, "" if council else typed)


def name_field(**kwargs: Any) -> forms.CharField:
    return LineField(
        label="Your name",
        max_length=150,
        error_messages={"required": "Enter your name"},
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
        **kwargs,
    )


# Without quotes, which may hide spaces and commas, and without letters that only look like others.
_PLAIN_ADDRESS = re.compile(r"[!\x23-\x7e]+@[^\"@]+")


def _plain_address(value: str) -> None:
    if not _PLAIN_ADDRESS.fullmatch(value) or unicodedata.normalize("NFKC", value) != value:
        raise ValidationError("Not an address we can write to", code="invalid")
    validate_email(value)


class AddressField(forms.EmailField):
    """An address in small letters, as people are known by."""

    default_validators = [_plain_address]

    def clean(self, value: Any) -> str:
        """Small only once it is known to be plain: the Kelvin sign, for one, would become a k."""
        address: str = super().clean(value)
        return address.lower()


def email_field(**kwargs: Any) -> forms.EmailField:
    wrong = "Enter an email address in the correct format, like name@council.gov.uk"
    return AddressField(
        label="Email address",
        max_length=254,
        error_messages={"required": "Enter your email address", "invalid": wrong},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        **kwargs,
    )


def helper(button: str, **attrs: Any) -> FormHelper:
    """A form of ours: one button that says what it does."""
    made = FormHelper()
    made.attrs = {"novalidate": "", **attrs}
    made.add_input(Submit("", button))
    return made


class JoinForm(SignupForm):
    """Make an account: a name and an address; the code that follows proves the address."""

    name = name_field()
    field_order = ("name", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = email_field()

    def try_save(self, request: HttpRequest) -> tuple[Person | None, HttpResponse | None]:
        """Who became known since the form was checked is answered like everybody who was known before."""
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)


class SignInForm(RequestLoginCodeForm):
    """Ask for a code by e-mail."""

    email = email_field()


class AboutMeForm(forms.ModelForm):
    name = name_field()
    works_at = CouncilField()

    class Meta:
        model = Person
        fields = ("name",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["works_at"] = self.instance.works_at
        self.helper = helper("Save")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if works_at := cleaned.get("works_at"):
            self.instance.council, self.instance.organisation = works_at
        return cleaned


class PreferencesForm(forms.Form):
    """One tick per topic one can stop."""

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = preferences.choices(person)
        for topic in preferences.topics():
            self.fields[topic.name] = forms.BooleanField(
                label=f"Send me {topic.label}", required=False, initial=chosen[topic.name]
            )
        self.helper = helper("Save")


class LeaveForm(forms.Form):
    sure = forms.BooleanField(
        label="I understand that this cannot be undone",
        error_messages={"required": "Tick the box to say that you understand"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Remove my details and leave")


class FindPersonForm(forms.Form):
    """Somebody by their whole address, in any capitals."""

    email = LineField(
        label="Email address",
        max_length=254,
        help_text="The whole address that they wrote from or signed up with. Capitals do not matter.",
        error_messages={"required": "Enter an email address"},
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    person: Person

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Find")

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        found = Person.objects.still_named().filter(email__iexact=email).first()
        if found is None:
            raise ValidationError(f"We know nobody with the address {email}. Check every letter of it")
        self.person = found
        return email


class RemovePersonForm(forms.Form):
    """The address once more, so that it is not the wrong person, and why."""

    email = LineField(
        label="Their email address again",
        max_length=254,
        help_text="So that nobody else is removed by mistake.",
        error_messages={"required": "Enter their email address again"},
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    reason = LineField(
        label="Why you remove it",
        max_length=500,
        help_text="This stays in the log that administrators see. Do not name the person.",
        error_messages={"required": "Say why you remove it, such as “Asked for it in a letter of 3 March”"},
    )

    def __init__(self, *args: Any, person: Person, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.helper = helper("")
        self.helper.inputs = [Warn("", "Remove what we hold"), Link("Go back", back)]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if email.lower() != self.person.email:
            raise ValidationError("This is not the address of the person you are about to remove")
        return email

    def clean_reason(self) -> str:
        """The log must not say who it was."""
        reason: str = self.cleaned_data["reason"]
        names = [name.casefold() for name in (self.person.email, self.person.name) if name]
        if any(name in reason.casefold() for name in names):
            raise ValidationError("Say why without their name and address: this stays when both are gone")
        return reason
