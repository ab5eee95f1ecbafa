"""The parser of all groups, and the choice of language."""

import argparse
import sys
from collections.abc import Sequence
from typing import Any

import mingzhang
from mingzhang.cli import books, compare, documents, evaluate, installation, look, performance, publishing
from mingzhang.cli.parsing import speak
from mingzhang.cli.screen import complain, language

GROUPS: tuple[Any, ...] = (documents, compare, evaluate, books, performance, publishing, look, installation)
_ABOUT = {
    "zh": "明账：读出公开的部门预算、决算，逐个核对每一个数",
    "en": "mingzhang: reads published budgets and final accounts and proves every figure",
}
_INTERRUPTED = {
    "zh": "已中断；账簿里没有记到一半的内容，正在写的文件可能不全",
    "en": "interrupted; nothing is half entered in the books, a file that was being written may be incomplete",
}
_VERSION = {"zh": "显示版本", "en": "show the version"}
_LANGUAGE = {"zh": "显示语言", "en": "language of the screen"}


def parser(lang: str) -> argparse.ArgumentParser:
    """The whole command line with its help in ``lang``."""
    speak(lang)
    whole = argparse.ArgumentParser(prog="mingzhang", description=_ABOUT[lang])
    whole.add_argument("--version", action="version", version=f"mingzhang {mingzhang.__version__}", help=_VERSION[lang])
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--lang", choices=("zh", "en"), help=_LANGUAGE[lang])
    whole.add_argument("--lang", choices=("zh", "en"), help=_LANGUAGE[lang])
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for group in GROUPS:
        group.add(commands, lang, shared)
    return whole


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0, 1 (errors found), 2 (a file could not be read) or 130 (interrupted)."""
    argv = list(sys.argv[1:] if argv is None else argv)
    lang = language(argv)
    args = parser(lang).parse_args(argv)
    try:
        status: int = args.run(args, lang)
    except KeyboardInterrupt:
        complain(_INTERRUPTED[lang], lang, "refused")
        return 130
    except OSError as error:
        complain(error, lang, "refused")
        return 2
    return status
