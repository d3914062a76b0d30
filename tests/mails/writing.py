"""Every mail of the site, written once at least, about people and things whose names are awkward on purpose."""

from datetime import timedelta

from allauth.account.adapter import get_adapter
from allauth.core import context
from django.test import RequestFactory

from evidence import complaints, helping, stops
from evidence.models import Complaint
from meetups import emails, emails_afterwards, emails_following, following, signups
from meetups.models import AgendaItem, Announcement, Follower, Meetup, News, SignUp
from networking import emails_invitations, emails_matching, emails_support, journal, pool, surveys
from networking.models import Member, Pair, PoolChoice
from tests import make
from tests.evidence import build as evidence_build
from tests.networking import build as networking_build
from tests.unmentoring import every_mail as unmentoring_mail

NOW = make.NOW
NAME, TITLE = "Siân O'Neill & Co", "Q&A: what's “next”?"
NOTIFICATIONS = [
    "account/email/email_confirm",
    "mfa/email/recovery_codes_generated",
    "mfa/email/totp_activated",
    "mfa/email/totp_deactivated",
    "mfa/email/webauthn_added",
    "mfa/email/webauthn_removed",
]


def of_meetups() -> None:
    host = make.person(name="Ann O'Hara", email="ann@wessex.gov.uk")
    online = make.meetup(hosts=[host], title=TITLE, reminder_hours=2, passcode="a&b", dial_in="020 7946 0123")
    AgendaItem.objects.create(meetup=online, position=9, title="All of us", minutes=12, structure="1-2-4-all")
    both = make.both_meetup(
        hosts=[host], title="In two places", places_online=2, places_room=1, access_notes="Ring at “B”."
    )
    _of_places(online, both)
    _around(online)
    _of_series(online)


def _of_places(online: Meetup, both: Meetup) -> None:
    """Getting a place, waiting for one, being offered one, changing, cancelling."""
    signup = make.signup(meetup=online, name=NAME, way="online")
    in_room = make.signup(meetup=both, name=NAME, way="room")
    emails.already_signed_up(signup, now=NOW)
    waiting = make.signup(meetup=both, name=NAME, way="room")
    emails.already_signed_up(waiting, now=NOW)
    emails.promoted(in_room, now=NOW)
    waiting.offer_until = NOW + timedelta(hours=2)
    emails.offered(waiting, now=NOW)
    emails.offer_missed(waiting, now=NOW)
    emails.way_changed(in_room, now=NOW)
    for one, is_elsewhere in ((in_room, True), (signup, False), (waiting, False)):
        emails.corrected(one, [("Name", NAME)], word="A typing error & more.", way_changed=is_elsewhere, now=NOW)
    emails.way_changed(waiting, now=NOW + timedelta(minutes=1))
    signups.cancel(make.signup(meetup=both, way="online"), now=NOW)
    signups.cancel(waiting, now=NOW)
    for one in (signup, in_room):
        emails.joining_details(one, now=NOW)
        emails.nudge(one, now=NOW)
        emails.reminder(one, now=NOW)


def _around(meetup: Meetup) -> None:
    """Word from the hosts, a change, the end of it, and what comes afterwards."""
    signup = SignUp.objects.filter(meetup=meetup).first()
    assert signup
    words = Announcement.objects.create(
        meetup=meetup, subject="Bring a “topic”", body="One & only one.\n\nSee https://example.org/a?b=1&c=2",
        written_at=NOW,
    )  # fmt: skip
    emails.announced(words, signup, now=NOW)
    emails.test_copy(words, to=make.person(), now=NOW)
    emails_afterwards.feedback_request(signup, now=NOW)
    emails_afterwards.notes_published(signup, now=NOW)
    meetup.change_note = "The hall is closed & dark."
    meetup.starts_at += timedelta(days=7)
    meetup.ends_at += timedelta(days=7)
    emails.moved(signup, now=NOW)
    emails.meetup_cancelled(signup, now=NOW)


def _of_series(meetup: Meetup) -> None:
    for moment in (NOW, NOW + timedelta(hours=1)):
        following.ask(meetup.series, "flo@council.gov.uk", now=moment)
        following.start(Follower.objects.get(), now=moment)
    news = News.objects.create(
        meetup=meetup, subject="Places & topics", body="Come.\n\nAll of you.", written_at=NOW,
        nonce="00000000-0000-4000-8000-000000000000",
    )  # fmt: skip
    emails_following.news(news, Follower.objects.get())
    emails_following.news_test_copy(news, to=make.person(), now=NOW)


def of_unmentoring() -> None:
    unmentoring_mail.write()


