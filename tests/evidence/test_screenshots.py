"""Screenshots of drafts and items: who sees them, what is kept, what is refused."""

import io

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from evidence import captures, pictures, screenshots
from evidence.forms.screenshots import ONE
from evidence.models import Item, ItemEvent, Screenshot
from evidence.views.screenshots import FULL
from tests import make, reading
from tests.evidence import build
from tests.evidence.test_pictures import made, with_place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(build.NOW, tick=False):
        yield


def upload(data: bytes | None = None, name="IMG_1234.png", kind="image/png"):
    return SimpleUploadedFile(name, made() if data is None else data, kind)


def typed(**fields):
    return {"picture": upload(), "alt_text": "A post with two replies", "is_clear": "on", **fields}


def page(draft, rest=""):
    return f"/evidence/inbox/{draft.pk}/screenshots/{rest}"


def kept(item, color="green", **fields) -> Screenshot:
    picture = pictures.redrawn(made(color=color))
    return screenshots.add(item, picture, now=build.NOW, by=item.saved_by, **fields)


def test_a_screenshot_is_drawn_anew_and_only_its_owner_sees_it_in_the_inbox():
    inquiry = build.inquiry()
    who = build.contributor(inquiry)
    draft = build.draft(who, inquiry=inquiry)

    make.client(who).post(page(draft), typed(picture=upload(with_place(), "home.jpg", "image/jpeg")))

    shot = Screenshot.objects.get()
    assert (shot.format, shot.alt_text, shot.is_checked) == ("JPEG", "A post with two replies", True)
    assert "home" not in shot.file.name
    answer = make.client(who).get(page(draft, f"{shot.ref}/file/"))
    body = answer.content
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/jpeg", "private, no-store")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert dict(Image.open(io.BytesIO(body)).getexif()) == {}
    for other in (None, build.officer(inquiry), build.contributor(inquiry)):
        assert make.client(other).get(page(draft, f"{shot.ref}/file/")).status_code in {302, 404}
    assert make.client(who).get(f"/media/{shot.file.name}").status_code == 404


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"picture": ""}, ["Choose a picture"]),
        ({"alt_text": ""}, ["Enter what it shows"]),
        ({"is_clear": ""}, ["Black out names and faces, then tick this box"]),
        ({"picture": upload(b"%PDF-1.7", "poll.pdf")}, [f"“poll.pdf” {pictures.NOT_A_PICTURE}"]),
        ({"picture": upload(b"", "empty.png")}, [f"“empty.png” {pictures.NOT_A_PICTURE}"]),
        ({"picture": [upload(), upload()]}, [ONE]),
    ],
)
def test_what_is_missing_or_no_picture_is_said_beside_its_field(fields, errors):
    draft = build.draft(build.contributor(build.inquiry()))

    answer = make.client(draft.saved_by).post(page(draft), typed(**fields))

    assert reading.errors(answer) == errors
    assert not Screenshot.objects.exists()
    assert fields.get("alt_text", "A post with two replies") in answer.content.decode()


def test_a_draft_has_five_screenshots_and_the_same_one_twice_is_one():
    draft = build.draft(build.contributor(build.inquiry()))
    for shade in range(5):
        kept(draft, (shade, 0, 0))
    assert kept(draft, (0, 0, 0)) == draft.screenshots.first()

    answer = make.client(draft.saved_by).post(page(draft), typed())

    assert reading.errors(answer) == [FULL]
    assert draft.screenshots.count() == 5


def test_one_from_a_phone_as_it_was_has_to_be_looked_at_before_it_is_handed_in():
    inquiry = build.inquiry()
    who = build.contributor(inquiry)
    said = captures.Said(topic=build.topic(inquiry), our_words="A post")
    draft = captures.save_draft(said, now=build.NOW, by=who)
    shot = kept(draft, is_checked=False)
    client = make.client(who)

    answer = client.post(f"/evidence/inbox/{draft.pk}/hand-in/", follow=True)

    assert "Look for names and faces in the screenshots first" in reading.words(answer)
    client.post(page(draft, f"{shot.ref}/"), {"alt_text": "A post", "is_clear": "on"})
    client.post(f"/evidence/inbox/{draft.pk}/hand-in/")
    assert Item.objects.get().state == "submitted"


def test_of_a_picture_that_was_blacked_out_the_first_version_is_gone(django_capture_on_commit_callbacks):
    draft = build.draft(build.contributor(build.inquiry()))
    shot = kept(draft, is_checked=False)
    first = shot.file.name

    with django_capture_on_commit_callbacks(execute=True):
        form = typed(picture=upload(made(color="black")), was_redacted="1")
        make.client(draft.saved_by).post(page(draft, f"{shot.ref}/"), form)

    now = draft.screenshots.get()
    assert (now.was_redacted, now.is_checked) == (True, True)
    assert (default_storage.exists(first), default_storage.exists(now.file.name)) == (False, True)


def test_a_removed_screenshot_and_a_discarded_draft_leave_no_file(django_capture_on_commit_callbacks):
    draft = build.draft(build.contributor(build.inquiry()))
    names = [kept(draft, color).file.name for color in ("green", "red")]
    client = make.client(draft.saved_by)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(page(draft, f"{draft.screenshots.first().ref}/remove/"))
    assert [default_storage.exists(name) for name in names] == [False, True]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/evidence/inbox/{draft.pk}/discard/")
    assert not default_storage.exists(names[1])


def test_a_screenshot_of_a_sensitive_item_is_seen_by_officers_and_the_finder_only():
    inquiry = build.inquiry()
    who = build.contributor(inquiry)
    item = build.item(inquiry, by=who, categories=["health"])
    shot = kept(item)
    address = f"/evidence/inquiries/{inquiry.slug}/items/{item.pk}/screenshots/{shot.ref}/"

    people = (who, build.officer(inquiry), build.contributor(inquiry), build.reader(inquiry))
    make.client(people[1]).post(f"/evidence/inquiries/{inquiry.slug}/items/{item.pk}/exact-words/")
    answers = [make.client(person).get(address) for person in people]

    assert [answer.status_code for answer in answers] == [200, 200, 404, 404]
    Item.objects.update(is_sensitive=False)
    answers += [make.client(person).get(address) for person in people]
    assert [answer.status_code for answer in answers[4:]] == [200, 200, 200, 404]


def test_an_officer_takes_a_screenshot_out_and_history_says_so():
    inquiry = build.inquiry()
    item = build.item(inquiry)
    shot = kept(item)
    address = f"/evidence/inquiries/{inquiry.slug}/items/{item.pk}/screenshots/{shot.ref}/remove/"

    make.client(build.officer(inquiry)).post(address)

    assert not item.screenshots.exists()
    assert [(e.kind, e.facts.get("sha256")) for e in ItemEvent.objects.all()][-1] == (
        "screenshot_removed",
        shot.sha256,
    )


def test_a_large_picture_gets_through_to_its_form_and_to_no_other():
    draft = build.draft(build.contributor(build.inquiry()))
    client = make.client(draft.saved_by)
    large = b"\0" * 3_000_000

    answer = client.post(page(draft), typed(picture=upload(large)))

    assert reading.errors(answer) == [f"“IMG_1234.png” {pictures.NOT_A_PICTURE}"]
    assert client.post("/evidence/capture/", typed(picture=upload(large))).status_code == 413
    assert client.post(page(draft), typed(picture=upload(large * 4))).status_code == 413
