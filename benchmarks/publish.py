"""How fast a disclosure becomes each format, against setting the same statements as bare typst tables in the same run.

    publish.py [--seeds N] [--rounds N]

Random final accounts and budgets with performance tables of 25 to 35 PDF pages. ``first`` is the first document of a
fresh process, with the imports, fonts and forms that it needs, ``cpu`` the processor time of the same, which is what a
busy machine does not change; best of the rounds. The baseline is the first document of a fresh process, too: every
figure of the statements in plain tables by the same compiler in the same face, no layout, no text. Nothing is asserted.
"""

import argparse
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2

from mingzhang.disclosure import Disclosure, Evaluation, Indicator
from mingzhang.forms.random import disclosure
from mingzhang.publish import FORMATS, every, pdf
from mingzhang.publish.escape import typst as literal

_TABLES = 6


def told(seed: int, kind: str) -> Disclosure:
    """A random disclosure with six self-evaluations of twelve indicators."""
    made = disclosure(seed, kind=kind)
    rows = tuple(
        Indicator(level1, level2, f"{level2}第{n}项", f"≥{n * 11}次", f"{n * 12}次", "5", "5", "0%")
        for level1, level2 in (("产出指标", "数量指标"), ("产出指标", "质量指标"), ("效益指标", "社会效益指标"))
        for n in range(1, 5)
    )
    tables = tuple(
        Evaluation("self_project", f"项目{n}", "项目支出绩效自评表", rows, "完成年度任务。", "已经完成。")
        for n in range(1, _TABLES + 1)
    )
    return replace(made, evaluations=tables)


def plain(made: Disclosure) -> bytes:
    """The statements as bare tables."""
    parts = ['#set text(font: "Noto Sans CJK SC", size: 9pt)']
    for statement in made.statements:
        wide = 1 + max(1, len(statement.columns))
        cells = []
        for row in statement.rows:
            figures = [cell.printed.text for cell in row.cells][: wide - 1]
            cells += [literal(row.label), *map(literal, figures), *['""'] * (wide - 1 - len(figures))]
        parts.append(f"#table(columns: {wide}, {', '.join(cells)})" if cells else "")
    compiled = pdf._compiler(()).compile("\n".join(parts).encode("utf-8"), format="pdf", pdf_tags=False)
    assert isinstance(compiled, bytes)
    return compiled


def once(seed: int, kind: str, formats: str) -> tuple[float, float]:
    """Seconds and processor seconds of the formats (empty: bare tables) in this process."""
    made = told(seed, kind)
    with TemporaryDirectory() as folder:
        begin, cpu = time.perf_counter(), time.process_time()
        if formats:
            every(made, folder, formats.split(","))
        else:
            plain(made)
        return time.perf_counter() - begin, time.process_time() - cpu


def first(seed: int, kind: str, formats: str, rounds: int) -> tuple[float, float]:
    """The same in a fresh process; the best of the rounds."""
    command = [sys.executable, __file__, "--once", str(seed), kind, formats]
    runs = [subprocess.run(command, check=True, capture_output=True, text=True).stdout.split() for _ in range(rounds)]
    return min(float(wall) for wall, _ in runs), min(float(cpu) for _, cpu in runs)


def measure(seed: int, kind: str, rounds: int) -> None:
    made = told(seed, kind)
    with TemporaryDirectory() as folder:
        document = pypdfium2.PdfDocument(pdf.write(made, Path(folder, "a.pdf")))
        pages = len(document)
        document.close()
    cells = sum(1 for s in made.statements for _ in s.cells())
    print(f"{kind} {seed}: {pages} pages, {cells} figures, {_TABLES} performance tables")
    baseline = first(seed, kind, "", rounds)
    print(f"  {'bare tables':12}{baseline[0]:8.2f} s{baseline[1]:8.2f} s")
    for formats in (*((f,) for f in FORMATS), FORMATS):
        wall, cpu = first(seed, kind, ",".join(formats), rounds)
        name = "all formats" if len(formats) > 1 else formats[0]
        print(f"  {name:12}{wall:8.2f} s{cpu:8.2f} s{cpu / baseline[1]:9.2f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=2, metavar="N", help="documents of each kind")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="fresh processes for each")
    parser.add_argument("--once", nargs=3, metavar=("SEED", "KIND", "FORMATS"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.once:
        print(*once(int(args.once[0]), args.once[1], args.once[2]))
        return 0
    print(f"  {'':12}{'first':>10}{'cpu':>10}{'times':>9}")
    for seed in range(3, 3 + args.seeds):
        for kind in ("final", "budget"):
            measure(seed, kind, args.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
