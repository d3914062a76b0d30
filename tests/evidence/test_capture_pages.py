"""The form, the inbox, handing in, the stop page: what people meet on the pages."""

import pytest
import time_machine

from evidence import captures, inquiries, shared, subjects
from evidence.forms import capturing, fields
from evidence.models import Item, StopShown
from evidence.views import changing
from tests import make, reading
from tests.evidence import build

pytestmark = pytest.mark.django_db

CAPTURE, INBOX = "/evidence/capture/", "/evidence/inbox/"
POST = "https://x.com/EssexCC/status/1789012345678901234"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(build.NOW, tick=False):
        yield


@pytest.fixture
def inquiry():
    return build.inquiry()


@pytest.fixture
def who(inquiry):
    return build.contributor(inquiry)


def typed(inquiry, then="Hand in", **fields):
    return {"link": POST, "topic": build.topic(inquiry).pk, "then": then, **fields}


def test_a_link_and_a_topic_are_enough_to_hand_in(inquiry, who):
    answer = make.client(who).post(CAPTURE, typed(inquiry))

    item = Item.objects.get()
    assert answer["Location"] == f"/evidence/inquiries/{inquiry.slug}/items/{item.pk}/handed-in/"
    assert (item.state, item.number, item.link, item.saved_by) == ("submitted", 1, POST, who)
    assert "Handed in Item 1" in reading.words(make.client(who).get(answer["Location"]))


def test_everything_that_can_be_said_is_kept(inquiry, who):
    said = {
        "exact_words": "Nobody told us.",
        "our_words": "A parent had not heard of it",
        "tells_us": "Word does not reach them",
        "does_not_tell_us": "How many",
        "described_as": "a public post",
        "title": "Respite",
        "month": "February 2027",
        "seen_without_login": "yes",
        "author_kind": "press",
        "author": "Essex Herald",
        "stance": "new",
        "tone": "bad",
        "categories": ["health"],
        "minutes": "4",
    }

    make.client(who).post(CAPTURE, typed(inquiry, link="https://news.example.org/a?utm_source=x", **said))

    item = Item.objects.get()
    kept = {name: getattr(item, name) for name in said if name != "author"}
    assert kept == {
        **{name: value for name, value in said.items() if name != "author"},
        "month": build.date(2027, 2, 1),
        "seen_without_login": True,
        "minutes": 4,
    }
    assert (item.is_sensitive, item.canonical_url) == (True, "https://news.example.org/a")
    assert len(item.author_code) == 64


def test_where_it_was_said_is_taken_from_the_link_and_else_from_who_logs_it(inquiry, who):
    client = make.client(who)
    said = [
        {"link": "", "our_words": "On a photo", "platform": "instagram"},
        {"link": POST, "platform": "facebook"},
        {"link": "https://t.co/AbC", "platform": "x"},
        {"link": "https://forum.example.org/t/1", "platform": ""},
        {"link": "", "our_words": "Nobody knows where", "platform": ""},
    ]

    for fields_of_one in said:
        client.post(CAPTURE, typed(inquiry, **fields_of_one))

    items, own = Item.objects.order_by("number"), f"/evidence/inquiries/{inquiry.slug}/items/"
    forms = [client.get(f"{own}{item.pk}/edit/").context["form"] for item in items]
    assert [item.platform for item in items] == ["instagram", "x", "x", "web", ""]
    assert [form["platform"].value() for form in forms] == ["instagram", "", "x", "", ""]
    assert "On a photo" in reading.words(client.get(f"{own}?platform=instagram"))


def test_an_officer_who_corrects_it_leaves_where_it_was_said(inquiry, who):
    make.client(who).post(CAPTURE, typed(inquiry, link="", our_words="On a photo", platform="instagram"))
    item, officer = Item.objects.get(), make.client(build.officer(inquiry))

    form = {"our_words": "Families wait", "topic": item.topic_id, "version": item.version}
    officer.post(f"/evidence/inquiries/{inquiry.slug}/items/{item.pk}/correct/", {**form, "platform": "x"})

    item.refresh_from_db()
    assert (item.our_words, item.platform) == ("Families wait", "instagram")


