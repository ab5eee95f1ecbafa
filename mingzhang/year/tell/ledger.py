"""What the text takes from the books and the performance tables, where no statement prints it."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from mingzhang.books.accounts import Accounts, Organisation
from mingzhang.check.links import links
from mingzhang.disclosure import Disclosure, Evaluation, NotANumber, Printed, Publisher, Row
from mingzhang.figures import scale
from mingzhang.forms import Book
from mingzhang.forms.fill import PLANNED
from mingzhang.forms.fill.budget import OFFICE
from mingzhang.forms.filling import Filling
from mingzhang.year.tell.amount import NOTHING, Amount, apportioned, rounded
from mingzhang.year.tell.ground import Ground, Line

_KINDS = ("goods", "works", "services")
_ASSET = "asset:"
_VEHICLE = re.compile(r"\d+[.．、]|.*用车$")
_TOTAL = "vehicles"


def _bare(text: str) -> str:
    return "".join(text.split()).rstrip("。；，")


@dataclass(frozen=True)
class Books:
    """The accounts of those units that the disclosure speaks of."""

    accounts: Accounts
    units: tuple[Organisation, ...]
    kind: str
    filling: Filling

    @classmethod
    def of(cls, accounts: Accounts, publisher: Publisher, kind: str, filling: Filling) -> "Books":
        """For a department all its units; for a unit itself, known by its code, else by its name."""
        units = accounts.units or (accounts.department,)
        if publisher.scope == "unit":
            own = [u for u in units if u.code == publisher.unit_code] or [u for u in units if u.name == publisher.name]
            units = tuple(own[:1]) or (Organisation(publisher.unit_code, publisher.name, accounts.department.nature),)
        return cls(accounts, units, kind, filling)

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(unit.code for unit in self.units)

    def count(self, id: str) -> int | None:
        """What was counted in all units; None where nobody counted."""
        found = [c.number for c in self.accounts.counts if c.id == id and c.unit in self.codes]
        return sum(found) if found else None

    def assets(self) -> dict[str, int]:
        """Name to number of the assets that were counted (``asset:NAME``), in the order of the books."""
        found: dict[str, int] = {}
        for count in self.accounts.counts:
            if count.id.startswith(_ASSET) and count.unit in self.codes:
                name = count.id.removeprefix(_ASSET)
                found[name] = found.get(name, 0) + count.number
        return found

    def described(self) -> list[Line]:
        """The projects that the books describe, with their ``summary`` and ``basis`` (no full stop at the end)."""
        own = [p for p in self.accounts.projects if p.unit in self.codes and p.summary.strip()]
        words = [{"label": p.name, "code": p.code, "summary": _bare(p.summary), "basis": _bare(p.basis)} for p in own]
        return [Line(w, None) for w in words]

    @property
    def administrative(self) -> bool:
        """Whether running expenses are told of a unit: an administrative one, or one managed like it (参公)."""
        return any(unit.nature in self.filling.running for unit in self.units)

    @property
    def mixed(self) -> bool:
        """Whether institutions publish together with administrative units."""
        return self.administrative and any(unit.nature not in self.filling.running for unit in self.units)

    def running(self) -> int:
        """Office running expenses in fen: general basic office expenses of the administrative units.

        Source: 财政部部门决算说明 (机关运行经费: 行政单位和参照公务员法管理的事业单位的日常公用经费).
        """
        offices = {u.code for u in self.units if u.nature in self.filling.running}
        final = self.kind == "final"
        total = 0
        for entry in self.accounts.entries:
            if entry.unit not in offices or entry.source != "general":
                continue
            spent = entry.flow == "basic" and entry.economic[:3] not in ("", *self.filling.personnel)
            planned = entry.flow in PLANNED and entry.use in OFFICE
            total += entry.amount if (spent if final else planned) else 0
        return total


def spoken(last: Disclosure, concept: str) -> Amount | None:
    """What last year's text says of a concept of its own year (an amount in 元)."""
    for link in links(last):
        own = link.role in ("outturn", "budget", "initial_budget", "amount")
        money = link.figure.unit in ("元", "万元", "千元", "亿元")
        if link.concept == concept and own and money and link.comparison.split(":")[0] in ("", "same"):
            return Amount(link.figure.printed.value * scale(link.figure.unit), "元", 2)
    return None


