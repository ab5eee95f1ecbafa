"""What decides beside the sums: figures of sister statements, limits, codes, tab positions, running text."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from mingzhang.disclosure import Sentence
from mingzhang.forms import Book, Tie
from mingzhang.read.loose.columns import _vocabulary
from mingzhang.read.loose.draft import Draft, Entry, Evidence, Table
from mingzhang.read.loose.items import patterns
from mingzhang.read.loose.tokens import data

TIE, CODE = 3000, 1500
POSITION, SISTER, TEXT, FAINT = 300, 60, 40, 20
_UNITS = {"元": 1, "千元": 1000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}
_SAID = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)(万元|亿元|千元|元)")
_CLAUSE = re.compile(r"[，。；：、,;:]")


@dataclass(slots=True)
class Found:
    """A cell that a reference names: its value in 元, half a unit of its last digit, and where it stands; the value is
    None where it is open, the entry None where nothing is printed."""

    value: Decimal | None
    half: Decimal
    table: Table | None = None
    entry: Entry | None = None
    column: int = -1


def _scale(draft: Draft, table: Table) -> Decimal:
    return Decimal(_UNITS.get(draft.cut.unit, 10_000)).scaleb(-table.decimals)


class Ledger:
    """The statements of one document, looked up by reference (``STATEMENT/ROW/COLUMN``)."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self.drafts = drafts
        self.by_id: dict[str, Draft] = {}
        for draft in drafts:
            self.by_id.setdefault(draft.form.id, draft)

    def entries(self, statement: str, row: str, column: str) -> list[tuple[Draft, Table, Entry]]:
        draft = self.by_id.get(statement)
        if draft is None:
            return []
        id, _, nth = row.partition(":")
        out = []
        for table in draft.tables:
            if column not in table.columns and not table.measures:
                continue
            for entry in table.rows:
                if (id == "合计" and entry.role == "total") or (id and id in (entry.id, entry.code)):
                    out.append((draft, table, entry))
        return out[int(nth) - 1 : int(nth)] if nth else out[:1]

    def cell(self, reference: str) -> Found | None:
        """The cell of a reference, None where its statement or row is not printed."""
        statement, row, column = reference.split("/")
        draft = self.by_id.get(statement)
        if draft is not None and draft.tables and draft.tables[0].measures:
            table = draft.tables[0]
            name = f"{column}/{row}"
            if name not in table.columns:
                return None
            return self._found(draft, table, table.rows[0], table.columns.index(name))
        for draft, table, entry in self.entries(statement, row, column):
            if column in table.columns:
                return self._found(draft, table, entry, table.columns.index(column))
        return None

    def _found(self, draft: Draft, table: Table, entry: Entry, column: int) -> Found:
        scale = _scale(draft, table)
        value = entry.known(column)
        return Found(None if value is None else value * scale, scale / 2, table, entry, column)

    def empty(self, statement: str) -> bool:
        """Whether the statement is printed and holds no figure."""
        draft = self.by_id.get(statement)
        return draft is not None and not any(r.figures for _, r in draft.rows())


def gather(ledger: Ledger, book: Book, sentences: Sequence[Sentence], hints: bool) -> None:
    """Give every row that is not placed the evidence that is known of it now."""
    undecided = [(d, t, r) for d in ledger.drafts for t in d.tables for r in t.rows if len(r.left) > 1]
    for _, _, row in undecided:
        row.evidence = []
    if not undecided:
        return
    only = _only_appropriation(ledger)
    for tie in book.ties:
        _tie(ledger, tie, only)
    _limits(ledger, undecided)
    _codes(ledger, undecided)
    _positions(ledger)
    if hints:
        _sisters(ledger, undecided)
        _said(undecided, sentences)


def _slack(half: Decimal, scale: Decimal) -> int:
    return int(half / scale)


def _tie(ledger: Ledger, tie: Tie, only: bool) -> None:
    names = {r.split("/")[0] for r in (*tie.left, *tie.right)}
    if len(names & ledger.by_id.keys()) < 2 or ("only_appropriation" in tie.when and not only):
        return
    for left, right in _expanded(ledger, tie):
        cells = [(1, ledger.cell(r)) for r in left] + [(-1, ledger.cell(r)) for r in right]
        if not any(c for s, c in cells if s == 1) or not any(c for s, c in cells if s == -1):
            continue
        waiting = [(s, c) for s, c in cells if c is not None and c.value is None]
        if len(waiting) != 1:
            continue
        sign, target = waiting[0]
        assert target is not None and target.entry is not None
        if len(target.entry.left) < 2:
            continue
        rest = sum((s * c.value for s, c in cells if c is not None and c.value is not None), Decimal(0))
        scale = target.half * 2
        half = sum((c.half for _, c in cells if c is not None), Decimal(0))
        value = -sign * rest / scale
        cost = TIE if tie.severity == "error" else FAINT
        target.entry.evidence.append(
            Evidence("equals", tie.id, cost, target.column, int(value.to_integral_value()), _slack(half, scale))
        )


