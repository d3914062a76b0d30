"""Sharing from a phone into the app: a draft, or the text carried through signing in, or a clear no."""

import re

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from evidence.models import Item, Screenshot, StopShown
from evidence.views import carrying, sharing
from people import checks
from tests import make, reading
from tests.evidence import build
from tests.evidence.test_pictures import made, with_place
from tests.evidence.test_screenshots import upload

pytestmark = pytest.mark.django_db

SHARE, CAPTURE = "/evidence/share/", "/evidence/capture/"
POST = "https://x.com/EssexCC/status/1789012345678901234"
FROM_A_PHONE = {"Sec-Fetch-Site": "none"}


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(build.NOW, tick=False):
        yield


@pytest.fixture
def who():
    return build.contributor(build.inquiry())


def test_it_becomes_a_draft_in_ones_own_inbox_and_the_form_follows(who):
    answer = make.client(who).post(SHARE, {"text": f"Nobody told us {POST}"}, headers=FROM_A_PHONE)

    draft = Item.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/evidence/inbox/{draft.pk}/")
    assert (draft.state, draft.saved_by, draft.link, draft.exact_words) == ("inbox", who, POST, "Nobody told us")
    assert draft.inquiry is None


def test_shared_pictures_lose_their_place_and_have_to_be_looked_at(who):
    files = [upload(with_place(), "a.jpg", "image/jpeg"), upload()]

    answer = make.client(who).post(SHARE, {"text": "Words", "pictures": files}, headers=FROM_A_PHONE)

    assert answer["Location"].endswith("/screenshots/")
    assert [(s.format, s.is_checked) for s in Screenshot.objects.all()] == [("JPEG", False), ("PNG", False)]


def test_fifty_screenshots_at_once_get_a_clear_answer_and_the_text_is_kept(who):
    files = [upload(made(color=(n, 0, 0))) for n in range(50)]

    answer = make.client(who).post(SHARE, {"text": "Words", "pictures": files}, headers=FROM_A_PHONE, follow=True)

    assert "Share up to 5 pictures at once" in reading.words(answer)
    assert Item.objects.get().exact_words == "Words"
    assert not Screenshot.objects.exists()


def test_a_picture_that_is_none_is_named_and_the_others_are_kept(who):
    files = [upload(b"%PDF", "poll.pdf"), upload()]

    answer = make.client(who).post(SHARE, {"pictures": files}, headers=FROM_A_PHONE, follow=True)

    assert "“poll.pdf” is not a PNG, JPEG or WebP picture" in reading.words(answer)
    assert Screenshot.objects.count() == 1


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_is_refused_and_nothing_is_kept(who, site):
    answer = make.client(who).post(SHARE, {"text": "Planted"}, headers={"Sec-Fetch-Site": site})

    assert answer.status_code == 403
    assert "Nothing was saved" in reading.words(answer)
    assert not Item.objects.exists()
    assert carrying.CARRIED not in answer.cookies


def test_without_that_header_the_origin_decides(who):
    other = make.client(who).post(SHARE, {"text": "Planted"}, headers={"Origin": "https://evil.example"})
    ours = make.client(who).post(SHARE, {"text": "Ours"}, headers={"Origin": settings.SITE_URL})

    assert (other.status_code, ours.status_code) == (403, 303)
    assert Item.objects.get().exact_words == "Ours"


def test_signed_out_nothing_is_stored_and_the_text_is_there_after_signing_in(who):
    phone = Client()

    answer = phone.post(SHARE, {"text": f"Nobody told us {POST}", "pictures": [upload()]}, headers=FROM_A_PHONE)

    assert (answer.status_code, answer["Location"]) == (303, "/account/sign-in/?next=/evidence/capture/%3Fcarried%3D1")
    assert not Item.objects.exists()
    assert not Screenshot.objects.exists()
    assert not Session.objects.exists()
    cookie = answer.cookies[carrying.CARRIED]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", CAPTURE)
    phone.force_login(who)
    page = phone.get(f"{CAPTURE}?carried=1").content.decode()
    assert f'value="{POST}"' in page
    assert "Nobody told us</textarea>" in page


