"""A mentor comments on a map that is shared with them; nobody else reads it, and whoever said it can take it back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from networking import map_comments, map_home, map_records, maps, registrations
from networking.models import MapComment, NetworkMap, Pair
from outbox.models import Message
from people import my_data
from tests import make
from tests.networking import build

pytestmark = pytest.mark.django_db

LATER = build.NOW + timedelta(hours=1)


@pytest.fixture
def pair():
    return build.pair()


@pytest.fixture
def shared(pair):
    """A map that the mentor may see."""
    return build.network_map(pair.councillor, "Ann Smith, person", name="My ward", mentor_may_read=True)


def url(name, on, *further):
    return reverse(f"networking:{name}", args=[on.member.cohort.slug, *further])


def comment_url(on):
    return url("comment_on_map", on, on.pk)


def texts(on):
    return list(on.comments.values_list("text", flat=True))


def test_the_mentor_comments_and_the_councillor_finds_it_on_their_page(pair, shared):
    answer = make.client(pair.mentor.person).post(comment_url(shared), {"text": "Who else?\nThink of schools."})

    assert answer.url == f"{shared.get_absolute_url()}#comments"
    assert texts(shared) == ["Who else?\nThink of schools."]
    page = make.client(pair.councillor.person).get(shared.get_absolute_url()).content.decode()
    assert "Who else?<br>Think of schools." in page
    needs = [need.line for need in map_home.needs_of(pair.councillor, build.NOW)]
    assert needs == [f"{pair.mentor.person} commented on your network map “My ward”."]
    assert not Message.objects.exists()


def test_a_councillor_who_answers_or_says_so_has_read_it(pair, shared):
    map_comments.say(shared, "Who else?", by=pair.mentor.person, now=build.NOW)
    map_comments.say(shared, "The school.", by=pair.councillor.person, now=LATER)
    assert map_comments.unread(pair.councillor) == []

    map_comments.say(shared, "And?", by=pair.mentor.person, now=LATER + timedelta(days=1))
    assert [one.text for one in map_comments.unread(pair.councillor)] == ["And?"]
    map_comments.read(shared, now=LATER + timedelta(days=2))
    assert map_comments.unread(pair.councillor) == []


def test_the_button_that_says_it_is_read_is_there_only_while_something_is(pair, shared):
    browser = make.client(pair.councillor.person)
    map_comments.say(shared, "Who else?", by=pair.mentor.person, now=build.NOW)
    button = "I have read the comments"
    assert button in browser.get(shared.get_absolute_url()).content.decode()

    browser.post(url("read_map_comments", shared, shared.pk))
    shared.refresh_from_db()
    assert shared.comments_read_at is not None
    map_comments.read(shared, now=LATER)

    assert button not in browser.get(shared.get_absolute_url()).content.decode()


def test_nobody_comments_on_a_map_that_is_not_shared(pair):
    private = build.network_map(pair.councillor, "Ann Smith, person")
    lead, other = build.lead(pair.cohort), build.mentor(pair.cohort)

    for person in (pair.mentor.person, lead.person, other.person, build.councillor(pair.cohort).person):
        assert make.client(person).post(comment_url(private), {"text": "Hello"}).status_code == 404
        assert make.client(person).get(comment_url(private)).status_code == 404

    assert texts(private) == []


def test_a_lead_and_another_mentor_neither_read_nor_write_on_a_shared_map(pair, shared):
    map_comments.say(shared, "Who else?", by=pair.mentor.person, now=build.NOW)

    for person in (build.lead(pair.cohort).person, build.mentor(pair.cohort).person):
        browser = make.client(person)
        assert browser.post(comment_url(shared), {"text": "Hello"}).status_code == 404
        assert browser.get(shared.get_absolute_url()).status_code == 404

    assert texts(shared) == ["Who else?"]


def test_a_map_that_is_unshared_while_the_mentor_writes_takes_no_comment(pair, shared):
    NetworkMap.objects.filter(pk=shared.pk).update(mentor_may_read=False)

    with pytest.raises(map_comments.MayNotRead):
        map_comments.say(shared, "Who else?", by=pair.mentor.person, now=build.NOW)

    assert texts(shared) == []


def test_a_mentor_whose_pair_has_ended_says_nothing_more_and_what_was_said_stays_with_the_councillor(pair, shared):
    map_comments.say(shared, "Who else?", by=pair.mentor.person, now=build.NOW)
    Pair.objects.filter(pk=pair.pk).update(ended_at=build.NOW)

    assert make.client(pair.mentor.person).post(comment_url(shared), {"text": "More"}).status_code == 404
    assert "Who else?" in make.client(pair.councillor.person).get(shared.get_absolute_url()).content.decode()


def test_who_said_it_takes_it_back_also_when_the_map_is_not_shared_any_more(pair, shared):
    said = map_comments.say(shared, "Who else?", by=pair.mentor.person, now=build.NOW)
    maps.set_up(shared, maps.Settings("My ward"), now=LATER)
    browser = make.client(pair.mentor.person)

    assert browser.get(url("take_map_comment_back", shared, said.pk)).status_code == 302
    assert texts(shared) == ["Who else?"]

    answer = browser.post(url("take_map_comment_back", shared, said.pk))
    assert answer.url == pair.cohort.get_absolute_url()
    assert texts(shared) == []


def test_nobody_takes_back_what_another_said(pair, shared):
    said = map_comments.say(shared, "Who else?", by=pair.mentor.person, now=build.NOW)

    for person in (pair.councillor.person, build.lead(pair.cohort).person, build.mentor().person):
        assert make.client(person).post(url("take_map_comment_back", shared, said.pk)).status_code == 404

    assert texts(shared) == ["Who else?"]


def test_a_second_click_says_it_once(pair, shared):
    for seconds in (0, 5):
        at = build.NOW + timedelta(seconds=seconds)
        map_comments.say(shared, "Who else?", by=pair.mentor.person, now=at)
    assert texts(shared) == ["Who else?"]

    map_comments.say(shared, "Who else?", by=pair.mentor.person, now=LATER)

    assert texts(shared) == ["Who else?", "Who else?"]


@pytest.mark.parametrize(("text", "words"), [("  ", "Enter a comment"), ("x" * 2001, "2000 characters")])
def test_a_comment_that_is_empty_or_endless_is_refused_and_kept_to_change(pair, shared, text, words):
    page = make.client(pair.mentor.person).post(comment_url(shared), {"text": text})

    assert words in page.content.decode()
    assert page.context["form"]["text"].value() == text
    assert texts(shared) == []


def test_both_take_out_what_was_said_and_the_mentor_no_name_of_the_map(pair, shared):
    map_comments.say(shared, "Who else?", by=pair.mentor.person, now=build.NOW)
    map_comments.say(shared, "The school.", by=pair.councillor.person, now=LATER)

    def taken_out(person):
        records = registrations.collect(person)
        return [(one["On"], one["Text"]) for one in records if one.get("What") == "Comment on a network map"]

    assert taken_out(pair.councillor.person) == [("My ward", "Who else?"), ("My ward", "The school.")]
    assert taken_out(pair.mentor.person) == [(f"A map of {pair.councillor}", "Who else?")]
    assert map_records.collect(pair.mentor.person) == []


def test_what_a_mentor_said_stays_without_their_name_and_goes_with_the_map(pair, shared):
    map_comments.say(shared, "Who else?", by=pair.mentor.person, now=build.NOW)

    my_data.leave(pair.mentor.person, now=LATER)
    assert list(MapComment.objects.values_list("text", "said_by")) == [("Who else?", None)]
    page = make.client(pair.councillor.person).get(shared.get_absolute_url()).content.decode()
    assert "Somebody who left" in page
    my_data.leave(pair.councillor.person, now=LATER)

    assert not MapComment.objects.exists()


def test_a_map_that_nobody_else_sees_has_no_comments_to_write(pair):
    private = build.network_map(pair.councillor, "Ann Smith, person")

    assert 'id="comments"' not in make.client(pair.councillor.person).get(private.get_absolute_url()).content.decode()


def test_the_number_of_queries_does_not_grow_with_comments(pair, shared, django_assert_num_queries):
    map_comments.say(shared, "One", by=pair.mentor.person, now=build.NOW)
    with django_assert_num_queries(2):
        assert len(map_comments.on(shared)) + len(map_comments.unread(pair.councillor)) == 2

    for n in range(3):
        map_comments.say(shared, f"More {n}", by=pair.mentor.person, now=build.NOW)
    with django_assert_num_queries(2):
        assert len(map_comments.on(shared)) + len(map_comments.unread(pair.councillor)) == 8