def test_a_name_typed_beside_a_photo_and_the_same_in_a_link_are_one_author(inquiry, who):
    client = make.client(who)
    for number in (1, 2):
        client.post(CAPTURE, typed(inquiry, link=f"https://x.com/janedoe/status/{number}"))

    photo = {"link": "", "our_words": "A family waits", "platform": "x", "author": "@JaneDoe"}
    stopped = client.post(CAPTURE, typed(inquiry, **photo))

    assert stopped["Location"] == f"/evidence/inbox/{Item.objects.get(state='inbox').pk}/stop/"
    assert Item.objects.values("author_code").distinct().count() == 1


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"link": ""}, [capturing.NOTHING]),
        ({"topic": ""}, [fields.NO_TOPIC]),
        ({"link": "https://x.com/janedoe"}, [subjects.PROFILE_AS_EVIDENCE]),
        ({"link": "See https://www.facebook.com/jane.doe"}, [subjects.PROFILE_AS_EVIDENCE]),
        ({"link": "@janedoe"}, [subjects.LINK_IS_A_NAME]),
        ({"link": "u/janedoe"}, [subjects.LINK_IS_A_NAME]),
        ({"link": "yesterday"}, [fields.NO_LINK]),
        ({"link": "javascript:alert(1)"}, [fields.NO_LINK]),
        ({"our_words": "As @janedoe says"}, [f"This {subjects.NAMES_SOMEBODY}"]),
        ({"tells_us": "Ask jane@example.org"}, [f"This {subjects.NAMES_SOMEBODY}"]),
        ({"described_as": "x.com/janedoe"}, [f"This {subjects.A_PROFILE}"]),
        ({"month": "soon"}, ["Enter a month, like 02/2027"]),
        ({"topic": "999999"}, [fields.NO_TOPIC]),
    ],
)
def test_what_cannot_be_kept_is_refused_beside_its_field_and_what_was_typed_stays(inquiry, who, fields, errors):
    answer = make.client(who).post(CAPTURE, typed(inquiry, minutes="17", **fields))

    assert reading.errors(answer) == errors
    assert not Item.objects.exists()
    assert 'value="17"' in answer.content.decode()


def test_a_refused_profile_is_written_down_for_the_record_without_the_address(inquiry, who):
    make.client(who).post(CAPTURE, typed(inquiry, link="https://x.com/janedoe"))

    stop = StopShown.objects.get()
    assert (stop.kind, stop.outcome, stop.shown_to, stop.reason) == ("profile", "stopped", who, "")


def test_saved_for_later_it_is_in_ones_inbox_and_nowhere_else(inquiry, who):
    answer = make.client(who).post(CAPTURE, typed(inquiry, "Save for later", topic="", our_words="Waiting for a break"))

    assert answer["Location"] == INBOX
    assert "Waiting for a break No topic yet" in reading.words(make.client(who).get(INBOX))
    for other in (build.officer(inquiry), build.contributor(inquiry)):
        assert "Waiting for a break" not in reading.words(make.client(other).get(INBOX))
        assert make.client(other).get(f"{INBOX}{Item.objects.get().pk}/").status_code == 404


def test_a_draft_is_finished_later_and_handed_in(inquiry, who):
    draft = build.draft(who)
    form = typed(inquiry, link=draft.link, our_words="A parent waits", version=draft.version)

    make.client(who).post(f"{INBOX}{draft.pk}/", form)

    item = Item.objects.get()
    assert (item.pk, item.state, item.our_words) == (draft.pk, "submitted", "A parent waits")


def test_a_draft_changed_in_two_windows_shows_both_and_loses_nothing(inquiry, who):
    draft = build.draft(who)
    client = make.client(who)
    client.post(f"{INBOX}{draft.pk}/", typed(inquiry, "Save for later", our_words="From the bus", version=0))

    answer = client.post(f"{INBOX}{draft.pk}/", typed(inquiry, "Save for later", our_words="At the desk", version=0))

    assert (answer.status_code, reading.errors(answer)) == (409, [capturing.CHANGED])
    assert "At the desk</textarea>" in answer.content.decode()
    assert "In our words From the bus" in reading.words(answer)
    form = typed(inquiry, "Save for later", our_words="At the desk", version=1)
    assert client.post(f"{INBOX}{draft.pk}/", form).status_code == 302
    assert Item.objects.get().our_words == "At the desk"


