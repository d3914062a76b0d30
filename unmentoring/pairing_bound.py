"""How few repeats any draw can have: known at little cost where matching everybody exactly would take too long."""

import networkx
import numpy as np

from unmentoring.pairing_costs import Costs, Places

# Beyond so many pairs the answer would take more than a second or two, and nothing is claimed.
MOST_PAIRS = 5_000
MOST_PEOPLE = 2_000


def least_repeats(costs: Costs) -> int:
    """No draw has fewer repeats than this."""
    few = costs.n <= MOST_PEOPLE and costs.fresh_pairs() <= MOST_PAIRS
    return least_where_few_may_meet(costs) if few else least_of_the_tight(costs)


def least_where_few_may_meet(costs: Costs) -> int:
    """A draw has no more first meetings than the largest matching of pairs who never met; the three counts as one."""
    graph = networkx.Graph(costs.table(costs.here, pairs=costs.n, only_fresh=True).keys())
    return costs.n // 2 - len(networkx.max_weight_matching(graph, maxcardinality=True))


def least_of_the_tight(costs: Costs) -> int:
    """What those with few people left to meet make certain.

    Of those with few people left to meet for the first time, a draw serves at most as many as a matching can cover;
    whoever is not served repeats, and one repeat does for two of them. In a three, one more may be served.
    """
    barred = np.union1d(costs.met, costs.apart)
    ends = np.concatenate([barred // costs.n, barred % costs.n])
    left = costs.n - 1 - np.bincount(ends, minlength=costs.n)
    tight = tight_places(left)
    if not len(tight) or left[tight].sum() > MOST_PAIRS:
        return 0
    unserved = len(tight) - _most_served(tight, barred, costs)
    return max(0, -(-(unserved - costs.n % 2) // 2))


def tight_places(left: Places) -> Places:
    """Who may be unserved. The others always find somebody, whoever these take: they may still meet half of the rest.

    Dirac 1952, doi:10.1112/plms/s3-2.1.69.
    """
    tight = np.flatnonzero(2 * left < len(left))
    while len(more := np.flatnonzero(2 * left < len(left) + 4 * len(tight))) > len(tight):
        tight = more
    return tight


def _most_served(tight: Places, barred: Places, costs: Costs) -> int:
    """How many of these can have a first meeting all at once (maximum-weight matching, Edmonds 1965)."""
    wanted = set(tight.tolist())
    graph = networkx.Graph()
    for one in sorted(wanted):
        others = np.delete(costs.here, one)
        fresh = others[~np.isin(costs.keys(np.full(len(others), one), others), barred)]
        graph.add_weighted_edges_from((one, other, 1 + (other in wanted)) for other in fresh.tolist())
    return sum(graph[a][b]["weight"] for a, b in networkx.max_weight_matching(graph))