def of_networking() -> None:
    cohort = networking_build.cohort()
    lead = networking_build.lead(cohort)
    pair = networking_build.pair(
        networking_build.councillor(cohort, person=make.person(name=NAME)),
        networking_build.mentor(cohort, person=make.person(name="Mo D'Arcy")),
    )
    emails_matching.introduction(pair)
    for member in (pair.councillor, pair.mentor):
        emails_matching.ended(pair, member)
        emails_invitations.welcome(member)
        emails_invitations.left(member, now=NOW)
        for asked_by in (None, lead.person):
            member.invited_by, member.invited_at, member.invitation_note = asked_by, NOW, "Come.\nIt is good & short."
            emails_invitations.invitation(member)
    _of_support(pair)
    _of_pool(pair)
    _of_journal(lead)
    networking_build.survey(cohort)
    for days in (0, 7):
        surveys.queue_due(networking_build.NOW + timedelta(days=days))


def _of_support(pair: Pair) -> None:
    """The next meeting of two, that it is off, and the question when none came."""
    day = networking_build.NOW.date() + timedelta(days=14)
    meeting = networking_build.agreed(pair, day)
    for member in (pair.councillor, pair.mentor):
        emails_support.cancelled(meeting, member, now=NOW)
    silence = networking_build.silence(pair, day)
    for member in (pair.councillor, pair.mentor):
        emails_support.nudge(silence, member)


def _of_pool(pair: Pair) -> None:
    """A question to the expert pool, asked at once and once a day, taken, answered, talked about."""
    asker, expert = pair.councillor, pair.mentor
    networking_build.level(expert, "Clips & captions", 3)
    skill, moment = networking_build.skill("Clips & captions"), networking_build.NOW
    question = pool.ask(asker, skill, "How do I add captions & names?\n\nAnd where?", now=moment)
    pool.take(question, expert, now=moment)
    pool.say(question, expert, "In the editor, under “Q&A”.\n\nIt takes a minute.", now=moment)
    pool.say(question, asker, "Which editor & where?", now=moment)
    pool.choose(expert.person, pair.cohort, PoolChoice.How.DAILY)
    for words in ("Is Siân's way better?", "And how long may a film be?"):
        pool.ask(asker, skill, words, now=moment)
    pool.queue_of_the_day(moment + timedelta(days=1))


def _of_journal(lead: Member) -> None:
    author = networking_build.councillor(lead.cohort, person=make.person(name=NAME))
    networking_build.post(author, title="Q&A: what I tried", body="**One** thing & another.\n\n- It worked.")
    networking_build.post(lead, title="Next week", body="We meet in the hall. " * 30)
    journal.queue_due(networking_build.NOW + timedelta(hours=1))
    hidden = networking_build.post(author, title="A name & a face")
    journal.hide(hidden, why="It names a resident & their street.", by=lead.person, now=networking_build.NOW)


def of_evidence() -> None:
    inquiry = evidence_build.inquiry()
    evidence_build.officer(inquiry)
    form = {"kind": "objection", "text": "That was mine", "name": NAME, "email": "jane@example.org"}
    make.client().post(f"/evidence/about/{inquiry.slug}/complain/", form)
    complaint = Complaint.objects.get()
    complaints.answer(complaint, "We took it out & told them.", by=evidence_build.officer(inquiry), now=NOW)
    item, who = evidence_build.item(inquiry), evidence_build.contributor(inquiry, name=NAME)
    stop = stops.show("third_item", to=who, now=NOW, inquiry=inquiry, item=item)
    stops.go_on(stop, "They speak for “forty” parents & carers", now=NOW)
    asks = make.person(name=NAME, organisation="Wessex & Mercia")
    helping.ask(evidence_build.helper(), "How did you & yours begin?\n\nAnd with whom?", now=NOW, by=asks)


def of_accounts() -> None:
    person = make.person(email="sian@wessex.gov.uk", name=NAME)
    request = RequestFactory().get("/", HTTP_USER_AGENT="A browser & more")
    request.user = person
    with context.request_context(request):
        adapter = get_adapter()
        for name in ("login_code", "email_confirmation", "email_confirmation_signup"):
            adapter.send_mail(f"account/email/{name}", person.email, {"user": person, "code": "ABCD-EFGH"})
        for name in ("unknown_account", "account_already_exists"):
            adapter.send_mail(f"account/email/{name}", person.email, {})
        for prefix in NOTIFICATIONS:
            adapter.send_notification_mail(prefix, person)
        changes = {"from_email": "old@wessex.gov.uk", "to_email": person.email, "deleted_email": "old@wessex.gov.uk"}
        for name in ("email_changed", "email_deleted"):
            adapter.send_notification_mail(f"account/email/{name}", person, changes)
