"""How fast the books are, each figure beside a named baseline of the same run.

    books.py [--entries N] [--singles N] [--on sqlite,postgresql]

- single: payments entered one by one (each a transaction with control, chain and balances), against the same rows put into
  a bare table, each in a transaction of its own
- bulk: N payments entered as one block, against the same rows put into a bare table in one go (executemany, COPY)
- accounts: the sums of a year with N entries as plain values, against one plain sum over the rows of the table
- verify: the whole chain and all balances, against one plain sum over the rows of the table

Wall time, and processor time of this process (on PostgreSQL the server's own comes on top).

SQLite in a folder of its own, PostgreSQL on a server of its own (``tools/postgres.py``), both with their default durability.
Nothing is asserted.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))

import postgres
from mingzhang.books.accounts import Organisation
from mingzhang.books.draft import Draft, Line
from mingzhang.codes import every
from mingzhang.office import setup


def timed(run: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and of the processor."""
    begin, worked = time.perf_counter(), time.process_time()
    run()
    return time.perf_counter() - begin, time.process_time() - worked


def lines() -> list[Line]:
    """A thousand lines: a hundred items by ten economic codes."""
    known = [c for c in every("functional") if c.level == 3 and c.budget == "general" and c.in_force(2024)]
    items = [c.code for c in known][:100]
    economics = [c.code for c in every("economic") if c.level == 2 and c.code.startswith("302")][:10]
    return [Line("901001", "general", i, e, "50201", use="basic_goods") for i in items for e in economics]


def payments(count: int, kind: str) -> list[Draft]:
    every_line = lines()
    return [
        Draft("payment", every_line[n % 1000], 100 + n % 900, date(2024, 1, 1) + timedelta(n % 360), f"{kind}{n:07}", "办公费")
        for n in range(count)
    ]  # fmt: skip


def bare(drafts: list[Draft], each: bool) -> tuple[float, float]:
    """The rows alone into a table without index, control or chain."""
    from django.db import connection, transaction

    columns = "amount, day, document, words, item, economic"
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE bare (amount bigint, day date, document text, words text, item text, economic text)"
        )
    rows = [(d.amount, d.date.isoformat(), d.document, d.words, d.line.item, d.line.economic) for d in drafts]
    insert = f"INSERT INTO bare ({columns}) VALUES (%s, %s, %s, %s, %s, %s)"

    def one_by_one() -> None:
        for row in rows:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(insert, row)

    def at_once() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY bare ({columns}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
            else:
                cursor.executemany(insert, rows)

    spent = timed(one_by_one if each else at_once)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bare")
    return spent


def line(what: str, ours: tuple[float, float], count: int, against: str, baseline: tuple[float, float]) -> None:
    times = f"{ours[0]:9.2f} s{ours[1]:9.2f} s{count / ours[0]:12,.0f} /s{baseline[0]:9.2f} s{baseline[1]:9.2f} s"
    print(f"  {what:10}{times}{ours[0] / baseline[0]:9.1f}  {against}", flush=True)


def measure(database: str, entries: int, singles: int) -> None:
    setup(database)
    from django.db.models import Sum

    from mingzhang.books import closing, ledger, registers, tell, verify
    from mingzhang.books.models import Entry

    registers.organise(Organisation("901", "甲局"), [Organisation("901001", "甲局本级")])
    book = closing.open_book("901", 2024)
    day = date(2024, 1, 1)
    budget = [Draft(k, each, 10**12, day, "年初") for each in lines() for k in ("approval", "allotment")]
    ledger.append(book, budget, author="甲")

    one = payments(singles, "单")

    def single() -> None:
        for n, each in enumerate(one):
            ledger.append(book, [each], author="甲", key=f"s{n}")

    line("single", timed(single), singles, "rows alone, a transaction each", bare(one, each=True))
    many = payments(entries, "批")
    line("bulk", timed(lambda: ledger.append(book, many, author="甲")), entries, "rows alone", bare(many, each=False))
    many.clear()
    plain = min(timed(lambda: Entry.objects.aggregate(Sum("amount"))) for _ in range(3))
    told = min(timed(lambda: tell.accounts("901", 2024)) for _ in range(3))
    line("accounts", told, entries, "one sum", plain)
    proofs: list[verify.Proof] = []
    line("verify", timed(lambda: proofs.append(verify.verify(book))), entries, "one sum", plain)
    print(f"  {proofs[0].entries:,} entries proven, fault: {proofs[0].fault}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=1_000_000, metavar="N", help="entries of the import")
    parser.add_argument("--singles", type=int, default=1000, metavar="N", help="entries one by one")
    parser.add_argument("--on", default="sqlite,postgresql", metavar="NAMES", help="the databases")
    args = parser.parse_args()
    print(f"  {'':10}{'ours':>11}{'cpu':>11}{'':15}{'baseline':>11}{'cpu':>11}{'times':>9}")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MINGZHANG_HOME"] = folder
        for name in args.on.split(","):
            print(name, flush=True)
            with ExitStack() as stack:
                where = f"{folder}/books.sqlite3" if name == "sqlite" else stack.enter_context(postgres.server()).url
                measure(where, args.entries, args.singles)
    return 0


if __name__ == "__main__":
    sys.exit(main())
