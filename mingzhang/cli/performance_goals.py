"""What the commands of goals do: ``(args, screen) -> None``; what is refused is raised."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

from mingzhang.cli.books_screen import Screen, Stop
from mingzhang.cli.performance_acts import accounts_of, said
from mingzhang.cli.screen import written

if TYPE_CHECKING:
    from mingzhang.books.accounts import Accounts
    from mingzhang.performance.goal import GoalTable


def templates(args: argparse.Namespace, screen: Screen) -> None:
    from mingzhang.performance.templates import templates as every

    table = Table(*screen.words["columns_templates"], box=None, pad_edge=False)
    for one in every():
        name = one.name if screen.lang == "zh" else one.name_en
        table.add_row(one.id, name, str(len(one.goals)), escape(one.source), style="")
    screen.out.print(table)


def template(args: argparse.Namespace, screen: Screen) -> None:
    from mingzhang.books.intake.enter import known
    from mingzhang.cli.goal_files import write
    from mingzhang.performance import goalbook
    from mingzhang.performance.templates import template as of
    from mingzhang.year.money import held

    one = of(args.id)
    whole = one.kind == "goal_whole"
    have = known(args.department, args.year)
    name, budget, unit = "", 0, ""
    code = args.project or (have.department.code if whole and have.department else "")
    if args.year and code:
        accounts = accounts_of(args, screen)
        named = {p.code: p for p in accounts.projects}
        if not whole and code not in named:
            raise screen.stop("no_table", year=args.year, project=code, known="、".join(named))
        units = {u.code: u.name for u in accounts.units}
        name = accounts.department.name if whole else named[code].name
        unit = "" if whole else units.get(named[code].unit, "")
        budget = held(accounts, "" if whole else code).initial
    table = goalbook.unfilled(one, name, args.leave_out, have.department.name if have.department else "", budget)
    rows = goalbook.sheet(one, replace(table, unit_name=unit), code, screen.lang)
    words = goalbook.words()
    heads = [words["sections"][section][screen.lang][0] for section in words["sections"]]
    heads += [pair[0 if screen.lang == "zh" else 1] for pair in words["fields"].values()]
    write(args.out, {name or one.name: rows}, heads[: len(words["sections"])], words["notes"][screen.lang])
    screen.out.print(written(args.out, screen.lang), soft_wrap=True)


def goals(args: argparse.Namespace, screen: Screen) -> None:
    if args.of:
        _of_document(args.of, screen)
        return
    if not args.file or not args.year:
        raise ValueError("要写目标表文件和 --year，或 --of 公开文本 (give FILE and --year, or --of DOCUMENT)")
    from django.db import transaction

    from mingzhang.performance import store
    from mingzhang.performance.goal import wan
    from mingzhang.schemes.row import plain
    from mingzhang.year.appraise import nothing

    accounts = accounts_of(args, screen)
    tables = _tables(args.file, accounts, screen)
    with transaction.atomic():
        for code, table in tables:
            row = store.keep_goals(
                table, accounts.department.code, accounts.year, code, args.author, args.why, nothing(accounts)
            )
            screen.say(
                "kept", "green", name=table.project, version=row.version, goals=len(table.goals), total=plain(table.weights),
                budget=wan(table.budget),
            )  # fmt: skip


def _tables(file: Path, accounts: "Accounts", screen: Screen) -> list[tuple[str, "GoalTable"]]:
    """The sound tables of a file with their codes; all that is against any of them is told, and then none is given."""
    from mingzhang.cli.goal_files import read
    from mingzhang.performance import goalbook
    from mingzhang.year.appraise import Promised, judged

    found, bad = [], False
    for name, rows in read(file).items():
        try:
            code, table = _filled(*goalbook.table(name, rows), accounts)
        except goalbook.Unfit as unfit:
            bad = True
            for fault in unfit.faults:
                screen.out.print(escape(fault.words(screen.lang)), soft_wrap=True)
            continue
        found.append((code, table))
        if missing := judged(accounts, Promised(code, table)):
            bad = True
            screen.say("refused", "bold red", name=table.project, count=len(missing))
            for one in missing:
                screen.out.print(said(one, screen), soft_wrap=True)
    if bad:
        raise screen.stop("none_kept")
    if not found:
        raise screen.stop("no_goals", file=file.name)
    return found


def _filled(code: str, table: "GoalTable", accounts: "Accounts") -> tuple[str, "GoalTable"]:
    """With what the books know and the sheet leaves open: the code by the name, the department, the unit."""
    if table.kind == "goal_whole":
        return code or accounts.department.code, replace(table, department=table.department or accounts.department.name)
    code = code or next((p.code for p in accounts.projects if p.name == table.project), "")
    unit = next((p.unit for p in accounts.projects if p.code == code), "")
    name = next((u.name for u in accounts.units if u.code == unit), "")
    return code, replace(
        table, department=table.department or accounts.department.name, unit_name=table.unit_name or name
    )


def _of_document(path: Path, screen: Screen) -> None:
    """The goals of a published document judged like one's own."""
    from mingzhang.cli.books_acts import disclosure_of
    from mingzhang.performance.goal import published
    from mingzhang.performance.refusal import refused

    wrong = seen = False
    for evaluation in disclosure_of(path, screen).evaluations:
        seen = True
        table = published(evaluation)
        found = refused(table, lang=screen.lang)
        wrong = wrong or bool(found)
        if found:
            screen.say("refused", "bold red", name=table.project, count=len(found))
        else:
            screen.say("sound", "green", name=table.project, goals=len(table.goals))
        for refusal in found:
            screen.out.print(escape(f"  {refusal.reason}"), soft_wrap=True)
    if not seen:
        raise screen.stop("no_goals", file=path.name)
    if wrong:
        raise Stop(1)