def running(
    books: Books, ground: Ground, last: Disclosure | None, printed: Amount | None, public: Amount | None
) -> Amount | None:
    """Office running expenses: as ``printed`` where a statement prints them; else the ``public`` expenses where all units
    are administrative, those of the entries where some are not.

    Last year's is what last year's text says, else last year's printed figure.
    """
    if not books.administrative:
        return replace(ground.shape, value=NOTHING)
    now = printed
    if now is None:
        now = ground.fen(books.running()) if books.mixed and books.accounts.entries else public
    if now is None or last is None:
        return replace(now, last=None) if now is not None else None
    said = spoken(last, "running")
    before = ground.amount(said.value) if said is not None else (None if printed is None and books.mixed else now.last)
    return replace(now, last=before)


def procurement(books: Books, ground: Ground) -> dict[str, Amount]:
    """``procurement``, ``goods``, ``works``, ``services``; of each what went to small and medium enterprises (``sme``,
    ``goods_sme`` …), and what to small and micro ones (``small``). The kinds add to the total in the printed digits."""
    rows = [p for p in books.accounts.procurement if p.unit in books.codes and p.flow == books.kind]

    def exact(fen: Iterable[int]) -> Decimal:
        return Decimal(sum(fen)) / 100 / scale(ground.shape.unit)

    def spread(name: str, value: Callable[[str], Decimal]) -> dict[str, Amount]:
        parts = [value(kind) for kind in _KINDS]
        total = rounded(sum(parts, NOTHING), ground.shape.decimals)
        shown = apportioned(parts, total, ground.shape.decimals)
        named = dict(zip((k + name for k in _KINDS), shown)) | {name.removeprefix("_") or "procurement": total}
        return {k: replace(ground.shape, value=v) for k, v in named.items()}

    found = spread("", lambda kind: exact(p.amount for p in rows if p.kind == kind))
    found |= spread("_sme", lambda kind: exact(p.small for p in rows if p.kind == kind))
    found["small"] = replace(ground.shape, value=rounded(exact(p.micro for p in rows), ground.shape.decimals))
    return found


def _lead(row: Row) -> str:
    return row.printed_label.removesuffix(row.label)


def assets(books: Books, ground: Ground) -> dict[str, list[Line]]:
    """The lines of 国有资产占用: ``vehicles`` by their use, then ``equipment``; as printed in F10, else as counted."""
    shape = Amount(NOTHING, "", 0)
    statement = ground.own.statements.get("F10")
    found: list[tuple[str, bool, int]] = []
    if statement is not None:
        form = ground.own.book.by_id["F10"]
        for row in statement.rows:
            cell = row.get("final")
            if form.line(row.label) is not None or cell is None and not _lead(row):
                continue
            vehicle = _lead(row)[:1].isdigit() or row.label.endswith("用车")
            found.append((row.label, vehicle, int(cell.printed.value) if cell is not None else 0))
    else:
        found = [(name, bool(_VEHICLE.match(name)), number) for name, number in books.assets().items()]
    out: dict[str, list[Line]] = {"vehicles": [], "equipment": []}
    for name, vehicle, number in found:
        line = Line({"label": name, "code": ""}, replace(shape, value=Decimal(number)))
        out["vehicles" if vehicle else "equipment"].append(line)
    return out


@dataclass(frozen=True)
class Evaluated:
    """What the performance tables of one kind say together."""

    tables: int
    budget: Decimal
    spent: Decimal
    scores: tuple[Decimal, ...]


def _number(text: str) -> Decimal | None:
    try:
        return Printed.parse(text.strip()).value
    except NotANumber:
        return None


def evaluated(evaluations: Iterable[Evaluation], kind: str, book: Book) -> Evaluated:
    """Tables, full-year budgets and outturns (in the tables' 万元), and total scores, by the forms of the tables."""
    total = re.compile(next((f.money_total for f in book.evaluations if f.kind == kind), "") or "(?!)")
    tables = [e for e in evaluations if e.kind == kind]
    budget, spent, scores = NOTHING, NOTHING, []
    for table in tables:
        for row in table.indicators:
            if row.level1 == "资金" and total.fullmatch(row.name):
                budget += _number(row.target.split("/")[-1]) or NOTHING
                spent += _number(row.actual) or NOTHING
            elif row.level1 == "总分" and (score := _number(row.score)) is not None:
                scores.append(score)
    return Evaluated(len(tables), budget, spent, tuple(scores))
