"""Grids and lines for the tests, drawn as text."""

from mingzhang.forms import EvaluationForm, load
from mingzhang.read.block import Grid, GridCell, Line
from tests.read.drawn import spans

FORMS = {form.kind: form for form in load().evaluations}


def form(kind: str) -> EvaluationForm:
    return FORMS[kind]


def grid(rows: list[str], page: int = 1, top: float = 100.0, widths: list[float] | None = None) -> Grid:
    """Cells parted by ``|``; ``<`` continues the cell to the left, ``^`` the cell above."""
    table = [[text.strip() for text in row.split("|")] for row in rows]
    count = len(table[0])
    assert all(len(row) == count for row in table), [len(r) for r in table]
    edges = [50.0]
    for n in range(count):
        edges.append(edges[-1] + (widths[n] if widths else 40.0))
    cells = []
    for r, c, tall, wide, text in spans(table):
        box = (edges[c], top + 20 * r, edges[c + wide], top + 20 * (r + tall))
        cells.append(GridCell(r, c, tall, wide, tuple(text.split("/n")), box))
    return Grid(page, len(table), count, tuple(cells), (edges[0], top, edges[-1], top + 20 * len(table)))


def lines(text: str) -> list[Line]:
    """Lines of a text file; empty lines only count."""
    out = []
    for number, raw in enumerate(text.strip("\n").split("\n"), 1):
        if raw.strip():
            parts = tuple(p.strip() for p in raw.split("→")) if "→" in raw else ()
            out.append(Line(" ".join(raw.replace("→", " ").split()), None, None, number, parts))
    return out


def brief(evaluation) -> list[tuple[str, str, str, str]]:
    return [(i.level1, i.level2, i.name, i.target) for i in evaluation.indicators]
