"""The self-evaluation at closing: deviations, scores, the total and its grade, and what it still lacks."""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib import resources
from pathlib import Path

from mingzhang.disclosure import Evaluation, Indicator
from mingzhang.performance.goal import Goal, GoalTable, wan, wan_parts
from mingzhang.schemes import Scheme, Score, measured, rounded
from mingzhang.schemes.row import FUNDS, MANAGEMENT, TOTAL, plain

_KINDS = {"goal_whole": ("self_whole",), "goal_project": ("self_project", "dept_project")}


@dataclass(frozen=True, slots=True)
class Money:
    """The money line from the books, in fen: initial budget, full-year budget, outturn; why money stayed unspent.

    ``sources``: (name, initial, full, outturn) of who paid; they add to the line.
    """

    initial: int
    full: int
    outturn: int
    reason: str = ""
    measure: str = ""
    sources: tuple[tuple[str, int, int, int], ...] = ()

    @property
    def rate(self) -> Fraction | None:
        return Fraction(self.outturn, self.full) if self.full > 0 else None

    def lines(self) -> Iterator[Indicator]:
        """The sources as printed under the line; rounded so that each column adds to it."""
        _, *amounts = zip(*self.sources, strict=True) if self.sources else ((), (), (), ())
        columns = [wan_parts(column) for column in amounts]
        for (name, _, full, outturn), *printed in zip(self.sources, *columns, strict=True):
            rate = percent(Fraction(outturn, full)) if full > 0 else ""
            yield Indicator(FUNDS, "", name, f"{printed[0]}/{printed[1]}", printed[2], deviation=rate)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that shows an actual: its name and the SHA-256 of its content."""

    name: str
    sha256: str

    @classmethod
    def of(cls, path: str | Path) -> "Evidence":
        """The evidence that a file is. Raises OSError where it cannot be read."""
        file = Path(path)
        return cls(file.name, hashlib.sha256(file.read_bytes()).hexdigest())


@dataclass(frozen=True, slots=True)
class Actual:
    """What was reached, as printed. ``register``: the register that counted it; without one it was entered and needs
    evidence. ``chosen``: the evaluator's score, where the scheme leaves a choice."""

    text: str
    register: str = ""
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""
    measure: str = ""
    chosen: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Managed:
    """A line of the funds' management as judged: its statement, its score, problems and measures."""

    statement: str
    score: Decimal
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """All that is told of a table's year: actuals by goal, why money stayed unspent, the funds' management by line, and
    what became of the goal."""

    actuals: Mapping[str, Actual] = field(default_factory=dict)
    reason: str = ""
    measure: str = ""
    management: Mapping[str, Managed] = field(default_factory=dict)
    done: str = ""