def _expanded(ledger: Ledger, tie: Tie) -> list[tuple[list[str], list[str]]]:
    """The tie for every code that ``*`` or ``@functions`` stands for."""
    every = (*tie.left, *tie.right)
    stars = [r for r in every if "/*/" in r or "/@functions/" in r]
    if not stars:
        return [(list(tie.left), list(tie.right))]
    draft = ledger.by_id.get(tie.left[0].split("/")[0])
    if draft is None:
        return []
    if "/*/" in stars[0]:
        codes = [("合计" if r.role == "total" else r.code) for _, r in draft.rows() if r.code or r.role == "total"]
    else:
        codes = [r.id for _, r in draft.rows() if r.id[:1].isdigit()]
    mark = "/*/" if "/*/" in stars[0] else "/@functions/"
    return [
        ([r.replace(mark, f"/{c}/") for r in tie.left], [r.replace(mark, f"/{c}/") for r in tie.right])
        for c in dict.fromkeys(codes)
    ]


def _only_appropriation(ledger: Ledger) -> bool:
    """Whether the department has no other income than appropriations and none is carried over from elsewhere."""
    for statement in ("F01", "B01"):
        if statement not in ledger.by_id:
            continue
        total = ledger.cell(f"{statement}/income_total/amount") or ledger.cell(f"{statement}/income_grand/amount")
        parts = [ledger.cell(f"{statement}/{i}/amount") for i in ("general", "fund", "state_capital")]
        if not any(p and p.value for p in parts):
            parts = [ledger.cell(f"{statement}/appropriation/amount")]
        if total is None or total.value is None or any(p is not None and p.value is None for p in parts):
            return False
        known = sum((p.value for p in parts if p is not None and p.value is not None), Decimal(0))
        return abs(known - total.value) <= total.half * 2 * (len(parts) + 1)
    return False


def _limits(ledger: Ledger, undecided: Sequence[tuple[Draft, Table, Entry]]) -> None:
    for limit in data("evidence")["limit"]:
        rows = [(d, t, r) for d, t, r in undecided if d.form.id in limit["in"] and limit["column"] in t.columns]
        if not rows:
            continue
        whole = Decimal(0)
        half = Decimal(0)
        for reference in limit["of"]:
            cell = ledger.cell(reference)
            statement = reference.split("/")[0]
            if cell is None and (ledger.empty(statement) or (":" in reference and statement in ledger.by_id)):
                continue
            if cell is None or cell.value is None:
                break
            whole += cell.value
            half += cell.half
        else:
            for draft, table, row in rows:
                scale = _scale(draft, table)
                row.evidence.append(
                    Evidence(
                        "limit", limit["id"], TIE, table.columns.index(limit["column"]), int(whole / scale),
                        _slack(half + scale / 2, scale),
                    )
                )


def _codes(ledger: Ledger, undecided: Sequence[tuple[Draft, Table, Entry]]) -> None:
    for law in data("evidence")["code"]:
        for draft, table, row in undecided:
            if draft.form.id in law["in"] and law["column"] in table.columns and row.code[:3] in law["not"]:
                row.evidence.append(Evidence("equals", law["id"], CODE, table.columns.index(law["column"])))
    for law in data("evidence")["class"]:
        for draft, table, row in undecided:
            if draft.form.id not in law["in"] or row.role != "total" or law["column"] not in table.columns:
                continue
            statement, column = law["of"].split("/")
            sister = ledger.by_id.get(statement)
            if sister is None or not sister.tables or column not in sister.tables[0].columns:
                continue
            other = sister.tables[0]
            at = other.columns.index(column)
            rows = [r for r in other.rows if r.code in law["codes"]]
            rows = rows or [r for r in other.rows if r.code[:3] in law["codes"] and r.figures]
            values = [r.known(at) for r in rows]
            if any(v is None for v in values):
                continue
            scale, theirs = _scale(draft, table), _scale(sister, other)
            whole = sum((v for v in values if v is not None), 0) * theirs / scale
            half = theirs / 2 * len(rows) + scale / 2
            row.evidence.append(
                Evidence(
                    "equals", law["id"], TIE, table.columns.index(law["column"]), int(whole), _slack(half, scale)
                )
            )


def _positions(ledger: Ledger) -> None:
    """Tabs that were kept: the last piece of a line stands in the last column."""
    for table in chain.from_iterable(d.tables for d in ledger.drafts):
        widths = {t.width for r in table.rows for t in r.tokens}
        if len(widths) != 1 or 0 in widths:
            continue
        shift = widths.pop() - len(table.columns)
        if any(t.part < shift for r in table.rows for t in r.tokens):
            continue
        for row in table.rows:
            if len(row.left) > 1:
                for n, token in enumerate(row.tokens):
                    row.evidence.append(
                        Evidence("hint", "tabs", POSITION, figure=n, columns=frozenset((token.part - shift,)))
                    )


