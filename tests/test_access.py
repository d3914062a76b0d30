"""Every address of the site, asked for by everybody: what it answers must be what its audience says."""

import io
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from evidence import complaints, fetches, overrides, pictures, screenshots, stops
from evidence.models import Inquiry, Item, Screenshot
from govuk import pictures as logos
from meetups import addresses, records, share_pictures, sponsors
from meetups.models import BreakoutPlan, CalendarFeed, Feedback, Follower, Meetup, Notes, OwnStructure, SignUp, Sponsor
from networking import addresses as networking_addresses
from networking import citizens, emails_pool, journal, map_comments, maps, matches, pool, shared_maps, workshops
from networking.models import Member, SheetClash
from networking.views import support_links
from people import checks, links
from people.access import Audience
from people.checks import Route
from people.models import Person
from searchdeck import loading
from tests import make
from tests.evidence import build as evidence
from tests.networking import build as networking
from tests.unmentoring import build
from unmentoring import addresses as unmentoring
from unmentoring import keeping_apart, learning
from unmentoring.models import PairingMember

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)

# Who asks, and the audiences that include them. Everybody else is answered 404, or is asked to sign in.
_SIGNED_IN = {Audience.EVERYONE, Audience.LINK, Audience.SIGNED_IN}
_OF_INQUIRY = {Audience.MEMBERS, Audience.CONTRIBUTORS, Audience.OFFICERS}
WHO_SEES_WHAT = {
    "a stranger": {Audience.EVERYONE, Audience.LINK},
    "somebody signed in": {Audience.EVERYONE, Audience.LINK, Audience.SIGNED_IN},
    "an officer of another inquiry": _SIGNED_IN,
    "a reader of this inquiry": {*_SIGNED_IN, Audience.MEMBERS},
    "a contributor to this inquiry": {*_SIGNED_IN, Audience.MEMBERS, Audience.CONTRIBUTORS},
    "an officer of this inquiry": _SIGNED_IN | _OF_INQUIRY,
    "the host of another meet-up": {Audience.EVERYONE, Audience.LINK, Audience.SIGNED_IN},
    "the host of this meet-up": {Audience.EVERYONE, Audience.LINK, Audience.SIGNED_IN, Audience.HOSTS},
    "a coordinator": {Audience.EVERYONE, Audience.LINK, Audience.SIGNED_IN, Audience.COORDINATORS},
    "the lead of another cohort": {Audience.EVERYONE, Audience.LINK, Audience.SIGNED_IN},
    "a councillor of this cohort": {Audience.EVERYONE, Audience.LINK, Audience.SIGNED_IN, Audience.COHORT},
    "the lead of this cohort": {
        *(Audience.EVERYONE, Audience.LINK, Audience.SIGNED_IN),
        *(Audience.COHORT, Audience.LEADS),
    },
    "an organiser": {
        *(Audience.EVERYONE, Audience.LINK, Audience.SIGNED_IN),
        *(Audience.HOSTS, Audience.COHORT, Audience.LEADS, Audience.ORGANISERS),
    },
    # What residents said is read only by whoever has a part in the inquiry: no role opens it.
    "an administrator": set(Audience) - _OF_INQUIRY,
}
# Pages of one person in a cohort: 404 for the others of it too. Who exactly is tested beside the pages.
MY_OWN = {
    "networking:readiness",
    "networking:citizens",
    "networking:search_citizens",
    "networking:citizen_minutes",
    "networking:new_candidate",
    "networking:candidate",
    "networking:delete_candidate",
    "networking:sheet",
    "networking:sheet_print",
    "networking:sheet_versions",
    "networking:sheet_compare",
    "networking:sheet_two_texts",
    "networking:sheet_section",
    "networking:someones_sheet",
    "networking:comment_on_sheet",
    "networking:about_me",
    "networking:change_post",
    "networking:take_post_back",
    "networking:take_comment_back",
    "networking:leave",
    "networking:maps",
    "networking:new_map",
    "networking:map",
    "networking:map_settings",
    "networking:delete_map",
    "networking:map_take_back",
    *{f"networking:{name}" for name in ("comment_on_map", "read_map_comments", "take_map_comment_back")},
    "networking:map_versions",
    "networking:map_overlay",
    "networking:shared_maps",
    "networking:shared_map",
    "networking:choose_shared",
    "networking:delete_shared",
    "networking:map_export",
    "networking:map_import",
    "networking:map_confirm_import",
    "networking:delete_map_version",
    "networking:map_compare",
    "networking:map_tells",
    "networking:map_reach",
    "networking:map_new_node",
    "networking:map_node",
    "networking:map_remove_node",
    "networking:map_link_node",
    "networking:map_unlink_node",
    "networking:map_move_node",
    "networking:log_meeting",
    "networking:change_meeting",
    "networking:remove_meeting",
    "networking:bring_back_meeting",
    "networking:next_meeting",
    "networking:call_off_next",
    "networking:change_rhythm",
}
# Pages of what one person saved for an inquiry: 404 for everybody else, whatever their part in the inquiry.
MY_DRAFTS = {
    *{f"evidence:{name}" for name in ("draft", "read_page", "hand_in", "stop", "discard", "edit_item")},
    *{f"evidence:{name}" for name in ("screenshots", "look_over", "remove_screenshot", "screenshot_file")},
    *{f"evidence:{name}" for name in ("edit_plan", "finish_plan", "delete_plan", "edit_barrier", "delete_barrier")},
    "evidence:page_check",
}
# Pages of libraries that are 404 also for who may ask, because these people have no recovery codes, passkeys or second
# step to show, and admin has no such shortcut. That others get 404 is tested for them as for all.
NOTHING_THERE = {
    "admin:view_on_site",
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
}


