"""What planning sheets of a programme ask: the words of a section and of a question."""

from typing import Any

from django import forms
from django.http import QueryDict

from govuk.layout import Link
from networking.forms.programmes import one_line
from networking.models import TemplateQuestion
from networking.sheet_templates import Words
from people.forms import helper

KINDS = [(kind.value, kind.label) for kind in (TemplateQuestion.Kind.TEXT, TemplateQuestion.Kind.LINE)]
CHANGED = "Somebody else changed this while you typed. Now it says: “{}”. Save again to put your words in their place"


class _WordsForm(forms.Form):
    """`seen` is the version that was shown: who saves another's words away is told first."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31, required=False)

    def __init__(self, *args: Any, back: str, button: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(button)
        self.helper.add_input(Link("Cancel", back))

    def words(self) -> Words:
        said = self.cleaned_data
        return Words(said["label"], said.get("hint", ""), needed=said.get("needed", False))

    def was_changed(self, words_now: str, *, seen: int) -> None:
        """Show what it says now; saved again, this text takes its place."""
        self.add_error("label", forms.ValidationError(CHANGED.format(words_now), code="changed"))
        typed = QueryDict(mutable=True)
        typed.update({name: self.data[name] for name in self.data})
        typed["seen"] = str(seen)
        self.data = typed


class SectionWordsForm(_WordsForm):
    label = one_line("a title", "Title of the section", max_length=120)
    hint = one_line("an introduction", "Introduction", max_length=300, required=False, help_text="One sentence.")


class QuestionWordsForm(_WordsForm):
    label = one_line("the question", "Question", max_length=200)
    hint = one_line("a hint", "Hint", max_length=300, required=False, help_text="Such as an example of an answer.")
    needed = forms.BooleanField(
        label="The section counts as done only when this is answered",
        required=False,
    )

    def __init__(self, *args: Any, in_table: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if in_table:
            self.fields.pop("needed")


class NewQuestionForm(QuestionWordsForm):
    kind = forms.ChoiceField(
        label="Room for the answer",
        choices=KINDS,
        initial=KINDS[0][0],
        widget=forms.RadioSelect,
        help_text="This cannot be changed later.",
        error_messages={"required": "Select how much room the answer has"},
    )
    field_order = ("label", "hint", "kind", "needed")

    def __init__(self, *args: Any, table: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if table:
            self.fields["in_table"] = forms.BooleanField(
                label=f"It is a column of the table of {table.lower()}: asked for every row, on one line",
                required=False,
            )

    def kind_and_place(self) -> tuple[str, bool]:
        in_table = bool(self.cleaned_data.get("in_table"))
        return (TemplateQuestion.Kind.LINE if in_table else self.cleaned_data["kind"]), in_table
