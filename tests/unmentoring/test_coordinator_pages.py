"""The coordinator's pages: what needs them, the draw, rounds, people, numbers."""

import csv
import io

import pytest
import time_machine
from django.test import Client

from outbox.models import Message
from tests import make, reading
from tests.unmentoring import build
from tests.unmentoring.test_link_pages import everything
from tests.unmentoring.test_public_pages import queries_of
from unmentoring import learning, month, rounds
from unmentoring.models import KeepApart, Pairing, Participant, Report, Round

pytestmark = pytest.mark.django_db

HOME = "/unmentoring/coordinate/"
MARCH = f"{HOME}rounds/2027/3/"
LATER = build.DRAW.replace(day=5)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(build.BEFORE, tick=False) as traveller:
        yield traveller


@pytest.fixture
def connie(settings) -> Client:
    settings.SESSION_COOKIE_AGE = 100 * 24 * 3600  # the clock moves by weeks
    return make.client(build.coordinator())


@pytest.fixture
def pair(clock) -> list[Participant]:
    """Two people who were introduced; it is the fifth of the month."""
    made = build.participants(2)
    build.told()
    clock.move_to(LATER)
    return made


def test_who_publishes_early_reads_how_many_were_not_asked_yet(connie):
    build.participants(2)
    build.participant(rhythm="ask")
    sentence = "1 who wants to be asked each time has not answered for March and is not in this draw."

    assert sentence in reading.words(connie.get(f"{MARCH}preview/"))
    connie.post(f"{MARCH}preview/")
    assert sentence in reading.words(connie.get(f"{MARCH}preview/"))
    assert sentence in reading.words(connie.get(f"{MARCH}publish/"))


@pytest.mark.parametrize("year", [1, 1900, 2200, 9999])
def test_a_month_of_another_age_is_not_there(connie, year):
    assert connie.get(f"{HOME}rounds/{year}/1/preview/").status_code == 404


@pytest.mark.parametrize("role", ["", "organiser"])
def test_nobody_else_learns_that_these_pages_exist(role, pair):
    client = make.client(make.with_second_factor(make.person(*([role] if role else []))))

    for page in ("", "people/", "people/people.csv", "network/", "keep-apart/", "rounds/2027/3/"):
        assert client.get(f"{HOME}{page}").status_code == 404
    assert client.post(f"{MARCH}publish/").status_code == 404


def test_a_new_coordinator_is_told_how_people_come(connie):
    words = reading.words(connie.get(HOME))

    assert "Nobody yet. Share the public page : people join there by themselves." in words


def test_what_needs_the_coordinator_comes_first_the_most_urgent_on_top(connie, pair):
    one, other = pair
    month.say_stuck(build.member_of(one), "Two <b>calls</b>", now=LATER)
    learning.share(one, text="Wait", visible_to="everyone", now=LATER)
    learning.report_pitch(build.member_of(one), other, "Printers", now=LATER)

    answer = connie.get(HOME)

    lines = [need.line for need in answer.context["needs"]]
    assert lines[0].endswith("cannot reach each other in March 2027. “Two <b>calls</b>”")
    assert lines[1:] == ["1 report waiting for you.", "1 thing that people learned, to be shown to everybody."]
    assert "<b>calls</b>" not in answer.content.decode()


def test_looking_at_the_draw_changes_nothing_and_a_button_draws_the_preview(connie):
    one, *_ = build.participants(4)
    before = everything()

    connie.get(f"{MARCH}preview/")
    assert not Round.objects.exists()
    connie.post(f"{MARCH}preview/")
    words = reading.words(connie.get(f"{MARCH}preview/"))

    assert Round.objects.get().state == "draft"
    assert one.person.name in words
    assert "You have not met here before" in words
    assert everything() == before


