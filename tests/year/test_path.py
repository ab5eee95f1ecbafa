"""The clerk's path: template, goals, payments, monitor, actuals, close, publish, read, check; and what stops it on the way."""

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from mingzhang.check import check
from mingzhang.cli import main
from mingzhang.disclosure import Disclosure
from mingzhang.performance.templates import template
from tests.year import office

YEAR = office.YEAR
TABLES = {"361": "department", "P01": "medical-assistance", "P02": "office-running"}


class Clerk:
    """Runs commands on one database and keeps what they said."""

    def __init__(self, at: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.at, self.capsys, self.said = at, capsys, ""
        self.database = str(at / "office.sqlite3")

    def __call__(self, group: str, command: str, *words: object, lang: str = "zh") -> int:
        own = [] if command == "templates" else ["--database", self.database, "--year", str(YEAR)]
        status = main([group, command, *map(str, words), *own, "--lang", lang])
        told = self.capsys.readouterr()
        self.said = told.out + told.err
        return status


@pytest.fixture
def clerk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Clerk]:
    """A clerk of an office whose last year is closed and whose budget is approved."""
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("MINGZHANG_HOME", str(tmp_path / "home"))
    from mingzhang.office import setup

    one = Clerk(tmp_path, capsys)
    setup(one.database)
    office.last_year(YEAR - 1)
    office.opened(YEAR)
    yield one
    from django.db import connection

    connection.close()


