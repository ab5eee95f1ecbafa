"""Quantifiers over performance tables: evaluations, indicators, money lines, costings, twins, scored rows."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from mingzhang.check.facts import Facts
from mingzhang.check.formula import Quoted
from mingzhang.check.rule import Rule
from mingzhang.check.scope import Scope, at, places
from mingzhang.check.table import Line, Measured, Table, measured, number
from mingzhang.disclosure import Indicator, Printed
from mingzhang.figures import Interval, total
from mingzhang.schemes.fit import followed
from mingzhang.schemes.row import digits_of, judge, rows_of


def evaluation_names(table: Table) -> dict[str, Any]:
    """The named values of a whole table, worked out once."""
    if table.names is None:
        table.names = _evaluation_names(table)
    return table.names


def _evaluation_names(table: Table) -> dict[str, Any]:
    e, lines = table.evaluation, table.lines
    main = lines[0] if lines else None
    scored = table.scored
    weights = [n for n in (number(i.weight) for i in scored) if n is not None]
    scores = [n for n in (number(i.score) for i in scored) if n is not None]
    rated = [i for i in table.rows if number(i.weight) is not None]
    carried = next((n for n in lines if re.search("结转|结余", n.indicator.name)), None)
    return {
        "table": e.kind, "project": e.project, "goal": e.goal, "said_done": e.done,
        "weights": total(weights) if weights else None, "scores": total(scores) if scores else None,
        "weight_list": "+".join(w.text for w in weights), "score_list": "+".join(s.text for s in scores),
        "points_weight": number(table.points.weight) if table.points else None,
        "points_score": number(table.points.score) if table.points else None,
        "initial": main.initial if main else None, "full": main.full if main else None,
        "spent": main.spent if main else None, "fund_rate": main.rate if main else None,
        "fund_weight": number(main.indicator.weight) if main else None, "fund_reason": main.indicator.reason if main else "",
        "carried": carried.spent if carried else None,
        "rated": len(rated), "full_marks": "1" if rated and all(number(i.weight) == number(i.score) for i in rated) else "",
        "rows": len(table.rows),
        "levels": " ".join(dict.fromkeys(i.level1 for i in table.rows)),
    }  # fmt: skip


def _evaluation(rule: Rule, facts: Facts) -> Iterator[Scope]:
    for table in facts.tables:
        if rule.table is not None and not rule.table.search(table.evaluation.kind):
            continue
        e = table.evaluation
        yield Scope(
            evaluation_names(table), at(f"{e.kind} {e.project}", table.place), places(table.place), e.project,
            group=f"{e.kind} {e.project}",
        )  # fmt: skip


def _indicator_names(indicator: Indicator, target: Measured, actual: Measured) -> dict[str, Any]:
    return {
        "level1": indicator.level1, "level2": indicator.level2, "name": indicator.name, "reason": indicator.reason,
        "target": indicator.target, "actual": indicator.actual, "sign": target.sign, "deviation_text": indicator.deviation,
        "t": target.figure, "t_unit": target.unit, "a": actual.figure, "a_unit": actual.unit, "a_sign": actual.sign,
        "weight": number(indicator.weight), "score": number(indicator.score),
        "deviation": number(indicator.deviation, "%"),
    }  # fmt: skip


def _shown(indicator: Indicator) -> str:
    cells = (indicator.name or indicator.level2, indicator.target, indicator.actual, indicator.weight, indicator.score)
    return " ".join(c for c in (*cells, indicator.deviation) if c)


def _indicators(table: Table, every: bool, facts: Facts, chosen: list[Indicator]) -> Iterator[Scope]:
    e = table.evaluation
    shared = evaluation_names(table) if every else {"table": e.kind, "project": e.project}
    for indicator in chosen:
        names = shared | _indicator_names(indicator, measured(indicator.target), measured(indicator.actual))
        place = indicator.place or table.place
        where = at(f"{e.kind} {e.project}", place)
        yield Scope(names, where, places(place), _shown(indicator), group=f"{e.kind} {e.project}")


def _indicator(rule: Rule, facts: Facts) -> Iterator[Scope]:
    for table in facts.tables:
        if rule.table is None or rule.table.search(table.evaluation.kind):
            yield from _indicators(table, True, facts, table.rows)


def _management(rule: Rule, facts: Facts) -> Iterator[Scope]:
    for table in facts.tables:
        rows = [i for i in table.evaluation.indicators if i.level1 == "资金管理情况"]
        yield from _indicators(table, True, facts, rows)


def _fund(rule: Rule, facts: Facts) -> Iterator[Scope]:
    for table in facts.tables:
        if rule.table is not None and not rule.table.search(table.evaluation.kind):
            continue
        for line in table.lines:
            if rule.match is not None and not rule.match.fullmatch(line.indicator.name):
                continue
            names = {
                "table": table.evaluation.kind, "project": table.evaluation.project, "name": line.indicator.name,
                "level2": line.indicator.level2, "initial": line.initial, "full": line.full, "spent": line.spent,
                "rate": line.rate, "others_nil": _other_nil(table, line), "score": number(line.indicator.score),
                "weight": number(line.indicator.weight), "budget": line.indicator.target,
                "main_spent": table.lines[0].spent,
            }  # fmt: skip
            place = line.indicator.place or table.place
            where = at(f"{table.evaluation.kind} {table.evaluation.project}", place)
            said = f"{line.indicator.name} {line.indicator.target} {line.indicator.actual} {line.indicator.deviation}"
            yield Scope(names, where, places(place), said, group=table.evaluation.project)


def _other_nil(table: Table, line: Line) -> Quoted | None:
    """The rate that the same table prints on another line without budget and spending."""
    for other in table.lines:
        if other is not line and other.full is not None and not other.full.value and not (other.spent and other.spent.value):
            return other.rate
    return None


def _common(one: str, two: str) -> int:
    return max((n for n in range(len(one) + 1) if n and one[:n] in two), default=0)


def _costing(rule: Rule, facts: Facts) -> Iterator[Scope]:
    """Each project whose cost indicators (元 a head) and head counts can be multiplied: ``cost``, ``working``."""
    for table in facts.tables:
        costs = [(i, measured(i.target)) for i in table.rows if "成本" in i.level1]
        heads = [(i, measured(i.target)) for i in table.rows if "成本" not in i.level1]
        counts = [(i, m) for i, m in heads if m.figure is not None and m.unit in ("人", "户", "名", "人次")]
        rates = [(i, m) for i, m in costs if m.figure is not None and m.unit == "元"]
        if not rates or not counts or not table.lines:
            continue
        products: list[Interval] = []
        words: list[str] = []
        for row, rate in rates:
            fits = sorted(counts, key=lambda c: -_common(c[0].name, row.name))
            if not fits or (len(rates) > 1 and not _common(fits[0][0].name, row.name)):
                break
            count = fits[0][1]
            assert count.figure is not None and rate.figure is not None
            products.append(Interval.exact(count.figure.value) * Interval.exact(rate.figure.value))
            words.append(f"{count.figure.text}×{rate.figure.text}")
        if len(products) != len(rates):
            continue
        cost = total(products)
        names = evaluation_names(table) | {"cost": cost, "working": "+".join(words), "heads": len(words)}
        e = table.evaluation
        said = "；".join(f"{i.name} {i.target}" for i, _ in [*rates, *counts])
        yield Scope(names, at(f"{e.kind} {e.project}", table.place), places(table.place), said)


def _twins(rule: Rule, facts: Facts) -> Iterator[Scope]:
    """Each group of projects that have the same indicators of a first level, word for word."""
    same: dict[tuple[Any, ...], list[Table]] = {}
    for table in facts.tables:
        parts: dict[str, list[tuple[str, str]]] = {}
        for row in table.rows:
            parts.setdefault(row.level1, []).append((row.name, row.target))
        for level, rows in parts.items():
            same.setdefault((table.evaluation.kind, level, tuple(rows)), []).append(table)
    groups: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
    first: dict[tuple[str, ...], Table] = {}
    for key, tables in same.items():
        projects = tuple(dict.fromkeys(t.evaluation.project for t in tables))
        if len(projects) > 1:
            groups.setdefault(projects, []).append(key)
            first.setdefault(projects, tables[0])
    for projects, keys in groups.items():
        if max(len(rows) for _, _, rows in keys) < 3:
            continue
        tables = [t for t in facts.tables if t.evaluation.project in projects and t.evaluation.kind == keys[0][0]]
        told = {target for _, _, rows in keys for _, target in rows}
        others = [[i.target for i in t.rows if i.target not in told] for t in tables]
        shared = [x for x in dict.fromkeys(others[0]) if measured(x).figure is not None and all(x in o for o in others)]
        names = {
            "table": keys[0][0], "level": "、".join(level for _, level, _ in keys), "count": len(projects),
            "count_words": "零一二三四五六七八九十"[len(projects)] if len(projects) <= 10 else str(len(projects)),
            "projects": "、".join(projects), "targets": "、".join(target for _, _, rows in keys for _, target in rows),
            "shared": f"；另有相同的指标值{'、'.join(shared)}" if shared else "",
        }  # fmt: skip
        where = at(f"{keys[0][0]} {projects[0]}", first[projects].place)
        yield Scope(names, where, places(*(t.place for t in tables)), names["targets"])


def _copied_actuals(rule: Rule, facts: Facts) -> Iterator[Scope]:
    """Each table with scores: how many numeric targets it has, and how many actuals repeat them with their sign."""
    for table in facts.tables:
        e = table.evaluation
        if e.kind.startswith("goal"):
            continue
        numeric = [i for i in table.rows if measured(i.target).figure is not None and measured(i.actual).figure is not None]
        copied = [i for i in numeric if measured(i.target).sign and measured(i.actual).text == measured(i.target).text]
        names = {
            "table": e.kind, "project": e.project, "numeric": len(numeric), "copied": len(copied),
            "list": ", ".join(dict.fromkeys(i.actual for i in copied)),
        }  # fmt: skip
        yield Scope(names, at(f"{e.kind} {e.project}", table.place), places(table.place), e.project)


def _scored_row(rule: Rule, facts: Facts) -> Iterator[Scope]:
    """Each scored row of the self-evaluations with a deviation, where their rows show that they follow a scheme. Where they
    do not tell some schemes apart, a row fits that fits any of them."""
    every = [(t, row) for t in facts.tables if t.evaluation.kind.startswith("self") for row in rows_of(t.evaluation)]
    digits = digits_of(row for _, row in every)
    schemes = followed([row for _, row in every], facts.disclosure.year)
    for table, row in every if schemes else ():
        i = row.indicator
        verdicts = [judge(one, row, digits) for one in schemes]
        due = verdicts[0].due
        printed = number(i.deviation, "%")
        if row.kind != "number" or printed is None or due is None or due.deviation is None:
            continue
        if any(v.state == "open" or v.reason for v in verdicts):  # undecidable, or no score at all: another rule's
            continue
        t, a = measured(i.target), measured(i.actual)
        like = "" if verdicts[0].score_fits else _actual_like(t, printed.value)
        names = _indicator_names(i, t, a) | {
            "fits": int(any(v.state == "fits" for v in verdicts)), "should_deviation": due.deviation,
            "should_score": due.score, "scheme": schemes[0].name,
            "like_actual": f"；印出的偏差度对应的实际值是{like}" if like else "",
        }  # fmt: skip
        where = at(f"{table.evaluation.kind} {table.evaluation.project}", i.place or table.place)
        yield Scope(names, where, places(i.place or table.place), _shown(i))


def _actual_like(target: Measured, deviation: Decimal) -> str:
    """The actual that a printed deviation would be right for, in the unit of the target, where it is a round figure."""
    if target.figure is None:
        return ""
    plain = Printed.parse(target.figure.text)
    if target.sign != "≤" and deviation >= 0:
        return ""
    actual = plain.value * (1 + deviation / 100)
    places = plain.decimals if plain.value == plain.value.to_integral_value() else plain.decimals + 2
    return f"{actual:.{places}f}{target.unit}"


TABLES = {
    "evaluation": _evaluation,
    "indicator": _indicator,
    "management": _management,
    "fund": _fund,
    "costing": _costing,
    "twins": _twins,
    "copied actuals": _copied_actuals,
    "scored row": _scored_row,
}
