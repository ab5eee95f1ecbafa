"""The charts of a disclosure, as values: where money came from and went, budget against outturn, three-public expenses."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from typing import Any

from mingzhang.disclosure import Disclosure, Evaluation, NotANumber, Printed, Row, Sentence, Statement
from mingzhang.forms import Book, Form
from mingzhang.publish.evaluation import FUNDS, TOTAL

_NUMBERED = re.compile(r"[一二三四五六七八九十]+、")
_INNER = re.compile(r"其中|[（(]|\d")
_HEADING = re.compile(r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]|\d+[.．、])")
_ITEM = re.compile(r"（[类款项]）。?$")
_MONEY = ("元", "万元", "亿元")


@dataclass(frozen=True, slots=True)
class Bar:
    """One item with its figure in each series (None where none is printed)."""

    label: str
    figures: tuple[Printed | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars of printed figures. ``statement`` is the id of the statement they are printed in (empty: running text).

    ``series`` names the figures of a bar where it has several; ``total`` is the printed total. ``full`` has, of each
    series that is not measured like the others, what a whole bar stands for (None: its largest figure).
    """

    title: str
    unit: str
    bars: tuple[Bar, ...]
    statement: str = ""
    series: tuple[str, ...] = ("",)
    total: Printed | None = None
    full: tuple[Decimal | None, ...] = ()


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads((resources.files("mingzhang.publish") / "charts.toml").read_text("utf-8"))


def charts(disclosure: Disclosure, book: Book) -> Iterator[Chart]:
    """Every chart of charts.toml for which the disclosure prints figures."""
    for wanted in _data()["chart"]:
        if wanted["kind"] != disclosure.kind:
            continue
        if wanted["shape"] == "told":
            yield from _told(disclosure, wanted["title"])
            continue
        if wanted["shape"] in ("levels", "against"):
            yield from _evaluated(disclosure.evaluations, wanted)
            continue
        statement = disclosure.statement(wanted["statement"])
        form = book.by_id.get(wanted["statement"])
        if statement is None or form is None:
            continue
        if wanted["shape"] == "lines":
            chart = _lines(statement, form, wanted)
        elif wanted["shape"] == "total":
            chart = _total(statement, form, wanted)
        else:
            chart = _items(statement, form, wanted)
        if any(f is not None and f.value for bar in chart.bars for f in bar.figures):
            yield chart


def _amount(row: Row) -> Printed | None:
    cell = row.get("amount") or row.get("total")
    return cell.printed if cell is not None else None


def _lines(statement: Statement, form: Form, wanted: dict[str, Any]) -> Chart:
    """The lines of one side that are something; lines inside others and totals are left out."""
    rows = [row for row in statement.rows if row.side == wanted["side"] and row.label]
    numbered = any(_NUMBERED.match(row.printed_label) for row in rows)
    bars, total = [], None
    for row in rows:
        line = form.line(row.label, row.side)
        figure = _amount(row)
        if line is not None and line.id.endswith("_grand"):
            total = figure
        elif line is not None and line.id.endswith("_total"):
            continue
        elif figure is not None and figure.value and not (numbered and _INNER.match(row.printed_label)):
            bars.append(Bar(row.label, (figure,)))
    return Chart(wanted["title"], statement.unit, tuple(bars), statement.id, total=total)


def _total(statement: Statement, form: Form, wanted: dict[str, Any]) -> Chart:
    row = next((r for r in statement.rows if not r.code and r.label in ("合计", "总计")), Row())
    cells = [(form.by_column[c].name, row.get(c)) for c in wanted["columns"] if c in form.by_column]
    bars = tuple(Bar(name, (cell.printed,)) for name, cell in cells if cell is not None and cell.printed.value)
    whole = row.get("total")
    return Chart(wanted["title"], statement.unit, bars, statement.id, total=whole.printed if whole else None)


def _items(statement: Statement, form: Form, wanted: dict[str, Any]) -> Chart:
    columns = [c for c in statement.columns if c in form.by_column]
    bars = []
    for row in statement.rows:
        line = form.line(row.label)
        cells = [row.get(c) for c in columns]
        if line is not None and line.id in wanted["lines"] and any(cells):
            bars.append(Bar(row.label, tuple(cell.printed if cell else None for cell in cells)))
    series = tuple(form.by_column[c].name for c in columns) if len(columns) > 1 else ("",)
    return Chart(wanted["title"], statement.unit, tuple(bars), statement.id, series)


