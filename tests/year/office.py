"""An invented office with two years of books, for tests that go from goals to the published year."""

from datetime import date

from mingzhang.books.accounts import Costing, Organisation, Project
from mingzhang.books.draft import Draft, Line

YEAR = 2024
DEPARTMENT = Organisation("361", "甲县保障局", "administrative", "", "县级")
UNITS = (Organisation("361001", "甲县保障局（本级）"), Organisation("361002", "甲县保障中心", "institution"))
AID = Project(
    "P01", "医疗救助", "361001", summary="救助困难群众",
    costing=(Costing("住院救助", 900, "人次", 200_000), Costing("门诊救助", 400, "人次", 30_000)),  # type: ignore[arg-type]
)  # fmt: skip
DESK = Project(
    "P02", "窗口运行", "361002", "project_operating", costing=(Costing("聘用人员", 6, "人", 4_200_000),)  # type: ignore[arg-type]
)  # fmt: skip
WAGES = Line("361001", "general", "2101501", "30101", use="basic_wages")
CENTRE = Line("361002", "general", "2101550", "30101", use="basic_wages")
AIDING = Line("361001", "general", "2101599", "30227", project="P01", use="project_specific")
RUNNING = Line("361002", "general", "2101599", "30227", project="P02", use="project_operating")
BUDGET = {WAGES: 300_000_00, CENTRE: 240_000_33, AIDING: 1_920_000_00, RUNNING: 252_000_00}
AUGUST = {WAGES: 200_000_00, CENTRE: 160_000_00, AIDING: 1_200_000_00, RUNNING: 60_000_00}
"""Paid by the end of August."""


def opened(year: int) -> None:
    """The organisation, the projects, the books of the year, and their budget."""
    from mingzhang.books import closing, ledger, registers

    registers.organise(DEPARTMENT, UNITS)
    for project in (AID, DESK):
        registers.cost("361", year, project, author="甲")
    book = closing.open_book("361", year)
    drafts = []
    for n, (line, amount) in enumerate(BUDGET.items()):
        drafts.append(Draft("approval", line, amount, date(year, 1, 20), f"批{n}"))
        drafts.append(Draft("allotment", line, amount, date(year, 1, 25), f"额{n}"))
    ledger.append(book, drafts, author="甲", key="open")


def pay(year: int, line: Line, amount: int, day: date, document: str) -> None:
    """One payment."""
    from mingzhang.books import ledger
    from mingzhang.books.models import Book

    book = Book.objects.get(department="361", year=year)
    ledger.append(book, [Draft("payment", line, amount, day, document)], author="甲", key=document)


def last_year(year: int) -> None:
    """A whole year, paid evenly month by month."""
    opened(year)
    for line, amount in BUDGET.items():
        for month in range(1, 13):
            part = amount // 12 + (amount % 12 if month == 12 else 0)
            pay(year, line, part, date(year, month, 28), f"{line.project or line.unit}支{month}")


def to_august(year: int) -> None:
    for line, amount in AUGUST.items():
        pay(year, line, amount, date(year, 8, 12), f"{line.project or line.unit}支8")


def rest(year: int) -> None:
    """What is paid from September on: all of it, but for a part of the second project."""
    for line, amount in BUDGET.items():
        left = amount - AUGUST[line] - (50_000_00 if line is RUNNING else 0)
        pay(year, line, left, date(year, 11, 12), f"{line.project or line.unit}支11")
