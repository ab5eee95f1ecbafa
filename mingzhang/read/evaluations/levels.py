"""Merged level cells → the level names of every row, also where a page break cuts the cell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mingzhang.read.block import GridCell
from mingzhang.read.evaluations.sheet import SheetRow
from mingzhang.read.evaluations.vocabulary import Words, core, unpointed


@dataclass(slots=True)
class Levelled:
    """An indicator row of a grid with the cells that give its project and levels."""

    row: SheetRow
    values: dict[str, str]
    cells: dict[str, object]

    def cell(self, id: str) -> GridCell | None:
        cell = self.cells.get(id)
        return cell if isinstance(cell, GridCell) else None


@dataclass(slots=True)
class _Run:
    """Rows one after another that one cell covers."""

    cell: GridCell | None
    grid: int
    first: int
    last: int
    text: str


def _runs(lines: Sequence[Levelled], id: str) -> list[_Run]:
    out: list[_Run] = []
    for n, line in enumerate(lines):
        cell = line.cell(id)
        if out and out[-1].cell is cell and out[-1].grid == line.row.grid:
            out[-1].last = n
        else:
            out.append(_Run(cell, line.row.grid, n, n, cell.text if cell is not None else ""))
    return out


def texts(lines: Sequence[Levelled], id: str, words: Words) -> list[str]:
    """The text of the level cell of every row.

    A blank cell has the text above it; where the cell above is merged and
    ends before it, and the next page begins with a cell of its own, a page
    break cut that cell and its text stands there.
    """
    runs = _runs(lines, id)
    for n, run in enumerate(runs):
        above = runs[n - 1] if n else None
        below = runs[n + 1] if n + 1 < len(runs) else None
        if run.cell is None:
            continue
        if run.text:
            if above is not None and above.grid != run.grid and above.cell is not None:
                joined = above.text + run.text
                if words.level(joined) in (1, 2) and not words.level(above.text) and not words.level(run.text):
                    above.text = run.text = joined
            continue
        broken = below is not None and below.grid != run.grid and below.text != ""
        merged = run.cell.rows > 1 or (above is not None and above.cell is not None and above.cell.rows > 1)
        if broken and below is not None and merged and (above is None or above.text != below.text):
            run.text = below.text
        elif above is not None:
            run.text = above.text
    out = [""] * len(lines)
    for run in runs:
        out[run.first : run.last + 1] = [run.text] * (run.last - run.first + 1)
    return out


def fill(lines: Sequence[Levelled], words: Words) -> Iterator[tuple[Levelled, str, str, str]]:
    """Every row with its level 1, level 2 and project."""
    level1 = texts(lines, "level1", words)
    level2 = texts(lines, "level2", words)
    project = texts(lines, "project", words)
    for n, line in enumerate(lines):
        one, two = level1[n], level2[n]
        if n and one != level1[n - 1] and two == level2[n - 1] and not _printed(line, "level2"):
            for k in range(n, len(lines)):
                if level1[k] != one or level2[k] != two or _printed(lines[k], "level2"):
                    break
                level2[k] = ""
            two = ""
        if not one and two:
            parents = words.parents(unpointed(two))
            one = next((name for name in level1 if core(name) in parents), "")
        yield line, unpointed(one), unpointed(two), project[n]


def _printed(line: Levelled, id: str) -> bool:
    cell = line.cell(id)
    return cell is not None and cell.text != ""
