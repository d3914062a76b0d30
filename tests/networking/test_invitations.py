"""Invited by list or by link, in by a link from a mail, out again: who is in a cohort."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from networking import addresses, cohorts, emails_invitations, invitation_lines, invitations, joining, maps, matches
from networking.models import Member, NetworkMap, Pair
from networking.views.invited import join_url
from outbox.models import Message
from people import councils
from people.models import Council, Person
from tests import make
from tests.networking import build

pytestmark = pytest.mark.django_db

ADA = "Ada Bell, ada@x.gov.uk, Essex County Council, Harlow"


def url(name: str, *args: object) -> str:
    return reverse(f"networking:{name}", args=args)


def send(lead: Member, **said):
    answer = make.client(lead.person).post(
        url("invite", lead.cohort.slug), {"role": "councillor", "people": "", "note": "", **said}
    )
    return answer.content.decode()


def invite(lead: Member, text: str, **said) -> list[Member]:
    lines = invitation_lines.read(text, role="councillor").lines
    invitations.invite(lead.cohort, lines, **{"note": "", "now": build.NOW, "by": lead.person, **said})
    invitations.queue_due(build.NOW)
    return list(lead.cohort.members.invited())


def token(member: Member) -> str:
    return addresses.token(emails_invitations.ACCEPT, member)


def states(lead: Member) -> list[tuple[str, str, str]]:
    rows = lead.cohort.members.exclude(pk=lead.pk).select_related("person").order_by("person__email", "role")
    return [(member.person.email, member.role, member.state) for member in rows]


def at_once(monkeypatch, name: str, do) -> None:
    """`do` happens after `invitations` has looked, before it writes."""
    looked = getattr(invitations, name)

    def look(*given):
        found = looked(*given)
        do()
        return found

    monkeypatch.setattr(invitations, name, look)


# --- By list ------------------------------------------------------------------------------------------------------


def test_nothing_is_changed_before_the_list_is_confirmed():
    lead = build.lead()

    page = send(lead, people=f"{ADA}\nNobody\n")

    assert "1 person will be invited. 1 line is left out." in " ".join(page.split())
    assert "There is no email address in this line" in page
    assert states(lead) == []
    assert not Person.objects.filter(email="ada@x.gov.uk").exists()


def test_confirmed_everybody_on_it_is_invited_with_what_the_list_says():
    Council.objects.create(name="Essex County Council", slug="essex", kind="county", nation="England")
    lead = build.lead()

    send(lead, people=f"{ADA}\nNobody\nBo, bo@x.gov.uk, Wessex", confirm="yes", note="Come!\nIt is good.")

    assert states(lead) == [("ada@x.gov.uk", "councillor", "invited"), ("bo@x.gov.uk", "councillor", "invited")]
    ada, bo = lead.cohort.members.invited().order_by("person__email")
    assert (ada.person.name, ada.person.works_at, ada.area) == ("Ada Bell", "Essex County Council", "Harlow")
    assert (bo.person.organisation, bo.invitation_note, bo.invited_by) == ("Wessex", "Come!\nIt is good.", lead.person)


def test_what_stands_in_a_list_overwrites_nothing_that_somebody_said():
    lead = build.lead()
    make.person(email="Ada@x.gov.uk", name="Ada Lovelace", organisation="Ours")

    invite(lead, ADA)

    ada = Person.objects.get(email__iexact="ada@x.gov.uk")
    assert (ada.name, ada.works_at) == ("Ada Lovelace", "Ours")


def test_who_is_here_or_invited_is_not_invited_again_and_who_said_no_is():
    lead = build.lead()
    for email, state in (("a@x.gov.uk", "joined"), ("b@x.gov.uk", "invited"), ("c@x.gov.uk", "declined")):
        build.councillor(lead.cohort, person=make.person(email=email), state=state, mailed_at=build.NOW)

    page = send(lead, people="A@x.gov.uk\nb@x.gov.uk\nc@x.gov.uk\nd@x.gov.uk")
    assert "2 people will be invited. 2 are in the cohort or invited already." in " ".join(page.split())
    send(lead, people="A@x.gov.uk\nb@x.gov.uk\nc@x.gov.uk\nd@x.gov.uk", confirm="yes")

    assert [state for _, _, state in states(lead)] == ["joined", "invited", "invited", "invited"]
    assert invitations.queue_due(build.NOW) == 2


def test_who_says_yes_while_the_list_is_sent_stays_in(monkeypatch):
    lead = build.lead()
    member = build.councillor(lead.cohort, person=make.person(email="ada@x.gov.uk"), state=Member.State.DECLINED)
    at_once(monkeypatch, "_people", lambda: Member.objects.filter(pk=member.pk).update(state=Member.State.JOINED))

    invite(lead, "ada@x.gov.uk")

    assert states(lead) == [("ada@x.gov.uk", "councillor", "joined")]
    assert not Message.objects.exists()


def test_who_is_written_down_elsewhere_in_the_same_moment_is_invited_all_the_same(monkeypatch):
    lead = build.lead()
    monkeypatch.setattr(councils, "all_named", lambda names: make.person(email="ADA@x.gov.uk") and {})

    invite(lead, ADA)

    assert states(lead) == [("ada@x.gov.uk", "councillor", "invited")]


def test_a_csv_file_is_read_and_one_with_wrong_columns_is_refused_beside_the_field():
    lead = build.lead()
    good = SimpleUploadedFile("list.csv", b"Name,Email,Role\nAda,ada@x.gov.uk,mentor\n")
    wrong = SimpleUploadedFile("list.csv", b"Who,Where\nAda,Harlow\n")

    assert "ada@x.gov.uk" in send(lead, file=good)
    page = send(lead, file=wrong)

    assert "one of them must be “email”. It says “Who”, “Where”." in page
    assert "<title>Error: " in page


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("list.xlsx", b"PK\x03\x04\x00\x00", "This is not a CSV file"),
        ("list.csv", b"email\n" + b"a" * 1_000_001, "The file must be 1 MB or smaller"),
        ("list.csv", b"", "The file is empty"),
    ],
)
def test_a_file_that_is_none_of_ours_is_refused(name, data, said):
    assert said in send(build.lead(), file=SimpleUploadedFile(name, data))


def test_a_list_of_six_thousand_lines_is_refused_and_what_was_typed_is_kept():
    lead = build.lead()

    page = send(lead, people="".join(f"p{n}@x.gov.uk\n" for n in range(6000)), confirm="yes")

    assert "The list has 6,000 lines. Invite 5,000 people or fewer at a time" in page
    assert "p5999@x.gov.uk" in page
    assert states(lead) == []


def test_looking_through_asks_as_often_for_three_as_for_three_hundred():
    lead = build.lead()
    counts = []
    for number in (3, 300):
        reading = invitation_lines.read("".join(f"p{n}@x.gov.uk\n" for n in range(number)), role="mentor")
        with CaptureQueriesContext(connection) as queries:
            invitations.check(lead.cohort, reading)
        counts.append(len(queries))

    assert counts == [1, 1]


def five_thousand(*, wrong=()):
    return "".join(
        "nobody\n" if n in wrong else f"Person {n}, p{n}@x.gov.uk, Essex County Council, Ward {n}\n"
        for n in range(5000)
    )


def test_five_thousand_lines_are_looked_through_line_by_line():
    lead = build.lead()

    page = send(lead, people=five_thousand(wrong={6, 4998}))

    assert "4,998 people will be invited. 2 lines are left out." in page
    assert page.count("There is no email address in this line") == 2
    assert states(lead) == []


def test_five_thousand_people_are_invited_in_one_request():
    Council.objects.create(name="Essex County Council", slug="essex", kind="county", nation="England")
    lead = build.lead()

    page = make.client(lead.person).post(
        url("invite", lead.cohort.slug),
        {"role": "councillor", "people": five_thousand(), "note": "Hello", "confirm": "yes"},
    )

    assert page.status_code == 302
    invited = lead.cohort.members.invited()
    assert invited.filter(invitation_note="Hello", area="Ward 4999", person__name="Person 4999").count() == 1
    assert (invited.count(), Person.objects.filter(council__slug="essex").count()) == (5000, 5000)
    assert not Person.objects.exclude(password__startswith="!").filter(email__startswith="p").exists()


def test_inviting_asks_as_often_for_three_as_for_thirty():
    """New people, known people and those who left once before, all in one list."""
    for name in ("Essex", "Kent", "Surrey"):
        Council.objects.create(name=f"{name} Council", slug=name.lower(), kind="county", nation="England")
    councils.named("Essex Council")  # the list of names is kept
    counts = []
    for number in (3, 30):
        lead = build.lead()
        lines = []
        for n in range(number):
            known = make.person(email=f"known{number}-{n}@x.gov.uk")
            gone = build.councillor(lead.cohort, state="left", left_at=build.NOW)
            where = ("Essex Council", "Kent Council", "Elsewhere")[n % 3]
            lines += [f"New {n}, new{number}-{n}@x.gov.uk, {where}", known.email, gone.person.email]
        reading = invitation_lines.read("\n".join(lines), role="councillor")
        with CaptureQueriesContext(connection) as queries:
            invitations.invite(lead.cohort, reading.lines, note="", now=build.NOW, by=lead.person)
        assert lead.cohort.members.invited().count() == 3 * number
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert counts[0] < 15


# --- The mail -----------------------------------------------------------------------------------------------------


def test_an_invitation_goes_out_once_and_says_who_asks():
    lead = build.lead(person=make.person(name="Lena Ward", email="lena@council.gov.uk"))
    (member,) = invite(lead, ADA, note="Come, it is good.")

    assert invitations.queue_due(build.NOW) == 0
    mail = Message.objects.get(to_email="ada@x.gov.uk")
    assert mail.subject == f"Lena Ward invites you to {lead.cohort.name}"
    assert "Come, it is good." in mail.text
    assert "as a councillor. It began on Monday 1 February 2027." in mail.text
    assert f"/networked-councillors/accept/{member.pk}.0~" in mail.text
    assert "Questions? Write to Lena Ward (lena@council.gov.uk)." in mail.text


def test_an_invitation_after_midnight_in_london_says_that_the_cohort_began_yesterday():
    lead = build.lead(build.cohort(starts_on=date(2027, 6, 7)))
    lines = invitation_lines.read("ada@x.gov.uk", role="councillor").lines
    now = datetime(2027, 6, 7, 23, 30, tzinfo=UTC)
    invitations.invite(lead.cohort, lines, note="", now=now, by=lead.person)

    invitations.queue_due(now)

    assert "It began on Monday 7 June 2027." in Message.objects.get(to_email="ada@x.gov.uk").text


def test_it_is_sent_again_after_a_day_and_not_before():
    lead = build.lead()
    (member,) = invite(lead, ADA)

    with pytest.raises(invitations.TooSoon):
        invitations.again(member, now=build.NOW + timedelta(hours=23))
    invitations.again(member, now=build.NOW + timedelta(days=2))
    invitations.queue_due(build.NOW + timedelta(days=2))

    assert Message.objects.filter(to_email="ada@x.gov.uk").count() == 2


def test_withdrawn_its_link_opens_nothing_and_nothing_of_them_stays():
    lead = build.lead()
    (member,) = invite(lead, ADA)
    link = url("accept", token(member))
    assert make.client().get(link).status_code == 200

    make.client(lead.person).post(url("withdraw", lead.cohort.slug, member.pk))

    assert make.client().get(link).status_code == 404
    assert states(lead) == []


def test_who_had_left_and_is_withdrawn_keeps_their_history():
    lead = build.lead()
    pair = build.pair(build.councillor(lead.cohort), ended_at=build.NOW)
    Member.objects.filter(pk=pair.councillor.pk).update(state="invited")

    assert invitations.withdraw(pair.councillor)

    assert Member.objects.get(pk=pair.councillor.pk).state == "left"


def test_maps_of_who_left_are_not_kept_longer_because_they_were_asked_again():
    lead = build.lead()
    member = build.councillor(lead.cohort, person=make.person(email="ada@x.gov.uk"))
    build.network_map(member, "Ann")
    joining.leave(member, now=build.NOW)

    invite(lead, "ada@x.gov.uk")
    joining.decline(member)
    maps.forget_old(build.NOW + maps.AFTER_LEAVING + timedelta(days=1))

    assert not NetworkMap.objects.exists()


def test_what_nobody_answers_is_forgotten_after_ninety_days():
    lead = build.lead()
    invite(lead, ADA)

    assert invitations.forget_unanswered(build.NOW + timedelta(days=89)) == 0
    assert invitations.forget_unanswered(build.NOW + timedelta(days=91)) == 1
    assert states(lead) == []


def test_who_said_no_may_change_their_mind_for_ninety_days_and_is_forgotten_then(time_machine):
    lead = build.lead()
    (member,) = invite(lead, ADA)
    joining.decline(member)
    link = f"{url('accept', token(member))}?again=yes"

    time_machine.move_to(build.NOW + timedelta(days=89))
    assert make.client().get(link).status_code == 200
    time_machine.move_to(build.NOW + timedelta(days=91))
    assert make.client().get(link).status_code == 404
    with pytest.raises(joining.NotInvited):
        joining.accept(member, joining.Who(""), joining.AboutMe(), now=build.NOW + timedelta(days=91))
    assert invitations.forget_unanswered(build.NOW + timedelta(days=91)) == 1
    assert states(lead) == []


def test_an_invitation_lets_nobody_into_a_finished_cohort():
    lead = build.lead()
    (member,) = invite(lead, ADA)
    cohorts.finish(lead.cohort, now=build.NOW)
    link = url("accept", token(member))

    page = make.client().get(link).content.decode()
    answered = make.client().post(link, {"area": "Harlow"}, follow=True).content.decode()

    assert '<h1 class="govuk-heading-l">The cohort is finished</h1>' in page
    assert "The cohort is finished" in answered
    assert states(lead) == [("ada@x.gov.uk", "councillor", "invited")]
    with pytest.raises(joining.NotInvited):
        joining.accept(member, joining.Who(""), joining.AboutMe(), now=build.NOW)


def test_nobody_is_invited_to_a_finished_cohort_nor_written_to():
    lead = build.lead()
    (late,) = invite(lead, ADA)
    Member.objects.filter(pk=late.pk).update(mailed_at=None)
    cohorts.finish(lead.cohort, now=build.NOW)
    browser = make.client(lead.person)
    typed = {"role": "councillor", "people": "bo@x.gov.uk", "note": "", "confirm": "yes"}

    pages = [
        browser.post(url("invite", lead.cohort.slug), typed, follow=True),
        browser.post(url("invite_again", lead.cohort.slug, late.pk), follow=True),
    ]

    assert ["nobody is invited any more. First let it go on" in page.content.decode() for page in pages] == [True, True]
    assert states(lead) == [("ada@x.gov.uk", "councillor", "invited")]
    assert invitations.queue_due(build.NOW + timedelta(days=1)) == 0
    with pytest.raises(invitations.CohortFinished):
        invitations.invite(lead.cohort, [], note="", now=build.NOW, by=lead.person)


# --- Yes or no ----------------------------------------------------------------------------------------------------


def test_a_councillor_says_yes_without_signing_in():
    lead = build.lead()
    (member,) = invite(lead, "ada@x.gov.uk")
    link = url("accept", token(member))

    said = {"name": "Ada  Bell", "works_at": "Wessex Council", "area": "Harlow", "days": ["mon", "thu"]}
    page = make.client().post(link, said, follow=True).content.decode()

    member.refresh_from_db()
    assert "You are in" in page
    assert (member.state, member.area, member.days) == ("joined", "Harlow", ["mon", "thu"])
    assert (member.person.name, member.person.works_at) == ("Ada Bell", "Wessex Council")
    assert Message.objects.get(kind="networking/welcome").subject == f"You are in: {lead.cohort.name}"


def test_councillor_and_mentor_name_the_same_town_and_are_matched_by_it():
    lead = build.lead()
    build.mentor(lead.cohort, person=make.person(name="Nia"), area="Harlow", capacity=1)
    people = invite(lead, "email,name,council,role\nada@x.gov.uk,Ada,Ely,councillor\nmo@x.gov.uk,Mo,Ely,mentor")
    ada, mo = (url("accept", token(member)) for member in people)

    make.client().post(ada, {"area": "Bury  St Edmunds"})
    page = make.client().get(mo).content.decode()
    make.client().post(mo, {"area": "bury st edmunds", "capacity": "1"})

    again = make.client(people[0].person).get(url("about_me", lead.cohort.slug, "councillor")).content.decode()
    assert [re.search(r'for="id_area">\s*([^<]*?)\s*<', one)[1] for one in (page, again)] == [
        "Town or district (optional)"
    ] * 2
    options = '<option value="Bury St Edmunds"></option><option value="Harlow"></option>'
    assert f'<datalist id="areas">{options}</datalist>' in page
    proposal = matches.propose(lead.cohort, now=build.NOW, by=lead.person)
    assert proposal.mentor_of == {people[0].pk: people[1].pk}
    proposed = make.client(lead.person).get(url("match", lead.cohort.slug)).content.decode()
    assert "Both are in Bury St Edmunds." in proposed


def test_opening_the_link_says_nothing_yet():
    (member,) = invite(build.lead(), ADA)

    make.client().get(url("accept", token(member)))

    member.refresh_from_db()
    assert member.state == "invited"


def test_a_mentor_says_how_many_and_what_they_can_help_with():
    build.skill("Blogging"), build.skill("Video")
    (member,) = invite(build.lead(), "email,name,council,role\nmo@x.gov.uk,Mo,Essex,mentor")
    link = url("accept", token(member))

    wrong = make.client().post(link, {"capacity": "9", "skill-blogging": "3"}).content.decode()
    assert "How many councillors can you support? must be 5 or less" in wrong
    make.client().post(link, {"capacity": "4", "skill-blogging": "3", "skill-video": "0"})

    member.refresh_from_db()
    assert (member.state, member.capacity) == ("joined", 4)
    assert [(level.skill.name, level.level) for level in member.levels.all()] == [("Blogging", 3)]


def test_no_is_one_click_and_can_be_taken_back():
    (member,) = invite(build.lead(), ADA)
    link = url("accept", token(member))

    assert "You said no" in make.client().post(link, {"no": "no"}, follow=True).content.decode()
    make.client().post(f"{link}?again=yes", {"area": "Harlow"})

    member.refresh_from_db()
    assert member.state == "joined"


def test_a_link_for_a_survey_does_not_accept():
    (member,) = invite(build.lead(), ADA)

    assert make.client().get(url("accept", addresses.token("networking:answer_survey", member))).status_code == 404


def test_a_second_click_on_yes_changes_nothing():
    (member,) = invite(build.lead(), ADA)
    about = joining.AboutMe(area="Harlow")

    joining.accept(member, joining.Who(""), about, now=build.NOW)
    with pytest.raises(joining.NotInvited):
        joining.accept(member, joining.Who(""), joining.AboutMe(area="Ely"), now=build.NOW)

    assert Member.objects.get(pk=member.pk).area == "Harlow"


# --- By link ------------------------------------------------------------------------------------------------------


def ask(cohort, email: str, role: str = "councillor"):
    path = "/" + join_url(cohort).split("/", 3)[3]
    answer = make.client().post(path, {"email": email, "role": role}, follow=True)
    invitations.queue_due(build.NOW)
    return answer


def test_who_has_the_link_gets_a_mail_and_is_in_only_after_it():
    lead = build.lead()

    page = ask(lead.cohort, "ada@x.gov.uk", "mentor").content.decode()

    assert "We have written to ada@x.gov.uk." in page
    assert states(lead) == [("ada@x.gov.uk", "mentor", "invited")]
    mail = Message.objects.get(to_email="ada@x.gov.uk")
    assert mail.subject == f"Confirm that you want to join {lead.cohort.name}"


def test_the_page_says_the_same_to_who_is_in_already_and_no_mail_goes():
    lead = build.lead()
    build.councillor(lead.cohort, person=make.person(email="ada@x.gov.uk"))

    page = ask(lead.cohort, "ada@x.gov.uk").content.decode()

    assert "We have written to ada@x.gov.uk." in page
    assert not Message.objects.filter(to_email="ada@x.gov.uk").exists()


def test_the_link_brings_nobody_back_in_whatever_role():
    lead = build.lead()
    ada = build.councillor(lead.cohort, person=make.person(email="ada@x.gov.uk"))
    joining.leave(ada, now=build.NOW)
    Message.objects.all().delete()

    pages = [ask(lead.cohort, "ada@x.gov.uk", role).content.decode() for role in ("councillor", "expert")]

    assert ["We have written to ada@x.gov.uk." in page for page in pages] == [True, True]
    assert states(lead) == [("ada@x.gov.uk", "councillor", "left")]
    assert not Message.objects.exists()


def test_a_mentor_asks_by_the_link_to_answer_questions_too():
    lead = build.lead()
    build.mentor(lead.cohort, person=make.person(email="ada@x.gov.uk"))

    ask(lead.cohort, "ada@x.gov.uk", "expert")

    assert states(lead) == [("ada@x.gov.uk", "expert", "invited"), ("ada@x.gov.uk", "mentor", "joined")]


def test_nobody_becomes_a_lead_by_the_link():
    lead = build.lead()

    ask(lead.cohort, "ada@x.gov.uk", "lead")

    assert states(lead) == []


def test_a_new_link_makes_the_old_one_void():
    lead = build.lead()
    old = "/" + join_url(lead.cohort).split("/", 3)[3]

    make.client(lead.person).post(url("renew_link", lead.cohort.slug))

    assert make.client().get(old).status_code == 404
    lead.cohort.refresh_from_db()
    assert make.client().get("/" + join_url(lead.cohort).split("/", 3)[3]).status_code == 200


def test_the_link_of_a_finished_cohort_opens_nothing():
    cohort = build.cohort(state="finished", finished_at=build.NOW)

    assert make.client().get("/" + join_url(cohort).split("/", 3)[3]).status_code == 404


# --- Out again, and about me --------------------------------------------------------------------------------------


def test_leaving_ends_the_pair_tells_the_other_and_voids_links():
    pair = build.pair()
    link = url("accept", token(pair.councillor))

    make.client(pair.councillor.person).post(url("leave", pair.cohort.slug, "councillor"))

    assert not Pair.objects.current().exists()
    assert make.client().get(link).status_code == 404
    assert make.client(pair.councillor.person).get(pair.cohort.get_absolute_url()).status_code == 404
    assert sorted(Message.objects.values_list("to_email", "kind")) == sorted(
        [(pair.mentor.person.email, "networking/pair_ended"), (pair.councillor.person.email, "networking/left")]
    )


def test_a_lead_takes_somebody_out_and_may_invite_them_again():
    lead = build.lead()
    councillor = build.councillor(lead.cohort, person=make.person(email="ada@x.gov.uk"))

    make.client(lead.person).post(url("take_out", lead.cohort.slug, councillor.pk))
    assert states(lead) == [("ada@x.gov.uk", "councillor", "left")]
    invite(lead, "ada@x.gov.uk")

    assert states(lead) == [("ada@x.gov.uk", "councillor", "invited")]


def test_a_mentor_changes_what_they_said():
    mentor = build.mentor()
    build.level(mentor, "Video", 2)
    page = url("about_me", mentor.cohort.slug, "mentor")

    make.client(mentor.person).post(page, {"area": "Ely", "capacity": "3", "skill-video": "0"})

    mentor.refresh_from_db()
    assert (mentor.area, mentor.capacity, mentor.levels.count()) == ("Ely", 3, 0)


def test_nobody_opens_what_another_said_about_themselves():
    mentor = build.mentor()
    councillor = build.councillor(mentor.cohort)

    assert make.client(councillor.person).get(url("about_me", mentor.cohort.slug, "mentor")).status_code == 404
    assert make.client(mentor.person).get(url("about_me", mentor.cohort.slug, "mentor")).status_code == 200


def test_the_list_of_people_asks_as_often_for_one_as_for_four():
    lead = build.lead()
    counts = []
    for number in (1, 3):
        for _ in range(number):
            build.councillor(lead.cohort)
        browser = make.client(lead.person)
        with CaptureQueriesContext(connection) as queries:
            browser.get(url("people", lead.cohort.slug))
        counts.append(len(queries))

    assert counts[0] == counts[1]
