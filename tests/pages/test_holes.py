import pytest

from pages import holes

TOKEN = "aB3" + "x" * 61
FORM = f'<form><input type="hidden" name="csrfmiddlewaretoken" value="{TOKEN}"></form>'


def filled(page: holes.Holed, *, token: str = "", nonce: str = "") -> str:
    return holes.fill(page, {holes.TOKEN: lambda: token, holes.NONCE: lambda: nonce}).decode()


def test_a_token_is_cut_out_wherever_it_stands_in_a_form_and_another_is_filled_in() -> None:
    page = holes.cut(f"<p>One</p>{FORM}<p>Two</p>{FORM}".encode())

    assert TOKEN.encode() not in b"".join(page.pieces)
    assert page.holes == ("token", "token")
    assert filled(page, token="mine") == f"<p>One</p>{FORM}<p>Two</p>{FORM}".replace(TOKEN, "mine")


def test_a_nonce_is_cut_out_and_another_is_filled_in() -> None:
    page = holes.cut(b'<script nonce="ab+/c=="></script><script nonce="ab+/c==">1</script>', nonce="ab+/c==")

    assert filled(page, nonce="new") == '<script nonce="new"></script><script nonce="new">1</script>'


def test_a_page_without_secrets_is_itself_and_asks_for_none() -> None:
    page = holes.cut("<p>Übung – “ok”</p>".encode())

    assert (page.holes, holes.fill(page, {}).decode()) == ((), "<p>Übung – “ok”</p>")


def test_words_that_look_like_a_hole_stay_words() -> None:
    words = "{token} TOKEN &quot;csrfmiddlewaretoken&quot; value=&quot;x&quot;"
    page = holes.cut(f"{words}{FORM}".encode())

    assert filled(page, token="mine") == f"{words}{FORM.replace(TOKEN, 'mine')}"


@pytest.mark.parametrize("place", ["<meta content='{}'>", "<a href='/?t={}'>", "<p data-token={}>"])
def test_a_secret_in_a_place_we_do_not_know_is_not_kept(place: str) -> None:
    with pytest.raises(holes.SecretLeft):
        holes.cut(f"{FORM}{place.format(TOKEN)}".encode())
