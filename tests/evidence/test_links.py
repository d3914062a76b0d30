"""Which addresses are one item, which one thread, and which must never be taken for each other. Ids are invented."""

import csv
import string
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import searchdeck
from evidence.links import Link, canonicalise, first_link
from searchdeck import searching


def words(text: str) -> list[str]:
    return text.split()


def hard(url: str) -> str:
    return canonicalise(url).hard_key


def soft(url: str) -> str:
    return canonicalise(url).soft_key


SAME_ITEM = {
    "x": """
        https://x.com/EssexCC/status/1789012345678901234
        https://twitter.com/EssexCC/status/1789012345678901234?s=20&t=abc
        https://mobile.twitter.com/EssexCC/status/1789012345678901234
        https://x.com/i/web/status/1789012345678901234
        https://x.com/i/status/1789012345678901234
        https://x.com/EssexCC/status/1789012345678901234/photo/1
        https://www.x.com/essexcc/status/1789012345678901234/
        http://twitter.com/EssexCC/statuses/1789012345678901234
        https://twitter.com/statuses/1789012345678901234
        https://nitter.net/EssexCC/status/1789012345678901234#m
        https://fxtwitter.com/EssexCC/status/1789012345678901234
        x.com/EssexCC/status/1789012345678901234?ref_src=twsrc%5Etfw
    """,
    "facebook post": """
        https://www.facebook.com/essexcc/posts/10158012345678901
        https://m.facebook.com/essexcc/posts/10158012345678901?mibextid=Zxz2cZ
        https://www.facebook.com/essexcc/posts/10158012345678901?__cft__[0]=AZX&__tn__=%2CO%2CP-R
        https://www.facebook.com/essexcc/posts/10158012345678901?__cft__%5B0%5D=AZX
        https://www.facebook.com/permalink.php?story_fbid=10158012345678901&id=100064000000001
        https://m.facebook.com/story.php?story_fbid=10158012345678901&id=100064000000001&refid=17
        https://www.facebook.com/permalink.php?id=100064000000001&story_fbid=10158012345678901
        https://mbasic.facebook.com/essexcc/posts/a-long-headline/10158012345678901/
        https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.facebook.com%2Fessexcc%2Fposts%2F10158012345678901&h=AT0
        https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fessexcc%2Fposts%2F10158012345678901
        https://www.facebook.com/login/?next=https%3A%2F%2Fwww.facebook.com%2Fessexcc%2Fposts%2F10158012345678901
    """,
    "facebook group": """
        https://www.facebook.com/groups/g/posts/7001
        https://m.facebook.com/groups/g/permalink/7001?ref=share
        https://www.facebook.com/groups/g?multi_permalinks=7001
        https://www.facebook.com/groups/G/?multi_permalinks=7001&hoisted_section_header_type=recently_seen
    """,
    "facebook photo": """
        https://www.facebook.com/photo/?fbid=501&set=a.77
        https://www.facebook.com/photo.php?fbid=501
        https://www.facebook.com/essexcc/photos/a.77.88/501/
        https://www.facebook.com/essexcc/photos/501
    """,
    "facebook video": """
        https://www.facebook.com/watch/?v=601
        https://www.facebook.com/essexcc/videos/601/
        https://www.facebook.com/essexcc/videos/budget-day/601
        https://www.facebook.com/reel/601
    """,
    "youtube": """
        https://www.youtube.com/watch?v=aB3-xY_9kLm
        https://youtu.be/aB3-xY_9kLm?si=Q1w2
        https://m.youtube.com/watch?v=aB3-xY_9kLm
        https://www.youtube.com/shorts/aB3-xY_9kLm
        https://www.youtube.com/watch?v=aB3-xY_9kLm&t=42s
        https://www.youtube.com/watch?list=PL1&index=2&v=aB3-xY_9kLm&feature=share
        https://www.youtube-nocookie.com/embed/aB3-xY_9kLm?rel=0
        https://www.youtube.com/live/aB3-xY_9kLm
        https://music.youtube.com/watch?v=aB3-xY_9kLm
    """,
    "instagram": """
        https://www.instagram.com/p/CaSe12_-x/
        https://www.instagram.com/p/CaSe12_-x/?igsh=MzR
        https://www.instagram.com/essexcc/p/CaSe12_-x/
        https://www.instagram.com/reel/CaSe12_-x/
        https://instagram.com/reels/CaSe12_-x
        https://www.instagram.com/tv/CaSe12_-x/?utm_source=ig_web_copy_link
        https://www.instagram.com/p/CaSe12_-x/embed/captioned/
        https://www.instagram.com/essexcc/reel/CaSe12_-x/?img_index=2
    """,
    "tiktok": """
        https://www.tiktok.com/@essexcc/video/7301234567890123456
        https://m.tiktok.com/v/7301234567890123456.html
        https://www.tiktok.com/@EssexCC/video/7301234567890123456?is_from_webapp=1&sender_device=pc
        https://www.tiktok.com/embed/v2/7301234567890123456
        https://www.tiktok.com/@essexcc/photo/7301234567890123456
    """,
    "reddit": """
        https://www.reddit.com/r/essex/comments/1abc2d/bus_cuts/
        https://old.reddit.com/r/essex/comments/1abc2d/bus_cuts/
        https://www.reddit.com/comments/1abc2d
        https://redd.it/1abc2d
        https://np.reddit.com/r/Essex/comments/1abc2d/
        https://www.reddit.com/r/essex/comments/1abc2d/bus_cuts/?utm_source=share&rdt=1
        https://www.reddit.com/gallery/1abc2d
        https://out.reddit.com/t3_x?url=https%3A%2F%2Fredd.it%2F1abc2d
    """,
    "bluesky": """
        https://bsky.app/profile/essex.example.org/post/3kAbCdEfGh
        https://bsky.app/profile/Essex.Example.org/post/3kAbCdEfGh?ref_src=embed
        at://essex.example.org/app.bsky.feed.post/3kAbCdEfGh
    """,
    "bluesky did": """
        https://bsky.app/profile/did:plc:abc123/post/3kAbCdEfGh
        https://bsky.app/profile/did%3Aplc%3Aabc123/post/3kAbCdEfGh
        at://did:plc:abc123/app.bsky.feed.post/3kAbCdEfGh
        https://embed.bsky.app/embed/did:plc:abc123/app.bsky.feed.post/3kAbCdEfGh?id=4
    """,
    "mastodon": """
        https://mastodon.example/@u/109876543210
        https://mastodon.example/@u/109876543210/embed
        https://mastodon.example/web/statuses/109876543210
        https://mastodon.example/web/@u/109876543210
        https://mastodon.example/users/u/statuses/109876543210
        https://mastodon.example/@u@other.example/109876543210
        https://mastodon.example/deck/@u/109876543210
    """,
    "linkedin": """
        https://www.linkedin.com/posts/jo-bloggs_scrutiny-activity-7012345678901234567-AbCd
        https://www.linkedin.com/feed/update/urn:li:activity:7012345678901234567
        https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A7012345678901234567/
        https://uk.linkedin.com/posts/jo-bloggs_scrutiny-activity-7012345678901234567-AbCd?trk=public_profile&rcm=ACo
        https://www.linkedin.com/embed/feed/update/urn:li:activity:7012345678901234567
        urn:li:activity:7012345678901234567
    """,
    "threads": """
        https://www.threads.net/@essexcc/post/CyAbC12
        https://www.threads.com/@essexcc/post/CyAbC12?xmt=AQ
        https://threads.net/t/CyAbC12
    """,
    "bbc": """
        https://www.bbc.co.uk/news/uk-england-essex-12345678
        https://www.bbc.com/news/uk-england-essex-12345678
        https://www.bbc.co.uk/news/uk-england-essex-12345678.amp
        https://www.bbc.co.uk/news/uk-england-essex-12345678#comments
        https://m.bbc.co.uk/news/uk-england-essex-12345678/?at_medium=RSS&at_campaign=KARANGA
        https://www.bbc.co.uk/news/amp/uk-england-essex-12345678
        https://www.google.com/amp/s/www.bbc.co.uk/news/uk-england-essex-12345678.amp
        https://www-bbc-co-uk.cdn.ampproject.org/c/s/www.bbc.co.uk/news/uk-england-essex-12345678.amp
    """,
    "bbc live page": """
        https://www.bbc.co.uk/news/live/c1x2y3
        https://www.bbc.com/news/live/c1x2y3.amp?at_format=link
        https://www.bbc.com/news/live/c1x2y3?pinned_post_locator=urn:asset:9
    """,
    "bbc home": """
        https://www.bbc.co.uk/
        https://bbc.com/amp#top
    """,
    "guardian": """
        https://www.theguardian.com/society/2026/may/02/young-carers
        https://amp.theguardian.com/society/2026/may/02/young-carers
        https://www.theguardian.com/society/2026/may/02/young-carers?CMP=Share_iOSApp_Other
    """,
    "care opinion": """
        https://www.careopinion.org.uk/1234567
        https://www.careopinion.org.uk/opinions/1234567
        https://www.patientopinion.org.uk/opinions/1234567/
    """,
    "mumsnet": """
        https://www.mumsnet.com/talk/special_needs/5012345-waiting-for-camhs
        https://www.mumsnet.com/Talk/special_needs/5012345-waiting-for-camhs?page=1
        https://www.mumsnet.com/talk/special_needs/5012345
    """,
    "freedom of information": """
        https://www.whatdotheyknow.com/request/bus_contract
        https://www.whatdotheyknow.com/cy/request/bus_contract?unfold=1
    """,
    "street report": """
        https://www.fixmystreet.com/report/4001
        https://essex.fixmystreet.com/report/4001
    """,
    "petition": """
        https://petition.parliament.uk/petitions/600001
        https://petition.parliament.uk/petitions/600001/signatures/new
        https://petition.parliament.uk/petitions/600001?reveal_response=yes
    """,
    "any page": """
        https://www.essex.example.org/news/buses?id=4
        https://www.essex.example.org/news/buses?id=4&utm_source=newsletter&utm_medium=email
        http://essex.example.org/news/buses/?id=4&fbclid=IwAR0#main
        HTTPS://WWW.Essex.Example.ORG:443/news/./old/../buses?id=4&gclid=1
        //essex.example.org/news/buses?id=4
        essex.example.org/news/%62uses?mc_cid=1&id=4
        https://user:secret@essex.example.org./news/buses?id=4#:~:text=bus%20cuts
        https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fessex.example.org%2Fnews%2Fbuses%3Fid%3D4&data=05
        https://www.google.com/url?q=https://essex.example.org/news/buses%3Fid%3D4&sa=D
        <https://essex.example.org/news/buses?id=4>
    """,
    "order of parameters": """
        https://essex.example.org/find?ward=4&topic=buses
        https://essex.example.org/find?topic=buses&ward=4
    """,
    "letters beyond ASCII": """
        https://www.münchen.example/straße?q=für+alle
        https://xn--mnchen-3ya.example/stra%C3%9Fe?q=f%c3%bcr%20alle
        https://MÜNCHEN.example/straße?q=für%20alle
    """,
}
SAME_ITEM_PAIRS = [
    pytest.param(first, other, id=f"{name}-{number}")
    for name, group in SAME_ITEM.items()
    for first, *others in [group.split()]
    for number, other in enumerate(others)
]


