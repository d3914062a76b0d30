"""What people think, what hosts quote, the notes and the chat they come from."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import HTML, Layout
from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from govuk.layout import Link
from govuk.widgets import CountedTextarea
from meetups import feedback
from meetups.chat import Chat, Line
from meetups.feedback import Said
from meetups.models import Feedback
from people.forms import helper

LONGEST = 2000
LONGEST_NOTES = 60_000
LONGEST_CHAT = 300_000
# Django takes a thousand fields at most; two for each line.
MOST_LINES = 400
LEAVE_OUT = "leave out"


class FeedbackForm(forms.Form):
    """Two questions, one of which is enough, and whether the words may be shown."""

    liked = forms.CharField(
        label="Something you like", max_length=LONGEST, required=False, widget=CountedTextarea(attrs={"rows": 4})
    )
    might_change = forms.CharField(
        label="Something you might change",
        max_length=LONGEST,
        required=False,
        widget=CountedTextarea(attrs={"rows": 4}),
    )
    quoting = forms.ChoiceField(
        label="May we quote you?",
        help_text="The hosts read what you write. They see your name only if you allow a quote with it.",
        choices=[
            (Feedback.Quoting.NO.value, "No, my words are for the hosts alone"),
            *((way.value, wording.text) for way, wording in feedback.WORDINGS.items()),
        ],
        initial=Feedback.Quoting.NO,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, given: Feedback | None, **kwargs: Any) -> None:
        before = {name: getattr(given, name) for name in ("liked", "might_change", "quoting")} if given else {}
        super().__init__(*args, **kwargs)
        self.initial.update(before)
        self.helper = helper("Save" if given else "Send")
        self.helper.hide_optional = True
        self.helper.layout = Layout("liked", "might_change", "quoting", HTML(_privacy_line()))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not (cleaned.get("liked") or cleaned.get("might_change")):
            self.add_error("liked", "Write something you like or something you might change")
        return cleaned

    def said(self) -> Said:
        return Said(**self.cleaned_data)


def _privacy_line() -> SafeString:
    words = "You can change your answers and this choice later with the same link."
    return format_html(
        '<p class="govuk-body">{} <a class="govuk-link" href="{}">How we use your details</a></p>',
        words,
        reverse("pages:privacy"),
    )


class QuoteForm(forms.Form):
    """The words of somebody that are shown; empty shows none."""

    quote = forms.CharField(
        label="Words to show",
        help_text="Their own words, as many of them as you like. Leave it empty to show nothing.",
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, given: Feedback, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["quote"] = given.quote or given.liked or given.might_change
        self.helper = helper("Save")
        self.helper.hide_optional = True
        self.helper.add_input(Link("Back to the answers", back))


class NotesForm(forms.Form):
    """The notes as Markdown. `based_on` is the version one began from, so that nobody overwrites another."""

    body = forms.CharField(
        label="Notes",
        help_text=(
            "Put each question on a line that begins with ##, and each takeaway under it on a line that begins with a"
            " dash. Leave out names unless people agreed."
        ),
        max_length=LONGEST_NOTES,
        widget=forms.Textarea(attrs={"rows": 20}),
        error_messages={"required": "Write the notes"},
    )
    based_on = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Save")
        self.helper.add_input(Link("Back without saving", back))


class ChatForm(forms.Form):
    """The chat of the call as somebody saved or copied it. It is read and not kept."""

    chat = forms.CharField(
        label="Chat of the call",
        help_text="Open the saved chat, select all and paste it here. Times, names, private messages and “+1” go.",
        max_length=LONGEST_CHAT,
        widget=forms.Textarea(attrs={"rows": 14}),
        error_messages={"required": "Paste the chat"},
    )

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Read the chat")
        self.helper.add_input(Link("Back to the notes", back))


class SortForm(forms.Form):
    """Each line of the chat, to mend, and the question it belongs under. It carries the lines itself."""

    def __init__(self, *args: Any, lines: Sequence[tuple[str, Line]], questions: Sequence[str], back: str) -> None:
        super().__init__(*args)
        self.asked = list(questions)
        choices = [
            *((str(number), question) for number, question in enumerate(self.asked)),
            ("", "No question"),
            (LEAVE_OUT, "Leave this out"),
        ]
        self.count = len(lines)
        for number, (question, line) in enumerate(lines):
            self.fields[f"text_{number}"] = _text_field(number, line)
            under = str(self.asked.index(question)) if question in self.asked else ""
            label = f"Line {number + 1} goes under"
            self.fields[f"under_{number}"] = forms.ChoiceField(
                label=label, choices=choices, initial=under, required=False
            )
        self.fields["questions"] = forms.CharField(widget=forms.HiddenInput, initial="\n".join(self.asked))
        self.fields["count"] = forms.IntegerField(widget=forms.HiddenInput, initial=self.count)
        self.helper = helper("Put these lines into the notes")
        self.helper.hide_optional = True
        self.helper.add_input(Link("Back without saving", back))

    def sorted_lines(self) -> list[tuple[str, str]]:
        """What was kept, each with its question; without one where it has none."""
        rows = [(self.cleaned_data[f"under_{n}"], self.cleaned_data[f"text_{n}"]) for n in range(self.count)]
        return [(self.asked[int(under)] if under else "", text) for under, text in rows if text and under != LEAVE_OUT]


def _text_field(number: int, line: Line) -> forms.CharField:
    named = " and ".join(f"“{name}”" for name in line.mentions)
    return forms.CharField(
        label=f"Line {number + 1}",
        help_text=f"It names {named}. Take the name out unless they agreed." if named else "",
        initial=line.text,
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 1 + len(line.text) // 90}),
    )


def lines_of(chat: Chat) -> list[tuple[str, Line]]:
    """Every line with the question it stood under, as many as one form can carry."""
    return [(" ".join(group.question.split()), line) for group in chat.groups for line in group.lines][:MOST_LINES]
