"""Starting a cohort from a programme, and what its leads plan."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from govuk.layout import Link
from meetups.forms.moments import date_field
from meetups.forms.organising import PeopleField
from networking.cohorts import About
from networking.forms.programmes import AIMS, MOST_WORDS, number, one_line
from networking.models import Cohort, CohortSprint, Programme
from networking.sprints import Overlaps, Plan
from people import councils
from people.forms import helper
from people.models import Council, Person

RHYTHM = "Days between support meetings"
FOLLOW = "Surveys that nobody was asked yet move along with the sprints they belong to."


class CouncilsField(forms.CharField):
    """Councils of the list by name, one on each line; cleans to a list of Council."""

    MOST = 60

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}))
        super().__init__(max_length=6000, **kwargs)

    def clean(self, value: Any) -> list[Council]:
        names = [" ".join(line.split()) for line in super().clean(value).splitlines() if line.strip()]
        if len(names) > self.MOST:
            raise ValidationError(f"Name {self.MOST} councils or fewer", code="too_many")
        found = {name: councils.named(name) for name in names}
        if unknown := [name for name, council in found.items() if council is None]:
            raise ValidationError([_unknown(name) for name in unknown], code="unknown")
        return list({council.pk: council for council in found.values() if council}.values())


def _unknown(name: str) -> str:
    close = [council.name for council in councils.suggest(name)[:2]]
    meant = f" Did you mean {' or '.join(close)}?" if close else ""
    return f"We do not know a council called “{name[:80]}”.{meant}"


class CohortForm(forms.Form):
    """What a cohort is called and where it is."""

    name = one_line("a name", "Name of the cohort", max_length=120, help_text="For example “Suffolk, spring 2027”.")
    area = one_line("an area", "Area", max_length=150, help_text="A county, or the towns and districts it spans.")
    councils = CouncilsField(
        label="Councils",
        required=False,
        help_text="One on each line, as many as take part. A cohort may span several.",
    )
    rhythm_days = number(RHYTHM, least=1, most=90, initial=14)
    BUTTON = "Save cohort"

    def __init__(self, *args: Any, cohort: Cohort | None = None, back: str, **kwargs: Any) -> None:
        kwargs["initial"] = {**(_known(cohort) if cohort else {}), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.cohort = cohort
        self.helper = helper(self.BUTTON)
        self.helper.add_input(Link("Cancel", back))

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        others = Cohort.objects.exclude(pk=self.cohort.pk) if self.cohort else Cohort.objects.all()
        if others.filter(name__iexact=name).exists():
            raise ValidationError("There is a cohort with this name already", code="unique")
        return name

    def about(self) -> About:
        said = self.cleaned_data
        return About(said["name"], said["area"], said["councils"], said["rhythm_days"])


def _known(cohort: Cohort) -> dict[str, Any]:
    names = "\n".join(council.name for council in cohort.councils.all())
    return {"name": cohort.name, "area": cohort.area, "councils": names, "rhythm_days": cohort.rhythm_days}


class StartForm(CohortForm):
    """The same, when it begins and who leads it."""

    starts_on = date_field(
        "First day of the first sprint",
        help_text="The sprints follow one another from this day. You can change the dates of each afterwards.",
    )
    leads = PeopleField(
        label="Leads",
        required=False,
        help_text="Email addresses, one on each line. They run the cohort and get the answers to our emails. "
        "We do not write to them yet: tell them. You can invite more later.",
    )
    field_order = ("name", "area", "councils", "starts_on", "rhythm_days", "leads")
    BUTTON = "Start cohort"

    def __init__(self, *args: Any, programme: Programme, by: Person, **kwargs: Any) -> None:
        known = {"rhythm_days": programme.rhythm_days, "leads": by.email}
        super().__init__(*args, initial=known, **kwargs)

    def clean_starts_on(self) -> Any:
        return _sane(self.cleaned_data["starts_on"])


def _sane(day: Any) -> Any:
    if not 2000 <= day.year <= 2100:
        raise ValidationError("Enter a year between 2000 and 2100", code="far")
    return day


class _SprintForm(forms.Form):
    """Its dates, and how many workshops open it."""

    name = one_line("a name", "Name of the sprint", max_length=120)
    starts_on = date_field("First day")
    ends_on = date_field("Last day", help_text=FOLLOW)
    move_later = forms.BooleanField(label="Move the sprints after it by as many days", required=False, initial=True)
    workshops_wanted = forms.TypedChoiceField(
        label="Workshops",
        coerce=int,
        choices=[(0, "None: skip it"), (1, "One"), (2, "Two: split in two"), (3, "Three")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select how many workshops open this sprint"},
    )
    aims = forms.CharField(
        label="Aims", help_text=AIMS, required=False, max_length=MOST_WORDS, widget=forms.Textarea(attrs={"rows": 10})
    )

    def clean_starts_on(self) -> Any:
        return _sane(self.cleaned_data["starts_on"])

    def clean_ends_on(self) -> Any:
        return _sane(self.cleaned_data["ends_on"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        starts_on, ends_on = said.get("starts_on"), said.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "The last day must not be before the first")
        return said

    def plan(self) -> Plan:
        said = self.cleaned_data
        return Plan(said["name"], said["aims"], said["starts_on"], said["ends_on"], said["workshops_wanted"])


class NewSprintForm(_SprintForm):
    """One more sprint; its first day says where among the others it comes."""

    def __init__(self, *args: Any, cohort: Cohort, back: str, **kwargs: Any) -> None:
        last = cohort.sprints.order_by("position").last()
        starts_on = last.ends_on + timedelta(days=1) if last else cohort.starts_on
        known = {"starts_on": starts_on, "ends_on": starts_on + timedelta(weeks=6, days=-1), "workshops_wanted": 1}
        kwargs["initial"] = known
        super().__init__(*args, **kwargs)
        self.fields["move_later"].label = "Move the sprints after it along where it needs their days"
        if last is None:
            del self.fields["move_later"]
        self.helper = helper("Add sprint")
        self.helper.add_input(Link("Cancel", back))

    def overlaps(self, error: Overlaps) -> None:
        """Say which sprint has the days, beside the day to change."""
        if error.is_before:
            self.add_error("starts_on", _must_be_later(error.other))
        else:
            self.add_error("ends_on", _must_be_earlier(error.other))


class CohortSprintForm(_SprintForm):
    """A sprint that is there, between those before and after it."""

    def __init__(self, *args: Any, sprint: CohortSprint, back: str, **kwargs: Any) -> None:
        same = ("name", "starts_on", "ends_on", "workshops_wanted", "aims")
        kwargs["initial"] = {name: getattr(sprint, name) for name in same}
        super().__init__(*args, **kwargs)
        self.sprint = sprint
        others = list(sprint.cohort.sprints.exclude(pk=sprint.pk))
        self.before = max((one for one in others if one.position < sprint.position), key=_place, default=None)
        self.after = min((one for one in others if one.position > sprint.position), key=_place, default=None)
        if self.after is None:
            del self.fields["move_later"]
        self.helper = helper("Save sprint")
        self.helper.add_input(Link("Cancel", back))

    def clean_starts_on(self) -> Any:
        day = super().clean_starts_on()
        if self.before and day <= self.before.ends_on:
            raise ValidationError(_must_be_later(self.before))
        return day

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        ends_on = said.get("ends_on")
        if ends_on and self.after and not said.get("move_later") and ends_on >= self.after.starts_on:
            self.add_error("ends_on", _must_be_earlier(self.after))
        elif (wanted := said.get("workshops_wanted")) is not None and wanted < self.sprint.workshops.exclude(
            meetup__state="cancelled"
        ).count():
            self.add_error("workshops_wanted", "More workshops are planned already. Cancel one of them first")
        return said


def _must_be_later(before: CohortSprint) -> str:
    return f"“{before}” ends on {_day(before.ends_on)}. Enter a later day"


def _must_be_earlier(after: CohortSprint) -> str:
    return f"“{after}” begins on {_day(after.starts_on)}. Enter an earlier day, or move it along"


def _place(sprint: CohortSprint) -> int:
    return sprint.position


def _day(day: Any) -> str:
    return f"{day.day} {day:%B %Y}"
