"""Assessments in words: the sentences of the disclosure and the departmental evaluation report."""

import tomllib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import Any

from mingzhang.performance.assess import Assessed, Assessment, percent
from mingzhang.performance.goal import wan
from mingzhang.schemes.row import plain


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads((resources.files("mingzhang.performance") / "data" / "tell.toml").read_text("utf-8"))


def _money(a: Assessment) -> dict[str, str]:
    return {
        "initial": wan(a.money.initial), "full": wan(a.money.full), "outturn": wan(a.money.outturn),
        "rate": percent(a.money.rate) or "无（预算为0）", "points": plain(a.points), "grade": a.grade,
        "project": a.table.project,
    }  # fmt: skip


def _deviation(row: Assessed) -> str:
    assert row.actual is not None
    assert row.score is not None
    return str(_words()["sentences"]["deviation"]).format(
        name=row.goal.name, target=row.goal.target, actual=row.actual.text, score=plain(row.score),
        deviation="不计" if row.deviation is None else f"{row.deviation:.2f}%",
        weight=plain(row.goal.weight or row.score), reason=row.actual.reason.rstrip("。"),
        measure=row.actual.measure.rstrip("。"),
    )  # fmt: skip


def sentences(assessments: Sequence[Assessment], year: int, department: str) -> tuple[str, ...]:
    """What the disclosure says of the self-evaluations: the money and the grades of the projects together, then each
    with every deviation, its reason and measure. All must be complete. Figures are those of the tables."""
    words = _words()["sentences"]
    out: list[str] = []
    projects = [a for a in assessments if a.table.kind == "goal_project"]
    if projects:
        full, spent = sum(a.money.full for a in projects), sum(a.money.outturn for a in projects)
        rate = percent(Fraction(spent, full)) if full else "无（预算为0）"
        out.append(words["opening"].format(
            department=department, year=year, projects=len(projects), full=wan(full), outturn=wan(spent), rate=rate
        ))  # fmt: skip
        grades = [g for g, _ in projects[0].scheme.grades]
        counts = [(g, sum(a.grade == g for a in projects)) for g in grades]
        told = "、".join(words["grade"].format(grade=g, count=n) for g, n in counts if n)
        out.append(words["grades"].format(grades=told))
    for a in assessments:
        out += told_of(a)
    return tuple(out)


def told_of(a: Assessment) -> tuple[str, ...]:
    """What ``sentences`` says of one self-evaluation."""
    words = _words()["sentences"]
    deviating = [r for r in a.rows if r.deviates]
    out = [
        words["whole" if a.table.kind == "goal_whole" else "project"].format(**_money(a)),
        words["every"].format(met=len(a.rows) - len(deviating), deviating=len(deviating)),
        *map(_deviation, deviating),
    ]
    if a.money.full and not a.money.outturn:
        out.append(words["unspent"].format(reason=a.money.reason.rstrip("。")))
    return tuple(out)


def by_level(a: Assessment) -> tuple[tuple[str, Decimal, Decimal], ...]:
    """(level 1, score, weight) in the order of the table, the money and management lines first."""
    found: dict[str, list[Decimal]] = {}
    parts = [("资金", a.money_score, a.table.money_weight)] if a.table.money_weight else []
    parts += [("资金管理情况", m.score, w) for _, w, m in a.managed if m]
    parts += [(r.goal.level1, r.score, r.goal.weight) for r in a.rows if r.score is not None and r.goal.weight]
    for level, score, weight in parts:
        both = found.setdefault(level, [Decimal(0), Decimal(0)])
        both[0] += score
        both[1] += weight
    return tuple((level, score, weight) for level, (score, weight) in found.items())


def report(
    judged: Assessment, year: int, recommendations: Sequence[str], own: Assessment | None = None
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The departmental evaluation report of a project: (heading, paragraphs), the title first.

    ``own`` is the unit's self-evaluation: the report names the indicators that
    score otherwise, or says that none does. Raises Incomplete (see assess).
    """
    judged.evaluation()
    words = _words()
    names: Mapping[str, str] = _money(judged) | _report_names(judged, year, recommendations, own)
    out = [(words["report"]["title"].format(**names), ())]
    for heading, paragraphs in words["report"]["sections"]:
        out.append((heading, tuple(text for p in paragraphs if (text := p.format(**names)))))
    return tuple(out)


def _report_names(
    a: Assessment, year: int, recommendations: Sequence[str], own: Assessment | None
) -> dict[str, str]:
    words, rows = _words()["report"], a.rows
    deviating = [r for r in rows if r.deviates]
    levels = [
        words["level"].format(level=level, score=plain(score), weight=plain(weight))
        for level, score, weight in by_level(a)
    ]
    actuals = [r.actual for r in rows if r.actual]
    return {
        "year": str(year), "unit": a.table.unit_name or a.table.department or "实施单位", "goal": a.table.goal or "未写",
        "scheme": a.scheme.name, "source": a.scheme.source.rstrip("。"), "total": plain(a.table.total),
        "count": str(len(rows)), "registered": str(sum(bool(x.register) for x in actuals)),
        "entered": str(sum(not x.register for x in actuals)),
        "evidence": str(len({e.sha256 for x in actuals for e in x.evidence})),
        "money_score": plain(a.money_score), "money_reason": _unspent(a), "met": str(len(rows) - len(deviating)),
        "deviating": str(len(deviating)), "levels": "；".join(levels) + "。",
        "deviations": "".join(map(_deviation, deviating)), "difference": _difference(a, own),
        "recommendations": "".join(f"{n}．{text.rstrip('。')}。" for n, text in enumerate(recommendations, 1)) or words["none"],
    }  # fmt: skip


def _unspent(a: Assessment) -> str:
    if not a.money.reason or a.money.rate == 1:
        return ""
    return str(_words()["report"]["money_reason"]).format(
        reason=a.money.reason.rstrip("。"), measure=a.money.measure.rstrip("。")
    )


def _difference(a: Assessment, own: Assessment | None) -> str:
    words = _words()["report"]
    if own is None:
        return str(words["alone"])
    scores = {r.goal.key: r.score for r in own.rows}
    names = [r.goal.name for r in a.rows if scores.get(r.goal.key) != r.score]
    if not names and a.points == own.points:
        return str(words["same"])
    return str(words["differs"]).format(
        own=plain(own.points), points=plain(a.points), gap=plain(abs(a.points - own.points)), names="、".join(names) or "无"
    )
