"""Registers and the accounts of a year: what was put in last stands, and the sums are those of the entries."""

from datetime import date
from decimal import Decimal

import pytest

from mingzhang.books.accounts import Costing, Count, Procurement, Project
from mingzhang.disclosure import Disclosure, Publisher
from tests.books.made import DEPARTMENT, GOODS, OWN, UNITS, WAGES, WORK, book, draft

pytestmark = pytest.mark.usefixtures("database")


def test_the_last_of_each_key_stands_and_the_first_stays() -> None:
    from mingzhang.books import models, registers
    from mingzhang.books.tell import accounts

    own = book()
    registers.count(own, [Count("901001", "missions", 3), Count("901002", "missions", 1)], author="甲")
    registers.count(own, [Count("901001", "missions", 2)], author="乙")
    registers.procure(own, [Procurement("901001", "goods", 900, 400, 100)], author="甲")
    registers.procure(
        own,
        [Procurement("901001", "goods", 800, 400, 100), Procurement("901001", "goods", 7, flow="budget")],
        author="甲",
    )
    registers.write(own, paragraphs={"duties": "旧"}, reasons={"F01:total": "人员增加"}, author="甲")
    registers.write(own, paragraphs={"duties": "新"}, author="甲")
    last = Disclosure(Publisher("甲局"), 2023, "final")
    registers.fix(own, "2023 final", last, author="甲")
    told = accounts("901", 2024)
    assert told.counts == (Count("901001", "missions", 2), Count("901002", "missions", 1))
    assert told.procurement == (
        Procurement("901001", "goods", 7, flow="budget"),
        Procurement("901001", "goods", 800, 400, 100),
    )
    assert (told.paragraphs, told.reasons, told.published) == ({"duties": "新"}, {"F01:total": "人员增加"}, (last,))
    assert (told.department, told.units, told.year) == (DEPARTMENT, UNITS, 2024)
    assert models.Counted.objects.count() == 3 and models.Text.objects.count() == 3


def test_a_costing_is_kept_version_by_version() -> None:
    from mingzhang.books import models, registers

    book()
    line = Costing("柜台", Decimal("3.5"), "个", 480_000, "询价单", Decimal(2))
    project = Project(
        "P1", "窗口改造", "901001", basis="甲发〔2024〕7号", costing=(line, Costing("线路", Decimal(1), "批", 5))
    )
    assert registers.cost("901", 2024, project, author="乙", basis_date=date(2024, 2, 1)) == 2
    assert registers.cost("901", 2024, project, author="丙", basis_date=date(2024, 2, 1)) == 2
    assert registers.projects("901", 2024) == (project,)
    assert registers.projects("901", 2023)[0].costing == ()
    assert models.CostingLine.objects.count() == 3
    assert sum(c.amount for c in project.costing) == Decimal(3_360_005)
    with pytest.raises(ValueError, match="负"):
        registers.cost(
            "901", 2024, Project("P2", "负", "901001", costing=(Costing("x", Decimal(-1), "个", 1),)), author="乙"
        )


def test_registers_refuse_what_cannot_be() -> None:
    from mingzhang.books import registers

    own = book()
    with pytest.raises(ValueError, match="小微"):
        registers.procure(own, [Procurement("901001", "goods", 100, 101)], author="甲")
    with pytest.raises(ValueError, match="负"):
        registers.count(own, [Count("901001", "missions", -1)], author="甲")


def test_the_accounts_of_a_year() -> None:
    from mingzhang.books import ledger
    from mingzhang.books.tell import accounts

    own = book()
    ledger.append(
        own,
        [
            draft("approval", WAGES, 1000, "年初"),
            draft("approval", WORK, 500, "年初"),
            draft("carried", GOODS, 60, "年初"),
            draft("opening", GOODS.means, 70, "上年"),
            draft("supplement", WAGES, 40, "追1"),
            draft("cut", WORK, 100, "减1"),
            draft("allotment", WAGES, 900, "额1"),
            draft("allotment", WORK, 400, "额1"),
            draft("withdrawal", WORK, 150, "收1"),
            draft("payment", WAGES, 700, "支1"),
            draft("payment", GOODS, 20, "支2"),
            draft("payment", WORK, 250, "支3"),
            draft("refund", WAGES, 30, "退1"),
            draft("approval", OWN, 80, "年初"),
            draft("income", OWN.means, 90, "入1"),
            draft("use_surplus", OWN.means, 5, "入2"),
            draft("payment", OWN, 50, "支4"),
            draft("distribution", OWN.means, 6, "分1"),
        ],
        author="甲",
    )
    told: dict[tuple[str, str, str], int] = {}
    for e in accounts("901", 2024).entries:
        key = (e.flow, e.item, e.economic)
        assert key not in told
        told[key] = e.amount
    assert told == {
        ("year", "2101501", "30101"): 1000, ("year", "2101599", "30227"): 500, ("year", "2101550", "30201"): 80,
        ("carry", "2101501", "30201"): 60,
        ("adjust", "2101501", "30101"): 40, ("adjust", "2101599", "30227"): -100,
        ("income", "2101501", ""): 900, ("income", "2101599", ""): 250, ("income", "2101550", ""): 90,
        ("basic", "2101501", "30101"): 670, ("basic", "2101501", "30201"): 20, ("project", "2101599", "30227"): 250,
        ("basic", "2101550", "30201"): 50,
        ("opening", "2101501", ""): 70, ("use_surplus", "2101550", ""): 5, ("distribution", "2101550", ""): 6,
        ("closing", "2101501", ""): 280, ("closing", "2101550", ""): 39,
    }  # fmt: skip


def test_what_the_columns_do_not_hold_is_refused_on_every_database() -> None:
    """SQLite would keep the long texts, and both would round the decimals without a word."""
    from mingzhang.books import registers

    own = book()
    with pytest.raises(ValueError, match="40 个字"):
        registers.cost("901", 2024, Project("P" * 41, "甲", "901001"), author="甲")
    with pytest.raises(ValueError, match="200 个字"):
        registers.write(own, reasons={"x" * 201: "人员增加"}, author="甲")
    with pytest.raises(ValueError, match="存不下"):
        registers.count(own, [Count("901001", "asset:甲\0乙", 1)], author="甲")
    line = Costing("柜台", Decimal("0.1234567"), "个", 480_000)
    with pytest.raises(ValueError, match="6 位小数"):
        registers.cost("901", 2024, Project("P9", "甲", "901001", costing=(line,)), author="甲")
    assert [p.code for p in registers.projects("901", 2024)] == ["P1"]
    for enter in (lambda: registers.write(own, reasons={"a": "b"}, author=" "), lambda: registers.count(own, [Count("901001", "guests", 1)], author="")):
        with pytest.raises(ValueError, match="经办人"):
            enter()
