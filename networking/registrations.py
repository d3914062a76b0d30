"""What networked councillors tell the apps below: who leads, a shelf of “My things”, what is held about somebody."""

from datetime import datetime

from networking import (
    citizens,
    emails_journal,
    emails_pool,
    emails_support,
    emails_surveys,
    journal,
    map_comments,
    map_records,
    maps,
    parting,
    pool,
    readiness,
    sheet_records,
    sheets,
    support_meetings,
    surveys,
)
from networking.models import Cohort, MatchProposal, Member
from people import access, kept, my_data, my_things, preferences
from people.models import Person


def register() -> None:
    _membership()
    _journal()
    _surveys()
    _planning_sheets()
    _network_maps()
    _citizens()
    _readiness()
    _questions()
    _support_meetings()


def _membership() -> None:
    """Being in a cohort: who leads and who is in one, pairs, skills, the shelf of “My things”."""
    access.register_members(access.Audience.LEADS, lambda person: Member.objects.leads().is_in_one(person))
    access.register_members(access.Audience.COHORT, Member.objects.is_in_one)
    my_data.register("Networked councillors", collect=collect, forget=forget, still_needed=still_needed)
    kept.register(
        "Networked councillors",
        "Which cohort you are in, as what, where and when you can meet, your skills, and who supports whom",
        why="To find you a mentor or councillors to support. Your cohort sees it; exclusions only its leads.",
        how_long=lambda: "Until you leave. That there was a pair stays, without your name.",
        tables=[
            "networking.Member",
            "networking.SkillLevel",
            "networking.Pair",
            "networking.Exclusion",
            "networking.TaskDone",
        ],
    )
    kept.explain("networking.MatchProposal", because="who worked out and confirmed a match; nameless once they leave")
    kept.explain("networking.Cohort", because="who set it up; nameless once they leave")
    my_things.register(
        "Networked councillors",
        empty="You are not in a cohort. Your council's lead invites councillors and mentors.",
        cards=cards,
    )


def _journal() -> None:
    kept.register(
        "Networked councillors",
        "What you write in the journal of your cohort",
        why="So that others learn from it. Your cohort reads it; everybody only where you and a lead agree.",
        how_long=lambda: "Until you take it back, or leave.",
        tables=["networking.Post", "networking.PostComment"],
    )
    my_data.register("Journals of cohorts", collect=journal.collect, forget=journal.forget)
    preferences.register(emails_journal.JOURNAL, "what is new in the journal of my cohort, once a week")


def _surveys() -> None:
    kept.register(
        "Networked councillors",
        "What you answered in surveys of your cohort",
        why="To see what changed. Leads see figures of five people or more, and words without names.",
        how_long=lambda: "Words until you leave; points stay in the figures, without your name.",
        tables=["networking.SurveyReply"],
    )
    kept.explain("networking.Survey", because="which lead planned it; nameless once they leave")
    preferences.register(emails_surveys.SURVEYS, "a mail when questions about my cohort can be answered")
    my_data.register("Surveys of networked councillors", collect=surveys.collect, forget=surveys.forget)


def _planning_sheets() -> None:
    """Taken out and forgotten with the cohorts."""
    kept.register(
        "Networked councillors",
        "Your planning sheet with its earlier texts and versions, and what was said on it",
        why="To plan with your mentor. Only you and your mentor read it, and your leads if you agree.",
        how_long=lambda: (
            f"Until you leave. A text of another window {sheets.SETTLED.days} days after you chose. "
            "What you said on somebody else's sheet stays on it without your name."
        ),
        tables=["networking.Sheet", "networking.SheetComment"],
    )


def _network_maps() -> None:
    """Taken out and forgotten with the cohorts."""
    kept.register(
        "Networked councillors",
        "Your network maps: names on them, what you noted of each, links, versions, comments, and what you share",
        why="To see whom you know and whom you want to reach. Only you read them, and your mentor if you agree; "
        "leads see counts; your cohort what you put on a shared map.",
        how_long=lambda: (
            f"Until you delete them or leave, at most {maps.AFTER_COHORT.days} days after the cohort has finished. "
            f"What a change touched {maps.STEPS_LIVE.days} days. "
            "What you said on somebody else's map stays on it without your name, or until you take it back."
        ),
        tables=["networking.NetworkMap", "networking.MapComment"],
    )
    kept.explain("networking.SharedMap", because="which councillor began it; nameless once they leave")


