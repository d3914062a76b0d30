import re
from dataclasses import dataclass
from typing import Any

from crispy_forms.layout import HTML, Layout
from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from govuk.layout import Link
from meetups import corrections
from meetups.models import Meetup, Question, SignUp, Way
from meetups.signups import Details
from meetups.topics import Wishes
from people import consents
from people.forms import CouncilField, email_field, helper, name_field
from people.models import Person

LONGEST_ANSWER = 1000
LONGEST_NUMBER = 18  # what a key of the database can hold
MOST_TOPICS = 6
_QUESTION = re.compile(r"question_\d+")


class AnswersForm(forms.Form):
    """What somebody says about themselves for one meet-up: name, where they work, and the hosts' own questions."""

    name = name_field()
    works_at = CouncilField()
    role = forms.ChoiceField(
        label="What is your role?", choices=SignUp.Role.choices, widget=forms.RadioSelect, required=False
    )
    access_needs = forms.CharField(
        label="Is there anything we can do so that you can take part fully?",
        help_text="For example captions, step-free access or a break every hour. Only the hosts see this.",
        max_length=LONGEST_ANSWER,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, meetup: Meetup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meetup = meetup
        self.questions = {f"question_{question.pk}": question for question in meetup.questions.all()}
        for name, question in self.questions.items():
            self.fields[name] = _field_for(question)
        self.order_fields(["name", "works_at", *self.questions])

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    @property
    def answers_nobody_asks_for(self) -> bool:
        """Whether something was sent for a question that was taken off the form after it was opened."""
        names = [name for name in self.data if _QUESTION.fullmatch(name) and name not in self.fields]
        return any(self.data[name] for name in names)

    def details(self, *, email: str, way: str) -> Details:
        """What the form says, once it is valid."""
        council, organisation = self.cleaned_data["works_at"]
        return Details(
            name=self.cleaned_data["name"],
            email=email,
            council=council,
            organisation=organisation,
            role=self.cleaned_data["role"],
            access_needs=self.cleaned_data["access_needs"],
            way=way,
            answers={question.pk: self._answer(name) for name, question in self.questions.items()},
        )

    def _answer(self, name: str) -> str:
        answer = self.cleaned_data[name]
        return ("Yes" if answer else "") if isinstance(answer, bool) else answer


def _field_for(question: Question) -> forms.Field:
    common: dict[str, Any] = {
        "label": question.label,
        "help_text": question.hint,
        "required": question.is_required,
    }
    if question.kind == Question.Kind.TICK:
        return forms.BooleanField(**common, error_messages={"required": f"Tick the box: {question.label}"})
    if question.kind == Question.Kind.CHOICE:
        choices = [(choice, choice) for choice in question.choice_list]
        wrong = {"required": f"Select an answer: {question.label}", "invalid_choice": "Select one of the answers"}
        return forms.ChoiceField(**common, choices=choices, widget=forms.RadioSelect, error_messages=wrong)
    return forms.CharField(
        **common,
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": f"Enter an answer: {question.label}"},
    )


class _TopicsField(forms.MultipleChoiceField):
    """Topics to back. One that was taken off the list meanwhile is no reason not to sign up."""

    def clean(self, value: Any) -> list[int]:
        return [int(one) for one in value or [] if str(one).isdecimal() and len(str(one)) <= LONGEST_NUMBER]


class SignUpForm(AnswersForm):
    """The one page on which somebody signs up."""

    email = email_field(help_text="We write to this address about this meet-up only.")

    def __init__(self, *args: Any, meetup: Meetup, person: Person | None = None, **kwargs: Any) -> None:
        known = {"name": person.name, "email": person.email, "works_at": person.works_at} if person else {}
        super().__init__(*args, meetup=meetup, initial=known, **kwargs)
        if meetup.is_both:
            self.fields["way"] = way_field(meetup)
        self._ask_for_topics(meetup, is_known=person is not None)
        self.order_fields(
            ["name", "email", "works_at", "way", *self.questions, "role", "access_needs", "backs", "topic"]
        )
        self.helper = helper("Sign up" if meetup.all_places_left else "Join the waiting list")
        self.helper.layout = Layout(*self.fields, HTML(_privacy_line()))

    def _ask_for_topics(self, meetup: Meetup, *, is_known: bool) -> None:
        """Those on the list can be backed by everybody; a new one, which all can read, needs a proved address."""
        wanted = list(meetup.series.topics.open().by_backing()[:MOST_TOPICS])
        if wanted:
            self.fields["backs"] = _TopicsField(
                label="Which of these topics would you like us to take up next?",
                choices=[(topic.pk, topic.title) for topic in wanted],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        if is_known:
            self.fields["topic"] = forms.CharField(
                label="Is there another topic you would like?",
                help_text="One line. Everybody can read it, your name is not shown.",
                max_length=150,
                required=False,
            )

    def wishes(self) -> Wishes:
        return Wishes(tuple(self.cleaned_data.get("backs", [])), self.cleaned_data.get("topic", ""))

    def sign_up_details(self) -> Details:
        way = self.cleaned_data.get("way") or self.meetup.ways[0]
        return self.details(email=self.cleaned_data["email"], way=way)


def way_field(meetup: Meetup, **hints: str) -> forms.ChoiceField:
    """Online or in the room, with how many places each has left, or with other hints by way."""
    labels = {Way.ONLINE: "Online", Way.ROOM: f"In the room: {meetup.venue}"}
    field = forms.ChoiceField(
        label="How will you take part?",
        choices=[(way.value, labels[way]) for way in meetup.ways],
        widget=forms.RadioSelect,
        error_messages={"required": "Select how you will take part"},
    )
    field.widget.hints = {way.value: _left(meetup.places_left(way)) for way in meetup.ways} | hints
    return field


def _left(places: int) -> str:
    if not places:
        return "Full: you will be on the waiting list"
    return "1 place left" if places == 1 else f"{places} places left"


def _privacy_line() -> SafeString:
    """The words whose version is recorded with the sign-up, and where to read more."""
    return format_html(
        '<p class="govuk-body">{} On this site that is {} days.'
        ' <a class="govuk-link" href="{}">How we use your details</a></p>',
        consents.KEEPING_DETAILS.text,
        settings.SIGNUPS_KEEP_DAYS,
        reverse("pages:privacy"),
    )


CHANGED_MEANWHILE = (
    "Your booking was changed after you opened this page, by the hosts or by you in another window. What you entered "
    "is not saved yet. Look through it, then save again."
)


@dataclass(frozen=True)
class Both:
    """What a field says now and what was entered; `is_theirs` unless they had left it alone."""

    label: str
    now: str
    entered: str
    is_theirs: bool


class ChangeAnswersForm(AnswersForm):
    """The same questions once more, filled in with what was said. `based_on` tells what that was."""

    based_on = forms.CharField(max_length=20000, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, signup: SignUp, cancel_url: str, **kwargs: Any) -> None:
        began = {"role": "", **corrections.said_by(signup), "based_on": corrections.marks(signup)}
        super().__init__(*args, meetup=signup.meetup, initial=began, **kwargs)
        self._keep_choices_that_were_made()
        self.helper = helper("Save")
        self.helper.add_input(Link("Go back without saving", cancel_url))

    def _keep_choices_that_were_made(self) -> None:
        """Who chose what the hosts have renamed or dropped since may leave it so: saving the form loses nothing."""
        for name, question in self.questions.items():
            field, said = self.fields[name], self.initial.get(name)
            if isinstance(field, forms.ChoiceField) and said and said not in question.choice_list:
                field.choices = [(choice, choice) for choice in (*question.choice_list, said)]

    def changed_details(self, signup: SignUp) -> Details:
        return self.details(email=signup.person.email, way=signup.way)

    def show_both(self, signup: SignUp, details: Details) -> list[Both]:
        """It says something else since the form was opened: what they entered stays, what they left alone is renewed.

        Returns what differs, for the page. Saving again then means to keep what the form says.
        """
        found = corrections.differences(signup, details, based_on=self.cleaned_data["based_on"])
        left_alone = {one.field: one.now for one in found if not one.is_theirs}
        kept = {name: value for name, value in self.data.items() if name not in left_alone}
        renewed = {field: text for field, text in left_alone.items() if text}
        self.data = {**kept, **renewed, "based_on": corrections.marks(signup)}
        self.add_error(None, CHANGED_MEANWHILE)
        self.helper.hide_error_summary = True  # the page shows it above what differs
        return [
            Both(self._label(one), self._words(one.field, one.now), self._words(one.field, one.entered), one.is_theirs)
            for one in found
            if one.is_conflict
        ]

    def _label(self, one: corrections.Difference) -> str:
        field = self.fields.get(one.field)
        return str(field.label) if field else "An answer to a question that was taken off the form"

    def _words(self, field: str, text: str) -> str:
        return str(dict(SignUp.Role.choices).get(text, text)) if field == "role" else text


class ChangeWayForm(forms.Form):
    """Online or in the room."""

    def __init__(self, *args: Any, signup: SignUp, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["way"] = signup.way
        self.fields["way"] = way_field(signup.meetup, **{signup.way: "What you have now"})
        self.helper = helper("Change how I take part")
        self.helper.add_input(Link("Go back without a change", cancel_url))
