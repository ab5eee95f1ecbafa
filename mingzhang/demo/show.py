"""The demonstration on the screen: every line has a figure that was just computed."""

import time
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from mingzhang.check import Report, check
from mingzhang.demo import county, filled, goals, plant, proof, steps
from mingzhang.demo.data import data
from mingzhang.demo.screen import Screen
from mingzhang.demo.steps import Entered, Published
from mingzhang.disclosure import Disclosure
from mingzhang.performance.assess import Assessment, percent
from mingzhang.performance.goal import wan
from mingzhang.performance.monitor import Progress, Rectification
from mingzhang.performance.recompute import recompute
from mingzhang.publish import FORMATS
from mingzhang.schemes.row import plain
from mingzhang.year import Closed

_SOME = 3
_LONGEST = 120


def run(console: Console, lang: str = "zh", out: Path | None = None) -> int:
    """The county's year from costing to findings, told in Chinese or (``en``) English; what is made goes into ``out`` (a
    folder of its own that is gone afterwards, where None). 0 where everything holds, else 1. Takes some seconds. Raises
    ``steps.Occupied`` where ``out`` holds other files, OSError where it cannot be written."""
    screen = Screen(console, lang)
    with TemporaryDirectory() as scratch:
        try:
            return _year(screen, steps.folder(out or Path(scratch)))
        except steps.REFUSALS as refused:
            screen.line(str(refused), False)
            return 1


def _year(screen: Screen, out: Path) -> int:
    begin, worked = time.perf_counter(), time.process_time()
    words = screen.words
    name = f"{filled.department().name} {filled.year()}"
    screen.console.print(
        Panel(Text(f"{words['title']}\n{name}\n{words['facts']}", justify="center"), style="cyan", expand=False)
    )
    with steps.office(out / steps.DATABASE):
        with screen.step("costing"):
            steps.imported(filled.first(), out / "budget.xlsx")
        _costing(screen)
        with screen.step("budget"):
            budget = steps.budget()
        _budget(screen, budget)
        with screen.step("books"):
            entered = steps.enter(out / "year.xlsx")
        _entries(screen, entered)
        with screen.step("monitoring"):
            lights, answers = steps.monitored()
        _monitoring(screen, lights, answers)
        with screen.step("closing"):
            steps.evaluate(out / "evidence")
            final, assessments = steps.final()
        _closing(screen, final)
        with screen.step("evaluation"):
            pass
        _evaluation(screen, assessments)
    disclosures = (final.department, *final.units, budget.department, *budget.units)
    with screen.step("publishing"):
        made = [steps.publish(d, _folder(out, d)) for d in disclosures]
    _publishing(screen, made)
    with screen.step("checking"):
        reports = [check(d) for p in _read(made) for d in p.found]
    _checking(screen, reports)
    _recomputed(screen, made[0])
    with screen.step("plant"):
        errors, report = plant.errors(final.department, out / "planted.pdf")
    _planted(screen, errors, report)
    screen.console.print()
    if screen.failed:
        screen.console.print(Text(words["bad"].format(n=screen.failed), "bold red"))
    else:
        screen.console.print(
            Text(
                words["all"].format(seconds=time.perf_counter() - begin, worked=time.process_time() - worked),
                "bold green",
            )
        )
    first = {p.path.suffix: p.path.relative_to(out) for p in made[0]}
    screen.console.print(words["folder"].format(folder=out, first=first[".html"], second=first[".pdf"]))
    screen.console.print(Text(words["next"], "dim"))
    return 1 if screen.failed else 0


def _folder(out: Path, disclosure: Disclosure) -> Path:
    return out / disclosure.kind / disclosure.publisher.name


def _wan(fen: int) -> str:
    return f"{Decimal(wan(fen)):,}"


