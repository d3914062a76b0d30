"""Addresses of Facebook, Instagram and Threads."""

from evidence.link_parts import names
from evidence.link_rules import Platform, profile, rule

_FACEBOOK_RESERVED = (
    "watch|reels?|groups|events|marketplace|gaming|search|hashtag|login|login\\.php|help|policies|story\\.php|permalink\\.php|"
    "photo\\.php|photos?|video\\.php|videos?|share|sharer|sharer\\.php|l\\.php|plugins|dialog|media|notes|stories|business|"
    "ads|privacy|legal|settings|messages|notifications|friends|home\\.php|saved|games|fundraisers|donate|public|directory|"
    "profile\\.php|pages|people|pg|posts|about"
)
_FACEBOOK_REPLY = "reply_comment_id comment_id"
FACEBOOK = Platform(
    name="facebook",
    home="www.facebook.com",
    hosts=("facebook.com", "fb.com"),
    short=("fb.watch", "fb.me"),
    prefix="www|m|mbasic|touch|web|d|[a-z]{2}-[a-z]{2}",
    noise=names(
        "__cft__* __tn__ __xts__* __so__ __rv__ ref refid fref hc_ref hc_location rdid share_url paipv eav _rdr _rdc "
        "locale sfnsn extid notif_t notif_id rc wtsid acontext idorvanity mibextid source modal ls_ref"
    ),
    rules=(
        rule(
            r"/(?:permalink|story)\.php",
            "post:{story_fbid}",
            "https://www.facebook.com/permalink.php?story_fbid={story_fbid}&id={id}",
            needs="story_fbid id",
            narrow=_FACEBOOK_REPLY,
        ),
        rule(
            r"/groups/(?P<group>[^/]+)/(?:posts|permalink)/(?P<id>\w+)",
            "group:{group}:{id}",
            "https://www.facebook.com/groups/{group}/posts/{id}",
            thread="post:{id}",
            narrow=_FACEBOOK_REPLY,
            fold="group",
        ),
        rule(
            r"/groups/(?P<group>[^/]+)",
            "group:{group}:{multi_permalinks}",
            "https://www.facebook.com/groups/{group}/posts/{multi_permalinks}",
            thread="post:{multi_permalinks}",
            needs="multi_permalinks",
            narrow=_FACEBOOK_REPLY,
            fold="group",
        ),
        rule(
            r"/(?!groups/)(?P<user>[^/]+)/posts/(?:[^/]+/)?(?P<id>\d+|pfbid\w+)",
            "post:{id}",
            "https://www.facebook.com/{user}/posts/{id}",
            narrow=_FACEBOOK_REPLY,
            fold="user",
        ),
        rule(
            r"/photo(?:\.php)?",
            "photo:{fbid}",
            "https://www.facebook.com/photo/?fbid={fbid}",
            needs="fbid",
            narrow=_FACEBOOK_REPLY,
        ),
        rule(
            r"/[^/]+/photos/(?:[^/]+/)?(?P<id>\d+)",
            "photo:{id}",
            "https://www.facebook.com/photo/?fbid={id}",
            narrow=_FACEBOOK_REPLY,
        ),
        rule(
            r"/(?:watch(?:/live)?|video\.php)",
            "video:{v}",
            "https://www.facebook.com/watch/?v={v}",
            needs="v",
            narrow=_FACEBOOK_REPLY,
        ),
        rule(
            r"/(?:[^/]+/videos(?:/[^/]+)?|reels?)/(?P<id>\d+)",
            "video:{id}",
            "https://www.facebook.com/watch/?v={id}",
            narrow=_FACEBOOK_REPLY,
        ),
        rule(r"/events/(?:[^/]+/)?(?P<id>\d+)", "event:{id}", "https://www.facebook.com/events/{id}"),
        rule(r"/share/(?P<kind>p|v|r)/(?P<id>\w+)", "share:{kind}:{id}", "https://www.facebook.com/share/{kind}/{id}/"),
        rule(r"/(?P<host>fb\.watch|fb\.me)/(?P<id>[\w-]+)", "{host}:{id}", "https://{host}/{id}/"),
        rule(
            r"/profile\.php",
            "profile:{id}",
            "https://www.facebook.com/profile.php?id={id}",
            needs="id",
            is_profile=True,
        ),
        profile(r"/groups/[^/]+/user/(?P<user>\d+)", "https://www.facebook.com/profile.php?id={user}"),
        profile(r"/(?:people|pages)/[^/]+/(?P<user>\d+)(?:/.*)?", "https://www.facebook.com/profile.php?id={user}"),
        profile(
            rf"/(?:pg/)?(?!(?:{_FACEBOOK_RESERVED})(?:/|$))(?P<user>[\w.-]+)"
            r"(?:/(?:about\w*|photos\w*|videos|friends\w*|followers|following|likes|reels|reviews|posts|events|mentions))?",
            "https://www.facebook.com/{user}",
        ),
    ),
)

_INSTAGRAM_RESERVED = "p|reels?|tv|stories|explore|accounts|direct|share|about|legal|developer|web|challenge"
INSTAGRAM = Platform(
    name="instagram",
    home="www.instagram.com",
    hosts=("instagram.com", "instagr.am"),
    noise=names("hl img_index ig_rid ig_mid __a __d"),
    rules=(
        rule(
            r"/(?:[\w.]+/)?(?:p|reels?|tv)/(?P<id>[\w-]+)/c/(?P<reply>\d+)(?:/.*)?",
            "{id}:{reply}",
            "https://www.instagram.com/p/{id}/c/{reply}/",
            thread="{id}",
        ),
        rule(
            r"/(?:[\w.]+/)?(?:p|reels?|tv)/(?P<id>[\w-]+)(?:/embed(?:/captioned)?)?",
            "{id}",
            "https://www.instagram.com/p/{id}/",
        ),
        rule(
            r"/stories/(?P<user>[\w.]+)/(?P<id>\d+)",
            "story:{id}",
            "https://www.instagram.com/stories/{user}/{id}/",
            fold="user",
        ),
        rule(r"/explore/tags/(?P<tag>[^/]+)", "tag:{tag}", "https://www.instagram.com/explore/tags/{tag}/", fold="tag"),
        profile(
            rf"/(?:stories/)?(?!(?:{_INSTAGRAM_RESERVED})(?:/|$))(?P<user>[\w.]+)"
            r"(?:/(?:reels|tagged|followers|following|channel|guides))?",
            "https://www.instagram.com/{user}/",
        ),
    ),
)

THREADS = Platform(
    name="threads",
    home="www.threads.com",
    hosts=("threads.com", "threads.net"),
    noise=names("xmt slof hl"),
    rules=(
        rule(r"/(?:@[\w.]+/post|t)/(?P<id>[\w-]+)(?:/(?:embed|media))?", "{id}", "https://www.threads.com/t/{id}"),
        profile(r"/@(?P<user>[\w.]+)(?:/(?:replies|media|reposts))?", "https://www.threads.com/@{user}"),
    ),
)

PLATFORMS = (FACEBOOK, INSTAGRAM, THREADS)
