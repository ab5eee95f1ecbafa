"""What the commands of goals, actuals and monitoring do: ``(args, screen) -> None``; what is refused is raised."""

import argparse
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.markup import escape
from rich.table import Table

from mingzhang.cli.books_screen import Screen, Stop
from mingzhang.cli.screen import written

if TYPE_CHECKING:
    from mingzhang.books.accounts import Accounts
    from mingzhang.performance.models import Goals
    from mingzhang.performance.monitor import Progress
    from mingzhang.year.tell import Missing


def accounts_of(args: argparse.Namespace, screen: Screen) -> "Accounts":
    """The books of the year; stops the command where there are none."""
    from mingzhang.books import tell
    from mingzhang.cli.books_acts import book_of

    book = book_of(args, screen)
    return tell.accounts(book.department_id, book.year)


def kept(args: argparse.Namespace, accounts: "Accounts", screen: Screen, project: str = "") -> list["Goals"]:
    """The goal tables that are kept, or that of one project; stops the command where there is none."""
    from mingzhang.performance import store

    found = store.latest(accounts.department.code, accounts.year)
    if not found:
        raise screen.stop("no_tables", year=accounts.year)
    own = [g for g in found if project in ("", g.project)]
    if not own:
        raise screen.stop("no_table", year=accounts.year, project=project, known="、".join(g.project for g in found))
    return own


def day_of(text: str | None) -> date:
    """The day; today where none is given. Raises ValueError."""
    if not text:
        return datetime.now().astimezone().date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"“{text}”不是日期，请写成 2025-08-31 (write the date as 2025-08-31)") from None


def score_of(text: str) -> Decimal | None:
    """A score as entered; None for nothing. Raises ValueError."""
    try:
        found = Decimal(text) if text else None
    except InvalidOperation:
        found = Decimal("NaN")
    if found is not None and not found.is_finite():
        raise ValueError(f"得分“{text}”不是数 (no number: {text})")
    return found


def said(missing: "Missing", screen: Screen) -> str:
    return escape("  " + (missing.zh if screen.lang == "zh" else missing.en))


def actuals(args: argparse.Namespace, screen: Screen) -> None:
    from mingzhang.cli.goal_files import write
    from mingzhang.performance import store
    from mingzhang.performance.assess import Actual
    from mingzhang.schemes.row import MANAGEMENT
    from mingzhang.year.appraise import registered
    from mingzhang.year.kept import one as promised
    from mingzhang.year.money import held

    accounts = accounts_of(args, screen)
    rows = [list(screen.words["sheet"])]
    for one in kept(args, accounts, screen):
        table, told = store.table(one), store.told(one)
        money = held(accounts, "" if one.kind == "goal_whole" else one.project)
        known = registered(accounts, promised(one), money)
        twice = {g.name for g in table.goals if sum(x.name == g.name for x in table.goals) > 1}
        for g in table.goals:
            key = g.key if g.name in twice else g.name
            was = told.actuals.get(g.key, told.actuals.get(g.name, Actual("")))
            text = known[g.key].text if g.key in known else was.text
            files = known[g.key].register if g.key in known else "；".join(e.name for e in was.evidence)
            score = "" if was.chosen is None else str(was.chosen)
            rows.append([one.project, table.project, key, g.target, text, files, was.reason, was.measure, score, ""])
        rows += [
            [one.project, table.project, f"{MANAGEMENT}/{name}", "", "", "", m.statement if m else "", m.problem if m else "",
             str(m.score) if m else "", ""]
            for name, _ in table.management for m in (told.management.get(name),)
        ]  # fmt: skip
        if money.outturn < money.full:
            rows.append([one.project, table.project, store.MONEY, "", "", "", told.reason, told.measure, "", ""])
        if table.goal:
            rows.append([one.project, table.project, store.DONE, table.goal, "", "", told.done, "", "", ""])
    write(args.out, {screen.words["sheet"][4]: rows}, [screen.words["sheet"][0]])
    screen.out.print(written(args.out, screen.lang), soft_wrap=True)


