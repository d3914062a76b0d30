"""A demonstration site with UnMentoring in every state, and the addresses of its pages. Runs inside the site."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from people.models import Person
from tests.unmentoring import build
from unmentoring import addresses, learning, month, resting, rounds
from unmentoring.models import KeepApart, Learning, PairingMember, Participant, Report, Round

Paths = dict[str, list[str]]
HOME = "/unmentoring/coordinate/"


def make() -> Paths:
    """Groups of paths, by who opens them."""
    now = timezone.now()
    made: Paths = {"public": [], "links": [], "coordinate": []}
    for more in (_learned(now), _people(now), _pairings(now), _draws(now), _reports(now), _seeing_it()):
        for group, paths in more.items():
            made[group] += paths
    return made


def _of(purpose: str, participant: Participant) -> str:
    return reverse(purpose, args=[addresses.token(purpose, participant)])


def _about(purpose: str, member: PairingMember) -> str:
    return reverse(purpose, args=[addresses.member_token(purpose, member)])


def _learned(now: datetime) -> Paths:
    """Shown to everybody, taken down, long, with a link, waiting."""
    connie = Person.objects.get(email="connie@demo.example")
    one, other = Participant.objects.active()[:2]
    link = "https://blog.example.org/what-i-learned-from-somebody-in-a-quite-different-service"
    shown = learning.share(one, text="Ask twice.\n\n" + "word " * 150, link=link, visible_to="everyone", now=now)
    learning.approve(shown, by=connie, now=now)
    gone = learning.share(other, text="Buy from us", visible_to="participants", with_name=True, now=now)
    learning.take_down(gone, by=connie, now=now)
    learning.share(other, link=link, visible_to="everyone", now=now)
    token = addresses.token(addresses.MINE, one)
    return {
        "public": [
            *(f"/unmentoring/{page}" for page in ("", "join/", "learning/", "reported/")),
            f"/unmentoring/learning/{shown.pk}/report/",
        ],
        "links": [
            f"/unmentoring/mine/{token}/learning/",
            reverse("unmentoring:report_from_inside", args=[token, shown.pk]),
        ],
        "coordinate": [f"{HOME}learning/{query}" for query in ("", "?state=shown", "?state=hidden")],
    }


def _people(now: datetime) -> Paths:
    """Taking part, paused, on the way in, gone, removed, skipping, asked each time."""
    new, left, removed, skips = build.guest(now=now), *build.participants(3, now=now)
    resting.leave(left, now=now)
    resting.remove(removed, why="You accepted one rule, no sales pitches, and did not keep it.", now=now)
    which = resting.month_to_skip(skips, now)
    resting.skip(skips, which, now=now)
    paused = Participant.objects.get(state="paused")
    active = PairingMember.objects.filter(left_at=None, participant__state="active").latest("pk").participant
    clicks = (addresses.SKIP, addresses.PAUSE, addresses.COME_BACK, addresses.LEAVE, addresses.STILL_IN)
    choosing = addresses.token(addresses.MONTH, active)
    everybody = (new, left, removed, skips, paused, active)
    return {
        "links": [
            *(_of(purpose, one) for purpose in (addresses.CONFIRM, addresses.MINE) for one in everybody),
            *(_of(purpose, one) for purpose in clicks for one in (new, left, paused, active)),
            f"/unmentoring/mine/{addresses.token(addresses.MINE, active)}/change/",
            f"/unmentoring/month/{choosing}/{which.year}/{which.month}/",
            f"/unmentoring/month/{choosing}/2020/1/",
        ],
        "coordinate": [
            f"{HOME}people/", f"{HOME}people/?q=nobody+like+this", f"{HOME}people/?state=paused&sort=name",
            *(f"{HOME}people/{one.pk}/" for one in everybody),
            *(f"{HOME}people/{active.pk}/{page}/" for page in ("pause", "remove")),
            f"{HOME}keep-apart/", f"{HOME}keep-apart/?one={active.person.email}",
        ],
    }  # fmt: skip


def _pairings(now: datetime) -> Paths:
    """Of the month that runs and of one before: answered, silent, stuck, ended."""
    running, before = Round.objects.published().order_by("-month")[:2]
    quiet = PairingMember.objects.filter(round=running, answer="", stuck_at=None, left_at=None).order_by("-pk")
    stuck = month.say_stuck(quiet[0], "Two emails and a call, no answer.", now=now)
    silent, ended = PairingMember.objects.filter(round=running, answer="", stuck_at=None, left_at=None)[:2]
    resting.skip(ended.participant, running.month, now=now)
    ended.refresh_from_db()
    said_no = PairingMember.objects.filter(round=before, answer="no").latest("pk")
    pages = (addresses.ANSWER, addresses.STUCK, addresses.REPORT, addresses.LEARNED)
    of_running = f"{HOME}rounds/{running.month.year}/{running.month.month}/"
    of_before = f"{HOME}rounds/{before.month.year}/{before.month.month}/"
    return {
        "links": [
            *(_about(page, one) for page in pages for one in (silent, ended, said_no)),
            *(f"{_about(addresses.ANSWER, silent)}?met={met}" for met in ("yes", "no", "nonsense")),
        ],
        "coordinate": [
            HOME, f"{HOME}rounds/", of_running, f"{of_running}?show=stuck", of_before, f"{of_before}?q=nobody",
            f"{of_running}verify/", f"{HOME}pairings/{stuck.pairing_id}/again/",
            f"{HOME}pairings/{stuck.pairing_id}/out/{stuck.pk}/",
        ],
    }  # fmt: skip


def _draws(now: datetime) -> Paths:
    """The next draw as a draft that was drawn again, and a month that cannot be drawn."""
    connie = Person.objects.get(email="connie@demo.example")
    draft = rounds.preview(rounds.months_to_draw(now)[-1], now=now, by=connie)
    rounds.reroll(draft, why="Two of them job-share.", now=now, by=connie)
    of_draft = f"{HOME}rounds/{draft.month.year}/{draft.month.month}/"
    pages = ("preview/", "again/", "publish/")
    return {"coordinate": [*(f"{of_draft}{page}" for page in pages), f"{HOME}rounds/2035/1/preview/"]}


def _reports(now: datetime) -> Paths:
    """Of a pitch and of something on the wall; one decided."""
    connie = Person.objects.get(email="connie@demo.example")
    one, other = PairingMember.objects.filter(left_at=None).order_by("pk")[:2]
    decided = learning.report_pitch(one, one.partners[0], "A brochure for printers.", now=now - timedelta(days=3))
    learning.uphold(decided, decision="They said sorry.", by=connie, now=now)
    pitch = learning.report_pitch(other, other.partners[0], "A price list, twice.", now=now)
    learning.report_learning(Learning.objects.for_everyone()[0], "This names somebody.", now=now)
    about_wall = Report.objects.get(kind="learning")
    return {
        "coordinate": [
            f"{HOME}reports/", *(f"{HOME}reports/{report.pk}/" for report in (decided, pitch, about_wall)),
            f"{HOME}people/{decided.about_id}/",
        ]
    }  # fmt: skip


def _seeing_it() -> Paths:
    latest = Round.objects.published().latest("month")
    pages = ("", f"?round={latest.month:%Y-%m}")
    assert KeepApart.objects.exists()
    return {"coordinate": [*(f"{HOME}network/{page}" for page in pages), f"{HOME}numbers/"]}
