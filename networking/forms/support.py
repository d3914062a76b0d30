"""What two say about their support meetings, and what a lead says about the two."""

from datetime import date, timedelta
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError

from govuk.layout import Fieldset, Link
from govuk.widgets import DateInput, TimeInput
from meetups import dates
from networking.models import How, Member, NextMeeting, SupportMeeting, WhyNot
from networking.models.support import MOST_MINUTES
from networking.support_meetings import Said, When
from people.forms import helper

USUAL_MINUTES = 30
LONGEST_WORDS = 2000
LONGEST_RHYTHM = 90
FURTHEST = timedelta(days=366)

_MINUTES_WRONG = f"Enter minutes as a whole number from 1 to {MOST_MINUTES}"
_MINUTES_ERRORS = {"invalid": _MINUTES_WRONG, "min_value": _MINUTES_WRONG, "max_value": _MINUTES_WRONG}
_DAY_WRONG = "Enter a real day, such as 24 February 2027"


def _day(label: str, **kwargs: Any) -> forms.DateField:
    errors = {"invalid": _DAY_WRONG, "required": "Enter a day", **kwargs.pop("error_messages", {})}
    return forms.DateField(label=label, widget=DateInput(), error_messages=errors, **kwargs)


def _time(label: str) -> forms.TimeField:
    wrong = {"invalid": "Enter a real time, such as 10:30"}
    return forms.TimeField(label=label, widget=TimeInput(), required=False, error_messages=wrong)


def _minutes(**kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label="How many minutes?",
        min_value=1,
        max_value=MOST_MINUTES,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
        error_messages=_MINUTES_ERRORS,
        **kwargs,
    )