def _costing(screen: Screen) -> None:
    projects, rows = filled.projects(), filled.rows()
    every = [c for p in projects for c in p.costing]
    shown = [
        screen.words["line"].format(
            name=c.name, count=f"{c.count:,f}", unit=c.unit, standard=f"{Decimal(c.standard) / 100:,f}".removesuffix(".00"),
            amount=wan(int(c.amount)),
        )
        for p in projects if p.code == data("goals")["refused"]["project"] for c in p.costing[:_SOME]
    ]  # fmt: skip
    join = "，" if screen.lang == "zh" else ", "
    screen.say("costed", lines=len(every), projects=len(projects), some=join.join(shown))
    initial = {p.code: sum(r.initial for r in rows if r.line.project == p.code) for p in projects}
    begun = [p for p in projects if initial[p.code]]
    costed, planned = sum(int(c.amount) for p in begun for c in p.costing), sum(initial.values())
    same = costed == planned
    screen.say("costed_same", same, count=len(begun), costed=_wan(costed), budget=_wan(planned), same=screen.yes(same))
    refused = goals.refusal(steps.accounts(), screen.lang)
    screen.say("goal_refused", bool(refused), reason=refused[0].reason if refused else "")


def _entries(screen: Screen, entered: Entered) -> None:
    proven = not entered.fault
    screen.say(
        "entered", proven, imported=entered.imported, singly=entered.singly, proven=entered.proven,
        same=screen.yes(proven) + entered.fault, hash=entered.hash[:12],
    )  # fmt: skip
    screen.say("refused", bool(entered.refused), words=entered.refused.get(screen.lang, ""))


def _budget(screen: Screen, closed: Closed) -> None:
    statements = closed.department.statements
    total = next(r for r in statements[0].rows if r.side == "income" and "总计" in r.label).cells[0].printed
    published = Decimal(data("county")["initial_budget"])
    figures = sum(1 for s in statements for _ in s.cells())
    holds = total.value == published and not closed.tails
    screen.say(
        "budgeted", holds, total=total.text, published=f"{published:,}", statements=len(statements), figures=figures
    )
    _lacking(screen, closed)


def _monitoring(screen: Screen, lights: Sequence[Progress], answers: Sequence[Rectification]) -> None:
    colours = Counter(p.colour for p in lights)
    money = sum(not p.goal for p in lights)
    projects = len({p.project for p in lights} - {filled.department().name})
    day = data("goals")["monitored"]["day"]
    screen.say(
        "monitored", len(answers) == colours["red"], month=day.month, day=day.day, projects=projects,
        goals=len(lights) - money, green=colours["green"], yellow=colours["yellow"], red=colours["red"],
    )  # fmt: skip
    told = {(p.project, p.goal): p.words if screen.lang == "zh" else p.words_en for p in lights}
    for a in answers:
        words = told[a.project, a.goal]
        line = screen.words["red"].format(project=a.project, words=words, owner=a.owner, due=a.due)
        screen.console.print(Padding(Text(line, "red"), (0, 0, 0, 4)))


def _closing(screen: Screen, closed: Closed) -> None:
    known = county.disclosure()
    found = proof.compare(closed, known)
    same = found.figures - len(found.wrong)
    screen.say("closed", not found.wrong, total=f"{proof.spent(closed.department):,}", figures=found.figures, same=same)
    misses = sum(f.kind == "arithmetic" for f in check(known).findings)
    distinct = {(m.label, m.published, m.printed): m for m in found.moved}
    screen.say("published_misses", misses=misses, moved=len(found.moved), distinct=len(distinct))
    headers = {(s.id, c): h for s in closed.department.statements for c, h in zip(s.columns, s.headers, strict=True)}
    rows = [
        [
            f"{m.key[0]} {m.label}  {headers[m.key[0], m.key[3]]}",
            f"{m.published:,}",
            f"{m.exact:,.4f}",
            f"{m.printed:,}",
        ]
        for m in distinct.values()
    ]
    screen.table(["", *screen.words["moved"]], rows)
    spoken, other = len(data("county")["spoken"]), proof.unspoken(closed.department)
    values = screen.words["unspoken"].format(values="、".join(map(str, other))) if other else ""
    screen.say("spoken", figures=spoken, same=spoken - len(other), other=values)
    _lacking(screen, closed)


