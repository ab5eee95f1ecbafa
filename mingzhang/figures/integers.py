"""Integers between bounds with the least cost, by HiGHS; nothing of it is believed before it is confirmed in integers."""

import time
from dataclasses import dataclass, replace
from typing import Any

import highspy
import numpy as np

# The solver under its Python face: the face announces itself on the standard output, which may be carrying data.
_SOLVER = highspy.Highs.__base__
_NEAR = 1e-6
_GAP = 0.05

Numbers = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Program:
    """Find integers x with ``low`` ≤ x ≤ ``high`` and ``row_low`` ≤ Ax ≤ ``row_high``, cheap by ``cost``.

    A is sparse by rows: the entries of row i are ``starts[i]`` to
    ``starts[i + 1]`` of ``columns`` and ``values``.
    """

    cost: Numbers
    low: Numbers
    high: Numbers
    starts: Numbers
    columns: Numbers
    values: Numbers
    row_low: Numbers
    row_high: Numbers

    def holds(self, x: Numbers) -> bool:
        """Whether integers keep every bound (exact)."""
        if len(x) and (np.any(x < self.low) or np.any(x > self.high)):
            return False
        sums: Numbers = np.zeros(len(self.row_low), dtype=np.int64)
        np.add.at(sums, np.repeat(np.arange(len(sums)), np.diff(self.starts)), self.values * x[self.columns])
        return not (np.any(sums < self.row_low) or np.any(sums > self.row_high))


@dataclass(frozen=True, slots=True)
class Answer:
    """The integers, or None where there are none, or none were found in the time; ``relaxed`` where no search was needed."""

    x: Numbers | None
    relaxed: bool = False
    timed_out: bool = False


def solve(program: Program, seconds: float) -> Answer:
    """The linear relaxation first, whose corner is often integral; then a search among the few that are not; then among all.

    The searches stop at 5 % of the best cost.
    """
    began = time.monotonic()
    if not len(program.cost):
        x: Numbers = np.zeros(0, dtype=np.int64)
        return Answer(x if program.holds(x) else None, relaxed=True)
    found, status = _run(program, seconds, integral=False)
    if status == highspy.HighsModelStatus.kInfeasible:
        return Answer(None)
    tries = [program]
    if found is not None:
        whole = np.rint(found)
        settled = np.abs(found - whole) < _NEAR
        if settled.all() and program.holds(whole.astype(np.int64)):
            return Answer(whole.astype(np.int64), relaxed=True)
        kept = replace(program, low=np.where(settled, whole, program.low), high=np.where(settled, whole, program.high))
        tries.insert(0, kept)
    for each in tries:
        found, status = _run(each, max(0.05, seconds - (time.monotonic() - began)), integral=True)
        if found is not None and program.holds(np.rint(found).astype(np.int64)):
            return Answer(np.rint(found).astype(np.int64))
    return Answer(None, timed_out=status == highspy.HighsModelStatus.kTimeLimit)


def _run(program: Program, seconds: float, integral: bool) -> tuple[Numbers | None, "highspy.HighsModelStatus"]:
    solver = _SOLVER()
    for option, value in (("output_flag", False), ("threads", 1), ("time_limit", seconds), ("mip_rel_gap", _GAP)):
        solver.setOptionValue(option, value)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(program.cost), len(program.row_low)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = program.cost, program.low, program.high
    lp.row_lower_, lp.row_upper_ = program.row_low, program.row_high
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = program.starts, program.columns, program.values
    if integral:
        lp.integrality_ = [highspy.HighsVarType.kInteger] * len(program.cost)
    solver.passModel(lp)
    solver.run()
    status = solver.getModelStatus()
    usable = solver.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    return (np.array(solver.getSolution().col_value) if usable else None), status
