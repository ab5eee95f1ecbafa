"""How fast single parts are, each against a named baseline of the same run.

    parts.py [--rounds N]

- running text: lines to sentences with figures, against finding the numbers of the same lines by one expression
- absurd lines: 40,000 repeats of a piece against 10,000 of it (4 is in proportion, 16 is not)
- columns of texts that lost them: placing, as a share of reading and checking the file (../shared/corpus/text)
- chart of accounts: the first look-up of a fresh process, against parsing the same table with the csv module

Best of the rounds. Nothing is asserted.
"""

import argparse
import csv
import io
import os
import re
import sys
import time
from collections.abc import Callable
from importlib import resources
from pathlib import Path

from mingzhang.check import check
from mingzhang.codes import lookup
from mingzhang.forms import Book, load
from mingzhang.read import read
from mingzhang.read.block import Grid, Line
from mingzhang.read.loose import place
from mingzhang.read.narrative import narrate
from mingzhang.read.outline import Region, regions
from mingzhang.read.source import source

SENTENCE = (
    "2024年度收、支总计均为1,205.40万元。与上年度相比，收、支总计各减少30.60万元，下降2.48%，主要原因是人员减少。"
)
PIECES = ("9", "1.", "2023-", "1、", "第", "…", "（", "12:", "2023年", "万", "A1", "一、", "1,234")
NUMBER = re.compile(r"[\d,]+(?:\.\d+)?%?")


def best(run: Callable[[], object], rounds: int) -> float:
    """The shortest time, in seconds."""
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        run()
        times.append(time.perf_counter() - begin)
    return min(times)


def line(what: str, ours: float, against: str, baseline: float) -> None:
    print(f"{what:44}{ours * 1000:9.1f} ms{baseline * 1000:9.1f} ms{ours / baseline:9.2f}  {against}")


def running_text(rounds: int) -> None:
    lines = [Line(SENTENCE[n : n + 34], number=k) for k in range(200) for n in range(0, len(SENTENCE), 34)]
    plain = best(lambda: [NUMBER.findall(each.text) for each in lines], rounds)
    line(f"running text, {len(lines)} lines", best(lambda: narrate(lines, "a.txt"), rounds), "numbers only", plain)


def absurd(rounds: int) -> None:
    def timed(piece: str, times: int) -> float:
        lines = [Line("支出" + piece * times), Line(piece * times + "元。")]
        return best(lambda: narrate(lines, "a.txt"), rounds)

    found = [(timed(p, 40_000), timed(p, 10_000), p) for p in PIECES]
    long, short, piece = max(found, key=lambda f: f[0] / f[1])
    line(f"absurd lines, the worst: {piece}", long, "a quarter of the length", short)


def columns(rounds: int, folder: Path) -> None:
    for path in sorted(folder.glob("*.txt")):
        book = load()
        cut = [r for r in regions(source(path).blocks, book) if r.kind == "statement"]
        if not cut or any(isinstance(b, Grid) for r in cut for b in r.blocks):
            continue

        def placed(cut: list[Region] = cut, book: Book = book, name: str = path.name) -> object:
            return place(cut, book, [], name)

        def whole(path: Path = path) -> object:
            return [check(disclosure) for disclosure in read([path])]

        line(f"columns of {path.stem[:32]}", best(placed, rounds), "read and check", best(whole, rounds))


def accounts() -> None:
    begin = time.perf_counter()
    lookup("functional", "2101301")
    first = time.perf_counter() - begin
    text = (resources.files("mingzhang.codes") / "data" / "functional.csv").read_text("utf-8-sig")
    line(
        "chart of accounts, first look-up", first, "csv alone", best(lambda: list(csv.DictReader(io.StringIO(text))), 5)
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="runs of each")
    args = parser.parse_args()
    print(f"{'part':44}{'ours':>12}{'baseline':>12}{'times':>9}")
    accounts()
    running_text(args.rounds)
    absurd(args.rounds)
    shared = Path(os.environ.get("MINGZHANG_SHARED") or Path(__file__).resolve().parents[2] / "shared")
    columns(args.rounds, shared / "corpus" / "text")
    return 0


if __name__ == "__main__":
    sys.exit(main())
