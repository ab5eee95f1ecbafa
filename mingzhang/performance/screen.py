"""A recomputation on the screen, and as CSV."""

import csv
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from mingzhang.performance.recompute import Recomputation, Recomputed, Table
from mingzhang.performance.suspects import Suspect
from mingzhang.schemes import Scheme, measured

COLUMNS = (
    "table", "project", "level1", "level2", "name", "target", "actual", "weight", "score", "deviation", "scheme", "state",
    "reason", "due_score", "due_deviation", "suspect", "should", "slip", "likelihood", "others",
)  # fmt: skip
FITS = ("table", "project", "scheme", "name", "fits", "off", "open", "telling")
_STYLE = {"fits": "green", "off": "bold red", "open": "dim"}
_SURE = 0.9


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    path = resources.files("mingzhang.performance") / "data" / "recompute.toml"
    return tomllib.loads(path.read_text("utf-8"))


def said(part: str, key: str, lang: str = "zh", **values: object) -> str:
    """The words for a key, filled in."""
    text = _data()[part].get(key)
    return text[lang == "en"].format(**values) if text else key


def _scheme(scheme: Scheme, lang: str) -> str:
    return scheme.name_en if lang == "en" else scheme.name


def _cell(one: Recomputed, suspect: Suspect, lang: str) -> str:
    money = one.row.kind == "money" and suspect.cell == "deviation"
    return said("cell", "rate" if money else suspect.cell, lang)


def _mends(found: Sequence[tuple[str, Suspect]], lang: str, most: int = 3) -> str:
    """The suspects in words, likeliest first; only the first where it is nearly sure."""
    kept = found[:1] if found and found[0][1].share >= _SURE else found[:most]
    parts = []
    for cell, s in kept:
        slip = f"（{said('slip', s.slip, lang)}）" if s.slip else ""
        slip = slip.replace("（", " (").replace("）", ")") if lang == "en" else slip
        parts.append(said("told", "mend", lang, cell=cell, printed=s.printed, should=s.should) + slip)
    return said("told", "or", lang).join(parts)


def _heading(result: Recomputation, lang: str) -> str:
    best = result.fits[0]
    if result.shown:
        return said("told", "shown", lang, n=best.fits, scheme=_scheme(best.scheme, lang))
    if result.tied:
        names = [_scheme(s, lang) for s in (best.scheme, *result.tied)]
        return said("told", "tied", lang, n=len(names), schemes="、".join(names) if lang == "zh" else ", ".join(names))
    return said("told", "unshown", lang, scheme=_scheme(best.scheme, lang))


def show(console: Console, title: str, result: Recomputation, lang: str = "zh", verbose: bool = False) -> None:
    """The schemes compared, the tables with their counts, and every row that does not fit (all rows where ``verbose``)."""
    console.print(Text(title, style="bold"))
    if not result.tables:
        console.print(Padding(Text(said("told", "none", lang), style="yellow"), (0, 0, 0, 2)))
        return
    counts = {state: result.count(state) for state in ("fits", "off", "open")}
    line = said("told", "counts", lang, tables=len(result.tables), rows=sum(counts.values()), **counts)
    console.print(Padding(Text(line), (0, 0, 0, 2)))
    console.print(Padding(Text(_heading(result, lang), style="green" if result.shown else "yellow"), (0, 0, 0, 2)))
    console.print(Padding(_fits(result, lang), (1, 0, 1, 2)))
    for table in result.tables:
        console.print(Padding(_table(table, lang, verbose), (0, 0, 0, 2)))
    reasons = Counter(r.verdict.reason for t in result.tables for r in t.rows if r.verdict.state == "open")
    if reasons:
        listed = "，".join(f"{said('reason', reason, lang)} {n}" for reason, n in reasons.most_common())
        text = said("told", "reasons", lang, list=listed if lang == "zh" else listed.replace("，", ", "))
        console.print(Padding(Text(text, style="dim"), (1, 0, 0, 2)))
    console.print()


def _fits(result: Recomputation, lang: str) -> Grid:
    grid = Grid(box=None, padding=(0, 2, 0, 0), header_style="dim")
    grid.add_column(said("told", "scheme", lang), overflow="fold")
    for state in ("fits", "off", "open"):
        grid.add_column(said("state", state, lang), justify="right")
    for fit in result.fits:
        grid.add_row(_scheme(fit.scheme, lang), str(fit.fits), str(fit.off), str(fit.open))
    return grid


