"""What people learned, who may see it, and word that something is not right."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from outbox.models import Message
from tests import make, reading
from tests.unmentoring import build
from unmentoring import addresses, learning, month, resting
from unmentoring.models import Learning, Participant, Report

pytestmark = pytest.mark.django_db
To = Learning.To


def share(**fields: object) -> Learning:
    who = fields.pop("by", None) or build.participant()
    return learning.share(who, **{"text": "Ask for the minutes first.", "now": build.ASK, **fields})


def test_what_everyone_may_see_is_seen_once_the_coordinator_has_looked():
    said = share(visible_to=To.EVERYONE)
    share(visible_to=To.PARTICIPANTS, text="For us")
    share(visible_to=To.COORDINATOR, text="For one")

    assert list(Learning.objects.for_everyone()) == []
    assert list(Learning.objects.to_moderate()) == [said]

    learning.approve(said, by=build.coordinator(), now=build.ASK)

    assert list(Learning.objects.for_everyone()) == [said]


def test_participants_see_theirs_and_not_what_is_for_the_coordinator():
    shown = share(visible_to=To.PARTICIPANTS)
    share(visible_to=To.COORDINATOR, text="For one")

    assert list(Learning.objects.for_participants()) == [shown]


def test_the_database_shows_nothing_to_everyone_that_nobody_looked_at():
    said = share(visible_to=To.EVERYONE)

    with pytest.raises(IntegrityError), transaction.atomic():
        Learning.objects.filter(pk=said.pk).update(state="shown")


def test_sharing_the_same_twice_is_sharing_it_once():
    who = build.participant()

    assert share(by=who).pk == share(by=who).pk


def test_saying_nothing_is_refused():
    with pytest.raises(learning.NothingSaid, match="Enter what you learned"):
        share(text="  ")


def test_a_name_is_shown_only_when_they_said_so():
    named, unnamed = share(with_name=True), share()

    assert (named.said_by, unnamed.said_by) == (named.participant.person.name, "")


def test_the_words_for_a_post_name_nobody_and_carry_the_link(settings):
    said = share(text="A" * 300, link="https://blog.example.org/post")

    words = learning.share_text(said)

    assert words == f"{'A' * 199}… #UnMentoring with {settings.SITE_NAME} https://blog.example.org/post"


def test_a_sales_pitch_by_a_partner_reaches_the_coordinator_once():
    connie = make.person("coordinator", email="connie@wessex.example")
    one, other = build.participants(2)
    build.told()
    member = build.member_of(one)

    learning.report_pitch(member, other, "They sold me software", now=build.ASK)
    learning.report_pitch(member, other, "Again", now=build.ASK)

    message = Message.objects.get(kind="unmentoring/reported")
    assert (message.to_email, Report.objects.count()) == (connie.email, 1)
    assert "They sold me software" in message.text


def test_whom_a_report_is_about_does_not_get_it_and_an_administrator_does_when_nobody_else_coordinates():
    ada = make.person("administrator", email="ada@wessex.example")
    one, connie = build.participants(2)
    connie.person.grants.create(role="coordinator")
    build.told()

    learning.report_pitch(build.member_of(one), connie, "Printers", now=build.ASK)

    message = Message.objects.get(kind="unmentoring/reported")
    assert message.to_email == ada.email
    assert "because you are an administrator" in message.text


def test_somebody_who_was_removed_shares_nothing_any_more():
    _, other = build.participants(2)
    build.told()
    month.answer(build.member_of(other), "yes", now=build.ASK)
    page = reverse(addresses.LEARNED, args=[addresses.member_token(addresses.LEARNED, build.member_of(other))])
    resting.remove(other, why="A pitch.", now=build.ASK)

    words = reading.words(make.client().post(page, {"text": "Buy my printers", "visible_to": "participants"}))

    assert "You do not take part in UnMentoring A pitch." in words
    assert not Learning.objects.exists()
    other.refresh_from_db()
    with pytest.raises(learning.NotTakingPart):
        learning.share(other, text="Buy my printers", now=build.ASK)


def test_only_a_partner_can_be_reported():
    people = build.participants(4)
    build.told()
    member = build.member_of(people[0])
    strangers = {p.pk for p in people} - {p.pk for p in member.partners}

    for pk in strangers:
        with pytest.raises(learning.NotYourPartner):
            learning.report_pitch(member, Participant.objects.get(pk=pk), "x", now=build.ASK)


def test_an_upheld_report_is_one_strike_however_often_it_is_clicked():
    one, other = build.participants(2)
    build.told()
    report = learning.report_pitch(build.member_of(one), other, "x", now=build.ASK)

    for _ in range(2):
        learning.uphold(report, by=build.coordinator(), now=build.ASK)

    other.refresh_from_db()
    assert (other.strikes, other.state) == (1, "active")


def test_removal_ends_their_part_and_says_why():
    one, other = build.participants(2)
    build.told()
    report = learning.report_pitch(build.member_of(one), other, "x", now=build.ASK)

    learning.uphold(report, remove=True, by=build.coordinator(), now=build.ASK)

    other.refresh_from_db()
    assert (other.state, str(other.phone)) == ("removed", "")
    message = Message.objects.get(kind="unmentoring/left")
    assert "no sales pitches" in message.text


def test_a_dismissed_report_is_no_strike_and_cannot_be_upheld_afterwards():
    one, other = build.participants(2)
    build.told()
    report = learning.report_pitch(build.member_of(one), other, "x", now=build.ASK)

    learning.dismiss(report, by=build.coordinator(), now=build.ASK)
    learning.uphold(report, by=build.coordinator(), now=build.ASK)

    other.refresh_from_db()
    assert (other.strikes, report.state) == (0, "dismissed")


def test_what_is_reported_on_the_wall_is_taken_down_when_the_coordinator_agrees():
    said = share(visible_to=To.EVERYONE)
    learning.approve(said, by=build.coordinator(), now=build.ASK)
    report = learning.report_learning(said, "It names a resident", now=build.ASK)
    assert learning.report_learning(said, "Me too", now=build.ASK) == report

    learning.uphold(report, by=build.coordinator(), now=build.ASK)

    assert list(Learning.objects.for_everyone()) == []


def test_whose_words_on_the_wall_are_reported_hears_nothing_of_it_decides_nothing_and_sees_not_who_said_so():
    said = share(visible_to=To.EVERYONE)
    writer = make.with_second_factor(said.participant.person)
    for role in ("coordinator", "administrator"):
        writer.grants.create(role=role)
    connie = make.person("coordinator", email="connie@wessex.example")

    report = learning.report_learning(said, "It names a resident", reporter=connie, now=build.ASK)

    told = Message.objects.filter(kind="unmentoring/reported").values_list("to_email", flat=True)
    assert list(told) == [connie.email]
    client = make.client(writer)
    assert client.get(reverse("unmentoring:decide", args=[report.pk])).status_code == 404
    assert "It names a resident" not in client.get(reverse("unmentoring:reports")).content.decode()


def test_administrators_do_not_find_reports_about_themselves_among_the_raw_data():
    ada, bo = (make.administrator(email=f"{name}@wessex.example") for name in ("ada", "bo"))
    (_, about), said = build.participants(2), share(visible_to=To.EVERYONE)
    Participant.objects.filter(pk=said.participant.pk).update(person=ada)
    report = learning.report_learning(Learning.objects.get(pk=said.pk), "It names a resident", now=build.ASK)
    pitch = Report.objects.create(kind="pitch", about=about, text="Printers", reported_at=build.ASK)
    Participant.objects.filter(pk=about.pk).update(person=bo)

    for whom, theirs, others in ((ada, report, pitch), (bo, pitch, report)):
        client = make.client(whom)
        listed = client.get(reverse("admin:unmentoring_report_changelist")).content.decode()
        codes = [
            client.get(reverse("admin:unmentoring_report_change", args=[one.pk])).status_code
            for one in (theirs, others)
        ]
        shown = [f"/report/{one.pk}/" in listed for one in (theirs, others)]
        assert (codes, shown) == ([302, 200], [False, True])


def test_the_words_of_every_report_of_a_pitch_are_kept_also_after_the_first_was_decided():
    one, other = build.participants(2)
    build.told()
    member, boss = build.member_of(one), build.coordinator()

    for words in ("They sold me software", "And a printer", "And a printer"):
        first = learning.report_pitch(member, other, words, now=build.ASK)
    learning.dismiss(first, by=boss, now=build.ASK)
    again = learning.report_pitch(member, other, "They did it again", now=build.ASK)

    assert list(Report.objects.order_by("pk").values_list("text", "state")) == [
        ("They sold me software\n\nAdded later:\nAnd a printer", "dismissed"),
        ("They did it again", "open"),
    ]
    told = Message.objects.filter(kind="unmentoring/reported", to_email=boss.email).order_by("pk")
    assert ["again" in message.text for message in told] == [False, True]
    assert again != first


def test_a_learning_has_one_open_report_with_the_words_of_all_and_nobody_takes_out_those_of_others():
    said, ann = share(visible_to=To.EVERYONE), make.person()
    report = learning.report_learning(said, "It names a resident", reporter=ann, now=build.ASK)
    learning.report_learning(said, "That is my aunt", now=build.ASK)

    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.create(kind="learning", learning=said, text="At the same moment", reported_at=build.ASK)

    report.refresh_from_db()
    assert report.text == "It names a resident\n\nAdded later:\nThat is my aunt"
    assert (report.first_words, Report.objects.count()) == ("It names a resident", 1)
