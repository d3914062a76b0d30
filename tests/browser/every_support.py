"""Pages of support meetings and the expert pool on a demonstration site, in every state. Runs inside the site."""

from networking import addresses, emails_pool, parting, pool, support_meetings
from networking.models import Cohort, Member, Pair, PoolOffer, PoolQuestion, Silence
from networking.views import support_links
from people import links
from tests.networking.build import NOW as LONG_AGO

Paths = dict[str, list[str]]


def make() -> Paths:
    """Groups of paths, by who opens them: whoever holds a link, Carl, Lena who leads."""
    cohort = Cohort.objects.get()
    base = cohort.get_absolute_url()
    carl = Member.objects.with_people().get(person__email="carl@demo.example")
    pair = Pair.objects.with_people().get(councillor=carl)
    return {
        "links": [*_about_meetings(pair, carl), *_about_questions()],
        "carl": [base, *_of_carl(base, pair, carl)],
        "lena": [base + "lead/", *_of_lead(base, pair)],
    }


def _path(url: str) -> str:
    return "/" + url.split("/", 3)[3]


def _about_meetings(pair: Pair, carl: Member) -> list[str]:
    """The three answers of a nudge; logged, taken out, to be changed; of a pair that has ended."""
    out, stays = list(pair.meetings.all())[:2]
    support_meetings.remove(out, now=LONG_AGO)
    purposes = (addresses.LOG, addresses.MOVED, addresses.NOT_MET)
    open_ones = [_path(addresses.of_pair(purpose, pair, carl)) for purpose in purposes]
    logged = [_logged(meeting.pk, carl) for meeting in (out, stays)]
    over = Pair.objects.current().with_people().exclude(pk=pair.pk).order_by("pk").last()
    assert over
    parting.end(over, why="Moved away.", now=LONG_AGO)
    ended = _path(addresses.of_pair(addresses.LOG, over, over.councillor))
    return [*open_ones, *logged, f"{logged[1]}?change", ended]


def _logged(meeting: int, member: Member) -> str:
    token = links.make(f"{support_links.LOGGED}:{member.pk}", meeting, member.link_version)
    return f"/networked-councillors/meeting/logged/{token}/"


def _about_questions() -> list[str]:
    """To be taken, taken by this helper and by another, to be called solved, solved."""
    offers = PoolOffer.objects.select_related("member", "question").order_by("pk")
    take = [f"/networked-councillors/question/take/{emails_pool.take_token(offer)}/" for offer in offers]
    answered = PoolQuestion.objects.with_people().filter(state__in=["answered", "solved"])
    solved = [emails_pool.solved_token(one, one.asked_by) for one in answered if one.asked_by]
    return [*take, *(f"/networked-councillors/question/solved/{token}/" for token in solved)]


def _of_carl(base: str, pair: Pair, carl: Member) -> list[str]:
    stays = pair.meetings.filter(removed_at=None)[0]
    own = pool.ask(carl, PoolQuestion.objects.filter(state="open")[0].skill, "How do I begin?", now=LONG_AGO)
    kept = PoolQuestion.objects.kept()[0]
    of_pair = ("", "meetings/log/", f"meetings/{stays.pk}/", "next/", "rhythm/")
    of_pool = ("", "?q=quantum", "?q=facts", "ask/", f"{own.pk}/", f"{kept.pk}/")
    return [*(f"{base}pairs/{pair.pk}/{page}" for page in of_pair), *(f"{base}questions/{page}" for page in of_pool)]


def _of_lead(base: str, pair: Pair) -> list[str]:
    silent = Silence.objects.filter(ended_at=None)[0].pair_id
    questions = PoolQuestion.objects.values_list("pk", flat=True)
    return [
        *(f"{base}{page}" for page in ("support/", "skills/", "questions/")),
        *(f"{base}pairs/{pk}/{page}" for pk, page in ((pair.pk, ""), (silent, ""), (silent, "fine/"))),
        *(f"{base}questions/{pk}/" for pk in questions),
    ]
