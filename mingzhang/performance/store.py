"""Goals, actuals, monitoring and evaluations kept in the database and given back as values.

Everything is appended: a changed goal table is a new version with its reason,
a corrected actual or evaluation a new row; of each the latest stands and the
earlier ones stay. Needs Django set up with ``apps.Performance``.
"""

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib import resources

from django.db import transaction

from mingzhang.disclosure import Disclosure, Evaluation, from_json, to_json
from mingzhang.performance import models as rows
from mingzhang.performance.apply import Recommendation
from mingzhang.performance.assess import Actual, Assessment, Evidence, Managed, Told
from mingzhang.performance.goal import Costing, Goal, GoalTable
from mingzhang.performance.monitor import Progress, Rectification
from mingzhang.performance.refusal import Refusal, refused
from mingzhang.schemes import schemes
from mingzhang.schemes.row import FUNDS, MANAGEMENT

MONEY, DONE = FUNDS, "年度总体目标"
"""Under these keys the money and the goal of the year are told of."""

LARGEST = 20 * 1024 * 1024
"""Bytes of one file of evidence."""


class Refused(ValueError):
    """Something cannot be kept; the message says why (``en``: in English), in the words of ``kept.toml``.

    ``refusals`` are those of the goal table, if it is about one.
    """

    def __init__(self, kind: str, refusals: tuple[Refusal, ...] = (), **told: object) -> None:
        zh, en = _words()[kind]
        super().__init__(zh.format(**told))
        self.refusals, self.en = refusals, en.format(**told)


@cache
def _words() -> Mapping[str, tuple[str, str]]:
    path = resources.files("mingzhang.performance") / "data" / "kept.toml"
    return {kind: (zh, en) for kind, (zh, en) in tomllib.loads(path.read_text("utf-8"))["refused"].items()}


@transaction.atomic
def keep_goals(
    table: GoalTable,
    department: str,
    year: int,
    project: str,
    author: str,
    why: str = "",
    nothing: Sequence[str] = (),
) -> rows.Goals:
    """A new version of a project's goal table (``department`` and ``project`` are codes; the department's own for
    goal_whole). Raises Refused with every reason (see ``refusal.refused``), and where a change says no ``why``."""
    found = refused(table, nothing)
    if found:
        raise Refused("goals", found, name=table.project, count=len(found), reasons="；".join(r.reason for r in found))
    before = versions(department, year, project, table.kind)
    if before and not why.strip():
        raise Refused("goals_why", name=table.project, version=before[-1].version)
    kept = rows.Goals.objects.create(
        department=department, year=year, project=project, kind=table.kind, version=len(before) + 1, author=author,
        name=table.project, budget=table.budget, total=table.total, money_weight=table.money_weight, goal=table.goal,
        department_name=table.department, unit_name=table.unit_name, why=why,
        rest={
            "tasks": table.tasks, "sources": table.sources,
            "management": [(name, str(weight)) for name, weight in table.management],
        },
    )  # fmt: skip
    for n, g in enumerate(table.goals):
        rows.GoalRow.objects.create(
            goals=kept, ordinal=n, level1=g.level1, level2=g.level2, name=g.name, target=g.target, weight=g.weight,
            explanation=g.explanation, guaranteed=g.guaranteed, author=author,
        )  # fmt: skip
    for n, c in enumerate(table.costings):
        rows.CostingRow.objects.create(
            goals=kept, ordinal=n, name=c.name, count=c.count, standard=c.standard, unit=c.unit, author=author
        )
    return kept


def versions(department: str, year: int, project: str, kind: str = "goal_project") -> list[rows.Goals]:
    """Every version of a goal table, the first first."""
    found = rows.Goals.objects.filter(department=department, year=year, project=project, kind=kind)
    return list(found.order_by("version"))


def table(kept: rows.Goals) -> GoalTable:
    """The version as a value."""
    return GoalTable(
        kept.kind, kept.name, kept.budget,
        tuple(
            Goal(r.level1, r.level2, r.name, r.target, r.weight, r.explanation, r.guaranteed)
            for r in kept.rows.order_by("ordinal")
        ),
        kept.department_name, kept.unit_name, kept.goal, tuple(tuple(t) for t in kept.rest["tasks"]),
        tuple(tuple(s) for s in kept.rest["sources"]),
        tuple(Costing(c.name, c.count, c.standard, c.unit) for c in kept.costings.order_by("ordinal")),
        kept.total, kept.money_weight, tuple((name, Decimal(weight)) for name, weight in kept.rest["management"]),
    )  # fmt: skip


def latest(department: str, year: int) -> list[rows.Goals]:
    """The latest version of every goal table of a department's year, the whole department's first."""
    found = rows.Goals.objects.filter(department=department, year=year).order_by("version")
    last = {(g.kind, g.project): g for g in found}
    return [last[key] for key in sorted(last, key=lambda k: (k[0] != "goal_whole", k[1]))]


def goal_tables(department: str, year: int) -> tuple[GoalTable, ...]:
    """``latest`` as values."""
    return tuple(map(table, latest(department, year)))


