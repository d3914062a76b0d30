"""Addresses of the other large social platforms, one table each. Ids keep their case; names of accounts have none."""

from evidence.link_parts import names
from evidence.link_rules import Platform, profile, rule

_X_RESERVED = (
    "home|explore|search|i|hashtag|settings|messages|notifications|compose|login|signup|intent|share|tos|privacy|jobs"
)
X = Platform(
    name="x",
    home="x.com",
    hosts=("x.com", "twitter.com", "nitter.net", "xcancel.com", "fxtwitter.com", "vxtwitter.com", "fixupx.com"),
    noise=names("s t src ref_src ref_url cxt cn refsrc"),
    rules=(
        rule(r"(?:/i/web|/@?\w+)?/status(?:es)?/(?P<id>\d+)(?:/.*)?", "{id}", "https://x.com/i/web/status/{id}"),
        rule(r"/hashtag/(?P<tag>[^/]+)", "tag:{tag}", "https://x.com/hashtag/{tag}", fold="tag"),
        rule(
            r"/i/(?P<kind>spaces|events|lists|broadcasts)/(?P<id>\w+)(?:/.*)?",
            "{kind}:{id}",
            "https://x.com/i/{kind}/{id}",
        ),
        profile(r"/i/user/(?P<user>\d+)", "https://x.com/i/user/{user}"),
        rule(
            r"/intent/(?:user|follow)",
            "profile:{screen_name}",
            "https://x.com/{screen_name}",
            needs="screen_name",
            fold="screen_name",
            is_profile=True,
        ),
        profile(
            rf"/@?(?!(?:{_X_RESERVED})(?:/|$))(?P<user>\w{{1,30}})"
            r"(?:/(?:with_replies|media|likes|followers|following|verified_followers|highlights|articles|lists|about|photo))?",
            "https://x.com/{user}",
        ),
    ),
)

YOUTUBE = Platform(
    name="youtube",
    home="www.youtube.com",
    hosts=("youtube.com", "youtube-nocookie.com"),
    short=("youtu.be",),
    prefix="www|m|music",
    noise=names("si feature pp ab_channel t app"),
    rules=(
        rule(r"/watch", "{v}", "https://www.youtube.com/watch?v={v}", needs="v", narrow="lc"),
        rule(
            r"/embed/videoseries|/playlist", "list:{list}", "https://www.youtube.com/playlist?list={list}", needs="list"
        ),
        rule(
            r"/(?:shorts|live|embed|v|e|youtu\.be(?:/shorts|/live)?)/(?P<id>[\w-]+)",
            "{id}",
            "https://www.youtube.com/watch?v={id}",
            narrow="lc",
        ),
        rule(r"/(?P<kind>clip|post)/(?P<id>[\w-]+)", "{kind}:{id}", "https://www.youtube.com/{kind}/{id}"),
        rule(
            r"/channel/(?P<id>[\w-]+)(?:/\w+)?", "profile:{id}", "https://www.youtube.com/channel/{id}", is_profile=True
        ),
        profile(r"/(?P<user>@[^/]+|(?:c|user)/[^/]+)(?:/\w+)?", "https://www.youtube.com/{user}"),
    ),
)

TIKTOK = Platform(
    name="tiktok",
    home="www.tiktok.com",
    hosts=("tiktok.com",),
    short=("vm.tiktok.com", "vt.tiktok.com"),
    noise=names(
        "_r _t _d is_from_webapp sender_device sender_web_id web_id is_copy_url lang share_app_id share_link_id source "
        "share_item_id u_code user_id sec_user_id tt_from checksum preview_pb share_author_id timestamp"
    ),
    rules=(
        rule(
            r"/(?P<user>@[\w.-]*)/(?P<kind>video|photo)/(?P<id>\d+)",
            "{id}",
            "https://www.tiktok.com/{user}/{kind}/{id}",
            fold="user",
        ),
        rule(
            r"/(?:v|share/video|i18n/share/video|embed(?:/v\d)?|player/v\d)/(?P<id>\d+)(?:\.html)?",
            "{id}",
            "https://www.tiktok.com/embed/v2/{id}",
        ),
        rule(r"/(?P<host>v[mt]\.tiktok\.com)/(?P<id>\w+)", "short:{id}", "https://{host}/{id}/"),
        rule(r"/t/(?P<id>\w+)", "short:{id}", "https://www.tiktok.com/t/{id}/"),
        rule(r"/tag/(?P<tag>[^/]+)", "tag:{tag}", "https://www.tiktok.com/tag/{tag}", fold="tag"),
        profile(r"/@(?P<user>[\w.-]+)(?:/live)?", "https://www.tiktok.com/@{user}"),
    ),
)

