"""Measure the reader and the checker against the truth and hold the floors of accuracy/floors.toml.

    accuracy.py [--only given|changed|random] [--misses N] [--keep DIR] [--unchecked] [NAME ...]

A line for each document: F1 of cells (with their page: ``cells +``), running text and indicators (precision/recall
for texts), findings found of the decidable ones, errors confirmed. Exit status 1 where a measure is below its floor.
"""

import argparse
import csv
import json
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import change
import shared
import uphold
from mingzhang.check import check
from mingzhang.disclosure import Disclosure
from mingzhang.publish.tables import write
from mingzhang.read import read

MEASURES = ("cells", "cells +", "narrative", "narrative +", "indicators", "indicators +")
DISPUTED = shared.PROJECT / "accuracy" / "disputed"
SHARE_DISPUTED = 0.01
FOUND = ("decidable_found", "decidable", "errors_confirmed", "errors")

Score = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Case:
    """One document to measure: its kind names the floors, ``truth`` the folder of its truth."""

    name: str
    kind: str
    file: Path
    truth: Path
    disputed: Path | None = None


def given(root: Path) -> Iterator[Case]:
    for truth in sorted((root / "truth").iterdir()):
        file = shared.document(root, truth.name)
        if file is not None:
            disputed = DISPUTED / f"{truth.name}.csv"
            kind = "pdf" if file.suffix == ".pdf" else "text"
            yield Case(truth.name, kind, file, truth, disputed if disputed.exists() else None)


def changed(root: Path, work: Path) -> Iterator[Case]:
    """The texts, changed. The disputed rows stay the same rows of the truth files."""
    official = [row["name"] for row in change.table(root / "spec" / "codes.csv")]
    for case in given(root):
        if case.kind == "text":
            file, truth = work / "changed" / case.file.name, work / "changed-truth" / case.name
            file.parent.mkdir(parents=True, exist_ok=True)
            change.write(case.file, case.truth, file, truth, official)
            yield Case(case.name, "changed", file, truth, case.disputed)


def invented(work: Path, seeds: int) -> Iterator[Case]:
    """Random disclosures in every layout; their truth is what was put in, the pages apart."""
    import invent

    for name, file, truth in invent.documents(work / "random", seeds):
        yield Case(name, "random", file, truth)


def output(case: Case, out: Path, unchecked: bool) -> None:
    """Read and check one document into ``out``. Random documents are only read."""
    disclosures: list[Disclosure] = list(read([case.file]))
    unchecked = unchecked or case.kind == "random"
    findings = [] if unchecked else [f for d in disclosures for f in check(d).findings]
    write(disclosures, findings, out)


def score(root: Path | None, case: Case, out: Path, misses: int) -> tuple[Score, str]:
    """What tools/score.py of the given folder says, and its list of misses where asked for."""
    if case.kind == "random" or root is None:
        return matched(case.truth, out, misses)
    command = [sys.executable, str(root / "tools" / "score.py"), str(case.truth), str(out)]
    if case.disputed:
        command += ["--disputed", str(case.disputed)]
    said = subprocess.run([*command, "--json"], capture_output=True, text=True, check=True).stdout
    numbers: Score = json.loads(said)
    found = numbers["findings"]
    if found["errors_confirmed"] < found["errors"] and case.kind != "changed":
        found["errors_confirmed"] += uphold.upheld(root, case.name, case.truth, out)
    notes = ""
    if misses:
        said = subprocess.run([*command, "--misses", str(misses)], capture_output=True, text=True, check=True).stdout
        notes = "\n".join(line for line in said.splitlines() if line.startswith("    "))
    return numbers, notes


def matched(truth: Path, out: Path, misses: int) -> tuple[Score, str]:
    """Cells and figures of the text that were put in and those that were read, one to one, pages apart."""

    def cells(folder: Path) -> Counter[tuple[str, ...]]:
        names = ("statement", "block", "side", "column", "value", "unit")
        rows = change.table(folder / "cells.csv")
        return Counter((r["code"] or r["label"], *(r[n] for n in names)) for r in rows if r["column"] != "?")

    def figures(folder: Path) -> Counter[tuple[str, ...]]:
        return Counter((r["value"], r["unit"]) for r in change.table(folder / "narrative.csv"))

    numbers: Score = {
        "indicators": {"truth": 0, "output": 0, "matched": 0, "f1": 1.0},
        "findings": dict.fromkeys(FOUND, 0),
    }
    notes = []
    for name, rows in (("cells", cells), ("narrative", figures)):
        wanted, given = rows(truth), rows(out)
        both, all_rows = (wanted & given).total(), wanted.total() + given.total()
        numbers[name] = {"truth": wanted.total(), "output": given.total(), "matched": both}
        numbers[name]["f1"] = 2 * both / all_rows if all_rows else 1.0
        for title, left in (("missed", wanted - given), ("extra", given - wanted)):
            notes += [f"    {name} {title}: {' | '.join(row)}" for row in list(left.elements())[:misses]]
    plus = {f"{name} +": numbers[name] for name in ("cells", "narrative", "indicators")}
    return {**numbers, **plus}, "\n".join(notes)


