"""Who talks to whom: rooms for every round of a meet-up. Values in, values out; see `plan` and `replan`."""

from meetups.grouping.achieved import why
from meetups.grouping.planning import plan
from meetups.grouping.replanning import replan
from meetups.grouping.values import ContradictoryLocks, Guest, Pair, Plan, Room, RoundSpec

__all__ = ["ContradictoryLocks", "Guest", "Pair", "Plan", "Room", "RoundSpec", "plan", "replan", "why"]
