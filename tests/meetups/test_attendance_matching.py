import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetups.attendance import Alias, Attendee, SignedUp, match

ANN = SignedUp(1, "Ann Smith", "ann@northmoor.gov.uk")
BOB = SignedUp(2, "Bob Jones", "bob@wexbridge.gov.uk")
SIAN = SignedUp(3, "Cllr Siân O'Neill", "sian@cwmteg.gov.uk")
OTHER_ANN = SignedUp(4, "Ann Smith", "ann@wexbridge.gov.uk")
EVERYBODY = (ANN, BOB, SIAN)


def sure(attendee: Attendee, *, signups=EVERYBODY, aliases=()) -> list[tuple[str, str]]:
    return [(found.signup.name, found.why) for found in match([attendee], signups, aliases).sure]


def unsure(*attendees: Attendee, signups=EVERYBODY, aliases=()) -> list[tuple[str, list[tuple[int, str]]]]:
    found = match(attendees, signups, aliases).unsure
    return [(doubt.why, [(one.signup.id, one.why) for one in doubt.candidates]) for doubt in found]


def test_an_address_matches_before_a_name():
    assert sure(Attendee("A laptop", "ANN@northmoor.gov.uk")) == [("Ann Smith", "same email")]


def test_what_the_host_has_taught_matches_before_a_name():
    taught = [Alias("Smithy", "ann@northmoor.gov.uk"), Alias("ann@home.example", "ann@northmoor.gov.uk")]

    assert sure(Attendee("smithy"), aliases=taught) == [("Ann Smith", "known as “smithy”")]
    assert sure(Attendee("Annie", "ann@home.example"), aliases=taught) == [("Ann Smith", "known as “Annie”")]


@pytest.mark.parametrize(
    ("shown", "name"),
    [
        ("ann smith", "Ann Smith"),
        ("Smith, Ann", "Ann Smith"),
        ("SMITH, Ann (Northmoor)", "Ann Smith"),
        ("Cllr Ann Smith (she/her)", "Ann Smith"),
        ("Ann Smith - Northmoor CC", "Ann Smith"),
        ("Ann Smith | Northmoor", "Ann Smith"),
        ("Ann Smith, Northmoor", "Ann Smith"),
        ("Sian O’Neill", "Cllr Siân O'Neill"),
        ("Dr. Bob Jones MBE", "Bob Jones"),
    ],
)
def test_names_match_without_titles_accents_councils_and_turned_round(shown, name):
    assert sure(Attendee(shown)) == [(name, "same name")]


def test_the_name_from_before_matches_when_the_new_one_does_not():
    assert sure(Attendee("Annie", also_called=("Ann Smith",))) == [("Ann Smith", "same name")]


def test_two_people_of_one_name_are_left_to_the_host():
    assert unsure(Attendee("Ann Smith"), signups=[ANN, BOB, OTHER_ANN]) == [
        ("Two people have this name.", [(1, "same name"), (4, "same name")])
    ]


def test_two_in_the_report_who_could_be_one_are_left_to_the_host():
    why = "More than one person in the report could be Ann Smith."

    assert unsure(Attendee("Ann Smith", "a@home.example"), Attendee("Ann Smith")) == [
        (why, [(1, "same name")]),
        (why, [(1, "same name")]),
    ]


def test_a_second_device_of_somebody_matched_by_address_is_left_to_the_host():
    found = match([Attendee("Ann Smith", "ann@northmoor.gov.uk"), Attendee("Ann Smith")], EVERYBODY)

    assert [one.why for one in found.sure] == ["same email"]
    assert [one.why for one in found.unsure] == [
        "Ann Smith is in the report already (same email). This may be the same person or another one."
    ]


def test_an_address_of_one_person_under_the_name_of_another_is_left_to_the_host():
    assert unsure(Attendee("Bob Jones", "ann@northmoor.gov.uk")) == [
        (
            "The address belongs to Ann Smith, but Bob Jones has this name.",
            [(1, "same email"), (2, "same name")],
        )
    ]


