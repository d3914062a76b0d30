"""The same form sent twice at once, and a form that changes while people fill it in: real requests, both databases."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.services.visitor import Visitor

pytestmark = pytest.mark.services

MAKE = """
from datetime import timedelta
from django.conf import settings
from django.test import Client
from django.utils import timezone
from tests import make
now = timezone.now()
meetup = make.meetup(starts_at=now + timedelta(days=20), places_online=50)
fish = meetup.questions.create(position=0, label="Fish?")
stays = meetup.questions.create(position=1, label="Help?")
sessions = []
for n in range(2):
    browser = Client()
    browser.force_login(make.organiser(email=f"organiser{n}@council.gov.uk"))
    sessions.append(browser.cookies[settings.SESSION_COOKIE_NAME].value)
day = str((now + timedelta(days=50)).date())
result = [meetup.slug, sessions, fish.pk, stays.pk, settings.SESSION_COOKIE_NAME, day]
"""
DRAFTS = """
from meetups.models import Meetup
made = Meetup.objects.filter(state="draft")
result = [[one.number, one.questions.count(), one.agenda.count()] for one in made]
"""
ANSWERS = """
from meetups.models import Answer, Question, SignUp
result = {
    "states": list(SignUp.objects.values_list("state", flat=True)),
    "questions": list(Question.objects.values_list("label", flat=True)),
    "answers": list(Answer.objects.values_list("question__label", flat=True)),
}
"""


def test_next_in_series_sent_twice_at_once_by_two_organisers_makes_one_draft(make_site, database_url):
    site = make_site(database_url)
    slug, sessions, _, _, cookie, day = site.run(MAKE)
    site.start("web")
    path, fields = f"/organise/{slug}/next/", {"on": day, "starts": "10:00"}

    with ThreadPoolExecutor(4) as threads:
        visitors = [Visitor(site.port, {cookie: session}) for session in sessions * 2]
        pages = list(threads.map(lambda visitor: visitor.post(path, fields), visitors))

    assert [page.status for page in pages] == [200] * 4, site.logs()
    assert site.run(DRAFTS) == [[2, 2, 2]]
    assert len({page.url for page in pages}) == 1


def test_a_question_removed_while_many_sign_up_costs_no_sign_up_and_no_other_answer(make_site, database_url):
    site = make_site(database_url, RATE_LIMIT_FACTOR="0")
    slug, sessions, fish, stays, cookie, _ = site.run(MAKE)
    site.start("web")
    answers = {f"question_{fish}": "Yes", f"question_{stays}": "With posters"}
    host = Visitor(site.port, {cookie: sessions[0]})

    with ThreadPoolExecutor(5) as threads:
        asked = [
            threads.submit(Visitor(site.port).sign_up, slug, email=f"officer{n}@council.gov.uk", **answers)
            for n in range(12)
        ]
        removed = threads.submit(host.post, f"/organise/{slug}/questions/{fish}/remove/", {"answers": "50"})
        pages = [future.result() for future in asked]

    seen = site.run(ANSWERS)
    assert removed.result().status == 200
    assert [page.status for page in pages] == [200] * 12, site.logs()
    assert seen["states"] == ["confirmed"] * 12
    assert seen["questions"] == ["Help?"]
    assert seen["answers"] == ["Help?"] * 12