def too_disputed(case: Case) -> str:
    """A complaint where more than one row in a hundred of a document is disputed."""
    if case.disputed is None:
        return ""
    rows = sum(len(change.table(case.truth / name)) for name in change.FILES)
    with case.disputed.open(encoding="utf-8-sig", newline="") as file:
        share = sum(1 for _ in csv.DictReader(file)) / rows
    return f"{case.name}: {share:.1%} of the truth is disputed" if share > SHARE_DISPUTED else ""


def below(case: Case, numbers: Score, floors: dict[str, Any]) -> list[str]:
    """Each measure that is below its floor, in words."""
    said = []
    for name, wanted in floors.get(case.kind, {}).items():
        for part, floor in wanted.items():
            got = numbers[name][part]
            if got < floor:
                said.append(f"{case.kind} {case.name}: {name} {part} {got:.4f} is below {floor}")
    allowed = floors["errors"].get(case.kind)
    if allowed is not None:
        loose = numbers["findings"]["errors"] - numbers["findings"]["errors_confirmed"]
        if loose > allowed:
            said.append(f"{case.name}: {loose:.0f} errors that the truth does not confirm, {allowed} allowed")
    return said


def together(numbers: Score, floors: dict[str, Any]) -> list[str]:
    """What all given documents together find of the decidable, and how sure the errors are, where below the floors."""
    f = numbers["findings"]
    shares = {
        "found": f["decidable_found"] / f["decidable"] if f["decidable"] else 1.0,
        "error_precision": f["errors_confirmed"] / f["errors"] if f["errors"] else 1.0,
    }
    floor = floors["findings"]
    return [f"all: {name} {shares[name]:.3f} is below {floor[name]}" for name in shares if shares[name] < floor[name]]


def line(name: str, kind: str, numbers: Score, seconds: float) -> str:
    """One line of the table."""
    columns = []
    for measure in MEASURES:
        m = numbers[measure]
        if kind in ("text", "changed") and measure == "cells":
            columns.append(f"{m['precision']:.4f}/{m['recall']:.4f}")
        elif kind == "random" and measure.endswith("+"):
            columns.append("-")
        else:
            columns.append(f"{m['f1']:.4f}")
    f = numbers["findings"]
    columns.append(f"{f['decidable_found']:.0f}/{f['decidable']:.0f}")
    columns.append(f"{f['errors_confirmed']:.0f}/{f['errors']:.0f}")
    return _row(kind, name, columns, f"{seconds:.2f} s")


def _row(kind: str, name: str, columns: list[str], last: str) -> str:
    widths = (15, 8, 10, 12, 11, 13, 10, 10)
    return f"{kind:8}{name:29}" + "".join(f"{c:>{w}}" for c, w in zip(columns, widths, strict=True)) + f"{last:>9}"


def total(every: list[Score]) -> Score:
    """All documents as one: counts added, shares taken anew."""
    result: Score = {}
    for name in MEASURES:
        truth, out, matched = (sum(s[name][k] for s in every) for k in ("truth", "output", "matched"))
        precision, recall = matched / out if out else 1.0, matched / truth if truth else 1.0
        f1 = 2 * matched / (truth + out) if truth + out else 1.0
        result[name] = {"precision": precision, "recall": recall, "f1": f1}
    result["findings"] = {k: sum(s["findings"][k] for s in every) for k in FOUND}
    return result


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help="measure these documents only")
    parser.add_argument("--only", choices=("given", "changed", "random"), help="one sort of documents")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="list up to N misses of each kind")
    parser.add_argument("--unchecked", action="store_true", help="read only")
    parser.add_argument("--seeds", type=int, default=2, metavar="N", help="random disclosures in each layout")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep documents and output in DIR")
    args = parser.parse_args()
    root = shared.folder()
    if root is None:
        print("there is no ../shared (set MINGZHANG_SHARED): only random disclosures are measured")
    floors = tomllib.loads((shared.PROJECT / "accuracy" / "floors.toml").read_text("utf-8"))
    short: list[str] = []
    head = ["cells", "cells +", "narrative", "narrative +", "indicators", "indicators +", "found", "confirmed"]
    print(_row("", "", head, "read"))
    with tempfile.TemporaryDirectory() as temporary:
        work = args.keep or Path(temporary)
        groups: dict[str, list[Score]] = {"given": [], "changed": [], "random": []}
        makers: dict[str, Callable[[], Iterator[Case]]] = {"random": lambda: invented(work, args.seeds)}
        if root is not None:
            given_root = root
            makers = {"given": lambda: given(given_root), "changed": lambda: changed(given_root, work), **makers}
        for group, make in makers.items():
            if args.only and group != args.only:
                continue
            for case in make():
                if args.names and case.name not in args.names:
                    continue
                out = work / "out" / case.kind / case.name
                begin = time.perf_counter()
                output(case, out, args.unchecked)
                seconds = time.perf_counter() - begin
                numbers, notes = score(root, case, out, args.misses)
                groups[group].append(numbers)
                print(line(case.name, case.kind, numbers, seconds), flush=True)
                if notes:
                    print(notes)
                short += below(case, numbers, floors)
                if group == "given" and (complaint := too_disputed(case)):
                    short.append(complaint)
            if groups[group]:
                every = total(groups[group])
                print(line("total", group, every, 0))
                if group == "given" and not args.names and not args.unchecked:
                    short += together(every, floors)
    for complaint in short:
        print("BELOW THE FLOOR ", complaint)
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
