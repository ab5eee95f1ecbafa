"""``compare``: two versions of one document, or two years of one department."""

import argparse
from typing import Any

from rich.console import Console

from mingzhang.cli.documents import read_one
from mingzhang.cli.screen import SECONDS, complain

WORDS = {
    "zh": {
        "compare": "同一份文本的两个版本：变了什么，哪些已改正、仍在、新出现；相邻两年：本年所说的上年数与上年文本是否一致",
        "seconds": "每个文件最多用多少秒",
    },
    "en": {
        "compare": "two versions: what changed, what is mended, stays, is new; two years: what is said of last year",
        "seconds": "most seconds a file",
    },
}


def add(commands: Any, lang: str, shared: argparse.ArgumentParser) -> None:
    """The parser of ``compare``."""
    words = WORDS[lang]
    command = commands.add_parser("compare", help=words["compare"], description=words["compare"], parents=[shared])
    command.add_argument("old", metavar="OLD")
    command.add_argument("new", metavar="NEW")
    command.add_argument("--seconds", type=float, default=SECONDS, metavar="S", help=words["seconds"])
    command.set_defaults(run=run)


def run(args: argparse.Namespace, lang: str) -> int:
    """Compare; 1 where errors stay or are new, or two years disagree, 2 where a file could not be read."""
    from mingzhang.check import check
    from mingzhang.check.compare import compare
    from mingzhang.check.report.screen import show_comparison, show_years
    from mingzhang.check.years import consecutive, years
    from mingzhang.read.bounded import read_many
    from mingzhang.read.errors import ReadError

    console = Console(highlight=False)
    versions = []
    for _, result in read_many([args.old, args.new], read_one, None, args.seconds):
        if isinstance(result, ReadError):
            complain(result, lang)
            return 2
        versions.append((result[0], check(result[0]).findings))
    (old, before), (new, after) = versions
    if consecutive(old, new):
        found = years(old, new)
        show_years(console, old, new, found, lang)
        return 1 if found else 0
    told = compare(old, new, before, after)
    show_comparison(console, told, lang)
    return 1 if any(f.severity == "error" for f in (*told.staying, *told.new)) else 0
