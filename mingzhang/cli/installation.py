"""``demo`` and ``doctor``: the main job shown, and whether the installation is complete."""

import argparse
import importlib.metadata
import platform
import re
from pathlib import Path
from typing import Any

from rich.console import Console

import mingzhang
from mingzhang.cli.screen import complain

WORDS = {
    "zh": {
        "demo": "用一个县真实的数走一年：测算、预算、记账、结账、自评、公开、读回、核对，再埋三个错、找出来",
        "doctor": "检查本机安装是否完整",
        "out": "做出来的文件放在哪里",
        "data": "{forms} 种报表、{ties} 处表间勾稽、{tables} 种绩效表",
        "occupied": "{out} 里有别的文件；请用 --out 另给一个空目录",
    },
    "en": {
        "demo": "a county's year on real figures, from costing to publishing, read back and checked; three errors planted and found",
        "doctor": "see whether the installation is complete",
        "out": "where what is made goes",
        "data": "{forms} forms, {ties} ties between them, {tables} performance tables",
        "occupied": "{out} holds other files; give another folder with --out",
    },
}


def add(commands: Any, lang: str, shared: argparse.ArgumentParser) -> None:
    """The parsers of ``demo`` and ``doctor``."""
    for name, run in (("demo", demo), ("doctor", doctor)):
        command = commands.add_parser(name, help=WORDS[lang][name], description=WORDS[lang][name], parents=[shared])
        command.set_defaults(run=run)
        if name == "demo":
            command.add_argument("--out", type=Path, default=Path("mingzhang-demo"), help=WORDS[lang]["out"])


def demo(args: argparse.Namespace, lang: str) -> int:
    """The demonstration; 0 where everything came out as told, 2 where its folder cannot be used."""
    from mingzhang.demo import run
    from mingzhang.demo.steps import Occupied

    try:
        return run(Console(highlight=False), lang, args.out)
    except Occupied as other:
        complain(WORDS[lang]["occupied"].format(out=other), lang, "refused")
    except OSError as error:
        complain(error, lang, "refused")
    return 2


def _needed() -> list[str]:
    """The packages that mingzhang asks for, extras apart."""
    wanted = importlib.metadata.requires("mingzhang") or []
    return [re.split(r"[^\w.-]", text, maxsplit=1)[0] for text in wanted if "extra ==" not in text]


def doctor(args: argparse.Namespace, lang: str) -> int:
    """Each part of the installation, with its version or what is missing."""
    console = Console(highlight=False)
    console.print(f"mingzhang {mingzhang.__version__}  Python {platform.python_version()}  {platform.platform()}")
    missing = False
    for name in _needed():
        try:
            console.print(f"  [green]✓[/green] {name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            missing = True
            console.print(f"  [red]✗[/red] {name}  pip install {name}")
    from mingzhang.forms import load

    book = load()
    counts = {"forms": len(book.forms), "ties": len(book.ties), "tables": len(book.evaluations)}
    console.print(f"  [green]✓[/green] {WORDS[lang]['data'].format(**counts)}")
    return 1 if missing else 0
