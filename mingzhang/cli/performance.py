"""``performance``: goals, monitoring, self-evaluation. 0 done, 1 refused, lacking or red, 2 a file could not be read."""

import argparse
import tomllib
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from mingzhang.cli import performance_acts as acts
from mingzhang.cli import performance_goals as goals
from mingzhang.cli import performance_judged as judged
from mingzhang.cli.books_screen import Screen, Stop
from mingzhang.cli.books_screen import words as of_books
from mingzhang.cli.screen import complain, login


@cache
def words() -> Any:
    """The words of the group (``performance.toml``) by language."""
    return tomllib.loads((resources.files("mingzhang.cli") / "performance.toml").read_text("utf-8"))


def add(commands: Any, lang: str, shared: argparse.ArgumentParser) -> None:
    """The parser of ``performance`` and its commands."""
    said = words()[lang]
    group = commands.add_parser("performance", help=said["performance"], description=said["performance"])
    inner = group.add_subparsers(dest="performance", required=True, metavar="COMMAND")
    where = argparse.ArgumentParser(add_help=False)
    where.add_argument("--database", metavar="URL|PATH", help=said["database"])
    where.add_argument("--department", metavar="CODE", default="", help=said["department"])

    def command(name: str, run: Any, *, stored: bool = True, year: bool = True) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = inner.add_parser(
            name, help=said[name], description=said[name], parents=[shared, where] if stored else [shared]
        )
        if stored:
            option(made, "--year", type=int, required=year, metavar="YYYY")
            option(made, "--author", default=login())
        made.set_defaults(run=_guarded, act=run)
        return made

    def option(made: argparse.ArgumentParser, *names: str, word: str = "", **given: Any) -> None:
        made.add_argument(*names, help=said[word or names[0].lstrip("-").replace("-", "_")], **given)

    command("templates", goals.templates, stored=False)

    made = command("template", goals.template, year=False)
    option(made, "id", metavar="ID")
    option(made, "--out", type=Path, required=True, metavar="XLSX|CSV")
    option(made, "--project", default="", metavar="CODE")
    option(made, "--leave-out", action="append", default=[], metavar="NAME")

    made = command("goals", goals.goals, year=False)
    option(made, "file", word="file_goals", type=Path, nargs="?", metavar="FILE")
    option(made, "--of", type=Path, metavar="DOCUMENT")
    option(made, "--why", default="")

    made = command("actuals", acts.actuals)
    option(made, "--out", type=Path, required=True, metavar="XLSX|CSV")

    made = command("record", acts.record)
    option(made, "file", word="file_actuals", type=Path, nargs="?", metavar="FILE")
    option(made, "--project", default="", metavar="CODE")
    for name in ("goal", "actual", "reason", "measure", "done", "line", "statement", "problem"):
        option(made, f"--{name}", default="")
    option(made, "--money", action="store_true")
    option(made, "--evidence", action="append", default=[], type=Path, metavar="FILE")
    option(made, "--score", default="")
    option(made, "--date", metavar="YYYY-MM-DD")

    made = command("monitor", acts.monitor)
    option(made, "--to", metavar="YYYY-MM-DD")
    option(made, "--keep", action="store_true")
    option(made, "--out", word="out_monitor", type=Path, metavar="CSV|HTML")

    made = command("rectify", acts.rectify)
    option(made, "--project", default="", metavar="CODE")
    option(made, "--goal", default="")
    option(made, "--owner", default="")
    option(made, "--days", type=int)
    option(made, "--reason", default="")
    option(made, "--done", word="finished", type=int, metavar="NUMBER")
    option(made, "--words", default="")
    option(made, "--date", metavar="YYYY-MM-DD")

    made = command("close", judged.close)
    option(made, "--project", default="", metavar="CODE")
    option(made, "--scheme", default="", metavar="ID")
    option(made, "--why", default="")
    option(made, "--list", action="store_true")

    made = command("report", judged.report)
    option(made, "--project", required=True, metavar="CODE")
    option(made, "--out", type=Path, required=True, metavar="FILE")
    option(made, "--scheme", default="", metavar="ID")
    option(made, "--judge", action="append", default=[], metavar="NAME=SCORE")
    option(made, "--recommend", action="append", default=[], metavar="TEXT")
    option(made, "--why", default="")

    made = command("answer", judged.answer)
    option(made, "number", type=int, nargs="?")
    choice = made.add_mutually_exclusive_group()
    choice.add_argument("--adopt", action="store_true", help=said["adopt"])
    choice.add_argument("--refuse", action="store_true", help=said["refuse"])
    option(made, "--words", default="")

    made = command("propose", judged.propose)
    option(made, "--asked", action="append", default=[], metavar="CODE=YUAN")
    option(made, "--out", word="out_csv", type=Path, metavar="CSV")


def _guarded(args: argparse.Namespace, lang: str) -> int:
    """Run one command of the group, and tell why where it was refused."""
    from django.db import OperationalError

    from mingzhang.books.intake.fault import Rejected
    from mingzhang.books.intake.sheet import Unreadable
    from mingzhang.office import setup
    from mingzhang.read.errors import ReadError

    screen = Screen(lang, of_books()[lang] | words()[lang])
    try:
        if "database" in args:
            setup(args.database)
        args.act(args, screen)
    except Stop as stop:
        return stop.status
    except Rejected as rejected:
        screen.listed(rejected.faults)
        return 1
    except Unreadable as unread:
        complain(unread.words(lang), lang)
        return 2
    except ReadError as unread:
        complain(unread, lang)
        return 2
    except OperationalError as error:
        complain(screen.words["no_database"].format(detail=" ".join(str(error).split())[:200]), lang)
        return 2
    except KeyError as error:
        complain(error.args[0] if error.args else error, lang, "refused")
        return 1
    except ValueError as error:
        complain(getattr(error, "en", error) if lang == "en" else error, lang, "refused")
        return 1
    except OSError as error:
        complain(f"{error.filename or ''}：{error.strerror or error}", lang)
        return 2
    return 0
