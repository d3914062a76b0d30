"""Times of an agenda with pins, what does not fit, and phases as organisers type them."""

from datetime import UTC, datetime, time, timedelta

import pytest

from meetups import agenda, phases, structures

START = datetime(2027, 2, 24, 10, tzinfo=UTC)
END = START + timedelta(hours=2)


def slots(minutes, pins):
    table = agenda.timetable(START, END, minutes, [agenda.pinned(START, pin) for pin in pins])
    return [(f"{slot.starts_at:%H:%M}", f"{slot.ends_at:%H:%M}", slot.gap_minutes) for slot in table.slots], table


def test_a_pinned_item_starts_at_its_time_and_those_after_follow_it():
    found, table = slots([30, 20, 10], [None, time(11), None])

    assert found == [("10:00", "10:30", 0), ("11:00", "11:20", 30), ("11:20", "11:30", 0)]
    assert table.slots[1].gap_line == "30 minutes free before this."
    assert table.verdict == "30 minutes are not planned yet."


def test_items_that_run_into_a_pinned_time_are_said():
    found, table = slots([61, 20], [None, time(11)])

    assert found == [("10:00", "11:01", 0), ("11:00", "11:20", -1)]
    assert table.slots[1].gap_line == "What comes before runs 1 minute into this."


def test_a_pin_is_meant_on_a_london_clock_in_summer_and_over_midnight():
    summer, late = datetime(2027, 7, 7, 9, tzinfo=UTC), datetime(2027, 2, 24, 23, tzinfo=UTC)

    assert agenda.pinned(summer, time(10, 30)) == datetime(2027, 7, 7, 9, 30, tzinfo=UTC)
    assert agenda.pinned(late, time(0, 15)) == datetime(2027, 2, 25, 0, 15, tzinfo=UTC)
    assert agenda.pinned(START, None) is None


@pytest.mark.parametrize(
    ("old_start", "new_start", "clock", "moved"),
    [
        (START, START + timedelta(hours=4), time(11), time(15)),
        (START, START - timedelta(minutes=90), time(11), time(9, 30)),
        (START, START + timedelta(weeks=1), time(11), time(11)),
        (START, datetime(2027, 3, 31, 9, tzinfo=UTC), time(11), time(11)),  # summer time: 10am in London again
        (datetime(2027, 2, 24, 23, tzinfo=UTC), datetime(2027, 2, 25, 10, tzinfo=UTC), time(0, 15), time(11, 15)),
        (START + timedelta(hours=4), START + timedelta(hours=2), time(11), None),  # it was before the start already
        (START, START + timedelta(hours=4), time(12), None),
        (START, START + timedelta(hours=4), None, None),
    ],
)
def test_a_pin_moves_with_the_start_by_the_clock_and_is_dropped_outside_the_new_time(
    old_start, new_start, clock, moved
):
    new_end = new_start + timedelta(hours=2)

    assert agenda.moved_pin(clock, old_start=old_start, starts_at=new_start, ends_at=new_end) == moved


def test_what_starts_before_the_meet_up_is_said():
    setting = agenda.Setting(40, is_online=True, starts_at=START, ends_at=END)
    early = agenda.Slot(START - timedelta(minutes=1), START + timedelta(minutes=9))

    assert agenda.misfits(early, None, 0, setting) == ["It starts before the meet-up."]


@pytest.mark.parametrize(
    ("slug", "minutes", "phase_minutes", "people", "online", "said"),
    [
        ("1-2-4-all", 12, 12, 40, True, []),
        ("1-2-4-all", 10, 12, 40, True, [
            "The phases take 12 minutes, the item has 10 minutes.", "1-2-4-All usually takes 12 minutes.",
        ]),
        ("troika-consulting", 30, 30, 2, True, ["Troika Consulting needs 3 people or more; 2 are expected."]),
        ("troika-consulting", 30, 30, 1, True, ["Troika Consulting needs 3 people or more; 1 is expected."]),
        ("shift-and-share", 90, 90, 72, True, ["Shift & Share works with up to 60 people; 72 are expected."]),
        ("25-10-crowdsourcing", 30, 30, 40, True,
         ["25/10 Crowd Sourcing needs a room to walk in; it does not work online."]),
        ("25-10-crowdsourcing", 30, 30, 40, False, []),
        ("panarchy", 125, 0, 40, False, ["It ends 5 minutes after the meet-up."]),
        ("", 20, 0, 1, True, []),
    ],
)  # fmt: skip
def test_what_does_not_fit_the_time_or_the_numbers_is_said(slug, minutes, phase_minutes, people, online, said):
    slot = agenda.Slot(START, START + timedelta(minutes=minutes))
    setting = agenda.Setting(people, online, START, END)

    assert agenda.misfits(slot, structures.find(slug), phase_minutes, setting) == said


# --- Phases


def test_phases_are_read_in_the_words_people_use():
    text = "1, alone, Think\n\n2 min, Pairs, Talk, then stop\n4, fours from pairs, Compare\n9, groups of 4 to 6, Sort"
    text += "\n9, 3–4, Meet\n5, everyone, Share\n5, as people choose, Walk"

    assert phases.read(text) == [
        structures.Phase("Think", 1, "1"),
        structures.Phase("Talk, then stop", 2, "2"),
        structures.Phase("Compare", 4, "4", keep_pairs_together=True),
        structures.Phase("Sort", 9, "4-6"),
        structures.Phase("Meet", 9, "3-4"),
        structures.Phase("Share", 5, "all"),
        structures.Phase("Walk", 5, "free"),
    ]


@pytest.mark.parametrize("structure", structures.ALL, ids=lambda structure: structure.slug)
def test_phases_of_every_structure_are_written_as_they_are_read(structure):
    assert tuple(phases.read(phases.written(structure.phases))) == structure.phases


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("5, pairs, Talk\nTalk",
         "Line 2: enter minutes, group and name with commas between, like “5, pairs, Talk in pairs”"),
        ("five, pairs, Talk", "Line 1: begin with the minutes, a whole number from 1 to 600"),
        ("0, pairs, Talk", "Line 1: begin with the minutes, a whole number from 1 to 600"),
        ("5, crowds, Talk", "Line 1: “crowds” is not a group. Use alone, pairs, threes, fours, 4–6 or everyone"),
        ("5, threes from pairs, Talk",
         "Line 1: “threes from pairs” is not a group. Use alone, pairs, threes, fours, 4–6 or everyone"),
        (f"5, pairs, {'x' * 81}", "Line 1: the name must be 80 characters or fewer"),
        ("5, pairs, Talk\n" * 41, "Enter 40 phases or fewer"),
    ],
)  # fmt: skip
def test_a_line_that_is_no_phase_is_named(text, said):
    with pytest.raises(phases.NotAPhase) as error:
        phases.read(text)

    assert str(error.value) == said
