"""The evaluation of a cohort on one page: what changed, how support went, who took part. One model, page and .docx."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Q, Sum

from documents import docx
from meetups import dates
from meetups.models import Meetup
from networking import charts, charts_png, results
from networking.models import Cohort, Member, Pair, SupportMeeting, Survey, TaskDone
from networking.statistics import SMALLEST_GROUP


@dataclass(frozen=True)
class Figure:
    """A number and what it means: “9 of 12 councillors have a mentor”."""

    label: str
    value: str
    meaning: str = ""


@dataclass(frozen=True)
class Evaluation:
    """All that the report says, in the order it is said."""

    cohort: Cohort
    made_at: datetime
    about: list[Figure]
    closed: list[Survey]  # what can be compared
    before: Survey | None
    after: Survey | None
    changes: list[results.QuestionChange]
    taking_part: list[Figure]
    themes: list[tuple[str, list[str]]]  # question, then theme names, with how many said it where they are enough
    cautions: list[str]

    @property
    def title(self) -> str:
        return f"Evaluation of {self.cohort.name}"

    @property
    def nothing_to_compare(self) -> str:
        """Why there is no change to show; empty when there is one."""
        if self.before and self.after:
            return ""
        if len(self.closed) > 1:
            return "A change is between two surveys: choose two that differ."
        return "Two surveys have to close before a change can be shown."

    @property
    def chart_rows(self) -> list[charts.Dumbbell]:
        return [charts.row(one.question.text, one.change) for one in self.changes if one.change]

    @property
    def chart(self) -> str:
        return charts.dumbbells(self.chart_rows, title="Mean answers before and after") if self.chart_rows else ""


CAUTIONS = [
    f"Only people who answered both times are counted. No figures are made of answers of fewer than {SMALLEST_GROUP}.",
    "The likely range holds the true mean change 95 times in 100 if these people were a chance selection of many.",
    "There is no group to compare with: what changed may have other causes than the programme.",
    "Answers are how people see themselves. The figures on support and taking part are from records.",
]


def of(cohort: Cohort, *, now: datetime, first: str = "", last: str = "") -> Evaluation:
    """The report as it stands now, from closed surveys (which two: `results.chosen`) and from records."""
    closed = results.closed(cohort, now)
    before, after = results.chosen(closed, first=first, last=last)
    return Evaluation(
        cohort=cohort,
        made_at=now,
        about=_about(cohort),
        closed=closed,
        before=before,
        after=after,
        changes=results.changes(before, after) if before and after else [],
        taking_part=[figure for figures in _FIGURES for figure in figures(cohort, now)],
        themes=_themes(after) if after else [],
        cautions=CAUTIONS,
    )


def _about(cohort: Cohort) -> list[Figure]:
    people = cohort.members.joined().values_list("role").annotate(number=Count("pk"))
    number = dict(people)
    sprints = list(cohort.sprints.order_by("position"))
    lasted = f"{dates.day(sprints[0].starts_on)} to {dates.day(sprints[-1].ends_on)}" if sprints else "No sprints yet"
    return [
        Figure("Programme", cohort.programme.name),
        Figure("Area", cohort.area),
        Figure("Dates", lasted),
        Figure("Councillors", str(number.get(Member.Role.COUNCILLOR, 0))),
        Figure("Mentors", str(number.get(Member.Role.MENTOR, 0))),
    ]


def _themes(survey: Survey) -> list[tuple[str, list[str]]]:
    """Only themes that several people named: one person's words are not for a report. How many, from five people on."""
    found = []
    for one in results.sayings(survey):
        names = [_counted(theme) for theme in one.themes or [] if _is_shared(theme)]
        if names:
            found.append((one.question.text, names))
    return found


def _is_shared(theme: results.Theme) -> bool:
    return bool(theme.name) and len(theme.sayings) > 1


def _counted(theme: results.Theme) -> str:
    number = len(theme.sayings)
    return f"{theme.name} ({number} people)" if number >= SMALLEST_GROUP else theme.name


# --- Figures from records: each subject gives its own -------------------------------------------------------------


def _tasks(cohort: Cohort, now: datetime) -> list[Figure]:
    councillors = cohort.members.councillors().joined().count()
    figures = []
    for sprint in cohort.sprints.annotate(must=Count("tasks", filter=Q(tasks__must=True), distinct=True)):
        done = TaskDone.objects.filter(task__sprint=sprint, task__must=True, member__state=Member.State.JOINED).count()
        if sprint.must and councillors:
            share = round(100 * done / (sprint.must * councillors))
            figures.append(Figure(f"{sprint}: tasks done that had to be", f"{share}%"))
    return figures


