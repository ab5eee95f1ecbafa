"""Controlled rounding: one integer for every amount, so that every figure is a rounding of its true value and all sums hold.

A printed figure is the sum of a set of amounts. Rounded one by one, figures no
longer add up. Here integers are chosen for the amounts themselves, in units
of the last printed digit (``step``), such that every figure is the floor or
the ceiling of its true value; since all figures are then sums of the same
integers, every identity between them holds exactly. The method is known from
statistical offices (Cox, 1987: A constructive procedure for unbiased
controlled rounding). Sets of amounts are integers with bit n set for amount n.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mingzhang.figures.integers import Numbers, Program, solve

WAYS = ("exact", "relaxation", "search", "loosened", "tails", "nearest")
_LOOSE = 1_000.0
_TAIL = 1_000_000.0
_MOST = 2**62
_SEED = 20240601
_CHUNK = 1024


@dataclass(frozen=True, slots=True)
class Wanted:
    """A figure to be printed: the ``set`` it sums, how much its nearness counts, and its value where it is published already."""

    set: int
    weight: int = 1
    fixed: int | None = None


@dataclass(frozen=True, slots=True)
class Rounding:
    """What every figure is printed as.

    ``figures`` gives of every wanted set its printed amount in steps, ``true``
    its exact sum. ``way`` is how they were found: ``exact`` (nothing to
    round), ``relaxation`` (a corner of the linear program), ``search``
    (integer program), ``loosened`` (the figures of ``off`` lie one unit
    beyond floor and ceiling), ``tails`` (the fixed figures of ``tails``
    differ from the sum of their parts) or ``nearest`` (nothing was found in
    the time: every figure is rounded by itself, and sums may not hold).
    """

    step: int
    way: str
    figures: Mapping[int, int]
    true: Mapping[int, int]
    off: tuple[int, ...] = ()
    tails: tuple[int, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether every sum of printed figures holds."""
        return not self.tails and self.way != "nearest"


def nearest(amount: int, step: int) -> int:
    """The amount in steps, half away from zero."""
    whole = (abs(amount) * 2 + step) // (2 * step)
    return whole if amount >= 0 else -whole


def round_sums(
    amounts: Sequence[int],
    wanted: Iterable[Wanted],
    balances: Iterable[tuple[int, int]] = (),
    *,
    step: int,
    seconds: float = 10.0,
) -> Rounding:
    """Integers for ``amounts`` under which every wanted figure is the floor or the ceiling of its sum, exact ones exact.

    ``balances`` are pairs of sets whose amounts are equal and stay equal.
    Figures that are ``fixed`` keep their value. Where nothing fits, first
    figures may be one unit beyond, those of least weight before others; then
    fixed figures keep a difference; at last each figure is rounded by itself.
    ``seconds`` bounds each of the three searches. Raises ValueError where the
    amounts of a balance are not equal.
    """
    problem = _Problem(amounts, _merged(wanted), list(balances), step)
    for way, program in problem.programs():
        answer = solve(program, seconds)
        if answer.x is not None:
            named = way
            if way == "controlled":
                named = "exact" if not problem.variables else "relaxation" if answer.relaxed else "search"
            return problem.rounding(named, answer.x[: problem.variables])
    return problem.rounding("nearest", None)


def _added(size: int, where: Numbers, what: Numbers) -> Numbers:
    """The sums of ``what`` by ``where``, exact."""
    found = np.zeros(size, dtype=what.dtype)
    np.add.at(found, where, what)
    return found


