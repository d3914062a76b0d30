from collections.abc import Iterable, Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from govuk.layout import Details, Fieldset, Link
from meetups import room_rounds
from meetups.breakouts import changing
from meetups.breakouts.planning import Settings
from meetups.models import BreakoutPlan, BreakoutRoom, Meetup, Question, SignUp
from people.forms import helper

ROUNDS = range(1, room_rounds.MOST_ROUNDS + 1)


def _kinds() -> list[tuple[str, str]]:
    said = [(one.code, one.words[0].upper() + one.words[1:]) for one in room_rounds.CHOICES]
    return [("", "No such round"), *said]


class PlanForm(forms.Form):
    """Rounds and what rooms are called."""

    for_whom = forms.ChoiceField(
        label="Who gets a room", choices=BreakoutPlan.ForWhom.choices, widget=forms.RadioSelect,
        error_messages={"required": "Select who gets a room"},
    )  # fmt: skip
    room_names = forms.CharField(
        label="Names of rooms",
        required=False,
        max_length=2000,
        help_text="One on each line, such as “Oak”. Leave empty for “Room 1”, “Room 2” and so on.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    help_question = forms.ModelChoiceField(
        Question.objects.none(), label="Who asks: answers to", required=False, empty_label="No question"
    )
    offer_question = forms.ModelChoiceField(
        Question.objects.none(), label="Who offers: answers to", required=False, empty_label="No question"
    )

    def __init__(self, *args: Any, meetup: Meetup, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = []
        for number in ROUNDS:
            names.append(f"round_{number}")
            self.fields[names[-1]] = forms.ChoiceField(label=f"Round {number}", choices=_kinds(), required=False)
        for name in ("help_question", "offer_question"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = meetup.questions.all()
        self.helper = helper("Plan the rooms")
        self.helper.hide_optional = True
        self.helper.add_input(Link("Back to the rooms", back))
        self.helper.layout = Layout(
            "for_whom",
            Fieldset("Rounds", *names[:4], Details("More rounds", *names[4:])),
            Fieldset(
                "Help and offers", "help_question", "offer_question",
                hint="For rounds by what people need and offer: we look for the same words in both answers.",
            ),
            "room_names",
        )  # fmt: skip

    def clean_room_names(self) -> str:
        names = [" ".join(line.split()) for line in self.cleaned_data["room_names"].splitlines() if line.strip()]
        if any(len(name) > 60 for name in names):
            raise forms.ValidationError("A name must be 60 characters or fewer")
        if len({name.casefold() for name in names}) < len(names):
            raise forms.ValidationError("Enter each name once")
        return "\n".join(names)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        rounds = [cleaned.get(f"round_{number}", "") for number in ROUNDS]
        if not any(rounds):
            self.add_error("round_1", "Select the rooms of the first round")
        for number, before, this in zip(ROUNDS[1:], rounds, rounds[1:], strict=False):
            if this and not before:
                self.add_error(
                    f"round_{number - 1}", f"Select the rooms of round {number - 1}, or leave out round {number}"
                )
        if rounds[0].startswith("merge"):
            self.add_error("round_1", "The first round has no rooms before it to merge")
        self._check_merges(rounds)
        if any(one.startswith("need") for one in rounds):
            for name, what in (("help_question", "who asks"), ("offer_question", "who offers")):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, f"Select the question that says {what}")
        return cleaned

    def _check_merges(self, rounds: Sequence[str]) -> None:
        for number, before, this in zip(ROUNDS[1:], rounds, rounds[1:], strict=False):
            if before and this.startswith("merge") and room_rounds.read(this).size < 2 * room_rounds.read(before).size:
                self.add_error(f"round_{number}", "Merged rooms must be at least twice as large as those before")

    def settings(self) -> Settings:
        said = self.cleaned_data
        return Settings(
            rounds=[code for number in ROUNDS if (code := said[f"round_{number}"])],
            for_whom=said["for_whom"],
            room_names=said["room_names"],
            help_question=said["help_question"],
            offer_question=said["offer_question"],
        )


class HereForm(forms.Form):
    """Whom to show on a long list. Sent together with the ticks, so that looking for somebody loses none."""

    EVERYBODY, HERE, NOT_YET = "", "here", "not-yet"
    q = forms.CharField(label="Words in the name or council", max_length=100, required=False)
    show = forms.ChoiceField(
        label="Show",
        choices=[(EVERYBODY, "Everybody"), (NOT_YET, "Not here yet"), (HERE, "Here")],
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf, self.helper.hide_optional = False, True, True

    @property
    def is_used(self) -> bool:
        return any(self.data.get(name) for name in self.fields)

    def found(self, listed: Iterable[tuple[SignUp, bool]]) -> list[tuple[SignUp, bool]]:
        """Those with all the words; everybody when what was asked for makes no sense."""
        self.is_valid()
        words = self.cleaned_data.get("q", "").casefold().split()
        show = self.cleaned_data.get("show", self.EVERYBODY)
        return [
            (signup, is_here)
            for signup, is_here in listed
            if show in {self.EVERYBODY, self.HERE if is_here else self.NOT_YET}
            and all(word in f"{signup.name} {signup.works_at}".casefold() for word in words)
        ]


class ApartForm(forms.Form):
    """Two people who should not share a room."""

    one = forms.ChoiceField(label="One person", error_messages={"required": "Select one person"})
    other = forms.ChoiceField(label="The other person", error_messages={"required": "Select the other person"})

    def __init__(self, *args: Any, listed: Sequence[SignUp], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.listed = {str(signup.pk): signup for signup in listed}
        people = [(pk, f"{signup.name} ({signup.works_at})") for pk, signup in self.listed.items()]
        for name in ("one", "other"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "Select a person"), *people]
        self.helper = helper("Keep apart")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("one") and cleaned.get("one") == cleaned.get("other"):
            self.add_error("other", "Select two different people")
        return cleaned

    @property
    def pair(self) -> tuple[SignUp, SignUp]:
        return self.listed[self.cleaned_data["one"]], self.listed[self.cleaned_data["other"]]


class MoveForm(forms.Form):
    """Where somebody goes in one round."""

    room = forms.ChoiceField(label="Room")

    def __init__(self, *args: Any, rooms: Sequence[BreakoutRoom], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["room"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            *((str(room.pk), room.name) for room in rooms),
            (changing.NEW_ROOM, "A new room"),
            (changing.NOWHERE, "No room in this round"),
        ]
