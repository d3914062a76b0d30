"""What an officer adds to a report, who may read it, and the receipt."""

from datetime import date, timedelta
from typing import Any

from django import forms

from evidence import forgetting, reports
from evidence.models import Inquiry, Report, Topic
from govuk.layout import Link
from meetups.forms.moments import date_field
from people.forms import LineField, email_field, helper, name_field

LONGEST = timedelta(days=366)


class ReportForm(forms.Form):
    topic = forms.ModelChoiceField(
        label="What it is about", queryset=Topic.objects.none(), required=False, empty_label="The whole inquiry"
    )
    background = forms.CharField(
        label="Background",
        max_length=8000,
        required=False,
        help_text="What the committee has to know first. An empty line makes a new numbered paragraph.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    equality = forms.CharField(
        label="Equality note",
        max_length=4000,
        required=False,
        help_text="Who is not heard on social media, and how they are heard instead.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    despite_gaps = forms.BooleanField(label="Make this version without what is missing", required=False)

    def __init__(self, *args: Any, inquiry: Inquiry, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._despite_gaps = self.fields["despite_gaps"]
        if "despite_gaps" not in self.data:  # asked only when something is missing
            del self.fields["despite_gaps"]
        self.fields["topic"].queryset = inquiry.topics.all()  # type: ignore[attr-defined]
        if last := inquiry.reports.first():
            self.initial = {"topic": last.topic_id, "background": last.background, "equality": last.equality}
        self.helper = helper("Make this version")
        self.helper.add_input(Link("Go back", back))

    def said(self) -> reports.ReportWords:
        return reports.ReportWords(**self.cleaned_data)

    def ask_about(self, gaps: list[str]) -> None:
        """Names what is missing, and asks whether the version is to be made without it."""
        self.fields["despite_gaps"] = self._despite_gaps
        for gap in gaps:
            self.add_error(None, gap)
        self.add_error("despite_gaps", "Write what is missing, or select that this version is made without it")


class EndingForm(forms.Form):
    """Makes a link that ends by itself."""

    expires_on = date_field("The link works until", missing="Enter the last day on which the link works")

    def __init__(self, *args: Any, today: date, days: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.initial.setdefault("expires_on", today + timedelta(days=days))
        self.order_fields([name for name in self.fields if name != "expires_on"])

    def clean_expires_on(self) -> date:
        chosen: date = self.cleaned_data["expires_on"]
        if not self.today <= chosen <= self.today + LONGEST:
            raise forms.ValidationError("Enter a day between today and a year from now", code="range")
        return chosen


def leading_nowhere(text: str, inquiry: Inquiry) -> str:
    """Words that go with a report to others: held to the same rules as the report. Raises ValidationError."""
    if found := reports.guard_of(inquiry).leaks(text):
        raise forms.ValidationError([forms.ValidationError(f"This {why}", code="leak") for why in found])
    return text


class PublishForm(EndingForm):
    label = LineField(
        label="Who the link is for",
        max_length=150,
        help_text="Such as “Members of the committee”. They need no account.",
        error_messages={"required": "Enter who the link is for"},
    )

    def __init__(self, *args: Any, inquiry: Inquiry, today: date, back: str, **kwargs: Any) -> None:
        super().__init__(*args, today=today, days=30, **kwargs)
        self.inquiry = inquiry
        self.helper = helper("Make the link")
        self.helper.add_input(Link("Go back", back))

    def clean_label(self) -> str:
        return leading_nowhere(str(self.cleaned_data["label"]), self.inquiry)


class HandOffForm(EndingForm):
    committee = LineField(
        label="Committee or board", max_length=150, error_messages={"required": "Enter the committee or board"}
    )
    email = email_field()
    note = forms.CharField(
        label="A note to them", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, report: Report, today: date, back: str, **kwargs: Any) -> None:
        super().__init__(*args, today=today, days=90, **kwargs)
        self.report = report
        self.fields[
            "email"
        ].help_text = (
            f"The report and a receipt to fill in go there. Kept for {forgetting.kept_for()} after the link ends."
        )
        self.fields["email"].widget.attrs["autocomplete"] = "off"
        self.helper = helper("Hand it over")
        self.helper.add_input(Link("Go back", back))

    def said(self) -> reports.ToCommittee:
        return reports.ToCommittee(**self.cleaned_data)

    def clean_note(self) -> str:
        return leading_nowhere(str(self.cleaned_data["note"]), self.report.inquiry)

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        if self.report.hand_offs.filter(email__iexact=email).exists():
            raise forms.ValidationError("They have this version already", code="twice")
        return email


class ReceiptForm(forms.Form):
    name = name_field()
    note = forms.CharField(
        label="What you will do with it",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept_for = forgetting.kept_for()
        self.fields["name"].help_text = f"For the officers of the inquiry. Kept for {kept_for} after the link ends."
        self.helper = helper("We have received it")
