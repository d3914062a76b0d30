"""The journal: why e-mail when you can blog. Who reads what, and what leads and authors may undo."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from networking import emails_journal, journal, journal_home
from networking.models import Post, PostComment
from outbox.models import Message
from people import preferences
from tests import make
from tests.networking import build

pytestmark = pytest.mark.django_db

# A Monday morning, five days later.
MONDAY = datetime(2027, 2, 15, 10, 0, tzinfo=UTC)


def url(name: str, *args: object) -> str:
    return reverse(f"networking:{name}", args=args)


def comment(post: Post, by, text: str = "So did I.") -> PostComment:
    return journal.comment(post, text, nonce=uuid4(), by=by.person, now=build.NOW)


# --- Writing ------------------------------------------------------------------------------------------------------


def test_everybody_in_the_cohort_writes_and_reads():
    councillor = build.councillor()
    said = {"title": "What I tried", "body": "I asked **one** question.", "nonce": str(uuid4())}

    page = make.client(councillor.person).post(url("write_post", councillor.cohort.slug), said, follow=True)

    post = Post.objects.get()
    assert "<strong>one</strong>" in page.content.decode()
    assert (post.title, post.author, post.is_public) == ("What I tried", councillor.person, False)
    for reader in (build.mentor(councillor.cohort), build.lead(councillor.cohort)):
        page = make.client(reader.person).get(url("journal", councillor.cohort.slug)).content.decode()
        assert "What I tried" in page


def test_sent_twice_it_is_one_post_and_one_comment():
    councillor, nonce = build.councillor(), str(uuid4())
    browser = make.client(councillor.person)
    for _ in range(2):
        browser.post(url("write_post", councillor.cohort.slug), {"title": "A", "body": "B", "nonce": nonce})
    for _ in range(2):
        browser.post(url("post", councillor.cohort.slug, Post.objects.get().pk), {"text": "C", "nonce": nonce})

    assert (Post.objects.count(), PostComment.objects.count()) == (1, 1)


def test_other_words_from_the_same_form_are_kept_too():
    councillor, nonce = build.councillor(), str(uuid4())
    browser, here = make.client(councillor.person), councillor.cohort.slug
    for body in ("What I wrote", "What I wrote, and more", "What I wrote, and more"):
        browser.post(url("write_post", here), {"title": "A", "body": body, "nonce": nonce})
    first = Post.objects.order_by("pk")[0]
    for text in ("Yes", "No"):
        browser.post(url("post", here, first.pk), {"text": text, "nonce": nonce})

    assert set(Post.objects.values_list("body", flat=True)) == {"What I wrote", "What I wrote, and more"}
    assert list(PostComment.objects.values_list("text", flat=True)) == ["Yes", "No"]


def test_the_nonce_of_somebody_else_loses_nothing_and_opens_nothing():
    one, nonce = build.councillor(), str(uuid4())
    other = build.councillor(build.cohort())
    for member in (one, other):
        page = make.client(member.person).post(
            url("write_post", member.cohort.slug), {"title": "A", "body": "Mine", "nonce": nonce}, follow=True
        )
        assert page.status_code == 200

    assert sorted(Post.objects.values_list("author", flat=True)) == sorted([one.person_id, other.person_id])


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("title", "", "Enter a title"),
        ("body", "", "Enter what you want to say"),
        ("body", "x" * 10_001, "Say it in 10,000 characters or fewer"),
    ],
)
def test_a_wrong_post_says_why_and_keeps_what_was_typed(field, typed, said):
    councillor = build.councillor()

    right = {"title": "A title", "body": "A text", "nonce": "nonsense"}
    answer = make.client(councillor.person).post(url("write_post", councillor.cohort.slug), {**right, field: typed})

    page = answer.content.decode()
    assert said in page
    assert ("A title" if field == "body" else "A text") in page
    assert not Post.objects.exists()


def test_scripts_in_a_post_do_not_run():
    councillor = build.councillor()
    written = journal.Written("A", "<script>alert(1)</script> [x](javascript:alert(1))")
    post = journal.write(councillor.cohort, written, nonce=uuid4(), by=councillor.person, now=build.NOW)

    page = make.client(councillor.person).get(url("post", councillor.cohort.slug, post.pk)).content.decode()

    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_people_of_another_cohort_read_nothing():
    post = build.post(build.councillor())

    assert make.client(build.councillor().person).get(url("post", post.cohort.slug, post.pk)).status_code == 404
    elsewhere = build.lead()
    assert make.client(elsewhere.person).get(url("post", elsewhere.cohort.slug, post.pk)).status_code == 404


def test_a_finished_cohort_writes_no_more():
    councillor = build.councillor(build.cohort(state="finished", finished_at=build.NOW))
    post = build.post(councillor)

    make.client(councillor.person).post(url("write_post", councillor.cohort.slug), {"title": "A", "body": "B"})
    make.client(councillor.person).post(url("post", councillor.cohort.slug, post.pk), {"text": "C"})

    assert (Post.objects.count(), PostComment.objects.count()) == (1, 0)


# --- Taking back --------------------------------------------------------------------------------------------------


def test_only_its_author_changes_a_post_or_takes_it_back():
    councillor = build.councillor()
    post, lead = build.post(councillor), build.lead(councillor.cohort)
    comment(post, lead)

    assert make.client(lead.person).post(url("take_post_back", post.cohort.slug, post.pk)).status_code == 404
    make.client(councillor.person).post(url("take_post_back", post.cohort.slug, post.pk))

    assert (Post.objects.count(), PostComment.objects.count()) == (0, 0)


def test_a_comment_is_taken_back_by_who_said_it():
    councillor = build.councillor()
    post, other = build.post(councillor), build.councillor(councillor.cohort)
    said = comment(post, other)

    url_ = url("take_comment_back", post.cohort.slug, said.pk)
    assert make.client(councillor.person).post(url_).status_code == 404
    make.client(other.person).get(url_)
    assert PostComment.objects.count() == 1
    make.client(other.person).post(url_)

    assert PostComment.objects.count() == 0


# --- Moderating ---------------------------------------------------------------------------------------------------


def test_a_hidden_post_is_read_by_its_author_and_leads_and_the_author_is_told_why():
    councillor = build.councillor()
    lead, other = build.lead(councillor.cohort), build.councillor(councillor.cohort)
    post = build.post(councillor)
    page = url("post", post.cohort.slug, post.pk)

    make.client(lead.person).post(url("hide_post", post.cohort.slug, post.pk), {"why": "It names a resident."})
    journal.hide(post, why="Twice", by=lead.person, now=build.NOW)

    assert make.client(other.person).get(page).status_code == 404
    assert "It names a resident." in make.client(councillor.person).get(page).content.decode()
    mail = Message.objects.get(kind="networking/post_hidden")
    assert (mail.to_email, mail.reply_to) == (councillor.person.email, lead.person.email)
    assert "It names a resident." in mail.text
    make.client(lead.person).post(url("decide_post", post.cohort.slug, post.pk), {"do": "show"})
    assert make.client(other.person).get(page).status_code == 200


def test_hiding_needs_a_reason():
    lead = build.lead()
    post = build.post(build.councillor(lead.cohort))

    page = make.client(lead.person).post(url("hide_post", post.cohort.slug, post.pk), {"why": " "}).content.decode()

    assert "Say why, so that its author understands" in page
    assert Post.objects.shown().count() == 1


def test_a_hidden_comment_is_gone_for_the_cohort():
    lead = build.lead()
    councillor = build.councillor(lead.cohort)
    post = build.post(councillor)
    said = comment(post, councillor, "Rude words")
    page = url("post", post.cohort.slug, post.pk)

    assert make.client(councillor.person).post(url("hide_comment", post.cohort.slug, said.pk)).status_code == 404
    make.client(lead.person).post(url("hide_comment", post.cohort.slug, said.pk))

    assert "Rude words" not in make.client(councillor.person).get(page).content.decode()


# --- For everybody ------------------------------------------------------------------------------------------------


def public_page(post: Post) -> int:
    return make.client().get(url("public_post", post.cohort.slug, post.pk)).status_code


def test_a_post_leaves_the_cohort_when_its_author_and_a_lead_agree():
    lead = build.lead()
    post = build.post(build.councillor(lead.cohort), wants_public=True)
    inside = build.post(build.councillor(lead.cohort), title="For us")
    assert public_page(post) == 404
    assert [need.url for need in journal_home.needs_of(lead, build.NOW)] == [
        f"{url('journal', lead.cohort.slug)}?which=waiting"
    ]

    for one in (post, inside):
        make.client(lead.person).post(url("decide_post", one.cohort.slug, one.pk), {"do": "public"})

    assert (public_page(post), public_page(inside)) == (200, 404)
    listed = make.client().get(url("public_journal", lead.cohort.slug)).content.decode()
    assert post.title in listed
    assert "For us" not in listed
    make.client(lead.person).post(url("decide_post", post.cohort.slug, post.pk), {"do": "inside"})
    assert public_page(post) == 404


def test_a_lead_lets_everybody_read_what_they_have_read_and_nothing_later():
    lead = build.lead()
    author = build.councillor(lead.cohort)
    post = build.post(author, wants_public=True)
    later = journal.Written(post.title, "Something else", wants_public=True)
    journal.change(post, later, by=author.person, now=build.NOW)
    browser, decide = make.client(lead.person), url("decide_post", post.cohort.slug, post.pk)

    refused = browser.post(decide, {"do": "public", "seen": ""}, follow=True).content.decode()
    assert "Its author has changed the post since you opened it." in refused
    assert public_page(post) == 404

    browser.post(decide, {"do": "public", "seen": re.search(r'name="seen" value="([^"]+)"', refused)[1]})
    assert public_page(post) == 200


def test_what_a_lead_writes_for_everybody_is_public_at_once():
    assert public_page(build.post(build.lead(), wants_public=True)) == 200


def test_comments_stay_in_the_cohort():
    lead = build.lead()
    post = build.post(lead, wants_public=True)
    comment(post, lead, "Between us")

    page = make.client().get(url("public_post", post.cohort.slug, post.pk)).content.decode()

    assert "Between us" not in page


def test_changed_words_are_looked_at_again_and_a_hidden_post_is_not_public():
    lead = build.lead()
    councillor = build.councillor(lead.cohort)
    post = build.post(councillor, wants_public=True)
    journal.let_everybody_read(post, now=build.NOW)
    post.refresh_from_db()

    journal.change(post, journal.Written(post.title, "Other words", True), by=councillor.person, now=build.NOW)
    assert public_page(post) == 404

    journal.let_everybody_read(post, now=build.NOW)
    journal.hide(post, why="x", by=lead.person, now=build.NOW)
    assert public_page(post) == 404


def test_a_cohort_that_shows_nothing_has_no_public_journal():
    post = build.post(build.councillor())

    assert make.client().get(url("public_journal", post.cohort.slug)).status_code == 404


# --- The weekly mail ----------------------------------------------------------------------------------------------


def test_the_weekly_mail_goes_once_to_everybody_else():
    councillor = build.councillor()
    mentor = build.mentor(councillor.cohort)
    build.post(councillor)

    assert [journal.queue_due(MONDAY) for _ in range(2)] == [1, 0]

    mail = Message.objects.get(kind="networking/journal_digest")
    assert mail.to_email == mentor.person.email
    assert mail.subject == f"New in the journal of {councillor.cohort.name}: What I tried"
    assert "I asked one question." in mail.text
    assert "/unsubscribe/" in mail.unsubscribe_url or "networking-journal" in mail.unsubscribe_url


def test_there_is_a_week_between_two_and_the_next_has_only_what_is_new():
    councillor = build.councillor()
    build.mentor(councillor.cohort)
    build.post(councillor)
    journal.queue_due(MONDAY)
    build.post(councillor, title="The second", at=MONDAY + timedelta(hours=1))

    assert journal.queue_due(MONDAY + timedelta(days=3)) == 0
    assert journal.queue_due(MONDAY + timedelta(days=7)) == 1
    last = Message.objects.filter(kind="networking/journal_digest").order_by("pk").last()
    assert "The second" in last.text
    assert "What I tried" not in last.text


@pytest.mark.parametrize("hours", [-5, 9, 5 * 24])
def test_no_mail_at_night_or_on_a_weekend(hours):
    councillor = build.councillor()
    build.mentor(councillor.cohort)
    build.post(councillor)

    assert journal.queue_due(MONDAY + timedelta(hours=hours)) == 0


def test_nothing_hidden_and_nothing_to_who_does_not_want_it():
    councillor, lead = build.councillor(), None
    lead = build.lead(councillor.cohort)
    preferences.choose(lead.person, emails_journal.JOURNAL, False, now=build.NOW)
    journal.hide(build.post(build.mentor(councillor.cohort)), why="x", by=lead.person, now=build.NOW)

    assert journal.queue_due(MONDAY) == 0
    build.post(lead)
    assert journal.queue_due(MONDAY) == 2


def test_one_click_stops_it():
    councillor = build.councillor()
    mentor = build.mentor(councillor.cohort)
    build.post(councillor)
    journal.queue_due(MONDAY)
    address = Message.objects.get(kind="networking/journal_digest").unsubscribe_url

    make.client().post("/" + address.split("/", 3)[3])

    assert not preferences.wants(mentor.person, emails_journal.JOURNAL)


# --- The rest -----------------------------------------------------------------------------------------------------


def test_all_they_wrote_is_in_their_data_and_goes_with_them():
    councillor = build.councillor()
    post = build.post(councillor)
    comment(post, councillor)

    assert [record.get("Text") for record in journal.collect(councillor.person)] == [
        "I asked **one** question.",
        "So did I.",
    ]
    journal.forget(councillor.person, build.NOW)
    assert (Post.objects.count(), PostComment.objects.count()) == (0, 0)


def test_the_list_asks_as_often_for_one_post_as_for_four():
    lead = build.lead()
    counts = []
    for number in (1, 3):
        for _ in range(number):
            comment(build.post(build.councillor(lead.cohort)), lead)
        browser = make.client(lead.person)
        with CaptureQueriesContext(connection) as queries:
            browser.get(url("journal", lead.cohort.slug))
        counts.append(len(queries))

    assert counts[0] == counts[1]
