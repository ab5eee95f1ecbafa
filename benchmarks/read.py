"""How fast documents are read and checked, and in how much memory.

    read.py [--rounds N] [--save] [FILE ...]

For each PDF of ../shared/corpus/pdf: read and check, in process and warm, against (a) a pass of pypdfium2 that takes
the text of every page and nothing else, and (b) pdfplumber's ``extract_text`` and ``extract_tables`` of every page.
Times are medians; memory is the peak of a process of its own that reads and checks the file once. Wanted: at most 8
times (a), at least 5 times faster than (b), under 300 MB. Nothing is asserted; --save writes benchmarks/results/.
"""

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2

from mingzhang.check import check
from mingzhang.read import read

HERE = Path(__file__).resolve().parent
RATIO, FASTER, MEGABYTES = 8.0, 5.0, 300.0


def text_pass(path: Path) -> int:
    """The text of every page, nothing else: the floor."""
    document = pypdfium2.PdfDocument(path)
    length = 0
    for page in document:
        text = page.get_textpage()
        length += len(text.get_text_range())
        text.close()
        page.close()
    document.close()
    return length


def ours(path: Path) -> int:
    """Read and check."""
    return sum(len(check(disclosure).findings) for disclosure in read([path]))


def plumber(path: Path) -> int:
    """pdfplumber's text and tables."""
    import pdfplumber

    with pdfplumber.open(path) as document:
        return sum(len(page.extract_text() or "") + len(page.extract_tables()) for page in document.pages)


def median(run: Callable[[Path], int], path: Path, rounds: int) -> float:
    """The median time of a warm run, in seconds."""
    run(path)
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        run(path)
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def peak(path: Path) -> float:
    """The peak resident memory, in megabytes, of a process that reads and checks the file once."""
    command = [sys.executable, str(Path(__file__).resolve()), "--child", str(path)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def child(path: Path) -> None:
    ours(path)
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(used / (1024 * 1024 if sys.platform == "darwin" else 1024))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=7, metavar="N", help="runs of each (the slow one: a third)")
    parser.add_argument("--save", action="store_true", help="write benchmarks/results/")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        child(args.child)
        return 0
    shared = Path(os.environ.get("MINGZHANG_SHARED") or HERE.parent.parent / "shared")
    files = args.files or sorted((shared / "corpus" / "pdf").glob("*.pdf"))
    if not files:
        print("nothing to measure: name a PDF, or set MINGZHANG_SHARED")
        return 0
    print(f"{'document':34}{'text pass':>11}{'ours':>9}{'times':>8}{'pdfplumber':>12}{'faster':>8}{'peak':>9}")
    results = []
    for path in files:
        floor, we = median(text_pass, path, args.rounds), median(ours, path, args.rounds)
        they = median(plumber, path, max(1, args.rounds // 3))
        memory = peak(path)
        kept = we / floor <= RATIO and they / we >= FASTER and memory < MEGABYTES
        times = f"{floor:9.4f} s{we:7.3f} s{we / floor:8.1f}{they:10.2f} s{they / we:8.1f}"
        row = f"{path.stem[:33]:34}{times}{memory:6.0f} MB"
        print(row if kept else row + "   short of what is wanted")
        results.append(
            {"document": path.stem, "text_pass_s": round(floor, 5), "read_check_s": round(we, 5),
             "pdfplumber_s": round(they, 4), "peak_mb": round(memory, 1)}
        )  # fmt: skip
    if args.save:
        out = HERE / "results" / f"read-{time.strftime('%Y-%m-%d')}.json"
        out.parent.mkdir(exist_ok=True)
        about = {"python": platform.python_version(), "machine": platform.machine(), "cores": os.cpu_count()}
        out.write_text(json.dumps({**about, "rounds": args.rounds, "results": results}, indent=1) + "\n", "utf-8")
        print(f"written to {out.relative_to(HERE.parent)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