@pytest.mark.parametrize(("one", "other"), SAME_ITEM_PAIRS)
def test_addresses_of_one_item_have_one_hard_and_one_soft_key(one: str, other: str) -> None:
    assert (hard(one), soft(one)) == (hard(other), soft(other))


SAME_THREAD = [
    ("https://bsky.app/profile/essex.example.org/post/3kAb", "https://bsky.app/profile/did:plc:abc123/post/3kAb"),
    ("https://www.mumsnet.com/talk/camhs/501-waiting", "https://www.mumsnet.com/talk/camhs/501-waiting?page=3"),
    ("https://www.mumsnet.com/talk/camhs/501-waiting", "https://www.mumsnet.com/talk/camhs/501-waiting?reply=9"),
    ("https://www.mumsnet.com/talk/camhs/501-w?reply=5", "https://www.mumsnet.com/talk/camhs/501-w?reply=6"),
    ("https://www.facebook.com/a/posts/71", "https://www.facebook.com/a/posts/71?comment_id=5"),
    (
        "https://www.facebook.com/a/posts/71?comment_id=5",
        "https://www.facebook.com/a/posts/71?comment_id=5&reply_comment_id=6",
    ),
    ("https://www.facebook.com/groups/g/posts/7001", "https://www.facebook.com/groups/100200300/posts/7001"),
    ("https://www.youtube.com/watch?v=abc", "https://www.youtube.com/watch?v=abc&lc=Ugx1"),
    ("https://www.instagram.com/p/Cab/", "https://www.instagram.com/p/Cab/c/179001/"),
    ("https://www.reddit.com/r/a/comments/1ab/x/", "https://www.reddit.com/r/a/comments/1ab/x/kz1/?context=3"),
    ("https://www.reddit.com/comments/1ab", "https://www.reddit.com/r/a/comments/1ab/comment/kz1/"),
    (
        "https://www.linkedin.com/feed/update/urn:li:activity:71",
        "https://www.linkedin.com/feed/update/urn:li:activity:71?commentUrn=urn%3Ali%3Acomment%3A%28activity%3A71%2C72%29",
    ),
    ("https://www.whatdotheyknow.com/request/bus", "https://www.whatdotheyknow.com/request/bus#incoming-12"),
    ("https://www.theguardian.com/a/2026/may/02/b", "https://www.theguardian.com/a/2026/may/02/b#comment-165"),
    ("https://forum.example.org/threads/buses.12/", "https://forum.example.org/threads/buses.12/page-4#post-99"),
    ("https://blog.example.org/2026/05/buses/", "https://blog.example.org/2026/05/buses/#comment-7"),
    ("https://blog.example.org/buses/", "https://blog.example.org/buses/amp/"),
    ("https://paper.example.org/live?id=3", "https://paper.example.org/live?id=3&page=2"),
    ("https://www.bbc.co.uk/news/live/c1x", "https://www.bbc.co.uk/news/live/c1x?post=asset:9f"),
]


