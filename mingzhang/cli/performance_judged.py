"""What the commands of evaluations do: ``(args, screen) -> None``; what is refused is raised."""

import argparse
import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

from mingzhang.cli.books_screen import Screen, Stop
from mingzhang.cli.performance_acts import accounts_of, kept, said, score_of
from mingzhang.cli.screen import written

if TYPE_CHECKING:
    from mingzhang.books.accounts import Accounts
    from mingzhang.performance.assess import Assessment
    from mingzhang.year import Promised

_REPORT = "dept_project"


def close(args: argparse.Namespace, screen: Screen) -> None:
    from mingzhang.performance import store
    from mingzhang.year.appraise import differences, evaluated
    from mingzhang.year.kept import one as promised

    accounts, lacking = accounts_of(args, screen), False
    for row in kept(args, accounts, screen, args.project):
        one = _by(promised(row), args.scheme)
        found, missing = evaluated(accounts, one)
        _scores(found, screen)
        if missing:
            lacking = True
            screen.say("lacking", "yellow", name=row.name, count=len(missing))
            for each in missing:
                screen.out.print(said(each, screen), soft_wrap=True)
            continue
        now = found.evaluation()
        was = (one.closed or {}).get(now.kind)
        if was is not None and not differences(was, now):
            screen.say("same", "dim")
        elif not args.list:
            store.close(row, found, args.author, why=args.why)
            screen.say("closed", "green", kind=now.kind)
    if lacking:
        raise Stop(1)


def _by(one: "Promised", scheme: str) -> "Promised":
    from mingzhang.schemes import named

    return replace(one, scheme=named(scheme)) if scheme else one


def _scores(found: "Assessment", screen: Screen) -> None:
    """The points, the grade, and the scores by first level."""
    from mingzhang.performance.assess import percent
    from mingzhang.performance.tell import by_level
    from mingzhang.schemes.row import plain

    rate = percent(found.money.rate) or "—"
    word, project = "scored" if found.complete else "so_far", found.table.project
    screen.say(word, "bold", name=project, points=plain(found.points), grade=found.grade, rate=rate)
    table = Table(*screen.words["columns_levels"], box=None, pad_edge=False, show_edge=False)
    for level, score, weight in by_level(found):
        table.add_row(f"  {escape(level)}", plain(score), plain(weight))
    screen.out.print(table)


def report(args: argparse.Namespace, screen: Screen) -> None:
    from django.db import transaction

    from mingzhang.performance import store
    from mingzhang.performance.tell import report as told
    from mingzhang.schemes.row import plain
    from mingzhang.year.appraise import evaluated
    from mingzhang.year.kept import one as promised

    accounts = accounts_of(args, screen)
    (row,) = kept(args, accounts, screen, args.project)
    one = promised(row)
    own, missing = evaluated(accounts, one)
    if missing or own.evaluation().kind not in (one.closed or {}):
        raise screen.stop("only_self", name=row.name)
    judged, missing = evaluated(accounts, _judged(_by(one, args.scheme), args.judge, screen))
    if missing:
        for each in missing:
            screen.out.print(said(each, screen), soft_wrap=True)
        raise Stop(1)
    parts = told(judged, accounts.year, args.recommend, own)
    with transaction.atomic():
        made = store.close(row, judged, args.author, _REPORT, args.why)
        there = {(r.project, r.text) for r in store.recommendations(accounts.department.code, accounts.year)}
        for text in args.recommend:
            if (row.name, text) not in there:
                store.recommend(made, text, args.author)
        _write(args.out, parts, judged, accounts)
    screen.say("reported", "green", points=plain(judged.points), grade=judged.grade, own=plain(own.points))
    screen.out.print(written(args.out, screen.lang), soft_wrap=True)


def _judged(one: "Promised", given: Sequence[str], screen: Screen) -> "Promised":
    """The scores that the evaluator sets: where the scheme leaves a choice, and of the funds' management."""
    actuals, management = dict(one.told.actuals), dict(one.told.management)
    for text in given:
        name, _, score = text.rpartition("=")
        chosen = score_of(score)
        key = next((g.key for g in one.table.goals if name in (g.key, g.name)), "")
        held = key if key in actuals else name
        if name in management and chosen is not None:
            management[name] = replace(management[name], score=chosen)
        elif held in actuals:
            actuals[held] = replace(actuals[held], chosen=chosen)
        else:
            raise screen.stop("no_indicator", name=one.table.project, goal=name)
    return replace(one, told=replace(one.told, actuals=actuals, management=management))


