"""Addresses of forums, the press, and the places where people in the UK tell public services something."""

import re

from evidence.link_parts import names
from evidence.link_rules import Platform, profile, rule

BBC = Platform(
    name="bbc",
    home="www.bbc.co.uk",
    hosts=("bbc.co.uk", "bbc.com"),
    prefix="www|m|amp",
    noise=names("at_* ns_* xtor ocid ito intlink_from_url link_location pinned_post_* src_origin"),
    dress=re.compile(r"(?:/amp(?=/|$))+|(?:\.amp)+(?=(?:/amp)*/?$)"),
    rules=(
        rule(
            r"/(?P<section>[a-z/-]+)/live/(?P<id>[\w-]+)",
            "{section}/live/{id}",
            "https://www.bbc.co.uk/{section}/live/{id}",
            narrow="post page",
        ),
    ),
)

GUARDIAN = Platform(
    name="guardian",
    home="www.theguardian.com",
    hosts=("theguardian.com",),
    prefix="www|amp|m",
    noise=names("CMP INTCMP amp dcr"),
    rules=(
        rule(
            r"/(?P<id>.+/\d{4}/[a-z]{3}/\d{2}/[^/]+)",
            "{id}",
            "https://www.theguardian.com/{id}",
            narrow="page",
            anchors=True,
        ),
        profile(r"/profile/(?P<user>[\w-]+)", "https://www.theguardian.com/profile/{user}"),
    ),
)

MUMSNET = Platform(
    name="mumsnet",
    home="www.mumsnet.com",
    hosts=("mumsnet.com",),
    rules=(
        rule(
            r"/[Tt]alk/(?P<board>[\w-]+)/(?P<old>a?)(?P<id>\d+)(?P<slug>-[^/]*)?",
            "{id}",
            "https://www.mumsnet.com/talk/{board}/{old}{id}{slug}",
            narrow="reply page pg",
            fold="board",
            anchors=True,
        ),
        profile(r"/(?:profile|members|user)/(?P<user>[^/]+)", "https://www.mumsnet.com/profile/{user}"),
    ),
)

CARE_OPINION = Platform(
    name="careopinion",
    home="www.careopinion.org.uk",
    hosts=("careopinion.org.uk", "patientopinion.org.uk"),
    rules=(rule(r"(?:/opinions)?/(?P<id>\d+)", "{id}", "https://www.careopinion.org.uk/{id}", anchors=True),),
)

WHATDOTHEYKNOW = Platform(
    name="whatdotheyknow",
    home="www.whatdotheyknow.com",
    hosts=("whatdotheyknow.com",),
    rules=(
        rule(
            r"(?:/(?:cy|en))?/request/(?P<id>[\w-]+)",
            "{id}",
            "https://www.whatdotheyknow.com/request/{id}",
            anchors=True,
        ),
        profile(r"(?:/(?:cy|en))?/user/(?P<user>[\w-]+)", "https://www.whatdotheyknow.com/user/{user}"),
    ),
)

FIXMYSTREET = Platform(
    name="fixmystreet",
    home="www.fixmystreet.com",
    hosts=("fixmystreet.com",),
    prefix="www|m|[a-z]+",
    rules=(rule(r"/report/(?P<id>\d+)", "{id}", "https://www.fixmystreet.com/report/{id}"),),
)

PETITIONS = Platform(
    name="petition",
    home="petition.parliament.uk",
    hosts=("petition.parliament.uk",),
    rules=(
        rule(
            r"/petitions/(?P<id>\d+)(?:/signatures/new|/sponsors/new|/moderation-info|\.json)?",
            "{id}",
            "https://petition.parliament.uk/petitions/{id}",
        ),
    ),
)

CHANGE = Platform(
    name="change",
    home="www.change.org",
    hosts=("change.org",),
    noise=frozenset(
        {"recruiter", "recruited_by_id", "source_location", "share_bandit_exp", "psf_variant", "recruiter_id"}
    ),
    rules=(
        rule(r"(?:/[a-z]{2}-[A-Z]{2})?/p/(?P<id>[^/]+)", "{id}", "https://www.change.org/p/{id}"),
        profile(r"(?:/[a-z]{2}-[A-Z]{2})?/u/(?P<user>[^/]+)", "https://www.change.org/u/{user}"),
    ),
)

NEXTDOOR = Platform(
    name="nextdoor",
    home="nextdoor.co.uk",
    hosts=("nextdoor.co.uk", "nextdoor.com"),
    noise=names("share_action_id view init_source query s"),
    rules=(
        rule(r"/p/(?P<id>[\w-]+)(?:/c/\d+)?", "{id}", "https://nextdoor.co.uk/p/{id}", narrow="comment"),
        rule(
            r"/news_feed",
            "post:{post}",
            "https://nextdoor.co.uk/news_feed/?post={post}",
            needs="post",
            narrow="comment",
        ),
        profile(r"/profile/(?P<user>[\w-]+)", "https://nextdoor.co.uk/profile/{user}"),
    ),
)

VIMEO = Platform(
    name="vimeo",
    home="vimeo.com",
    hosts=("vimeo.com",),
    prefix="www|player",
    rules=(rule(r"/(?:video/|channels/[\w-]+/|groups/[\w-]+/videos/)?(?P<id>\d+)", "{id}", "https://vimeo.com/{id}"),),
)

TELEGRAM = Platform(
    name="telegram",
    home="t.me",
    hosts=("t.me", "telegram.me"),
    prefix="www",
    rules=(
        rule(
            r"/(?:s/)?(?P<channel>\w+)/(?P<id>\d+)",
            "{channel}/{id}",
            "https://t.me/{channel}/{id}",
            narrow="comment",
            fold="channel",
        ),
    ),
)

# Mastodon and its kin run on thousands of servers: known by their paths alone.
MASTODON = Platform(
    name="mastodon",
    home="",
    hosts=(),
    rules=(
        rule(
            r"/(?:web/|deck/)?(?P<user>@[\w.-]+(?:@[\w.-]+)?)/(?P<id>\d+)(?:/(?:embed|reblogs|favourites|quotes))?",
            "{server}/{id}",
            "https://{server}/{user}/{id}",
        ),
        rule(
            r"/users/(?P<user>[\w.-]+)/statuses/(?P<id>\d+)(?:/activity)?",
            "{server}/{id}",
            "https://{server}/@{user}/{id}",
        ),
        rule(r"/web/statuses/(?P<id>\d+)", "{server}/{id}", "https://{server}/web/statuses/{id}"),
        rule(
            r"/web/accounts/(?P<user>\d+)", "{server}/{user}", "https://{server}/web/accounts/{user}", is_profile=True
        ),
    ),
)

# Many more sites write a person's page as /@name.
WEB = Platform(
    name="web",
    home="",
    hosts=(),
    rules=(
        rule(
            r"/(?:web/)?@(?P<user>[\w.-]+(?:@[\w.-]+)?)(?:/(?:with_replies|media|followers|following|featured|about))?",
            "profile:{server}/{user}",
            "https://{server}/@{user}",
            fold="user",
            is_profile=True,
        ),
    ),
)

ANYWHERE = (MASTODON, WEB)
PLATFORMS = (
    BBC,
    GUARDIAN,
    MUMSNET,
    CARE_OPINION,
    WHATDOTHEYKNOW,
    FIXMYSTREET,
    PETITIONS,
    CHANGE,
    NEXTDOOR,
    VIMEO,
    TELEGRAM,
)
