"""What recomputing finds in sound self-evaluations that somebody changed one cell of, and whether it names that cell.

    evaluations.py [--documents N] [--seed S] [--misses N] [--save]

Each document holds the evaluations of a department and five projects, made from templates, scored by one of the
schemes, drawn at random. One cell of one row (score, deviation, target, actual or weight) gets a slip of the pen: two
digits swapped, one digit wrong, dropped or doubled. Slips that the printed digits cannot show (an actual inside the
band of full marks, a rounding) are drawn again and counted apart. Measured: changes found (the row does not follow the
scheme, or a sum of its table fails); the changed cell named first; the same among those that are decidable: one cell
carries SURE of all the likelihood; the very value restored; alarms of the sound documents; the scheme recognised
before and after. Exit status 1 where a measure is below its floor (FLOORS).
"""

import argparse
import json
import random
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

from mingzhang.disclosure import Disclosure, Indicator
from mingzhang.figures.slips import SHARES, sources
from mingzhang.performance.random import evaluated
from mingzhang.performance.recompute import Recomputation, recompute
from mingzhang.schemes import measured
from mingzhang.schemes.row import Row, rows_of

HERE = Path(__file__).resolve().parent
FLOORS = {"found": 0.97, "first where decidable": 0.9, "scheme": 0.97}
SURE = 0.9
CELLS = ("score", "deviation", "target", "actual", "weight")
SLIPS = ("swapped", "digit", "dropped", "doubled")


def changed(draw: random.Random, row: Row, cell: str) -> Indicator | None:
    """The row's indicator with a slip in that cell, or None where it has no number there."""
    i = row.indicator
    text = getattr(i, cell)
    if cell in ("score", "weight", "deviation"):
        figure = getattr(row, cell)
        if figure is None:
            return None
        by_slip: dict[str, list[str]] = {}
        for value, slip, _ in sources(figure):
            if slip in SLIPS and value != figure.value and value >= 0:
                by_slip.setdefault(slip, []).append(f"{value:.{figure.decimals}f}")
        tail = text[len(figure.text) :]
    else:
        head, slash, part = text.rpartition("/") if row.kind == "money" else ("", "", text)
        measure = measured(part)
        if measure.printed is None:
            return None
        by_slip = {}
        for value, slip, _ in sources(measure.printed):
            if slip in SLIPS and value != measure.printed.value and value >= 0:
                by_slip.setdefault(slip, []).append(head + slash + measure.shown(value * measure.factor))
        tail = ""
    if not by_slip:
        return None
    slip = draw.choices(list(by_slip), [SHARES[s] for s in by_slip])[0]
    return replace(i, **{cell: draw.choice(by_slip[slip]) + tail})


def with_row(disclosure: Disclosure, table: int, old: Indicator, new: Indicator) -> Disclosure:
    """The disclosure with one indicator of one table replaced."""
    e = disclosure.evaluations[table]
    other = replace(e, indicators=tuple(new if i is old else i for i in e.indicators))
    return replace(disclosure, evaluations=tuple(other if n == table else x for n, x in enumerate(disclosure.evaluations)))


def seen(again: Recomputation, table: int) -> bool:
    found = again.tables[table]
    return bool(found.count("off")) or any(not s.holds for s in found.sums)