@pytest.mark.parametrize(("one", "other"), SAME_THREAD)
def test_parts_of_one_thread_are_different_items_that_know_of_each_other(one: str, other: str) -> None:
    assert hard(one) != hard(other)
    assert soft(one) == soft(other)


KEPT_APART = [
    (
        "https://www.facebook.com/permalink.php?story_fbid=1&id=9",
        "https://www.facebook.com/permalink.php?story_fbid=2&id=9",
    ),
    ("https://www.facebook.com/groups/g/posts/1", "https://www.facebook.com/groups/g/posts/2"),
    ("https://www.facebook.com/photo/?fbid=1", "https://www.facebook.com/photo/?fbid=2"),
    ("https://www.facebook.com/photo/?fbid=1", "https://www.facebook.com/watch/?v=1"),
    ("https://www.facebook.com/a/posts/pfbid0Ab", "https://www.facebook.com/a/posts/pfbid0aB"),
    ("https://fb.watch/aBc", "https://fb.watch/abc"),
    ("https://www.youtube.com/watch?v=aaa", "https://www.youtube.com/watch?v=bbb"),
    ("https://www.youtube.com/watch?v=aBc", "https://www.youtube.com/watch?v=abc"),
    ("https://youtu.be/aBc", "https://youtu.be/abc"),
    ("https://www.youtube.com/results?search_query=a", "https://www.youtube.com/results?search_query=b"),
    ("https://bsky.app/profile/a.example/post/3kA", "https://bsky.app/profile/a.example/post/3ka"),
    ("https://www.instagram.com/p/CaB/", "https://www.instagram.com/p/Cab/"),
    ("https://www.threads.com/t/CaB", "https://www.threads.com/t/Cab"),
    ("https://www.threads.com/t/Cab", "https://www.instagram.com/p/Cab/"),
    ("https://x.com/a/status/11", "https://x.com/a/status/12"),
    ("https://x.com/search?q=buses", "https://x.com/search?q=trains"),
    ("https://t.co/AbC", "https://t.co/abc"),
    ("https://vm.tiktok.com/ZMabc/", "https://vm.tiktok.com/ZMABC/"),
    ("https://www.tiktok.com/search?q=buses", "https://www.tiktok.com/search?q=trains"),
    ("https://mastodon.example/@u/10987", "https://other.example/@u/10987"),
    ("https://www.reddit.com/r/essex", "https://www.reddit.com/r/sussex"),
    ("https://www.linkedin.com/feed/update/urn:li:activity:7", "https://www.linkedin.com/feed/update/urn:li:share:7"),
    ("https://www.linkedin.com/jobs/view/1", "https://www.linkedin.com/jobs/view/2"),
    ("https://www.bbc.co.uk/search?q=buses", "https://www.bbc.co.uk/search?q=trains"),
    ("https://forum.example.org/viewtopic.php?t=1", "https://forum.example.org/viewtopic.php?t=2"),
    ("https://essex.example.org/Page", "https://essex.example.org/page"),
    ("https://essex.example.org/?s=20", "https://essex.example.org/?s=21"),
    ("https://essex.example.org/?ref=1", "https://essex.example.org/?ref=2"),
    ("https://essex.example.org/?v=1", "https://essex.example.org/?V=1"),
    ("https://essex.example.org/?q=a", "https://essex.example.org/?q=A"),
    ("https://essex.example.org/?q=a%2Bb", "https://essex.example.org/?q=a+b"),
    ("https://essex.example.org/?a=1%26b=2", "https://essex.example.org/?a=1&b=2"),
    ("https://essex.example.org/a%2Fb", "https://essex.example.org/a/b"),
    ("https://essex.example.org/#!/item/1", "https://essex.example.org/#!/item/2"),
    ("https://essex.example.org:8080/", "https://essex.example.org/"),
    ("https://a.example.org/", "https://b.example.org/"),
    ("https://straße.example/", "https://strasse.example/"),
    ("https://latin.example/?q=%E9", "https://latin.example/?q=%E8"),
    ("https://www.careopinion.org.uk/1", "https://www.careopinion.org.uk/2"),
    ("https://en.wikipedia.org/wiki/Bath_(city)", "https://en.wikipedia.org/wiki/Bath"),
    ("https://web.archive.org/web/2020/https://a.example/", "https://a.example/"),
    ("", "hello"),
]