def _table(table: Table, lang: str, verbose: bool) -> Grid:
    grid = Grid.grid(padding=(0, 1))
    grid.add_column(overflow="fold")
    wrong = table.count("off") + sum(not s.holds for s in table.sums)
    mark = Text("✗ " if wrong else "✓ ", "bold red" if wrong else "green")
    counts = "  ".join(f"{said('state', s, lang)} {table.count(s)}" for s in ("fits", "off", "open") if table.count(s))
    grid.add_row(Text.assemble(mark, (table.evaluation.project or table.evaluation.kind, "bold"), "  ", (counts, "dim")))
    for one in table.rows:
        if one.verdict.state == "off" or verbose:
            grid.add_row(Padding(_row(one, lang), (0, 0, 0, 4)))
    for s in table.sums:
        if not s.holds:
            told = said("told", "sum_off", lang, cell=said("cell", s.cell, lang), parts=s.parts, printed=s.printed)
            grid.add_row(Padding(Text(told, "red"), (0, 0, 0, 4)))
    if table.sum_suspects:
        grid.add_row(Padding(Text(_sum_mends(table, lang)), (0, 0, 0, 4)))
    return grid


def _sum_mends(table: Table, lang: str) -> str:
    parts = []
    for n, s in table.sum_suspects[:3]:
        if s.cell == "row" and n is not None:
            name = table.rows[n].row.indicator.name
            parts.append(said("told", "leaves", lang, name=name, printed=s.printed))
            continue
        cell = said("cell", s.cell, lang)
        where = said("cell", "total", lang) if n is None else table.rows[n].row.indicator.name
        cell = cell if s.cell == "total" else f"{where} {cell}"
        parts.append(said("told", "mend", lang, cell=cell, printed=s.printed, should=s.should))
    return f"{said('told', 'suspect', lang)}  {said('told', 'or', lang).join(parts)}"


def _row(one: Recomputed, lang: str) -> Text:
    i, due = one.row.indicator, one.verdict.due
    shown = " ".join(x for x in (i.name or i.level2, i.target, i.actual, i.weight, i.score, i.deviation) if x)
    text = Text.assemble((said("state", one.verdict.state, lang), _STYLE[one.verdict.state]), "  ", shown)
    if one.verdict.state == "fits":
        return text
    if one.verdict.reason:
        text.append(f"  {said('reason', one.verdict.reason, lang)}", "dim")
    if one.verdict.state == "off" and due is not None:
        deviation = "" if due.deviation is None else f" {due.deviation:.2f}%"
        text.append(f"\n{said('told', 'due', lang)}  {due.score}{deviation}")
    if one.verdict.state == "off":
        found = [(_cell(one, s, lang), s) for s in one.suspects]
        mends = _mends(found, lang) or said("told", "nothing_mends", lang)
        text.append(f"\n{said('told', 'suspect', lang)}  {mends}", "yellow")
    return text


def rows(result: Recomputation, lang: str = "zh") -> Iterator[tuple[str, ...]]:
    """One line for every scored row, in the columns of ``COLUMNS``."""
    for table in result.tables:
        e = table.evaluation
        for one in table.rows:
            i, due = one.row.indicator, one.verdict.due
            first = one.suspects[0] if one.suspects else None
            yield (
                e.kind, e.project, i.level1, i.level2, i.name, i.target, i.actual, i.weight, i.score, i.deviation,
                table.scheme.id, one.verdict.state,
                said("reason", one.verdict.reason, lang) if one.verdict.reason else "",
                f"{due.score}" if due else "", f"{due.deviation}" if due and due.deviation is not None else "",
                first.cell if first else "", first.should if first else "", first.slip if first else "",
                f"{first.share:.3f}" if first else "", "；".join(f"{s.cell} {s.should}" for s in one.suspects[1:]),
            )  # fmt: skip


def _safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula (a target such as =100%, a negative figure stay as they are)."""
    risky = text.startswith(("=", "+", "-", "@", "\t", "\r"))
    return f"'{text}" if risky and measured(text).value is None else text


def write(result: Recomputation, out: Path, lang: str = "zh") -> tuple[Path, Path]:
    """recomputed.csv (every scored row) and schemes.csv (how each scheme fits, table by table) in the folder ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    fits = [("", "", f) for f in result.fits]
    fits += [(t.evaluation.kind, t.evaluation.project, f) for t in result.tables for f in t.fits]
    listed = [
        (kind, project, f.scheme.id, _scheme(f.scheme, lang), str(f.fits), str(f.off), str(f.open), str(f.telling))
        for kind, project, f in fits
    ]
    paths = out / "recomputed.csv", out / "schemes.csv"
    tables: list[tuple[Path, tuple[str, ...], list[tuple[str, ...]]]] = [
        (paths[0], COLUMNS, list(rows(result, lang))), (paths[1], FITS, list(listed)),
    ]  # fmt: skip
    for path, header, lines in tables:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(header)
            writer.writerows([[_safe(text) for text in line] for line in lines])
    return paths
