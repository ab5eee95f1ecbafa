"""Telling: headings, lines with their mark, tables, in the words of screen.toml."""

import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import resources
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text


def _words(lang: str) -> dict[str, Any]:
    told = tomllib.loads((resources.files("mingzhang.demo") / "screen.toml").read_text("utf-8"))
    return dict(told[lang])


class Screen:
    """Where the story is told; ``failed`` counts the steps that did not give what they should."""

    def __init__(self, console: Console, lang: str) -> None:
        self.console, self.lang, self.words, self.failed = console, lang, _words(lang), 0

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """A heading, and while its work is done a spinner."""
        self.console.print()
        self.console.print(Text(self.words[name], "bold cyan"))
        if self.console.is_terminal:
            with self.console.status(self.words[name]):
                yield
        else:
            yield

    def say(self, key: str, ok: bool = True, **figures: object) -> None:
        """A line; where ``ok`` is false it is a failure."""
        self.line(self.words[key].format(**figures), ok)

    def line(self, text: str, ok: bool = True) -> None:
        self.failed += not ok
        mark = Text("✓", "green") if ok else Text("✗", "bold red")
        grid = Table.grid(padding=(0, 1))
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
        grid.add_row(mark, Text(text, "" if ok else "red"))
        self.console.print(Padding(grid, (0, 0, 0, 2)))

    def table(self, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        grid = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
        for n, header in enumerate(headers):
            grid.add_column(header, justify="right" if n else "left", overflow="fold")
        for row in rows:
            grid.add_row(*row)
        self.console.print(Padding(grid, (0, 0, 0, 4)))

    def yes(self, holds: bool) -> str:
        return str(self.words["yes" if holds else "no"])
