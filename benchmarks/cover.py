"""The search for the wrong figures against HiGHS: an implicit hitting set over the same conflict sets, in the same run.

    cover.py [--documents N] [--seed S]

Sound random disclosures get slips as in mutations.py. Every part of the contradictions is solved twice: by
``figures.locate`` (all smallest sets of figures), and by HiGHS (one smallest set): a 0-1 program picks the fewest
figures that hit every conflict known, ``System.free`` confirms the choice in exact integers or gives further conflicts,
until it is confirmed. Both ask the same ``System.free``. Printed: parts, how often the sizes agree, and the time of
HiGHS as a multiple of ours.
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import highspy
import numpy

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from benchmarks.mutations import Tally, document, spoilt
from mingzhang.check import laws
from mingzhang.figures.law import System
from mingzhang.figures.locate import MOST, _parts, _Search

SECONDS = 5.0


def ours(system: System, part: Sequence[int]) -> tuple[int, int]:
    """The size of the smallest sets, and how many there are; 0 where none of at most five figures was found."""
    search = _Search(system, part, time.thread_time() + SECONDS)
    for size in range(1, MOST + 1):
        found, complete = search.of(size)
        if found or not complete:
            return (size, len(found)) if found else (0, 0)
    return 0, 0


def covered(conflicts: Sequence[frozenset[int]]) -> frozenset[int]:
    """The fewest figures that hit every conflict."""
    columns = sorted(frozenset().union(*conflicts))
    at = {v: n for n, v in enumerate(columns)}
    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    model.setOptionValue("threads", 1)
    count = len(columns)
    ones = numpy.ones(count)
    model.addVars(count, numpy.zeros(count), ones)
    for n in range(count):
        model.changeColCost(n, 1.0)
        model.changeColIntegrality(n, highspy.HighsVarType.kInteger)
    for conflict in conflicts:
        members = numpy.array(sorted(at[v] for v in conflict), dtype=numpy.int32)
        model.addRow(1.0, highspy.kHighsInf, len(members), members, numpy.ones(len(members)))
    model.run()
    return frozenset(v for v, x in zip(columns, model.getSolution().col_value, strict=True) if x > 0.5)


def highs(system: System, part: Sequence[int]) -> int:
    """The size of a smallest set of figures that explains a part; 0 where it has more than five."""
    conflicts = [frozenset(system.equation(n).variables) for n in part]
    while True:
        chosen = covered(conflicts)
        if len(chosen) > MOST:
            return 0
        spans, further = system.free(sorted(chosen))
        if spans is not None:
            return len(chosen)
        fresh = [frozenset().union(*(system.equation(n).variables for n in c)) - chosen for c in further]
        fresh = [c for c in fresh if c and c not in conflicts]
        if not fresh:
            return 0
        conflicts += fresh


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100, metavar="N")
    parser.add_argument("--seed", type=int, default=0, metavar="S", help="the first seed")
    args = parser.parse_args()
    times: list[tuple[float, float]] = []
    alike = sets = 0
    for seed in range(args.seed, args.seed + args.documents):
        changed, slips = spoilt(random.Random(f"slips/{seed}"), document(seed), Tally())
        if not slips:
            continue
        every = laws(changed)
        failing = System.of(every)
        for part in _parts(failing, failing.judge()):
            one, two = System.of(every), System.of(every)
            one.judge(), two.judge()
            begin = time.thread_time()
            size, count = ours(one, part)
            middle = time.thread_time()
            other = highs(two, part)
            times.append((middle - begin, time.thread_time() - middle))
            alike += size == other
            sets += count
    own, theirs = (sum(t[n] for t in times) for n in (0, 1))
    ratios = sorted(b / a for a, b in times if a > 0)
    print(f"{len(times)} parts, smallest size alike in {alike}; {sets} smallest sets found by the search, one a part by HiGHS")
    print(f"HiGHS / search, all parts together {theirs / own:.2f}")
    low, high = ratios[len(ratios) // 10], ratios[len(ratios) * 9 // 10]
    print(f"HiGHS / search, by part: median {statistics.median(ratios):.1f}, 10 % {low:.2f}, 90 % {high:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
