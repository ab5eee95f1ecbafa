"""A small department and its entries, for the tests of the books. Nobody's names and figures."""

from datetime import date
from decimal import Decimal
from typing import Any

from mingzhang.books.accounts import Organisation
from mingzhang.books.draft import Draft, Line

DEPARTMENT = Organisation("901", "甲局")
UNITS = (Organisation("901001", "甲局本级"), Organisation("901002", "甲局服务中心", "institution"))
WAGES = Line("901001", "general", "2101501", "30101", "50101", use="basic_wages")
GOODS = Line("901001", "general", "2101501", "30201", "50201", use="basic_goods")
WORK = Line("901001", "general", "2101599", "30227", "50205", project="P1", use="project_specific")
FUND = Line("901001", "fund", "2120801", "30227", "50205", use="project_specific")
OWN = Line("901002", "business", "2101550", "30201", "50502", use="basic_goods")


def draft(kind: str, line: Line, amount: int, document: str, **more: Any) -> Draft:
    """A draft of 1 March 2024."""
    return Draft(kind, line, amount, more.pop("date", date(2024, 3, 1)), document, **more)


def book(year: int = 2024) -> Any:
    """The department's book in the database that is set up."""
    from mingzhang.books import closing, registers
    from mingzhang.books.accounts import Costing, Project

    registers.organise(DEPARTMENT, UNITS)
    project = Project("P1", "窗口改造", "901001", costing=(Costing("柜台", Decimal(4), "个", 500000),))
    registers.cost("901", year, project, author="甲")
    return closing.open_book("901", year)


def funded(year: int = 2024, amount: int = 100_000) -> Any:
    """A book in which every appropriation line has a budget and an allotment of ``amount`` fen."""
    from mingzhang.books import ledger

    made = book(year)
    day = date(year, 1, 2)
    drafts = [
        Draft(kind, line, amount, day, "年初")
        for line in (WAGES, GOODS, WORK, FUND)
        for kind in ("approval", "allotment")
    ]
    ledger.append(made, drafts, author="甲")
    return made
