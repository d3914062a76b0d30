from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from evidence import complaints, forgetting
from evidence.models import Complaint
from govuk.layout import Link
from people.forms import LineField, email_field, helper


class ComplaintForm(forms.Form):
    kind = forms.ChoiceField(
        label="What is it?",
        choices=Complaint.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what it is"},
    )
    text = forms.CharField(
        label="What do you want to tell us?",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Enter what you want to tell us"},
    )
    name = LineField(
        label="Your name", max_length=150, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = email_field(required=False, help_text="Only if you want an answer. We use it for nothing else.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = (
            "If it is about something you said in public, tell us where we can find it. "
            f"We keep what you write for {forgetting.kept_for()} after our answer."
        )
        self.helper = helper("Send")

    def said(self) -> complaints.Said:
        return complaints.Said(**self.cleaned_data)


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label="Your answer",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Enter your answer"},
    )

    def __init__(self, *args: Any, complaint: Complaint, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to = f"Goes to {complaint.email}." if complaint.email else "They left no address: write down what you did."
        self.fields["answer"].help_text = to
        self.helper = helper("Send the answer" if complaint.email else "Keep the answer")
        self.helper.add_input(Link("Answer later", back))

    def clean_answer(self) -> str:
        text = str(self.cleaned_data["answer"])
        if not text.strip():
            raise ValidationError("Enter your answer", code="required")
        return text