def record(args: argparse.Namespace, screen: Screen) -> None:
    from mingzhang.performance import store

    accounts = accounts_of(args, screen)
    if args.file:
        _import(args, accounts, screen)
        return
    (one,) = kept(args, accounts, screen, args.project or accounts.department.code)
    key, text, reason, measure = args.goal, args.actual, args.reason, args.measure
    if args.money:
        key = store.MONEY
    elif args.done:
        key, reason = store.DONE, args.done
    elif args.line:
        key, reason, measure = f"资金管理情况/{args.line}", args.statement, args.problem
    if not key or not (text or reason or args.score):
        raise screen.stop("nothing_told")
    _keep(one, (key, text, reason, measure, args.score), args.evidence, day_of(args.date), args.author)
    screen.say("recorded", "green", name=one.name, goal=key, text=text or reason)
    if args.goal and text and not args.evidence:
        screen.say("no_evidence", "yellow")


def _keep(one: "Goals", told: Sequence[str], files: Sequence[Path], day: date, author: str) -> None:
    from mingzhang.performance import store
    from mingzhang.performance.assess import Actual, Evidence

    key, text, reason, measure, score = told
    evidence = []
    for file in files:
        row = store.attach(file.name, file.read_bytes(), author)
        evidence.append(Evidence(file.name, row.sha256))
    store.record(one, key, Actual(text, "", tuple(evidence), reason, measure, score_of(score)), author, day)


def _import(args: argparse.Namespace, accounts: "Accounts", screen: Screen) -> None:
    """All rows of a sheet that ``actuals`` made and that say something, or none."""
    from django.db import transaction

    from mingzhang.cli.goal_files import read
    from mingzhang.cli.performance import words
    from mingzhang.year.money import words as registers

    tables = {one.project: one for one in kept(args, accounts, screen)}
    count, faults = 0, []
    with transaction.atomic():
        for (_, head), *rows in read(args.file).values():
            columns = next((s for s in (words()[lang]["sheet"] for lang in ("zh", "en")) if s[2] in head), screen.words["sheet"])
            if absent := [c for c in columns if c not in head]:
                raise ValueError(screen.words["wrong_sheet"].format(column=absent[0]))
            for number, row in rows:
                code, _, key, _, text, files, reason, measure, score, day = (row[head.index(c)] for c in columns)
                if files in registers()["registers"]:
                    text = files = ""
                if not (text or reason or measure or score):
                    continue
                if code not in tables:
                    faults.append(screen.words["unknown_slot"].format(file=args.file.name, row=number, project=code))
                    continue
                paths = [args.file.parent / name.strip() for name in files.replace(";", "；").split("；") if name.strip()]
                try:
                    _keep(tables[code], (key, text, reason, measure, score), paths, day_of(day or args.date), args.author)
                    count += 1
                except (ValueError, OSError) as error:
                    why = f"{error.filename}：{error.strerror}" if isinstance(error, OSError) else _why(error, screen.lang)
                    faults.append(screen.words["row"].format(file=args.file.name, row=number, why=why))
        if faults:
            for fault in faults:
                screen.out.print(escape(fault), soft_wrap=True)
            transaction.set_rollback(True)
    if faults:
        raise screen.stop("none_kept")
    screen.say("imported", "green", count=count)


def _why(error: Exception, lang: str) -> str:
    return str(getattr(error, "en", error) if lang == "en" else error)


# Monitoring


