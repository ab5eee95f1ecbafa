"""What the ledger holds closes into disclosures that add up and that the check finds sound."""

from datetime import date

import pytest

from mingzhang.check import check
from tests.books.made import FUND as WITHOUT
from tests.books.made import GOODS, OWN, WAGES, WORK, book, draft

FUND = WITHOUT._replace(project="P1")
pytestmark = pytest.mark.usefixtures("sqlite")


@pytest.mark.parametrize("kind", ["budget", "final"])
@pytest.mark.parametrize("province", ["", "41"])
def test_the_ledger_closes(kind: str, province: str) -> None:
    from mingzhang.books import ledger
    from mingzhang.books.tell import accounts
    from mingzhang.year import close

    own = book()
    plans = [(WAGES, 12_345_678), (GOODS, 3_456_789), (WORK, 7_654_321), (FUND, 1_234_567)]
    drafts = [draft("approval", line, amount, "年初") for line, amount in plans]
    drafts += [draft("allotment", line, amount - 1_111, "额度") for line, amount in plans]
    drafts += [draft("payment", line, amount - 77_777, f"支{n}") for n, (line, amount) in enumerate(plans)]
    drafts += [draft("opening", FUND.means, 43_210, "上年"), draft("approval", OWN, 543_210, "年初")]
    drafts += [draft("income", OWN.means, 654_321, "收入"), draft("payment", OWN, 432_109, "支9")]
    ledger.append(own, drafts, author="甲")
    told = accounts("901", 2024)
    closed = close(told, kind, province=province)
    assert closed.way != "nearest" and not closed.tails
    for found in closed.disclosures:
        assert not [f for f in check(found).findings if f.severity != "hint"]
    if kind == "final":
        spent = next(e for e in closed.ledger if (e.scope, e.statement, e.label, e.column) == ("department", "F03", "合计", "total"))
        assert spent.fen == sum(amount - 77_777 for _, amount in plans) + 432_109


def test_the_accounts_up_to_a_day_leave_out_what_came_later() -> None:
    from mingzhang.books import ledger
    from mingzhang.books.tell import accounts

    own = book()
    drafts = [draft("approval", WORK, 500_000, "年初"), draft("allotment", WORK, 300_000, "额度")]
    drafts += [draft("payment", WORK, 100_000, "支1"), draft("payment", WORK, 50_000, "支2", date=date(2024, 10, 8))]
    drafts += [draft("cut", WORK, 120_000, "核减", date=date(2024, 12, 20))]
    ledger.append(own, drafts, author="甲")

    def amounts(day: date | None) -> dict[str, int]:
        return {e.flow: e.amount for e in accounts("901", 2024, day).entries if e.flow in ("year", "adjust", "project")}

    assert amounts(date(2024, 10, 7)) == {"year": 500_000, "project": 100_000}
    assert amounts(date(2024, 10, 8)) == {"year": 500_000, "project": 150_000}
    assert amounts(None) == {"year": 500_000, "adjust": -120_000, "project": 150_000}