def _citizens() -> None:
    kept.register(
        "Networked councillors",
        "Where you looked for active citizens, and whom you noted, with your decision",
        why="To find people and groups worth knowing. Only you read it; leads see numbers.",
        how_long=lambda: "Names at most 180 days after you decided; the rest until you leave.",
        tables=["networking.CitizenSearch", "networking.Candidate"],
    )
    my_data.register("Active citizens", collect=citizens.collect, forget=citizens.forget)


def _readiness() -> None:
    kept.register(
        "Networked councillors",
        "How ready you said you feel for a sprint, and when a lead takes you for ready",
        why="So that nobody is lost before a sprint. You and your leads read it.",
        how_long=lambda: "Until you leave.",
        tables=["networking.SelfRating", "networking.ReadyAnyway"],
    )
    my_data.register("Readiness of networked councillors", collect=readiness.collect, forget=readiness.forget)


def _questions() -> None:
    kept.register(
        "Networked councillors",
        "Questions you asked the expert pool, your answers, and how you want to hear of questions",
        why="So that everybody in the cohort has somebody to ask. The cohort reads an answer only if you both agree.",
        how_long=lambda: (
            f"Until you leave, at most {pool.WORDS_LIVE.days} days after the cohort has finished. "
            "What you both let the cohort read stays without your name."
        ),
        tables=["networking.PoolQuestion", "networking.PoolPost"],
    )
    kept.explain("networking.PoolOffer", "networking.PoolChoice", because="who was asked, and how; told with questions")
    preferences.register(emails_pool.QUESTIONS, "questions that people in my cohort hope I can answer")
    my_data.register("Questions of networked councillors", collect=pool.collect, forget=pool.forget)


def _support_meetings() -> None:
    kept.register(
        "Networked councillors",
        "Your support meetings: days, how, minutes, what you two wrote, and why you had not met",
        why="So that support is seen. Words are read by you two; why you had not met, by your leads.",
        how_long=lambda: (
            f"Words until you leave, or {support_meetings.WORDS_LIVE.days} days after the pair or cohort has ended. "
            "That there was a meeting stays, without your name."
        ),
        tables=[
            "networking.SupportMeeting",
            "networking.NextMeeting",
            "networking.SilenceAnswer",
            "networking.FineUntil",
        ],
    )
    preferences.register(emails_support.NUDGES, "one mail when a support meeting has not come")
    my_data.register(
        "Support meetings of networked councillors", collect=support_meetings.collect, forget=support_meetings.forget
    )


def cards(person: Person, now: datetime) -> list[my_things.Card]:
    return [
        my_things.Card(cohort.name, f"{cohort.area}: {cohort.get_state_display()}.", cohort.get_absolute_url(), "Open")
        for cohort in Cohort.objects.of(person).exclude(state=Cohort.State.FINISHED)
    ]


def collect(person: Person) -> my_data.Records:
    """Every cohort they are or were in, planning sheets and network maps."""
    return [
        *_cohorts(person),
        *sheet_records.collect(person),
        *map_records.collect(person),
        *map_comments.collect(person),
    ]


def _cohorts(person: Person) -> my_data.Records:
    return [
        {
            "What": "Cohort",
            "Cohort": member.cohort.name,
            "As": member.get_role_display(),
            "State": member.get_state_display(),
            "Since": member.joined_at,
            "Where": member.area,
            "Days": member.days_line,
            "Languages": member.languages,
            "Skills": ", ".join(f"{one.skill.name} {one.level}" for one in member.levels.all()),
        }
        for member in Member.objects.with_people().filter(person=person).prefetch_related("levels__skill")
    ]


def forget(person: Person, now: datetime) -> None:
    """They are gone from every cohort, their pairs end, their sheet goes; that a pair existed stays, without a name."""
    sheets.forget(person)
    maps.forget(person)
    map_comments.forget(person)
    members = list(Member.objects.with_people().filter(person=person))
    Member.objects.filter(person=person).exclude(state=Member.State.LEFT).update(
        state=Member.State.LEFT, left_at=now, area="", languages="", days=[], invitation_note=""
    )
    for member in members:
        parting.leave(member, now=now)
        MatchProposal.objects.filter(cohort=member.cohort_id).update(change="")


def still_needed(ids: set[int]) -> set[int]:
    """Whoever is in a cohort, or is invited to one."""
    here = Member.objects.filter(person__in=ids, state__in=[Member.State.INVITED, Member.State.JOINED])
    return set(here.values_list("person_id", flat=True))
