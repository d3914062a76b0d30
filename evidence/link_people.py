"""Addresses of people on sites without a table of their own: accounts on forums, and searches for what one said."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from evidence.link_parts import Address, names
from searchdeck import searching

# --- sites where an account is known by more than the words of its path ---------------------------------------------

_TWITCH_PAGES = "directory|videos|clips|p|search|downloads|jobs|turbo|settings|subscriptions|wallet|store|team|event"
_TUMBLR_PAGES = "about|explore|tagged|search|dashboard|login|register|policy|help|communities|jobs|apps|settings|docs"
_PINTEREST_PAGES = "pin|ideas|search|today|business|explore|login|categories|videos|settings|news_hub|topics"
_TELEGRAM_PAGES = "s|c|joinchat|share|addstickers|addemoji|addlist|iv|proxy|socks|login|setlanguage|bg|contact|giftcode"
_LINKTREE_PAGES = "s|discover|login|register|help|blog|marketplace|admin|pricing|about"


def _one(path: str) -> re.Pattern[str]:
    return re.compile(path, re.IGNORECASE)


# Host without www., and the path from end to end without its last slash.
_ACCOUNTS = (
    (_one(r"(?:\w+\.)?quora\.com"), _one(r"/profile/[^/]+(?:/[a-z_]+)?")),
    (_one(r"snapchat\.com"), _one(r"(?:/[a-z]{2}-[a-z]{2})?/add/[^/]+")),
    (_one(r"(?:m\.)?twitch\.tv"), _one(rf"/(?!(?:{_TWITCH_PAGES})(?:/|$))\w+(?:/(?:about|videos|schedule|clips))?")),
    (
        _one(r"(?:[a-z]{2}\.)?pinterest(?:\.[a-z]{2,3}){1,2}"),
        _one(
            rf"/(?!(?:{_PINTEREST_PAGES})(?:/|$))\w+(?:/(?:_saved|_created|_pins|pins|boards|_followers|_following))?"
        ),
    ),
    (_one(r"tumblr\.com"), _one(rf"/(?:blog/(?:view/)?)?(?!(?:blog|{_TUMBLR_PAGES})(?:/|$))[\w-]+")),
    (_one(r"(?!(?:assets|api|help)\.)[\w-]+\.tumblr\.com"), _one(r"(?:/(?:about|archive|ask))?")),
    (_one(r"disqus\.com"), _one(r"/by/[^/]+(?:/[a-z]+)?")),
    (_one(r"linktr\.ee"), _one(rf"/(?!(?:{_LINKTREE_PAGES})(?:/|$))[\w.-]+")),
    (_one(r"(?:[a-z]{2}\.)?tripadvisor(?:\.[a-z]{2,3}){1,2}"), _one(r"/(?:Profile|members)/[^/]+|/MemberProfile-.+")),
    (_one(r"t\.me"), _one(rf"/(?:s/)?(?!(?:{_TELEGRAM_PAGES})(?:/|$))\w+")),
    (_one(r"[\w-]+\.bsky\.social"), _one(r"")),
    (_one(r"strava\.com"), _one(r"/(?:athletes|pros)/[^/]+(?:/[a-z_]+)?")),
)

# --- any other site -------------------------------------------------------------------------------------------------

# Councillors, officers and committees are there in public office, and `/profile/…` may be that of a place.
_PUBLIC_BODIES = re.compile(
    r"(?:.+\.)?(?:gov\.uk|gov\.scot|gov\.wales|llyw\.cymru|nhs\.uk|police\.uk|parliament\.uk|parliament\.scot|"
    r"senedd\.wales|senedd\.cymru|moderngov\.co\.uk|phe\.org\.uk)|.*council.*"
)
# The parts of an account: what was written there is not yet one post.
_TABS = (
    "about|activity|summary|badges|posts|comments|topics|threads|replies|followers|following|overview|profile|reviews|"
    "content|recent-content|latest-activity|postings|questions|answers|discussions|media|photos|likes|friends|info|"
    "activity/(?:topics|replies|likes-given)"
)
_NOT_A_NAME = (
    "login|log-in|logout|sign-?in|sign_in|sign-?up|sign_up|register|join|edit|new|all|list|lists|index|search|settings|"
    "password|area|home|help|about|about-us|news|benefits|events|resources|guidance|current|contact|faqs?|"
    r"[\w-]{0,40}(?:committee|council|cllr|panel|board|group|only|list)[\w-]{0,40}"
)
_NAME = rf"(?!(?:{_NOT_A_NAME})(?:/|$))(?!.*\.(?:pdf|docx?|xlsx?|csv|jpe?g|png)$)[^/]+"
_BY_PATH = re.compile(
    rf"(?:/[^/]+){{0,2}}/(?:u/(?!\d/|\d$){_NAME}|(?:users?|profiles?)/(?:\d+/)?{_NAME}"
    rf"|profile/(?:comments|discussions)/{_NAME}|members?/{_NAME})(?:/(?:{_TABS}))?",
    re.IGNORECASE,
)
# A heading rather than a name, among pages for the members of a body: /members/guidance-on-young-carers
_HEADING = re.compile(r".*/members?/(?:[a-z]+-){3,}[a-z]+", re.IGNORECASE)

_SCRIPT = re.compile(
    r"(?:/[^/]+){0,3}/(?:member|members|user|profile|user_?profile|view_?profile)(?:\.\w{3,4})?", re.IGNORECASE
)
_WHOSE = names("u uid id user userid user_id username name member memberid")
_WHICH_POST = names("p pid t tid post postid topic thread threadid comment")
_NUMBERED = re.compile(r"\d+-[^/]+")


def is_account(address: Address) -> bool:
    """Whether it is where one person is, rather than something said: a council's own pages are not."""
    host, path = address.host.removeprefix("www."), address.path.rstrip("/")
    if any(site.fullmatch(host) and account.fullmatch(path) for site, account in _ACCOUNTS):
        return True
    if _PUBLIC_BODIES.fullmatch(host) or address.fragment:
        return False
    if _BY_PATH.fullmatch(path) and not _HEADING.fullmatch(path):
        return True
    return _is_account_by_query(path, {name.lower(): value or "" for name, value in address.query})


