"""Books and performance joined: the goal tables of a budget, the self-evaluations of final accounts, and all they lack."""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from typing import Any

from mingzhang.books.accounts import Accounts
from mingzhang.disclosure import Evaluation, Publisher
from mingzhang.forms import load
from mingzhang.forms.fill import PLANNED
from mingzhang.performance.assess import Actual, Assessment, Told, assess
from mingzhang.performance.goal import GoalTable, wan
from mingzhang.performance.refusal import refused
from mingzhang.performance.tell import told_of
from mingzhang.schemes import Scheme, usual
from mingzhang.year.closed import Closed, Lack
from mingzhang.year.counted import counted
from mingzhang.year.money import Held, held
from mingzhang.year.tell import Missing

RESULT = "performance.result"
"""The key of the paragraph that tells of the self-evaluations."""


@dataclass(frozen=True, slots=True)
class Promised:
    """A goal table with what is told of it. ``code`` is the project's, the department's for the whole.

    ``closed`` are the evaluations that are kept, by kind: final accounts
    publish these, and only while they still follow from books, goals and
    actuals; None where nothing is kept and what is reckoned is published.
    ``given`` are actuals that another register than the books counted, by
    ``level 1/level 2/name``.
    """

    code: str
    table: GoalTable
    told: Told = field(default_factory=Told)
    scheme: Scheme | None = None
    closed: Mapping[str, Evaluation] | None = None
    given: Mapping[str, Actual] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Appraised:
    """``accounts`` with the sentences, and ``evaluations``, as ``close`` takes them; what is ``missing`` blocks publication.

    ``assessments`` by code, complete or not.
    """

    accounts: Accounts
    evaluations: tuple[Evaluation, ...]
    missing: tuple[Lack, ...]
    assessments: Mapping[str, Assessment]

    def joined(self, closed: Closed) -> Closed:
        """The closed year with what performance lacks."""
        return replace(closed, missing=(*closed.missing, *self.missing))


@cache
def _words() -> Mapping[str, tuple[str, str]]:
    data = tomllib.loads((resources.files("mingzhang.year") / "data" / "appraise.toml").read_text("utf-8"))
    return {kind: (zh, en) for kind, (zh, en) in data["lack"].items()}


def appraise(accounts: Accounts, kind: str, promised: Sequence[Promised]) -> Appraised:
    """What performance gives to a year's disclosure of ``kind`` (``budget`` or ``final``).

    Nothing at all where no goals are promised; else every project with money
    needs a goal table, and final accounts a self-evaluation of each. Raises
    ValueError for another kind.
    """
    if kind not in ("budget", "final"):
        raise ValueError(f"nothing is appraised as {kind!r}")
    missing: list[Lack] = []
    lack = _teller(accounts, missing)
    if promised:
        _uncovered(accounts, kind, promised, lack)
    evaluations: list[Evaluation] = []
    assessments: dict[str, Assessment] = {}
    sentences: dict[str, list[str]] = {}
    for one in promised:
        money = held(accounts, "" if one.table.kind == "goal_whole" else one.code)
        if not _known(accounts, one, lack):
            continue
        if kind == "budget":
            evaluations += _goals(accounts, one, money, lack)
            continue
        found = assessments[one.code] = assessment(accounts, one, money, lack)
        for printed in _evaluated(one, found, lack):
            evaluations.append(printed)
            if printed.kind.startswith("self"):
                sentences[one.code] = list(told_of(found))
    if sentences:
        accounts = replace(accounts, paragraphs=_paragraphs(accounts, promised, sentences))
    return Appraised(accounts, tuple(evaluations), tuple(missing), assessments)


