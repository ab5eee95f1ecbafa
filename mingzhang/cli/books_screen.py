"""What the commands of the books say: their words, their faults, and how they end."""

import csv
import os
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from mingzhang.cli.screen import complain, written

if TYPE_CHECKING:
    from mingzhang.books.intake.fault import Fault
    from mingzhang.books.ledger import Receipt

_SHOWN = 40
"""Faults shown on the screen."""

_PAPER = 200
"""Columns of what goes into a file or another program, where no screen limits it."""


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
        if not self.out.is_terminal and "COLUMNS" not in os.environ:
            self.out.width = _PAPER

    def say(self, word: str, style: str = "", **figures: object) -> None:
        text = escape(self.words[word].format(**figures))
        self.out.print(f"[{style}]{text}[/{style}]" if style else text, soft_wrap=True)

    def stop(self, word: str, status: int = 1, **figures: object) -> Stop:
        complain(self.words[word].format(**figures), self.lang, "refused" if status == 1 else "unread")
        return Stop(status)

    def entered(self, receipt: "Receipt") -> None:
        """Which entries a block holds, and whether it stood already."""
        count = receipt.last - receipt.first + 1
        word = "again_entries" if receipt.again else "one_entered" if count == 1 else "entered"
        self.say(
            word,
            "" if receipt.again else "green",
            first=receipt.first,
            last=receipt.last,
            count=count,
            block=receipt.block,
        )

    def table(self, wide: Table, narrow: Table) -> None:
        """The wide table where the screen holds it, else the narrow one."""
        fits = self.out.measure(wide, options=self.out.options.update(width=1000)).maximum <= self.out.width
        self.out.print(wide if fits else narrow)

    def listed(self, faults: Sequence["Fault"], indent: str = "  ") -> None:
        """Every fault; those that say the same of several rows of a column are one line."""
        alike: dict[tuple[str, str, str], list[Fault]] = {}
        for fault in faults:
            alike.setdefault((fault.sheet, fault.column, fault.why(self.lang)), []).append(fault)
        for same in list(alike.values())[:_SHOWN]:
            rows = tuple(fault.row for fault in same)
            self.out.print(escape(indent + same[0].words(self.lang, rows)), soft_wrap=True)
        if len(alike) > _SHOWN:
            self.say("more", "dim", count=sum(map(len, list(alike.values())[_SHOWN:])))


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
