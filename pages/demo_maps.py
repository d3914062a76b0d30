"""Network maps of the demonstration cohort. Every name on them is invented."""

from dataclasses import replace
from datetime import datetime, timedelta

from networking import map_comments, map_edits, map_lines, map_rows, maps, shared_maps
from networking.map_parts import MapData, Node, words_of
from networking.models import NetworkMap
from pages.demo_networking import Demo

LIKE = Node(0, "")
WARD = [
    "Residents' association, organisation, offline, online, planning, buses",
    "Ruth Alder, person, offline, planning",
    "Community centre committee, group, offline",
    "Centre notice board, media, offline",
    "Lunch club, group, offline, loneliness",
    "Young carers, group, offline, online, jobs",
    "Primary school, organisation, offline, online, young people",
    "School gate, place, offline",
    "Parents' chat, group, online, young people, buses",
    "Priya Nair, person, offline, online, young people",
    "The Plough, place, offline",
    "Allotment society, group, offline",
    "Estate newsletter, media, offline, planning",
    "Joan Petch, person, offline",
    "Gainsborough page, media, online, buses",
    "#Gainsborough, hashtag, online",
    "Doctors' surgery, organisation, offline, loneliness",
    "Bus users, group, online, buses",
    "County paper, media, aspirational, buses",
    "Editor of the county paper, person, aspirational",
    "Sixth form council, group, aspirational, young people, buses",
    "Housing association, organisation, aspirational, housing",
    "Care workers' union, group, aspirational, loneliness",
]
LINKS = [
    "Ruth Alder > Residents' association > Estate newsletter",
    "Joan Petch > Lunch club > Doctors' surgery",
    "Joan Petch > Allotment society",
    "Priya Nair > Parents' chat > Primary school > School gate",
    "Priya Nair > School gate",
    "Community centre committee > Centre notice board",
    "Residents' association > Gainsborough page > #Gainsborough",
    "Bus users > Gainsborough page",
    "Ruth Alder > Editor of the county paper > County paper",
    "Parents' chat > Sixth form council",
    "Bus users > Parents' chat",
]
# Name, how well Carl knows them, how many people they reach, where they are online.
KNOWN = [
    ("Ruth Alder", 3, None, ""),
    ("Residents' association", 3, 180, "Facebook"),
    ("Community centre committee", 2, 25, ""),
    ("Lunch club", 0, 30, ""),
    ("Doctors' surgery", 0, None, ""),
    ("Allotment society", 0, 45, ""),
    ("Joan Petch", 2, None, ""),
    ("Priya Nair", 2, 90, "Facebook, WhatsApp"),
    ("Parents' chat", 0, 140, "WhatsApp"),
    ("Primary school", 1, 310, "Facebook"),
    ("School gate", 1, None, ""),
    ("Gainsborough page", 1, 1900, "Facebook"),
    ("#Gainsborough", 1, 400, "X, Instagram"),
    ("Bus users", 1, 620, "Facebook"),
    ("Young carers", 1, 260, "Instagram"),
    ("County paper", 0, 21000, "Facebook, X"),
]
SINCE = ["Foodbank volunteers, group, offline, online, loneliness", "Foodbank volunteers > Joan Petch"]
CAMPAIGN = [
    "Bus users, group, online",
    "Sixth form council, group, aspirational",
    "County transport officer, person, offline",
    "Cabinet member for transport, person, aspirational",
    "Bus company, organisation, aspirational",
    "Surgery manager, person, offline",
    "#SaveThe236, hashtag, online",
    "County transport officer > Cabinet member for transport",
    "Bus users > #SaveThe236",
]


def seed(demo: Demo) -> None:
    """Carl's ward with a version from the sprint before, his campaign for a bus, and beginnings of others."""
    carl, later = demo.councillors[0], demo.now - timedelta(days=2)
    about = maps.Settings(
        "My ward",
        topics=("buses", "housing", "loneliness", "young people"),
        wards=("Gainsborough",),
        mentor_may_read=True,
    )
    ward = maps.begin(carl, "local", about, now=demo.began)
    _type(ward, [*WARD, *LINKS], demo.began + timedelta(days=9))
    for name, tie, audience, platforms in KNOWN:
        _know(ward, name, tie, audience, platforms, demo.began + timedelta(days=9))
    maps.keep_version(ward, "After the first workshop", now=demo.began + timedelta(days=10))
    _type(ward, SINCE, later)
    _know(ward, "Lunch club", 1, 30, "", later)
    campaign = maps.Settings("Keep the 236", "Keep the 236 bus running in the evening", ("buses",))
    _type(maps.begin(carl, "campaign", campaign, now=later), CAMPAIGN, later)
    for n, councillor in enumerate(demo.councillors[1:6], start=1):
        begun = maps.begin(councillor, "local", maps.Settings("My ward"), now=later)
        _type(begun, WARD[n : n * 4], later)
    _share(demo, ward, later)
    _talk(ward, later)


def _talk(ward: NetworkMap, now: datetime) -> None:
    """What his mentor sees in it."""
    mentor = ward.member.pairs_as_councillor.current().with_people().get().mentor.person
    first = "Everything about loneliness hangs on Joan. Who else goes to the lunch club?"
    map_comments.say(ward, first, by=mentor, now=now + timedelta(hours=1))
    map_comments.say(ward, "The surgery does. I will ask there.", by=ward.member.person, now=now + timedelta(hours=5))
    more = "Good. And put the county paper's editor nearer: Ruth said she would introduce you."
    map_comments.say(ward, more, by=mentor, now=now + timedelta(hours=9))


def _share(demo: Demo, ward: NetworkMap, now: datetime) -> None:
    """Groups, organisations and media of three councillors on one map."""
    shared = shared_maps.start(demo.cohort, "Who to ask about buses", by=ward.member.person, now=now)
    for member in demo.councillors[:3]:
        chosen = [node.pk for node in shared_maps.mine(member) if node.kind != "person"][:9]
        shared_maps.show(shared, member, chosen, now=now)


def _type(network_map: NetworkMap, lines: list[str], now: datetime) -> None:
    read = map_lines.read("\n".join(lines), map_rows.data_of(network_map), like=LIKE)
    assert not read.errors, read.errors
    maps.change(network_map, lambda data: map_edits.add(data, read.nodes, read.links), "Names added", now=now)


def _know(network_map: NetworkMap, name: str, tie: int, audience: int | None, platforms: str, now: datetime) -> None:
    def edit(data: MapData) -> MapData:
        node = map_edits.named(data, name)
        assert node, name
        ward = network_map.wards[0] if tie > 1 else ""
        said = replace(node, tie=tie, audience=audience, platforms=words_of(platforms), ward=ward)
        return map_edits.change(data, said)

    maps.change(network_map, edit, f"“{name}” changed", now=now)
