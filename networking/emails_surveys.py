"""The words that ask for answers. Who is asked and when is decided by networking.surveys."""

from django.urls import reverse

from meetups import addresses as site_addresses
from meetups import dates
from networking import addresses
from networking.models import Member, Survey, SurveyReply
from outbox import queue

# The topic of preferences under which they can be stopped.
SURVEYS = "networking-surveys"
ANSWER = "networking:answer_survey"


def path_of(survey: Survey, member: Member) -> str:
    """Where this councillor answers, without signing in."""
    return reverse(ANSWER, args=[survey.pk, addresses.token(ANSWER, member)])


def ask(reply: SurveyReply) -> None:
    """How are things? The questions are behind one link."""
    _queue(reply, "survey")


def remind(reply: SurveyReply) -> None:
    """The same once more, because nothing came."""
    _queue(reply, "survey_reminder")


def _queue(reply: SurveyReply, name: str) -> None:
    member, survey = reply.member, reply.survey
    leads = member.cohort.members.leads().joined().select_related("person")
    queue.queue(
        key=f"networking.{name}:reply={reply.pk}",
        to=member.person.email,
        template=f"networking/{name}",
        # No answer by mail goes to the leads: it would quote the link, and what somebody said is not theirs to read.
        unsubscribe_url=site_addresses.unsubscribe(member.person, SURVEYS),
        context={
            "first_name": member.person.get_short_name(),
            "cohort": member.cohort,
            "leads": [lead.person for lead in leads],
            "closes": dates.day(survey.closes_at),
            "url": addresses.absolute(path_of(survey, member)),
            "preferences_url": site_addresses.preferences(member.person),
        },
    )
