from collections.abc import Callable
from urllib.parse import unquote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from people import access

GetResponse = Callable[[HttpRequest], HttpResponse]


def refuse_strange_requests(get_response: GetResponse) -> GetResponse:
    """Answer at once what no person sends: NUL bytes in an address or a cookie, a body of many megabytes."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if any("\0" in words for words in _addressed(request)):
            return render(request, "400.html", status=400)
        if _length(request) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
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