_SUBREDDIT = r"/(?:r|u|user)/(?P<place>[\w-]+)"
REDDIT = Platform(
    name="reddit",
    home="www.reddit.com",
    hosts=("reddit.com",),
    short=("redd.it",),
    prefix="www|old|new|np|m|i|amp|sh|[a-z]{2}",
    noise=names("share_id context rdt ref ref_source st sh $deep_link correlation_id"),
    rules=(
        rule(
            r"(?:/(?:r|u|user)/[\w-]+)?/comments/(?P<id>\w+)/(?:comment|[^/]*)/(?P<reply>\w+)(?:/.*)?",
            "{id}:{reply}",
            "https://www.reddit.com/comments/{id}/comment/{reply}",
            thread="{id}",
            fold="id reply",
        ),
        rule(
            r"(?:/(?:r|u|user)/[\w-]+)?/(?:comments|gallery|tb|redd\.it|poll)/(?P<id>\w+)(?:/[^/]*)?",
            "{id}",
            "https://www.reddit.com/comments/{id}",
            fold="id",
        ),
        rule(rf"{_SUBREDDIT}/s/(?P<id>\w+)", "short:{id}", "https://www.reddit.com/r/{place}/s/{id}", fold="place"),
        rule(r"/r/(?P<place>[\w-]+)", "r/{place}", "https://www.reddit.com/r/{place}", fold="place"),
        profile(
            r"/(?:u|user)/(?P<user>[\w-]+)(?:/(?:submitted|comments|overview|about|saved|gilded))?",
            "https://www.reddit.com/user/{user}",
        ),
    ),
)

BLUESKY = Platform(
    name="bluesky",
    home="bsky.app",
    hosts=("bsky.app",),
    prefix="www|staging|main",
    short=("embed.bsky.app",),
    rules=(
        # A handle and a did: of one person cannot be told to be the same, so only the thread joins them.
        rule(
            r"/profile/(?P<who>did:[\w.:%-]+)/post/(?P<id>[\w~.:-]+)(?:/.*)?",
            "{who}:{id}",
            "https://bsky.app/profile/{who}/post/{id}",
            thread="{id}",
        ),
        rule(
            r"/profile/(?P<who>[\w.-]+)/post/(?P<id>[\w~.:-]+)(?:/.*)?",
            "{who}:{id}",
            "https://bsky.app/profile/{who}/post/{id}",
            thread="{id}",
            fold="who",
        ),
        rule(
            r"/embed\.bsky\.app/embed/(?P<who>did:[\w.:%-]+)/app\.bsky\.feed\.post/(?P<id>[\w~.:-]+)",
            "{who}:{id}",
            "https://bsky.app/profile/{who}/post/{id}",
            thread="{id}",
        ),
        rule(
            r"/profile/(?P<who>did:[\w.:%-]+)(?:/(?:followers|follows))?",
            "profile:{who}",
            "https://bsky.app/profile/{who}",
            is_profile=True,
        ),
        profile(
            r"/profile/(?P<user>[\w.-]+)(?:/(?:followers|follows|known-followers))?", "https://bsky.app/profile/{user}"
        ),
    ),
)

_LINKEDIN_REPLY = "commentUrn dashCommentUrn replyUrn"
LINKEDIN = Platform(
    name="linkedin",
    home="www.linkedin.com",
    hosts=("linkedin.com",),
    short=("lnkd.in",),
    prefix="www|m|mobile|touch|[a-z]{2}",
    noise=frozenset(
        {"trk", "trackingId", "lipi", "rcm", "originalSubdomain", "midToken", "trkEmail", "trkInfo", "refId"}
    ),
    rules=(
        rule(
            r"/posts/(?:.*-)?(?P<kind>activity|share|ugcPost)-(?P<id>\d+)(?:-[\w-]+)?",
            "{kind}:{id}",
            "https://www.linkedin.com/feed/update/urn:li:{kind}:{id}",
            narrow=_LINKEDIN_REPLY,
        ),
        rule(
            r"/(?:embed/)?feed/update/urn:li:(?P<kind>activity|share|ugcPost):(?P<id>\d+)",
            "{kind}:{id}",
            "https://www.linkedin.com/feed/update/urn:li:{kind}:{id}",
            narrow=_LINKEDIN_REPLY,
        ),
        rule(r"/pulse/(?P<id>[^/]+)", "article:{id}", "https://www.linkedin.com/pulse/{id}", fold="id"),
        rule(r"/lnkd\.in/(?P<id>[\w-]+)", "short:{id}", "https://lnkd.in/{id}"),
        profile(r"/in/(?P<user>[^/]+)(?:/.*)?", "https://www.linkedin.com/in/{user}"),
        profile(r"/pub/(?P<user>[^/]+(?:/[^/]+)*)", "https://www.linkedin.com/pub/{user}"),
    ),
)

PLATFORMS = (X, YOUTUBE, TIKTOK, REDDIT, BLUESKY, LINKEDIN)
