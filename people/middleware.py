from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from people import access


class AudienceMiddleware:
    """Lets a request through to a view only when its declared audience includes who asks. No audience: nobody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        assert request.resolver_match is not None
        answer = access.decide(access.audience_of_match(request.resolver_match), request)
        if answer is access.Answer.NOT_FOUND:
            raise Http404
        if answer is access.Answer.SIGN_IN:
            return redirect_to_login(request.get_full_path())
        if answer is access.Answer.SECOND_FACTOR:
            messages.info(request, "Set up a second step for signing in first. These pages show people's details.")
            return redirect("mfa_activate_totp")
        return None
