"""Controlled against independent rounding, and how long closing a year takes.

    close.py [--books N] [--rounds N] [--entries N]

- identities: of random books, the share of identities and ties of the forms that rounding every figure by itself breaks,
  and the share that controlled rounding breaks; how the rounding was found (see figures/rounding.py)
- rounding by size: controlled rounding of every figure of a department and its units, against rounding each by itself
- close by size: statements, rounding, text and ledger, against filling and printing the statements alone
- a year of many entries: close() of the books after the entries were added up by what they print, against one pass that
  adds up the same entries by unit and item alone

Best of the rounds; baselines are of the same run. Nothing is asserted.
"""

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from mingzhang.books.accounts import Accounts
from mingzhang.disclosure import Disclosure, Statement
from mingzhang.figures import Verdict, constraints
from mingzhang.figures.rounding import Wanted, nearest, round_sums
from mingzhang.forms import fill, load
from mingzhang.forms.fill import Entry, Member, Press, Sets, Whose
from mingzhang.year import Closed, close
from mingzhang.year.close import STEPS, aggregated
from mingzhang.year.invented import accounts
from mingzhang.year.sound import pots

STEP = STEPS["万元"]
SIZES = ((1, 5, 5), (1, 40, 30), (3, 12, 10), (3, 40, 30))
KINDS = ("final", "budget")


def best(run: Callable[[], object], rounds: int) -> float:
    """The shortest processor time, in seconds."""
    times = []
    for _ in range(rounds):
        begin = time.process_time()
        run()
        times.append(time.process_time() - begin)
    return min(times)


def line(what: str, ours: float, against: str, baseline: float) -> None:
    print(f"{what:52}{ours * 1000:9.1f} ms{baseline * 1000:9.1f} ms{ours / baseline:8.2f}  {against}")


def by_itself(closed: Closed) -> Iterator[Disclosure]:
    """The same disclosures with every amount rounded to its own nearest."""
    press = Press()
    own = {(e.publisher, e.scope, e.statement, e.row, e.column): nearest(e.fen, STEP) for e in closed.ledger}
    for found in closed.disclosures:
        statements = []
        for statement in found.statements:
            rows = []
            for number, row in enumerate(statement.rows):
                key = (found.publisher.unit_code, found.publisher.scope, statement.id, number)
                cells = [
                    replace(c, printed=press.figure(own[(*key, c.column)])) if (*key, c.column) in own else c for c in row.cells
                ]
                rows.append(replace(row, cells=tuple(cells)))
            statements.append(replace(statement, rows=tuple(rows)))
        yield replace(found, statements=tuple(statements))


def broken(found: Disclosure) -> tuple[int, int]:
    """(identities and ties that do not hold in the printed digits, all of them)."""
    laws = [law for law in constraints(found, load(found.year, "-")) if law.severity != "hint"]
    return sum(law.verdict() is not Verdict.EXACT for law in laws), len(laws)


def identities(books: int) -> None:
    ways: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for seed in range(books):
        for kind in KINDS:
            closed = close(accounts(seed), kind)
            ways[closed.way] += 1
            for name, found in (("controlled", closed.disclosures), ("independent", by_itself(closed))):
                for one in found:
                    wrong, every = broken(one)
                    counts[name] += wrong
                    counts[f"{name} of"] += every
    for name in ("independent", "controlled"):
        wrong, every = counts[name], counts[f"{name} of"]
        print(f"{name:12} rounding breaks {wrong:6} of {every:7} identities, {100 * wrong / every:6.2f} %")
    told = ", ".join(f"{way} {n}" for way, n in sorted(ways.items()))
    print(f"found by: {told} (of {ways.total()})\n")


