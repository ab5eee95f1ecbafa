"""A performance table as it is set: head, money, management, goals, tasks, indicators and total in one grid."""

from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from mingzhang.disclosure import Evaluation, Indicator
from mingzhang.forms import Book
from mingzhang.publish.sheet import Box

FUNDS, MANAGEMENT, TOTAL = "资金", "资金管理情况", "总分"
_HEADS = {
    "level1": ("一级指标", 4.0), "level2": ("二级指标", 5.0), "name": ("三级指标", 9.0), "target": ("年度指标值", 7.0),
    "actual": ("实际完成值", 7.0), "weight": ("分值", 3.4), "score": ("得分", 3.4), "deviation": ("偏差度", 4.4),
    "reason": ("偏差原因分析及改进措施", 9.0), "explanation": ("指标值说明", 10.0),
}  # fmt: skip
_SHORTEST_GOAL = 12
"""A goal of so few characters needs a header of its own to be told from a label."""


@dataclass(frozen=True, slots=True)
class Label(Box):
    """A box that heads others: ``scope`` is row, rowgroup (rows it spans) or col."""

    scope: Literal["row", "rowgroup", "col"] = "row"


@dataclass(frozen=True, slots=True)
class Goals:
    """A performance table as set; ``widths`` are in characters (em). ``whose``: what the contents add to its title."""

    title: str
    whose: str
    widths: tuple[float, ...]
    rows: tuple[tuple[Box, ...], ...]


def title(evaluation: Evaluation, book: Book) -> str:
    """The printed title, else the name of its form."""
    names = {form.kind: form.name for form in book.evaluations}
    return evaluation.title or names.get(evaluation.kind, "绩效目标表")


def _whose(evaluation: Evaluation) -> str:
    """The project behind a colon: tables of several projects have one title."""
    named = evaluation.project if not evaluation.kind.endswith("_whole") else ""
    return f"：{named}" if named and named not in evaluation.title else ""


def table(evaluation: Evaluation, book: Book) -> Goals:
    """The performance table with merged level cells, every value as printed."""
    judged = not evaluation.kind.startswith("goal")
    own = [i for i in evaluation.indicators if i.level1 not in (FUNDS, MANAGEMENT, TOTAL)]
    wanted = ("level1", "level2", "name", "target", "actual", "weight", "score", "deviation", "reason")
    every = [i for i in evaluation.indicators if i.level1 not in (FUNDS, MANAGEMENT)]
    keys = [
        k for k in _HEADS if (k in wanted if judged else k in wanted[:4]) or any(getattr(i, k) for i in every)
    ]  # fmt: skip
    wide = 1 + len(keys)
    rows = _head(evaluation, wide)
    funds = [i for i in evaluation.indicators if i.level1 == FUNDS]
    rows += _judged_funds(funds, wide) if judged else _planned_funds(funds, wide)
    rows += _management([i for i in evaluation.indicators if i.level1 == MANAGEMENT], wide)
    rows += _goals(evaluation, wide, judged)
    rows += _tasks(evaluation, wide)
    rows += _indicators(own, keys)
    rows += [_total(i, keys) for i in evaluation.indicators if i.level1 == TOTAL]
    return Goals(title(evaluation, book), _whose(evaluation), (2.8, *(_HEADS[k][1] for k in keys)), tuple(rows))


_Rows = list[tuple[Box, ...]]


def _label(text: str, columns: int = 1, rows: int = 1, scope: Literal["row", "rowgroup", "col"] = "row") -> Label:
    return Label(text, columns, rows, "center", scope=scope)


def _sectioned(name: str, rows: _Rows) -> _Rows:
    """The rows with a label before them that spans them all."""
    if not rows:
        return []
    return [(_label(name, 1, len(rows), "rowgroup"), *rows[0]), *rows[1:]]