def _sisters(ledger: Ledger, undecided: Sequence[tuple[Draft, Table, Entry]]) -> None:
    """Rows of the same code with the same figures, and totals that another statement prints under the same column."""
    totals: dict[tuple[str, Decimal], set[str]] = {}
    placed: dict[tuple[str, str, tuple[Decimal, ...]], set[tuple[str, tuple[str, ...]]]] = {}
    said: dict[Decimal, list[tuple[str, str]]] = {}
    for draft in ledger.drafts:
        for table in draft.tables:
            scale = _scale(draft, table)
            for row in table.rows:
                if len(row.left) != 1 or not row.values or row.open or table.measures:
                    continue
                candidate = next(iter(row.left))
                ids = tuple(table.columns[c] for c in candidate)
                values = tuple(v * scale for v in row.values)
                if row.code or row.role == "total":
                    placed.setdefault((row.code, row.block, values), set()).add((draft.form.id, ids))
                if row.role == "total" or row.id in ("expenditure_total", "expenditure_grand"):
                    for id, value in zip(ids, values, strict=True):
                        if value and id != "total":
                            totals.setdefault((id.removeprefix("year_"), value), set()).add(draft.form.id)
                if table.side == "income" and row.values and row.values[0]:
                    said.setdefault(values[0], []).append((draft.form.id, row.printed_label))
    for draft, table, row in undecided:
        if table.measures:
            continue
        scale = _scale(draft, table)
        values = tuple(v * scale for v in row.values)
        for form, ids in placed.get((row.code, row.block, values), ()):
            if form != draft.form.id and (row.code or row.role == "total"):
                for n, id in enumerate(ids):
                    if id in table.columns:
                        at = frozenset((table.columns.index(id),))
                        row.evidence.append(Evidence("hint", f"{form}-row", SISTER, figure=n, columns=at))
        if row.role not in ("total", "unit") and row.id not in ("expenditure_total", "expenditure_grand"):
            continue
        paths = _vocabulary(draft.form.columns).paths
        for n, value in enumerate(values):
            known = {
                table.columns.index(c): f
                for c in table.columns
                for f in totals.get((c.removeprefix("year_"), value), ())
                if f != draft.form.id
            }
            for form, label in said.get(value, ()):
                for path in paths:
                    if path.column in table.columns and not path.subtotal and path.word.fullmatch(label):
                        known.setdefault(table.columns.index(path.column), form)
            if known:
                row.evidence.append(
                    Evidence("hint", f"{min(known.values())}-total", SISTER, figure=n, columns=frozenset(known))
                )


def _said(undecided: Sequence[tuple[Draft, Table, Entry]], sentences: Sequence[Sentence]) -> None:
    """Amounts that the running text names with the words of a column."""
    rows = [(d, t, r) for d, t, r in undecided if r.role == "total" or r.id in ("expenditure_total", "expenditure_grand")]
    if not rows:
        return
    by_value: dict[Decimal, list[tuple[str, str]]] = {}
    for sentence in sentences:
        text = sentence.text
        for hit in _SAID.finditer(text):
            value = Decimal(hit.group(1).replace(",", "")) * _UNITS[hit.group(2)]
            clauses = _CLAUSE.split(text[max(0, hit.start() - 40) : hit.start()])
            by_value.setdefault(value, []).append((clauses[-1], clauses[-2] if len(clauses) > 1 else ""))
    for draft, table, row in rows:
        scale = _scale(draft, table)
        named = _namer(draft, table)
        for n, figure in enumerate(row.values):
            at: set[int] = set()
            for near, before in by_value.get(figure * scale, ()):
                at |= named(near) or named(before)
            if at:
                row.evidence.append(Evidence("hint", "text", TEXT, figure=n, columns=frozenset(at)))
        if table.measures:
            for near, _ in by_value.get(Decimal(0), ()):
                for column in named(near):
                    row.evidence.append(Evidence("equals", "text", FAINT, column))


def _namer(draft: Draft, table: Table) -> Callable[[str], set[int]]:
    """Which columns a clause names."""
    if not table.measures:
        paths = [p for p in _vocabulary(draft.form.columns).paths if not p.subtotal and p.column in table.columns]

        def by_column(clause: str) -> set[int]:
            return {table.columns.index(p.column) for p in paths if p.word.search(clause)}

        return by_column
    lines = patterns(draft.form.lines)

    def by_item(clause: str) -> set[int]:
        hits = [(p.search(clause), id) for id, p in lines]
        longest = max((len(h.group()) for h, _ in hits if h), default=0)
        ids = {id for h, id in hits if h and len(h.group()) == longest}
        out = set()
        for n, name in enumerate(table.columns):
            measure, item = table.measures[name]
            told = ("预算" in clause) != ("决算" in clause)
            if item in ids and (not told or ("预算" in clause) == ("budget" in measure)):
                out.add(n)
        return out

    return by_item