def _paragraphs(
    accounts: Accounts, promised: Sequence[Promised], sentences: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """The paragraphs with what the self-evaluations say: all of it for the department, its own for each unit."""
    units = {u.code: u.name for u in accounts.units if u.code != accounts.department.code}
    of = {p.code: p.table.unit_name for p in promised}
    out = dict(accounts.paragraphs)
    for key, name in {RESULT: "", **{f"{RESULT}@{code}": name for code, name in units.items()}}.items():
        own = [text for code, said in sentences.items() if not name or of[code] == name for text in said]
        before = accounts.paragraphs.get(key, "")
        out[key] = "\n".join([*([before] if before else []), *own]) or " "
    return out


_Tell = Callable[..., None]


def _teller(accounts: Accounts, missing: list[Lack]) -> _Tell:
    one = accounts.department
    publisher = Publisher(one.name, one.region_code, one.level, one.code, "department")

    def lack(kind: str, code: str, **figures: str) -> None:
        zh, en = _words()[kind]
        english = figures | {"words": figures.get("words_en", ""), "reason": figures.get("reason_en", "")}
        told = Missing("performance", f"{code}.{kind}", (), "", (), zh.format(code=code, **figures), en.format(code=code, **english))
        missing.append(Lack(publisher, told))

    return lack


def _uncovered(accounts: Accounts, kind: str, promised: Sequence[Promised], lack: _Tell) -> None:
    """Projects with money and without goals, and a department without."""
    covered = {p.code for p in promised if p.table.kind == "goal_project"}
    for project in accounts.projects:
        money = held(accounts, project.code)
        amount = money.initial if kind == "budget" else max(money.full, money.outturn)
        if amount and project.code not in covered:
            lack("none", project.code, name=project.name, amount=wan(amount))
    if not any(p.table.kind == "goal_whole" for p in promised):
        lack("whole", accounts.department.code)


def _known(accounts: Accounts, one: Promised, lack: _Tell) -> bool:
    names = {p.code: p.name for p in accounts.projects}
    if one.table.kind == "goal_whole":
        names = {accounts.department.code: accounts.department.name}
    name = names.get(one.code)
    if name is None:
        lack("unknown", one.code, name=one.table.project)
    elif name != one.table.project:
        lack("named", one.code, name=one.table.project, books=name)
    return name == one.table.project


def _goals(accounts: Accounts, one: Promised, money: Held, lack: _Tell) -> Iterator[Evaluation]:
    """The goal table with the money of the books."""
    table = one.table
    if table.budget != money.initial:
        gap = abs(table.budget - money.initial)
        lack("budget", one.code, name=table.project, told=wan(table.budget), books=wan(money.initial), gap=wan(gap))
        return
    english = refused(table, nothing(accounts), "en")
    for zh, en in zip(refused(table, nothing(accounts)), english, strict=True):
        lack("refused", one.code, name=table.project, reason=zh.reason, reason_en=en.reason)
    yield replace(table, sources=table.sources or money.planned).evaluation()


def nothing(accounts: Accounts) -> tuple[str, ...]:
    """What the department has none of, so that rates of it have no base: procurement, three-public expenses."""
    items = load(accounts.year, accounts.department.region_code or "-").filling.items
    public = {code for codes in items.values() for code in codes}
    none = [] if any(p.amount for p in accounts.procurement) else ["政府采购"]
    return (*none, *([] if any(e.flow in PLANNED and e.economic in public for e in accounts.entries) else ["三公"]))


def registered(accounts: Accounts, one: Promised, money: Held) -> dict[str, Actual]:
    """The actuals that registers know, by ``level 1/level 2/name``: nobody types them."""
    return {**counted(accounts, one.table, money), **one.given}


def assessment(accounts: Accounts, one: Promised, money: Held | None = None, lack: _Tell | None = None) -> Assessment:
    """The self-evaluation of a table as it stands: money and counts from the books, the rest as told."""
    money = money or held(accounts, "" if one.table.kind == "goal_whole" else one.code)
    told, known = one.told, registered(accounts, one, money)
    actuals: dict[str, Actual] = dict(told.actuals)
    for goal in one.table.goals:
        if goal.key not in known:
            continue
        entered = actuals.pop(goal.key, None) or actuals.pop(goal.name, None) or Actual("")
        actuals[goal.key] = replace(
            known[goal.key], reason=entered.reason, measure=entered.measure, chosen=entered.chosen
        )
        if lack and entered.text and entered.text != known[goal.key].text:
            lack(
                "entered", one.code, name=one.table.project, goal=goal.name, entered=entered.text,
                register=known[goal.key].register, counted=known[goal.key].text,
            )  # fmt: skip
    scheme = one.scheme or usual(accounts.year)
    return assess(one.table, money.money(told.reason, told.measure), actuals, scheme, told.management, told.done)


def judged(accounts: Accounts, one: Promised) -> tuple[Missing, ...]:
    """All that is against a goal table, by itself and beside the books; its budget may be the initial or the full-year one."""
    missing: list[Lack] = []
    lack = _teller(accounts, missing)
    if _known(accounts, one, lack):
        money = held(accounts, "" if one.table.kind == "goal_whole" else one.code)
        list(_goals(accounts, one, replace(money, initial=money.full) if one.table.budget == money.full else money, lack))
    return tuple(x.missing for x in missing)


def evaluated(accounts: Accounts, one: Promised) -> tuple[Assessment, tuple[Missing, ...]]:
    """The self-evaluation of a table as it stands, and all that keeps it from being closed."""
    missing: list[Lack] = []
    lack = _teller(accounts, missing)
    _known(accounts, one, lack)
    found = assessment(accounts, one, lack=lack)
    for x in found.lacks:
        lack("lacking", one.code, name=one.table.project, words=x.words, words_en=x.words_en)
    return found, tuple(x.missing for x in missing)


def _evaluated(one: Promised, found: Assessment, lack: _Tell) -> Iterator[Evaluation]:
    """The evaluations that may be published; what there is against it is told."""
    for x in found.lacks:
        lack("lacking", one.code, name=one.table.project, words=x.words, words_en=x.words_en)
    if found.lacks:
        return
    now = found.evaluation()
    judged = (one.closed or {}).get("dept_project")
    if judged and judged.indicators[0].target != now.indicators[0].target:
        lack("stale", one.code, name=one.table.project, what=judged.indicators[0].name)
    if one.closed is None:
        yield now
    elif now.kind not in one.closed:
        lack("open", one.code, name=one.table.project)
    elif changed := differences(one.closed[now.kind], now):
        lack("stale", one.code, name=one.table.project, what="、".join(changed[:4]))
    else:
        yield from one.closed.values()


def differences(kept: Evaluation, now: Evaluation) -> list[str]:
    """What an evaluation says otherwise than it said when it was kept: the rows by name, else what was told."""
    out = []
    for n in range(max(len(kept.indicators), len(now.indicators))):
        was, row = (e.indicators[n] if n < len(e.indicators) else None for e in (kept, now))
        if was != row:
            one = row or was
            assert one is not None
            out.append(one.name or f"{one.level1} {plain_score(was)}→{plain_score(row)}")
    if (kept.project, kept.goal, kept.done, kept.tasks) != (now.project, now.goal, now.done, now.tasks):
        out.append("年度总体目标")
    return out


def plain_score(row: Any) -> str:
    """The score of a row that may be absent."""
    return str(row.score) if row is not None else "—"