@pytest.fixture
def world() -> dict[str, str]:
    """One of everything, and the values that make each address point to it."""
    host = make.with_second_factor(make.person(email="host@council.gov.uk"))
    meetup = make.meetup(hosts=[host])
    signup = make.signup(meetup=meetup)
    question = meetup.questions.create(position=0, label="Would you like to be a fish?")
    a_round_of(meetup)
    values = {
        "slug": meetup.slug,
        "series_slug": meetup.series.slug,
        "structure_slug": "1-2-4-all",
        "text_slug": "video-call-tips",
        "own_structure": str(OwnStructure.objects.create(name="Ours", line="You talk.", phases="5, all, Talk").pk),
        "signup": str(signup.pk),
        "item": str(meetup.agenda.first().pk),
        "usual_item": str(meetup.series.agenda.create(position=0, title="Hello", minutes=5).pk),
        "question": str(question.pk),
        **_sponsors_of(meetup),
        "booking": addresses.booking_token(signup),
        "join": addresses.join(signup).rstrip("/").rpartition("/")[2],
        **_tokens_of_followers(meetup, signup),
        "preferences": addresses.preferences(signup.person).rstrip("/").rpartition("/")[2],
        "person": str(signup.person.pk),
        "person_pk": str(signup.person.pk),
    }
    for more in (_afterwards(signup), _tokens_of_unmentoring(), _rows_of_networking(), rows_of_evidence()):
        assert not values.keys() & more.keys(), "one name, two rows: the address of one of them would not be walked"
        values |= more
    return values


def _sponsors_of(meetup: Meetup) -> dict[str, str]:
    """One of the meet-up, with a logo, and one of its series."""
    logo = logos.redrawn(a_picture(), sponsors.LOGO)
    made = sponsors.add(Sponsor(meetup=meetup, name="Wessex Centre"), logo)
    usual = sponsors.add(Sponsor(series=meetup.series, name="Wessex Centre"), None)
    return {"sponsor_pk": str(made.pk), "usual_sponsor": str(usual.pk), "logo": str(made.logo_ref)}