class MeetingForm(forms.Form):
    """What there is to say about a meeting. Day and way are filled in, so that the button alone is enough."""

    met_on = _day("When did you meet?", error_messages={"required": "Enter the day on which you met"})
    how = forms.ChoiceField(
        label="How did you meet?",
        choices=How.choices,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
        error_messages={"required": "Select how you met"},
    )
    minutes = _minutes(required=False)
    did = forms.CharField(
        label="What did you do?",
        help_text="Only the two of you read this. Leads see the day, the way and the minutes.",
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    next_step = forms.CharField(label="What is the next step?", max_length=500, required=False)

    def __init__(self, *args: Any, earliest: date, today: date, button: str, back: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.earliest, self.today = earliest, today
        self.helper = helper(button)
        if back:
            self.helper.add_input(Link("Cancel", back))

    def clean_met_on(self) -> date:
        day: date = self.cleaned_data["met_on"]
        if day > self.today:
            raise ValidationError("Enter a day that has been; a day to come goes into the next meeting", code="future")
        if day < self.earliest:
            raise ValidationError(
                f"Enter a day from {dates.day(self.earliest)} on, when you were matched", code="early"
            )
        return day

    def said(self) -> Said:
        fields = self.cleaned_data
        return Said(fields["met_on"], fields["how"], fields["minutes"], fields["did"], fields["next_step"])


class ChangeMeetingForm(MeetingForm):
    """The same again. `version` says what the page was made from."""

    version = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def seen(self) -> int:
        """-1, which no meeting has, for anything that is not a number."""
        typed = self.cleaned_data["version"]
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else -1

    def show_version(self, version: int) -> None:
        """When it is sent again, it replaces what is saved now."""
        self.data = {**{name: self.data[name] for name in self.data}, "version": str(version)}


class LogForm(MeetingForm):
    """A meeting, and the next one in the same breath."""

    next_on = _day("Day", required=False)
    next_at = _time("Time")
    # What the two fields showed: whoever does not touch them leaves alone what the other has agreed meanwhile.
    next_was = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, hint: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        next_one = Fieldset("When do you meet next?", "next_on", "next_at", hint=hint)
        self.helper.layout = Layout("met_on", "how", "minutes", "did", "next_step", next_one, "next_was")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        on, at = said.get("next_on"), said.get("next_at")
        if at and not on and "next_on" not in self.errors:
            self.add_error("next_on", ValidationError("Enter the day as well", code="no day"))
        if on and self.touches_next:
            _refuse_past(self, "next_on", on, max(self.today, said.get("met_on") or self.today))
        return said

    @property
    def touches_next(self) -> bool:
        said = self.cleaned_data
        return said.get("next_was", "") != shown(said.get("next_on"), said.get("next_at"))

    def when(self) -> When | None:
        said = self.cleaned_data
        return When(said["next_on"], said["next_at"], said["minutes"] or USUAL_MINUTES) if said["next_on"] else None


def _refuse_past(form: forms.Form, field: str, day: date, today: date) -> None:
    if day < today:
        form.add_error(field, ValidationError("Enter a day from today on", code="past"))
    elif day > today + FURTHEST:
        form.add_error(field, ValidationError("Enter a day within a year from now", code="far"))


def shown(on: date | None, at: Any) -> str:
    return f"{on or ''} {at.strftime('%H:%M') if at else ''}".strip()


def first_values(last: SupportMeeting | None, planned: NextMeeting | None, today: date) -> dict[str, Any]:
    """What the form begins with: the agreed day when it has come, otherwise today; the way of the last time."""
    has_come = planned is not None and planned.on <= today
    ahead = planned if planned is not None and not has_come else None
    return {
        "met_on": planned.on if planned and has_come else today,
        "how": last.how if last else How.VIDEO,
        "minutes": (last.minutes if last else None) or USUAL_MINUTES,
        "next_on": ahead.on if ahead else None,
        "next_at": ahead.at if ahead else None,
        "next_was": shown(ahead.on, ahead.at) if ahead else "",
    }


class NextMeetingForm(forms.Form):
    """The day both have agreed on."""

    on = _day("Which day?")
    at = _time("What time?")
    minutes = _minutes(initial=USUAL_MINUTES)

    def __init__(self, *args: Any, today: date, back: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["at"].help_text = "Without a time, it stands in your calendars for the whole day."
        self.helper = helper("Save and tell both")
        if back:
            self.helper.add_input(Link("Cancel", back))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("on"):
            _refuse_past(self, "on", said["on"], self.today)
        return said

    def when(self) -> When:
        said = self.cleaned_data
        return When(said["on"], said["at"], said["minutes"])


class NotMetForm(forms.Form):
    """Why two have not met; for the lead."""

    why_not = forms.ChoiceField(
        label="What was in the way?",
        choices=WhyNot.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what was in the way"},
    )
    note = forms.CharField(label="Anything your lead should know?", max_length=300, required=False)

    def __init__(self, *args: Any, other: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why_not"].help_text = f"Your leads read your answer. {other.person.get_short_name()} does not."
        self.helper = helper("Send my answer")


class RhythmForm(forms.Form):
    days = forms.IntegerField(
        label="Days from one meeting to the next",
        help_text="14 is two weeks. Both of you see it.",
        min_value=1,
        max_value=LONGEST_RHYTHM,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-2"}),
        error_messages={
            "required": "Enter a number of days",
            **dict.fromkeys(("invalid", "min_value", "max_value"), f"Enter a whole number from 1 to {LONGEST_RHYTHM}"),
        },
    )

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Save")
        self.helper.add_input(Link("Cancel", back))


class FineForm(forms.Form):
    """A lead knows why two do not meet."""

    until = _day("Until when is it fine?", help_text="After that day the two are asked again.")
    why = forms.CharField(label="Why?", help_text="Only leads read it. Write no more than you need.", max_length=300)

    def __init__(self, *args: Any, today: date, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["why"].error_messages["required"] = "Enter why it is fine"
        self.helper = helper("Save")
        self.helper.add_input(Link("Cancel", back))

    def clean_until(self) -> date:
        day: date = self.cleaned_data["until"]
        if not self.today < day <= self.today + FURTHEST:
            raise ValidationError("Enter a day after today, within a year", code="past")
        return day
