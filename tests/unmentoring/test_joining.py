"""Joining: a link proves the address, nothing of anybody is overwritten, and the phone number is one."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from outbox.models import Message
from people.models import Consent, Council, Person
from tests import make
from tests.unmentoring import build
from unmentoring import addresses, joining, resting
from unmentoring.models import Participant

pytestmark = pytest.mark.django_db
State = Participant.State


def mails() -> list[tuple[str, str]]:
    return list(Message.objects.order_by("pk").values_list("to_email", "kind"))


def test_a_guest_is_in_once_the_address_is_confirmed():
    guest = build.guest(email="asha@wessex.example")

    assert guest.state == State.NEW
    assert list(Participant.objects.eligible(build.MARCH)) == []

    joining.confirm(guest, now=build.BEFORE)

    assert list(Participant.objects.eligible(build.MARCH)) == [guest]
    assert mails() == [
        ("asha@wessex.example", "unmentoring/confirm"),
        ("asha@wessex.example", "unmentoring/joined"),
    ]


def test_confirming_twice_is_confirming_once():
    guest = build.guest()

    joining.confirm(guest, now=build.BEFORE)
    joining.confirm(guest, now=build.BEFORE + timedelta(hours=1))

    assert [kind for _, kind in mails()] == ["unmentoring/confirm", "unmentoring/joined"]
    assert Consent.objects.count() == 1


def test_confirming_keeps_the_rules_word_for_word_with_their_version():
    participant = build.participant()

    consent = participant.person.consents.get()
    assert (consent.purpose, consent.version, consent.wording) == (
        "unmentoring rules",
        joining.RULES.version,
        joining.RULES.text,
    )


def test_somebody_signed_in_is_in_at_once_with_their_own_address():
    person = make.person(email="asha@wessex.example")

    joining.join(build.details(email="other@wessex.example"), now=build.BEFORE, by=person)

    assert Participant.objects.get().state == State.ACTIVE
    assert mails() == [("asha@wessex.example", "unmentoring/joined")]


def test_joining_twice_changes_nothing_and_sends_the_link_again():
    first = build.participant(email="asha@wessex.example", phone="020 7946 0001", line="Health scrutiny")
    Message.objects.all().delete()

    again = joining.join(
        build.details(email="ASHA@wessex.example", phone="020 7946 0666", name="Mallory"), now=build.BEFORE
    )

    first.refresh_from_db()
    assert again is None
    assert (str(first.phone), first.line, Participant.objects.count()) == ("+442079460001", "Health scrutiny", 1)
    assert first.person.name != "Mallory"
    assert mails() == [("asha@wessex.example", "unmentoring/already_joined")]


def test_a_stranger_who_fills_in_the_form_again_cannot_slip_their_number_behind_a_link_already_sent():
    guest = build.guest(email="asha@wessex.example", phone="020 7946 0001")
    first_link = addresses.token(addresses.CONFIRM, guest)

    joining.join(build.details(email="asha@wessex.example", phone="020 7946 0666"), now=build.BEFORE)

    with pytest.raises(addresses.NoSuchLink):
        addresses.participant_of(first_link, addresses.CONFIRM)


def test_pressing_the_button_twice_keeps_the_first_link_good():
    details = build.details()
    guest = joining.join(details, now=build.BEFORE)
    link = addresses.token(addresses.CONFIRM, guest)

    joining.join(details, now=build.BEFORE + timedelta(seconds=2))

    assert addresses.participant_of(link, addresses.CONFIRM) == guest
    assert len(mails()) == 1


def test_the_name_of_a_known_person_changes_only_once_they_confirm():
    person = make.person(email="asha@wessex.example", name="Asha Patel")
    guest = build.guest(email="asha@wessex.example", name="Asha Patel-Jones", organisation="Wessex Fire")

    person.refresh_from_db()
    assert person.name == "Asha Patel"

    joining.confirm(guest, now=build.BEFORE)

    person.refresh_from_db()
    assert (person.name, person.organisation) == ("Asha Patel-Jones", "Wessex Fire")


@pytest.mark.parametrize("typed", ["", "12", "not a number", "0000 000 0000", "+44 20 7946 00000000"])
def test_an_impossible_phone_number_is_refused_and_nothing_is_kept(typed):
    with pytest.raises(joining.ImpossibleNumber, match="Enter a phone number"):
        joining.join(build.details(phone=typed), now=build.BEFORE)

    assert (Participant.objects.count(), Person.objects.count(), Message.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("020 7946 0001", "+442079460001"), ("+353 1 525 0001", "+35315250001"), ("(029) 2018 0001", "+442920180001")],
)
def test_phone_numbers_are_kept_in_one_form(typed, kept):
    participant = build.participant(phone=typed)

    assert str(Participant.objects.get(pk=participant.pk).phone) == kept


def test_topics_are_kept_once_each_however_they_are_written():
    assert joining.read_topics(" Housing,  social   care ,housing,, SOCIAL care") == ["Housing", "social care"]


def test_somebody_who_left_may_join_again_by_confirming_again():
    participant = build.participant(email="asha@wessex.example")
    resting.leave(participant, now=build.BEFORE)

    again = build.guest(email="asha@wessex.example")

    assert (again.pk, again.state) == (participant.pk, State.NEW)
    assert joining.confirm(again, now=build.BEFORE).state == State.ACTIVE


def test_somebody_who_was_removed_stays_out_and_the_page_tells_a_stranger_nothing():
    participant = build.participant(email="asha@wessex.example")
    resting.remove(participant, why="A sales pitch.", now=build.BEFORE)

    assert joining.join(build.details(email="asha@wessex.example"), now=build.BEFORE) is None

    participant.refresh_from_db()
    assert participant.state == State.REMOVED
    assert mails()[-1] == ("asha@wessex.example", "unmentoring/already_joined")


def test_the_database_keeps_one_participant_per_person():
    participant = build.participant()

    with pytest.raises(IntegrityError), transaction.atomic():
        Participant.objects.create(
            person=participant.person,
            phone="+442079460001",
            state="new",
            joined_at=build.BEFORE,
            heard_at=build.BEFORE,
        )


def test_nobody_is_active_without_having_confirmed():
    guest = build.guest()

    with pytest.raises(IntegrityError), transaction.atomic():
        Participant.objects.filter(pk=guest.pk).update(state="active")


def test_changing_details_keeps_where_they_work_by_the_list_of_councils():
    council = Council.objects.create(slug="essex", name="Essex County Council", kind="county", nation="England")
    participant = build.participant()

    joining.change(participant, build.details(council=council, organisation="", line="New"), now=build.BEFORE)

    participant = Participant.objects.get()
    assert (participant.person.works_at, participant.line) == ("Essex County Council", "New")
    assert participant.organisation_key == f"council:{council.pk}"


def test_people_of_one_organisation_are_known_as_such_however_it_is_written():
    one, other = build.participant(organisation="Wessex  Fire"), build.participant(organisation="wessex fire ")

    assert one.organisation_key == other.organisation_key == "wessex fire"
