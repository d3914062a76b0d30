"""Pages whose words can be changed: who may, what is kept, what happens when two do it at once."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from pages import editing, texts
from pages.models import Page, PageVersion
from tests import make, reading

pytestmark = pytest.mark.django_db

TIPS = texts.named("video-call-tips")
PRIVACY = texts.named("privacy")
EDIT = "/words/video-call-tips/edit/"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(make.NOW, tick=False):
        yield


def saved(body: str, *, by=None, text=TIPS, minutes: int = 0) -> PageVersion:
    newest = editing.current(text)
    number = newest.number if newest else 0
    by = by or make.person(name="Olive")
    return editing.save(text, body, based_on=number, by=by, now=make.NOW + timedelta(minutes=minutes))


@pytest.mark.parametrize("text", texts.TEXTS, ids=lambda text: text.slug)
def test_every_page_comes_with_words_of_its_own(text):
    answer = make.client().get(f"/{text.slug}/")

    assert reading.heading(answer) == text.title
    assert len(text.default) > 500
    assert "{" not in reading.words(answer)


def test_a_page_says_its_newest_version():
    saved("We record nothing.")
    saved("Bring a *pencil*.\n\n## For {site}\n\nAsk <{contact}>.")

    answer = make.client().get("/video-call-tips/")

    assert "Bring a pencil . For Scrutineers Ask hello@localhost . Last changed on 10 February 2027." in reading.words(
        answer
    )
    assert "<h2>For Scrutineers</h2>" in answer.content.decode()
    assert "We record nothing." not in reading.words(answer)


def test_markup_in_words_does_no_harm():
    saved("<script>alert(1)</script> [here](javascript:alert(1))")

    page = make.client().get("/video-call-tips/").content.decode()

    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_an_organiser_changes_the_words():
    olive = make.organiser(name="Olive")

    answer = make.client(olive).post(EDIT, {"body": "Bring a pencil.", "based_on": "0"}, follow=True)

    assert "The page is saved." in reading.words(answer)
    assert reading.heading(answer) == "Tips for video calls"
    version = PageVersion.objects.get()
    assert (version.number, version.body, version.saved_by, version.saved_at) == (
        1,
        "Bring a pencil.\n",
        olive,
        make.NOW,
    )


def test_looking_at_words_first_saves_nothing():
    client = make.client(make.organiser())

    answer = client.post(EDIT, {"body": "## Bring a pencil", "based_on": "0", "preview": "See how it looks"})

    assert "This is how it would look. Nothing is saved yet" in reading.words(answer)
    assert "<h2>Bring a pencil</h2>" in answer.content.decode()
    assert not PageVersion.objects.exists()


def test_a_page_without_words_is_not_saved():
    answer = make.client(make.organiser()).post(EDIT, {"body": " \n ", "based_on": "0"})

    assert "Write the words of the page" in reading.words(answer)
    assert answer.content.decode().count("<title>Error: ") == 1
    assert not PageVersion.objects.exists()


def test_saving_what_is_there_makes_no_version():
    client = make.client(make.organiser())

    client.post(EDIT, {"body": TIPS.default.replace("\n", "\r\n"), "based_on": "0"})

    assert not PageVersion.objects.exists()


def test_of_two_who_change_a_page_at_once_the_second_is_told_and_loses_nothing():
    saved("Bring a pencil.\n", by=make.person(name="Quick Quentin"))
    client = make.client(make.organiser(name="Olive"))

    answer = client.post(EDIT, {"body": "Bring a pen.", "based_on": "0"})

    said = reading.words(answer)
    assert "Somebody else saved this page while you were writing. Nothing of yours is lost" in said
    assert "Quick Quentin saved version 1 on Wednesday 10 February 2027, 10am." in said
    assert "Removed Bring a pencil. Added Bring a pen." in said
    assert answer.context["form"]["body"].value() == "Bring a pen."
    assert [version.body for version in PageVersion.objects.all()] == ["Bring a pencil.\n"]

    client.post(EDIT, {"body": "Bring a pen.", "based_on": answer.context["form"]["based_on"].value()})

    assert [version.body for version in PageVersion.objects.all()] == ["Bring a pen.\n", "Bring a pencil.\n"]


def test_the_database_keeps_one_version_of_each_number():
    page = Page.objects.create(slug="video-call-tips")
    PageVersion.objects.create(page=page, number=1, body="One", saved_at=make.NOW)

    with pytest.raises(IntegrityError), transaction.atomic():
        PageVersion.objects.create(page=page, number=1, body="Two", saved_at=make.NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        PageVersion.objects.create(page=page, number=0, body="None", saved_at=make.NOW)


def test_the_versions_say_who_and_when():
    saved("One", by=make.person(name="Ann"))
    saved("Two", by=make.person(name="Bob"), minutes=30)
    gone = make.person(name="Cyd")
    saved("Three", by=gone, minutes=60)
    gone.is_active, gone.name = False, ""
    gone.save()

    said = reading.words(make.client(make.organiser()).get("/words/video-call-tips/versions/"))

    assert (
        "Version 3 (now) Wednesday 10 February 2027, 11am Somebody who has left "
        "Version 2 Wednesday 10 February 2027, 10:30am Bob Version 1 Wednesday 10 February 2027, 10am Ann"
    ) in said


def test_two_versions_are_compared_and_also_with_what_it_came_with():
    saved("One\nTwo\n")
    saved("One\nThree\n")
    client = make.client(make.organiser())

    said = reading.words(client.get("/words/video-call-tips/versions/?before=1&after=2"))
    first = reading.words(client.get("/words/video-call-tips/versions/?before=0&after=1"))
    nonsense = client.get("/words/video-call-tips/versions/?before=9&after=x")

    assert "From version 1 to version 2" in said
    assert "Same One Removed Two Added Three" in said
    assert "From what it came with to version 1" in first
    assert "Added Two" in first
    assert nonsense.status_code == 200
    assert "From version" not in reading.words(nonsense)


def test_an_earlier_version_comes_back_as_the_newest():
    saved("One\n")
    saved("Two\n")
    client = make.client(make.organiser())

    answer = client.post("/words/video-call-tips/restore/", {"number": "1", "based_on": "2"}, follow=True)

    assert "The page says again what version 1 said." in reading.words(answer)
    assert [(v.number, v.body) for v in PageVersion.objects.all()] == [(3, "One\n"), (2, "Two\n"), (1, "One\n")]


def test_the_words_it_came_with_can_come_back():
    saved("One\n")
    client = make.client(make.organiser())

    client.post("/words/video-call-tips/restore/", {"number": "0", "based_on": "1"})

    assert editing.current(TIPS).body == TIPS.default


def test_going_back_is_refused_when_somebody_saved_meanwhile():
    saved("One\n")
    saved("Two\n")
    client = make.client(make.organiser())

    answer = client.post("/words/video-call-tips/restore/", {"number": "1", "based_on": "1"}, follow=True)

    assert "Somebody else saved this page meanwhile." in reading.words(answer)
    assert editing.current(TIPS).body == "Two\n"


def test_looking_changes_nothing():
    saved("One\n")
    saved("Two\n")
    client = make.client(make.organiser())

    answer = client.get("/words/video-call-tips/restore/?number=1&based_on=2")

    assert answer.status_code == 302
    assert editing.current(TIPS).body == "Two\n"
    assert reading.heading(client.get("/words/video-call-tips/versions/1/")) == "Tips for video calls Version 1"


@pytest.mark.parametrize("path", ["edit/", "versions/", "versions/0/", "restore/"])
@pytest.mark.parametrize("slug", ["privacy", "accessibility", "nowhere"])
def test_what_the_site_owes_by_law_is_changed_by_administrators_alone(slug, path):
    answers = [make.client(who).get(f"/words/{slug}/{path}") for who in (make.organiser(), make.administrator())]

    found = 404 if slug == "nowhere" else 302 if path == "restore/" else 200
    assert [answer.status_code for answer in answers] == [404, found]


def test_only_who_may_change_a_page_sees_how():
    links = ["Change the words of this page", "see its versions"]
    pages = {
        who: reading.words(client.get("/video-call-tips/"))
        for who, client in {
            "stranger": make.client(),
            "guest": make.client(make.person()),
            "organiser": make.client(make.organiser()),
        }.items()
    }

    assert {who: [link for link in links if link in said] for who, said in pages.items()} == {
        "stranger": [],
        "guest": [],
        "organiser": links,
    }


def test_the_list_of_pages_needs_as_many_queries_for_three_changed_pages_as_for_one(django_assert_num_queries):
    client = make.client(make.administrator())
    saved("One\n")
    client.get("/words/")
    with django_assert_num_queries(5):
        client.get("/words/")
    for text in texts.TEXTS:
        saved("Words\n", text=text)
        saved("Other words\n", text=text)

    with django_assert_num_queries(5):
        answer = client.get("/words/")

    assert reading.words(answer).count("Version 2") == 3
    assert reading.words(answer).count("Version 3") == 1


def test_the_rows_about_what_we_keep_stand_where_the_words_say():
    saved("Before\n\n{what we keep}\n\nAfter\n", text=PRIVACY)

    said = reading.words(make.client().get("/privacy/"))

    assert said.index("Before") < said.index("Topics you propose, back or vote for") < said.index("After")


def test_the_rows_about_what_we_keep_cannot_be_edited_away():
    saved("We keep nothing at all.\n", text=PRIVACY)

    said = reading.words(make.client().get("/privacy/"))

    assert "We keep nothing at all." in said
    assert "Topics you propose, back or vote for Why To choose what the next meet-up is about." in said
