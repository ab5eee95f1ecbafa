"""How fast a year comes into the books, each figure beside a named baseline of the same run.

    intake.py [--rows N]

- read: a workbook of N payments read, understood and checked, against python-calamine giving its bare values
- csv: the same as CSV, against the csv module giving its bare texts
- enter: the records into a new SQLite book as one block, against reading the workbook
- again: the same import once more, recognised
- grown: the same with one payment more, of which only that is entered

Processor time of this process. Nothing is asserted.
"""

import argparse
import csv
import os
import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import python_calamine

from mingzhang.books.accounts import Organisation
from mingzhang.books.draft import Draft, Line
from mingzhang.books.intake import Records, take, write
from mingzhang.office import setup

YEAR = 2024
ECONOMIC = ("30101", "30102", "30103", "30107")


def timed(run: Callable[[], object]) -> float:
    """Seconds of the processor."""
    begin = time.process_time()
    run()
    return time.process_time() - begin


def records(count: int) -> Records:
    """A year of one unit with ``count`` payments."""
    lines = [Line("001", "general", "2101501", e, "50101", use="basic_wages") for e in ECONOMIC]
    drafts = [Draft(kind, line, 10**12, date(YEAR, 1, 2), "年初") for kind in ("approval", "allotment") for line in lines]
    for n in range(count):
        day = date(YEAR, 1, 3) + timedelta(n * 360 // count)
        drafts.append(Draft("payment", lines[n % len(lines)], 100 + n, day, f"支{n:06}", f"第{n}笔"))
    return Records(YEAR, Organisation("9", "甲局"), (Organisation("001", "甲局本级"),), drafts=tuple(drafts))


def bare(path: Path) -> None:
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()


def texts(folder: Path) -> None:
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            list(csv.reader(file))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=100_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MINGZHANG_HOME"] = folder
        book, sheets = Path(folder) / "year.xlsx", Path(folder) / "year"
        year = records(rows)
        write(year, book)
        write(year, sheets)
        calamine, ours = timed(lambda: bare(book)), timed(lambda: take(book, YEAR))
        module, folder_ = timed(lambda: texts(sheets)), timed(lambda: take(sheets, YEAR))
        taken = take(book, YEAR)
        setup(Path(folder) / "books.sqlite3")
        from mingzhang.books.intake.enter import enter

        entered = timed(lambda: enter(taken.records, YEAR, author="甲", faults=taken.faults))
        again = timed(lambda: enter(taken.records, YEAR, author="甲"))
        more = replace(taken.records, drafts=(*taken.records.drafts, replace(taken.records.drafts[-1], document="支新")))
        grown = timed(lambda: enter(more, YEAR, author="甲"))
    print(f"{rows:,} payments")
    print(f"read   {ours:6.2f} s   {ours / calamine:5.1f} × calamine's bare values ({calamine:.2f} s)")
    print(f"csv    {folder_:6.2f} s   {folder_ / module:5.1f} × the csv module's bare texts ({module:.2f} s)")
    print(f"enter  {entered:6.2f} s   {entered / ours:5.2f} × reading the workbook")
    print(f"again  {again:6.2f} s   {again / entered:5.2f} × entering")
    print(f"grown  {grown:6.2f} s   {grown / entered:5.2f} × entering")
    print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MB at most")


if __name__ == "__main__":
    main()
