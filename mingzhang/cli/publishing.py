"""``publish``: a disclosure becomes documents and open data."""

import argparse
from pathlib import Path
from typing import Any

from rich.console import Console

from mingzhang.cli.screen import complain, written
from mingzhang.cli.stored import stored

WORDS = {
    "zh": {
        "publish": "把一份 disclosure.json 写成 PDF、Word、Excel、网页和开放数据",
        "file": "disclosure.json（read、books 写出的）", "out": "输出文件夹",
        "format": "只要哪些格式，可给多个：pdf docx xlsx html json data（默认全部）", "layout": "报表版式",
        "faces": "PDF 用公文字体（本机装有时）；默认用随附的黑体，各机相同",
        "bytes": "不是文本",
        "json": "{file} 不是 disclosure.json（{why}）；请先用 mingzhang read 文件 --out 目录，再用目录里的 disclosure.json",
    },
    "en": {
        "publish": "write a disclosure.json as PDF, Word, Excel, web page and open data",
        "file": "disclosure.json (as read and books write it)", "out": "output folder",
        "format": "only these formats, may be given several times: pdf docx xlsx html json data (default all)",
        "layout": "layout of the statements",
        "faces": "set the PDF in the official faces that this machine has; by default in the one that comes along",
        "bytes": "is not text",
        "json": "{file} is no disclosure.json ({why}); run mingzhang read FILE --out DIR first and take the one in DIR",
    },
}  # fmt: skip


def add(commands: Any, lang: str, shared: argparse.ArgumentParser) -> None:
    """The parser of ``publish``."""
    words = WORDS[lang]
    command = commands.add_parser("publish", help=words["publish"], description=words["publish"], parents=[shared])
    command.add_argument("file", metavar="DISCLOSURE", type=Path, help=words["file"])
    command.add_argument("--out", metavar="DIR", type=Path, required=True, help=words["out"])
    command.add_argument("--format", metavar="FORMAT", action="append", default=[], help=words["format"])
    command.add_argument("--layout", metavar="NAME", help=words["layout"])
    command.add_argument("--official-faces", action="store_true", help=words["faces"])
    command.set_defaults(run=run)


def run(args: argparse.Namespace, lang: str) -> int:
    """Publish; 2 where the file could not be read or nothing could be written."""
    from mingzhang.publish import FORMATS, UnknownFormat, every
    from mingzhang.publish.faces import official
    from mingzhang.publish.formats import file_name

    try:
        told = stored(args.file)
    except OSError as error:
        complain(error, lang)
        return 2
    except ValueError as error:
        why = WORDS[lang]["bytes"] if isinstance(error, UnicodeDecodeError) else error
        complain(WORDS[lang]["json"].format(file=args.file, why=why), lang)
        return 2
    console = Console(highlight=False)
    faces = official() if args.official_faces else None
    try:
        for n, each in enumerate(told, start=1):
            folder = args.out if len(told) == 1 else args.out / f"{n:02d}-{file_name(each)}"
            for path in every(each, folder, args.format or FORMATS, args.layout, faces):
                console.print(written(path, lang))
    except (UnknownFormat, OSError) as error:
        complain(error, lang, "refused")
        return 2
    return 0