def _head(e: Evaluation, wide: int) -> _Rows:
    whole = e.kind.endswith("_whole")
    rows: _Rows = []
    if e.project:
        rows.append((_label("部门（单位）名称" if whole else "项目名称", 2), Box(e.project, wide - 2)))
    if e.department and not (whole and e.department == e.project):
        if e.unit_name:
            left = max(1, (wide - 3) // 2)
            rows.append((
                _label("主管部门", 2), Box(e.department, left), _label("实施单位"), Box(e.unit_name, wide - 3 - left),
            ))  # fmt: skip
        else:
            rows.append((_label("主管部门", 2), Box(e.department, wide - 2)))
    elif e.unit_name:
        rows.append((_label("实施单位", 2), Box(e.unit_name, wide - 2)))
    return rows


def _judged_funds(funds: list[Indicator], wide: int) -> _Rows:
    """Budget lines of an evaluation: initial, full, outturn, weight, rate, score, reason."""
    if not funds:
        return []
    heads = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
    rest = wide - 3 - len(heads)
    rows: _Rows = [(Box("", 2), *(_label(h, scope="col") for h in heads), _label("偏差原因", rest, scope="col"))]
    for i in funds:
        initial, _, full = i.target.rpartition("/")
        values = (initial, full, i.actual, i.weight, i.deviation, i.score)
        rows.append((_label(i.name, 2), *(Box(v, align="center") for v in values), Box(i.reason, rest)))
    return _sectioned("项目资金", rows)


def _planned_funds(funds: list[Indicator], wide: int) -> _Rows:
    """Budget lines of a goal table: name and amount, a group's name before the first of its lines."""
    rows: _Rows = []
    for group, several in groupby(funds, key=lambda i: i.level2):
        for n, i in enumerate(several, 1):
            name = f"{group}：（{n}）{i.name}" if group else i.name
            rows.append((_label(name, 2), Box(i.target, wide - 3)))
    return _sectioned("项目资金", rows)


def _management(lines: list[Indicator], wide: int) -> _Rows:
    if not lines:
        return []
    rest = wide - 8
    heads = (_label("情况说明", 3, scope="col"), _label("分值", scope="col"), _label("得分", scope="col"))
    rows: _Rows = [(Box("", 2), *heads, _label("存在问题和改进措施", rest, scope="col"))]
    for i in lines:
        values = (Box(i.actual, 3), Box(i.weight, align="center"), Box(i.score, align="center"), Box(i.reason, rest))
        rows.append((_label(i.name, 2), *values))
    return _sectioned(MANAGEMENT, rows)


def _goals(e: Evaluation, wide: int, judged: bool) -> _Rows:
    if not (e.goal or e.done):
        return []
    if not (judged or e.done or len(e.goal) <= _SHORTEST_GOAL):
        return [(_label("年度总体目标"), Box(e.goal, wide - 1))]
    left = wide // 2
    heads = (_label("预期目标", left, scope="col"), _label("实际完成情况", wide - 1 - left, scope="col"))
    return _sectioned("年度总体目标", [heads, (Box(e.goal, left), Box(e.done, wide - 1 - left))])


def _tasks(e: Evaluation, wide: int) -> _Rows:
    if not e.tasks:
        return []
    done = any(task[2] for task in e.tasks)
    content = (wide - 3) // 2 if done else wide - 3
    sizes = (2, content, wide - 3 - content)[: 3 if done else 2]
    heads = zip(("任务名称", "主要内容", "实际完成情况"), sizes)
    rows: _Rows = [tuple(_label(h, n, scope="col") for h, n in heads)]
    rows += [tuple(Box(text, n) for text, n in zip(task, sizes)) for task in e.tasks]
    return _sectioned("年度主要任务", rows)


def _indicators(own: list[Indicator], keys: list[str]) -> _Rows:
    """The indicator rows under their header; equal neighbouring levels are one merged cell."""
    if not own:
        return []
    rows: _Rows = [tuple(_label(_HEADS[k][0], scope="col") for k in keys)]
    ones = _runs([(i.level1,) for i in own])
    twos = _runs([(i.level1, i.level2) for i in own])
    for n, i in enumerate(own):
        boxes: list[Box] = []
        for text, runs in ((i.level1, ones), (i.level2, twos)):
            if n in runs:
                boxes.append(_label(text, 1, runs[n], "rowgroup") if text else Box("", 1, runs[n]))
        boxes.append(_name(i))
        boxes += [
            Box(getattr(i, k), align="left" if k in ("reason", "explanation") else "center") for k in keys[3:]
        ]  # fmt: skip
        rows.append(tuple(boxes))
    return _sectioned("绩效指标", rows)


def _name(indicator: Indicator) -> Box:
    return Label(indicator.name, scope="row") if indicator.name else Box()


def _runs(values: list[tuple[str, ...]]) -> dict[int, int]:
    """Where each run of equal values begins, and how long it is."""
    out: dict[int, int] = {}
    at = 0
    for _, run in groupby(values):
        out[at] = len(list(run))
        at += out[at]
    return out


def _total(i: Indicator, keys: list[str]) -> tuple[Box, ...]:
    first = next((n for n, k in enumerate(keys) if k in ("weight", "score")), len(keys))
    return (_label(TOTAL, 1 + first), *(Box(getattr(i, k), align="center") for k in keys[first:]))
