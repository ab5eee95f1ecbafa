"""The county's year as a clerk fills it in: books.toml and words.toml → who, projects, entries, registers.

The data name what a line was given and what it spent; the entries between are worked out: an approval for the initial
budget, a supplement or a cut for what was changed, an allotment a quarter, a payment in each month of the line's course.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from mingzhang.books.accounts import Costing, Count, Organisation, Procurement, Project
from mingzhang.books.draft import Draft, Line
from mingzhang.books.intake import Records
from mingzhang.demo.data import data, fen

_PERSONNEL = {"301": "basic_wages", "303": "basic_family", "302": "basic_goods", "310": "basic_capital"}
# The governmental economic section that a departmental class is paid under: of an office, of an institution.
_GOVERNMENTAL = {
    "301": ("50199", "50501"), "302": ("50299", "50502"), "303": ("50999", "50999"), "310": ("50399", "50601"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the books with its year, in fen; ``months`` are the payments from January to December."""

    line: Line
    initial: int
    full: int
    months: tuple[int, ...]

    @property
    def spent(self) -> int:
        return sum(self.months)


def year() -> int:
    """The year of the books."""
    return int(data("county")["year"])


def department() -> Organisation:
    """The department."""
    return _organisation(data("books")["department"])


def units() -> tuple[Organisation, ...]:
    """Its office and its institution."""
    return tuple(map(_organisation, data("books")["unit"]))


def _organisation(told: dict[str, Any]) -> Organisation:
    return Organisation(**{name: text for name, text in told.items() if name != "source"})


@lru_cache(maxsize=1)
def projects() -> tuple[Project, ...]:
    """The projects with their costing."""
    return tuple(
        Project(
            p["code"], p["name"], p["unit"], p.get("kind", "project_specific"), p["summary"], p["basis"],
            tuple(Costing(name, Decimal(n), unit, fen(standard), basis) for name, n, unit, standard, basis in p["costing"]),
        )
        for p in data("books")["project"]
    )  # fmt: skip


def rows() -> tuple[Row, ...]:
    """The lines of the year."""
    books = data("books")
    out = []
    for unit, item, economic, project, initial, full, spent, course in books["lines"]["rows"]:
        months = tuple(split(fen(spent), books["courses"][course]))
        out.append(Row(line(unit, item, economic, project), fen(initial), fen(full or spent), months))
    return tuple(out)


def line(unit: str, item: str, economic: str, project: str) -> Line:
    """The budget line of a unit, with its use and governmental code."""
    natures = {u["code"]: u["nature"] for u in data("books")["unit"]}
    kinds = {p.code: p.kind for p in projects()}
    use = kinds[project] if project else _PERSONNEL[economic[:3]]
    government = _GOVERNMENTAL[economic[:3]][natures[unit] == "institution"]
    return Line(unit, data("books")["lines"]["paid_by"], item, economic, government, project, use)


def split(whole: int, shares: Sequence[int]) -> Iterator[int]:
    """``whole`` in proportion to ``shares``, in whole fen that add to it."""
    done = given = 0
    for share in shares:
        done += share
        upto = whole * done // sum(shares)
        yield upto - given
        given = upto


@lru_cache(maxsize=1)
def drafts() -> tuple[Draft, ...]:
    """The entries of the year in the order in which they are entered."""
    papers = data("books")["documents"]
    moved: dict[Line, int] = {}
    made = list(_virements(moved))
    paid: list[Draft] = []
    for row in rows():
        made += _budget(row, papers, moved.get(row.line, 0))
        made += _allotted(row, papers)
        paid += [
            Draft("payment", row.line, amount, date(year(), month, papers["payment"][1]), "")
            for month, amount in enumerate(row.months, 1)
            if amount
        ]
    paid.sort(key=lambda d: d.date)
    numbered = [_numbered(d, papers["payment"][0].format(number=f"{n:04d}")) for n, d in enumerate(paid, 1)]
    rank = {kind: n for n, kind in enumerate(("approval", "supplement", "virement", "allotment", "payment", "cut"))}
    return tuple(sorted([*made, *numbered], key=lambda d: (d.date, rank[d.kind])))


def _numbered(draft: Draft, document: str) -> Draft:
    return Draft(draft.kind, draft.line, draft.amount, draft.date, document)


def _virements(moved: dict[Line, int]) -> Iterator[Draft]:
    """The legs of every virement; ``moved`` gets what each line won or lost."""
    for number, told in enumerate(data("books").get("virement", ())):
        for place, sign in (("out", -1), ("into", 1)):
            at, amount = line(*told[place]), sign * fen(told["amount"])
            moved[at] = moved.get(at, 0) + amount
            yield Draft("virement", at, amount, told["date"], told["document"], told["words"], f"virement {number}")


def _budget(row: Row, papers: dict[str, Any], moved: int) -> Iterator[Draft]:
    def entry(kind: str, paper: Sequence[str], amount: int) -> Draft:
        return Draft(kind, row.line, amount, date.fromisoformat(paper[0]), paper[1])

    if row.initial:
        yield entry("approval", papers["approval"], row.initial)
    change = row.full - row.initial - moved
    if change > 0:
        yield entry("supplement", papers["supplement_of"].get(row.line.project, papers["supplement"]), change)
    elif change < 0:
        yield entry("cut", papers["cut"], -change)


def _allotted(row: Row, papers: dict[str, Any]) -> Iterator[Draft]:
    """What the payments of each quarter need, allotted at its beginning."""
    name, *days = papers["allotment"]
    for quarter, day in enumerate(days):
        amount = sum(row.months[3 * quarter : 3 * quarter + 3])
        if amount:
            yield Draft("allotment", row.line, amount, date.fromisoformat(day), name.format(quarter=quarter + 1))


def overdraft() -> Draft:
    """A payment that its line cannot bear."""
    told = data("books")["overdraft"]
    return Draft("payment", line(*told["line"]), fen(told["amount"]), told["date"], told["document"], told["words"])


def procurement() -> tuple[Procurement, ...]:
    """What was procured."""
    return tuple(
        Procurement(p["unit"], p["kind"], fen(p["amount"]), fen(p["small"]), fen(p["micro"]))
        for p in data("books")["procurement"]
    )


def counts() -> tuple[Count, ...]:
    """What was counted."""
    return tuple(Count(unit, id, number) for unit, id, number in data("books")["counts"]["rows"])


def texts() -> tuple[dict[str, str], dict[str, str]]:
    """The clerk's paragraphs and reasons by key."""
    told = data("words")
    return dict(told["paragraphs"]), dict(told["reasons"])


def first() -> Records:
    """What is filled in before the year begins: who, the projects with their costing, the approved budget, the texts."""
    approved = tuple(d for d in drafts() if d.kind == "approval")
    assets = tuple(c for c in counts() if c.id.startswith("asset:"))
    begun = {d.line.project for d in approved}
    known = tuple(p for p in projects() if p.code in begun)
    return Records(year(), department(), units(), known, approved, counts=assets, paragraphs=texts()[0])


def second() -> Records:
    """What is filled in as the year goes, but for its last payments; projects that only a supplement began among it."""
    other = {*last_payments(), *first().drafts}
    bulk = tuple(d for d in drafts() if d not in other)
    counted = tuple(c for c in counts() if c not in first().counts)
    new = tuple(p for p in projects() if p not in first().projects)
    return Records(year(), department(), units(), new, bulk, procurement(), counted, reasons=texts()[1])


def last_payments() -> tuple[Draft, ...]:
    """The payments that are entered one by one ([singly])."""
    return tuple(d for d in drafts() if d.kind == "payment")[-data("books")["singly"]["payments"] :]
