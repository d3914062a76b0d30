"""The words about questions to the expert pool: one function per e-mail."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from networking import addresses
from networking.models import Member, PoolOffer, PoolPost, PoolQuestion
from outbox import queue
from people import links

# The topic of preferences under which questions by mail can be stopped.
QUESTIONS = "networking-questions"
TAKE = "networking:take_by_link"
SOLVED = "networking:solved_by_link"


def page(question: PoolQuestion) -> str:
    return addresses.absolute(reverse("networking:question", args=[question.cohort.slug, question.pk]))


def take_token(offer: PoolOffer) -> str:
    return links.make(TAKE, offer.pk, offer.member.link_version)


def solved_token(question: PoolQuestion, member: Member) -> str:
    return links.make(f"{SOLVED}:{member.pk}", question.pk, member.link_version)


def _context(question: PoolQuestion, member: Member) -> dict[str, Any]:
    return {
        "question": question,
        "cohort": question.cohort,
        "skill": question.skill,
        "first_name": member.person.get_short_name(),
        "asker": question.asked_by.person.name if question.asked_by else "somebody who left",
        "question_url": page(question),
        "preferences_url": addresses.preferences(member.person),
    }


def asked(offer: PoolOffer) -> None:
    """To somebody who could answer: the question, and one click to take it."""
    question, member = offer.question, offer.member
    take_url = addresses.absolute(reverse(TAKE, args=[take_token(offer)]))
    queue.queue(
        key=f"networking.question:offer={offer.pk}",
        to=member.person.email,
        template="networking/question",
        context={**_context(question, member), "take_url": take_url},
        unsubscribe_url=addresses.unsubscribe(member.person, QUESTIONS),
    )


def of_the_day(member: Member, offers: Sequence[PoolOffer]) -> None:
    """All that waits for them in one mail. The key is the newest of the offers: each is told once."""
    waiting = [{"offer": one, "take_url": addresses.absolute(reverse(TAKE, args=[take_token(one)]))} for one in offers]
    queue.queue(
        key=f"networking.questions_of_the_day:member={member.pk}:offer={max(one.pk for one in offers)}",
        to=member.person.email,
        template="networking/questions_of_the_day",
        context={
            "waiting": waiting,
            "number": len(waiting),
            "cohort": member.cohort,
            "first_name": member.person.get_short_name(),
            "preferences_url": addresses.preferences(member.person),
        },
        unsubscribe_url=addresses.unsubscribe(member.person, QUESTIONS),
    )


def taken(question: PoolQuestion) -> None:
    """To who asked: somebody looks at it."""
    asker, expert = question.asked_by, question.taken_by
    if asker and expert and asker.is_here:
        queue.queue(
            key=f"networking.question_taken:question={question.pk}:by={expert.pk}:at={question.taken_at}",
            to=asker.person.email,
            template="networking/question_taken",
            context={**_context(question, asker), "expert": expert.person},
            reply_to=[expert.person.email],
        )


def said(post: PoolPost, to: Member) -> None:
    """The answer to who asked, or what they say back."""
    question = post.question
    is_answer = question.asked_by_id == to.pk
    writer = post.said_by.person if post.said_by else None
    queue.queue(
        key=f"networking.question_post:post={post.pk}",
        to=to.person.email,
        template="networking/question_post",
        context={
            **_context(question, to),
            "post": post,
            "writer": writer,
            "is_answer": is_answer,
            "solved_url": addresses.absolute(reverse(SOLVED, args=[solved_token(question, to)])),
        },
    )
