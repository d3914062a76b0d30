"""Who may do what: said once here, declared on every URL, enforced in one middleware, walked by a test."""

from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest
from django.urls import ResolverMatch

from people.models import Person, Role


class Audience(Enum):
    """Who a page is for. The loader in the view then decides about the row: it returns it or answers 404."""

    EVERYONE = "everyone"
    LINK = "whoever holds a signed link for exactly this purpose"
    SIGNED_IN = "anyone who is signed in"
    HOSTS = "organisers, and the hosts of the meet-up in question"
    COHORT = "everybody in the cohort in question, and organisers"
    LEADS = "organisers, and the leads of the cohort in question"
    ORGANISERS = "organisers"
    COORDINATORS = "coordinators of UnMentoring"
    MEMBERS = "officers, contributors and readers of the inquiry in question"
    CONTRIBUTORS = "officers and contributors of the inquiry in question"
    OFFICERS = "officers of the inquiry in question"
    ADMINISTRATORS = "administrators"

    @property
    def needs_second_factor(self) -> bool:
        free = {Audience.EVERYONE, Audience.LINK, Audience.SIGNED_IN, Audience.COHORT}
        return self not in {*free, Audience.MEMBERS, Audience.CONTRIBUTORS}


_ROLE = {
    Audience.ORGANISERS: Role.ORGANISER,
    Audience.COORDINATORS: Role.COORDINATOR,
    Audience.ADMINISTRATORS: Role.ADMINISTRATOR,
}

# Pages that come with libraries: by namespace or by URL name.
_OF_LIBRARIES = {
    "admin": Audience.ADMINISTRATORS,
    "account_login": Audience.EVERYONE,
    "account_request_login_code": Audience.EVERYONE,
    "account_confirm_login_code": Audience.EVERYONE,
    "account_logout": Audience.EVERYONE,
    "account_signup": Audience.EVERYONE,
    "account_inactive": Audience.EVERYONE,
    "account_email_verification_sent": Audience.EVERYONE,
    "account_email": Audience.SIGNED_IN,
    "account_reauthenticate": Audience.SIGNED_IN,
    "mfa_authenticate": Audience.EVERYONE,
    "mfa_login_webauthn": Audience.EVERYONE,
    "mfa_index": Audience.SIGNED_IN,
    "mfa_reauthenticate": Audience.SIGNED_IN,
    "mfa_view_recovery_codes": Audience.SIGNED_IN,
    "mfa_generate_recovery_codes": Audience.SIGNED_IN,
    "mfa_download_recovery_codes": Audience.SIGNED_IN,
    "mfa_activate_totp": Audience.SIGNED_IN,
    "mfa_deactivate_totp": Audience.SIGNED_IN,
    "mfa_list_webauthn": Audience.SIGNED_IN,
    "mfa_add_webauthn": Audience.SIGNED_IN,
    "mfa_reauthenticate_webauthn": Audience.SIGNED_IN,
    "mfa_remove_webauthn": Audience.SIGNED_IN,
    "mfa_edit_webauthn": Audience.SIGNED_IN,
}


class SignedInRequest(HttpRequest):
    """A request that the middleware lets through only for somebody signed in (for annotations)."""

    user: Person


View = TypeVar("View", bound=Callable[..., Any])


def open_to(audience: Audience) -> Callable[[View], View]:
    """Declare who a view is for: `@open_to(Audience.EVERYONE)`."""

    def declare(view: View) -> View:
        view.audience = audience  # type: ignore[attr-defined]
        return view

    return declare


def same_for_strangers(*query: str) -> Callable[[View], View]:
    """Declare, above `open_to(Audience.EVERYONE)`, that everybody who is not signed in gets the same page.

    Such pages are kept for a few seconds (pages/kept.py). `query` names what may stand behind the “?” of its address
    and still be shared; with anything else the page is made anew.
    """

    def declare(view: View) -> View:
        assert getattr(view, "audience", None) is Audience.EVERYONE, "only what is open to everyone"
        view.shared_query = frozenset(query)  # type: ignore[attr-defined]
        return view

    return declare


def shared_query(view: Callable[..., Any]) -> frozenset[str] | None:
    """What `same_for_strangers` declared; None for a page that is not shared."""
    return getattr(view, "shared_query", None)


def audience_of(view: Callable[..., Any], *, name: str | None, namespaces: list[str]) -> Audience | None:
    """The declared audience, or None when nobody declared one (which the start-up check refuses)."""
    declared = getattr(view, "audience", None)
    if declared is None and namespaces:
        declared = _OF_LIBRARIES.get(namespaces[0])
    if declared is None and name and not namespaces:
        declared = _OF_LIBRARIES.get(name)
    return declared


def audience_of_match(match: ResolverMatch) -> Audience | None:
    return audience_of(match.func, name=match.url_name, namespaces=match.namespaces)


# Audiences that go by rows, such as hosts of a meet-up: who is that of anything at all. Apps say how to find out.
_of_something: dict[Audience, list[Callable[[Person], bool]]] = {
    Audience.HOSTS: [],
    Audience.COHORT: [],
    Audience.LEADS: [],
    Audience.MEMBERS: [],
    Audience.CONTRIBUTORS: [],
    Audience.OFFICERS: [],
}
# What residents said is read only by whoever has a part in the inquiry: no role gives one, not even administrator.
_BY_PART_ONLY = {Audience.MEMBERS, Audience.CONTRIBUTORS, Audience.OFFICERS}
# Pages that people without a role come to from a mail: they are asked to sign in, whether the row exists or not.
_ASKED_TO_SIGN_IN = {Audience.SIGNED_IN, Audience.COHORT, *_BY_PART_ONLY}


def register_members(audience: Audience, is_of_something: Callable[[Person], bool]) -> None:
    """Let an app above say who hosts (leads …) one of its rows, so that others learn nothing of those pages."""
    _of_something[audience].append(is_of_something)


class Answer(Enum):
    GO_ON = "go on"
    SIGN_IN = "sign in first"
    SECOND_FACTOR = "set up a second factor first"
    NOT_FOUND = "not found"


def decide(audience: Audience | None, request: HttpRequest) -> Answer:
    """What somebody who asks for a page of this audience is answered. Strangers learn nothing: 404, not 403."""
    if audience is None:
        return Answer.NOT_FOUND
    if audience in {Audience.EVERYONE, Audience.LINK}:
        return Answer.GO_ON
    if not request.user.is_authenticated:
        return Answer.SIGN_IN if audience in _ASKED_TO_SIGN_IN else Answer.NOT_FOUND
    if not _may(request.user, audience):
        return Answer.NOT_FOUND
    if audience.needs_second_factor and not is_mfa_enabled(request.user):
        return Answer.SECOND_FACTOR
    return Answer.GO_ON


def _may(person: Person, audience: Audience) -> bool:
    if audience in _of_something:
        by_role = person.is_organiser and audience not in _BY_PART_ONLY
        return by_role or any(is_of_something(person) for is_of_something in _of_something[audience])
    return audience not in _ROLE or person.has_role(_ROLE[audience])