def fill(path: Path, values: Mapping[str, str]) -> None:
    """A clerk's typing: the values of the slots of a CSV template."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    start = next(n for n, row in enumerate(rows) if row and row[0] == "填空")
    for row in rows[start + 1 :]:
        if not row:
            break
        row[2] = values[row[0]]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)


def promise(clerk: Clerk) -> None:
    """The three goal tables, from templates."""
    for code, id in TABLES.items():
        path = clerk.at / f"{code}.csv"
        assert clerk("performance", "template", id, "--project", code, "--out", path) == 0, clerk.said
        fill(path, template(id).examples())
        assert clerk("performance", "goals", path) == 0, clerk.said


def tell(clerk: Clerk, **other: str) -> None:
    """What was reached, with evidence, in the sheet that the program makes: each target just met, or what ``other`` says."""
    sheet = clerk.at / "actuals.csv"
    assert clerk("performance", "actuals", "--out", sheet) == 0, clerk.said
    (clerk.at / "台账.xlsx").write_bytes(b"evidence")
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = list(csv.reader(file))
    for row in rows:
        _, _, what, target, _, evidence, *_ = row
        if what == "资金":
            row[6:8] = ["聘用人员年中离职", "按在岗人数编制用款计划"]
        elif what == "年度总体目标":
            row[6] = "年度目标全部完成。"
        elif evidence not in ("账簿", "绩效台账"):
            row[4] = other.get(what, target.lstrip("'").lstrip("≥≤="))
            row[5] = "台账.xlsx"
            row[6:8] = ["人数少于预期", "提前摸底"]
        else:
            row[6:8] = ["招聘推迟", "提前招聘"]
    with sheet.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    assert clerk("performance", "record", sheet, "--date", f"{YEAR}-12-31") == 0, clerk.said


def complete(clerk: Clerk, kind: str) -> None:
    """The paragraphs, reasons and counts that the text wants beside."""
    from mingzhang.books import registers
    from mingzhang.books import tell as books
    from mingzhang.books.accounts import Count
    from mingzhang.books.models import Book
    from mingzhang.year import close

    book = Book.objects.get(department="361", year=YEAR)
    for _ in range(3):
        missing = [lack.missing for lack in close(books.accounts("361", YEAR), kind).missing]
        told: dict[str, dict[str, str]] = {
            k: {m.key: "因工作需要。" for m in missing if m.kind == k} for k in ("paragraph", "reason")
        }
        registers.write(book, author="甲", paragraphs=told["paragraph"], reasons=told["reason"])
        counts = [Count(u.code, m.key, 0) for m in missing if m.kind == "count" for u in office.UNITS]
        registers.count(book, counts, author="甲")


def published(folder: Path) -> list[Disclosure]:
    """What is read again from the documents that were written."""
    from mingzhang.read import read_file

    return [d for file in sorted(folder.rglob("*.docx")) for d in read_file(file)]


def loud(told: Disclosure) -> list[str]:
    return [f"{f.rule} {f.printed} {f.expected}" for f in check(told).findings if f.severity != "hint"]


def test_from_template_to_a_published_year(clerk: Clerk) -> None:
    promise(clerk)
    complete(clerk, "budget")
    assert clerk("books", "budget", "--out", clerk.at / "budget", "--format", "docx") == 0, clerk.said
    planned = published(clerk.at / "budget")
    kinds = {d.publisher.scope: sorted(e.kind for e in d.evaluations) for d in planned}
    assert kinds["department"] == ["goal_project", "goal_project", "goal_whole"]
    assert kinds["unit"] == ["goal_project"]
    assert [loud(d) for d in planned] == [[]] * 3

    office.to_august(YEAR)
    page = clerk.at / "monitor.html"
    assert clerk("performance", "monitor", "--to", f"{YEAR}-08-31", "--keep", "--out", page) == 1, clerk.said
    assert "窗口运行" in clerk.said and "红灯没有登记整改" in clerk.said and "23.8%" in clerk.said
    assert next(line for line in clerk.said.splitlines() if "绩效监控完成率" in line).count("100") >= 2
    assert "<svg" in page.read_text("utf-8") and "23.81" in page.read_text("utf-8")
    assert clerk("performance", "rectify", "--project", "P02") == 1 and "整改责任人" in clerk.said
    assert clerk("performance", "rectify", "--project", "P01", "--owner", "甲") == 1 and "不是红灯" in clerk.said
    assert clerk("performance", "rectify", "--project", "P02", "--owner", "乙") == 0, clerk.said
    assert clerk("performance", "monitor", "--to", f"{YEAR}-10-31") == 1 and "整改过期 1 项" in clerk.said

    office.rest(YEAR)
    assert clerk("performance", "close") == 1 and "没有完成值" in clerk.said
    assert "“绩效监控完成率”没有完成值" not in clerk.said, "performance knows it: both projects were monitored"
    tell(clerk, 门诊救助人次="360人次", 住院救助人次="950人次")
    assert clerk("performance", "close") == 0, clerk.said
    assert "医疗救助" in clerk.said and clerk.said.count("已登记") == 3
    assert clerk("performance", "close") == 0 and clerk.said.count("与已登记的相同") == 3
    judged = ("--judge", "没有的指标=3", "--out", clerk.at / "评价.md")
    assert clerk("performance", "report", "--project", "P01", *judged) == 1 and "没有可由评价人定分" in clerk.said
    report = clerk.at / "评价.docx"
    words = ("--recommend", "按实际人次编制预算", "--out", report)
    assert clerk("performance", "report", "--project", "P01", *words) == 0, clerk.said
    assert report.stat().st_size > 5000

    complete(clerk, "final")
    out = clerk.at / "final"
    assert clerk("books", "final", "--out", out, "--format", "docx", "--format", "html") == 0, clerk.said
    found = published(out)
    whole = next(d for d in found if d.publisher.scope == "department")
    assert sorted(e.kind for e in whole.evaluations) == ["dept_project", "self_project", "self_project", "self_whole"]
    assert [loud(d) for d in found] == [[]] * 3
    aid = next(e for e in whole.evaluations if e.project == "医疗救助")
    assert aid.indicators[0].target == "192.00/192.00" and aid.indicators[0].actual == "192.00"
    text = "".join(s.text for s in whole.sentences)
    assert "门诊救助人次" in text and "人数少于预期" in text and "提前摸底" in text
    drawn = next(f for f in out.rglob("*.html") if "中心" not in f.name and "本级" not in f.name).read_text("utf-8")
    assert "项目的预算与得分" in drawn and "各级指标得分" in drawn

    assert clerk("performance", "propose", "--asked", "P01=2,000,000", "--asked", "P02=252000") == 0, clerk.said
    assert "200.00" in clerk.said and "评价建议采纳0/1" in clerk.said
    assert clerk("performance", "answer") == 0 and "按实际人次编制预算" in clerk.said
    assert clerk("performance", "answer", 1, "--refuse") == 1 and "理由" in clerk.said
    assert clerk("performance", "answer", 1, "--adopt") == 0
    assert clerk("performance", "propose") == 1 and f"先建 {YEAR + 1} 年账簿" in clerk.said
    office.opened(YEAR + 1)
    assert clerk("performance", "propose", "--out", clerk.at / "下年.csv") == 0 and "评价建议" not in clerk.said
    assert "医疗救助,192.00,192.00,1," in (clerk.at / "下年.csv").read_text("utf-8-sig")
    again = clerk.at / "评价.md"
    words_again = ("--recommend", "按实际人次编制预算", "--why", "重出", "--out", again)
    assert clerk("performance", "report", "--project", "P01", *words_again) == 0, clerk.said
    assert "## 五、评价结论" in again.read_text("utf-8")
    assert clerk("performance", "answer") == 0 and clerk.said.count("按实际人次编制预算") == 1


def test_a_year_that_changed_after_its_evaluation_is_not_published(clerk: Clerk) -> None:
    promise(clerk)
    office.to_august(YEAR)
    office.rest(YEAR)
    tell(clerk)
    assert clerk("performance", "close") == 0, clerk.said
    complete(clerk, "final")
    office.pay(YEAR, office.RUNNING, 10_000_00, date(YEAR, 12, 20), "补")
    out = clerk.at / "out"
    assert clerk("books", "final", "--out", out, "--format", "json") == 1
    assert "“窗口运行”自评完成后，账簿、目标或完成值又变了" in clerk.said and not out.exists()
    assert clerk("performance", "close") == 1 and "更正须写明原因" in clerk.said
    assert clerk("performance", "close", "--why", "补付一笔") == 0, clerk.said
    assert clerk("books", "final", "--out", out, "--format", "json") == 0, clerk.said


def test_goals_are_refused_with_every_reason_and_none_is_kept(clerk: Clerk) -> None:
    path = clerk.at / "goals.csv"
    assert clerk("performance", "template", "medical-assistance", "--project", "P01", "--out", path) == 0, clerk.said
    assert clerk("performance", "goals", path) == 1 and clerk.said.count("没有值") == 9
    fill(path, {**template("medical-assistance").examples(), "satisfied": "0", "inpatient": "901"})
    assert clerk("performance", "goals", path) == 1
    assert "“医疗救助”退回，2 处" in clerk.said and "救助对象满意度" in clerk.said
    assert "901×2000+400×300=192.20万元，项目预算192.00万元，相差0.20万元" in clerk.said
    assert clerk("performance", "goals", path, lang="en") == 1 and "none is kept" in clerk.said
    assert clerk("performance", "monitor", "--to", f"{YEAR}-08-31") == 1 and "还没有登记绩效目标" in clerk.said
    assert clerk("performance", "goals", clerk.at / "nowhere.xlsx") == 2


def test_the_goals_of_a_published_document_are_judged(clerk: Clerk) -> None:
    from dataclasses import replace

    from mingzhang.performance.goal import Goal
    from mingzhang.publish.docx import write

    one = template("medical-assistance")
    table = one.table("甲项目", 192_000_000, one.examples(), "某局")
    wrong = replace(table, goals=(*table.goals[:-1], Goal("满意度指标", "服务对象满意度指标", "满意度", "≤98%", table.goals[-1].weight)))
    for n, (each, status) in enumerate(((table, 0), (wrong, 1))):
        told = Disclosure(year=YEAR, kind="budget", evaluations=(each.evaluation(),))
        path = write(told, clerk.at / f"{n}.docx")
        assert clerk("performance", "goals", "--of", path) == status, clerk.said
    assert "满意度" in clerk.said and "退回" in clerk.said


def test_an_excel_template_comes_back_as_it_was(clerk: Clerk) -> None:
    from mingzhang.cli.goal_files import read

    for name in ("a.xlsx", "a.csv"):
        words = ("fund-supervision", "--leave-out", "有效投诉件数") if name == "" else ("fund-supervision",)
        assert clerk("performance", "template", *words, "--out", clerk.at / name) == 0, clerk.said
    (excel,), (plain,) = read(clerk.at / "a.xlsx").values(), read(clerk.at / "a.csv").values()
    assert [[c for c in row if c] for _, row in excel] == [[c for c in row if c] for _, row in plain]
    assert clerk("performance", "templates") == 0 and "medical-assistance" in clerk.said


def test_actuals_are_recorded_one_by_one(clerk: Clerk) -> None:
    promise(clerk)
    file = clerk.at / "问卷.pdf"
    file.write_bytes(b"answers")
    goal = ("--project", "P01", "--goal", "门诊救助人次")
    assert clerk("performance", "record", "--project", "P01") == 1 and "没有写要登记什么" in clerk.said
    assert clerk("performance", "record", "--project", "P9", "--goal", "甲", "--actual", "1") == 1 and "P01" in clerk.said
    assert clerk("performance", "record", *goal, "--actual", "120人次", "--date", "八月") == 1 and "2025-08-31" in clerk.said
    assert clerk("performance", "record", *goal, "--actual", "120人次", "--evidence", clerk.at / "没有.pdf") == 2
    assert clerk("performance", "record", *goal, "--actual", "380人次", "--date", f"{YEAR}-12-31", "--evidence", file) == 0
    assert clerk("performance", "record", *goal, "--actual", "290人次", "--date", f"{YEAR}-08-31") == 0 and "没有佐证" in clerk.said
    office.to_august(YEAR)
    page = clerk.at / "lights.csv"
    assert clerk("performance", "monitor", "--to", f"{YEAR}-08-31", "--out", page, lang="en") == 1
    with page.open(encoding="utf-8-sig", newline="") as out:
        rows = {row["indicator"]: row for row in csv.DictReader(out)}
    assert rows["门诊救助人次"]["actual"] == "290人次" and rows["门诊救助人次"]["done"] == "72.5%"
    assert clerk("performance", "close", "--project", "P01", "--list") == 1 and "380人次" in clerk.said
    for words in (("--money", "--reason", "少", "--measure", "改"), ("--done", "都完成了")):
        assert clerk("performance", "record", "--project", "P01", *words) == 0, clerk.said
    line = ("--line", "拨付合规性", "--statement", "合规", "--score", "4")
    assert clerk("performance", "record", "--project", "P01", *line) == 1 and "没有指标" in clerk.said


def test_a_sheet_with_one_wrong_row_is_not_recorded_at_all(clerk: Clerk) -> None:
    promise(clerk)
    sheet = clerk.at / "actuals.csv"
    assert clerk("performance", "actuals", "--out", sheet) == 0
    text = sheet.read_text("utf-8-sig").splitlines()
    rows = [*text[:1], "P01,医疗救助,门诊救助人次,,380人次,,,,,", "P01,医疗救助,没有的指标,,1次,,,,,", "P01,医疗救助,住院救助人次,,950人次,没有.pdf,,,,"]
    sheet.write_text("\n".join(rows), "utf-8-sig")
    assert clerk("performance", "record", sheet) == 1
    assert "第 3 行" in clerk.said and "第 4 行" in clerk.said and "没有的指标" in clerk.said and "没有.pdf" in clerk.said
    assert clerk("performance", "close", "--project", "P01", "--list") == 1 and "“门诊救助人次”没有完成值" in clerk.said
    (clerk.at / "other.csv").write_text("甲,乙,丙\n1,2,3\n", "utf-8")
    assert clerk("performance", "record", clerk.at / "other.csv") == 1 and "缺“" in clerk.said


def test_changed_goals_keep_the_actuals_and_say_why(clerk: Clerk) -> None:
    promise(clerk)
    tell(clerk)
    path = clerk.at / "P01.csv"
    path.write_text(path.read_text("utf-8-sig").replace("满意度,≥{satisfied}%", "满意度,≥90.5%"), "utf-8-sig")
    assert clerk("performance", "goals", path) == 1 and "修改须写明原因" in clerk.said
    assert clerk("performance", "goals", path, lang="en") == 1 and "say why they change" in clerk.said
    assert clerk("performance", "goals", path, "--why", "年中调整") == 0 and "第 2 版" in clerk.said
    assert clerk("performance", "close", "--project", "P01", "--list") == 0, "every actual of version 1 is still there"
    assert "90 分" in clerk.said, "nothing was paid"