def _lacking(screen: Screen, closed: Closed) -> None:
    if not closed.publishable:
        screen.say("lacking", False, n=len(closed.missing))


def _evaluation(screen: Screen, assessments: Sequence[Assessment]) -> None:
    count, row = screen.words["scores"]
    screen.line(count.format(count=len(assessments)), all(a.complete for a in assessments))
    for a in assessments:
        told = row.format(name=a.table.project, points=plain(a.points), grade=a.grade, rate=percent(a.money.rate))
        screen.console.print(Padding(Text(told), (0, 0, 0, 4)))


def _publishing(screen: Screen, made: Sequence[Sequence[Published]]) -> None:
    every = [p for each in made for p in each]
    holds = all(p.same for p in every)
    screen.say("written", holds, documents=len(made), formats=len(FORMATS))
    rows = []
    for n, format in enumerate(FORMATS):
        same = [each[n] for each in made]
        off = sum(sum(p.differ) for p in same)
        counts = [f"{sum(p.counts[k] for p in same):,}" for k in range(3)]
        rows.append([format, *counts, screen.words["differ"].format(n=off) if off else screen.words["yes"]])
    screen.table(screen.words["formats"], rows)


def _read(made: Sequence[Sequence[Published]]) -> list[Published]:
    """What is checked: every document of the department's final accounts, the first of the others."""
    first, *others = made
    return [p for p in first if p.path.suffix != ".json"] + [each[0] for each in others]


def _recomputed(screen: Screen, made: Sequence[Published]) -> None:
    """The scores of the self-evaluations, from what the first document was read back to."""
    found = recompute(made[0].found[0])
    fits, off = found.count("fits"), found.count("off")
    scheme = found.fits[0].scheme
    name = scheme.name if screen.lang == "zh" else scheme.name_en
    screen.say("recomputed", not off and fits > 0, rows=fits + off, off=off, scheme=name)


def _checking(screen: Screen, reports: Sequence[Report]) -> None:
    severity = Counter(f.severity for r in reports for f in r.findings)
    holds = not severity["error"] and not severity["warning"]
    screen.say(
        "checked", holds, documents=len(reports), rules=len(reports[0].outcomes), errors=severity["error"],
        passed=f"{sum(o.passed for r in reports for o in r.outcomes):,}", warnings=severity["warning"], hints=severity["hint"],
    )  # fmt: skip
    seen = {(f.rule, f.printed): plant.where(f, "") for r in reports for f in r.findings}
    for (_, printed), where in seen.items():
        screen.console.print(Padding(Text(f"{where.strip()}  {printed}", "dim"), (0, 0, 0, 4)))


def _short(text: str) -> str:
    """As many of the clauses as fit into ``_LONGEST`` characters, one at least."""
    kept, *rest = text.split("；")
    for clause in rest:
        if len(kept) + len(clause) > _LONGEST:
            return f"{kept} …"
        kept += f"；{clause}"
    return kept


def _planted(screen: Screen, errors: Sequence[plant.Planted], report: Report) -> None:
    words = screen.words
    found = plant.match(tuple(errors), tuple(report.findings))
    for number, error in enumerate(errors, 1):
        mark = Text.assemble((f" {number} ", "bold white on blue"), " ", (words["kinds"][error.kind], "bold"), "  ")
        mark.append(f"{error.before} → ")
        mark.append(error.after, "bold red")
        screen.console.print(Padding(mark, (0, 0, 0, 2)))
        finding = found.get(error.kind)
        if finding is None:
            screen.line("", False)
            continue
        grid = Table.grid(padding=(0, 2))
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
        grid.add_row(Text("✓", "bold green"), Text(plant.where(finding, words["page"]), "bold"))
        grid.add_row(Text(words["found"][0], "dim"), Text(finding.printed))
        grid.add_row(Text(words["found"][1], "dim"), Text(_short(finding.expected), "green"))
        screen.console.print(Padding(grid, (0, 0, 0, 4)))
    others = sum(f.severity != "hint" for f in report.findings) - len(set(map(id, found.values())))
    if others > 0:
        screen.console.print(Text(words["also"].format(n=others), "dim"))
