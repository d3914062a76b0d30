"""What people write around an inquiry has an end too: complaints, hand-offs, reasons."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine

from evidence import complaints, forgetting, inquiries, sessions, tasks
from evidence.models import Complaint, HandOff, Seat, StopShown
from evidence.usefulness import Answer
from meetups.timings import LONDON
from people import kept
from tests import make, reading
from tests.evidence import build

pytestmark = pytest.mark.django_db

THREE_YEARS_ON = date(2030, 2, 10)  # after build.NOW


def morning(day: date) -> datetime:
    return datetime.combine(day, time(6), tzinfo=LONDON)


def complaint(inquiry) -> Complaint:
    said = complaints.Said("objection", "That post is mine", "Jane Doe", "jane@example.org")
    return complaints.receive(inquiry, said, now=build.NOW)


def test_a_complaint_goes_three_years_after_the_answer():
    inquiry = build.inquiry()
    answered = complaint(inquiry)
    complaints.answer(answered, "We took it out.", now=build.NOW, by=build.officer(inquiry))

    assert forgetting.forget_letters(morning(THREE_YEARS_ON)) == 0
    assert forgetting.forget_letters(morning(THREE_YEARS_ON + timedelta(days=1))) == 1
    assert not Complaint.objects.exists()


def test_a_complaint_that_nobody_answered_goes_three_years_after_it_was_owed_an_answer():
    owed = complaint(build.inquiry()).due_on

    assert forgetting.forget_letters(morning(owed.replace(year=2030))) == 0
    assert forgetting.forget_letters(morning(owed.replace(year=2030) + timedelta(days=1))) == 1


def test_a_hand_off_goes_three_years_after_its_link_ended_and_the_report_stays():
    inquiry = build.inquiry()
    report = build.report(inquiry)
    handed = build.hand_off(report)
    HandOff.objects.filter(pk=handed.pk).update(expires_on=build.TODAY, received_at=build.NOW, received_by="Hedda")

    assert forgetting.forget_letters(morning(THREE_YEARS_ON)) == 0
    assert forgetting.forget_letters(morning(THREE_YEARS_ON + timedelta(days=1))) == 1
    assert (list(HandOff.objects.all()), list(inquiry.reports.all())) == ([], [report])


def reasons(inquiry) -> tuple[list[str], list[str]]:
    return (
        list(StopShown.objects.filter(inquiry=inquiry).order_by("pk").values_list("reason", flat=True)),
        list(Seat.objects.filter(session__inquiry=inquiry).values_list("why", flat=True)),
    )


def an_inquiry_with_reasons():
    inquiry = build.inquiry()
    inquiry.stops.create(kind="third_item", outcome="went_on", reason="Her post is pinned", shown_at=build.NOW)
    inquiry.stops.create(kind="profile", shown_at=build.NOW)
    sessions.answer(build.seat(build.session(inquiry)), Answer("yes", "Jane told me so", "yes"))
    return inquiry


def test_reasons_typed_at_a_stop_or_after_a_session_go_with_the_background_papers():
    inquiry = an_inquiry_with_reasons()
    last = inquiry.relied_on_kept_until

    assert forgetting.forget_reasons(morning(last)) == 0
    assert reasons(inquiry) == (["Her post is pinned", ""], ["Jane told me so"])
    late = morning(last + timedelta(days=1))
    assert (forgetting.forget_reasons(late), forgetting.forget_reasons(late)) == (2, 0)
    assert reasons(inquiry) == ([forgetting.REASON_REMOVED, ""], [""])
    assert Seat.objects.get().useful == "yes"


def test_under_a_legal_hold_all_of_it_stays():
    inquiry = an_inquiry_with_reasons()
    complaint(inquiry)
    handed = build.hand_off(build.report(inquiry))
    HandOff.objects.filter(pk=handed.pk).update(expires_on=build.TODAY)
    inquiries.hold(inquiry, because="FOI 2027/12", now=build.NOW, by=build.officer(inquiry))

    forgetting.sweep(morning(date(2060, 1, 1)))

    assert (Complaint.objects.count(), HandOff.objects.count()) == (1, 1)
    assert reasons(inquiry) == (["Her post is pinned", ""], ["Jane told me so"])


def test_the_sweep_of_evidence_forgets_them():
    inquiry = an_inquiry_with_reasons()
    complaint(inquiry)

    with time_machine.travel(morning(date(2060, 1, 1)), tick=False):
        tasks.forget()

    assert not Complaint.objects.exists()
    assert reasons(inquiry) == ([forgetting.REASON_REMOVED, ""], [""])


def test_people_read_how_long_before_they_write(settings):
    settings.EVIDENCE_LETTERS_KEEP_YEARS = 2
    inquiry = build.inquiry()
    report = build.report(inquiry)

    public = reading.words(make.client().get(f"/evidence/about/{inquiry.slug}/complain/"))
    officer = make.client(build.officer(inquiry))
    handing = reading.words(officer.get(f"/evidence/inquiries/{inquiry.slug}/reports/{report.pk}/hand-off/"))

    assert "We keep what you write for 2 years after our answer." in public
    assert "Kept for 2 years after the link ends." in handing
    told = [row.how_long() for rows in kept.rows().values() for row in rows if "evidence.Complaint" in row.tables]
    assert told == ["2 years after the answer, or after the end of the link."]