def _workshops(cohort: Cohort, now: datetime) -> list[Figure]:
    """Of what was held: not what was cancelled or never published."""
    people = list(cohort.members.councillors().joined().values_list("person_id", flat=True))
    came = Q(workshops__meetup__signups__came_at__isnull=False, workshops__meetup__signups__person__in=people)
    was_held = Q(workshops__meetup__state=Meetup.State.PUBLISHED, workshops__meetup__ends_at__lte=now)
    held = cohort.sprints.filter(was_held).annotate(
        number=Count("workshops__meetup", distinct=True),
        came=Count("workshops__meetup__signups__person", filter=came, distinct=True),
    )
    return [
        Figure(f"{sprint}: came to {_which(sprint.number)}", f"{sprint.came} of {len(people)} councillors")
        for sprint in held
    ]


def _which(number: int) -> str:
    return "the workshop" if number == 1 else f"at least one of {number} workshops"


def _pairs(cohort: Cohort, now: datetime) -> list[Figure]:
    councillors = cohort.members.councillors().joined()
    supported = councillors.filter(pairs_as_councillor__ended_at=None, pairs_as_councillor__isnull=False).distinct()
    return [Figure("Have a mentor", f"{supported.count()} of {councillors.count()} councillors")]


def _meetings(cohort: Cohort, now: datetime) -> list[Figure]:
    """What pairs logged, those that have ended too; how many minutes where they said so."""
    met = SupportMeeting.objects.standing().filter(pair__cohort=cohort)
    said = met.aggregate(number=Count("pk"), pairs=Count("pair", distinct=True), minutes=Sum("minutes"))
    pairs = Pair.objects.filter(cohort=cohort).count()
    if not pairs:
        return []
    time = [Figure("Time in support meetings", _time(said["minutes"]))] if said["minutes"] else []
    return [
        Figure("Support meetings logged", str(said["number"])),
        Figure("Pairs that met at least once", f"{said['pairs']} of {pairs}"),
        *time,
    ]


def _time(minutes: int) -> str:
    if minutes < 60:
        return "1 minute" if minutes == 1 else f"{minutes} minutes"
    hours = round(minutes / 60)
    return "1 hour" if hours == 1 else f"{hours} hours"


_FIGURES: list[Callable[[Cohort, datetime], list[Figure]]] = [_pairs, _meetings, _tasks, _workshops]


# --- The document -------------------------------------------------------------------------------------------------


def as_docx(evaluation: Evaluation) -> bytes:
    """The same report for Word."""
    blocks: list[docx.Block] = [
        docx.Paragraph(f"As of {dates.day(evaluation.made_at)}."),
        docx.Heading("About"),
        docx.Table("The cohort", ["What", "Figure"], [[one.label, one.value] for one in evaluation.about]),
        docx.Heading("What changed"),
        *_changes(evaluation),
        docx.Heading("Support and taking part"),
        docx.Table("From records", ["What", "Figure"], [[one.label, one.value] for one in evaluation.taking_part]),
        *_sayings(evaluation),
        docx.Heading("How to read this"),
        docx.Bullets(evaluation.cautions),
    ]
    return docx.write(evaluation.title, blocks, author=settings.SITE_NAME, made_at=evaluation.made_at)


def _changes(evaluation: Evaluation) -> list[docx.Block]:
    if not (evaluation.before and evaluation.after):
        return [docx.Paragraph(evaluation.nothing_to_compare)]
    rows = evaluation.chart_rows
    said = f"{evaluation.before}, and {evaluation.after.in_a_sentence}."
    picture = [docx.Picture(charts_png.dumbbells(rows), charts.describe(rows))] if rows else []
    header = ["Question", "People", "Before", "After", "Change", "Likely range (95%)", "In words"]
    table = docx.Table("What changed, on a scale of 1 to 5", header, [_cells(one) for one in evaluation.changes])
    return [docx.Paragraph(said), *picture, table]


def _cells(one: results.QuestionChange) -> list[str]:
    change = one.change
    if change is None:
        return [one.question.text, *["not shown"] * 5, one.words]
    ends = f"{change.interval.low:.1f} to {change.interval.high:.1f}" if change.interval else "not known"
    means = [f"{value:.1f}" for value in (change.before, change.after, change.change)]
    return [one.question.text, str(change.n), *means, ends, one.words]


def _sayings(evaluation: Evaluation) -> list[docx.Block]:
    if not evaluation.themes:
        return []
    blocks: list[docx.Block] = [docx.Heading("In their own words")]
    for question, names in evaluation.themes:
        blocks += [docx.Heading(question, 2), docx.Bullets(names)]
    return blocks
