"""Linear and integer programmes, solved by HiGHS (Huangfu & Hall 2018, doi:10.1007/s12532-017-0130-5)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, linprog, milp
from scipy.sparse import csr_array

from networking.match_scores import Mask

NODES = 2_000  # branches after which the best answer so far has to do: nodes and not seconds, to be repeatable
NEARLY = 1e-6

Numbers = NDArray[np.float64]
Entry = tuple[NDArray[np.intp], NDArray[np.intp], float]  # in these lines, for these variables, this factor


@dataclass(frozen=True)
class Programme:
    """Least costs of variables from 0 to `most`, with `limited` @ x <= limits and `fixed` @ x == amounts."""

    costs: Numbers
    most: Numbers
    whole: Mask  # which variables have to be whole numbers
    limited: csr_array
    limits: Numbers
    fixed: csr_array | None = None
    amounts: Numbers | None = None

    def relaxed(self) -> OptimizeResult:
        """Without whole numbers. By an interior point, then at a corner, where nearly always everything is whole."""
        return linprog(
            self.costs,
            A_ub=self.limited,
            b_ub=self.limits,
            A_eq=self.fixed,
            b_eq=self.amounts,
            bounds=np.stack([np.zeros(len(self.most)), self.most], axis=1),
            method="highs-ipm",
        )

    def solved(self, *, any_will_do: bool) -> tuple[Numbers | None, bool]:
        """The best in whole numbers (or any answer), for costs in whole numbers, and whether that is proven.

        None: there is none.
        """
        relaxed = self.relaxed()
        if relaxed.x is None:
            return None, relaxed.status == IMPOSSIBLE
        if self.is_whole(relaxed.x):
            return np.asarray(relaxed.x), True
        # Often the same can be had of the variables in use. If so, there is no need to look at all of them.
        used = replace(self, most=np.where(self.whole & (relaxed.x <= NEARLY), 0.0, self.most))
        gap = 1.0 if any_will_do else 0.0
        values, _ = used.branched(gap=gap)
        if values is not None and (any_will_do or self.costs @ values < relaxed.fun + 1.0 - NEARLY):
            return values, True
        return self.branched(gap=gap)

    def is_whole(self, values: Numbers) -> bool:
        wanted = values[self.whole]
        return not len(wanted) or bool(np.abs(wanted - np.round(wanted)).max() <= NEARLY)

    def branched(self, *, gap: float) -> tuple[Numbers | None, bool]:
        """The best in whole numbers, to `gap` of the costs, and whether that is proven. None: there is none."""
        constraints = [LinearConstraint(self.limited, -np.inf, self.limits)]
        if self.fixed is not None:
            constraints.append(LinearConstraint(self.fixed, self.amounts, self.amounts))
        answer = milp(
            self.costs,
            integrality=self.whole.astype(np.int8),
            bounds=Bounds(0, self.most),
            constraints=constraints,
            options={"mip_rel_gap": gap, "node_limit": NODES},
        )
        return (None if answer.x is None else np.asarray(answer.x)), answer.status in (PROVEN, IMPOSSIBLE)


PROVEN, IMPOSSIBLE = 0, 2  # what HiGHS answers


def matrix(lines: int, variables: int, entries: Sequence[Entry]) -> csr_array:
    rows = np.concatenate([np.asarray(line, dtype=np.intp) for line, _, _ in entries])
    columns = np.concatenate([np.asarray(variable, dtype=np.intp) for _, variable, _ in entries])
    values = np.concatenate([np.full(len(line), factor) for line, _, factor in entries])
    return csr_array((values, (rows, columns)), shape=(lines, variables))