def test_something_taught_that_means_two_people_is_left_to_the_host():
    taught = [Alias("Chair", "ann@northmoor.gov.uk"), Alias("Chair", "bob@wexbridge.gov.uk")]

    assert unsure(Attendee("Chair"), aliases=taught) == [
        ("Several people are known as “Chair”.", [(1, "known as"), (2, "known as")])
    ]


@pytest.mark.parametrize("device", ["iPhone", "Galaxy S21", "Zoom user", "Guest 2", "Host", "442071234567"])
def test_a_device_is_nobody_whatever_was_taught(device):
    found = match([Attendee(device)], EVERYBODY, [Alias(device, "ann@northmoor.gov.uk")])

    assert (found.sure, found.unsure, [one.name for one in found.unknown]) == ((), (), [device])


def test_a_first_name_that_was_taught_counts_only_while_one_person_has_it():
    taught = [Alias("Ann", "ann@northmoor.gov.uk")]

    assert sure(Attendee("Ann"), aliases=taught) == [("Ann Smith", "known as “Ann”")]
    assert sure(Attendee("Ann"), signups=[ANN, SignedUp(5, "Ann Lee", "lee@b.uk")], aliases=taught) == []


@pytest.mark.parametrize(
    ("attendee", "candidates"),
    [
        (Attendee("Ann"), [(1, "same first name")]),
        (Attendee("Smith Ann"), [(1, "same names in another order")]),
        (Attendee("Ann B Smith"), [(1, "same first name and surname")]),
        (Attendee("A Smith"), [(1, "same surname and first letter")]),
        (Attendee("Ann Brown"), [(1, "same first name, another surname")]),
        (Attendee("Robert Jones"), [(2, "same surname")]),
        (Attendee("Fish", "bob.jones@home.example"), [(2, "their address has this name in it")]),
    ],
)
def test_who_only_resembles_somebody_is_left_to_the_host(attendee, candidates):
    assert unsure(attendee) == [("Nobody signed up under this name or address.", candidates)]


def test_who_resembles_nobody_and_who_did_not_come_are_named():
    found = match([Attendee("Zed Quux"), Attendee("Bob Jones")], EVERYBODY)

    assert [one.name for one in found.unknown] == ["Zed Quux"]
    assert found.absent == (ANN, SIAN)


NAMES = st.sampled_from(["Ann Smith", "Smith, Ann", "Ann", "Bob Jones", "iPhone", "Zed", "Siân O'Neill", ""])
EMAILS = st.sampled_from([None, "ann@northmoor.gov.uk", "bob@wexbridge.gov.uk", "x@y.example"])
ATTENDEES = st.lists(st.builds(Attendee, name=NAMES, email=EMAILS, also_called=st.tuples(NAMES)), max_size=6)
SIGNUPS = st.sets(st.sampled_from([ANN, BOB, SIAN, OTHER_ANN])).map(list)
ALIASES = st.lists(st.builds(Alias, shown=NAMES, email=st.sampled_from([ANN.email, BOB.email])), max_size=3)


@given(ATTENDEES, SIGNUPS, ALIASES)
def test_everybody_is_in_one_list_and_nobody_is_matched_twice(attendees, signups, aliases):
    found = match(attendees, signups, aliases)

    assert len(found.sure) + len(found.unsure) + len(found.unknown) == len(attendees)
    assert len({one.signup.id for one in found.sure}) == len(found.sure)
    assert all(doubt.candidates and doubt.why for doubt in found.unsure)


@given(ATTENDEES, SIGNUPS, ALIASES)
def test_the_order_makes_no_difference_to_who_is_matched(attendees, signups, aliases):
    forth, back = match(attendees, signups, aliases), match(attendees[::-1], signups[::-1], aliases[::-1])

    assert {(one.attendee, one.signup) for one in forth.sure} == {(one.attendee, one.signup) for one in back.sure}
