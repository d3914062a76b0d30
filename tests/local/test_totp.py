import base64

import pytest

from local import totp

# RFC 6238, appendix B: its eight digits, of which an authenticator app shows the last six.
SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("at", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (2000000000, "279037"), (20000000000, "353130")],
)
def test_codes_are_those_of_the_standard(at: int, code: str) -> None:
    assert totp.code(SECRET, at=at) == code


def test_a_secret_without_padding_in_small_letters_is_read() -> None:
    secret = base64.b32encode(b"seventeen bytes!!").decode()

    assert totp.code(secret.rstrip("=").lower(), at=0) == totp.code(secret, at=0)


def test_a_code_is_good_for_30_seconds() -> None:
    assert totp.code(SECRET, at=60) == totp.code(SECRET, at=89) != totp.code(SECRET, at=90)
    assert [totp.seconds_left(at=60), totp.seconds_left(at=89)] == [30, 1]