def test_two_who_edit_one_item_see_each_others_words(inquiry, who):
    item = build.item(inquiry, by=who)
    address = f"/evidence/inquiries/{inquiry.slug}/items/{item.pk}"
    make.client(build.officer(inquiry)).post(
        f"{address}/correct/", {"our_words": "The officer's", "topic": item.topic_id, "version": item.version}
    )

    answer = make.client(who).post(f"{address}/edit/", typed(inquiry, our_words="The finder's", version=item.version))

    assert (answer.status_code, reading.errors(answer)) == (409, [capturing.CHANGED])
    assert "In our words The officer's" in reading.words(answer)
    assert "The finder&#x27;s</textarea>" in answer.content.decode()


def test_an_officer_corrects_how_it_is_put_and_never_what_was_said(inquiry, who):
    item = build.item(inquiry, by=who, exact_words="Nobody told us")
    form = {"our_words": "Better put", "exact_words": "Somebody did", "link": POST, "version": item.version}
    form["topic"] = item.topic_id

    make.client(build.officer(inquiry)).post(f"/evidence/inquiries/{inquiry.slug}/items/{item.pk}/correct/", form)

    kept = Item.objects.get()
    assert (kept.our_words, kept.exact_words, kept.link) == ("Better put", "Nobody told us", item.link)
    assert kept.author_code == item.author_code


def test_a_change_cannot_go_round_the_page_that_stops_at_the_third_item_of_one_person(inquiry, who):
    for number in (1, 2):
        captures.submit(
            captures.save_draft(captures.Said(build.topic(inquiry), f"{POST}{number}"), now=build.NOW, by=who),
            now=build.NOW,
            by=who,
        )
    inquiry.refresh_from_db()
    item = build.item(inquiry, by=who, link="")
    address = f"/evidence/inquiries/{inquiry.slug}/items/{item.pk}/edit/"

    answer = make.client(who).post(address, typed(inquiry, link=f"{POST}3", version=item.version))

    assert reading.errors(answer) == [changing.ONE_AUTHOR]
    assert Item.objects.get(pk=item.pk).link == ""
    assert StopShown.objects.get().kind == "third_item"


@pytest.mark.parametrize("kind", ["private", ""])
@pytest.mark.parametrize("page", ["edit", "correct"])
def test_nobody_goes_round_it_by_logging_them_as_an_organisation_that_is_a_person_after_all(inquiry, who, page, kind):
    client, officer = make.client(who), make.client(build.officer(inquiry))
    for number in (1, 2, 3):
        client.post(CAPTURE, typed(inquiry, link=f"{POST}{number}", author_kind="organisation"))
    editor = client if page == "edit" else officer

    answers = []
    for item in Item.objects.of(inquiry).order_by("number"):
        form = typed(inquiry, link=item.link, our_words="Ours", author_kind=kind, version=item.version)
        answers.append(editor.post(f"/evidence/inquiries/{inquiry.slug}/items/{item.pk}/{page}/", form))

    assert [answer.status_code for answer in answers] == [302, 302, 200]
    assert reading.errors(answers[-1]) == [changing.ONE_AUTHOR_AFTER_ALL]
    kinds = Item.objects.of(inquiry).order_by("number").values_list("author_kind", flat=True)
    assert list(kinds) == [kind, kind, "organisation"]
    stop = StopShown.objects.get()
    assert (stop.kind, stop.item, stop.inquiry) == ("third_item", Item.objects.get(number=3), inquiry)


def test_a_reason_given_for_one_inquiry_goes_past_no_stop_of_another(inquiry, who):
    other = build.inquiry()
    inquiries.add(other, who, "contributor", now=build.NOW, by=None)
    client = make.client(who)
    for of in (inquiry, other):
        for number in (1, 2):
            client.post(CAPTURE, typed(of, link=f"{POST}{number}"))
    client.post(CAPTURE, typed(inquiry, link=f"{POST}3"))
    draft = Item.objects.drafts_of(who).get()
    stop = f"{INBOX}{draft.pk}/stop/"
    said = {"reason": "She speaks for a group of forty parents"}

    client.post(f"{INBOX}{draft.pk}/", typed(other, link=f"{POST}3", version=draft.version, then="Save for later"))
    answer = client.post(stop, said)

    assert answer["Location"] == f"{INBOX}{draft.pk}/hand-in/"
    assert list(StopShown.objects.values_list("inquiry", "outcome")) == [(inquiry.pk, "stopped")]
    assert client.post(answer["Location"])["Location"] == stop
    assert "Why does the inquiry need this?" in reading.words(client.get(stop))
    assert client.post(stop, said)["Location"].endswith("/handed-in/")
    assert sorted(StopShown.objects.values_list("inquiry", "outcome")) == sorted(
        [(inquiry.pk, "stopped"), (other.pk, "went_on")]
    )


