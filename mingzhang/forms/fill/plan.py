"""A statement before it has figures: of every printed figure the set of entries it sums."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from mingzhang.disclosure import Note, Row, Statement
from mingzhang.forms.fill.press import Press
from mingzhang.forms.fill.sets import Sets

Columns = Mapping[str, int]
_WEIGHTS = {0: 8, 3: 4, 5: 2}


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A row to be printed: ``sets`` is the set of entries of each column; ``counts`` are figures that count things."""

    label: str
    sets: Columns
    code: str = ""
    side: str = ""
    block: str = ""
    lead: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        return not any(self.sets.values())


@dataclass(frozen=True, slots=True)
class Plan:
    """A statement to be printed. ``unit`` where it is not the unit of the amounts."""

    id: str
    columns: tuple[str, ...]
    rows: tuple[PlannedRow, ...]
    notes: tuple[str, ...] = ()
    unit: str = ""

    @property
    def empty(self) -> bool:
        return all(row.empty and not any(row.counts.values()) for row in self.rows)

    def weight(self, row: int) -> int:
        """How much the nearness of a row's figures counts: totals more than classes, classes more than sections and items."""
        return _WEIGHTS.get(len(self.rows[row].code), 1)

    def figures(self) -> Iterator[tuple[int, str, int]]:
        """(number of the row, column, set of entries) of every amount that is printed."""
        for number, row in enumerate(self.rows):
            for column, set in row.sets.items():
                yield number, column, set


def cut(columns: Columns, within: int) -> dict[str, int]:
    """The columns of a row whose entries are ``within``."""
    return {column: set & within for column, set in columns.items()}


def classified(
    sets: Sets,
    columns: Columns,
    names: Mapping[str, str],
    within: int | None = None,
    by: str = "item",
    cuts: tuple[int, ...] = (3, 5, 7),
    total: bool = True,
) -> list[PlannedRow]:
    """The total row, then a row for every code at each of the ``cuts`` (code lengths) that an entry has."""
    every = sets.every if within is None else within
    rows = [PlannedRow("合计", cut(columns, every))] if total else []
    parts: dict[str, int] = {}
    for value, set in sets.values(by, every).items():
        for length in cuts:
            if value:
                parts[value[:length]] = parts.get(value[:length], 0) | set
    for code in sorted(parts):
        row = PlannedRow(names[code], cut(columns, parts[code]), code)
        if not row.empty:
            rows.append(row)
    return rows


def printed(plan: Plan, amount: Callable[[int], int], press: Press) -> Statement:
    """The statement with its figures; ``amount`` gives that of a set in units of the last printed digit."""
    whole = Press(0, press.grouped, press.zeros)
    rows = [_printed(row, amount, press, whole) for row in plan.rows]
    return Statement(
        plan.id, unit=plan.unit, columns=plan.columns, rows=tuple(rows), notes=tuple(Note(n) for n in plan.notes)
    )


def _printed(row: PlannedRow, amount: Callable[[int], int], press: Press, whole: Press) -> Row:
    amounts = {column: amount(set) if set else None for column, set in row.sets.items()}
    cells = press.cells(amounts) + whole.cells({column: count or None for column, count in row.counts.items()})
    return Row(row.code, row.label, row.side, row.block, row.lead + row.label, None, cells)


def sums(amounts: Iterable[int]) -> Callable[[int], int]:
    """The function that adds up the amounts of a set."""
    values = tuple(amounts)
    found: dict[int, int] = {}

    def amount(set: int) -> int:
        if set not in found:
            total, rest = 0, set
            while rest:
                low = rest & -rest
                total += values[low.bit_length() - 1]
                rest ^= low
            found[set] = total
        return found[set]

    return amount