def rows_of_evidence() -> dict[str, str]:
    """An inquiry with one of each; `inquiry` in an address is always its slug."""
    inquiry = evidence.inquiry(title="Young carers")
    contributor = evidence.contributor(inquiry, email="contributor@council.gov.uk")
    evidence.reader(inquiry, email="reader@council.gov.uk")
    loading.load()
    said = complaints.Said(kind="question", text="What do you have about me?")
    accepted = evidence.accepted(inquiry)
    theme = evidence.theme(inquiry, items=[accepted])
    report = evidence.report(inquiry)
    seat = evidence.seat(evidence.session(inquiry))
    link = evidence.report_link(report)
    handed = evidence.hand_off(report)
    tokens = {
        "evidence:read_report": links.make("evidence:read_report", link.pk),
        "evidence:read_report_docx": links.make("evidence:read_report", link.pk),
        "evidence:room": links.make("evidence:room", seat.pk),
        "evidence:receive": links.make("evidence:receive", handed.pk),
    }
    rows = {
        "item_pk": evidence.item(inquiry, by=contributor),
        "shown_pk": accepted,
        "theme_pk": theme,
        "report_pk": report,
        "session_pk": seat.session,
        "link_pk": link,
        "handed_pk": handed,
        "step_pk": evidence.step(theme),
        "draft_pk": a_stopped_draft(contributor),
        "stop_pk": stops.show("third_item", to=contributor, now=make.NOW, inquiry=inquiry),
        "search_pk": evidence.search(inquiry, searched_by=contributor),
        "membership_pk": inquiry.memberships.get(person=contributor),
        "plan_pk": evidence.started_plan(contributor),
        "barrier_pk": evidence.barrier(contributor),
        "check_pk": fetches.read_pasted("<title>Ours</title>", now=make.NOW, by=contributor),
        "helper_pk": evidence.helper(),
        "override_pk": overrides.keep(evidence.item(inquiry), reason="Asked for", now=make.NOW, by=contributor),
        "complaint_pk": complaints.receive(inquiry, said, now=make.NOW),
    }
    shots = {f"shot_of_{name}": str(a_screenshot(rows[f"{name}_pk"]).ref) for name in ("item", "draft")}
    pks = {name: str(row.pk) for name, row in rows.items()}
    return {"inquiry": inquiry.slug, "source_slug": "x", **tokens, **shots, **pks}


def a_picture() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (4, 4), "green").save(data, "PNG")
    return data.getvalue()


def a_screenshot(item: Item) -> Screenshot:
    return screenshots.add(item, pictures.redrawn(a_picture()), now=make.NOW, by=item.saved_by, alt_text="A post")


def a_stopped_draft(contributor: Person) -> Item:
    draft = evidence.draft(contributor)
    stops.show("third_item", to=contributor, now=make.NOW, item=draft)
    return draft


def a_round_of(meetup: Meetup) -> None:
    """Rooms of a first round, and a report that was read."""
    plan = BreakoutPlan.objects.create(meetup=meetup, seed="one")
    plan.rounds.create(number=1, size=4)
    meetup.attendance_imports.create(pk=1, kind="Zoom report", file_name="zoom.csv", read_at=make.NOW, state="undone")


def _tokens_of_followers(meetup, signup) -> dict[str, str]:
    follower = Follower.objects.create(series=meetup.series, person=signup.person, asked_at=make.NOW)
    feed = CalendarFeed.objects.create(person=signup.person, made_at=make.NOW)
    purposes = (addresses.CONFIRM, addresses.FOLLOWING, addresses.STOP)
    return {
        "digest": share_pictures.digest_of(meetup),
        **{purpose: links.make(purpose, follower.pk) for purpose in purposes},
        addresses.OWN_CALENDAR: links.make(addresses.OWN_CALENDAR, feed.pk, feed.version),
    }


def _tokens_of_unmentoring() -> dict[str, str]:
    """By the name of the URL, which is the purpose of the token."""
    one, _ = build.participants(2)
    build.told()
    member = build.member_of(one)
    of_member = (unmentoring.ANSWER, unmentoring.STUCK, unmentoring.REPORT, unmentoring.LEARNED, unmentoring.HOLD)
    of_participant = (
        *(unmentoring.CONFIRM, unmentoring.MINE, unmentoring.SKIP, unmentoring.PAUSE, unmentoring.COME_BACK),
        *(unmentoring.LEAVE, unmentoring.STILL_IN, unmentoring.MONTH, unmentoring.STOP),
    )
    return {
        **{purpose: unmentoring.token(purpose, one) for purpose in of_participant},
        **{name: unmentoring.token(unmentoring.MINE, one) for name in OF_MINE},
        **_rows_of_unmentoring(member),
        **{purpose: unmentoring.member_token(purpose, member) for purpose in of_member},
    }


# Pages below one's own page, with the same token.
OF_MINE = ("unmentoring:change", "unmentoring:learning_of_others", "unmentoring:report_from_inside")


