"""Random years that a ledger takes, and files written cell by cell, for the tests of the intake. All invented."""

import csv
import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import xlsxwriter
from hypothesis import strategies as st

from mingzhang.books.accounts import Costing, Count, Organisation, Procurement, Project
from mingzhang.books.draft import Draft, Line
from mingzhang.books.intake.layout import template
from mingzhang.books.intake.records import Records, renumbered

YEAR = 2024
_ITEMS = {"general": ("2101501", "2101599", "2080505"), "fund": ("2120801",), "business": ("2101501", "2101550")}
_USES = {
    "basic_wages": ("30101", "30102"), "basic_goods": ("30201", "30211"), "project_operating": ("30227", "31002"),
    "project_specific": ("30227", ""),
}  # fmt: skip
_HIDDEN = ("Cc", "Cs", "Cn", "Co", "Cf", "Zl", "Zp", "Zs")

letters = st.one_of(st.sampled_from("=+-@'\",;<&_x00 甲乙事项〔〕"), st.characters(exclude_categories=_HIDDEN))
line_of_text = st.text(letters, max_size=30).map(lambda text: " ".join(text.split()))
words = line_of_text.filter(bool)
paragraphs = st.lists(words, min_size=1, max_size=3).map("\n".join)
amounts = st.one_of(st.integers(1, 10**6), st.integers(1, 10**12))
counts = st.decimals(0, 10**6, places=3).map(lambda d: Decimal(f"{d:f}"))


@st.composite
def lines(draw: st.DrawFn, units: Sequence[str], projects: Sequence[str]) -> Line:
    """A line of one of the units; a project only where the use has one."""
    source = draw(st.sampled_from(sorted(_ITEMS)))
    use = draw(st.sampled_from([u for u in _USES if source == "general" or u.startswith("project")]))
    economic = draw(st.sampled_from(_USES[use]))
    project = draw(st.sampled_from(["", *projects])) if use.startswith("project") else ""
    item = draw(st.sampled_from(_ITEMS[source]))
    own = draw(st.sampled_from((True, True, False))) if source == "general" else True
    return Line(draw(st.sampled_from(units)), source, item, economic, draw(st.sampled_from(("", "50101"))), project, use, own)