@pytest.mark.parametrize(("one", "other"), KEPT_APART)
def test_different_things_share_neither_key(one: str, other: str) -> None:
    assert hard(one) != hard(other)
    assert soft(one) != soft(other)


PROFILES = words("""
    https://x.com/EssexCC
    https://twitter.com/essexcc/with_replies
    https://x.com/intent/user?screen_name=EssexCC
    https://www.facebook.com/essexcc
    https://www.facebook.com/essexcc/about
    https://www.facebook.com/profile.php?id=100064000000001&sk=about
    https://www.facebook.com/people/Jo-Bloggs/100064000000001/
    https://www.facebook.com/groups/g/user/100064000000001/
    https://www.youtube.com/@essexcc/videos
    https://www.youtube.com/channel/UCaBc
    https://www.instagram.com/essex.cc/
    https://www.instagram.com/stories/essex.cc/
    https://www.tiktok.com/@essexcc
    https://old.reddit.com/u/jo_bloggs
    https://www.reddit.com/user/jo_bloggs/comments/
    https://bsky.app/profile/essex.example.org
    https://bsky.app/profile/did:plc:abc123
    https://www.linkedin.com/in/jo-bloggs-1a2/
    https://uk.linkedin.com/in/jo-bloggs-1a2/recent-activity/all/
    https://www.threads.net/@essexcc
    https://mastodon.example/@jo
    https://mastodon.example/web/@jo@other.example
    https://medium.example/@jo/about
    https://www.mumsnet.com/profile/jo
    https://www.whatdotheyknow.com/user/jo_bloggs
    https://forum.carersuk.org/u/jane
    https://forum.carersuk.org/u/jane/summary
    https://forum.carersuk.org/u/mum-of-two-boys/activity/replies/
    https://forums.moneysavingexpert.com/profile/jane
    https://forums.moneysavingexpert.com/profile/1234/jane
    https://forums.moneysavingexpert.com/profile/comments/jane?page=2
    https://www.thestudentroom.co.uk/member.php?u=12
    http://thestudentroom.co.uk/member.php?utm_source=x&u=12
    https://forum.example.org/forum/members/jane.123/
    https://forum.example.org/members/jane.123/recent-content
    https://forum.example.org/forums/member.php?12-jane
    https://forum.example.org/memberlist.php?mode=viewprofile&u=12
    https://forum.example.org/index.php?action=profile;u=12
    https://forum.example.org/member.php?action=profile&uid=12
    https://patient.example/forums/profiles/jane-1234
    https://answers.example/users/123/jane
    https://reviews.example/users/5f00aa
    https://Forum.Example.org/User/Jane
    https://news.example/user?id=jane
    https://mastodon.example/users/jane
    https://www.careopinion.org.uk/users/jane
    https://www.quora.com/profile/Jane-Doe-4/answers
    https://www.snapchat.com/add/jane
    https://www.twitch.tv/jane
    https://m.twitch.tv/jane/about
    https://www.pinterest.co.uk/jane/
    https://uk.pinterest.com/jane/_saved/
    https://www.tumblr.com/jane
    https://www.tumblr.com/blog/view/jane
    https://jane.tumblr.com/
    https://disqus.com/by/jane/comments/
    https://linktr.ee/jane
    https://www.tripadvisor.co.uk/Profile/jane
    https://t.me/jane
    https://telegram.me/s/jane
    https://jane.bsky.social
    https://www.strava.com/athletes/12345
    https://x.com/search?q=from%3Ajane
    https://twitter.com/search?q=%40jane%20buses&f=live
    https://x.com/search?q=(from:jane)+buses&src=typed_query
    https://bsky.app/search?q=from%3Ajane.bsky.social
    https://www.reddit.com/search/?q=author%3Ajane&type=link
    https://www.google.com/search?q=site%3Ax.com%2Fjane+buses
    https://www.google.com/search?q=site:forum.carersuk.org/u/jane
    https://www.whatdotheyknow.com/search/from:jane/all
""")
NOT_PROFILES = words("""
    https://x.com/
    https://x.com/home
    https://x.com/search?q=buses
    https://x.com/hashtag/buses
    https://x.com/essexcc/status/12
    https://www.facebook.com/groups/g
    https://www.facebook.com/groups/g/posts/7001
    https://www.facebook.com/share/p/aBc/
    https://www.facebook.com/watch
    https://www.facebook.com/events/12
    https://www.facebook.com/search/posts?q=buses
    https://www.youtube.com/watch?v=abc
    https://www.youtube.com/playlist?list=PL1
    https://www.instagram.com/p/Cab/
    https://www.instagram.com/explore/tags/buses/
    https://www.tiktok.com/tag/buses
    https://www.reddit.com/r/essex
    https://www.reddit.com/user/jo/comments/1ab/x/
    https://www.linkedin.com/company/essex-cc/
    https://mastodon.example/@jo/10987
    https://essex.example.org/user-guide
    jo@essex.example.org
    https://forum.carersuk.org/t/respite-in-essex/4012/7
    https://forum.carersuk.org/u
    https://forums.moneysavingexpert.com/discussion/6412345/council-tax-band
    https://forums.moneysavingexpert.com/discussion/comment/80123456#Comment_80123456
    https://www.thestudentroom.co.uk/showthread.php?t=7401234&u=12
    https://forum.example.org/member.php?u=12&post=99
    https://forum.example.org/profile/jane#comment-12
    https://forum.example.org/users/jane/posts/99
    https://forum.example.org/viewtopic.php?p=12#p12
    https://blog.example.org/members/guidance-for-unpaid-young-carers
    https://union.example.org/members/benefits
    https://union.example.org/members/annual-report.pdf
    https://essex.example.org/user/login?destination=node/12
    https://essex.example.org/members
    https://docs.example.org/document/u/0/d/aBc
    https://www.essex.gov.uk/members/
    https://democracy.essex.gov.uk/mgUserInfo.aspx?UID=123
    https://essex.moderngov.co.uk/mgUserInfo.aspx?UID=123
    https://democracy.example.org/mgUserInfo.aspx?UID=123
    https://www.essex.gov.uk/members/jane-doe
    https://www.essex.gov.uk/user/12/about-this-service
    https://www.littleparishcouncil.org.uk/members/jane-doe
    https://littleparish.example.org/members/planning-committee
    https://members.parliament.uk/member/172/contact
    https://fingertips.phe.org.uk/profile/mental-health
    https://www.nhs.uk/profiles/oakfield-surgery
    https://www.quora.com/Why-are-the-buses-late
    https://www.quora.com/Why-are-the-buses-late/answer/Jane-Doe-4
    https://www.twitch.tv/videos/12345
    https://www.twitch.tv/directory/category/just-chatting
    https://www.pinterest.co.uk/pin/12345/
    https://www.pinterest.co.uk/ideas/
    https://www.tumblr.com/jane/12345/buses
    https://www.tumblr.com/tagged/buses
    https://jane.tumblr.com/post/12345/buses
    https://disqus.com/home/discussion/paper/buses/
    https://www.tripadvisor.co.uk/ShowUserReviews-g1-d2-r3-Colchester.html
    https://t.me/jane/12
    https://t.me/s/jane/12
    https://t.me/joinchat/AbC
    https://bsky.social/
    https://www.strava.com/activities/12345
    https://www.strava.com/clubs/12345
    https://x.com/search?q=%22young%20carers%22%20Essex&f=live
    https://bsky.app/search?q=buses+from+Colchester
    https://www.google.com/search?q=site%3Amumsnet.com+camhs+-jobs
    https://www.google.com/search?q=site%3Agov.uk+respite
    https://www.google.com/search?q=site:x.com+respite
    https://www.whatdotheyknow.com/search/bus%20contract/all
    https://www.youtube.com/results?search_query=respite+care
    https://essex.example.org/contact?email=@jane
""")


