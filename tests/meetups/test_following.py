"""Following a series, news to followers, feeds, the share kit."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
import vobject
from django.urls import reverse
from PIL import Image

from meetups import addresses, calendars, drawing, following, newsroom, share_pictures, sharing, spreading
from meetups.models import CalendarFeed, Follower, News
from outbox.models import Message
from people.models import Person
from tests import make, reading

pytestmark = pytest.mark.django_db


def follower(series, **fields) -> Follower:
    return Follower.objects.create(
        series=series, person=make.person(), **{"asked_at": make.NOW, "confirmed_at": make.NOW, **fields}
    )


def path(url: str) -> str:
    return url.removeprefix("http://localhost:8000")


def news(meetup, *, to: str = "followers", nonce=None) -> News:
    item = News(meetup=meetup, to=to, subject="Come in March", body="It is about voices.", written_at=make.NOW)
    return newsroom.publish(item, nonce=nonce or uuid4(), now=make.NOW)


# --- Following ----------------------------------------------------------------------------------------------------


def test_nobody_follows_before_they_said_yes_and_the_page_is_the_same_for_known_and_unknown():
    group = make.series()
    known = follower(group).person
    url = reverse("meetups:follow", args=[group.slug])

    pages = [make.client().post(url, {"email": email}) for email in (known.email, "new@council.gov.uk")]

    assert reading.words(pages[0]).replace(known.email, "X") == reading.words(pages[1]).replace(
        "new@council.gov.uk", "X"
    )
    assert [m.kind for m in Message.objects.order_by("pk")] == [
        "meetups/already_following",
        "meetups/confirm_following",
    ]
    asked = Follower.objects.get(person__email="new@council.gov.uk")
    assert not asked.is_following
    confirm = path(addresses.confirm_following(asked))
    make.client().get(confirm)
    assert not Follower.objects.get(pk=asked.pk).is_following
    make.client().post(confirm)
    assert Follower.objects.get(pk=asked.pk).is_following


def test_asking_too_often_is_refused_with_what_was_typed():
    url = reverse("meetups:follow", args=[make.series().slug])

    answers = [make.client().post(url, {"email": "new@council.gov.uk"}) for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert b'value="new@council.gov.uk"' in answers[3].content
    assert reading.errors(make.client().post(url, {"email": "nonsense"})) == [
        "Enter an email address in the correct format, like name@council.gov.uk"
    ]


def test_one_click_stops_and_looking_does_not():
    one = follower(make.series())
    url = path(addresses.stop_following(one))

    make.client().get(url)
    make.client().head(url)
    assert Follower.objects.get().is_following
    answer = make.client().post(url, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")

    assert (answer.status_code, Follower.objects.get().is_following) == (200, False)


def test_a_link_for_one_purpose_does_nothing_else():
    one = follower(make.series(), confirmed_at=None)
    token = path(addresses.stop_following(one)).strip("/").rpartition("/")[2]

    assert make.client().post(reverse("meetups:confirm_following", args=[token])).status_code == 404


def test_what_one_follows_is_chosen_by_the_link_and_nobody_begins_by_it():
    one = follower(make.series())
    other = Follower.objects.create(series=make.series(), person=one.person, asked_at=make.NOW)

    make.client().post(path(addresses.following(one)), {f"series_{other.pk}": "on"})

    assert [row.is_following for row in Follower.objects.order_by("pk")] == [False, False]


def test_somebody_signed_in_follows_at_once():
    group, person = make.series(), make.person()

    make.client(person).post(reverse("meetups:follow", args=[group.slug]))

    assert (Follower.objects.get().is_following, Message.objects.count()) == (True, 0)


def test_requests_that_nobody_confirms_are_forgotten_with_the_person():
    following.ask(make.series(), "new@council.gov.uk", now=make.NOW)

    following.forget_old(make.NOW + timedelta(days=8))

    assert not Follower.objects.exists()
    assert not Person.objects.filter(email="new@council.gov.uk").exists()


def test_who_stopped_long_ago_is_forgotten_and_who_goes_on_is_not(settings):
    settings.SIGNUPS_KEEP_DAYS = 90
    stopped, goes_on = (
        Follower.objects.create(series=make.series(), person=make.person(), asked_at=make.NOW, confirmed_at=make.NOW)
        for _ in range(2)
    )
    following.stop(stopped, now=make.NOW)

    following.forget_old(make.NOW + timedelta(days=89))
    assert Follower.objects.count() == 2
    following.forget_old(make.NOW + timedelta(days=91))

    assert list(Follower.objects.all()) == [goes_on]
    assert Person.objects.get(pk=stopped.person_id).email == f"guest-{stopped.person_id}@invalid"


# --- News ---------------------------------------------------------------------------------------------------------


def test_news_goes_to_each_who_follows_once_with_the_headers_to_stop():
    meetup = make.meetup()
    ones = [follower(meetup.series) for _ in range(30)]
    follower(meetup.series, stopped_at=make.NOW)
    follower(meetup.series, confirmed_at=None)
    follower(make.series())
    item = news(meetup)

    assert [spreading.spread_news(make.NOW), spreading.spread_news(make.NOW)] == [30, 0]

    sent = Message.objects.filter(kind="meetups/news")
    assert set(sent.values_list("to_email", flat=True)) == {one.person.email for one in ones}
    assert all("/stop-following/" in message.unsubscribe_url for message in sent)
    assert News.objects.get(pk=item.pk).sent_count == 30


def test_two_clicks_are_one_piece_of_news():
    meetup, nonce = make.meetup(), uuid4()

    news(meetup, nonce=nonce)
    news(meetup, nonce=nonce)

    assert News.objects.count() == 1


def test_an_organiser_sees_how_many_sends_a_copy_to_themselves_and_then_to_all():
    host = make.with_second_factor(make.person())
    meetup = make.meetup(hosts=[host])
    follower(meetup.series)
    url = reverse("meetups:write_news", args=[meetup.slug])
    words = {"to": "followers", "subject": "Come in March", "body": "About voices.", "nonce": str(uuid4())}
    client = make.client(host)

    assert "Followers of the series: 1 person" in reading.facts(client.post(url, words))["By email to"]
    client.post(url, {**words, "test": "1"})
    assert [m.to_email for m in Message.objects.all()] == [host.email]
    assert not News.objects.exists()
    client.post(url, {**words, "send": "1"})
    spreading.spread_news(make.NOW + timedelta(days=3650))

    assert "Come in March" in reading.words(make.client().get(meetup.get_absolute_url()))
    assert "Come in March" in reading.words(make.client().get(reverse("meetups:series", args=[meetup.series.slug])))


# --- Feeds --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["atom", "site_calendar", "series_atom", "series_calendar"])
def test_feeds_name_what_is_published_never_how_to_join_and_are_not_sent_twice(name):
    meetup = make.meetup(join_url="https://video.example.org/raw", passcode="secret-pass")
    make.signup(meetup=meetup, name="Asha Patel")
    make.meetup(series=meetup.series, state="draft", title="A secret draft")
    url = reverse(f"meetups:{name}", args=[meetup.series.slug] if "series" in name else [])

    answer = make.client().get(url)
    text = answer.content.decode().replace("\r\n ", "")

    assert "Scrutiny and social media" in text
    for secret in ("secret", "video.example", "Asha", "METHOD", "/join/", "/booking/"):
        assert secret not in text
    assert make.client().get(url, headers={"if-none-match": answer["ETag"]}).status_code == 304


def test_the_calendar_of_ones_own_has_the_uid_of_the_mails_and_its_address_can_be_made_void():
    signup = make.signup(meetup=make.meetup())
    feed = following.own_calendar(signup.person, now=make.NOW)
    url = path(addresses.own_calendar(feed))

    assert vobject.readOne(calendars.own_feed([signup])).vevent.uid.value == f"{signup.meetup.uid}@localhost"
    assert make.client().get(url).status_code == 200
    make.client(signup.person).post(reverse("meetups:renew_calendar"))

    assert make.client().get(url).status_code == 404
    assert make.client().get(path(addresses.own_calendar(CalendarFeed.objects.get()))).status_code == 200


# --- Sharing ------------------------------------------------------------------------------------------------------


def test_words_for_every_network_are_within_its_limit():
    subject = sharing.Subject("Long " * 200, "Wednesday 24 February 2027", "https://example.org/meetups/x/", "scrutiny")

    posts = sharing.posts(subject)

    assert [post.network for post in posts] == ["LinkedIn", "X", "Bluesky", "Mastodon", "WhatsApp"]
    assert all(post.length <= post.limit and subject.url in post.text for post in posts)


@pytest.mark.parametrize("title", ["Short", "Long words " * 40, "x" * 300, "Ŵrecsam 🎉 “voices”…", ""])
def test_any_title_makes_a_picture_of_the_size_networks_want(title):
    made = drawing.png(drawing.Words(title, "Wednesday 24 February 2027", "Series", "Scrutineers"))

    assert Image.open(io.BytesIO(made)).size == (1200, 630)


def test_the_picture_has_an_address_of_its_own_for_its_words(monkeypatch):
    meetup = make.meetup()
    old = share_pictures.path_of(meetup)
    assert make.client().get(old)["Content-Type"] == "image/png"
    monkeypatch.setattr(drawing, "png", lambda words: pytest.fail("It was drawn already"))
    assert make.client().get(old).status_code == 200
    meetup.title = "Another"
    meetup.save()

    assert make.client().get(old).status_code == 404
    page = make.client().get(meetup.get_absolute_url()).content.decode()
    assert f'property="og:image" content="http://localhost:8000{share_pictures.path_of(meetup)}"' in page


def test_the_snippet_may_stand_on_any_site_and_sets_no_cookie():
    meetup = make.meetup(starts_at=make.START + timedelta(days=3650))

    answer = make.client().get(reverse("meetups:embed", args=[meetup.series.slug]))

    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    assert not answer.cookies
    assert meetup.title in answer.content.decode()
    assert "frame-ancestors 'none'" in make.client().get("/")["Content-Security-Policy"]