def test_drawing_again_needs_a_reason_which_is_kept_with_the_draw_before(connie):
    build.participants(8)
    connie.post(f"{MARCH}preview/")
    first = Round.objects.get()

    assert reading.errors(connie.post(f"{MARCH}again/", {"why": ""})) == ["Enter why you draw again"]
    connie.post(f"{MARCH}again/", {"why": "Two of them job-share"})

    again = Round.objects.get()
    assert again.seed != first.seed
    assert [(roll["seed"], roll["why"], roll["by"]) for roll in again.rerolls] == [
        (first.seed, "Two of them job-share", "Connie Okafor")
    ]
    assert "Two of them job-share. By Connie Okafor." in reading.words(connie.get(f"{MARCH}preview/"))


def test_publishing_happens_once_however_often_it_is_clicked(connie):
    build.participants(5)
    connie.post(f"{MARCH}preview/")
    Message.objects.all().delete()

    page = reading.words(connie.get(f"{MARCH}publish/"))
    for _ in range(3):
        connie.post(f"{MARCH}publish/")
        month.queue_due(build.BEFORE)

    assert "5 people are introduced , in 1 pair and 1 three" in page
    assert Pairing.objects.count() == 2
    assert Message.objects.filter(key__startswith="unmentoring.introduction").count() == 5
    assert connie.post(f"{MARCH}again/", {"why": "x"}).url == MARCH
    assert Round.objects.get().rerolls == []


def test_a_preview_that_is_out_of_date_is_not_published(connie):
    build.participants(2)
    connie.post(f"{MARCH}preview/")
    build.participants(2)

    answer = connie.post(f"{MARCH}publish/", follow=True)

    assert "Nothing was published." in reading.words(answer)
    assert "Bring the preview up to date" in reading.words(answer)
    assert not Pairing.objects.exists()


def test_a_round_says_who_met_and_why_not_and_that_it_can_be_drawn_again(connie, pair):
    month.answer(build.member_of(pair[0]), "no", why_not="no_reply", note="<i>Silence</i>", now=LATER)

    answer = connie.get(MARCH)

    words = reading.words(answer)
    assert f"{pair[0].person.name} : No. I had no reply. “<i>Silence</i>”" in words
    assert "Did not meet" in words
    assert "<i>Silence" not in answer.content.decode()
    assert "gives the same groups as were published" in reading.words(connie.get(f"{MARCH}verify/"))
    assert "No pairing is like that" in reading.words(connie.get(f"{MARCH}?show=met"))


def test_a_stuck_pair_is_given_somebody_else_by_a_button(connie, pair):
    month.say_stuck(build.member_of(pair[0]), "", now=LATER)
    stuck = Pairing.objects.get()
    url = f"{HOME}pairings/{stuck.pk}/again/"

    connie.get(url)
    stuck.refresh_from_db()
    assert stuck.ended_at is None
    answer = connie.post(url, follow=True)

    stuck.refresh_from_db()
    assert stuck.ended_because == "Connie Okafor found you somebody else."
    assert "2 of 2 wait for somebody" in reading.words(answer)
    assert "Nothing was changed" in reading.words(connie.post(url, follow=True))


def test_somebody_is_taken_out_of_a_round_by_a_button(connie, pair):
    member = build.member_of(pair[0])
    url = f"{HOME}pairings/{member.pairing_id}/out/{member.pk}/"

    connie.get(url)
    member.refresh_from_db()
    assert member.left_at is None
    connie.post(url)

    member.refresh_from_db()
    assert member.left_at == LATER


def test_people_are_found_filtered_and_taken_out_without_phone_numbers(connie):
    ada = build.participant(name="=Ada Byron", sector="fire")
    build.participant(name="Ben Nevis", sector="police")

    words = reading.words(connie.get(f"{HOME}people/?q=byron"))
    file = connie.get(f"{HOME}people/people.csv?sector=fire").content.decode("utf-8-sig")

    assert "=Ada Byron" in words
    assert "Ben Nevis" not in words
    rows = list(csv.DictReader(io.StringIO(file)))
    assert [(row["Name"], row["Email address"]) for row in rows] == [("'=Ada Byron", ada.person.email)]
    assert ada.phone.as_e164 not in file
    one = reading.words(connie.get(f"{HOME}people/{ada.pk}/"))
    assert ada.phone.as_international not in one
    assert "Nobody is like that" in reading.words(connie.get(f"{HOME}people/?q=nothing"))


