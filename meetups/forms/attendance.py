from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from meetups.attendance import Attendee, Candidate, Matches
from meetups.counting_in import Decisions, Newcomer
from meetups.models import AttendanceImport
from people.forms import email_field, helper

LARGEST = 1_000_000  # bytes; the site takes a little more in one request
LEAVE_OUT, ADD = "leave-out", "add"


class ReportForm(forms.Form):
    """The file with who came."""

    report = forms.FileField(
        label="Report of the call",
        help_text="A CSV file from Zoom, Teams or Google Meet, up to 1 MB.",
        error_messages={"required": "Select the report", "empty": "The file is empty"},
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,text/csv"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Read the report")

    def clean_report(self) -> UploadedFile:
        report: UploadedFile = self.cleaned_data["report"]
        if (report.size or 0) > LARGEST:
            raise forms.ValidationError("The file must be 1 MB or smaller")
        return report


@dataclass(frozen=True)
class Doubt:
    """Somebody in the report for the host to decide about."""

    attendee: Attendee
    why: str
    who: forms.BoundField
    email: forms.BoundField


class ReviewForm(forms.Form):
    """Who of the report is whom. What is certain is ticked; what is not has to be decided."""

    sure = forms.MultipleChoiceField(required=False)
    report = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, attendees: Sequence[Attendee], matches: Matches, names: Mapping[int, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.attendees, self.matches, self.names = attendees, matches, names
        self.place = {attendee: number for number, attendee in enumerate(attendees)}
        self.certain = {f"{self.place[one.attendee]}-{one.signup.id}": one for one in matches.sure}
        field = self.fields["sure"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(value, value) for value in self.certain]
        self.initial.setdefault("sure", list(self.certain))
        for doubt in matches.unsure:
            self._ask(doubt.attendee, doubt.candidates, is_open=True)
        for attendee in matches.unknown:
            self._ask(attendee, (), is_open=False)

    def _ask(self, attendee: Attendee, candidates: Iterable[Candidate], *, is_open: bool) -> None:
        number = self.place[attendee]
        likely = [(str(one.signup.id), f"{self.names[one.signup.id]}: {one.why}") for one in candidates]
        known = {pk for pk, _ in likely}
        taken = {str(one.signup.id) for one in self.matches.sure}
        others = [(str(pk), name) for pk, name in self.names.items() if str(pk) not in known | taken]
        choices: list[Any] = [*([("", "Decide who this is")] if is_open else []), (LEAVE_OUT, "Leave out")]
        choices += [*([("Likely", likely)] if likely else []), (ADD, "Add to the list as a new person")]
        choices += [("Others on the list", others)] if others else []
        self.fields[f"who_{number}"] = forms.ChoiceField(
            label=f"Who is {attendee.name}?", choices=choices, initial="" if is_open else LEAVE_OUT,
            error_messages={"required": f"Select who {attendee.name} is, or leave them out"},
        )  # fmt: skip
        self.fields[f"email_{number}"] = email_field(required=False, initial=attendee.email)
        self.fields[f"email_{number}"].label = f"Email address of {attendee.name}, to add them"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for number, attendee in enumerate(self.attendees):
            email = f"email_{number}"
            if cleaned.get(f"who_{number}") == ADD and not cleaned.get(email) and email not in self.errors:
                self.add_error(email, f"Enter the email address of {attendee.name}")
        return cleaned

    def doubts(self) -> Iterator[Doubt]:
        for doubt in self.matches.unsure:
            yield self._doubt(doubt.attendee, doubt.why)

    def unknown(self) -> Iterator[Doubt]:
        for attendee in self.matches.unknown:
            yield self._doubt(attendee, "")

    def _doubt(self, attendee: Attendee, why: str) -> Doubt:
        number = self.place[attendee]
        return Doubt(attendee, why, self[f"who_{number}"], self[f"email_{number}"])

    def is_about(self, report: AttendanceImport) -> bool:
        """Whether it was made for this report: people in it have numbers, which mean others in another report."""
        return self.data.get("report") == str(report.pk)

    def rows(self) -> list[tuple[str, bool, Any, str]]:
        """The certain ones: value, whether ticked, the match, the name on the list."""
        ticked = set(self["sure"].value() or [])
        return [(value, value in ticked, one, self.names[one.signup.id]) for value, one in self.certain.items()]

    def decisions(self) -> Decisions:
        said = self.cleaned_data
        chosen = [(one, said.get(f"who_{number}", ""), number) for number, one in enumerate(self.attendees)]
        sure = [(self.certain[value].attendee, self.certain[value].signup.id) for value in said["sure"]]
        return Decisions(
            sure=sure,
            decided=[(one, int(who)) for one, who, _ in chosen if who.isdecimal()],
            added=[Newcomer(one, said[f"email_{number}"]) for one, who, number in chosen if who == ADD],
        )