@pytest.mark.parametrize("url", PROFILES)
def test_the_address_of_an_account_is_recognised(url: str) -> None:
    assert canonicalise(url).is_profile is True


@pytest.mark.parametrize("url", NOT_PROFILES)
def test_the_address_of_something_said_is_not_an_account(url: str) -> None:
    assert canonicalise(url).is_profile is False


@pytest.mark.parametrize(
    "url",
    ["https://www.google.com/search?q=" * 400, "https://x.com/search?q=" + "site:x.com/" * 900, "/search" * 2000],
)
def test_a_search_within_a_search_is_not_followed_for_ever(url: str) -> None:
    assert canonicalise(url).is_profile is False


def test_no_template_of_the_search_deck_gives_a_search_that_is_refused() -> None:
    file = Path(searchdeck.__file__).with_name("data") / "sources.csv"
    sources = list(csv.DictReader(file.read_text().splitlines()))
    what = searching.query("young carers", "North Essex", "jobs")

    refused = [row["slug"] for row in sources if canonicalise(searching.address(row["template"], what)).is_profile]

    assert (len(sources) > 20, refused) == (True, [])


def test_an_account_has_one_key_whatever_its_capitals_and_its_tab() -> None:
    assert hard("https://twitter.com/EssexCC/media") == hard("https://x.com/essexcc") == "x:profile:essexcc"


