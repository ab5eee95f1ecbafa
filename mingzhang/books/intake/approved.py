"""This year's approved budget as budget lines: what its statements print, and what follows from them without a choice.

A statement prints one side of a matrix: B05, B10 and B11 items by use, B06 economic items of basic expenditure, B12
projects by source. Where only one item, economic item or project can have an amount, the cell of the matrix is known;
else the line is entered without it and what is missing is told.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from mingzhang.books.accounts import Project
from mingzhang.books.draft import Draft, Line
from mingzhang.books.intake.fault import Fault, Rejected
from mingzhang.books.intake.published import NOTHING, Amount, Paper, Told, total
from mingzhang.books.intake.records import Known, Records
from mingzhang.books.law import sources, uses
from mingzhang.books.refusal import yuan
from mingzhang.disclosure import Disclosure

_STATEMENTS = {"general": "B05", "fund": "B10", "state_capital": "B11"}
_BASIC = ("basic_wages", "basic_family", "basic_goods", "basic_capital")
_PROJECT = ("project_operating", "project_specific")
_TYPES = {"其他运转类": "project_operating", "特定目标类": "project_specific"}
_OWN = ("special_account", "superior_subsidy", "business", "operating", "subsidiary_remittance", "other")
_PARTS = {"basic": "基本支出", "project": "项目支出"}
_LONGEST = 40
_MIXED = "含上年结转，请分开填"

Cells = dict[tuple[str, str], Amount]
"""Amounts by (functional item, use)."""


@dataclass
class _Making:
    paper: Paper
    unit: str
    document: str
    year: int
    drafts: list[Draft] = field(default_factory=list)
    open: list[Fault] = field(default_factory=list)
    gaps: list[Draft] = field(default_factory=list)

    def add(self, kind: str, source: str, item: str, use: str, fen: int, economic: str = "", project: str = "") -> None:
        if fen > 0:
            line = Line(self.unit, source, item, economic, project=project, use=use)
            self.drafts.append(Draft(kind, line, fen, date(self.year, 1, 1), self.document))

    def gap(self, kind: str, source: str, item: str, use: str, fen: int, words: str = "") -> None:
        """What is known of a line that cannot be entered; a use that the books do not have is said in words."""
        if fen > 0:
            line = Line(self.unit, source, item, use=use if use in uses() else "")
            said = words or _PARTS.get(use, "")
            self.gaps.append(Draft(kind, line, fen, date(self.year, 1, 1), self.document, said))

    def missing(self, statement: str, reason: str, amount: Amount, **figures: object) -> None:
        self.open.append(self.paper.fault(statement, reason, "", amount=yuan(amount.fen), **figures))


def approved(
    disclosure: Disclosure, year: int, known: Known, stands: Mapping[Line, int], unit: str = "", document: str = ""
) -> Told:
    """The budget of ``year`` as printed, in approvals and carry-over, with the projects that it names.

    ``stands`` are the approvals and carry-over (fen) that the book has by line;
    where the unit has any, Rejected says both sums. Raises Rejected, too, where
    the document is another or of a department whose units it does not tell apart.
    """
    paper = Paper(disclosure, "budget", year)
    code = paper.unit(known, unit)
    if not code:
        raise Rejected([paper.fault("", "paper_units", count=len(known.units))])
    matrix = {s: _matrix(paper, id) for s, id in _STATEMENTS.items()}
    if not any(matrix.values()):
        raise Rejected([paper.fault("B05", "paper_items")])
    own = sum(fen for line, fen in stands.items() if line.unit == code)
    if own:
        printed = total(
            a for cells in matrix.values() for (_, use), a in cells.items() if use in ("basic", "project", *uses())
        )
        raise Rejected([paper.fault("B05", "approved_stands", own=yuan(own), printed=yuan(printed.fen))])
    making = _Making(paper, code, document or f"{year}年部门预算公开", year)
    projects = list(_projects(making, known, matrix))
    for source, cells in matrix.items():
        if cells:
            _source(making, source, cells, projects)
    _own(making, matrix)
    records = Records(year, projects=tuple(p.project for p in projects if p.project), drafts=tuple(making.drafts))
    return Told(records, tuple(making.open), tuple(making.gaps))


def _matrix(paper: Paper, id: str) -> Cells:
    """Items by use; ``basic`` or ``project`` as a whole where the statement does not print the uses."""
    statement = paper.statement(id)
    printed = statement.columns if statement else ()
    cells: Cells = {}
    for item, row in paper.items(id):
        for whole, parts in (("basic", _BASIC), ("project", _PROJECT)):
            use = [u for u in parts if u in row]
            if any(u in printed for u in parts) and (use or whole not in row):
                cells.update({(item, u): row[u] for u in use})
            elif whole in row:
                cells[item, whole] = row[whole]
    return cells


@dataclass
class _Planned:
    """A project as B12 prints it: what may be registered, its use where that is known, and its amounts by column."""

    name: str
    use: str
    amounts: dict[str, Amount]
    project: Project | None = None


def _projects(making: _Making, known: Known, matrix: Mapping[str, Cells]) -> Iterator[_Planned]:
    """The projects of B12; the type is printed, or follows where the budget has projects of one type only."""
    types = {use for cells in matrix.values() for _, use in cells if use in (*_PROJECT, "project")}
    only = next(iter(types)) if len(types) == 1 and types <= set(_PROJECT) else ""
    stand = {p.name: p for p in known.projects}
    for row, amounts in making.paper.projects("B12", known):
        use = _TYPES.get(row.side) or _TYPES.get(row.block) or only
        planned = _Planned(row.label, use, amounts)
        before = stand.get(row.label)
        if before is not None:
            planned.use, planned.project = before.kind, before
        elif use:
            code = row.code or row.label[:_LONGEST]
            planned.project = Project(code, row.label, making.unit, use)
        else:
            making.missing("B12", "open_project_kind", amounts.get("total", NOTHING), project=row.label)
        yield planned


def _source(making: _Making, source: str, cells: Cells, projects: list[_Planned]) -> None:
    """The lines of one source of appropriation."""
    id, words = _STATEMENTS[source], sources()[source]["zh"]
    year, carry = _carried(making, source, cells, projects)
    for kind, part in (("approval", year), ("carried", carry)):
        for (item, use), a in part.items():
            follows = use == "basic" and source == "general" and kind == "approval" and _only(year, "basic")
            if use not in uses() and not follows:
                making.missing(id, "open_use", a, item=item, source=words, part=_PARTS.get(use, use))
                making.gap(kind, source, item, use, a.fen)
    basic = {key: a for key, a in year.items() if key[1] in (*_BASIC, "basic")}
    _basic(making, source, basic)
    for use in _PROJECT:
        _project(making, source, use, {item: a for (item, u), a in year.items() if u == use}, projects)
    for (item, use), a in carry.items():
        if use in uses():
            making.add("carried", source, item, use, a.fen)
            if use in _PROJECT:
                making.missing(id, "open_project_carried", a, item=item, source=words)


def _only(cells: Cells, use: str) -> bool:
    return len({item for item, u in cells if u == use}) == 1


def _carried(making: _Making, source: str, cells: Cells, projects: list[_Planned]) -> tuple[Cells, Cells]:
    """What is of this year's means and what was carried over: by item as B02 prints it, or by type of project as B12 does.

    Where neither does, or an item or type has both and several cells, it cannot be
    told apart; those cells are left out and told.
    """
    opening = _opening(making.paper, "")
    own = _opening(making.paper, source)
    if opening is None or opening.nothing or (own is not None and own.nothing):
        return cells, {}
    items = dict(making.paper.items("B02"))
    printed = total(
        a
        for row in items.values()
        for column, a in row.items()
        if column.startswith("carry_") and column != "carry_total"
    )
    if items and printed.allows(opening):
        carried: dict[tuple[str, ...], Amount] = {
            (item,): row.get(f"carry_{source}", NOTHING) for item, row in items.items()
        }
        return _split(making, source, cells, carried, lambda cell: (cell[0],))
    income = making.paper.line("B04", source, "income", "amount")
    if income is not None and total(cells.values()).allows(income):
        return cells, {}
    if by_type := _by_type(source, cells, projects, opening):
        return _split(making, source, cells, by_type, lambda cell: (cell[1],))
    making.missing(_STATEMENTS[source], "open_carry_source", own or opening, source=sources()[source]["zh"])
    for (item, use), a in cells.items():
        making.gap("approval", source, item, use, a.fen, _MIXED)
    return {}, {}


def _opening(paper: Paper, source: str) -> Amount | None:
    """What was carried over, in all (no ``source``) or of a source where B04 prints it below; None where it is not printed."""
    if not source:
        found = paper.line("B04", "opening", "income", "amount")
        return paper.line("B01", "opening", "income", "amount") if found is None else found
    return paper.line("B04", source, "income", "amount", after="opening")


def _by_type(source: str, cells: Cells, projects: list[_Planned], opening: Amount) -> dict[tuple[str, ...], Amount]:
    """What was carried over by use, where the projects of B12 hold all of it and add to what the cells have; else nothing."""
    carry = {column for p in projects for column in p.amounts if column.startswith("carry_")}
    if not carry or not total(p.amounts.get(c, NOTHING) for p in projects for c in carry).allows(opening):
        return {}
    found: dict[tuple[str, ...], Amount] = {}
    for use in {use for _, use in cells}:
        mine = [p for p in projects if p.use == use]
        found[use,] = total(p.amounts.get(f"carry_{source}", NOTHING) for p in mine)
        year = total(p.amounts.get(source, NOTHING) for p in mine)
        whole = total(a for (_, u), a in cells.items() if u == use)
        if use in _PROJECT and not whole.allows(year + found[use,]):
            return {}
    return found


def _split(
    making: _Making,
    source: str,
    cells: Cells,
    carried: Mapping[tuple[str, ...], Amount],
    of: Callable[[tuple[str, str]], tuple[str, ...]],
) -> tuple[Cells, Cells]:
    """The cells of this year and those carried over, ``carried`` by what ``of`` makes of a cell."""
    year: Cells = {}
    carry: Cells = {}
    for key in dict.fromkeys(map(of, cells)):
        own = {cell: a for cell, a in cells.items() if of(cell) == key}
        left, whole = carried.get(key, NOTHING), total(own.values())
        if left.nothing:
            year.update(own)
        elif left.allows(whole):
            carry.update(own)
        elif len(own) == 1 and left.fen < whole.fen:
            (cell,) = own
            year[cell], carry[cell] = whole - left, left
        else:
            words = uses()[key[0]]["zh"] if key[0] in uses() else key[0]
            making.missing(_STATEMENTS[source], "open_carry", left, item=words, source=sources()[source]["zh"])
            for (item, use), a in own.items():
                making.gap("approval", source, item, use, a.fen, _MIXED)
    return year, carry


def _basic(making: _Making, source: str, cells: Cells) -> None:
    """Basic expenditure: the economic items that B06 prints, where the functional item follows."""
    economics = dict(making.paper.items("B06")) if source == "general" else {}
    amounts = {
        code: row.get("total") or row.get("personnel", NOTHING) + row.get("public", NOTHING)
        for code, row in economics.items()
    }
    if _only(cells, "basic") and len({i for i, _ in cells}) == 1:
        ((item, _), whole) = next(iter(cells.items()))
        if amounts and total(amounts.values()).allows(whole):
            for code, a in amounts.items():
                if use := _use_of(code):
                    making.add("approval", source, item, use, a.fen, code)
        else:
            making.missing("B06", "open_use", whole, item=item, source=sources()[source]["zh"], part=_PARTS["basic"])
            making.gap("approval", source, item, "basic", whole.fen)
        return
    for use in _BASIC:
        items = {item: a for (item, u), a in cells.items() if u == use}
        codes = {code: a for code, a in amounts.items() if _use_of(code) == use and a.fen}
        fits = bool(codes) and total(codes.values()).allows(total(items.values()))
        if fits and len(items) == 1:
            (item,) = items
            for code, a in codes.items():
                making.add("approval", source, item, use, a.fen, code)
        elif fits and len(codes) == 1:
            (code,) = codes
            for item, a in items.items():
                making.add("approval", source, item, use, a.fen, code)
        else:
            for item, a in items.items():
                making.add("approval", source, item, use, a.fen)
            if items:
                figures = {"use": uses()[use]["zh"], "items": len(items), "source": sources()[source]["zh"]}
                making.missing("B06", "open_economic", total(items.values()), **figures)


def _use_of(economic: str) -> str:
    """The use of basic expenditure that an economic item belongs to; empty for none."""
    return next((use for use in _BASIC if economic[:3] in uses()[use].get("economic", ())), "")


def _project(making: _Making, source: str, use: str, items: dict[str, Amount], projects: list[_Planned]) -> None:
    """Projects of one type and source: by project where the item follows, by item where it does not."""
    if not items:
        return
    mine = [p for p in projects if p.use == use and p.project and source in p.amounts]
    fits = bool(mine) and total(p.amounts[source] for p in mine).allows(total(items.values()))
    if fits and len(items) == 1:
        (item,) = items
        for p in mine:
            assert p.project is not None
            making.add("approval", source, item, use, p.amounts[source].fen, project=p.project.code)
    elif fits and len(mine) == 1 and mine[0].project is not None:
        for item, a in items.items():
            making.add("approval", source, item, use, a.fen, project=mine[0].project.code)
    else:
        for item, a in items.items():
            making.add("approval", source, item, use, a.fen)
        for p in mine:
            making.missing(
                "B12", "open_project_item", p.amounts[source], project=p.name, source=sources()[source]["zh"]
            )
        if not mine:
            making.missing("B12", "open_projects", total(items.values()), source=sources()[source]["zh"])
    making.missing(
        "B12", "open_project_economic", total(items.values()), source=sources()[source]["zh"], use=uses()[use]["zh"]
    )


def _own(making: _Making, matrix: Mapping[str, Cells]) -> None:
    """What B03 has beyond the appropriation is paid of own means; of which, B02 says where an item has only one."""
    income = dict(making.paper.items("B02"))
    for (item, use), whole in _matrix(making.paper, "B03").items():
        rest = whole - total(cells.get((item, use), NOTHING) for cells in matrix.values())
        if rest.nothing or rest.fen < 0:
            continue
        named = [s for s in _OWN if s in income.get(item, {}) or f"year_{s}" in income.get(item, {})]
        if len(named) == 1 and use in uses() and "unit_funds" not in income.get(item, {}):
            making.add("approval", named[0], item, use, rest.fen)
        else:
            making.missing("B03", "open_own", rest, item=item)
            making.gap("approval", named[0] if len(named) == 1 else "", item, use, rest.fen)
