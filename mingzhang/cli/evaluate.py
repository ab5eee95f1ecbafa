"""``evaluate``: the scoring scheme that published self-evaluations follow, and every row recomputed by it."""

import argparse
from pathlib import Path
from typing import Any

from rich.console import Console

from mingzhang.cli.documents import read_one
from mingzhang.cli.screen import SECONDS, complain, written

WORDS = {
    "zh": {
        "evaluate": "找出绩效自评所用的评分办法，逐行重算，指出哪一格印错；有不符时退出码为 1，没有可重算的为 2",
        "file": "文件，或 read 写出的 disclosure.json",
        "out": "输出文件夹（recomputed.csv、schemes.csv）",
        "scheme": "只用这个评分办法（可给多个；默认全部比较）",
        "verbose": "列出每一行",
        "seconds": "每个文件最多用多少秒",
    },
    "en": {
        "evaluate": "find the scheme of self-evaluations, recompute every row, name misprints; status 1 where rows do not fit",
        "file": "a document, or the disclosure.json that read wrote",
        "out": "output folder (recomputed.csv, schemes.csv)",
        "scheme": "only this scheme (may be given several times; all are compared by default)",
        "verbose": "list every row",
        "seconds": "most seconds a file",
    },
}  # fmt: skip


def add(commands: Any, lang: str, shared: argparse.ArgumentParser) -> None:
    """The parser of ``evaluate``."""
    from mingzhang.schemes import schemes

    words = WORDS[lang]
    command = commands.add_parser("evaluate", help=words["evaluate"], description=words["evaluate"], parents=[shared])
    command.add_argument("files", nargs="+", metavar="FILE", help=words["file"])
    command.add_argument("--out", metavar="DIR", type=Path, help=words["out"])
    ids = [s.id for s in schemes()]
    command.add_argument("--scheme", action="append", default=[], choices=ids, metavar="ID", help=words["scheme"])
    command.add_argument("--seconds", type=float, default=SECONDS, metavar="S", help=words["seconds"])
    command.add_argument("-v", "--verbose", action="store_true", help=words["verbose"])
    command.set_defaults(run=run)


def run(args: argparse.Namespace, lang: str) -> int:
    """Recompute every disclosure of the files; 1 where a row or a sum does not fit, 2 where a file was not read
    or has no scored evaluation."""
    from mingzhang.check.report.screen import title
    from mingzhang.performance import screen
    from mingzhang.performance.recompute import recompute
    from mingzhang.read.bounded import read_many
    from mingzhang.read.errors import ReadError
    from mingzhang.schemes import named

    console = Console(highlight=False)
    unread = wrong = empty = False
    files = list(dict.fromkeys(args.files))
    results = read_many(files, read_one, None, args.seconds)
    among = [named(id) for id in args.scheme]
    for file, found in results:
        if isinstance(found, ReadError):
            complain(found, lang)
            unread = True
            continue
        for n, disclosure in enumerate(found, start=1):
            result = recompute(disclosure, among)
            screen.show(console, title(disclosure, lang), result, lang, args.verbose)
            empty = empty or not result.tables
            wrong = wrong or result.count("off") > 0 or any(not s.holds for t in result.tables for s in t.sums)
            if args.out is not None:
                name = Path(file).stem if len(found) == 1 else f"{Path(file).stem}-{n}"
                folder = args.out if len(files) == len(found) == 1 else args.out / name
                screen.write(result, folder, lang)
                console.print(f"  [dim]{written(folder, lang)}[/dim]", soft_wrap=True)
    return 2 if unread or empty else 1 if wrong else 0