def _is_account_by_query(path: str, query: dict[str, str]) -> bool:
    """member.php?u=12, member.php?12-jane, memberlist.php?mode=viewprofile&u=12, index.php?action=profile;u=12."""
    if query.keys() & _WHICH_POST:
        return False
    if _SCRIPT.fullmatch(path):
        return any(query.get(name) for name in _WHOSE) or any(_NUMBERED.fullmatch(name) for name in query)
    return query.get("mode") == "viewprofile" or re.match(r"profile(?:;|%3B|$)", query.get("action", "")) is not None


# --- searches -------------------------------------------------------------------------------------------------------

_LOOKED_FOR = names("q query search search_query searchterm keyword keywords term")
_IN_PATH = re.compile(r"(?:/[^/]+)?/search/(.+)", re.IGNORECASE)


def searched_for(address: Address) -> Iterator[str]:
    """What was typed into the search whose results this page shows."""
    if found := _IN_PATH.fullmatch(address.path):
        yield unquote(found[1], errors="replace")
    for name, value in address.query:
        if value and name.lower() in _LOOKED_FOR:
            yield unquote(value, errors="replace")


def is_for_one_person(typed: str) -> bool:
    """Whether it looks for what one account said, as the search deck would not."""
    return searching.looks_for_a_person(typed)


_SITE = re.compile(r"(?i)^[-+(\"']*(?:site|inurl|url):")


def places(typed: str) -> Iterator[str]:
    """The addresses among words that were searched for: site:x.com/name leads to one account."""
    for word in typed.split():
        if "/" in word:
            yield _SITE.sub("", word).strip("()\"'")