def test_removing_somebody_needs_a_reason_that_they_read(connie, pair):
    url = f"{HOME}people/{pair[0].pk}/remove/"

    assert reading.errors(connie.post(url, {"why": ""})) == ["Enter why"]
    connie.post(url, {"why": "You sold printers."})

    pair[0].refresh_from_db()
    assert (pair[0].state, pair[0].why, pair[0].phone) == ("removed", "You sold printers.", "")


def test_two_people_are_kept_apart_and_let_meet_again(connie):
    one, other = build.participants(2)
    url = f"{HOME}keep-apart/"

    wrong = connie.post(url, {"one": one.person.email, "other": "nobody@x.example", "reason": "Because"})
    assert reading.errors(wrong) == ["Nobody in UnMentoring has this email address"]
    assert "Because" in wrong.content.decode()
    same = connie.post(url, {"one": one.person.email, "other": one.person.email.upper()})
    assert reading.errors(same) == ["Enter two different people"]
    connie.post(url, {"one": one.person.email, "other": other.person.email})
    pair = KeepApart.objects.get()
    connie.post(f"{url}{pair.pk}/lift/")

    assert not KeepApart.objects.exists()


def test_learning_is_shown_and_taken_down(connie, pair):
    kept = learning.share(pair[0], text="Ask & wait", visible_to="everyone", now=LATER)

    assert "Ask & wait" in reading.words(connie.get(f"{HOME}learning/"))
    connie.post(f"{HOME}learning/{kept.pk}/show/")
    assert "Ask & wait" in reading.words(make.client().get("/unmentoring/learning/"))
    connie.post(f"{HOME}learning/{kept.pk}/take-down/")
    assert "Ask & wait" not in reading.words(make.client().get("/unmentoring/learning/"))


@pytest.mark.parametrize(
    ("what", "state", "strikes", "then"),
    [("nothing", "dismissed", 0, "active"), ("uphold", "upheld", 1, "active"), ("remove", "upheld", 1, "removed")],
)
def test_a_report_is_decided_once(what, state, strikes, then, connie, pair):
    report = learning.report_pitch(build.member_of(pair[0]), pair[1], "Printers", now=LATER)
    url = f"{HOME}reports/{report.pk}/"

    assert reading.errors(connie.post(url, {"what": ""})) == ["Select what follows"]
    for _ in range(2):
        connie.post(url, {"what": what})

    pair[1].refresh_from_db()
    assert Report.objects.get().state == state
    assert (pair[1].strikes, pair[1].state) == (strikes, then)


def test_the_network_is_a_picture_and_a_table_with_names_escaped(connie, clock):
    build.participants(2, name="<svg onload=x>")
    build.told()
    clock.move_to(LATER)

    page = connie.get(f"{HOME}network/?round=2027-03").content.decode()

    assert page.count("<svg onload") == 0
    assert '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 800" role="img"' in page
    assert "Not known whether they met" in page


@pytest.mark.parametrize(
    "empty", ["people/", "rounds/", "network/", "numbers/", "keep-apart/", "learning/", "reports/"]
)
def test_every_empty_page_says_what_to_expect(empty, connie):
    page = connie.get(f"{HOME}{empty}").content.decode()

    assert "app-empty" in page


PAGES = ["", "people/", "rounds/2027/3/", "rounds/2027/4/preview/", "rounds/", "network/", "numbers/", "learning/"]


@pytest.mark.parametrize("page", PAGES)
def test_pages_cost_the_same_for_two_and_for_thirty_people(page, connie, clock):
    counts = []
    for number in (2, 28):
        for one in build.participants(number):
            learning.share(one, text="Wait", visible_to="everyone", now=build.BEFORE)
        Pairing.objects.all().delete()
        Round.objects.all().delete()
        build.told()
        for pairing in Pairing.objects.all():
            month.answer(pairing.members.first(), "yes", now=LATER)
        rounds.preview(build.APRIL, now=LATER)
        with time_machine.travel(LATER, tick=False):
            counts.append(queries_of(connie, f"{HOME}{page}"))

    assert counts[0] == counts[1]
