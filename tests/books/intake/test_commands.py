"""The commands of the books as a clerk uses them, with their exit statuses and what they say."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from mingzhang.cli import main
from mingzhang.disclosure import to_json
from tests.books.intake.made import folder, xlsx
from tests.books.intake.test_faults import base, dump
from tests.books.intake.test_published import closing, plan, table

LINE = ["--unit", "001", "--source", "一般公共预算", "--item", "2101501", "--economic", "30101", "--use", "基本支出：工资福利"]
DAY = ["--date", "2024年3月7日", "--document", "支9"]


class Clerk:
    """Runs commands on one database and keeps what they said."""

    def __init__(self, at: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.database, self.capsys = str(at / "books.sqlite3"), capsys
        self.said = ""

    def __call__(self, command: str, *words: object, lang: str = "zh") -> int:
        own = [] if command == "template" or "--database" in words else ["--database", self.database]
        own += [] if "--year" in words else ["--year", "2024"]
        status = main(["books", command, *map(str, words), *own, "--lang", lang])
        told = self.capsys.readouterr()
        self.said = told.out + told.err
        return status


@pytest.fixture
def clerk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Clerk:
    monkeypatch.setenv("COLUMNS", "200")
    return Clerk(tmp_path, capsys)


@pytest.fixture
def filled(clerk: Clerk, tmp_path: Path) -> Clerk:
    """Books into which the sound base was imported."""
    assert clerk("import", xlsx(tmp_path / "year.xlsx", base())) == 0, clerk.said
    return clerk


def test_what_the_text_still_lacks_can_be_given_after_the_year_is_closed(filled: Clerk, tmp_path: Path) -> None:
    """Reasons are asked for when the closed year is published; entries are refused."""
    from mingzhang.books.tell import accounts

    assert filled("close-year") == 0
    texts = [["标记", "类别", "主题", "单位", "文字"], ["", "段落", "内设机构", "", "办公室、业务股。"]]
    late = {"说明": base()["说明"], "文字": texts}
    assert filled("import", xlsx(tmp_path / "late.xlsx", late)) == 0, filled.said
    assert accounts("9", 2024).paragraphs["organisation"] == "办公室、业务股。"
    paid = base()["支付"]
    late["支付"] = [paid[0], ["晚1" if cell == "支1" else cell for cell in paid[1]]]
    assert filled("import", xlsx(tmp_path / "paid.xlsx", late)) == 1 and "已结账" in filled.said


def test_wrong_options_are_told_and_never_a_traceback(clerk: Clerk, tmp_path: Path) -> None:
    assert clerk("open", "--department", "9", "--name", "甲局") == 0
    assert clerk("post", "--kind", "支付", *LINE, "--amount", "1", "--date", "", "--document", "支1") == 1 and "--date" in clerk.said
    assert clerk("open", "--department", "9", "--name", "甲局", "--year", 99999) == 1 and "99999" in clerk.said
    assert clerk("entries", "--limit", "-1") == 0
    (tmp_path / "other.sqlite3").write_text("no database" * 100)
    assert clerk("lines", "--database", tmp_path / "other.sqlite3") == 2 and "not a database" in clerk.said
    (tmp_path / "none.json").write_text("[]")
    assert clerk("import", tmp_path / "none.json") == 2 and "none.json" in clerk.said


def test_a_unit_has_a_code_a_name_and_a_nature_that_is_known(clerk: Clerk) -> None:
    own = ["--department", "9", "--name", "甲局", "--unit"]
    assert clerk("open", *own, "乙中心") == 1 and "编码=名称" in clerk.said
    assert clerk("open", *own, "002=乙中心=某种") == 1 and "事业单位" in clerk.said
    assert clerk("open", *own, "002=乙中心=事业单位") == 0
    from mingzhang.books.registers import organisations

    assert [unit.nature for unit in organisations("9")[1]] == ["institution"]


def test_a_year_from_template_to_closing(clerk: Clerk, tmp_path: Path) -> None:
    assert clerk("template", "--out", tmp_path / "t.xlsx") == 0 and (tmp_path / "t.xlsx").exists()
    assert clerk("open", "--department", "9", "--name", "甲局", "--unit", "001=甲局本级", "--unit", "002=乙中心=institution") == 0
    assert "单位 2 个" in clerk.said
    assert clerk("import", tmp_path / "t.xlsx") == 0 and "没有要导入" in clerk.said
    assert clerk("import", folder(tmp_path / "year", base())) == 0
    assert "第 1–5 号" in clerk.said and "项目 1" in clerk.said
    assert clerk("import", xlsx(tmp_path / "year.xlsx", base())) == 0 and "没有任何改动" in clerk.said
    assert clerk("post", "--kind", "支付", *LINE, "--amount", "1,00.00", *DAY) == 1 and "千分位" in clerk.said
    assert clerk("post", "--kind", "支付", *LINE, "--amount", "300.00", *DAY) == 0 and "第 6 号" in clerk.said
    assert clerk("post", "--kind", "支付", *LINE, "--amount", "400.01", *DAY[:3], "支10") == 1
    assert "400.00" in clerk.said and "0.01" in clerk.said
    assert clerk("reverse", 6, "--words", " ") == 1 and "摘要无效" in clerk.said
    assert clerk("reverse", 6, "--words", "记错") == 0
    assert clerk("reverse", 6, "--words", "再冲") == 1 and "已经冲销" in clerk.said
    assert clerk("lines") == 0 and "700.00" in clerk.said and "1,000.00" in clerk.said
    assert clerk("entries", "--kind", "支付", lang="en") == 0
    assert "takes back 6" in clerk.said and "reversed" in clerk.said and clerk.said.count("payment") == 4
    assert clerk("verify") == 0 and "7 笔分录、3 块" in clerk.said
    assert clerk("close-year", "--next") == 0 and "上年余额已转入" in clerk.said
    assert clerk("post", "--kind", "payment", *LINE, "--amount", "1", *DAY[:3], "支11") == 1 and "已结账" in clerk.said
    assert clerk("lines", "--year", "2025") == 0


def test_a_virement_between_two_lines(filled: Clerk) -> None:
    more = ["--unit", "001", "--source", "general", "--item", "2101501", "--economic", "30102", "--use", "basic_wages"]
    assert filled("post", "--kind", "approval", *more, "--amount", "1", "--date", "2024-01-02", "--document", "批2") == 0
    assert filled("lines") == 0
    rows = {row.split()[4]: row.split()[0] for row in filled.said.splitlines() if " 001 " in f" {row} "}
    a, b = rows["30101"], rows["30102"]
    paper = ["--date", "2024-05-01", "--document", "调1"]
    assert filled("virement", "--from", a, "--to", b, "--amount", "2000", *paper) == 1
    before = filled.said
    assert filled("virement", "--from", a, "--to", b, "--amount", "50", *paper, "--key", "k") == 1 and "超出" in before + filled.said
    assert filled("virement", "--from", 99, "--to", b, "--amount", "50", *paper) == 1 and "99" in filled.said


def test_a_refused_import_lists_every_fault_and_leaves_the_file_as_it_was(filled: Clerk, tmp_path: Path) -> None:
    sheets = base()
    for n in range(60):
        sheets["支付"].append([*sheets["支付"][1][:2], f"新{n}", *sheets["支付"][1][3:10], "很多", "", "", "", ""])
    before = dump(filled.database)
    faults = tmp_path / "faults.csv"
    assert filled("import", xlsx(tmp_path / "bad.xlsx", sheets), "--faults", faults) == 1
    assert "“支付”第 4、5、6、7、8、9 等 60 行“金额（元）”：“很多”不是金额" in filled.said
    with faults.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len([r for r in rows if r[3] == "很多"]) == 60 and rows[0] == ["表", "行", "列", "内容", "原因"]
    assert dump(filled.database) == before


def test_export_gives_the_template_back_filled(filled: Clerk, tmp_path: Path) -> None:
    for out in (tmp_path / "out.xlsx", tmp_path / "out"):
        assert filled("export", "--out", out) == 0 and "分录 5 笔" in filled.said
        assert filled("import", out) == 0 and "没有任何改动" in filled.said
        other = Clerk(tmp_path / "other" / str(out.suffix == ".xlsx"), filled.capsys)
        assert other("import", out) == 0, other.said
        assert "第 1–5 号" in other.said


def test_published_documents_are_imported_as_json(clerk: Clerk, tmp_path: Path) -> None:
    assert clerk("open", "--department", "9", "--name", "甲局") == 0
    last, now = tmp_path / "last.json", tmp_path / "now.json"
    last.write_text(to_json(closing("3.21", {"2120801": "12.30"})), "utf-8")
    now.write_text(to_json(plan(table("B05", ("total", "basic_wages"), [("2101501", "", {"basic_wages": "30.00"})]))), "utf-8")
    assert clerk("import", last) == 0
    assert "补填" in clerk.said and "32,100.00" in clerk.said and "第 1 号" in clerk.said
    assert clerk("import", now) == 0 and "第 2 号" in clerk.said
    assert clerk("import", now, lang="en") == 0 and "nothing was changed" in clerk.said
    other = plan(table("B05", ("total", "basic_wages"), [("2101501", "", {"basic_wages": "31.00"})]))
    now.write_text(to_json(replace(other, title="改过")), "utf-8")
    assert clerk("import", now) == 1 and "30.00" in clerk.said and "31.00" in clerk.said
    now.write_text("{}", "utf-8")
    assert clerk("import", now) == 2 and "disclosure.json" in clerk.said


def test_what_a_document_leaves_open_is_completed_in_the_template(clerk: Clerk, tmp_path: Path) -> None:
    assert clerk("open", "--department", "9", "--name", "甲局") == 0
    rows = [("2101501", "", {"basic": "30.00"}), ("2101599", "", {"basic": "7.00"})]
    now, gaps = tmp_path / "now.json", tmp_path / "gaps"
    now.write_text(to_json(plan(table("B05", ("total", "basic", "project"), rows))), "utf-8")
    assert clerk("import", now, "--open", gaps) == 0 and "2101599" in clerk.said
    assert clerk("import", gaps) == 1 and "第 2、3 行“支出用途”：不能空着" in clerk.said
    page = gaps / "年初预算.csv"
    page.write_text(page.read_text("utf-8-sig").replace(",,30.00,", ",基本支出：工资福利,30.00,").replace(",,7.00,", ",基本支出：商品和服务,7.00,"))
    assert clerk("import", gaps) == 0 and "第 1–2 号" in clerk.said
    assert clerk("lines") == 0 and "37.00" in clerk.said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_cannot_be_done_is_said(clerk: Clerk, tmp_path: Path, lang: str) -> None:
    assert clerk("verify", lang=lang) == 1
    assert clerk("import", tmp_path / "none.xlsx", lang=lang) == 2
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04")
    assert clerk("import", tmp_path / "broken.xlsx", lang=lang) == 2
    assert clerk("import", xlsx(tmp_path / "year.xlsx", base()), "--year", "2023", lang=lang) == 1
    assert clerk("open", lang=lang) == 1
    assert clerk("open", "--department", "9", "--name", "甲局", lang=lang) == 0
    assert clerk("lines", "--year", "1999", lang=lang) == 1 and "1999" in clerk.said
    assert clerk("lines", "--database", "mysql://x/y", lang=lang) == 1 and "mysql" in clerk.said
    assert clerk("reverse", 7, "--words", "x", lang=lang) == 1


def test_a_tampered_entry_is_named(filled: Clerk) -> None:
    import sqlite3

    with sqlite3.connect(filled.database) as own:
        for name in [n for (n,) in own.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]:
            own.execute(f"DROP TRIGGER {name}")
        own.execute("UPDATE books_entry SET amount = amount + 1 WHERE kind = 'payment'")
    assert filled("verify") == 1 and "第 4 号" in filled.said


def test_the_books_become_disclosures_only_when_nothing_is_missing(clerk: Clerk, tmp_path: Path) -> None:
    """What is missing is listed by the keys that the template takes; with them the budget is published and is sound."""
    from mingzhang.check import check
    from mingzhang.cli.stored import stored

    sheets = base()
    sheets["单位"] = sheets["单位"][:2]
    assert clerk("import", xlsx(tmp_path / "year.xlsx", sheets)) == 0
    out = tmp_path / "out"
    assert clerk("budget", "--out", out, "--format", "json") == 1
    assert "还缺" in clerk.said and not out.exists()
    assert clerk("budget", "--out", out, "--format", "json", "--draft") == 0 and "草稿" in clerk.said
    from mingzhang.books import tell
    from mingzhang.year import close

    keys = {lack.missing.key: lack.missing.kind for lack in close(tell.accounts("9", 2024), "budget").missing}
    assert set(keys.values()) <= {"paragraph", "reason", "count"}
    rows = [["", "段落" if kind == "paragraph" else "原因", key, "", "因为需要。"] for key, kind in keys.items() if kind != "count"]
    more = {"文字": [base()["文字"][0], *rows]}
    counted = [["", "001", key, "0"] for key, kind in keys.items() if kind == "count"]
    more["三公与人员计数"] = [base()["三公与人员计数"][0], *(counted or base()["三公与人员计数"][1:])]
    assert clerk("import", xlsx(tmp_path / "more.xlsx", more)) == 0, clerk.said
    assert clerk("budget", "--out", out, "--format", "json") == 0, clerk.said
    files = sorted(out.rglob("*.json"))
    assert files and (out / "exact.csv").exists()
    for file in files:
        (told,) = stored(file)
        assert told.kind == "budget" and not [f for f in check(told).findings if f.severity == "error"]
    assert clerk("final", "--out", tmp_path / "final", "--format", "json", "--draft") == 0, clerk.said
    kinds = {told.kind for file in (tmp_path / "final").rglob("*.json") for told in stored(file)}
    assert kinds == {"final"}


def test_a_template_is_not_written_over_what_is_there(filled: Clerk, tmp_path: Path) -> None:
    for out in (tmp_path / "t.xlsx", tmp_path / "t"):
        assert filled("template", "--out", out) == 0
        before = dump_folder(tmp_path)
        assert filled("template", "--out", out) == 1 and "没有覆盖" in filled.said
        assert filled("export", "--out", out, lang="en") == 1 and "not overwritten" in filled.said
        assert dump_folder(tmp_path) == before
    assert filled("template", "--out", tmp_path / "t.xls") == 1 and not (tmp_path / "t.xls").exists()
    assert filled("template", "--out", tmp_path / "none" / "t.xlsx") == 2 and "没有这个文件或文件夹" in filled.said


def dump_folder(at: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in at.rglob("*") if path.is_file() and "sqlite" not in path.name}


def test_what_may_be_given_is_listed(filled: Clerk) -> None:
    assert filled("post", "--kind", "付款", *LINE, "--amount", "1", *DAY) == 1
    assert "--kind" in filled.said and "支付" in filled.said and "退回" in filled.said
    assert filled("entries", "--kind", "付款", lang="en") == 1 and "payment, refund" in filled.said
    assert filled("entries", "--line", 99) == 1 and filled("entries", "--first", "2024-12-31") == 0
    assert "没有这样的分录" in filled.said
    assert filled("post", "--kind", "支付", *LINE, "--amount", "1", *DAY[:3], "") == 1 and "文号无效" in filled.said
    named = [word.replace("2101501", "2101501 行政运行") for word in LINE]
    assert filled("post", "--kind", "支付", *named, "--amount", "1", *DAY) == 0, filled.said


def test_a_department_that_is_not_there_is_told_with_those_that_are(clerk: Clerk) -> None:
    assert clerk("lines") == 1 and "还没有部门" in clerk.said
    assert clerk("open", "--department", "9") == 1 and "--name" in clerk.said
    for wrong, told in (("001", "编码=名称"), ("001=甲=县里的", "事业单位"), ("=甲", "编码=名称"), ("001=", "编码=名称")):
        assert clerk("open", "--department", "9", "--name", "甲局", "--unit", wrong) == 1 and told in clerk.said
    assert clerk("open", "--department", "9", "--name", "甲局", "--unit", "001=甲=事业单位") == 0
    assert clerk("lines", "--department", "8") == 1 and "9 甲局" in clerk.said
    assert clerk("open", "--department", "7", "--name", "乙局") == 0
    assert clerk("lines") == 1 and "7 乙局、9 甲局" in clerk.said


def test_a_file_that_is_no_database_is_said(clerk: Clerk, tmp_path: Path) -> None:
    (tmp_path / "junk").write_text("x" * 5000)
    assert clerk("lines", "--database", tmp_path / "junk") == 2 and "数据库打不开" in clerk.said


def test_on_a_narrow_screen_no_code_is_broken(filled: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert filled("lines") == 0
    rows = filled.said.splitlines()
    assert any("001 2101501 30101" in row for row in rows) and any("一般公共预算 基本支出：工资福利" in row for row in rows)