def measure(seed: int, counts: Counter[str], misses: list[str]) -> None:
    """One document: recomputed sound, one cell changed, recomputed again."""
    disclosure, scheme = evaluated(seed)
    sound = recompute(disclosure)
    counts["documents"] += 1
    counts["rows"] += sum(len(t.rows) for t in sound.tables)
    counts["scheme"] += sound.fits[0].scheme is scheme or scheme in sound.tied
    alarms = sound.count("off") + sum(not s.holds for t in sound.tables for s in t.sums)
    counts["alarms"] += alarms
    if alarms:
        misses.append(f"alarm seed {seed} {scheme.id} read as {sound.fits[0].scheme.id}")
    draw = random.Random(f"slip/{seed}")
    cell = CELLS[seed % len(CELLS)]
    for _ in range(40):
        table = draw.randrange(len(disclosure.evaluations))
        row = draw.choice(rows_of(disclosure.evaluations[table]))
        new = changed(draw, row, cell)
        if new is None:
            continue
        counts["drawn"] += 1
        spoilt = with_row(disclosure, table, row.indicator, new)
        if seen(recompute(spoilt, among=[scheme]), table):
            break
        counts["unseen"] += 1
    else:
        return
    counts["changed"] += 1
    counts[f"changed {cell}"] += 1
    again = recompute(spoilt)
    counts["scheme after"] += again.fits[0].scheme is scheme or scheme in again.tied
    told = f"seed {seed} {scheme.id} {cell}: {getattr(row.indicator, cell)} -> {getattr(new, cell)} of {row.indicator}"
    if not seen(again, table):
        misses.append(f"missed {told}")
        return
    counts["found"] += 1
    counts[f"found {cell}"] += 1
    first = next((s for r in again.tables[table].rows if r.row.indicator == new for s in r.suspects), None)
    at_row = first is not None
    if first is None:
        mending = again.tables[table].sum_suspects
        first = mending[0][1] if mending else None
        at_row = bool(mending) and mending[0][0] is not None and again.tables[table].rows[mending[0][0]].row.indicator == new
    right = first is not None and at_row and first.cell == cell
    decidable = first is not None and first.share >= SURE
    counts["first"] += right
    counts[f"first {cell}"] += right
    counts["decidable"] += decidable
    counts["first decidable"] += right and decidable
    if first is not None and right:
        was = getattr(row.indicator, cell)
        counts["value"] += first.should.rstrip("%") == was.rstrip("%") or first.should == was
    if not right and decidable:
        misses.append(f"wrong {told}: {first}")
    elif not right:
        misses.append(f"other {told}: {first}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=400, metavar="N", help="how many (the full run: 2000)")
    parser.add_argument("--seed", type=int, default=0, metavar="S", help="the first seed")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="list up to N of what went wrong, of each kind")
    parser.add_argument("--save", action="store_true", help="write benchmarks/results/")
    args = parser.parse_args()
    counts: Counter[str] = Counter()
    misses: list[str] = []
    begin = time.perf_counter()
    for seed in range(args.seed, args.seed + args.documents):
        measure(seed, counts, misses)

    def ratio(part: str, whole: str) -> float:
        return counts[part] / counts[whole] if counts[whole] else 1.0

    result = {
        "found": ratio("found", "changed"), "first": ratio("first", "changed"),
        "first where decidable": ratio("first decidable", "decidable"), "decidable": ratio("decidable", "changed"),
        "value": ratio("value", "first"), "alarms": ratio("alarms", "rows"), "scheme": ratio("scheme", "documents"),
        "scheme after": ratio("scheme after", "changed"), "unseen": ratio("unseen", "drawn"),
    }  # fmt: skip
    print(f"{counts['documents']} documents, {counts['rows']} rows, {counts['changed']} changed, {time.perf_counter() - begin:.0f} s")
    print(f"changes found                     {result['found']:.4f}  ({counts['found']} of {counts['changed']})")
    print(f"changed cell named first          {result['first']:.4f}  ({counts['first']})")
    decided = f"({counts['first decidable']} of {counts['decidable']})"
    print(f"  where decidable                 {result['first where decidable']:.4f}  {decided}")
    print(f"  the very value restored         {result['value']:.4f}  ({counts['value']} of {counts['first']})")
    print(f"alarms a sound row                {result['alarms']:.4f}  ({counts['alarms']})")
    print(f"scheme recognised, sound / spoilt {result['scheme']:.4f} / {result['scheme after']:.4f}")
    print(f"slips that no printed digit shows {result['unseen']:.4f}  ({counts['unseen']} of {counts['drawn']} drawn)")
    for cell in CELLS:
        many = counts[f"changed {cell}"]
        print(f"  {cell:10} found {counts[f'found {cell}']}/{many}, named first {counts[f'first {cell}']}/{many}")
    for kind in ("alarm", "missed", "wrong", "other"):
        for line in sorted(m for m in misses if m.startswith(kind))[: args.misses]:
            print("   ", line)
    if args.save:
        out = HERE / "results" / f"evaluations-{time.strftime('%Y-%m-%d')}.json"
        out.parent.mkdir(exist_ok=True)
        out.write_text(json.dumps({"counts": dict(counts), "result": result}, indent=1) + "\n", "utf-8")
        print(f"written to {out.relative_to(HERE.parent)}")
    short = [n for n, floor in FLOORS.items() if result[n] < floor]
    if short:
        print(f"short of the floors: {', '.join(short)}")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