class _Incidence:
    """Which amounts stand in which rows: parallel arrays of row, amount and sign."""

    def __init__(self, sets: Sequence[int], minus: Sequence[int], count: int) -> None:
        rows, columns = _members(sets, count)
        less_rows, less_columns = _members(minus, count)
        shift = len(sets) - len(minus)
        self.count = len(sets)
        self.rows = np.concatenate([rows, less_rows + shift])
        self.columns = np.concatenate([columns, less_columns])
        self.signs = np.concatenate([np.ones(len(rows), dtype=np.int64), -np.ones(len(less_rows), dtype=np.int64)])

    def totals(self, amounts: Numbers) -> Numbers:
        """The sum of each row."""
        return _added(self.count, self.rows, amounts[self.columns] * self.signs)

    def marks(self, size: int) -> Numbers:
        """Two numbers for every amount that are the same for amounts of the same rows, and hardly for others."""
        keys = np.random.default_rng(_SEED).integers(1, 2**62, size=(2, self.count), dtype=np.int64)
        with np.errstate(over="ignore"):
            return np.stack([_added(size, self.columns, key[self.rows] * self.signs) for key in keys])

    def only(self, position: Numbers) -> "_Incidence":
        """The same rows over the amounts that have a ``position`` (not negative), numbered by it."""
        part = object.__new__(_Incidence)
        kept = position[self.columns] >= 0
        part.count = self.count
        part.rows, part.columns, part.signs = self.rows[kept], position[self.columns[kept]], self.signs[kept]
        return part