# --- the whole answer -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "link"),
    [
        (
            "https://twitter.com/EssexCC/status/12?s=20",
            Link("x", "https://x.com/i/web/status/12", "x:12", "x:12"),
        ),
        (
            "http://www.example.org/a/?b=2&utm_source=x#top",
            Link("web", "http://www.example.org/a/?b=2", "web:example.org/a?b=2", "web:example.org/a?b=2"),
        ),
        (
            "https://www.mumsnet.com/talk/camhs/501-w?reply=5&utm_source=x",
            Link("mumsnet", "https://www.mumsnet.com/talk/camhs/501-w?reply=5", "mumsnet:501?reply=5", "mumsnet:501"),
        ),
        (
            "https://www.tiktok.com/@EssexCC/video/73?lang=en",
            Link("tiktok", "https://www.tiktok.com/@essexcc/video/73", "tiktok:73", "tiktok:73"),
        ),
        ("not an address", Link("other", "not an address", "other:not an address", "other:not an address")),
        ("", Link("other", "", "other:", "other:")),
    ],
)
def test_a_link_says_platform_address_and_keys(url: str, link: Link) -> None:
    assert canonicalise(url) == link


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "mailto:jo@example.org",
        "https://",
        "https://?q=1",
        "https://[::1",
        "https://exa mple.org/",
        "https://example.org:port/",
        "https://example.org:999999/",
        "https://..example.org/",
        "https://-.org/",
        "https://exa／mple.org/",
        "https://" + "a" * 64 + ".org/",
        "two words",
        "@essexcc",
        "#buses",
    ],
)
def test_what_is_not_an_address_is_kept_as_text(text: str) -> None:
    assert canonicalise(text) == Link("other", text, f"other:{text}", f"other:{text}")