@dataclass(frozen=True, slots=True)
class Assessed:
    """A goal with its actual, its deviation in % and its score (None where there is none yet)."""

    goal: Goal
    actual: Actual | None
    deviation: Decimal | None
    score: Decimal | None

    @property
    def deviates(self) -> bool:
        return bool(self.deviation) or (self.score is not None and self.score < (self.goal.weight or 0))


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that is still missing or wrong; ``words`` and ``words_en`` say what to do."""

    kind: str
    goal: str
    words: str
    words_en: str


class Incomplete(ValueError):
    """A self-evaluation cannot be closed; ``lacks`` says why."""

    def __init__(self, project: str, lacks: tuple[Lack, ...]) -> None:
        super().__init__(f"“{project}”的绩效自评还不能完成，有{len(lacks)}处：" + "；".join(x.words for x in lacks))
        self.lacks = lacks


@dataclass(frozen=True, slots=True)
class Assessment:
    """A goal table assessed. ``points`` is the sum of all scores that there are, of ``table.total``."""

    table: GoalTable
    scheme: Scheme
    money: Money
    money_score: Decimal
    managed: tuple[tuple[str, Decimal, Managed | None], ...]
    rows: tuple[Assessed, ...]
    lacks: tuple[Lack, ...]
    done: str = ""

    @property
    def complete(self) -> bool:
        return not self.lacks

    @property
    def points(self) -> Decimal:
        parts = [m.score for _, _, m in self.managed if m] + [r.score for r in self.rows if r.score is not None]
        return sum(parts, self.money_score)

    @property
    def grade(self) -> str:
        return self.scheme.grade(self.points, self.table.total)

    def evaluation(self, kind: str = "") -> Evaluation:
        """The table as it is printed: self_whole, self_project (by the goal table's kind) or dept_project.

        Raises Incomplete while anything is lacking.
        """
        if self.lacks:
            raise Incomplete(self.table.project, self.lacks)
        kinds = _KINDS[self.table.kind]
        if kind and kind not in kinds:
            raise ValueError(f"目标表 {self.table.kind} 只能评成 {'、'.join(kinds)}，不能评成 {kind}")
        table = self.table
        return Evaluation(
            kind or kinds[0], table.project, indicators=tuple(self._indicators()), goal=table.goal, done=self.done,
            tasks=table.tasks, department=table.department, unit_name=table.unit_name,
        )  # fmt: skip

    def _indicators(self) -> Iterator[Indicator]:
        money, table = self.money, self.table
        yield Indicator(
            FUNDS, "", "年度资金总额", f"{wan(money.initial)}/{wan(money.full)}", wan(money.outturn),
            weight=plain(table.money_weight) if table.money_weight else "",
            score=plain(self.money_score) if table.money_weight else "",
            deviation=percent(money.rate), reason=_joined(money.reason, money.measure),
        )  # fmt: skip
        yield from money.lines()
        for name, weight, managed in self.managed:
            assert managed is not None
            yield Indicator(
                MANAGEMENT, "", name, "", managed.statement, plain(weight), plain(managed.score), "", managed.problem
            )
        for row in self.rows:
            goal, actual = row.goal, row.actual
            assert actual is not None
            assert row.score is not None
            yield Indicator(
                goal.level1, goal.level2, goal.name, goal.target, actual.text, plain(goal.weight or Decimal(0)),
                plain(row.score), "" if row.deviation is None else f"{row.deviation:.2f}%",
                _joined(actual.reason, actual.measure) if row.deviates else "", goal.explanation,
            )  # fmt: skip
        yield Indicator(TOTAL, weight=plain(table.total), score=plain(self.points))


def percent(rate: Fraction | None) -> str:
    """A rate as a percentage with two digits, rounded half up; nothing where there is none."""
    return "" if rate is None else f"{rounded(rate * 100):.2f}%"


def _joined(reason: str, measure: str) -> str:
    return "；".join(part.rstrip("。；") for part in (reason, measure) if part)


@cache
def _words() -> dict[str, list[str]]:
    path = resources.files("mingzhang.performance") / "data" / "assess.toml"
    return dict(tomllib.loads(path.read_text("utf-8"))["lack"])


def _lack(kind: str, goal: str = "", **values: object) -> Lack:
    zh, en = (text.format(name=goal, **values) for text in _words()[kind])
    return Lack(kind, goal, zh, en)


def assess(
    table: GoalTable,
    money: Money,
    actuals: Mapping[str, Actual],
    scheme: Scheme,
    management: Mapping[str, Managed] | None = None,
    done: str = "",
) -> Assessment:
    """The table scored by a scheme, with everything that it still lacks.

    ``actuals`` by the goal's name, or by ``level 1/level 2/name`` where a name
    stands twice; ``management`` by the line's name.
    """
    lacks: list[Lack] = []
    if table.weights != table.total:
        lacks.append(_lack("weights", weights=plain(table.weights), total=plain(table.total)))
    known = {g.name for g in table.goals} | {g.key for g in table.goals}
    lacks += [_lack("unknown", name) for name in actuals if name not in known]
    score, more = _money(table, money, scheme)
    lacks += more
    managed, more = _management(table, money, management or {}, scheme)
    lacks += more
    rows = []
    for goal in table.goals:
        row, more = _assessed(goal, actuals.get(goal.key, actuals.get(goal.name)), scheme)
        rows.append(row)
        lacks += more
    if table.goal and not done:
        lacks.append(_lack("done"))
    return Assessment(table, scheme, money, score, managed, tuple(rows), tuple(lacks), done)


def _money(table: GoalTable, money: Money, scheme: Scheme) -> tuple[Decimal, list[Lack]]:
    lacks = []
    told = {"rate": percent(money.rate), "full": wan(money.full), "outturn": wan(money.outturn)}
    if money.outturn > money.full:
        lacks.append(_lack("overspent", **told))
    if money.rate is not None and money.rate < 1:
        lacks += [_lack("money_reason", **told)] if not money.reason else []
        lacks += [_lack("money_measure", **told)] if not money.measure else []
    if not table.money_weight:
        return Decimal(0), lacks
    if money.rate is None:
        return Decimal(0), [*lacks, _lack("money_nothing", weight=plain(table.money_weight))]
    return scheme.paid(money.rate, table.money_weight).score, lacks


def _management(
    table: GoalTable, money: Money, given: Mapping[str, Managed], scheme: Scheme
) -> tuple[tuple[tuple[str, Decimal, Managed | None], ...], list[Lack]]:
    out, lacks = [], []
    for name, weight in table.management:
        managed = given.get(name)
        out.append((name, weight, managed))
        if managed is None or not managed.statement:
            lacks.append(_lack("management", name))
            continue
        if not 0 <= managed.score <= weight:
            lacks.append(_lack("management_outside", name, chosen=plain(managed.score), weight=plain(weight)))
        if not money.outturn and managed.score == weight and scheme.judges_unspent(name):
            lacks.append(_lack("unpaid", name, chosen=plain(managed.score)))
    return tuple(out), lacks


def _assessed(goal: Goal, actual: Actual | None, scheme: Scheme) -> tuple[Assessed, list[Lack]]:
    if actual is None or not actual.text:
        return Assessed(goal, actual, None, None), [_lack("actual", goal.name)]
    target, done, weight = goal.measure, measured(actual.text), goal.weight or Decimal(0)
    told = {"target": goal.target, "actual": actual.text}
    lacks = [] if actual.register or actual.evidence else [_lack("evidence", goal.name, **told)]
    if target.value is not None and done.sign and done.sign != "…":
        return Assessed(goal, actual, None, None), [*lacks, _lack("copied", goal.name, **told)]
    if target.value is not None and not target.comparable(done):
        return Assessed(goal, actual, None, None), [*lacks, _lack("units", goal.name, **told)]
    due = scheme.judge(target, done, weight)
    if due is None and target.value is None:
        levels = "、".join(level.name for level in scheme.levels)
        return Assessed(goal, actual, None, None), [*lacks, _lack("level", goal.name, levels=levels, **told)]
    score, more = _chosen(goal, actual, due, weight)
    row = Assessed(goal, actual, due.deviation if due else None, score)
    lacks += more
    if row.deviates:
        shown = "—" if row.deviation is None else f"{row.deviation:.2f}%"
        lacks += [_lack("reason", goal.name, deviation=shown, **told)] if not actual.reason else []
        lacks += [_lack("measure", goal.name, deviation=shown, **told)] if not actual.measure else []
    return row, lacks


def _chosen(goal: Goal, actual: Actual, due: Score | None, weight: Decimal) -> tuple[Decimal | None, list[Lack]]:
    """The score, chosen by the evaluator where the scheme leaves a choice."""
    if due is not None and not due.chosen:
        return due.score, []
    low, high = (due.low, due.score) if due is not None else (Decimal(0), weight)
    if actual.chosen is None:
        kind = "choice" if due is not None else "nothing"
        return None, [
            _lack(kind, goal.name, actual=actual.text, target=goal.target, low=plain(low), high=plain(high))
        ]
    if not low <= actual.chosen <= high:
        told = {"actual": actual.text, "low": plain(low), "high": plain(high), "chosen": plain(actual.chosen)}
        return actual.chosen, [_lack("outside", goal.name, **told)]
    return actual.chosen, []
