"""What the commands of the books say: their words, their faults, and how they end."""

import csv
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape

from mingzhang.cli.screen import complain, written

if TYPE_CHECKING:
    from mingzhang.books.intake.fault import Fault

_SHOWN = 40
"""Faults shown on the screen."""


@cache
def words() -> Any:
    """The words of the group (``books.toml``) by language."""
    return tomllib.loads((resources.files("mingzhang.cli") / "books.toml").read_text("utf-8"))


class Stop(Exception):
    """The command ends with this status; what there is to say is said."""

    def __init__(self, status: int) -> None:
        self.status = status


class Screen:
    """What one command says, in its language."""

    def __init__(self, lang: str, said: Any = None) -> None:
        self.lang, self.words = lang, said or words()[lang]
        self.out = Console(highlight=False)

    def say(self, word: str, style: str = "", **figures: object) -> None:
        text = escape(self.words[word].format(**figures))
        self.out.print(f"[{style}]{text}[/{style}]" if style else text, soft_wrap=True)

    def stop(self, word: str, status: int = 1, **figures: object) -> Stop:
        complain(self.words[word].format(**figures), self.lang, "refused" if status == 1 else "unread")
        return Stop(status)

    def listed(self, faults: Sequence["Fault"], indent: str = "  ") -> None:
        for fault in faults[:_SHOWN]:
            self.out.print(escape(indent + fault.words(self.lang)), soft_wrap=True)
        if len(faults) > _SHOWN:
            self.say("more", "dim", count=len(faults) - _SHOWN)


def list_faults(path: Path, faults: Iterable["Fault"], screen: Screen) -> None:
    """Write every fault into a CSV file."""
    from mingzhang.books.intake.folder import guarded

    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(screen.words["csv"])
        for f in faults:
            out.writerow(
                [guarded(f.sheet), f.row or "", guarded(f.column), guarded(f.value), guarded(f.why(screen.lang))]
            )
    screen.out.print(written(path, screen.lang), soft_wrap=True)
