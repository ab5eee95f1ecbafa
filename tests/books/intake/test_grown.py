"""A year's workbook grows and is imported again: the new rows are entered, what stands is recognised, what differs refused."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingzhang.books.accounts import Organisation
from mingzhang.books.admit import vouchers
from mingzhang.books.draft import Draft, Line
from mingzhang.books.intake import Records, Rejected, read, write
from mingzhang.books.intake.fault import Fault
from mingzhang.books.intake.records import renumbered
from tests.books.intake.made import YEAR, xlsx, years
from tests.books.intake.test_commands import Clerk, clerk, filled
from tests.books.intake.test_faults import base, dump

__all__ = ["clerk", "filled"]
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
A = Line("001", "general", "2101501", "30201", use="basic_goods")
B, C, D = (A._replace(economic=code) for code in ("30211", "30213", "30216"))
DAY = date(YEAR, 3, 1)
FIRST = (
    *(Draft("approval", line, 2000, date(YEAR, 1, 2), "批1") for line in (A, B, C, D)),
    *(Draft("allotment", line, 1000, date(YEAR, 1, 3), "额1") for line in (A, B, C, D)),
    Draft("payment", A, 900, DAY, "支1", "购书"),
)
MOVED = (
    Draft("virement", B, -100, DAY, "调1", voucher="v", consent="同意1"),
    Draft("virement", C, 100, DAY, "调1", voucher="v", consent="同意1"),
)
JOINT = (Draft("payment", B, 20, DAY, "支2", voucher="p"), Draft("payment", C, 30, DAY, "支2", voucher="p"))


def records(drafts: Iterable[Draft]) -> Records:
    return Records(YEAR, Organisation("9", "甲局"), (Organisation("001", "甲局本级"),), drafts=renumbered(list(drafts)))


def entered(drafts: Iterable[Draft]) -> Any:
    from mingzhang.books.intake.enter import enter

    return enter(records(drafts), YEAR, author="甲")


def refused(drafts: Iterable[Draft]) -> list[tuple[int, str, str]]:
    with pytest.raises(Rejected) as caught:
        entered(drafts)
    assert all("{" not in f.words("zh") + f.words("en") for f in caught.value.faults)
    return [(f.row, str(f.figures.get("rule", f.reason)), f.words()) for f in caught.value.faults]


def whole() -> tuple[Any, ...]:
    """What the books say: accounts, entries as records, and the balances of every line."""
    from mingzhang.books.intake.enter import held
    from mingzhang.books.ledger import line_of
    from mingzhang.books.models import Balance, Means
    from mingzhang.books.tell import accounts

    balances = {
        line_of(b.line): b.quantities() for b in Balance.objects.select_related("line") if any(b.quantities().values())
    }
    means = {line_of(m.line): m.left for m in Means.objects.select_related("line") if m.left}
    return accounts("9", YEAR), held("9", YEAR), balances, means


def versions() -> list[int]:
    from mingzhang.books import models

    return [
        m.objects.count() for m in (models.Costing, models.CostingLine, models.Counted, models.Procured, models.Text)
    ]


@settings(max_examples=12, suppress_health_check=QUIET, deadline=None)
@given(years(), st.data())
@pytest.mark.usefixtures("sqlite")
def test_a_year_that_grows_voucher_by_voucher_is_the_year_at_once(year: Records, data: st.DataObject) -> None:
    from django.db import transaction

    from mingzhang.books.intake.enter import enter
    from mingzhang.books.verify import verify

    with transaction.atomic():
        enter(year, YEAR, author="甲")
        at_once, registered = whole(), versions()
        transaction.set_rollback(True)
    ends = [rows.stop for rows in vouchers(year.drafts)]
    steps = sorted(data.draw(st.sets(st.sampled_from(ends)))) if data.draw(st.booleans()) else ends
    with transaction.atomic():
        before = 0
        for stop in [*steps, ends[-1]]:
            grown = replace(year, drafts=renumbered(year.drafts[:stop]))
            done = enter(grown, YEAR, author="甲")
            if stop > before:
                assert (done.new, done.stood, done.back) == (stop - before, before, 0)
                assert done.receipt is not None and (done.receipt.first, done.receipt.last) == (before + 1, stop)
            assert versions() == registered
            before = stop
            again = enter(grown, YEAR, author="乙")
            assert again.again and (again.new, again.stood) == (0, stop)
        assert whole() == at_once
        assert verify(done.book).fault is None
        transaction.set_rollback(True)


@pytest.mark.usefixtures("sqlite")
def test_new_rows_are_one_block_wherever_they_stand_in_the_file(tmp_path: Path) -> None:
    from mingzhang.books.intake.enter import enter

    entered(FIRST)
    more = (*FIRST[:4], *MOVED, *FIRST[4:], Draft("payment", D, 7, date(YEAR, 2, 1), "支0"), *JOINT)
    write(records(more), tmp_path / "year.xlsx")
    done = enter(read(tmp_path / "year.xlsx", YEAR), YEAR, author="甲")
    assert done.receipt is not None and (done.receipt.block, done.new, done.stood) == (2, 5, len(FIRST))
    assert entered([*FIRST, *JOINT]).again, "rows that stand in two blocks"


@pytest.mark.parametrize(
    "change", [{"amount": 950}, {"date": date(YEAR, 3, 2)}, {"words": "购纸"}, {"line": D}, {"consent": "同意2"}]
)
def test_a_changed_row_of_a_standing_document_is_refused_with_both_contents(
    change: dict[str, Any], sqlite: str
) -> None:
    entered(FIRST)
    before = dump(sqlite)
    changed = replace(FIRST[-1], **change)
    new = Draft("payment", B, 5, DAY, "支9")
    ((row, reason, words),) = refused([new, *FIRST[:-1], changed])
    assert (row, reason) == (len(FIRST) + 1, "stands_other")
    assert "第 9 号" in words and "9.00 元" in words and "2024-03-01" in words
    told = {"amount": "9.50", "date": "2024-03-02", "words": "购纸", "line": "30216", "consent": "同意2"}
    assert told[next(iter(change))] in words.split("文件里")[1]
    assert dump(sqlite) == before
    assert (entered([new, *FIRST]).new, entered([new, *FIRST]).new) == (1, 0)


def test_a_row_moved_to_another_line_of_its_document_is_not_taken_for_a_new_one(sqlite: str) -> None:
    last = replace(FIRST[3], line=D._replace(item="2101599"))
    entered(FIRST)
    before = dump(sqlite)
    ((row, reason, words),) = refused([*FIRST[:3], last, *FIRST[4:]])
    assert (row, reason) == (4, "stands_other") and "第 4 号" in words
    assert "2101501" in words.split("文件里")[0] and "2101599" in words.split("文件里")[1]
    assert dump(sqlite) == before
    assert entered([*FIRST, last]).new == 1, "one more line of the document"
    other = replace(last, line=last.line._replace(economic="30227"))
    assert (entered([other]).new, entered([other]).stood) == (1, 1), "a file of new rows only"


@pytest.mark.usefixtures("sqlite")
def test_a_row_that_could_not_be_read_is_not_missing() -> None:
    from mingzhang.books.intake.enter import enter

    entered(FIRST)
    more = replace(FIRST[3], line=D._replace(item="2101599"))
    unread = Fault("年初预算", 5, "金额（元）", "abc", "amount_text")
    with pytest.raises(Rejected) as caught:
        enter(records([*FIRST[:3], *FIRST[4:], more]), YEAR, author="甲", faults=[unread])
    assert caught.value.faults == (unread,)


def test_standing_documents_and_new_rows_beyond_the_limits_are_told_together(sqlite: str) -> None:
    entered(FIRST)
    before = dump(sqlite)
    found = refused([*FIRST[:-1], replace(FIRST[-1], amount=950), Draft("payment", B, 1001, DAY, "支9"), *FIRST[-1:]])
    assert [(row, reason) for row, reason, _ in found] == [(9, "stands_other"), (10, "limit.allotted")]
    assert "可能" in found[1][2] and dump(sqlite) == before


def test_a_voucher_stands_as_a_whole_and_does_not_grow(sqlite: str) -> None:
    entered([*FIRST, *MOVED, *JOINT])
    before = dump(sqlite)
    assert entered([*FIRST, *MOVED[::-1], *JOINT[::-1]]).again, "the order of the legs is nobody's content"
    third = Draft("payment", D, 40, DAY, "支2", voucher="p")
    assert [r[:2] for r in refused([*FIRST, *MOVED, *JOINT, third])] == [(14, "stands_part")]
    pair = (Draft("virement", A, -5, DAY, "调1", voucher="v"), Draft("virement", D, 5, DAY, "调1", voucher="v"))
    assert [r[:2] for r in refused([*FIRST, *MOVED, *pair])] == [(12, "stands_part"), (13, "stands_part")]
    more = [replace(leg, amount=leg.amount * 2) for leg in MOVED]
    assert [r[:2] for r in refused([*FIRST, *more])] == [(10, "stands_other"), (11, "stands_other")]
    assert dump(sqlite) == before


def test_a_row_that_is_there_twice_is_refused_as_in_one_file(sqlite: str) -> None:
    assert [r[1] for r in refused([*FIRST, FIRST[-1]])] == ["limit.allotted"]
    small = Draft("payment", B, 5, DAY, "支9")
    assert [r[:2] for r in refused([*FIRST, small, small])] == [(11, "document.again")]
    entered([*FIRST, small])
    before = dump(sqlite)
    assert [r[:2] for r in refused([*FIRST, small, small])] == [(11, "document.again")]
    assert dump(sqlite) == before


@pytest.mark.usefixtures("sqlite")
def test_what_was_reversed_does_not_stand_and_is_told() -> None:
    from mingzhang.books import ledger

    done = entered(FIRST)
    ledger.reverse(done.book, 9, author="甲", words="记错")
    right = replace(FIRST[-1], amount=950)
    done = entered([*FIRST[:-1], right])
    assert (done.new, done.stood, done.back) == (1, 8, 0)
    assert "9.50 元" in refused(FIRST[:4] + FIRST[-1:])[0][2]
    ledger.reverse(done.book, 11, author="甲", words="又错")
    done = entered([*FIRST, Draft("payment", B, 5, DAY, "支9")])
    assert (done.new, done.stood, done.back) == (2, 8, 1)


def test_both_databases_recognise_what_stands(database: str) -> None:
    entered([*FIRST, *MOVED])
    done = entered([*FIRST, *MOVED, *JOINT])
    assert (done.new, done.stood) == (2, 11)
    assert [r[1] for r in refused([replace(FIRST[-1], amount=1)])] == ["stands_other"]


def test_the_screen_says_how_many_rows_were_new_and_how_many_stood(filled: Clerk, tmp_path: Path) -> None:
    sheets = base()
    row = list(sheets["支付"][-1])
    place = sheets["支付"][0].index("文号")
    row[place] = "支新"
    sheets["支付"].append(row)
    path = xlsx(tmp_path / "more.xlsx", sheets)
    assert filled("import", path) == 0 and "新记 1 行；以前已记 5 行" in filled.said and "已登记" not in filled.said
    assert filled("import", path, lang="en") == 0 and "new rows: 0; entered before and left alone: 6" in filled.said
    sheets["支付"][-1][sheets["支付"][0].index("金额（元）")] = "n:1.25"
    assert filled("import", xlsx(tmp_path / "other.xlsx", sheets)) == 1
    assert "1.25 元" in filled.said and "第 6 号" in filled.said
    assert filled("import", tmp_path / "other.xlsx", lang="en") == 1 and "1.25 yuan" in filled.said
    assert filled("close-year") == 0
    assert filled("import", path) == 0 and "没有任何改动" in filled.said
    assert filled("import", xlsx(tmp_path / "late.xlsx", sheets)) == 1