def test_nobody_changes_what_an_officer_has_in_hand(inquiry, who):
    item = build.accepted(inquiry, by=who)

    assert make.client(who).get(f"/evidence/inquiries/{inquiry.slug}/items/{item.pk}/edit/").status_code == 404


def test_a_reply_in_a_known_thread_is_shown_before_it_is_handed_in_and_then_handed_in(inquiry, who):
    build.item(inquiry, link="https://www.reddit.com/r/essex/comments/abc12/x/", our_words="They wait")
    client = make.client(who)
    link = "https://www.reddit.com/r/essex/comments/abc12/comment/def34/"

    answer = client.post(CAPTURE, typed(inquiry, link=link))

    draft = Item.objects.drafts_of(who).get()
    assert answer["Location"] == f"{INBOX}{draft.pk}/hand-in/"
    assert "You may already have this" in reading.words(client.get(answer["Location"]))
    assert "Item 1: They wait" in reading.words(client.get(answer["Location"]))
    client.post(answer["Location"], {"seen": "thread"})
    draft.refresh_from_db()
    assert (draft.state, draft.number) == ("submitted", 2)


def test_our_words_that_repeat_six_of_theirs_are_shown_first(inquiry, who):
    client = make.client(who)
    words = {"exact_words": "My son waited two years for a break", "our_words": "He waited two years for a break now"}

    answer = client.post(CAPTURE, typed(inquiry, **words))

    page = reading.words(client.get(answer["Location"]))
    assert "Both have “waited two years for a break”" in page
    assert client.post(answer["Location"], {"seen": ["thread"]}).status_code == 200
    assert Item.objects.drafts_of(who).exists()
    client.post(answer["Location"], {"seen": ["overlap"]})
    assert not Item.objects.drafts_of(who).exists()


def test_an_organisation_may_be_repeated_word_by_word(inquiry, who):
    words = {"exact_words": "We wait two years for a break", "our_words": "We wait two years for a break"}

    make.client(who).post(CAPTURE, typed(inquiry, author_kind="organisation", **words))

    assert Item.objects.get().number == 1


def test_the_same_link_is_said_to_be_known_and_nothing_is_lost(inquiry, who):
    build.item(inquiry, link=POST)

    answer = make.client(who).post(CAPTURE, typed(inquiry, link=f"{POST}?s=20", our_words="I saw it too"), follow=True)

    assert "We had it already Item 1" in reading.words(answer)
    assert "2 people have seen" in reading.words(answer)
    assert Item.objects.get().sightings.get(person=who).our_words == "I saw it too"


def test_the_third_item_by_one_person_stops_asks_why_and_tells_the_officer(inquiry, who):
    client = make.client(who)
    link = "https://x.com/janedoe/status/17890123456789{}"
    for number in (1, 2):
        client.post(CAPTURE, typed(inquiry, link=link.format(number)))

    answer = client.post(CAPTURE, typed(inquiry, link=link.format(3)))

    draft = Item.objects.drafts_of(who).get()
    assert answer["Location"] == f"{INBOX}{draft.pk}/stop/"
    page = client.get(answer["Location"])
    assert "can be directed surveillance" in reading.words(page)
    assert "janedoe" not in page.content.decode()
    empty = client.post(answer["Location"], {"reason": ""})
    assert reading.errors(empty) == ["Enter why the inquiry needs this, or keep it in your inbox"]
    assert reading.errors(client.post(answer["Location"], {"reason": "ok"})) != []
    assert Item.objects.drafts_of(who).exists()
    done = client.post(answer["Location"], {"reason": "She speaks for a group of forty parents"})
    assert done["Location"].endswith("/handed-in/")
    assert [(s.kind, s.outcome, s.reason, s.inquiry) for s in StopShown.objects.all()] == [
        ("third_item", "went_on", "She speaks for a group of forty parents", inquiry)
    ]