def _rows_of_unmentoring(member: PairingMember) -> dict[str, str]:
    """By the name of the parameter: one of each row that coordinators' pages are about."""
    now = build.DRAW
    partner, boss = member.partners[0], make.person()
    shared = learning.share(member.participant, text="Ask more.", visible_to="everyone", now=now)
    rows = {
        "participant_pk": member.participant,
        "pairing_pk": member.pairing,
        "member_pk": member,
        "learning_pk": learning.approve(shared, by=boss, now=now),
        "pitch_pk": learning.report_pitch(member, partner, "They sold me a printer.", now=now),
        "apart_pk": keeping_apart.keep_apart(member.participant, partner, by=boss, now=now),
    }
    return {"year": "2027", "month": "3", **{name: str(row.pk) for name, row in rows.items()}}


def _rows_of_networking() -> dict[str, str]:
    """By the name of the parameter: a cohort with a lead and a pair."""
    cohort = networking.cohort(name="This cohort", slug="this-cohort")
    lead = networking.lead(cohort, person=make.person(email="lead@council.gov.uk"))
    pair = networking.pair(networking.councillor(cohort, person=make.person(email="councillor@council.gov.uk")))
    said = networking.answered(
        networking.survey(cohort, opens_at=LONG_AGO, closes_at=LONG_AGO + timedelta(days=9)),
        pair.councillor,
        "It is easier now.",
    )
    asked = networking.survey(cohort, moment="later")
    return {
        "cohort_slug": cohort.slug,
        **_a_match(cohort),
        "someone_pk": str(pair.councillor.pk),
        "pair_pk": str(pair.pk),
        "lead_pk": str(lead.pk),
        "survey_pk": str(asked.pk),
        "survey_question_pk": str(cohort.programme.questions.first().pk),
        "answer_pk": str(said.pk),
        "networking:answer_survey": networking_addresses.token("networking:answer_survey", pair.councillor),
        "section_key": "reach",
        "asked_section": "voice",
        "asked_question": "never",
        "clash_pk": str(a_clash(pair.councillor).pk),
        **_a_map(pair.councillor),
        **_support_of(pair),
        **_a_question(pair.councillor),
        **_a_candidate(pair.councillor),
        "task_pk": str(cohort.sprints.first().tasks.first().pk),
        **_a_programme(cohort),
        **_invitations(cohort),
        **_a_journal(cohort, lead, pair.councillor),
        "workshop_slug": _a_workshop(cohort, lead),
    }


def _a_journal(cohort, lead: Member, councillor: Member) -> dict[str, str]:
    """A post everybody may read, one of the councillor's, and comments."""
    public = networking.post(lead, wants_public=True)
    mine = networking.post(councillor)
    said = [journal.comment(public, "So do I.", nonce=uuid4(), by=councillor.person, now=make.NOW) for _ in range(2)]
    return {
        "journal_slug": cohort.slug,
        "public_post_pk": str(public.pk),
        "post_pk": str(public.pk),
        "my_post_pk": str(mine.pk),
        "comment_pk": str(said[0].pk),
        "my_comment_pk": str(said[1].pk),
    }


def _a_workshop(cohort, lead: Member) -> str:
    plan = workshops.Plan("One", make.START, make.START + timedelta(hours=2))
    meetup = workshops.plan(cohort.sprints.first(), plan, by=lead.person).meetup
    Meetup.objects.filter(pk=meetup.pk).update(state="published", published_at=make.NOW)
    return str(meetup.slug)


def _invitations(cohort) -> dict[str, str]:
    """Somebody who was invited, and the link to join."""
    invited = networking.member("mentor", cohort, state="invited", joined_at=None)
    return {
        "invited_pk": str(invited.pk),
        "role": "councillor",
        "networking:accept": networking_addresses.token("networking:accept", invited),
        "networking:join": links.make("networking:join", cohort.pk, cohort.invitation_version),
    }


def _a_programme(cohort) -> dict[str, str]:
    """What a cohort is started from, and its own copy of it."""
    template, own = cohort.programme.sprints.first(), cohort.sprints.first()
    return {
        "programme_slug": cohort.programme.slug,
        "sprint_pk": str(template.pk),
        "sprint_task_pk": str(template.tasks.first().pk),
        "cohort_sprint_pk": str(own.pk),
        "cohort_task_pk": str(own.tasks.first().pk),
        "skill_pk": str(networking.skill("Blogging").pk),
    }


def _a_map(councillor: Member) -> dict[str, str]:
    """A map with two names."""
    found = networking.network_map(councillor, "Ann Smith, person", "Parish council, organisation")
    rows = {
        "map_pk": found,
        "node_pk": found.nodes.first(),
        "version_pk": maps.keep_version(found, "Now", now=networking.NOW),
        "said_on_map_pk": map_comments.say(found, "Who else?", by=councillor.person, now=networking.NOW),
        "shared_pk": shared_maps.start(found.member.cohort, "Ward", by=councillor.person, now=networking.NOW),
    }
    return {"way_key": "local", "file_kind": "csv", **{name: str(row.pk) for name, row in rows.items()}}


