"""What listening tells the apps below: who has a part in an inquiry, “My things”, what it holds of a person."""

from datetime import datetime

from django.urls import reverse

from evidence import captures, emails, fetches, forgetting, sightings
from evidence.models import Barrier, Helper, Item, Membership, Plan
from people import access, kept, my_data, my_things, preferences
from people.models import Person

# Tables with a column for the person who did something in an inquiry.
_BY_PEOPLE = (
    *("Membership", "Inquiry", "Search", "Item", "ItemEvent", "Sighting", "Override", "StopShown"),
    *("Screenshot", "Theme", "ThemeItem", "Step"),
    *("Report", "ReportLink", "ListeningSession"),
)


def register() -> None:
    access.register_members(access.Audience.MEMBERS, lambda person: Membership.objects.filter(person=person).exists())
    access.register_members(
        access.Audience.CONTRIBUTORS, lambda person: Membership.objects.who_log().filter(person=person).exists()
    )
    access.register_members(
        access.Audience.OFFICERS, lambda person: Membership.objects.officers().filter(person=person).exists()
    )
    my_data.register("Listening for scrutiny", collect=collect, forget=forget, still_needed=still_needed)
    kept.register(
        "Listening for scrutiny",
        "Your part in an inquiry, what you searched for and saved, and what you changed",
        why="So that every statement of a report can be followed to what was heard, by whom and when.",
        how_long=lambda: (
            "As long as the inquiry is kept. When you leave, drafts go and the rest stays without your name."
        ),
        tables=[f"evidence.{name}" for name in _BY_PEOPLE],
    )
    kept.register(
        "Listening for scrutiny",
        "What you write to an inquiry (an objection, a complaint, a question), and the address a report was handed to",
        why="So that you get an answer, and so that it can be shown that you and the other committee did.",
        how_long=lambda: f"{forgetting.kept_for()} after the answer, or after the end of the link.",
        tables=["evidence.Complaint", "evidence.HandOff"],
    )
    kept.register(
        "Getting started",
        "Plans, barriers, pages you asked us to look at, what you can help with, and questions you sent",
        why="So that your team and, where you share them, others can learn from them; so that you can be asked.",
        how_long=lambda: f"Pages {fetches.KEPT.days} days. The rest until you delete it or leave.",
        tables=[f"evidence.{name}" for name in ("Plan", "Barrier", "Fetch", "Helper", "HelpRequest")],
    )
    my_data.register(
        "Getting started with social media", collect=collect_started, forget=forget_started, still_needed=_started
    )
    preferences.register(emails.HELP, "questions of colleagues when I am on “Who can help”")
    my_things.register(
        "Listening for scrutiny",
        empty="You have no part in an inquiry. An officer who runs one can add you by your email address.",
        cards=cards,
    )


def cards(person: Person, now: datetime) -> list[my_things.Card]:
    """The inquiries of this person that are not closed."""
    parts = person.inquiry_parts.select_related("inquiry").exclude(inquiry__state="closed")
    return [_card(part) for part in parts]


def _card(part: Membership) -> my_things.Card:
    url = reverse("evidence:inquiry", args=[part.inquiry.slug])
    line = f"You are {_a(part.get_role_display())}. It is {part.inquiry.get_state_display()}."
    return my_things.Card(part.inquiry.title, line, url, "Open the inquiry", urgency=3)


def _a(role: str) -> str:
    return f"an {role}" if role[0] in "aeiou" else f"a {role}"


def collect(person: Person) -> my_data.Records:
    """Parts in inquiries, and what they saved. The words of residents are not theirs to take out."""
    parts = person.inquiry_parts.select_related("inquiry")
    items = person.saved_items.select_related("inquiry").order_by("saved_at")
    return [
        *({"Inquiry": part.inquiry.title, "Part": part.get_role_display(), "Since": part.added_at} for part in parts),
        *({"Saved": item.saved_at, "Our words": item.our_words, "State": item.get_state_display()} for item in items),
    ]


def forget(person: Person, now: datetime) -> None:
    """Drafts go; what was handed in stays with the inquiry, without a finder to be named."""
    for draft in Item.objects.drafts_of(person):
        captures.discard(draft)
    sightings.forget(person, now=now)
    person.inquiry_parts.all().delete()


def collect_started(person: Person) -> my_data.Records:
    """Plans, barriers, what they can help with and what they asked others."""
    helps = Helper.objects.filter(person=person)
    return [
        *(
            {"Plan": plan.what, "Who": plan.who, "By": plan.by_on, "Learned": plan.learned}
            for plan in person.started_plans.all()
        ),
        *({"Barrier": barrier.met, "What helped": barrier.helped} for barrier in person.started_barriers.all()),
        *({"Page": fetch.url or "Pasted HTML", "Looked at": fetch.asked_at} for fetch in person.fetches.all()),
        *({"Can help with": helper.platforms_line, "For": helper.what_for, "Since": helper.since} for helper in helps),
        *({"Question": asked.text, "Sent": asked.sent_at} for asked in person.help_requests.all()),
    ]


def forget_started(person: Person, now: datetime) -> None:
    for rows in (person.started_plans, person.started_barriers, person.fetches, person.help_requests):
        rows.all().delete()
    Helper.objects.filter(person=person).delete()


def _started(ids: set[int]) -> set[int]:
    """Whoever planned, wrote down a barrier or may be asked."""
    of_people = (
        Plan.objects.filter(made_by__in=ids).values_list("made_by_id", flat=True),
        Barrier.objects.filter(made_by__in=ids).values_list("made_by_id", flat=True),
        Helper.objects.filter(person__in=ids).values_list("person_id", flat=True),
    )
    return {pk for rows in of_people for pk in rows}


def still_needed(ids: set[int]) -> set[int]:
    return set(Membership.objects.filter(person__in=ids).values_list("person_id", flat=True))
