import logging
from collections.abc import Callable
from urllib.parse import unquote

from django.conf import settings
from django.core.exceptions import FieldError, ValidationError
from django.db import DataError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from people import access, uploads

logger = logging.getLogger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponse]


def refuse_strange_requests(get_response: GetResponse) -> GetResponse:
    """Answer at once what no person sends: NUL bytes in an address or a cookie, a body of many megabytes."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if any("\0" in words for words in _addressed(request)):
            return render(request, "400.html", status=400)
        length = _length(request)
        if length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE and length > uploads.most_bytes(request.path_info):
            return render(request, "413.html", status=413)
        return get_response(request)

    return middleware


def _addressed(request: HttpRequest) -> list[str]:
    return [request.path, unquote(request.META.get("QUERY_STRING", "")), *request.COOKIES.values()]


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


class RefuseStrangeAdministration:
    """Django's administration takes look-ups from the address and ids from forms as they come. Say so, with a 400.

    Whatever a person can click there works; a year of 99999, half a regular expression or an id that is a word does
    not. It is logged with its traceback, in case it was a mistake of ours after all. Nothing is saved: each page there
    is one transaction.
    """

    REASONS = (ValueError, OverflowError, ValidationError, FieldError, DataError)

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or match.namespaces != ["admin"] or not self._is_about_what_was_asked(error):
            return None
        logger.warning("The administration cannot work with what it was asked: %s", error, exc_info=error)
        return render(request, "400.html", {"is_administration": True}, status=400)

    def _is_about_what_was_asked(self, error: Exception) -> bool:
        # SQLite has its regular expressions from Python, and calls a bad one an operation that failed.
        is_bad_expression = isinstance(error, OperationalError) and "user-defined function" in str(error)
        return is_bad_expression or isinstance(error, self.REASONS)


def secure_headers(get_response: GetResponse) -> GetResponse:
    """Headers for which Django has no setting. Private pages are not kept by browsers or proxies."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
        is_by_link = request.resolver_match and access.audience_of_match(request.resolver_match) is access.Audience.LINK
        if is_by_link or (getattr(request, "user", None) is not None and request.user.is_authenticated):
            response.headers.setdefault("Cache-Control", "private, no-store")
        if is_by_link:
            response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        return response

    return middleware
