"""The sentence that tells people why they were put together."""

from unmentoring import pairing_reasons


def test_new_people_of_different_places_read_that_chance_brought_them_together() -> None:
    sentence = pairing_reasons.reasons(
        (1, 2), organisation={1: "Leeds", 2: "York"}, sector={1: "council", 2: "police"}, last_met={(1, 3): 2}
    )

    assert sentence == (
        "You have not met here before and work for different organisations and in different sectors; "
        "chance decided the rest."
    )


def test_what_is_not_known_to_differ_is_not_said() -> None:
    sentence = pairing_reasons.reasons((1, 2), organisation={1: "Leeds"}, sector={1: "council", 2: "council"})

    assert sentence == "You have not met here before; chance decided the rest."


def test_people_who_meet_again_read_when_they_met_and_that_it_could_not_be_avoided() -> None:
    sentence = pairing_reasons.reasons((1, 2), sector={1: "council", 2: "police"}, last_met={(1, 2): 3}, round_number=9)

    assert sentence == (
        "You last met 6 rounds ago, as no draw was found that gives everybody somebody new; "
        "you work in different sectors; chance decided the rest."
    )


def test_three_people_read_why_they_are_three() -> None:
    assert pairing_reasons.reasons((1, 2, 3)) == (
        "The number of people was odd, so you are three: you have not met here before; chance decided the rest."
    )


def test_three_people_of_whom_two_met_read_so() -> None:
    assert pairing_reasons.reasons((1, 2, 3), last_met={(1, 3): 4}, round_number=5) == (
        "The number of people was odd, so you are three: two of you last met one round ago, "
        "as no draw was found that gives everybody somebody new; chance decided the rest."
    )
