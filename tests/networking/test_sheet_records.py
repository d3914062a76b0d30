"""What is held in planning sheets is told to whoever asks, and goes when they leave."""

from datetime import timedelta

import pytest

from networking import registrations, sheets, tasks
from networking.models import Sheet, SheetClash, SheetComment, SheetRevision
from people import my_data
from tests import make
from tests.networking import build

pytestmark = pytest.mark.django_db


def the_sheet_of(person):
    return [record for record in registrations.collect(person) if record["What"] != "Cohort"]


def test_a_councillor_takes_out_their_sheet_with_everything_around_it():
    pair = build.pair()
    one = pair.councillor
    build.sheet(one, people="Parents", window="first")
    sheets.keep_version(one, "For my mentor", now=build.NOW)
    build.sheet(one, people="Young people", window="second")
    sheets.comment(one, "reach", "Which parents?", by=pair.mentor.person, now=build.NOW)

    records = the_sheet_of(one.person)

    assert [record["What"] for record in records] == [
        "Planning sheet",
        "Earlier text",
        "Text of another window",
        "Version “For my mentor”",
        "Comment on a planning sheet",
    ]
    assert [sorted(set(record.values()) & {"Parents", "Young people", "Which parents?"}) for record in records] == [
        ["Parents"],
        ["Parents"],
        ["Young people"],
        ["Parents"],
        ["Which parents?"],
    ]


def test_rows_and_skills_are_taken_out_in_words():
    one = build.councillor()
    skill = build.skill("Video")
    sheets.save(
        one,
        "help",
        sheets.Posted({f"skill.{skill.slug}.now": "1", f"skill.{skill.slug}.wanted": "3"}, 0),
        now=build.NOW,
    )
    sheets.save(one, "sources", sheets.Posted({"rows.a1.name": "Ward blog"}, 0), now=build.NOW)

    records = {record["Section"]: record for record in the_sheet_of(one.person) if record["What"] == "Planning sheet"}

    assert records["Help wanted"]["Video"] == "level 1, wanted 3"
    assert records["Sources to follow and share"]["Source 1"] == "Ward blog"


def test_a_mentor_takes_out_what_they_said_and_no_word_of_the_councillor():
    pair = build.pair()
    build.sheet(pair.councillor, people="Parents")
    sheets.comment(pair.councillor, "reach", "Which?", by=pair.mentor.person, now=build.NOW)
    sheets.comment(pair.councillor, "reach", "Those at the gate", by=pair.councillor.person, now=build.NOW)

    assert [record["Text"] for record in the_sheet_of(pair.mentor.person)] == ["Which?"]


def test_a_sheet_goes_with_its_councillor():
    one = build.councillor()
    build.sheet(one, people="Parents")
    other = build.councillor(one.cohort)
    build.sheet(other, people="Young people")

    my_data.leave(one.person, now=build.NOW)

    assert list(Sheet.objects.values_list("member", flat=True)) == [other.pk]
    assert [revision.answers for revision in SheetRevision.objects.all()] == [{"people": "Young people"}]


def test_what_a_mentor_said_stays_without_their_name():
    pair = build.pair()
    sheets.comment(pair.councillor, "reach", "Which?", by=pair.mentor.person, now=build.NOW)

    my_data.leave(pair.mentor.person, now=build.NOW)

    assert list(SheetComment.objects.values_list("text", "said_by")) == [("Which?", None)]
    page = make.client(pair.councillor.person).get(
        f"/networked-councillors/cohorts/{pair.cohort.slug}/sheet/sections/reach/"
    )
    assert "Somebody who left" in page.content.decode()


def test_the_worker_forgets_settled_texts(monkeypatch):
    one = build.councillor()
    build.sheet(one, people="Parents", window="first")
    clash = build.sheet(one, people="Young", window="second").clash
    sheets.settle(clash, {"people": "Young"}, seen=1, now=build.NOW)
    monkeypatch.setattr("django.utils.timezone.now", lambda: build.NOW + timedelta(days=91))

    tasks.forget()

    assert not SheetClash.objects.exists()
