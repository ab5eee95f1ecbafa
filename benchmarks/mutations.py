"""What the check finds in sound documents that somebody made slips in, and whether it names the figure that is wrong.

    mutations.py [--documents N] [--seed S] [--workers N] [--save] [--misses N]

Sound random disclosures (both kinds; in 万元, in 元, and in 万元 each rounded from 元) get one to five slips: in a
number of a statement, an amount, count or rate of the running text, a word (大于, 增加), a year, a note, or a whole
statement. A slip in a figure counts where some law sees it at all; the share that none sees is told apart. Measured:
slips found (an error or warning stands at the slip's place); figures named for sure, and of these the right ones (the
figure is one that was changed, and what was printed before lies in the range given); of single slips in figures the
share that is decided; of rows shifted by a column those whose figures are all named; errors and warnings of the sound
documents; findings of the changed ones; time. Exit status 1 where a measure is below its floor (FLOORS). The full run
has 2000 documents.
"""

import argparse
import json
import multiprocessing
import random
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

from mingzhang.check import Report, check, laws
from mingzhang.disclosure import Disclosure, Place, Printed
from mingzhang.figures.law import System, Terms
from mingzhang.forms.random import disclosure as sound
from mingzhang.forms.random.spoil import (
    OTHER_SLIPS,
    FigurePath,
    Slip,
    beside,
    figures_of,
    money_at,
    placed,
    rounded,
    shifted_row,
    slipped,
    with_figure,
)

HERE = Path(__file__).resolve().parent
FLOORS = {"found": 0.97, "right": 0.98, "decidable": 0.85, "alarms": 0.02}
UNITS = ("万元", "元", "万元 rounded")
HOW_MANY = ((1, 50), (2, 18), (3, 14), (4, 10), (5, 8))
SHIFTED = 3
"""In every third document a whole row is shifted by a column, too."""
WORDS, TEXT = 0.2, 4.0
"""The share of slips that are not in a figure; how much likelier a figure of the text is than one of a statement."""