def _write(
    path: Path, parts: Sequence[tuple[str, Sequence[str]]], judged: "Assessment", accounts: "Accounts"
) -> None:
    """The report as a document with the scored table behind it, or as Markdown."""
    from mingzhang.disclosure import Disclosure, Heading, Publisher, Sentence
    from mingzhang.publish.formats import write

    (title, _), *sections = parts
    if path.suffix.lower() == ".md":
        body = [f"# {title}", *(line for heading, texts in sections for line in (f"## {heading}", *texts))]
        path.write_text("\n\n".join(body) + "\n", "utf-8")
        return
    one = accounts.department
    write(
        Disclosure(
            Publisher(one.name, one.region_code, one.level, one.code, "department"), accounts.year, "final", title,
            headings=tuple(Heading(heading, 1) for heading, _ in sections),
            sentences=tuple(Sentence(text, (heading,)) for heading, texts in sections for text in texts),
            evaluations=(judged.evaluation(_REPORT),),
        ),
        path,
    )  # fmt: skip


def answer(args: argparse.Namespace, screen: Screen) -> None:
    from mingzhang.performance import store

    accounts = accounts_of(args, screen)
    rows = store.recommendation_rows(accounts.department.code, accounts.year)
    if args.number is None:
        for row in rows:
            last = row.answers.order_by("id").last()
            state = screen.words["undecided"]
            if last is not None:
                state = screen.words["adopted"] if last.adopted else screen.words["not_adopted"].format(words=last.words)
            project = row.evaluation.goals.name
            screen.say("recommendation", number=row.pk, project=project, text=row.text, state=state)
        return
    found = [row for row in rows if row.pk == args.number]
    if not found:
        raise screen.stop("no_recommendation", number=args.number)
    if not (args.adopt or args.refuse):
        raise ValueError("要写 --adopt 或 --refuse (say --adopt or --refuse)")
    store.answer(found[0], args.adopt, args.words, args.author)
    screen.say("answered", "green", number=args.number)


def propose(args: argparse.Namespace, screen: Screen) -> None:
    from mingzhang.performance import apply, store
    from mingzhang.performance.goal import wan
    from mingzhang.schemes.row import plain
    from mingzhang.year.appraise import evaluated
    from mingzhang.year.kept import one as promised

    accounts = accounts_of(args, screen)
    code, year = accounts.department.code, accounts.year
    projects = [promised(row) for row in kept(args, accounts, screen) if row.kind == "goal_project"]
    names = {p.code: p.table.project for p in projects}
    asked = {names.get(k, k): fen for k, fen in (_given(args.asked) or _next(code, year + 1)).items()}
    if not asked:
        raise screen.stop("no_asked", year=year + 1)
    judged, lacking = [], False
    for one in projects:
        found, missing = evaluated(accounts, one)
        if missing and one.table.project in asked:
            lacking = True
            screen.say("only_self", "yellow", name=one.table.project)
        judged += [] if missing else [found]
    rules = apply.policy()
    screen.say("policy", "dim", name=rules["name" if screen.lang == "zh" else "name_en"], source=rules["source"])
    head = screen.words["columns_proposal"]
    rows = [
        [p.project, wan(p.asked), wan(p.proposed), plain(p.keep), "；".join(p.reasons)]
        for p in apply.propose(judged, asked, store.recommendations(code, year), lang=screen.lang)
    ]
    table = Table(box=None, pad_edge=False)
    for n, name in enumerate(head):
        table.add_column(name, justify="right" if n in (1, 2, 3) else "left")
    for row in rows:
        table.add_row(*map(escape, row))
    screen.out.print(table)
    if args.out:
        from mingzhang.books.intake.folder import guarded

        with args.out.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([head, *([guarded(cell) for cell in row] for row in rows)])
        screen.out.print(written(args.out, screen.lang), soft_wrap=True)
    if lacking:
        raise Stop(1)


def _given(asked: Sequence[str]) -> dict[str, int]:
    """``CODE=YUAN`` as fen by code. Raises ValueError."""
    found = {}
    for text in asked:
        code, _, amount = text.rpartition("=")
        try:
            found[code] = int(Decimal(amount.replace(",", "")) * 100)
        except (InvalidOperation, ValueError):
            raise ValueError(f"“{text}”请写成 项目编码=元 (write CODE=YUAN)") from None
    return found


def _next(department: str, year: int) -> Mapping[str, int]:
    """What the books of a year budget for each project; nothing where there are none."""
    from mingzhang.books import tell
    from mingzhang.books.models import Book
    from mingzhang.year.money import held

    if not Book.objects.filter(department=department, year=year).exists():
        return {}
    accounts = tell.accounts(department, year)
    return {p.code: amount for p in accounts.projects if (amount := held(accounts, p.code).initial)}