def _told(disclosure: Disclosure, title: str) -> Iterator[Chart]:
    """Budgets and outturns that the running text compares, a chart for each unit it tells them in."""
    words = _data()["told"]
    before, between, shorten = (re.compile(words[key]) for key in ("before", "between", "shorten"))
    found: dict[str, dict[str, Bar]] = {}
    for last, sentence in zip((None, *disclosure.sentences), disclosure.sentences):
        for one, two in zip(sentence.figures, sentence.figures[1:]):
            hit = before.search(sentence.text[: one.start])
            if hit is None or one.unit != two.unit or one.unit not in _MONEY:
                continue
            if not between.match(sentence.text[one.end : two.start].removeprefix(one.unit)):
                continue
            name = shorten.sub("", _HEADING.sub("", hit["name"] or _about(sentence, last)))
            if name and "三公" not in name and "三公" not in "".join(sentence.section):
                found.setdefault(one.unit, {}).setdefault(name, Bar(name, (one.printed, two.printed)))
    for unit, bars in found.items():
        yield Chart(title, unit, tuple(bars.values()), series=(words["budget"], words["final"]))


def _about(sentence: Sentence, last: Sentence | None) -> str:
    """What a sentence without a subject is about: the item that its heading names, or the sentence before it does."""
    heading = sentence.section[-1] if sentence.section else ""
    if last is not None and last.section == sentence.section and not last.figures and not _ITEM.search(heading):
        return last.text if _ITEM.search(last.text) else heading
    return heading


def _evaluated(evaluations: Sequence[Evaluation], wanted: dict[str, Any]) -> Iterator[Chart]:
    """The charts of the self-evaluations: scores by level of the whole (else of the first few projects), or budget
    against score of all projects."""
    whole, projects = ([e for e in evaluations if e.kind == kind] for kind in ("self_whole", "self_project"))
    if wanted["shape"] == "levels":
        for each in whole or projects[: wanted["most"]]:
            yield from levels(each, wanted["title"].format(project=each.project))
    elif len(projects) > 1:
        yield from against(projects, wanted["title"])


def levels(evaluation: Evaluation, title: str = "") -> Iterator[Chart]:
    """Weight and score of a scored table by first level, in the order of the table; nothing where none is scored."""
    words = _data()["evaluated"]
    sums: dict[str, list[Decimal]] = {}
    total = None
    for row in evaluation.indicators:
        weight, score = _number(row.weight), _number(row.score)
        if row.level1 == TOTAL:
            total = score
        elif weight is not None and score is not None:
            both = sums.setdefault(row.level1, [Decimal(0), Decimal(0)])
            both[0] += weight.value
            both[1] += score.value
    bars = tuple(Bar(level, (_plain(weight), _plain(score))) for level, (weight, score) in sums.items())
    if bars:
        named = title or words["levels"].format(project=evaluation.project)
        yield Chart(named, words["point"], bars, series=(words["weight"], words["score"]), total=total)


def against(evaluations: Sequence[Evaluation], title: str = "") -> Iterator[Chart]:
    """Full-year budget beside the share of points of each scored table, the largest budget first; nothing where no table
    prints both."""
    words = _data()["evaluated"]
    found = []
    for e in evaluations:
        money = next((i for i in e.indicators if i.level1 == FUNDS), None)
        points = next((i for i in e.indicators if i.level1 == TOTAL), None)
        budget = _number(money.target.rpartition("/")[2]) if money else None
        score, full = (_number(points.score), _number(points.weight)) if points else (None, None)
        if budget is not None and score is not None and full is not None and full.value:
            found.append((full.value, Bar(e.project, (budget, score))))
    found.sort(key=lambda held: -held[1].figures[0].value if held[1].figures[0] else Decimal(0))
    if found:
        most = max(full for full, _ in found)
        series = (words["budget"], words["score"])
        yield Chart(title or words["against"], "", tuple(bar for _, bar in found), series=series, full=(None, most))


def _number(text: str) -> Printed | None:
    try:
        return Printed.parse(text.strip())
    except NotANumber:
        return None


def _plain(value: Decimal) -> Printed:
    text = f"{value:f}"
    return Printed.parse(text.rstrip("0").rstrip(".") if "." in text else text)