def _a_candidate(finder: Member) -> dict[str, str]:
    """Somebody active, and the search that found them."""
    looked = citizens.note(finder, "asked", "", 10, now=networking.NOW)
    found, _ = citizens.found(looked, citizens.Said("group", "Litter pickers"), now=networking.NOW)
    return {"citizen_search_pk": str(looked.pk), "candidate_pk": str(found.pk)}


def _a_question(asker: Member) -> dict[str, str]:
    """Asked by the councillor, offered to somebody, and the links of both."""
    helper = networking.member("expert", asker.cohort)
    networking.level(helper, "Video", 3)
    question = pool.ask(asker, networking.skill("Video"), "How?", now=networking.NOW)
    return {
        "question_pk": str(question.pk),
        emails_pool.TAKE: emails_pool.take_token(question.offers.get()),
        emails_pool.SOLVED: emails_pool.solved_token(question, asker),
    }


def _support_of(pair) -> dict[str, str]:
    """A logged meeting, and the links that mails about meetings carry."""
    meeting = networking.meeting(pair, networking.NOW.date())
    logged = f"{support_links.LOGGED}:{pair.councillor_id}"
    purposes = (networking_addresses.LOG, networking_addresses.MOVED, networking_addresses.NOT_MET)
    return {
        "meeting_pk": str(meeting.pk),
        support_links.LOGGED: links.make(logged, meeting.pk, pair.councillor.link_version),
        **{purpose: networking_addresses.pair_token(purpose, pair, pair.councillor) for purpose in purposes},
    }


def _a_match(cohort) -> dict[str, str]:
    """A proposal that is open, and two who must not be matched."""
    councillor, mentor = networking.councillor(cohort), networking.mentor(cohort)
    matches.propose(cohort, now=networking.NOW, by=make.person())
    apart = cohort.exclusions.create(councillor=councillor, mentor=mentor, reason="line", said_at=networking.NOW)
    return {"councillor_pk": str(councillor.pk), "mentor_pk": str(mentor.pk), "exclusion_pk": str(apart.pk)}


def a_clash(councillor: Member) -> SheetClash:
    networking.sheet(councillor, people="Parents", window="one")
    clash = networking.sheet(councillor, people="Young people", window="another").clash
    assert clash
    return clash


def _afterwards(signup: SignUp) -> dict[str, str]:
    """Somebody came and said what they thought; the notes are out."""
    SignUp.objects.filter(pk=signup.pk).update(came_at=signup.meetup.starts_at)
    notes = Notes.objects.create(meetup=signup.meetup, published_at=make.NOW)
    notes.versions.create(number=1, body="Takeaways", saved_at=make.NOW)
    said = Feedback.objects.create(
        meetup=signup.meetup, signup=signup, quoting="named", given_at=make.NOW, changed_at=make.NOW
    )
    tokens = {
        "meetups:feedback": addresses.feedback(signup),
        "meetups:topics_by_link": addresses.topics(signup),
        "meetups:check_certificate": records.checking_address(signup),
    }
    return {"feedback": str(said.pk), **{name: url.rstrip("/").rpartition("/")[2] for name, url in tokens.items()}}


def people_who_ask() -> dict[str, Client]:
    another = make.with_second_factor(make.person())
    make.meetup(hosts=[another])
    known = Person.objects.known_as
    evidence.inquiry(officer=evidence.an_officer(email="officer-of-another@council.gov.uk"))
    return {
        "a stranger": make.client(),
        "somebody signed in": make.client(make.person()),
        "an officer of another inquiry": make.client(known("officer-of-another@council.gov.uk")),
        "a reader of this inquiry": make.client(known("reader@council.gov.uk")),
        "a contributor to this inquiry": make.client(known("contributor@council.gov.uk")),
        "an officer of this inquiry": make.client(evidence.officer(Inquiry.objects.get(slug="young-carers"))),
        "the host of another meet-up": make.client(another),
        "the lead of another cohort": make.client(networking.lead().person),
        "a councillor of this cohort": make.client(Person.objects.get(email="councillor@council.gov.uk")),
        "the lead of this cohort": make.client(Person.objects.get(email="lead@council.gov.uk")),
        "the host of this meet-up": make.client(Person.objects.get(email="host@council.gov.uk")),
        "a coordinator": make.client(make.with_second_factor(make.person("coordinator"))),
        "an organiser": make.client(make.organiser()),
        "an administrator": make.client(make.administrator()),
    }


