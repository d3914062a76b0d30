from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

from meetups import sharing

SUBJECT = sharing.Subject(
    "Scrutiny & social media",
    "Wednesday 24 February 2027, 10am to 12 noon",
    "https://site.example/meetups/s-1/",
    "scrutiny",
)
WORDS = "Scrutiny & social media, Wednesday 24 February 2027, 10am to 12 noon #scrutiny"


def test_each_network_opens_with_the_words_filled_in():
    opened = {share.label: parse_qs(urlsplit(share.url).query) for share in sharing.shares(SUBJECT)}

    assert opened == {
        "LinkedIn": {"url": [SUBJECT.url]},
        "X": {"text": [WORDS], "url": [SUBJECT.url]},
        "Bluesky": {"text": [f"{WORDS}\n{SUBJECT.url}"]},
        "Mastodon": {},  # in the fragment
        "WhatsApp": {"text": [f"{WORDS}\n{SUBJECT.url}"]},
        "Email": {"subject": [WORDS], "body": [f"{SUBJECT.title}\n{SUBJECT.when}\n\n{SUBJECT.url}\n"]},
    }
    mastodon = next(share.url for share in sharing.shares(SUBJECT) if share.label == "Mastodon")
    where, _, fragment = mastodon.partition("#")
    assert (where, parse_qs(fragment)) == ("https://share.joinmastodon.org/", {"text": [f"{WORDS}\n{SUBJECT.url}"]})


def test_a_post_keeps_to_the_limit_and_keeps_the_date_and_the_address():
    long = sharing.Subject("Word " * 100, SUBJECT.when, SUBJECT.url, "#scrutiny")

    post = sharing.post_text(long, sharing.BLUESKY_LIMIT)

    assert len(post) <= 300
    assert post.endswith(f"…, {SUBJECT.when} #scrutiny\n{SUBJECT.url}")


def test_calendars_in_the_browser_get_the_moment_in_utc():
    start, end = datetime(2027, 7, 7, 9, 0, tzinfo=UTC), datetime(2027, 7, 7, 11, 0, tzinfo=UTC)

    google, outlook = (
        parse_qs(urlsplit(link.url).query) for link in sharing.calendar_links(SUBJECT, start, end, "Online")
    )

    assert google["dates"] == ["20270707T090000Z/20270707T110000Z"]
    assert (outlook["startdt"], outlook["enddt"]) == (["2027-07-07T09:00:00Z"], ["2027-07-07T11:00:00Z"])


def test_data_cannot_end_the_script_it_stands_in():
    assert sharing.in_script({"a": "</script>&"}) == '{"a": "\\u003C/script\\u003E\\u0026"}'
