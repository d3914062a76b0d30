"""What a page says about itself, whether it is shareable, and how old one has to be to read it."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence import page_facts, reading_age, shareable
from evidence.page_facts import PageFacts

URL = "https://www.wessex.gov.uk/scrutiny/young-carers"
GOOD = """<!doctype html><html lang="en-GB"><head>
<meta charset="utf-8"><title>Help for young carers | Wessex</title>
<meta name="description" content="What our councillors found out about help for young carers, and what they asked for.">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta property="og:title" content="Help for young carers"><meta property="og:description" content="What we found.">
<meta property="og:image" content="/picture.jpg"><meta property="og:image:alt" content="Two pupils at a desk">
<meta property="og:site_name" content="Wessex Council">
<meta property="article:published_time" content="2027-02-03T10:00:00Z">
</head><body><nav><p>Home and other long words about navigation</p></nav><h1>Young carers</h1>
<p>{text}</p><img src="a.png" alt="A chart"><img src="b.png" alt></body></html>"""
TEXT = "We met ten young people. They told us how they live. We asked the council to act. It said yes. " * 3


def test_a_page_says_its_title_site_day_and_picture():
    facts = page_facts.read(GOOD.replace("{text}", TEXT).encode(), url=URL, content_type="text/html; charset=utf-8")

    assert facts == PageFacts(
        url=URL,
        content_type="text/html",
        title="Help for young carers | Wessex",
        description="What our councillors found out about help for young carers, and what they asked for.",
        site="Wessex Council",
        published="2027-02-03",
        og_title="Help for young carers",
        og_description="What we found.",
        image="https://www.wessex.gov.uk/picture.jpg",
        image_alt="Two pupils at a desk",
        language="en-GB",
        has_viewport=True,
        headings=1,
        images=2,
        images_without_alt=0,
        pdf_links=0,
        words=facts.words,
        reading_age=facts.reading_age,
    )
    assert 60 <= facts.words <= 66
    assert 6 <= facts.reading_age <= 9


def test_facts_come_back_from_the_database_as_they_were():
    facts = page_facts.read(GOOD, url=URL)

    assert PageFacts.from_json({**facts.as_json(), "from another version": 1}) == facts


def test_without_open_graph_the_data_for_search_engines_say_the_day_and_the_title():
    facts = page_facts.read(
        '<script type="application/ld+json">{"headline": "Young carers", "datePublished": "2027-01-02"}</script>',
        url=URL,
    )

    assert (facts.title, facts.published, facts.site) == ("Young carers", "2027-01-02", "wessex.gov.uk")


@pytest.mark.parametrize(
    "html",
    [
        "", "<", "<title>", "<!--", "<script>", "</", "<p " * 1000, "<time datetime='9999-99-99'>", "\0", "&#x110000;",
        '<script type="application/ld+json">{</script>', '<script type="application/ld+json">[1]</script>',
        '<meta property="og:image" content="http://[">', "<İ><script>x</script>",
    ],
)  # fmt: skip
def test_nonsense_is_a_page_without_facts(html):
    assert page_facts.read(html).title == ""


def test_what_no_database_keeps_is_taken_out_of_titles():
    said = '{"headline": "A\\u0000 \\ud800title"}'

    facts = page_facts.read(f'<p><script type="application/ld+json">{said}</script>')

    assert facts.title == "A ?title"


@given(body=st.binary(max_size=300), kind=st.text(max_size=40))
@settings(max_examples=150, deadline=None)
def test_no_bytes_whatever_make_it_fail(body, kind):
    page_facts.read(body, content_type=kind)


@pytest.mark.parametrize(
    "piece",
    ["<", "<a ", "<!--", '<a "', "<script", "<title>", "<nav>", "</p", "a=", "<a b='", "&", "<p>a ", "<nav></header>"],
)
def test_half_a_megabyte_of_malice_is_read_in_a_moment(piece):
    began = time.process_time()

    page_facts.read(piece * (512 * 1024 // len(piece)), url=URL)

    assert time.process_time() - began < 6


def test_a_page_in_another_encoding_is_read():
    assert (
        page_facts.read("<title>Zoë</title>".encode("latin-1"), content_type="text/html; charset=iso-8859-1").title
        == "Zoë"
    )


# --- Shareable ----------------------------------------------------------------------------------------------------


def todo(facts: PageFacts) -> list[str]:
    return [one.about for one in shareable.findings(facts) if not one.is_good]


def test_a_good_page_has_nothing_to_do():
    facts = page_facts.read(GOOD.replace("{text}", TEXT), url=URL)

    assert todo(facts) == []
    assert shareable.share_text(facts) == f"Help for young carers {URL}"


def test_an_empty_page_says_what_to_do_and_for_each_thing_how():
    found = shareable.findings(page_facts.read("<p>Hello</p>", url="http://wessex.gov.uk/a.aspx?id=12345"))

    assert [one.about for one in found if not one.is_good] == [
        *("Title", "Description", "Preview in a post", "Address", "On a phone", "Language")
    ]
    assert all(one.todo for one in found if not one.is_good)


@pytest.mark.parametrize(
    ("change", "about"),
    [
        ({"title": "x" * 66}, "Title"),
        ({"description": "x" * 161}, "Description"),
        ({"image_alt": ""}, "Picture of the preview"),
        ({"images_without_alt": 1}, "Pictures on the page"),
        ({"url": "https://wessex.gov.uk/documents/s48213/agenda"}, "Address"),
        ({"url": "https://wessex.gov.uk/page?id=7"}, "Address"),
        ({"has_viewport": False}, "On a phone"),
        ({"reading_age": 19}, "Plain language"),
        ({"pdf_links": 2, "words": 20}, "PDF"),
        ({"og_title": "x" * 280}, "A post about it"),
    ],
)
def test_each_thing_that_could_be_better_is_named(change, about):
    facts = PageFacts.from_json({**page_facts.read(GOOD.replace("{text}", TEXT), url=URL).as_json(), **change})

    assert todo(facts) == [about]


@pytest.mark.parametrize(
    "kind", ["image/png", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "text/plain"]
)
def test_another_file_is_answered_with_the_advice_to_make_a_page_and_nothing_else(kind):
    (finding,) = shareable.findings(PageFacts(url=URL, content_type=kind))

    assert finding.said == "This is a file, not a page. It has no preview in a post, and may not open on a phone."
    assert finding.todo == "Make a page with the three things people need to know, and link to the file from it."


def test_a_pdf_is_answered_with_the_advice_to_make_a_page():
    (finding,) = shareable.findings(PageFacts(url=URL, content_type="application/pdf"))

    assert finding.todo == "Make a page with the three things people need to know, and link to the PDF from it."


# --- Reading age --------------------------------------------------------------------------------------------------


def test_short_words_in_short_sentences_are_for_children_and_long_ones_for_few():
    easy = "The cat sat on the mat. It was a big cat. We like the cat. " * 4
    hard = (
        "Notwithstanding organisational considerations, interdepartmental collaboration necessitates comprehensive"
        " reconsideration of administrative responsibilities regarding accountability arrangements " * 4
    )

    assert reading_age.of(easy) <= 8
    assert reading_age.of(hard) >= 20


def test_of_a_few_words_nothing_is_said():
    assert reading_age.of("Three short words.") == 0