def address(route: Route, world: dict[str, str]) -> str:
    """The route with values in it that exist, so that only access decides."""
    path = "/" + route.path.replace("^", "").replace("$", "")
    which = {"slug": _slug(path), "pk": _pk(path)}
    which["digest"] = "digest"
    which["token"] = route.full_name if route.full_name in world else _token(path)
    path = path.replace("versions/<int:number>", "versions/0")
    path = path.replace("<slug:topic>", "reminders").replace("<path:object_id>", world["person"])
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: world.get(which.get(found[1], found[1]), "1"), path)


def _slug(path: str) -> str:
    if "/liberating-structures/" in path:
        return "structure_slug"
    return "series_slug" if "series/" in path else "slug"


def _token(path: str) -> str:
    return next((kind for kind in ("booking", "join") if path.startswith(f"/{kind}/")), "preferences")


def _pk(path: str) -> str:
    if "/structures/" in path:
        return "own_structure"
    if "/feedback/" in path:
        return "feedback"
    return "item" if "/agenda/" in path else "question" if "/questions/" in path else "signup"


def our_routes() -> list[Route]:
    """All routes except the admin's patterns for unknown addresses and single objects, which redirect by themselves."""
    return [route for route in checks.every_route() if "(?P" not in route.path]


def test_every_route_declares_its_audience():
    assert checks.every_url_declares_its_audience() == []


def test_a_route_without_an_audience_fails_the_start_up_check(monkeypatch):
    route = next(route for route in checks.every_route() if route.full_name == "pages:home")
    monkeypatch.delattr(route.pattern.callback, "audience")

    assert [error.id for error in checks.every_url_declares_its_audience()] == ["people.E001"]
    assert make.client().get("/").status_code == 404


@pytest.mark.parametrize("who", WHO_SEES_WHAT)
def test_everybody_sees_exactly_what_their_role_says(who, world):
    client = people_who_ask()[who]
    wrong = []
    for route in our_routes():
        url = address(route, world)
        answer = client.get(url)
        may = route.audience in WHO_SEES_WHAT[who]
        if route.full_name in MY_OWN:
            may = who == "a councillor of this cohort"
        if route.full_name in MY_DRAFTS:
            may = who == "a contributor to this inquiry"
        if may and route.full_name in NOTHING_THERE:
            continue
        if may != _is_let_in(answer, url):
            wrong.append(f"{route.audience} {url}: {answer.status_code}")

    assert wrong == []


def _is_let_in(answer, url: str) -> bool:
    """Whether the request reached the page. Being sent to sign in is as far as strangers get with “My things”."""
    if answer.status_code == 302:
        return not answer.url.startswith(f"{reverse('account_login')}?next=")
    return answer.status_code != 404


def test_a_role_without_a_second_factor_is_sent_to_set_one_up():
    client = make.client(make.person("organiser"))

    answer = client.get(reverse("meetups:organise"))

    assert (answer.status_code, answer.url) == (302, reverse("mfa_activate_totp"))


@pytest.mark.parametrize("purpose", ["meetups:join", "people:preferences", "something:else"])
def test_a_link_for_one_purpose_opens_nothing_else(purpose, world):
    from people import links

    token = links.make(purpose, int(world["signup"]))

    assert make.client().get(reverse("meetups:booking", args=[token])).status_code == 404


def test_no_page_behind_a_link_of_somebodys_own_puts_the_link_into_a_letter(world):
    """“How was this page?” opens a mail that names the page: not by a path that lets whoever reads it in."""
    letters, looked = {}, 0
    for route in our_routes():
        url = address(route, world)
        if route.audience is Audience.LINK and (tokens := re.findall(r"[^/]*~[^/]*", url)):
            found = re.findall(r'href="(mailto:[^"]*)"', make.client().get(url).content.decode(errors="replace"))
            looked += any("subject" in one for one in found)
            letters[url] = [one for one in found if any(token in unquote(one) for token in tokens)]

    assert {url: found for url, found in letters.items() if found} == {}
    assert looked > 20