def test_characters_that_cannot_be_seen_are_dropped() -> None:
    assert canonicalise("\x00\ufeff https://example.org/\u200ba\x00b\ud800\n ") == canonicalise(
        "https://example.org/ab"
    )


def test_long_keys_are_hashed_and_still_tell_pages_apart() -> None:
    one, other = (canonicalise(f"https://example.org/{'a' * 500}{end}") for end in "12")

    assert one.hard_key != other.hard_key
    assert [len(one.hard_key), one.hard_key[:11]] == [len("web:sha256:") + 64, "web:sha256:"]


def test_a_huge_address_is_kept_as_it_is() -> None:
    huge = "https://example.org/" + "é" * 1_000_000

    assert canonicalise(huge).canonical_url == huge
    assert len(canonicalise(huge).hard_key) <= 200


def test_an_address_that_grows_too_long_by_escaping_is_kept_as_it_is() -> None:
    long = "https://example.org/" + "é" * 5_000

    assert (canonicalise(long).platform, canonicalise(long).canonical_url) == ("other", long)


def test_redirects_within_redirects_are_unwrapped_and_end() -> None:
    nested = "https://l.facebook.com/l.php?u=" * 250 + "https://example.org/a"

    assert hard(nested) == "web:example.org/a"


# --- always ---------------------------------------------------------------------------------------------------------

HOSTS = st.sampled_from(
    words(
        """x.com twitter.com www.facebook.com m.facebook.com fb.watch youtube.com youtu.be www.instagram.com t.me [::1]
        www.tiktok.com vm.tiktok.com old.reddit.com redd.it bsky.app uk.linkedin.com threads.net mastodon.example
        forum.carersuk.org www.thestudentroom.co.uk jane.tumblr.com www.twitch.tv jane.bsky.social essex.gov.uk
        bbc.com amp.theguardian.com www.mumsnet.com careopinion.org.uk google.com l.facebook.com vimeo.com example.org
        München.example"""
    )
)
PARTS = st.sampled_from(
    [
        *words(
            """a A 12 501-x @u @u@o.example status posts post p reel c comments r user talk Talk groups permalink
            permalink.php story.php watch shorts embed profile did:plc:x feed update urn:li:activity:7 amp x.amp .. .
            %2e%2E %zz %41 %2F ü web statuses i photo video l.php url s share live page-2 report opinions profile.php
            u users members member.php search from:jane by athletes"""
        ),
        *("", " ", "\\", ";", "+", "\x00", "\u202e"),
    ]
)
NAMES = st.sampled_from(
    [
        *words("v story_fbid id uid action s t utm_source fbclid page reply comment_id lc list u q url fbid"),
        "multi_permalinks",
        *("__cft__[0]", "at_x", "CMP", "", "é", "%5B", "a b"),
    ]
)
VALUES = st.sampled_from(
    [
        "",
        "1",
        "5",
        "aB",
        "%26",
        "a=b",
        "a+b",
        "%E9",
        "é",
        "https://x.com/a/status/1",
        "from%3Ajane",
        "@jane+site:x.com/jane",
        "https%3A%2F%2Fexample.org%2F%3Fa%3D1",
    ]
)