def test_what_was_carried_is_put_down_when_it_is_saved(who):
    phone = Client()
    phone.post(SHARE, {"text": "Words"}, headers=FROM_A_PHONE)
    phone.force_login(who)

    answer = phone.post(CAPTURE, {"exact_words": "Words", "then": "Save for later"})

    assert answer.cookies[carrying.CARRIED].value == ""


def test_a_long_text_is_carried_as_far_as_a_cookie_goes_and_says_where_it_ends():
    phone = Client()
    words = " ".join(f"{n * 7919:x}" for n in range(3000))

    answer = phone.post(SHARE, {"text": words}, headers=FROM_A_PHONE)

    assert len(answer.cookies[carrying.CARRIED].value) <= carrying.MOST_IN_COOKIE
    phone.force_login(make.person())
    carried = re.findall(
        r"<textarea[^>]*>(.*?)</textarea>", phone.get(f"{CAPTURE}?carried=1").content.decode(), re.DOTALL
    )
    assert carried[0].strip().endswith("…")
    assert words.startswith(carried[0].strip().removesuffix(" …"))


def test_a_carried_text_that_somebody_made_up_or_that_is_old_is_ignored(who):
    phone = make.client(who)
    phone.cookies[carrying.CARRIED] = "made-up"

    assert phone.get(f"{CAPTURE}?carried=1").status_code == 200


def test_a_profile_is_left_out_with_the_reason_and_its_words_are_kept(who):
    text = {"text": "Words https://x.com/janedoe"}

    answer = make.client(who).post(SHARE, text, headers=FROM_A_PHONE, follow=True)

    assert "Profiles are not kept" in reading.words(answer)
    assert [(i.link, i.exact_words) for i in Item.objects.all()] == [("", "Words")]
    assert StopShown.objects.get().kind == "profile"


def test_nothing_shared_leads_to_the_form_and_makes_no_draft(who):
    answer = make.client(who).post(SHARE, {}, headers=FROM_A_PHONE, follow=True)

    assert "Nothing came with it" in reading.words(answer)
    assert not Item.objects.exists()


def test_too_many_in_a_short_time_are_not_kept_and_not_lost(who):
    phone = make.client(who)
    most = settings.RATE_LIMITS["evidence:share"][0][0]
    for _ in range(most):
        phone.post(SHARE, {"text": "Words"}, headers=FROM_A_PHONE)

    answer = phone.post(SHARE, {"text": "One more"}, headers=FROM_A_PHONE, follow=True)

    assert sharing.TOO_OFTEN in reading.words(answer)
    assert "One more</textarea>" in answer.content.decode()
    assert Item.objects.count() == most


def test_sent_later_by_our_own_script_it_gets_an_answer_a_script_can_read(who):
    headers = {"Sec-Fetch-Site": "same-origin", "X-Replayed": "1"}

    signed_out = Client().post(SHARE, {"text": "Words"}, headers=headers)
    saved = make.client(who).post(SHARE, {"text": "Words"}, headers=headers)
    empty = make.client(who).post(SHARE, {}, headers=headers)

    assert (signed_out.status_code, signed_out.json()) == (401, {"sign_in": True})
    draft = Item.objects.get()
    assert (saved.status_code, saved.json()) == (201, {"saved": f"/evidence/inbox/{draft.pk}/", "said": []})
    assert empty.status_code == 422


def test_it_is_the_only_door_without_a_token(who):
    exempt = [r.full_name for r in checks.every_route() if getattr(r.pattern.callback, "csrf_exempt", False)]
    ours = [name for name in exempt if name.startswith("evidence:")]

    assert ours == ["evidence:share"]
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(who)
    assert strict.post(CAPTURE, {"exact_words": "Words"}).status_code == 403
