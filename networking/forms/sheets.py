"""Forms of the planning sheet. Fields carry the names of the answers: what is posted is what is kept."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from govuk.widgets import CountedTextarea
from networking.models import Skill
from networking.models.skills import Level
from networking.sheet_merging import Clash
from networking.sheet_parts import LONGEST, ROWS, SKILL, Question, Section, row_ids
from people.forms import helper

BLANKS = 2
LEVELS = [(str(value), label) for value, label in Level.choices]
MINE, THEIRS, WRITTEN = "mine", "theirs", "written"


def new_row(now: datetime, n: int = 0) -> str:
    """An id that sorts by when it was made."""
    return f"{int(now.timestamp()):08x}{n}{secrets.token_hex(2)}"


class AnswerField(forms.CharField):
    """Text with the line ends of one kind, so that two windows never differ by these."""

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


class SectionForm(forms.Form):
    """All of one section; nothing is required, because half an answer is worth keeping."""

    def __init__(
        self, data: Any = None, *, section: Section, answers: Mapping[str, str], skills: Sequence[Skill], now: datetime
    ) -> None:
        super().__init__(data, initial=dict(answers))
        self.section = section
        self.rows = self._row_ids(answers, now)
        self.skills = skills if section.asks_skills else ()
        # A question that was hidden while somebody answered it is still read.
        self.questions = [one for one in section.questions if not one.hidden or one.key in self.data]
        for question in self.questions:
            self.fields[question.key] = _field(question)
        for row in self.rows:
            self._add_row(row, is_new=not any(key.startswith(f"{ROWS}.{row}.") for key in answers))
        for skill in self.skills:
            self.fields[f"{SKILL}.{skill.slug}.now"] = _level(f"{skill.name}: now")
            self.fields[f"{SKILL}.{skill.slug}.wanted"] = _level(f"{skill.name}: I want to get to")

    def _row_ids(self, answers: Mapping[str, str], now: datetime) -> list[str]:
        """Those that are kept, those that were typed in this window, and some to type in."""
        if not self.section.columns:
            return []
        posted = {key.split(".")[1] for key in self.data if key.startswith(f"{ROWS}.") and key.count(".") == 2}
        known = {row for row in posted if row.isalnum() and len(row) <= 20} | set(row_ids(answers))
        return sorted(known)[:60] + ([] if posted else [new_row(now, n) for n in range(BLANKS)])

    def _add_row(self, row: str, *, is_new: bool) -> None:
        for column in self.section.columns:
            name = f"{ROWS}.{row}.{column.key}"
            if not column.hidden or name in self.data:
                self.fields[name] = _field(column)
        if not is_new:
            label = f"Take this {self.section.row.lower()} out"
            self.fields[f"{ROWS}.{row}.remove"] = forms.BooleanField(label=label, required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name, text in list(said.items()):
            if name.endswith(".link") and text and not text.lower().startswith(("https://", "http://")):
                self.add_error(name, ValidationError("Enter a link that starts with https://", code="link"))
        return said

    def answers(self) -> dict[str, str]:
        return {key: text for key, text in self.cleaned_data.items() if not isinstance(text, bool)}

    def removed(self) -> frozenset[str]:
        return frozenset(key.split(".")[1] for key, said in self.cleaned_data.items() if said is True)

    def shown_rows(self) -> list[tuple[int, list[Any]]]:
        """The table as groups of fields, numbered for their legends."""
        return [
            (number, [self[name] for name in self.fields if name.startswith(f"{ROWS}.{row}.")])
            for number, row in enumerate(self.rows, start=1)
        ]

    def shown_skills(self) -> list[tuple[str, Any, Any]]:
        return [
            (skill.name, self[f"{SKILL}.{skill.slug}.now"], self[f"{SKILL}.{skill.slug}.wanted"])
            for skill in self.skills
        ]

    def shown_questions(self) -> list[Any]:
        return [self[question.key] for question in self.questions]


def _field(question: Question) -> forms.Field:
    common: dict[str, Any] = {"label": question.title, "help_text": question.hint, "required": False}
    if question.kind == "choice":
        return forms.ChoiceField(choices=[("", "Not said"), *question.choices], **common)
    if question.kind == "line":
        return AnswerField(max_length=LONGEST["line"], **common)
    return AnswerField(max_length=LONGEST["text"], widget=forms.Textarea(attrs={"rows": 5}), **common)


def _level(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(choices=[("", "Not said"), *LEVELS], label=label, required=False)


class ClashForm(forms.Form):
    """For every answer that two windows changed: the one, the other, or what is written from both."""

    def __init__(
        self, *args: Any, clashes: Sequence[Clash], labels: Mapping[str, str], lists: Mapping[str, Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.clashes = clashes
        for n, clash in enumerate(clashes):
            is_choice = clash.key in lists
            ways = [
                (THEIRS, "What is saved"),
                (MINE, "The other text"),
                *([] if is_choice else [(WRITTEN, "What I write here")]),
            ]
            self.fields[f"way{n}"] = forms.ChoiceField(
                label=f"{labels.get(clash.key, clash.key)}: which one?",
                choices=ways,
                widget=forms.RadioSelect,
                error_messages={"required": "Select which text to keep"},
            )
            if not is_choice:
                self.fields[f"text{n}"] = AnswerField(
                    label="Both together, to change as you like",
                    initial=clash.both,
                    required=False,
                    max_length=2 * LONGEST["text"],
                    widget=forms.Textarea(attrs={"rows": 4}),
                )
        self.helper = helper("Keep this")

    def chosen(self) -> dict[str, str]:
        return {clash.key: self._chosen(n, clash) for n, clash in enumerate(self.clashes)}

    def _chosen(self, n: int, clash: Clash) -> str:
        texts = {MINE: clash.mine, THEIRS: clash.theirs, WRITTEN: self.cleaned_data.get(f"text{n}", "")}
        return texts[self.cleaned_data[f"way{n}"]]

    def shown(self) -> list[tuple[Any, ...]]:
        """Label, saved text, other text, the question and what can be written."""
        return [
            (
                self[f"way{n}"].label,
                clash.theirs,
                clash.mine,
                self[f"way{n}"],
                self[f"text{n}"] if f"text{n}" in self.fields else None,
            )
            for n, clash in enumerate(self.clashes)
        ]


class CommentForm(forms.Form):
    text = forms.CharField(
        label="Comment",
        max_length=2000,
        widget=CountedTextarea(attrs={"rows": 3}),
        error_messages={"required": "Enter a comment"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Comment")


class VersionForm(forms.Form):
    name = forms.CharField(
        label="Name of this version",
        help_text="Such as before the workshop. A version is kept by itself at the end of each sprint.",
        max_length=120,
        error_messages={"required": "Enter a name for this version"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Keep this version")


class ShareForm(forms.Form):
    lead_may_read = forms.BooleanField(label="The leads of my cohort may read my sheet", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("Save")