@dataclass
class Tally:
    """What was counted over some documents; slips by name, and those found."""

    counts: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)
    sound_times: list[float] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        for name in ("counts", "names", "found", "times", "sound_times", "misses"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def ratio(self, part: str, whole: str) -> float:
        return self.counts[part] / self.counts[whole] if self.counts[whole] else 1.0


def document(seed: int) -> Disclosure:
    """The sound disclosure of a seed: kind, unit and size go round."""
    unit = UNITS[seed // 2 % 3]
    made = sound(seed, kind=("final", "budget")[seed % 2], unit="万元" if unit == "万元" else "元")
    return placed(rounded(made) if unit == UNITS[2] else made)


class Seen:
    """The laws of a sound disclosure by figure: which slips they can see."""

    def __init__(self, disclosure: Disclosure) -> None:
        self.paths = {key: path for path, _, _, key in figures_of(disclosure)}
        self.laws = laws(disclosure)
        self.by_path: dict[FigurePath, list[int]] = {}
        for n, law in enumerate(self.laws):
            for quantity in law.quantities:
                path = self.paths.get(quantity.key)  # type: ignore[call-overload]
                if path is not None:
                    self.by_path.setdefault(path, []).append(n)

    def sees(self, path: FigurePath, after: Printed) -> bool:
        """Whether a law fails when that figure alone is printed otherwise."""

        def now(terms: Terms) -> Terms:
            return tuple((replace(q, printed=after) if self.paths.get(q.key) == path else q, s) for q, s in terms)  # type: ignore[call-overload]

        for law in (self.laws[n] for n in self.by_path.get(path, ())):
            rate = now(((law.rate, 1),))[0][0] if law.rate is not None else None
            changed = replace(law, terms=now(law.terms), base=now(law.base), rate=rate)
            if not System.of([changed]).equation(0).holds:
                return True
        return False


def figure_slip(draw: random.Random, disclosure: Disclosure, seen: Seen, taken: set[FigurePath], tally: Tally) -> Slip | None:
    """A slip in a figure: first the statement or the text is drawn, then a figure of it that some law sees."""
    by_part: dict[str, list[tuple[FigurePath, Printed, Place]]] = {}
    for path, printed, place, _ in figures_of(disclosure):
        by_part.setdefault(f"{path[0]} {path[1]}" if path[0] == "cell" else "text", []).append((path, printed, place))
    weights = [TEXT if part == "text" else 1.0 for part in by_part]
    for _ in range(30):
        path, printed, place = draw.choice(draw.choices(list(by_part.values()), weights)[0])
        made = slipped(draw, printed, beside(disclosure, path), money_at(disclosure, path)) if path not in taken else None
        if made is None:
            continue
        tally.counts["drawn"] += 1
        if path not in seen.by_path:
            tally.counts["in no law"] += 1
        elif not seen.sees(path, made[1]):
            tally.counts["within rounding"] += 1
        else:
            return Slip(made[0], place, (), path, printed, made[1])
    return None


def spoilt(draw: random.Random, disclosure: Disclosure, tally: Tally) -> tuple[Disclosure, list[Slip]]:
    """The disclosure with one to five slips; of those that are not in a figure one at most beside others.

    A word is not changed in a sentence whose figures are, and no statement is left out that others are compared with:
    one slip would hide the other.
    """
    seen = Seen(disclosure)
    slips: list[Slip] = []
    others = 0
    for _ in range(draw.choices([n for n, _ in HOW_MANY], [w for _, w in HOW_MANY])[0]):
        if draw.random() < WORDS:
            others += 1
            continue
        made = figure_slip(draw, disclosure, seen, {s.path for s in slips if s.path}, tally)
        if made is not None:
            slips.append(made)
    changed = disclosure
    for slip in slips:
        assert slip.path is not None
        assert slip.after is not None
        changed = with_figure(changed, slip.path, slip.after)
    spoken = {disclosure.sentences[s.path[1]].place for s in slips if s.path and s.path[0] == "figure"}
    names = list(OTHER_SLIPS)
    for name in draw.choices(names, [2 if n in ("word", "year") else 1 for n in names], k=min(others, 1 if slips else others)):
        result = OTHER_SLIPS[name](draw, changed)
        if result is None or (name == "missing" and slips):
            continue
        after, slip = result
        if slip.place not in spoken | {s.place for s in slips}:
            changed = after
            slips.append(slip)
    return changed, slips


def told(report: Report, slip: Slip, disclosure: Disclosure) -> bool:
    """Whether an error or warning stands at the slip; a wrong word may be told at the figures that it compares."""
    places = {slip.place}
    at = next((n for n, s in enumerate(disclosure.sentences) if s.place == slip.place), None)
    if at is not None and slip.path is None:
        places |= {f.place for s in disclosure.sentences[max(0, at - 2) : at + 1] for f in s.figures if f.place}
    for finding in report.findings:
        if finding.severity == "hint":
            continue
        if slip.path is not None and slip.place in finding.places:
            return True
        if finding.rule in slip.rules and (slip.place == Place() or places & set(finding.places)):
            return True
    return False


def measure(seed: int) -> Tally:
    """One document: checked sound, spoilt, checked again."""
    tally = Tally()
    disclosure = document(seed)
    begin = time.perf_counter()
    clean = check(disclosure)
    tally.sound_times.append(time.perf_counter() - begin)
    tally.counts["documents"] += 1
    for f in clean.findings:
        if f.severity != "hint":
            tally.counts["alarms"] += 1
            tally.misses.append(f"alarm seed {seed}: {f.rule} {f.where} {f.printed} -> {f.expected}")
    changed, slips = spoilt(random.Random(f"slips/{seed}"), disclosure, tally)
    if not slips:
        return tally
    begin = time.perf_counter()
    report = check(changed)
    tally.times.append(time.perf_counter() - begin)
    tally.counts["changed"] += 1
    tally.counts["findings"] += sum(f.severity != "hint" for f in report.findings)
    for slip in slips:
        tally.counts["slips"] += 1
        tally.names[slip.name] += 1
        if told(report, slip, changed):
            tally.counts["found"] += 1
            tally.found[slip.name] += 1
        else:
            tally.misses.append(f"missed seed {seed}: {slip}")
    _culprits(seed, changed, slips, report, tally)
    if seed % SHIFTED == 0:
        _shifted(seed, disclosure, tally)
    return tally


def _shifted(seed: int, disclosure: Disclosure, tally: Tally) -> None:
    """One row of the sound document shifted by a column: whether its figures are named, and all rightly."""
    made = shifted_row(random.Random(f"shifted/{seed}"), disclosure)
    if made is None:
        return
    changed, before = made
    paths = {key: path for path, _, _, key in figures_of(changed)}
    named = {paths[c.quantity.key]: c for x in check(changed).locations for c in x.location.sure}  # type: ignore[index]
    right = [p for p, c in named.items() if p in before and c.low <= before[p].value <= c.high]
    tally.counts["shifted"] += 1
    tally.counts["shifted named"] += bool(named)
    tally.counts["shifted right"] += len(right) == len(named) == len(before)


def _culprits(seed: int, changed: Disclosure, slips: list[Slip], report: Report, tally: Tally) -> None:
    """The figures that were named for sure, and whether they are right; for a single slip, whether one was named."""
    paths = {key: path for path, _, _, key in figures_of(changed)}
    before = {s.path: s.before for s in slips if s.path is not None and s.before is not None}
    for located in report.locations:
        tally.counts["parts"] += 1
        tally.counts["incomplete"] += not located.location.complete
        for culprit in located.location.sure:
            path = paths[culprit.quantity.key]  # type: ignore[index]
            true = before.get(path)
            right = true is not None and culprit.low <= true.value <= culprit.high
            tally.counts["named"] += 1
            tally.counts["right"] += right
            if not right or true is None:
                tally.misses.append(f"wrong seed {seed}: {path} {culprit.quantity.printed} -> {culprit.should}; {slips}")
            elif culprit.value is not None:
                tally.counts["valued"] += 1
                tally.counts["value right"] += culprit.value == true.value
    if len(slips) == 1 and slips[0].path is not None:
        decided = any(located.location.decidable for located in report.locations)
        tally.counts["single"] += 1
        tally.counts["single decided"] += decided
        if not decided:
            answers = [len(x.location.answers) for x in report.locations]
            tally.misses.append(f"undecided seed {seed}: {slips[0]} answers {answers}")


def run(seeds: list[int]) -> Tally:
    """Some documents, one after the other."""
    tally = Tally()
    for seed in seeds:
        tally.add(measure(seed))
    return tally


def report(tally: Tally, seconds: float) -> dict[str, float]:
    """Print what was measured; the four figures that have floors."""
    c, ratio = tally.counts, tally.ratio
    result = {
        "found": ratio("found", "slips"),
        "right": ratio("right", "named"),
        "decidable": ratio("single decided", "single"),
        "alarms": c["alarms"] / max(1, c["documents"]),
    }
    print(f"{c['documents']} documents, {c['changed']} changed with {c['slips']} slips, {seconds:.0f} s")
    print(f"slips found                      {result['found']:.4f}  ({c['found']} of {c['slips']})")
    print(f"right among the figures named    {result['right']:.4f}  ({c['right']} of {c['named']})")
    print(f"  and the very value of these    {ratio('value right', 'valued'):.4f}  ({c['value right']} of {c['valued']})")
    print(f"decided among single slips       {result['decidable']:.4f}  ({c['single decided']} of {c['single']})")
    print(f"rows shifted: figures named     {c['shifted named']} of {c['shifted']}, every one and rightly {c['shifted right']}")
    print(f"false alarms a sound document    {result['alarms']:.4f}  ({c['alarms']})")
    print(f"findings a changed document      {ratio('findings', 'changed'):.2f}  (a slip {ratio('findings', 'slips'):.2f})")
    print(f"slips in figures of no law       {ratio('in no law', 'drawn'):.4f}  (of {c['drawn']} drawn)")
    print(f"slips that rounding explains     {ratio('within rounding', 'drawn'):.4f}")
    print(f"parts not searched to the end    {c['incomplete']} of {c['parts']}")
    times = sorted(tally.times) or [0.0]
    print(f"check of a sound document        median {statistics.median(tally.sound_times) * 1000:.0f} ms")
    late = times[len(times) * 95 // 100] * 1000
    print(f"of a changed one, with search    median {statistics.median(times) * 1000:.0f} ms, 95 % {late:.0f} ms")
    print("by slip  " + "  ".join(f"{n} {tally.found[n]}/{k}" for n, k in tally.names.most_common()))
    return result


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=300, metavar="N", help="how many (the full run: 2000)")
    parser.add_argument("--seed", type=int, default=0, metavar="S", help="the first seed")
    parser.add_argument("--workers", type=int, default=2, metavar="N")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="list up to N of what went wrong, of each kind")
    parser.add_argument("--save", action="store_true", help="write benchmarks/results/")
    args = parser.parse_args()
    seeds = list(range(args.seed, args.seed + args.documents))
    parts = [part for n in range(args.workers * 8) if (part := seeds[n :: args.workers * 8])]
    tally = Tally()
    begin = time.perf_counter()
    if args.workers > 1:
        with multiprocessing.get_context("spawn").Pool(args.workers) as pool:
            for some in pool.imap_unordered(run, parts):
                tally.add(some)
    else:
        tally = run(seeds)
    result = report(tally, time.perf_counter() - begin)
    for kind in ("alarm", "missed", "wrong", "undecided"):
        for line in sorted(m for m in tally.misses if m.startswith(kind))[: args.misses]:
            print("   ", line)
    if args.save:
        out = HERE / "results" / f"mutations-{time.strftime('%Y-%m-%d')}.json"
        out.parent.mkdir(exist_ok=True)
        out.write_text(json.dumps({"counts": dict(tally.counts), "result": result}, indent=1) + "\n", "utf-8")
        print(f"written to {out.relative_to(HERE.parent)}")
    short = [n for n, floor in FLOORS.items() if (result[n] > floor if n == "alarms" else result[n] < floor)]
    if short:
        print(f"short of the floors: {', '.join(short)}")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
