import pytest

from meetups.markdown import to_html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Some *words* and **more**.", "<p>Some <em>words</em> and <strong>more</strong>.</p>\n"),
        ("# Big\n## Less\n### Small", "<h3>Big</h3>\n<h3>Less</h3>\n<h4>Small</h4>\n"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("[x](https://a.example)", '<p><a href="https://a.example" rel="nofollow noopener">x</a></p>\n'),
        ('<img src=x onerror="alert(1)">', '<p>&lt;img src=x onerror="alert(1)"&gt;</p>\n'),
        (
            "![pic](https://a.example/p.png)",
            '<p>!<a href="https://a.example/p.png" rel="nofollow noopener">pic</a></p>\n',
        ),
        ("a\0b \u202eright to left 🐟", "<p>a\ufffdb \u202eright to left 🐟</p>\n"),
        ("", ""),
    ],
)
def test_what_hosts_write_becomes_safe_html(text, html):
    assert to_html(text) == html