@st.composite
def years(draw: st.DrawFn) -> Records:
    """A year that the ledger takes: what is paid is approved, allotted and there."""
    units = [f"{n:03d}" for n in range(1, draw(st.integers(1, 3)) + 1)]
    codes = [f"P{n}" for n in range(draw(st.integers(0, 3)))]
    projects = tuple(draw(_project(code, units)) for code in codes)
    drafts: list[Draft] = []
    day = date(YEAR, 1, 1)

    def add(kind: str, line: Line, amount: int, voucher: str = "", consent: str = "") -> None:
        document = f"{draw(line_of_text)}〔{len(drafts) + 1}〕" if not voucher else f"号{voucher}"
        drafts.append(Draft(kind, line, amount, day, document, draw(line_of_text) if not voucher else "", voucher, consent))

    for line in draw(st.lists(lines(units, codes), min_size=1, max_size=5, unique=True)):
        day = date(YEAR, 1, 1) + timedelta(draw(st.integers(0, 300)))
        budget = draw(amounts)
        add("approval", line, budget)
        if draw(st.booleans()):
            more = draw(amounts)
            add("supplement", line, more)
            budget += more
        if line.source == "business":
            add("income", line.means, budget)
        else:
            add("allotment", line, budget)
        rest = budget
        for _ in range(draw(st.integers(0, 3))):
            paid = draw(st.integers(0, rest))
            if paid:
                day = min(day + timedelta(draw(st.integers(0, 20))), date(YEAR, 12, 31))
                add("payment", line, paid)
                rest -= paid
        if draw(st.booleans()):
            add("opening", line.means, draw(amounts))
        other = line._replace(government="50201")
        if rest > 1 and line.government != "50201" and line.use == "project_specific" and not line.project and line.source == "business":
            for kind, sign in (("virement", -1),):
                moved = draw(st.integers(1, rest))
                add(kind, line, sign * moved, f"v{len(drafts)}")
                add(kind, other, moved, drafts[-1].voucher)
    told = st.dictionaries(st.sampled_from(("duties", "organisation", "x.1", "duties@001")), paragraphs, max_size=3)
    return Records(
        YEAR,
        Organisation("9", draw(words), draw(st.sampled_from(("administrative", "institution"))), "410000", draw(line_of_text)),
        tuple(Organisation(code, f"{draw(words)}{code}", draw(st.sampled_from(("managed", "institution")))) for code in units),
        projects,
        renumbered(drafts),
        tuple(
            Procurement(unit, kind, a, a // 2, a // 3, "final")
            for unit, kind in sorted(draw(st.sets(st.tuples(st.sampled_from(units), st.sampled_from(("goods", "works"))))))
            for a in (draw(amounts),)
        ),
        tuple(
            Count(unit, what, draw(st.integers(0, 10**6)))
            for unit, what in sorted(draw(st.sets(st.tuples(st.sampled_from(units), st.sampled_from(("staff", "guests", "asset:特种车"))))))
        ),
        dict(sorted(draw(told).items())),
        dict(sorted(draw(told).items())),
    )  # fmt: skip


@st.composite
def _project(draw: st.DrawFn, code: str, units: Sequence[str]) -> Project:
    costing = [
        Costing(draw(words), draw(counts), draw(words)[:20].strip(), draw(amounts), draw(line_of_text), draw(st.sampled_from(
            (Decimal(1), Decimal(12), Decimal("0.5")))))
        for _ in range(draw(st.integers(0, 2)))
    ]  # fmt: skip
    kind = draw(st.sampled_from(("project_operating", "project_specific")))
    summary = draw(st.one_of(st.just(""), paragraphs))
    return Project(code, f"{draw(words)}{code}", draw(st.sampled_from(units)), kind, summary, draw(line_of_text), tuple(costing))


Sheets = Mapping[str, Sequence[Sequence[str]]]
"""Rows of texts by sheet. A text may begin with what the cell is: ``n:`` number, ``d:`` dated number, ``f:`` formula
with its stored value after ``|``, ``e:`` error, ``b:`` truth; else it is text."""

_KIND = re.compile(r"([ndfeb]):(.*)\Z", re.DOTALL)


def xlsx(
    path: Path, sheets: Sheets, *, merge: str = "", hidden_row: int = 0, hidden_sheet: str = "", epoch: int = 1900
) -> Path:
    """A workbook of the sheets; ``merge`` is ``sheet!A2:B2``, ``hidden_row`` is hidden in the first sheet."""
    options = {"strings_to_formulas": False, "date_1904": epoch == 1904}
    with xlsxwriter.Workbook(str(path), options) as book:
        dated = book.add_format({"num_format": "yyyy-mm-dd"})
        for number, (name, rows) in enumerate(sheets.items()):
            sheet = book.add_worksheet(name)
            if name == hidden_sheet:
                sheet.hide()
            for r, row in enumerate(rows):
                for c, text in enumerate(row):
                    _cell(sheet, r, c, text, dated)
            if merge.startswith(f"{name}!"):
                first = rows[1][0] if len(rows) > 1 else ""
                sheet.merge_range(merge.split("!")[1], first)
            if hidden_row and number == 0:
                sheet.set_row(hidden_row - 1, None, None, {"hidden": True})
    return path


def _cell(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, text: str, dated: object) -> None:
    hit = _KIND.match(text)
    if not hit:
        sheet.write_string(row, column, text)
        return
    kind, value = hit.groups()
    match kind:
        case "n":
            sheet.write_number(row, column, Decimal(value))
        case "d":
            sheet.write_number(row, column, Decimal(value), dated)
        case "f":
            formula, _, stored = value.partition("|")
            sheet.write_formula(row, column, formula, None, stored)
        case "e":
            sheet.write_formula(row, column, "=1/0", None, value)
        case "b":
            sheet.write_boolean(row, column, value == "1")


def folder(path: Path, sheets: Sheets) -> Path:
    """A folder of CSV files of the sheets, all cells as text."""
    path.mkdir(parents=True, exist_ok=True)
    for name, rows in sheets.items():
        with (path / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([_KIND.sub(r"\2", text) for text in row] for row in rows)
    return path


def header(sheet: str) -> list[str]:
    """The header of a sheet as the template writes it in Chinese."""
    form = template().sheet(sheet)
    assert form is not None
    return [c.zh + ("（元）" if c.type == "amount" else "") for c in form.columns]
