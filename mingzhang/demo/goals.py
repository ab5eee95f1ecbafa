"""The county's goals (goals.toml) as a clerk keeps them: promised, monitored, told with evidence, evaluated, by the
functions of the ``performance`` commands. All that keeps something needs the ``office``."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from mingzhang.books.accounts import Accounts
from mingzhang.demo.data import data
from mingzhang.performance.assess import Actual, Assessment, Evidence
from mingzhang.performance.goal import Costing, Goal, GoalTable, shares
from mingzhang.performance.monitor import Progress, Rectification, rectify
from mingzhang.performance.refusal import Refusal, refused
from mingzhang.performance.templates import template
from mingzhang.schemes import named
from mingzhang.year import Appraised, appraise
from mingzhang.year.appraise import evaluated, nothing
from mingzhang.year.money import held
from mingzhang.year.watch import watch

_ALL, _MONEY = Decimal(100), Decimal(10)


def table(accounts: Accounts, code: str) -> GoalTable:
    """The goal table of a project, or of the department; weights add to 100 with 10 for the money."""
    told, whole = _told(accounts, code), code == accounts.department.code
    department, money = accounts.department.name, held(accounts, "" if whole else code)
    budget = money.initial or money.full
    more = [_goal(g) for g in told.get("goals", ())]
    project = None if whole else next(p for p in accounts.projects if p.code == code)
    name = project.name if project else department
    if "template" in told:
        made = template(told["template"]).table(name, budget, told["given"], department, _ALL, _MONEY, add=more)
        made = replace(made, goals=_together(made.goals))
    else:
        weights = shares(_ALL - _MONEY, [g.weight or Decimal(1) for g in more])
        goals = tuple(replace(g, weight=w) for g, w in zip(more, weights, strict=True))
        made = GoalTable("goal_project", name, budget, goals, department, goal=told["goal"])
    if project is None:
        return made
    unit = next(u.name for u in accounts.units if u.code == project.unit)
    costing = tuple(Costing(c.name, c.count * c.times, c.standard, c.unit) for c in project.costing)
    return replace(made, unit_name=unit, costings=costing)


def _told(accounts: Accounts, code: str) -> Mapping[str, Any]:
    """What the data tell of a project, or of the department."""
    return next(t for t in data("goals")["table"] if t.get("project", accounts.department.code) == code)


def _together(goals: Iterable[Goal]) -> tuple[Goal, ...]:
    """The goals with those of one level beside each other, levels in the order in which they first come."""
    every = tuple(goals)
    ones = list(dict.fromkeys(g.level1 for g in every))
    twos = list(dict.fromkeys((g.level1, g.level2) for g in every))
    return tuple(sorted(every, key=lambda g: (ones.index(g.level1), twos.index((g.level1, g.level2)))))


def _goal(told: list[str]) -> Goal:
    level1, level2, name, target, part, explanation = told
    return Goal(level1, level2, name, target, Decimal(part), explanation)


def refusal(accounts: Accounts, lang: str = "zh") -> tuple[Refusal, ...]:
    """Why the goal of [refused] cannot be promised, beside the goals of its project."""
    told = data("goals")["refused"]
    own, wrong = table(accounts, told["project"]), _goal(told["goal"])
    found = refused(replace(own, goals=(*own.goals, wrong)), lang=lang)
    return tuple(r for r in found if r.goal == wrong.name)


def promise(accounts: Accounts, author: str) -> None:
    """Keeps the goals of the department and of every project that has none yet. Raises ``store.Refused``."""
    from mingzhang.performance import store

    there = {kept.project for kept in store.latest(accounts.department.code, accounts.year)}
    for code in (accounts.department.code, *(p.code for p in accounts.projects)):
        if code not in there:
            made = table(accounts, code)
            store.keep_goals(made, accounts.department.code, accounts.year, code, author, nothing=nothing(accounts))


def monitored(department: str, year: int, author: str) -> tuple[tuple[Progress, ...], tuple[Rectification, ...]]:
    """Keeps how money and goals stand on the day of [monitored], the projects' first, and what each red light demands."""
    from mingzhang.books import tell
    from mingzhang.performance import store
    from mingzhang.year.kept import one as promised

    day: date = data("goals")["monitored"]["day"]
    accounts = tell.accounts(department, year, day)
    paid, before = tell.payments(department, year), tell.payments(department, year - 1)
    found: list[Progress] = []
    red: list[Rectification] = []
    whole, *projects = store.latest(department, year)
    for kept in (*projects, whole):  # the department's goals ask whether the projects were monitored
        told = _told(accounts, kept.project)
        for name, text in told["midyear"].items():
            store.record(kept, name, Actual(text), author, day)
        own = watch(accounts, promised(kept, day), paid, before, day).progress
        for light in store.watch(kept, own, day, author):
            if light.colour == "red":
                progress = next(p for p in own if p.goal == light.key)
                red.append(rectify(progress, told["owner"], day))
                store.demand(light, red[-1], author)
        found += own
    return tuple(found), tuple(red)


def evidence(folder: Path) -> dict[str, Path]:
    """Writes the evidence that the data name, a file each, and gives it by name."""
    folder.mkdir(parents=True, exist_ok=True)
    lines: dict[str, list[str]] = {}
    for told in data("goals")["table"]:
        for name, (actual, proof, *_) in told["actual"].items():
            lines.setdefault(proof, []).append(f"{name}\t{actual}")
    found = {}
    for name, told in lines.items():
        found[name] = folder / f"{name}.txt"
        found[name].write_text("\n".join([f"{name}（示例）", *dict.fromkeys(told)]) + "\n", "utf-8")
    return found


def evaluate(accounts: Accounts, proofs: Mapping[str, Path], author: str) -> None:
    """Keeps what was reached with its evidence, and the self-evaluations by the scheme of the data. Raises
    ``assess.Incomplete``."""
    from mingzhang.performance import store
    from mingzhang.year.kept import one as promised

    scheme, day = named(data("goals")["scheme"]), date(accounts.year, 12, 31)
    files = {name: store.attach(path.name, path.read_bytes(), author) for name, path in proofs.items()}
    for kept in store.latest(accounts.department.code, accounts.year):
        told = _told(accounts, kept.project)
        for name, (text, proof, *why) in told["actual"].items():
            shown = Evidence(files[proof].name, files[proof].sha256)
            store.record(kept, name, Actual(text, "", (shown,), *why), author, day)
        if "unspent" in told:
            reason, measure = told["unspent"]
            store.record(kept, store.MONEY, Actual("", reason=reason, measure=measure), author, day)
        store.record(kept, store.DONE, Actual("", reason=told["done"]), author, day)
        found, _ = evaluated(accounts, replace(promised(kept), scheme=scheme))
        store.close(kept, found, author)


def appraised(accounts: Accounts, kind: str) -> Appraised:
    """What is kept of performance, as the disclosures of ``kind`` take it."""
    from mingzhang.year.kept import promised

    return appraise(accounts, kind, promised(accounts.department.code, accounts.year))


def assessments(found: Appraised) -> Iterator[Assessment]:
    """The self-evaluations, the projects' first."""
    whole = found.accounts.department.code
    return (found.assessments[code] for code in sorted(found.assessments, key=lambda c: (c == whole, c)))
