"""The identities and ties of the forms over the cells that one disclosure prints."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from mingzhang.disclosure import Disclosure, Row
from mingzhang.figures.interval import Interval, Verdict, compare, total
from mingzhang.figures.ledger import Ledger, Sheet, Term
from mingzhang.figures.tree import children
from mingzhang.forms import Book, Identity, Tie

_NUMBERING = (
    (1, re.compile(r"[一二三四五六七八九十]+[、.．]")),
    (2, re.compile(r"[（(][一二三四五六七八九十]+[）)]")),
    (3, re.compile(r"\d{1,2}[、.．]")),
    (4, re.compile(r"[（(]\d{1,2}[）)]")),
)
_OF_WHICH = re.compile(r"其中[:：]?")
_ZERO = Decimal(0)
_CARRY = frozenset({"opening", "closing", "use_surplus", "distribution"})


@dataclass(frozen=True, slots=True)
class Constraint:
    """A law over printed numbers: the terms of ``left`` and of ``right`` sum to the same amount.

    ``relation`` is ``=`` or ``≥`` (left is not less than right). ``others``
    are right sides that some layouts mean instead. ``used`` says that one of
    its cells was placed by this law; ``doubt`` why it cannot be decided when
    it does not hold (empty where it can). ``axis`` is the identity's, or
    ``tie``; ``key`` is what the same law has in common over rows or columns.
    """

    id: str
    words: str
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    axis: str
    relation: str = "="
    others: tuple[tuple[Term, ...], ...] = ()
    used: bool = False
    doubt: str = ""
    severity: str = "error"

    @property
    def terms(self) -> tuple[Term, ...]:
        return self.left + self.right

    def sums(self) -> tuple[Interval, Interval]:
        """The two sides in 元."""
        return _sum(self.left), _sum(self.right)

    @property
    def sides(self) -> tuple[tuple[Term, ...], ...]:
        """The right sides that some layout means."""
        return (self.right, *self.others)

    def fits(self, side: int) -> bool:
        """Whether one of its ``sides`` is possibly the left side."""
        return compare(_sum(self.left), _sum(self.sides[side])) is not Verdict.IMPOSSIBLE

    def verdict(self) -> Verdict:
        """Whether it holds as printed, for some digits behind the printed ones, or never."""
        one, two = _value(self.left), _value(self.right)
        if one == two or (self.relation == "≥" and one > two):
            return Verdict.EXACT
        left, right = self.sums()
        if self.relation == "≥":
            return Verdict.ROUNDING if left.high >= right.low else Verdict.IMPOSSIBLE
        answer = compare(left, right)
        for other in self.others:
            if answer is Verdict.EXACT:
                break
            second = compare(left, _sum(other))
            if second is Verdict.EXACT or answer is Verdict.IMPOSSIBLE:
                answer = second
        return answer


def _sum(terms: Iterable[Term]) -> Interval:
    return total(t.amount if t.sign > 0 else -t.amount for t in terms)


def _value(terms: Iterable[Term]) -> Decimal:
    value = _ZERO
    for t in terms:
        value = value + t.amount.value if t.sign > 0 else value - t.amount.value
    return value


def _used(id: str, terms: Iterable[Term]) -> bool:
    return any(id in t.cell.placed for t in terms if t.cell.placed)


def _terms(sheet: Sheet, row: Row, columns: Iterable[str], sign: int = 1) -> list[Term]:
    if sign == 1:
        printed = sheet.terms[id(row)]
        return [printed[c] for c in columns if c in printed]
    return [t for t in (sheet.term(row, c, sign) for c in columns) if t is not None]


def _columns(sheet: Sheet, identity: Identity) -> Iterator[Constraint]:
    names = (identity.total, *identity.parts, *identity.less)
    printed = set(sheet.statement.columns)
    if any(c in printed for c in identity.unless):
        return
    for row in sheet.statement.rows:
        if identity.side and row.side not in ("", identity.side):
            continue
        head = sheet.term(row, identity.total)
        right = [*_terms(sheet, row, identity.parts), *_terms(sheet, row, identity.less, -1)]
        if head is None or not right:
            continue
        doubt = ""
        if sheet.open(row, names):
            doubt = "该行有数字的栏目未能确定"
        elif sheet.unknown_columns and identity.axis == "columns":
            doubt = "表中有未能识别的栏目"
        yield Constraint(
            identity.id,
            identity.words,
            (head,),
            tuple(right),
            identity.axis,
            "≥" if identity.axis == "within" else "=",
            tuple(tuple(_terms(sheet, row, other)) for other in identity.others),
            _used(identity.id, (head, *right)),
            doubt,
        )


def _over_rows(
    sheet: Sheet, identity: Identity, head: Row, plus: list[Row], less: list[Row], doubt: str = ""
) -> Iterator[Constraint]:
    """One constraint for every column that the total row prints."""
    rows = [head, *plus, *less]
    printed = [sheet.terms[id(r)] for r in plus]
    for column, left in sheet.terms[id(head)].items():
        right = [terms[column] for terms in printed if column in terms]
        right += [t for t in (sheet.term(r, column, -1) for r in less) if t is not None]
        if not right:
            continue
        loose = sheet.undecided and any(sheet.open(r, (column,)) for r in rows)
        yield Constraint(
            identity.id,
            identity.words,
            (left,),
            tuple(right),
            identity.axis,
            used=_used(identity.id, (left, *right)),
            doubt="有数字的栏目未能确定" if loose else doubt,
        )


def _named(sheet: Sheet, names: Iterable[str], side: str) -> list[Row]:
    found: list[Row] = []
    for name in names:
        if name.startswith("*"):
            found += [r for r in sheet.statement.rows if r.label.endswith("用车")]
        else:
            found += sheet.rows(name, side)
    return found


def _lines(sheet: Sheet, identity: Identity) -> Iterator[Constraint]:
    head = sheet.rows(identity.total, identity.side)
    if not head or any(sheet.rows(name, identity.side) for name in identity.unless):
        return
    plus = [r for r in _named(sheet, identity.parts, identity.side) if r is not head[0]]
    less = _named(sheet, identity.less, identity.side)
    yield from _over_rows(sheet, identity, head[0], plus, less, doubt=_strangers(sheet, identity.side))


def _strangers(sheet: Sheet, side: str) -> str:
    """Why the lines of a two-sided statement may not be all: one with an amount has a name the form does not know."""
    if sheet.form is None or sheet.form.shape != "two_sided":
        return ""
    known = {id(r) for rows in sheet.lines.values() for r in rows}
    for row in sheet.statement.rows:
        if row.side == side and row.cells and id(row) not in known and any(c.printed.value for c in row.cells):
            return f"有未能识别的行：{row.label}"
    return ""


def _level(row: Row) -> int:
    text = row.printed_label.strip()
    inner = _OF_WHICH.match(text)
    if inner:
        return 9
    return next((level for level, pattern in _NUMBERING if pattern.match(text)), 0)


def _numbered(sheet: Sheet, identity: Identity) -> Iterator[Constraint]:
    if identity.parts:
        yield from _lines(sheet, identity)
        return
    heads = sheet.rows(identity.total, identity.side)
    if not heads or any(sheet.rows(name, identity.side) for name in identity.unless):
        return
    head = heads[0]
    rows = [r for r in sheet.statement.rows if r.side == identity.side and r.label]
    special = {id(r) for name, named in sheet.lines.items() if name in _CARRY or name.endswith(("_total", "_grand")) for r in named}
    at = next((n for n, r in enumerate(rows) if r is head), 0)
    level = _level(head)
    if level:
        after = rows[at + 1 :]
        end = next((n for n, r in enumerate(after) if id(r) in special or 0 < _level(r) <= level), len(after))
        candidates = after[:end]
    else:
        before = rows[:at]
        candidates = [r for r in before if id(r) not in special]
    levels = [_level(r) for r in candidates]
    top = min((n for n in levels if n), default=0)
    if top == 9 or not candidates:
        return
    if top:
        parts = [r for r, n in zip(candidates, levels, strict=True) if n == top]
        yield from _over_rows(sheet, identity, head, parts, [])
        return
    # Without printed numbers, the functional classes are parts of nothing but the total.
    known = sheet.rows("@functions", identity.side) if identity.side == "expenditure" else []
    kept = {id(r) for r in known}
    if known and all(id(r) in kept for r in candidates if r.cells):
        yield from _over_rows(sheet, identity, head, known, [])


def _sides(sheet: Sheet, identity: Identity) -> Iterator[Constraint]:
    left, right = sheet.rows(identity.total, "income"), sheet.rows(identity.parts[0], "expenditure")
    if not left or not right:
        return
    one, two = _leading(sheet, left[0]), _leading(sheet, right[0])
    if one and two:
        yield Constraint(
            identity.id, identity.words, (one,), (two,), identity.axis, used=_used(identity.id, (one, two))
        )


def _leading(sheet: Sheet, row: Row) -> Term | None:
    return sheet.term(row, "amount") or sheet.term(row, "total")


def _levels(sheet: Sheet, identity: Identity) -> Iterator[Constraint]:
    for head, rows in children(sheet):
        keys = [(r.code, r.block, "" if r.code else r.label) for r in rows]
        doubt = "同一编码印了两次" if len(set(keys)) < len(keys) else ""
        yield from _over_rows(sheet, identity, head, rows, [], doubt=doubt)


def _projects(sheet: Sheet, identity: Identity) -> Iterator[Constraint]:
    """The total of project lines; rows that sum up units or types count as parents where the figures show it."""
    if not sheet.totals:
        return
    head = sheet.totals[0]
    rows = [r for r in sheet.statement.rows if r is not head and r.cells and (r.code or r.label)]
    plain = [r for r in rows if not (r.code and len(r.code) <= 8 and not r.side) and r.label not in ("其他运转类", "特定目标类")]
    for constraint in _over_rows(sheet, identity, head, plain, []):
        column = constraint.left[0].cell.column
        every = tuple(t for t in (sheet.term(r, column) for r in rows) if t is not None)
        yield Constraint(
            identity.id,
            identity.words,
            constraint.left,
            constraint.right,
            identity.axis,
            others=(every,),
            used=constraint.used,
            doubt=constraint.doubt,
        )


_AXES: dict[str, Callable[[Sheet, Identity], Iterator[Constraint]]] = {
    "columns": _columns,
    "within": _columns,
    "lines": _lines,
    "numbered": _numbered,
    "sides": _sides,
    "levels": _levels,
}


def _only_appropriation(ledger: Ledger) -> bool:
    """Whether nothing but appropriations is received or carried over."""
    kinds = {
        "F": (
            ("F01/superior_subsidy/amount", "F01/business/amount", "F01/operating/amount", "F01/use_surplus/amount",
             "F01/subsidiary_remittance/amount", "F01/other/amount"),
            (("F01/opening/amount", "F04/opening/amount"), ("F01/income_total/amount", "F04/income_total/amount")),
        ),
        "B": (
            ("B01/special_account/amount", "B02/合计/special_account", "B02/合计/business", "B02/合计/operating",
             "B02/合计/superior_subsidy", "B02/合计/subsidiary_remittance", "B02/合计/other", "B02/合计/unit_funds"),
            (("B01/income_grand/amount", "B04/income_grand/amount"),),
        ),
    }  # fmt: skip
    kind = "B" if ledger.disclosure.kind == "budget" else "F"
    absent, equal = kinds[kind]
    if any(t.amount.value for reference in absent for t in ledger.terms(reference)):
        return False
    return all(
        compare(_sum(ledger.terms(one)), _sum(ledger.terms(two))) is not Verdict.IMPOSSIBLE for one, two in equal
    )


def _referred(ledger: Ledger, references: tuple[str, ...], row: str = "") -> tuple[list[Term], str]:
    """The terms of a side of a tie, and why it may be incomplete."""
    terms: list[Term] = []
    doubt = ""
    for reference in references:
        statement, name, column = reference.split("/")
        sheet = ledger.by_id.get(statement)
        if sheet is None:
            doubt = doubt or f"没有读到{statement}"
            continue
        found = ledger.terms(f"{statement}/{row or name}/{column}")
        if not found and len(references) > 1 and not row and not sheet.rows(name) and not sheet.statement.empty:
            doubt = doubt or f"{statement}没有印出全部有关的行"
        if not found and sheet.undecided and any(sheet.open(r, (column,)) for r in sheet.rows(row or name)):
            doubt = doubt or f"{statement}有数字的栏目未能确定"
        terms += found
    return terms, doubt


def _tie(ledger: Ledger, tie: Tie) -> Iterator[Constraint]:
    sheets = [ledger.by_id.get(r.split("/")[0]) for r in tie.left]
    if any(s is None or s.statement.empty for s in sheets):
        return
    name = tie.left[0].split("/")[1]
    rows = [""]
    if name in ("*", "@functions"):
        sheet = sheets[0]
        assert sheet is not None
        if name == "*":
            rows = list(sheet.codes)
        else:
            rows = [key for key in (*sheet.lines, *sheet.codes) if len(key) == 3 and key[0] == "2" and key.isdigit()]
    for row in rows:
        left, doubt = _referred(ledger, tie.left, row)
        right, doubt_right = _referred(ledger, tie.right, row)
        if not left or not right:
            continue
        yield Constraint(
            tie.id,
            tie.words,
            tuple(left),
            tuple(right),
            "tie",
            used=_used(tie.id, (*left, *right)),
            doubt=doubt or doubt_right,
            severity=tie.severity,
        )


def constraints(disclosure: Disclosure, book: Book, ledger: Ledger | None = None) -> list[Constraint]:
    """Every identity and tie of the forms over the numbers that are printed; blank parts count as nothing."""
    ledger = ledger or Ledger(disclosure, book)
    out: list[Constraint] = []
    for sheet in ledger.sheets:
        if sheet.form is None or sheet.statement.empty:
            continue
        for identity in sheet.form.identities:
            if identity.axis == "levels" and sheet.form.shape == "projects":
                out += _projects(sheet, identity)
            else:
                out += _AXES[identity.axis](sheet, identity)
    if not any(t.left[0].split("/")[0] in ledger.by_id for t in book.ties):
        return out
    alone = _only_appropriation(ledger)
    for tie in book.ties:
        if "only_appropriation" in tie.when and not alone:
            continue
        out += _tie(ledger, tie)
    return out