def planned(books: Accounts, kind: str) -> tuple[list[Entry], list[Wanted], list[tuple[int, int]]]:
    """The entries, the figures and the balances that close() rounds."""
    book = load(books.year, "-")
    entries = aggregated(books.entries, kind, book)
    sets = Sets(entries)
    wanted = [Wanted(s, plan.weight(row)) for plan in _plans(books, kind, sets) for row, _, s in plan.figures() if s]
    balances = list(pots(entries).values()) if kind == "final" else []
    return entries, wanted, balances


def _plans(books: Accounts, kind: str, sets: Sets) -> Iterator[fill.Plan]:
    book = load(books.year, "-")
    names = _names(books)
    members = tuple(Member(u.code, u.code, u.name, u.nature) for u in books.units)
    for scope, code, who in (("department", books.department.code, members), *(("unit", m.code, (m,)) for m in members)):
        own = sets if scope == "department" else sets.within(sets.unit(code))
        whose = Whose(scope, code, books.department.name, books.year, who, names)
        yield from fill.final.plans(own, whose, book, {}) if kind == "final" else fill.budget.plans(own, whose, book)


def _names(books: Accounts) -> dict[str, str]:
    codes = {c for e in books.entries for c in (e.item[:3], e.item[:5], e.item, e.economic[:3], e.economic)}
    chart = {f"{c}{n:02d}": c for c in load(books.year, "-").filling.printed for n in range(1, 40)}
    return dict.fromkeys((*codes, *chart, *chart.values()), "科目")


def each_by_itself(amounts: list[int], wanted: list[Wanted]) -> list[int]:
    total = fill.sums(amounts)
    return [nearest(total(figure.set), STEP) for figure in wanted]


def printed(books: Accounts, kind: str, entries: list[Entry]) -> list[Statement]:
    total = fill.sums(e.amount for e in entries)
    return [fill.printed(plan, total, Press()) for plan in _plans(books, kind, Sets(entries))]


def by_size(rounds: int) -> None:
    for units, items, projects in SIZES:
        books = accounts(11, units=units, items=items, projects=projects, sources=4)
        for kind in KINDS:
            entries, wanted, balances = planned(books, kind)
            amounts = [e.amount for e in entries]
            ours = best(partial(round_sums, amounts, wanted, balances, step=STEP), rounds)
            alone = best(partial(each_by_itself, amounts, wanted), rounds)
            what = f"{units} units × {items} items × {projects} projects, {kind}"
            line(f"rounding {what}", ours, f"{len(wanted)} figures each by itself", alone)
            whole = best(partial(close, books, kind), rounds)
            plain = best(partial(printed, books, kind, entries), rounds)
            line(f"close    {what}", whole, "statements filled and printed alone", plain)


def many(count: int, rounds: int) -> None:
    """The entries of a year cut into ``count`` payments."""
    books = accounts(11, units=3, items=40, projects=30, sources=4)
    share = -(-count // len(books.entries))
    cut = [
        replace(e, amount=e.amount // share + (e.amount % share if not n else 0)) for e in books.entries for n in range(share)
    ]
    large = replace(books, entries=tuple(cut))
    book = load(books.year, "-")

    def once() -> dict[tuple[str, str], int]:
        found: dict[tuple[str, str], int] = {}
        for entry in cut:
            key = (entry.unit, entry.item)
            found[key] = found.get(key, 0) + entry.amount
        return found

    plain = best(once, 1)
    added = best(lambda: aggregated(large.entries, "final", book), 1)
    line(f"adding up {len(cut)} entries in Python", added, "one pass by unit and item", plain)
    small = replace(books, entries=tuple(aggregated(large.entries, "final", book)))
    line(f"close() of them, {len(small.entries)} after adding up", best(lambda: close(small, "final"), rounds), "the same pass", plain)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--books", type=int, default=30, help="random books whose identities are counted")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--entries", type=int, default=1_000_000)
    arguments = parser.parse_args()
    if arguments.books:
        identities(arguments.books)
    by_size(arguments.rounds)
    many(arguments.entries, arguments.rounds)


if __name__ == "__main__":
    main()
