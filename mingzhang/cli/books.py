"""``books``: one department's year, from opening to closing. 0 done, 1 refused with reasons, 2 a file could not be read."""

import argparse
from pathlib import Path
from typing import Any

from mingzhang.cli import books_acts as acts
from mingzhang.cli import books_close
from mingzhang.cli.books_screen import Screen, Stop, list_faults, words
from mingzhang.cli.screen import complain, login


def add(commands: Any, lang: str, shared: argparse.ArgumentParser) -> None:
    """The parser of ``books`` and its commands."""
    said = words()[lang]
    said = said | {word: said[word].format(**_offered(lang)) for word in ("kind", "source", "use")}
    books = commands.add_parser("books", help=said["books"], description=said["books"])
    inner = books.add_subparsers(dest="books", required=True, metavar="COMMAND")
    where = argparse.ArgumentParser(add_help=False)
    where.add_argument("--database", metavar="URL|PATH", help=said["database"])
    where.add_argument("--department", metavar="CODE", default="", help=said["department"])

    def command(name: str, run: Any, *, year: bool = True, database: bool = True) -> argparse.ArgumentParser:
        parents = [shared, where] if database else [shared]
        made: argparse.ArgumentParser = inner.add_parser(name, help=said[name], description=said[name], parents=parents)
        made.add_argument("--year", type=int, required=year, metavar="YYYY", help=said["year"])
        made.set_defaults(run=_guarded, act=run)
        return made

    def option(made: argparse.ArgumentParser, *names: str, word: str = "", **given: Any) -> None:
        made.add_argument(*names, help=said[word or names[0].lstrip("-")], **given)

    def author(made: argparse.ArgumentParser) -> None:
        option(made, "--author", default=login())

    made = command("open", acts.open_)
    option(made, "--name", default="")
    option(made, "--unit", word="unit_new", action="append", default=[], metavar="CODE=NAME")
    option(made, "--from", dest="filled", type=Path, metavar="FILE")
    option(made, "--carry", action="store_true")
    author(made)

    made = command("template", acts.make_template, database=False)
    option(made, "--out", type=Path, required=True)
    option(made, "--names", type=Path, metavar="TOML")

    made = command("import", acts.import_, year=False)
    option(made, "file", type=Path, metavar="FILE")
    option(made, "--unit", default="", metavar="CODE")
    option(made, "--document", default="")
    option(made, "--names", type=Path, metavar="TOML")
    option(made, "--faults", type=Path, metavar="CSV")
    option(made, "--open", word="open_rows", type=Path, metavar="XLSX")
    author(made)

    made = command("post", acts.post)
    option(made, "--kind", required=True)
    option(made, "--line", type=int)
    for name in ("unit", "source", "item", "economic", "government", "project", "use"):
        option(made, f"--{name}", default="")
    for name in ("amount", "date", "document"):
        option(made, f"--{name}", required=True)
    for name in ("words", "consent", "key"):
        option(made, f"--{name}", default="")
    author(made)

    made = command("virement", acts.virement)
    option(made, "--from", dest="giver", word="from_line", type=int, required=True, metavar="LINE")
    option(made, "--to", dest="taker", word="to_line", type=int, required=True, metavar="LINE")
    for name in ("amount", "date", "document"):
        option(made, f"--{name}", required=True)
    for name in ("words", "consent", "key"):
        option(made, f"--{name}", default="")
    author(made)

    made = command("reverse", acts.reverse)
    option(made, "number", type=int, metavar="NUMBER")
    option(made, "--words", word="words_why", required=True)
    option(made, "--date")
    author(made)

    made = command("lines", acts.show_lines)
    option(made, "--unit", default="")

    made = command("entries", acts.show_entries)
    option(made, "--kind", default="")
    option(made, "--line", word="line_only", type=int, default=0)
    option(made, "--first")
    option(made, "--last")
    option(made, "--limit", type=int, default=200)

    command("verify", acts.prove)

    made = command("close-year", acts.close_year)
    option(made, "--document", default="")
    option(made, "--next", action="store_true")
    author(made)

    for name, run in (("budget", books_close.budget), ("final", books_close.final)):
        made = command(name, run)
        option(made, "--out", word="folder", type=Path, required=True, metavar="DIR")
        option(made, "--format", action="append", default=[])
        option(made, "--money", choices=("万元", "元"), default="万元")
        option(made, "--province", metavar="CODE")
        option(made, "--draft", action="store_true")

    made = command("export", acts.export)
    option(made, "--out", type=Path, required=True)
    option(made, "--names", type=Path, metavar="TOML")


def _offered(lang: str) -> dict[str, str]:
    """The words that a kind, a source and a use can be given by."""
    from mingzhang.books.law import kinds, sources, uses

    said = {
        "kinds": [getattr(kind, lang) for kind in kinds().values() if not kind.by],
        "sources": [source[lang] for source in sources().values()],
        "uses": [use[lang] for use in uses().values()],
    }
    return {name: ("、" if lang == "zh" else ", ").join(told) for name, told in said.items()}


def _guarded(args: argparse.Namespace, lang: str) -> int:
    """Run one command of the group, and tell why where it was refused."""
    from django.db import DatabaseError
    from xlsxwriter.exceptions import FileCreateError

    from mingzhang.books.intake.fault import Rejected
    from mingzhang.books.intake.sheet import Unreadable
    from mingzhang.books.refusal import Refused
    from mingzhang.read.errors import ReadError

    screen = Screen(lang)
    try:
        if "database" in args:
            _connect(args.database)
        args.act(args, screen)
    except Stop as stop:
        return stop.status
    except Rejected as rejected:
        if options := [fault for fault in rejected.faults if fault.sheet.startswith("--")]:
            for fault in options:
                complain(f"{fault.sheet}{'：' if lang == 'zh' else ': '}{fault.why(lang)}", lang, "refused")
            return 1
        screen.say("refused", "bold red", count=len(rejected.faults))
        screen.listed(rejected.faults)
        if getattr(args, "faults", None):
            list_faults(args.faults, rejected.faults, screen)
        return 1
    except Refused as refused:
        for refusal in refused.refusals:
            complain(refusal.words(lang), lang, "refused")
        return 1
    except Unreadable as unread:
        complain(unread.words(lang), lang)
        return 2
    except ReadError as unread:
        complain(unread, lang)
        return 2
    except DatabaseError as error:
        complain(screen.words["no_database"].format(detail=" ".join(str(error).split())[:200]), lang)
        return 2
    except FileCreateError as error:
        complain(error.args[0] if error.args else error, lang)
        return 2
    except (ValueError, OSError) as error:
        complain(error, lang, "refused" if isinstance(error, ValueError) else "unread")
        return 1 if isinstance(error, ValueError) else 2
    return 0


def _connect(database: str | None) -> None:
    from mingzhang.office import setup

    setup(database)
