"""Getting started: plans made of ideas, and the register of what stands in the way."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from evidence.models import Barrier, Plan
from people.models import Person


@dataclass(frozen=True)
class PlanWords:
    """What somebody says about a plan; `done_on` and `learned` once it is done."""

    idea: str
    what: str
    who: str
    by_on: date
    done_on: date | None = None
    learned: str = ""
    is_shared: bool = False


def keep_plan(plan: Plan | None, words: PlanWords, *, now: datetime, by: Person) -> Plan:
    """A new plan, or a change of one's own. What was learned is kept once it is done."""
    plan = plan or Plan(made_by=by, made_at=now)
    plan.idea, plan.what, plan.who, plan.by_on = words.idea, words.what, words.who, words.by_on
    plan.done_on, plan.learned = words.done_on, words.learned if words.done_on else ""
    plan.is_shared, plan.council, plan.changed_at = words.is_shared, by.council, now
    plan.save()
    return plan


@dataclass(frozen=True)
class BarrierWords:
    kind: str
    met: str
    helped: str = ""
    is_shared: bool = False


def keep_barrier(barrier: Barrier | None, words: BarrierWords, *, now: datetime, by: Person) -> Barrier:
    barrier = barrier or Barrier(made_by=by, made_at=now)
    barrier.kind, barrier.met, barrier.helped = words.kind, words.met, words.helped
    barrier.is_shared, barrier.council = words.is_shared, by.council
    barrier.save()
    return barrier


@dataclass(frozen=True)
class BarrierCount:
    """One kind of barrier: how often it was met, in how many councils, and how often something helped."""

    label: str
    times: int
    councils: int
    helped: int


def barrier_counts() -> list[BarrierCount]:
    """Every kind, the most frequent first; also what nobody shared counts, without its words."""
    rows = (
        Barrier.objects.order_by()
        .values("kind")
        .annotate(times=Count("pk"), councils=Count("council", distinct=True), helped=Count("pk", filter=~Q(helped="")))
    )
    known = {row["kind"]: (row["times"], row["councils"], row["helped"]) for row in rows}
    counts = [BarrierCount(str(kind.label), *known.get(kind, (0, 0, 0))) for kind in Barrier.Kind]
    return sorted(counts, key=lambda count: -count.times)