def attach(name: str, content: bytes, author: str) -> rows.EvidenceFile:
    """The file with that content, kept once. Raises Refused for an empty file and one that is too large."""
    if not content:
        raise Refused("empty", name=name)
    if len(content) > LARGEST:
        raise Refused("large", name=name, size=len(content) >> 20, most=LARGEST >> 20)
    digest = hashlib.sha256(content).hexdigest()
    found = rows.EvidenceFile.objects.filter(sha256=digest).first()
    return found or rows.EvidenceFile.objects.create(name=name, sha256=digest, content=content, author=author)


def intact(file: rows.EvidenceFile) -> bool:
    """Whether the content still has its digest."""
    return hashlib.sha256(bytes(file.content)).hexdigest() == file.sha256


def _keys(kept: rows.Goals) -> set[str]:
    """What something can be told of: each goal by its name and by ``level 1/level 2/name``, the money, the goal of the
    year, each line of the funds' management."""
    goals = {k for r in kept.rows.all() for k in (r.name, "/".join((r.level1, r.level2, r.name)))}
    return goals | {MONEY, DONE} | {f"{MANAGEMENT}/{name}" for name, _ in kept.rest["management"]}


@transaction.atomic
def record(kept: rows.Goals, key: str, actual: Actual, author: str, day: date | None = None) -> rows.ActualRow:
    """What was reached of a goal (by its name or ``level 1/level 2/name``) by a day. Its evidence must have been attached:
    raises Refused for a digest that is not there, and for a goal that the version does not have.

    Under ``MONEY`` stand reason and measure of unspent money; under ``DONE``, as its reason, what became of the goal;
    under ``资金管理情况/LINE`` the statement (reason), problems (measure) and the score chosen.
    """
    if key not in _keys(kept):
        raise Refused("goal", name=kept.name, version=kept.version, key=key)
    files = {f.sha256: f for f in rows.EvidenceFile.objects.filter(sha256__in=[e.sha256 for e in actual.evidence])}
    if missing := [e.name for e in actual.evidence if e.sha256 not in files]:
        raise Refused("evidence", key=key, files="、".join(missing))
    row = rows.ActualRow.objects.create(
        goals=kept, key=key, text=actual.text, register=actual.register, reason=actual.reason, measure=actual.measure,
        chosen=actual.chosen, author=author, day=day,
    )  # fmt: skip
    for e in actual.evidence:
        rows.EvidenceOf.objects.create(actual=row, file=files[e.sha256], name=e.name, author=author)
    return row


def told(kept: rows.Goals, day: date | None = None) -> Told:
    """All that was told of a table, to any of its versions, by ``day`` (None: at all): of each goal what was reached by the
    latest day, of one day what was entered last."""
    keys = _keys(kept)
    every = rows.ActualRow.objects.filter(
        goals__department=kept.department, goals__year=kept.year, goals__project=kept.project, goals__kind=kept.kind
    )
    by_day = [r for r in every.order_by("id") if r.key in keys and (day is None or r.day is None or r.day <= day)]
    latest = {r.key: r for r in sorted(by_day, key=lambda r: r.day or date.min)}
    money, done = latest.pop(MONEY, None), latest.pop(DONE, None)
    managed = {k.partition("/")[2]: latest.pop(k) for k in list(latest) if k.startswith(f"{MANAGEMENT}/")}
    found = {
        r.key: Actual(
            r.text, r.register, tuple(Evidence(e.name, e.file.sha256) for e in r.evidence.order_by("id")), r.reason,
            r.measure, r.chosen,
        )
        for r in latest.values()
    }  # fmt: skip
    return Told(
        found, money.reason if money else "", money.measure if money else "",
        {name: Managed(r.reason, r.chosen or Decimal(0), r.measure) for name, r in managed.items()},
        done.reason if done else "",
    )  # fmt: skip


def actuals(kept: rows.Goals) -> Mapping[str, Actual]:
    """The latest actual of each goal (see ``told``)."""
    return told(kept).actuals


@transaction.atomic
def watch(kept: rows.Goals, progress: Sequence[Progress], day: date, author: str) -> list[rows.Light]:
    """The lights of a day; a second time on one day they are entered anew."""

    def shown(value: Fraction | None) -> str:
        return "" if value is None else str(value)

    return [
        rows.Light.objects.create(
            goals=kept, day=day, key=p.goal, done=shown(p.done), expected=str(p.expected), colour=p.colour, rule=p.rule,
            low=shown(p.forecast.low if p.forecast else None), high=shown(p.forecast.high if p.forecast else None),
            words=p.words, author=author,
        )
        for p in progress
    ]  # fmt: skip


def monitored(department: str, year: int) -> Fraction | None:
    """The share of the projects with goals that have had lights in the year; None without projects."""
    projects = {g.project for g in latest(department, year) if g.kind == "goal_project"}
    seen = rows.Light.objects.filter(goals__department=department, goals__year=year, goals__project__in=projects)
    lit = set(seen.values_list("goals__project", flat=True))
    return Fraction(len(lit), len(projects)) if projects else None


