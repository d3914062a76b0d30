"""The acts of a whole cohort, each played through the pages inside the site, at its moved clock."""

from io import BytesIO
from typing import Any

import docx
from django.test import Client
from django.test.utils import setup_test_environment
from django.urls import reverse

from networking import programmes
from networking.models import Cohort, Member, Pair, Programme, Survey
from people.models import Person
from tests import make

setup_test_environment()

LENA = "lena@council.example"
COUNCILLORS = [f"councillor{n}@council.example" for n in range(1, 7)]
MENTORS = [f"mentor{n}@council.example" for n in range(1, 4)]


def _lena() -> Client:
    return make.client(Person.objects.get(email=LENA))


def _of(name: str, *more: object) -> str:
    return reverse(f"networking:{name}", args=[Cohort.objects.get().slug, *more])


def _path(link: str) -> str:
    return "/" + link.split("/", 3)[3]


def invite() -> dict[str, Any]:
    """An organiser starts a cohort from the shipped programme; its lead invites by list, after looking it through."""
    programmes.load()
    make.with_second_factor(make.person(email=LENA, name="Lena Lead"))
    olive, programme = make.client(make.organiser()), Programme.objects.get()
    about = {"name": "Suffolk 2027", "area": "Suffolk", "councils": "", "rhythm_days": "14", "leads": LENA}
    start = reverse("networking:start_cohort", args=[programme.slug])
    olive.post(start, {**about, "starts_on": "2027-02-01"})
    lena = _lena()
    typed = {"role": "councillor", "people": "\n".join([*COUNCILLORS, COUNCILLORS[0], "not an address"]), "note": ""}
    look = lena.post(_of("invite"), typed)
    nobody_yet = Member.objects.exclude(role="lead").count()
    lena.post(_of("invite"), {**typed, "people": "\n".join(COUNCILLORS), "confirm": "1"})
    lena.post(_of("invite"), {"role": "mentor", "people": "\n".join(MENTORS), "note": "Please.", "confirm": "1"})
    return {
        "sprints": Cohort.objects.get().sprints.count(),
        "looked through": "not an address" in look.content.decode(),
        "before confirming": nobody_yet,
        "invited": Member.objects.filter(state="invited").count(),
    }


def say_yes(links: dict[str, str]) -> dict[str, Any]:
    """Everybody by the link in their mail, without signing in."""
    for email, link in links.items():
        who = {"name": email.partition("@")[0].capitalize(), "works_at": "Suffolk County Council", "capacity": "2"}
        make.client().post(_path(link), who)
    return {"joined": Member.objects.filter(state="joined").exclude(role="lead").count()}


def match() -> dict[str, Any]:
    """Worked out, looked at, confirmed twice: introduced once."""
    lena = _lena()
    lena.post(_of("plan_surveys"))
    lena.post(_of("match"))
    proposal = Cohort.objects.get().proposals.get()
    page = lena.get(_of("confirm_match")).content.decode()
    for _ in range(2):
        lena.post(_of("confirm_match"), {"proposal": str(proposal.pk)})
    lena.post(_of("begin_cohort"))
    return {
        "shown": "Councillor1" in page,
        "pairs": Pair.objects.current().count(),
        "state": Cohort.objects.get().state,
    }


def meet(log_links: dict[str, str]) -> dict[str, Any]:
    """All but one log their meeting by the link in the nudge; the lead sees who is left."""
    for link in list(log_links.values())[:-1]:
        make.client().post(_path(link), {"met_on": "2027-02-01", "how": "video", "minutes": "30"})
    return {"met": sum(pair.meetings.exists() for pair in Pair.objects.all())}


def see_silence() -> dict[str, Any]:
    """Who needs the lead three days after the nudge."""
    needs = _lena().get(_of("lead")).context["needs"]
    return {"needs": [need.line for need in needs if need.action == "See what you can do"]}


def answer(links: dict[str, str], points: int) -> dict[str, Any]:
    """Every question of the survey by the link in the mail."""
    for link in links.values():
        form = make.client().get(_path(link)).context["form"]
        said = {name: str(points) for name, field in form.fields.items() if hasattr(field, "choices")}
        make.client().post(_path(link), said)
    return {"answered": [survey.replies.exclude(answered_at=None).count() for survey in Survey.objects.all()]}


def evaluate() -> dict[str, Any]:
    """On one page and for Word, with the same figures."""
    lena = _lena()
    page = lena.get(_of("evaluation")).content.decode()
    word = docx.Document(BytesIO(lena.get(_of("evaluation_document")).content))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    changes = next(table for table in word.tables if table.rows[0].cells[0].text == "Question")
    return {
        "page": "Support meetings logged" in page,
        "word": [
            cells[cells.index(label) + 1] for label in ("Support meetings logged", "Pairs that met at least once")
        ],
        "changes": [[cell.text for cell in row.cells][1:6] for row in changes.rows[1:]],
    }
