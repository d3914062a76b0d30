"""What an officer writes about an inquiry, and who has a part in it."""

from datetime import date
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator

from evidence import inquiries, subjects
from evidence.models import Inquiry, Membership
from govuk.layout import Fieldset, Link, Warn
from meetups.forms.moments import FAR, date_field
from people.forms import CouncilField, LineField, email_field, helper
from people.models import Person

MOST_TOPICS = 12
CHANGED = (
    "Somebody else saved this inquiry while you wrote. What you typed is below; look at theirs in another window, then "
    "save again to put yours in its place"
)


def _year(day: date) -> None:
    """The clocks count years on from these days: a slip of the finger must not end, or stop, all of them."""
    if not 2000 <= day.year <= 2100:
        raise ValidationError(FAR, code="far")


class TopicsField(forms.CharField):
    """One topic on each line, with words to search for after a colon. Never a person."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=3000, widget=forms.Textarea(attrs={"rows": 5}), **kwargs)

    def clean(self, value: Any) -> list[inquiries.TopicWords]:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MOST_TOPICS:
            raise ValidationError(f"Name {MOST_TOPICS} topics or fewer", code="too_many")
        wrong = [f"“{line}” {why}" for line in lines if (why := subjects.why_not_a_topic(line))]
        if wrong:
            raise ValidationError([ValidationError(line, code="person") for line in wrong])
        topics = [_topic(line) for line in lines]
        if len({topic.name.casefold() for topic in topics}) < len(topics):
            raise ValidationError("Name each topic once", code="twice")
        return topics


def _topic(line: str) -> inquiries.TopicWords:
    name, _, words = (part.strip() for part in line.partition(":"))
    if not 0 < len(name) <= 100 or len(words) > 200:
        raise ValidationError("A topic has up to 100 characters, its words to search for up to 200", code="long")
    return inquiries.TopicWords(name, words)


def topics_line(topic: Any) -> str:
    return f"{topic.name}: {topic.words}" if topic.words else topic.name


class InquiryForm(forms.Form):
    title = LineField(
        label="Title",
        max_length=150,
        help_text="For example “Support for young carers”. Everybody can read it.",
        error_messages={"required": "Enter a title"},
    )
    committee = LineField(
        label="Committee or task and finish group",
        max_length=150,
        error_messages={"required": "Enter the committee or group"},
    )
    council = CouncilField(label="Council", required=False)
    purpose = forms.CharField(
        label="Purpose",
        max_length=3000,
        help_text="What the committee wants to find out, and why. Everybody can read it.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter the purpose"},
    )
    statutory_function = LineField(
        label="Statutory function",
        max_length=200,
        help_text="The duty or power under which the committee looks. Ask your monitoring officer.",
        error_messages={"required": "Enter the duty or power"},
    )
    topics = TopicsField(
        label="Topics",
        help_text="One on each line: a service or an experience, never a person. Words to search for may follow "
        "a colon, as in “Respite: young carers break”.",
        error_messages={"required": "Enter one topic or more"},
    )
    questions = forms.CharField(
        label="Questions the committee asks",
        max_length=3000,
        required=False,
        help_text="One on each line.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    starts_on = date_field("Listening starts", missing="Enter the day listening starts", validators=[_year])
    ends_on = date_field("Listening ends", missing="Enter the day listening ends", validators=[_year])
    meeting_on = date_field("The committee meets", required=False, validators=[_year])
    about_children = forms.BooleanField(
        label="This inquiry is about children or young people",
        required=False,
        help_text="Treats every item as sensitive: exact words are hidden, and it is kept for a shorter time.",
    )
    keep_days = forms.IntegerField(
        label="Days that what was only seen is kept",
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text="Counted from the day of the report. What the report relies on is a background paper and is kept "
        "until four years after the meeting. Agree this with your information governance officer.",
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
    )
    contact_email = email_field(help_text="Questions and objections go there. Everybody can read it.")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, inquiry: Inquiry | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.inquiry = inquiry
        self.initial = {**_initial(inquiry), **(self.initial or {})}
        self.fields["contact_email"].label = "Email address for questions"
        self.helper = helper("Save" if inquiry else "Make inquiry")
        self.helper.layout = Layout(
            *("version", "title", "committee", "council", "purpose", "statutory_function", "topics", "questions"),
            Fieldset("Dates", "starts_on", "ends_on", "meeting_on"),
            Fieldset("Care", "about_children", "keep_days", "contact_email"),
        )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        starts_on, ends_on = said.get("starts_on"), said.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "The end must not be before the start")
        for name in ("title", "purpose", "questions"):
            if why := subjects.why_not_prose(said.get(name) or ""):
                self.add_error(name, f"This {why}")
        self._keep_topics_in_use(said.get("topics") or [])
        return said

    def _keep_topics_in_use(self, topics: list[inquiries.TopicWords]) -> None:
        if self.inquiry is None or "topics" in self.errors:
            return
        named = {topic.name for topic in topics}
        used = self.inquiry.topics.exclude(items=None).distinct()
        lost = [topic.name for topic in used if topic.name not in named]
        if lost:
            self.add_error("topics", f"Keep “{'” and “'.join(lost)}”: items belong to it")

    def plan(self) -> inquiries.Plan:
        said = {name: value for name, value in self.cleaned_data.items() if name not in {"version", "council"}}
        return inquiries.Plan(**said, council=self.cleaned_data["council"].council)


def _initial(inquiry: Inquiry | None) -> dict[str, Any]:
    if inquiry is None:
        return {"keep_days": settings.EVIDENCE_KEEP_DAYS}
    same = ("title", "committee", "purpose", "statutory_function", "questions", "starts_on", "ends_on", "meeting_on")
    kept = {name: getattr(inquiry, name) for name in (*same, "about_children", "keep_days", "contact_email", "version")}
    topics = "\n".join(topics_line(topic) for topic in inquiry.topics.all())
    return {**kept, "council": inquiry.council.name if inquiry.council else "", "topics": topics}


class MemberForm(forms.Form):
    """Somebody by their email address, and their part."""

    email = email_field()
    role = forms.ChoiceField(
        label="Their part",
        choices=[(value, label.capitalize()) for value, label in Membership.Role.choices],
        widget=forms.RadioSelect,
        error_messages={"required": "Select their part"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "off"
        self.fields["role"].widget.hints = {
            Membership.Role.OFFICER: "Runs the inquiry, reviews, reads everything, answers complaints",
            Membership.Role.CONTRIBUTOR: "Searches and logs what residents say",
            Membership.Role.READER: "Reads what was accepted, in our words",
        }
        self.helper = helper("Add to the inquiry")

    def clean_email(self) -> Person:
        person = Person.objects.known_as(self.cleaned_data["email"])
        if person is None or not person.is_active:
            wrong = "We do not know this address. Ask them to sign in here once, then add them"
            raise ValidationError(wrong, code="unknown")
        return person


class ReportedForm(forms.Form):
    reported_on = date_field("Day of the report", missing="Enter the day of the report", validators=[_year])

    def __init__(self, *args: Any, inquiry: Inquiry, today: date, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.inquiry, self.today = inquiry, today
        self.initial.setdefault("reported_on", today)
        self.helper = helper("Mark as reported")
        self.helper.add_input(Link("Go back", back))

    def clean_reported_on(self) -> date:
        """What was only seen is removed so many days after it: a wrong year would remove it tonight, or in decades."""
        day: date = self.cleaned_data["reported_on"]
        if day > self.today:
            raise ValidationError(
                "The report cannot be from after today. Come back when the committee has it", code="late"
            )
        if day < self.inquiry.starts_on:
            raise ValidationError("The report cannot be from before the listening started", code="early")
        return day


class HoldForm(forms.Form):
    because = forms.CharField(
        label="Why nothing may be removed",
        max_length=300,
        help_text="For example a freedom of information request, a complaint or a court case, with its number.",
        error_messages={"required": "Enter why nothing may be removed"},
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Hold everything")
        self.helper.inputs = [Warn("", "Hold everything"), Link("Go back", back)]

    def clean_because(self) -> str:
        because = str(self.cleaned_data["because"])
        if why := subjects.why_not_our_words(because):
            raise ValidationError(f"This {why}", code="person")
        return because
