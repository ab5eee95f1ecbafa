"""What is written into the template is read out of it again: in both forms, both languages, and through the ledger."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingzhang.books.accounts import Organisation
from mingzhang.books.draft import Draft, Line
from mingzhang.books.intake import Records, template, write
from mingzhang.books.intake.take import sheets_of, take
from tests.books.intake.made import YEAR, years

FORMS = st.sampled_from(["year.xlsx", "folder"])
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def sound(path: Path, lang: str = "zh") -> Records:
    taken = take(path, YEAR, lang=lang)
    assert not taken.faults, [f.words() for f in taken.faults]
    return taken.records


def written_and_read(records: Records, form: str, lang: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / form
        write(records, path, lang)
        assert sound(path, lang) == records


def imported_exported_imported(records: Records, form: str) -> None:
    from django.db import transaction

    from mingzhang.books.intake.enter import enter, held
    from mingzhang.books.verify import verify

    with TemporaryDirectory() as folder, transaction.atomic():
        first, second = Path(folder) / form, Path(folder) / f"again-{form}"
        write(records, first)
        entered = enter(sound(first), YEAR, author="甲")
        out = held("9", YEAR)
        assert out == records
        assert verify(entered.book).fault is None
        write(out, second)
        assert sound(second) == out
        again = enter(sound(second), YEAR, author="乙")
        assert again.again and held("9", YEAR) == out
        transaction.set_rollback(True)


@settings(max_examples=8, suppress_health_check=QUIET)
@given(years(), FORMS, st.sampled_from(["zh", "en"]))
def test_the_template_gives_back_what_was_written(records: Records, form: str, lang: str) -> None:
    written_and_read(records, form, lang)


@settings(max_examples=5, suppress_health_check=QUIET)
@given(years(), FORMS)
@pytest.mark.usefixtures("sqlite")
def test_import_export_import_is_the_same_year(records: Records, form: str) -> None:
    imported_exported_imported(records, form)


@pytest.mark.slow
@settings(max_examples=150, suppress_health_check=QUIET)
@given(years(), FORMS, st.sampled_from(["zh", "en"]))
@pytest.mark.usefixtures("sqlite")
def test_many_years_come_back_from_both(records: Records, form: str, lang: str) -> None:
    written_and_read(records, form, lang)
    imported_exported_imported(records, form)


def test_an_empty_template_holds_nothing_to_import(tmp_path: Path) -> None:
    for name in ("year.xlsx", "folder"):
        write(Records(YEAR), tmp_path / name)
        taken = take(tmp_path / name, YEAR)
        assert taken.records.empty and not taken.faults
        assert [n.reason for n in taken.notices] == ["said_examples"]


def test_the_example_rows_would_be_taken_but_for_their_mark(tmp_path: Path) -> None:
    """The examples are in the form that is asked for: without the mark they are read, and only their codes are unknown."""
    from tests.books.intake.made import folder

    write(Records(YEAR), tmp_path / "t")
    sheets = {s.name: [[c.text for _, c in sorted(_full(r.cells, 20).items())] for r in s.rows] for s in sheets_of(tmp_path / "t")}
    for name, rows in sheets.items():
        sheets[name] = rows[:1] + [["", *row[1:]] for row in rows[1:] if row[0] == "示例"] if name != "说明" else rows
    taken = take(folder(tmp_path / "u", sheets), YEAR)
    assert not taken.faults
    assert {d.kind for d in taken.records.drafts} >= {"approval", "supplement", "allotment", "income", "payment", "opening"}


def _full(cells: dict, width: int) -> dict:  # type: ignore[type-arg]
    from mingzhang.books.intake.sheet import Cell

    return {n: cells.get(n, Cell("")) for n in range(width)}


def test_legs_of_a_virement_stay_one_voucher(tmp_path: Path) -> None:
    a = Line("001", "general", "2101501", "30201", use="basic_goods")
    b = a._replace(economic="30211")
    legs = (
        Draft("virement", a, -500, date(YEAR, 5, 1), "调1", voucher="1"),
        Draft("virement", b, 500, date(YEAR, 5, 1), "调1", voucher="1"),
    )
    records = Records(YEAR, Organisation("9", "甲局"), (Organisation("001", "甲局本级"),), drafts=legs)
    write(records, tmp_path / "t.xlsx")
    assert sound(tmp_path / "t.xlsx") == records


def test_rows_without_order_are_entered_by_date_and_means_before_payments(tmp_path: Path) -> None:
    line = Line("001", "general", "2101501", "30101", use="basic_wages")
    day = date(YEAR, 3, 1)
    drafts = [Draft(k, line, 100, d, f"{k}{d}") for k, d in (
        ("payment", day), ("allotment", day), ("approval", date(YEAR, 1, 1)), ("payment", date(YEAR, 2, 1)),
    )]  # fmt: skip
    records = Records(YEAR, Organisation("9", "甲局"), (Organisation("001", "甲局本级"),), drafts=tuple(drafts))
    write(records, tmp_path / "t")
    for file in (tmp_path / "t").glob("*.csv"):
        rows = [line.rsplit(",", 1)[0] + "," for line in file.read_text("utf-8-sig").splitlines()]
        if "顺序" in file.read_text("utf-8-sig"):
            file.write_text("\n".join([file.read_text("utf-8-sig").splitlines()[0], *rows[1:]]), "utf-8")
    kinds = [(d.kind, d.date.month) for d in sound(tmp_path / "t").drafts]
    assert kinds == [("approval", 1), ("payment", 2), ("allotment", 3), ("payment", 3)]


def test_a_county_renames_sheets_and_columns(tmp_path: Path) -> None:
    names = tmp_path / "county.toml"
    names.write_text('[sheet.payment]\nzh = "资金支付"\n[column.item]\nzh = "支出科目"\nsynonyms = ["科目"]\n', "utf-8")
    of = template(names)
    line = Line("001", "general", "2101501", "30101", use="basic_wages")
    records = Records(
        YEAR, Organisation("9", "甲局"), (Organisation("001", "甲局本级"),),
        drafts=(Draft("payment", line, 100, date(YEAR, 3, 1), "支1"),),
    )  # fmt: skip
    write(records, tmp_path / "t.xlsx", of=of)
    assert "资金支付" in [s.name for s in sheets_of(tmp_path / "t.xlsx")]
    assert take(tmp_path / "t.xlsx", YEAR, of=of).records == records
    write(records, tmp_path / "old.xlsx")
    assert take(tmp_path / "old.xlsx", YEAR, of=of).records == records, "the common names stay understood"
    names.write_text('[column.nothing]\nzh = "x"\n', "utf-8")
    with pytest.raises(ValueError, match="nothing"):
        template(tmp_path / "." / "county.toml") if template.cache_clear() is None else None


def test_the_key_is_of_the_content_not_of_the_file(tmp_path: Path) -> None:
    line = Line("001", "general", "2101501", "30101", use="basic_wages")
    records = Records(
        YEAR, Organisation("9", "甲局"), (Organisation("001", "甲局本级"),),
        drafts=(Draft("approval", line, 100, date(YEAR, 3, 1), "批1"),),
    )  # fmt: skip
    write(records, tmp_path / "a.xlsx")
    write(records, tmp_path / "b", "en")
    assert sound(tmp_path / "a.xlsx").key == sound(tmp_path / "b", "en").key == records.key
    changed = replace(records, drafts=(replace(records.drafts[0], amount=101),))
    assert changed.key != records.key


@pytest.mark.usefixtures("sqlite")
def test_many_payments_are_one_block_of_the_chain(tmp_path: Path) -> None:
    from mingzhang.books.intake.enter import enter
    from mingzhang.books.verify import verify

    line = Line("001", "general", "2101501", "30101", use="basic_wages")
    first = [Draft(kind, line, 10**9, date(YEAR, 1, 2), "年初") for kind in ("approval", "allotment")]
    paid = [Draft("payment", line, n, date(YEAR, 1 + n % 12, 5), f"支{n}") for n in range(1, 3001)]
    units = (Organisation("001", "甲局本级"),)
    write(Records(YEAR, Organisation("9", "甲局"), units, drafts=(*first, *paid)), tmp_path / "many.xlsx")
    entered = enter(sound(tmp_path / "many.xlsx"), YEAR, author="甲")
    assert entered.receipt is not None and (entered.receipt.block, entered.receipt.last) == (1, 3002)
    assert verify(entered.book).fault is None