def monitor(args: argparse.Namespace, screen: Screen) -> None:
    from mingzhang.books import tell
    from mingzhang.performance import page, store
    from mingzhang.performance.monitor import Rectification, unanswered
    from mingzhang.year.kept import one as promised
    from mingzhang.year.watch import watch

    accounts, day = accounts_of(args, screen), day_of(args.to)
    if day.year != accounts.year:
        raise ValueError(f"{day} 不在 {accounts.year} 年 (not in {accounts.year})")
    code = accounts.department.code
    accounts = tell.accounts(code, accounts.year, day)
    paid, before = tell.payments(code, accounts.year), tell.payments(code, accounts.year - 1)
    tables = kept(args, accounts, screen)
    lights: list[Progress] = []
    texts: dict[tuple[str, str], tuple[str, str]] = {}
    for one in reversed(tables):  # the projects first: the department's goals ask whether they were monitored
        found = watch(accounts, promised(one, day), paid, before, day)
        lights = [*found.progress, *lights]
        texts.update(found.said)
        if args.keep:
            store.watch(one, found.progress, day, args.author)
    rows = store.rectifications(code, accounts.year)
    entries = [Rectification(r.light.goals.name, r.light.key, r.light.rule, r.reason, r.owner, r.due) for r in rows]
    shown = page.rows(lights, texts, entries, screen.lang)
    show(shown, lights, screen)
    count = {c: sum(p.colour == c for p in lights) for c in ("red", "yellow", "green")}
    screen.say("lights", "bold", day=day, **count)
    if args.keep:
        screen.say("kept_lights", count=len(lights))
    if args.out:
        _write(args.out, shown, lights, f"{accounts.department.name} {screen.words['lights'].format(day=day, **count)}", screen)
    if late := store.overdue(code, accounts.year, day):
        screen.say("overdue", "red", count=len(late), list="、".join(f"{r.pk} {r.owner}" for r in late))
    if open_ := unanswered(lights, entries):
        screen.say("unanswered", "yellow", count=len(open_))
        raise Stop(1)


_STYLE = {"green": "green", "yellow": "yellow", "red": "bold red"}


def show(shown: Sequence[Sequence[str]], lights: Sequence["Progress"], screen: Screen) -> None:
    """A table a project: the money first, then its goals."""
    from mingzhang.performance.page import COLUMNS

    head = COLUMNS[screen.lang]
    table = None
    for p, row in zip(lights, shown, strict=True):
        if table is None or p.project != table.title:
            if table is not None:
                screen.out.print(table)
            table = Table(title=p.project, title_justify="left", title_style="bold", box=None, pad_edge=False)
            table.add_column("")
            for n in (1, 2, 3, 5, 6, 7, 8):
                table.add_column(head[n], justify="right" if n in (5, 6, 7) else "left", overflow="fold")
        cells = [escape(row[n]) for n in (1, 2, 3, 5, 6, 7)]
        answer = (f"（{row[9]}）" if screen.lang == "zh" else f" ({row[9]})") if row[9] else ""
        words = escape(row[8] + answer)
        table.add_row(f"[{_STYLE[p.colour]}]● {escape(row[4])}[/]", *cells, words)
    if table is not None:
        screen.out.print(table)


def _write(path: Path, shown: Sequence[Sequence[str]], lights: Sequence[Any], title: str, screen: Screen) -> None:
    import csv

    from mingzhang.books.intake.folder import guarded
    from mingzhang.performance import page

    if path.suffix.lower() == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([page.COLUMNS[screen.lang], *([guarded(c) for c in row] for row in shown)])
    elif path.suffix.lower() in (".html", ".htm"):
        path.write_text(page.html(title, lights, [tuple(r) for r in shown], screen.lang), "utf-8")
    else:
        raise ValueError(f"{path.name}：请写成 .csv 或 .html (.csv or .html)")
    screen.out.print(written(path, screen.lang), soft_wrap=True)


def rectify(args: argparse.Namespace, screen: Screen) -> None:
    from mingzhang.performance import store
    from mingzhang.performance.monitor import Rectification, limit

    accounts = accounts_of(args, screen)
    if args.done is not None:
        found = [r for r in store.rectifications(accounts.department.code, accounts.year) if r.pk == args.done]
        if not found:
            raise screen.stop("no_rectification", number=args.done)
        store.rectified(found[0], day_of(args.date), args.words, args.author)
        screen.say("rectified", "green", number=args.done)
        return
    (one,) = kept(args, accounts, screen, args.project or accounts.department.code)
    light = store.red(one, args.goal)
    if light is None:
        raise screen.stop("no_red", name=one.name, goal=args.goal)
    if not args.owner.strip():
        raise ValueError(f"“{one.name}”{args.goal}红灯（{light.words}），须写明整改责任人（--owner）")
    entry = Rectification(one.name, light.key, light.rule, args.reason or light.words, args.owner, limit(light.day, args.days))
    row = store.demand(light, entry, args.author)
    screen.say("rectification", "green", number=row.pk, name=one.name, goal=args.goal, owner=row.owner, due=row.due)
