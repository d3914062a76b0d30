"""Carries what was shared through signing in: in a signed cookie on the phone, so that nothing is kept here."""

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from evidence import shared
from people.carried import put

CARRIED, CARRIED_SECONDS = "shared", 1800
MOST_IN_COOKIE = 3500  # bytes: browsers drop a cookie of more than 4,096


def carry(answer: HttpResponse, arrived: shared.Arrived) -> HttpResponse:
    """Put it into the answer's cookie, the words shortened where they do not fit."""
    words = arrived.exact_words
    while len(value := _sealed(arrived, words)) > MOST_IN_COOKIE and words:
        words = words[: len(words) * 3 // 4]
    if len(value) <= MOST_IN_COOKIE:
        put(answer, CARRIED, value, path=reverse("evidence:capture"), seconds=CARRIED_SECONDS)
    return answer


def _sealed(arrived: shared.Arrived, words: str) -> str:
    text = words if words == arrived.exact_words else f"{words} …"
    return signing.dumps([arrived.link, text, arrived.title], salt=CARRIED, compress=True)


def carried(request: HttpRequest) -> shared.Arrived | None:
    """What waited on this phone while somebody signed in."""
    try:
        link, words, title = signing.loads(request.COOKIES.get(CARRIED, ""), salt=CARRIED, max_age=CARRIED_SECONDS)
    except (signing.BadSignature, ValueError):
        return None
    return shared.Arrived(link, words, title)


def put_down(answer: HttpResponse) -> HttpResponse:
    """It is saved, so it need not be carried any more."""
    answer.delete_cookie(CARRIED, path=reverse("evidence:capture"), samesite="Lax")
    return answer