class _Problem:
    """The amounts merged into variables, and one row for every different sum of variables.

    Amounts that stand in the same rows are one, and where its sum is exact
    it is no variable. The rows of figures come first, then those of balances.
    """

    def __init__(
        self, amounts: Sequence[int], wanted: Mapping[int, Wanted], balances: Sequence[tuple[int, int]], step: int
    ) -> None:
        self.step = step
        self.wanted = wanted
        exact = np.array(amounts, dtype=object if sum(map(abs, amounts)) >= _MOST else np.int64)
        pairs = [(plus & ~minus, minus & ~plus) for plus, minus in balances]
        where = _Incidence([*wanted, *(p for p, _ in pairs)], [m for _, m in pairs], len(exact))
        totals = where.totals(exact)
        self.totals, left = totals[: len(wanted)], totals[len(wanted) :]
        for (plus, minus), gap in zip(pairs, left, strict=True):
            if gap:
                raise ValueError(f"the two sides of a balance differ by {gap} ({plus:#x}, {minus:#x})")
        _, first, group = np.unique(where.marks(len(exact)), axis=1, return_index=True, return_inverse=True)
        sums = _added(len(first), group.reshape(-1), exact)
        parts: Numbers = (sums % step).astype(np.int64)
        variables = np.flatnonzero(parts)
        self.variables = len(variables)
        position: Numbers = np.full(len(exact), -1, dtype=np.int64)
        position[first[variables]] = np.arange(len(variables))
        self._where = where.only(position)
        self._inside = self._where.totals(parts[variables])
        self._bounds()

    def _bounds(self) -> None:
        """The bounds of each row over the variables, its weight, and what each variable costs."""
        figures = len(self.wanted)
        low: Numbers = self._inside // self.step
        high: Numbers = -(-self._inside // self.step)
        weight = np.array([w.weight for w in self.wanted.values()] + [0] * (len(low) - figures), dtype=np.float64)
        hard: Numbers = np.zeros(len(low), dtype=bool)
        dear = weight * (1 - 2 * (self._inside - low * self.step) / self.step) * (high > low)
        self._cost = _added(self.variables, self._where.columns, dear[self._where.rows])
        self._floor = self.totals // self.step - low[:figures]
        for n, want in enumerate(self.wanted.values()):
            if want.fixed is not None:
                low[n] = high[n] = want.fixed - int(self._floor[n])
                hard[n] = True
        keep: dict[tuple[int, ...], int] = {}
        marks = self._row_marks()
        for n in range(len(low)):
            at = keep.setdefault((*marks[:, n].tolist(), int(low[n]), int(high[n])), n)
            if at != n:
                weight[at] += weight[n]
                hard[at] |= hard[n]
        self._kept = np.array(sorted(keep.values()), dtype=np.int64)
        self._low, self._high = low[self._kept], high[self._kept]
        self._weight, self._hard = weight[self._kept], hard[self._kept]

    def _row_marks(self) -> Numbers:
        keys = np.random.default_rng(_SEED + 1).integers(1, 2**62, size=(2, self.variables), dtype=np.int64)
        with np.errstate(over="ignore"):
            return np.stack([_added(self._where.count, self._where.rows, k[self._where.columns] * self._where.signs) for k in keys])

    def programs(self) -> Iterable[tuple[str, Program]]:
        """The program itself, then the two that allow more, in their order."""
        none: Numbers = np.zeros(0, dtype=np.int64)
        yield "controlled", self._program(0, 1, none, none)
        loose = np.flatnonzero((self._weight > 0) & ~self._hard)
        yield "loosened", self._program(-1, 2, loose, none)
        if self._hard.any():
            yield "tails", self._program(-1, 2, loose, np.flatnonzero(self._hard))

    def _program(self, low: int, high: int, loose: Numbers, hard: Numbers) -> Program:
        """``loose`` rows may miss their bounds by one, ``hard`` ones by anything, at a price; two further variables each."""
        position: Numbers = np.full(self._where.count, -1, dtype=np.int64)
        position[self._kept] = np.arange(len(self._kept))
        kept = position[self._where.rows] >= 0
        slack = np.concatenate([loose, loose, hard, hard])
        signs: Numbers = np.repeat([1, -1, 1, -1], [len(loose), len(loose), len(hard), len(hard)])
        rows = np.concatenate([position[self._where.rows[kept]], slack])
        columns = np.concatenate([self._where.columns[kept], self.variables + np.arange(len(slack))])
        values = np.concatenate([self._where.signs[kept], signs])
        order = np.argsort(rows, kind="stable")
        starts = np.searchsorted(rows[order], np.arange(len(self._kept) + 1))
        price = np.concatenate([np.tile(self._weight[loose], 2) * _LOOSE, np.full(2 * len(hard), _TAIL)])
        most = np.concatenate([np.ones(2 * len(loose)), np.full(2 * len(hard), 1e6)])
        return Program(
            np.concatenate([self._cost, price]),
            np.concatenate([np.full(self.variables, low), np.zeros(len(slack))]),
            np.concatenate([np.full(self.variables, high), most]),
            starts.astype(np.int32), columns[order].astype(np.int32), values[order], self._low, self._high,
        )  # fmt: skip

    def rounding(self, way: str, x: Numbers | None) -> Rounding:
        """Every figure as it is printed, and those that are not the floor or the ceiling of their true value."""
        true = dict(zip(self.wanted, map(int, self.totals), strict=True))
        if x is None:
            values = {s: nearest(v, self.step) for s, v in true.items()}
        else:
            sums = self._where.totals(x)[: len(self.wanted)] + self._floor
            values = dict(zip(self.wanted, map(int, sums), strict=True))
        fixed = {s: w.fixed for s, w in self.wanted.items() if w.fixed is not None}
        tails = tuple(s for s, v in fixed.items() if values[s] != v)
        shown = values | fixed
        off = tuple(s for s, v in shown.items() if s not in fixed and not true[s] // self.step <= v <= -(-true[s] // self.step))
        return Rounding(self.step, way, shown, true, off, tails)


def _merged(wanted: Iterable[Wanted]) -> dict[int, Wanted]:
    """One figure a set: weights add up. Raises ValueError where a set is fixed twice, at different values."""
    found: dict[int, Wanted] = {}
    for want in wanted:
        before = found.get(want.set)
        if before is None:
            found[want.set] = want
            continue
        if before.fixed is not None and want.fixed is not None and before.fixed != want.fixed:
            raise ValueError(f"one figure is fixed at two values, {before.fixed} and {want.fixed}")
        fixed = before.fixed if want.fixed is None else want.fixed
        found[want.set] = Wanted(want.set, before.weight + want.weight, fixed)
    return found


def _members(sets: Sequence[int], count: int) -> tuple[Numbers, Numbers]:
    """(number of the set, number of the amount) of every member."""
    size = (count + 7) // 8
    rows: list[Numbers] = [np.zeros(0, dtype=np.int64)]
    columns: list[Numbers] = [np.zeros(0, dtype=np.int64)]
    for start in range(0, len(sets), _CHUNK):
        part = sets[start : start + _CHUNK]
        packed = np.frombuffer(b"".join(s.to_bytes(size, "little") for s in part), dtype=np.uint8)
        bits = np.unpackbits(packed.reshape(len(part), size), axis=1, count=count, bitorder="little")
        found = np.nonzero(bits)
        rows.append(found[0] + start)
        columns.append(found[1])
    return np.concatenate(rows), np.concatenate(columns)