def test_a_closed_inquiry_keeps_the_draft_in_the_inbox_and_says_why(inquiry, who):
    draft = captures.save_draft(captures.Said(topic=build.topic(inquiry), link=POST), now=build.NOW, by=who)
    inquiry.state = "closed"
    inquiry.save()

    answer = make.client(who).post(f"{INBOX}{draft.pk}/hand-in/", follow=True)

    assert "does not take items at the moment" in reading.words(answer)
    assert Item.objects.drafts_of(who).get() == draft


def test_a_draft_handed_in_twice_by_a_double_click_is_handed_in_once(inquiry, who):
    draft = captures.save_draft(captures.Said(topic=build.topic(inquiry), link=POST), now=build.NOW, by=who)
    client = make.client(who)
    for _ in range(2):
        answer = client.post(f"{INBOX}{draft.pk}/hand-in/", follow=True)

    assert "It was handed in or removed" in reading.words(answer).replace("it was", "It was")
    assert Item.objects.get().number == 1


def test_a_discarded_draft_is_gone(who):
    draft = build.draft(who)

    make.client(who).post(f"{INBOX}{draft.pk}/discard/")

    assert not Item.objects.exists()


def test_the_address_fills_the_form_in_and_writes_nothing(inquiry, who):
    answer = make.client(who).get(CAPTURE, {"url": POST, "text": "Nobody told us", "title": "Jane Doe on X"})

    page = answer.content.decode()
    assert f'value="{POST}"' in page
    assert "Nobody told us</textarea>" in page
    assert "Jane Doe" not in page
    assert not Item.objects.exists()


def test_a_profile_in_the_address_is_left_out_with_the_reason(inquiry, who):
    answer = make.client(who).get(CAPTURE, {"url": "https://x.com/janedoe", "text": "Words"})

    assert "Profiles are not kept" in reading.words(answer)
    assert "janedoe" not in reading.words(answer)


@pytest.mark.parametrize(
    ("given", "link", "words", "title"),
    [
        ({"text": f"Look: {POST}"}, POST, "Look:", ""),
        ({"text": POST, "title": "A post"}, POST, "A post", ""),
        (
            {"url": "https://news.example.org/a", "title": "Carers wait"},
            "https://news.example.org/a",
            "",
            "Carers wait",
        ),
        ({"text": "Only words"}, "", "Only words", ""),
        ({"title": "Only a title"}, "", "Only a title", ""),
        ({"url": "https://x.com/janedoe", "text": "Words", "title": "Jane"}, "", "Words", ""),
        ({}, "", "", ""),
    ],
)
def test_what_a_phone_hands_over_is_sorted(given, link, words, title):
    arrived = shared.sort(**given)

    assert (arrived.link, arrived.exact_words, arrived.title) == (link, words, title)


def test_only_topics_of_inquiries_one_logs_for_and_that_listen_are_offered(inquiry, who):
    closed, other = build.inquiry(state="closed"), build.inquiry(title="Another inquiry")
    build.inquiries.add(closed, who, "contributor", now=build.NOW, by=None)
    build.inquiries.add(other, who, "reader", now=build.NOW, by=None)

    page = make.client(who).get(CAPTURE).content.decode()

    offered = [f'value="{topic.pk}"' in page for each in (inquiry, closed, other) for topic in each.topics.all()]
    assert offered == [True, True, False, False, False, False]


def test_the_inbox_asks_the_same_number_of_questions_for_one_draft_and_for_three(
    inquiry, who, django_assert_max_num_queries
):
    client = make.client(who)
    counts = []
    for drafts in (1, 3):
        while Item.objects.drafts_of(who).count() < drafts:
            build.draft(who, inquiry=inquiry, topic=build.topic(inquiry))
        client.get(INBOX)
        with django_assert_max_num_queries(100) as asked:
            client.get(INBOX)
        counts.append(len(asked))

    assert counts[0] == counts[1]