def demand(light: rows.Light, entry: Rectification, author: str) -> rows.RectificationRow:
    """The rectification of a red light. Raises Refused for one that is not red or not of this light."""
    if light.colour != "red" or (light.rule, light.key) != (entry.rule, entry.goal):
        raise Refused("light", name=light.goals.name, key=light.key or MONEY)
    return rows.RectificationRow.objects.create(
        light=light, owner=entry.owner, due=entry.due, reason=entry.reason, author=author
    )


def rectified(entry: rows.RectificationRow, day: date, words: str, author: str) -> rows.Rectified:
    """A rectification was carried out. Raises Refused where nothing says how."""
    if not words.strip():
        raise Refused("rectified")
    return rows.Rectified.objects.create(rectification=entry, day=day, words=words, author=author)


def rectifications(department: str, year: int) -> list[rows.RectificationRow]:
    """The rectifications of a department's year that are not done, the first due first."""
    found = rows.RectificationRow.objects.filter(
        light__goals__department=department, light__goals__year=year, done__isnull=True
    )
    return list(found.order_by("due", "id"))


def red(kept: rows.Goals, key: str) -> rows.Light | None:
    """The latest light of a goal (of the money: empty) of any version of a table, where it is red."""
    found = rows.Light.objects.filter(
        goals__department=kept.department, goals__year=kept.year, goals__project=kept.project, key=key
    )
    last = found.order_by("day", "id").last()
    return last if last is not None and last.colour == "red" else None


def overdue(department: str, year: int, day: date) -> list[rows.RectificationRow]:
    """The rectifications that were due before the day and are not done, the oldest first."""
    found = rows.RectificationRow.objects.filter(
        light__goals__department=department, light__goals__year=year, due__lt=day, done__isnull=True
    )
    return list(found.order_by("due", "id"))


def close(kept: rows.Goals, assessment: Assessment, author: str, kind: str = "", why: str = "") -> rows.EvaluationRow:
    """An evaluation as it is published. Raises assess.Incomplete while anything is lacking, and Refused where it is
    not of this version's table, its scheme is unknown, or a correction says no ``why``."""
    evaluation = assessment.evaluation(kind)
    if assessment.table != table(kept):
        raise Refused("version", name=kept.name, version=kept.version)
    if assessment.scheme not in schemes():
        raise Refused("scheme", scheme=assessment.scheme.id)
    if kept.evaluations.filter(kind=evaluation.kind).exists() and not why.strip():
        raise Refused("closed_why", name=kept.name, table=evaluation.kind)
    money = assessment.money
    return rows.EvaluationRow.objects.create(
        goals=kept, kind=evaluation.kind, scheme=assessment.scheme.id, initial=money.initial, full=money.full,
        outturn=money.outturn, points=assessment.points, grade=assessment.grade, author=author, why=why,
        table=to_json(Disclosure(evaluations=(evaluation,))),
    )  # fmt: skip


def evaluations(department: str, year: int) -> tuple[Evaluation, ...]:
    """The evaluations of a department's year as published: of each project and kind the latest."""
    found = rows.EvaluationRow.objects.filter(goals__department=department, goals__year=year).order_by("id")
    latest: Mapping[tuple[str, str], rows.EvaluationRow] = {(r.goals.project, r.kind): r for r in found}
    return tuple(from_json(r.table).evaluations[0] for r in latest.values())


def closed(department: str, year: int, project: str) -> dict[str, rows.EvaluationRow]:
    """The evaluations of a project that stand (of the department as a whole by its own code), by kind."""
    found = rows.EvaluationRow.objects.filter(
        goals__department=department, goals__year=year, goals__project=project
    )
    return {r.kind: r for r in found.order_by("id")}


def recommend(evaluation: rows.EvaluationRow, text: str, author: str) -> rows.RecommendationRow:
    """A recommendation of an evaluation."""
    return rows.RecommendationRow.objects.create(evaluation=evaluation, text=text, author=author)


def answer(recommendation: rows.RecommendationRow, adopted: bool, words: str, author: str) -> rows.Answer:
    """Whether a recommendation is adopted. Raises Refused for a refusal without a reason."""
    if not adopted and not words.strip():
        raise Refused("answer")
    return rows.Answer.objects.create(recommendation=recommendation, adopted=adopted, words=words, author=author)


def recommendation_rows(department: str, year: int) -> list[rows.RecommendationRow]:
    """Every recommendation of a department's year, in the order of their numbers."""
    found = rows.RecommendationRow.objects.filter(
        evaluation__goals__department=department, evaluation__goals__year=year
    )
    return list(found.order_by("id"))


def recommendations(department: str, year: int) -> tuple[Recommendation, ...]:
    """Every recommendation of a department's year with its latest answer."""
    out = []
    for r in recommendation_rows(department, year):
        last = r.answers.order_by("id").last()
        out.append(
            Recommendation(
                r.evaluation.goals.name, r.text, None if last is None else last.adopted, last.words if last else ""
            )
        )
    return tuple(out)