@st.composite
def addresses(draw: st.DrawFn) -> str:
    path = "/".join(draw(st.lists(PARTS, max_size=6)))
    query = "&".join(f"{name}={value}" for name, value in draw(st.lists(st.tuples(NAMES, VALUES), max_size=4)))
    fragment = draw(st.sampled_from(["", "#", "#top", "#comment-5", "#!/a", "#/a b", "#post5:~:text=x", "#p5#p6"]))
    scheme = draw(st.sampled_from(["https://", "http://", "HTTPS://", "//", "", "https:\\\\"]))
    return f"{scheme}{draw(HOSTS)}/{path}{'?' + query if query else ''}{fragment}"


ANYTHING = st.one_of(st.text(), st.text(alphabet=string.printable), addresses())


@given(ANYTHING)
@example("\ud800")
@example("https://\x00")
@example("https://xn--\udfff.example/")
@settings(max_examples=1500, deadline=None)
def test_any_text_has_a_link_and_its_canonical_address_has_the_same(text: str) -> None:
    link = canonicalise(text)

    assert canonicalise(link.canonical_url) == link
    assert link.hard_key.startswith(f"{link.platform}:")
    assert link.soft_key.startswith(f"{link.platform}:")
    assert max(len(link.hard_key), len(link.soft_key)) <= 200
    assert link.canonical_url.encode().isascii() or link.platform == "other"
    assert "\x00" not in "".join((link.canonical_url, link.hard_key, link.soft_key))


@given(addresses())
@settings(max_examples=800, deadline=None)
def test_an_address_on_a_known_platform_is_never_kept_as_mere_text(address: str) -> None:
    # Without a scheme a host may be any word, so that only what begins with one is sure to be an address.
    if address.lower().startswith(("http", "//")):
        assert canonicalise(address).platform != "other"


@given(addresses(), st.sampled_from(["utm_source=x", "utm_campaign=a%20b", "fbclid=IwAR", "gclid=1", "UTM_TERM=1"]))
@settings(max_examples=500, deadline=None)
def test_a_tracking_parameter_never_makes_another_item(address: str, tracking: str) -> None:
    plain = canonicalise(address)
    base, mark, fragment = plain.canonical_url.partition("#")
    with_tracking = f"{base}{'&' if '?' in base else '?'}{tracking}{mark}{fragment}"

    assert plain.platform == "other" or canonicalise(with_tracking) == plain


@given(st.integers(1), st.integers(1))
@settings(max_examples=200, deadline=None)
def test_an_unknown_parameter_always_makes_another_item(one: int, other: int) -> None:
    a, b = (hard(f"https://forum.example.org/view?topic={number}") for number in (one, other))

    assert (a == b) == (one == other)


@given(ANYTHING)
@settings(max_examples=500, deadline=None)
def test_the_same_item_is_always_the_same_thread(text: str) -> None:
    link = canonicalise(text)
    noisy = canonicalise(f" {text}\n")

    assert (noisy.hard_key, noisy.soft_key) == (link.hard_key, link.soft_key)


# --- shared text ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "address", "words"),
    [
        ("https://example.org/a", "https://example.org/a", ""),
        ("Buses are late https://example.org/a", "https://example.org/a", "Buses are late"),
        ("https://example.org/a Buses are late", "https://example.org/a", "Buses are late"),
        ("Buses https://example.org/a are late", "https://example.org/a", "Buses are late"),
        (
            "Buses are late.\n\nhttps://example.org/a\nSent by me",
            "https://example.org/a",
            "Buses are late.\nSent by me",
        ),
        (
            "See https://example.org/a, and https://example.org/b",
            "https://example.org/a",
            "See , and https://example.org/b",
        ),
        ("(see https://example.org/a).", "https://example.org/a", "(see )."),
        ("https://en.wikipedia.org/wiki/Bath_(city)", "https://en.wikipedia.org/wiki/Bath_(city)", ""),
        ("Is it https://example.org/a?", "https://example.org/a", "Is it ?"),
        ('"Buses" <https://example.org/a>', "https://example.org/a", '"Buses" <>'),
        ("HTTPS://EXAMPLE.ORG/A now", "HTTPS://EXAMPLE.ORG/A", "now"),
        ("no address here", None, "no address here"),
        ("ftp://example.org/a", None, "ftp://example.org/a"),
        ("", None, ""),
    ],
)
def test_the_first_address_is_found_in_shared_text(text: str, address: str | None, words: str) -> None:
    assert first_link(text) == (address, words)


@given(st.text())
@settings(max_examples=300, deadline=None)
def test_any_text_can_be_shared_and_no_word_is_lost(text: str) -> None:
    shared = first_link(f"{text} https://example.org/a")

    assert shared.address is not None
    assert len("".join(text.split())) + len("https://example.org/a") == len(
        "".join((shared.address + shared.words).split())
    )


def test_a_long_row_of_brackets_is_no_trouble() -> None:
    assert first_link("https://example.org/a" + ")" * 200_000).address == "https://example.org/a"
