"""``look``: a picture of what was seen on a page."""

import argparse
from pathlib import Path
from typing import Any

from rich.console import Console

from mingzhang.cli.screen import complain, written

WORDS = {
    "zh": {"look": "把一页上看到的文字、线、表格和每个数的角色画成图", "file": "文件", "page": "页码，从 1 起",
           "png": "图片文件（默认 文件名-页码.png）"},
    "en": {"look": "draw what was seen on a page: words, lines, grids and the role of each figure", "file": "file",
           "page": "page, from 1", "png": "picture (default FILE-PAGE.png)"},
}  # fmt: skip


def add(commands: Any, lang: str, shared: argparse.ArgumentParser) -> None:
    """The parser of ``look``."""
    words = WORDS[lang]
    command = commands.add_parser("look", help=words["look"], description=words["look"], parents=[shared])
    command.add_argument("file", metavar="FILE", help=words["file"])
    command.add_argument("--page", type=int, default=1, help=words["page"])
    command.add_argument("--out", type=Path, metavar="PNG", help=words["png"])
    command.set_defaults(run=run)


def run(args: argparse.Namespace, lang: str) -> int:
    """Draw one page; 2 where it could not be read."""
    from mingzhang.read.errors import ReadError
    from mingzhang.read.look import look

    try:
        picture = look(args.file, args.page)
    except ReadError as error:
        complain(error, lang)
        return 2
    out = args.out or Path(f"{Path(args.file).stem}-{args.page}.png")
    picture.save(out)
    Console(highlight=False).print(written(out, lang), soft_wrap=True)
    return 0
