from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetups.chat import Group, Line, read_chat

REPORTS = Path(__file__).parent / "reports"


def texts(pasted: str) -> list[str]:
    return [line.text for line in read_chat(pasted).lines]


def test_a_saved_chat_of_zoom_is_sorted_under_the_questions_of_the_host():
    chat = read_chat((REPORTS / "zoom_chat.txt").read_text(), hosts=["Priya Ward"])

    assert chat.tool == "Zoom"
    assert chat.groups == (
        Group("", (Line("Good morning from a sunny Wexbridge"),)),
        Group(
            "What will you take away from today?",
            (
                Line("Publish the work programme every month\nand say what was dropped"),
                Line("Ask witnesses what they would ask: https://northmoor.gov.uk/witnesses?year=2027 is our guide",
                     ("https://northmoor.gov.uk/witnesses?year=2027",)),
                Line("Yes, and before the budget"),
            ),
        ),
        Group("What might we change?", (Line("More time in rooms, Tom was right", mentions=("Tom",)),)),
    )  # fmt: skip


def test_private_messages_are_left_out_and_counted():
    chat = read_chat((REPORTS / "zoom_chat.txt").read_text())

    assert chat.private == 2
    assert not [line for line in chat.lines if "talks too much" in line.text or "waiting room" in line.text]


def test_reactions_and_agreement_are_left_out_and_counted():
    assert read_chat((REPORTS / "zoom_chat.txt").read_text()).reactions == 4


@pytest.mark.parametrize(
    ("tool", "pasted"),
    [
        ("Zoom", "10:01:00 From Ann Smith to Everyone:\n\tMeet less\n10:02:00 From Bob to Everyone:\n\tSay more"),
        ("Zoom", "10:01:00\t From Ann Smith to Everyone : Meet less\n10:02:00\t From Bob to Everyone : Say more"),
        ("Zoom", "10:01:00\t From  Ann Smith : Meet less\n10:02:00\t From  Bob : Say more"),
        ("Zoom", "00:01:00\tAnn Smith:\tMeet less\n00:02:00\tBob:\tSay more"),
        ("Zoom", "2027-02-24 10:01:00 From Ann Smith To Everyone:\nMeet less\n10:02:00 From B To Everyone:\nSay more"),
        ("Zoom", "Ann Smith to Everyone 10:01 AM\nMeet less\nBob to Everyone 10:02 AM\nSay more"),
        ("Teams", "[10:01] Smith, Ann\nMeet less\n[24/02/2027 10:02] Bob\nSay more"),
        ("Teams", "[10:01 AM] Smith, Ann: Meet less\n[10:02 AM] Bob: Say more"),
        ("Teams or Google Meet", "Ann Smith 10:01\nMeet less\nBob 24/02/2027 10:02\nSay more"),
        ("Teams or Google Meet", "Ann Smith\n10:01 AM\nMeet less\nBob\n10:02 AM\nSay more"),
        ("Google Meet", "00:01:00.000,00:01:03.000\nAnn Smith: Meet less\n\n00:02:00.000,00:02:03.000\nBob: Say more"),
    ],
)  # fmt: skip
def test_times_and_names_go_from_every_form_of_chat(tool, pasted):
    chat = read_chat(pasted)

    assert (chat.tool, [line.text for line in chat.lines]) == (tool, ["Meet less", "Say more"])


@pytest.mark.parametrize(
    "to",
    ["Bob Jones(Direct Message)", "Bob Jones(Privately)", "Bob Jones", "you (direct message)", "Hosts and panelists"],
)
def test_a_message_that_was_not_for_everyone_is_private(to):
    chat = read_chat(f"10:01:00 From Ann to {to}:\n\tsecret\n\tmore of it\n10:02:00 From Ann to Everyone:\n\tpublic")

    assert ([line.text for line in chat.lines], chat.private) == (["public"], 1)


def test_a_name_with_to_in_it_does_not_make_a_message_private():
    assert texts("10:01:00 From Welcome to Leeds to Everyone:\n\tHello there") == ["Hello there"]


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ("+1", []),
        ("+ 1", []),
        ("👍👍", []),
        ('Reacted to "Meet less" with 👍', []),
        ('Removed a ❤️ reaction from "Meet less"', []),
        ('Replying to "Meet less"\n\n+1', []),
        ('Replying to "Meet less"\n\nbut longer', ["but longer"]),
        ("+1 to that, and sooner", ["and sooner"]),
        ("@Ann Smith what a good idea", ["what a good idea"]),
        ("Say what is left", ["Say what is left"]),
        ("£50", ["£50"]),
        ("Bob joined the meeting", []),
        ("Meet less\nLike 2\n👍 1", ["Meet less"]),
    ],
)
def test_only_what_somebody_said_is_kept(message, kept):
    assert texts(f"10:01:00 From Ann Smith to Everyone:\n{message}") == kept


def test_what_is_said_twice_is_kept_once_and_brackets_make_a_difference():
    pasted = "\n".join(
        f"10:01:0{n} From A to Everyone : {text}" for n, text in enumerate(["Yes (a)", "yes (A)", "Yes (b)"])
    )

    assert texts(pasted) == ["Yes (a)", "Yes (b)"]


def test_a_planned_question_begins_a_group_whoever_pastes_it():
    pasted = "10:01:00 From A to Everyone : One takeaway\n10:02:00 From B to Everyone : Fewer papers"

    chat = read_chat(pasted, questions=["One  Takeaway"])

    assert chat.groups == (Group("One takeaway", (Line("Fewer papers"),)),)


def test_a_host_is_known_by_the_words_of_their_name():
    pasted = "[10:01] Ward, Priya (Northmoor): What now?\n[10:02] Priya: Me?\n[10:03] Bob: Wait"

    assert [group.question for group in read_chat(pasted, hosts=["Cllr Priya Ward"]).groups] == ["What now?"]


def test_a_link_with_a_question_mark_is_no_question():
    pasted = "10:01:00 From A to Everyone : https://a.uk/?x\n10:02:00 From B to Everyone : Thanks"

    assert [group.question for group in read_chat(pasted, hosts=["A"]).groups] == [""]


def test_names_of_people_in_the_chat_that_are_left_in_a_line_are_pointed_out():
    pasted = "10:01:00 From Cllr Ann Smith to Everyone : Hello\n10:02:00 From Bob to Everyone : As Ann said"

    assert read_chat(pasted).lines[1] == Line("As Ann said", mentions=("Ann",))


def test_a_text_of_no_known_form_becomes_its_lines_and_says_so():
    chat = read_chat("10:02 one thing\r\n\r\nanother")

    assert (chat.tool, [line.text for line in chat.lines]) == ("", ["one thing", "another"])


@given(st.text())
def test_any_text_can_be_pasted(pasted):
    assert all(line.text.strip() for line in read_chat(pasted).lines)


HEADERS = st.sampled_from(
    ["10:01:00 From Ann to Everyone:", "10:01:00 From Ann to Bob(Direct Message):", "[10:01] Ann", "Ann 10:01", "10:01"]
)


@given(st.lists(st.one_of(HEADERS, st.text('a:+1 @?"\t', max_size=12)), max_size=12).map("\n".join))
def test_any_mixture_of_forms_can_be_pasted(pasted):
    assert all(line.text.strip() for line in read_chat(pasted, hosts=["Ann"]).lines)
