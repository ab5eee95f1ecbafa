"""The whole year run once: what it shows, and what it leaves in the folder."""

import io
import re
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
from rich.console import Console

from mingzhang.check import check
from mingzhang.cli import main
from mingzhang.demo import county, filled, plant, proof, run, steps
from mingzhang.demo.data import data
from mingzhang.disclosure import Disclosure, Printed, from_json
from mingzhang.year import Closed, close

# One process runs the demonstration once for all of these.
pytestmark = pytest.mark.xdist_group("demo")


class Told(NamedTuple):
    """A run: its status, the screen, the folder."""

    status: int
    screen: str
    out: Path


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    out = tmp_path_factory.mktemp("demo")
    screen = io.StringIO()
    status = run(Console(file=screen, width=200), "zh", out)
    return Told(status, screen.getvalue(), out)


@pytest.fixture(scope="module")
def closed(told: Told) -> Closed:
    """The final accounts, closed again from the books that the run left."""
    with steps.office(told.out / steps.DATABASE, fresh=False):
        found = steps.appraised()
        return found.joined(close(found.accounts, "final", found.evaluations))


@pytest.fixture(scope="module")
def sound(told: Told) -> Disclosure:
    path = next((told.out / "final" / filled.department().name).glob("*.json"))
    return from_json(path.read_text("utf-8"))


def test_everything_holds(told: Told) -> None:
    assert told.status == 0, told.screen
    assert "✗" not in told.screen


def test_books_reproduce_every_published_figure(closed: Closed) -> None:
    found = proof.compare(closed, county.disclosure())
    assert found.figures == 209
    assert not found.wrong
    for moved in found.moved:
        assert abs(moved.printed - moved.published) == Decimal("0.01")
        assert abs(moved.printed - moved.exact) < Decimal("0.01")


def test_what_is_printed_adds_up_where_the_published_does_not(closed: Closed) -> None:
    assert sum(f.kind == "arithmetic" for f in check(county.disclosure()).findings) > 0
    assert not any(f.kind == "arithmetic" for d in closed.disclosures for f in check(d).findings)
    units = [proof.figures(u, {"F03"})[("F03", "", "合计", "total")] for u in closed.units]
    assert sum(units) == proof.spent(closed.department) == Decimal("2107.12")


def test_text_says_what_the_published_text_says(closed: Closed) -> None:
    assert proof.unspoken(closed.department) == (Decimal("12.50"),)
    text = "".join(s.text for s in closed.department.sentences)
    for words in (
        "各增加926.91万元，增长78.54%",
        "增加956.91万元，增长83.19%",
        "减少6.24万元，下降10.43%",
        "完成年初预算的91.60%",
    ):
        assert words in text


def test_self_evaluations_come_from_the_books(told: Told, closed: Closed) -> None:
    money = {e.project: e.indicators[0] for e in closed.department.evaluations}
    assert (money["城乡医疗救助"].target, money["城乡医疗救助"].actual) == ("525.00/537.00", "537.00")
    assert money["行政机关和全供事业单位干部职工医疗补助"].actual == "743.33"
    assert money["温县医疗保障局"].target.startswith("2300.44/")
    assert (told.out / "evidence" / "医疗待遇结算年报.txt").is_file()


def test_every_format_of_every_document_is_there(told: Told) -> None:
    for kind in ("budget", "final"):
        for publisher in (filled.department(), *filled.units()):
            folder = told.out / kind / publisher.name
            assert {p.suffix for p in folder.iterdir() if p.is_file()} == {".pdf", ".docx", ".xlsx", ".html", ".json"}
            assert (folder / "data" / "datapackage.json").is_file()


def test_the_screen_tells_what_was_refused_and_found(told: Told) -> None:
    flat = re.sub(r"\s", "", told.screen)
    assert "拒付一笔：支付40,000.00元被拒" in flat
    assert "退回一个绩效目标：“救助对象政策知晓率”越高越好" in flat
    assert "209个数，账上的分数四舍五入后相同209个" in flat
    assert "0处错误，0处警告" in flat


def test_running_again_into_the_same_folder_begins_anew(tmp_path: Path) -> None:
    imported = []
    for _ in range(2):
        with steps.office(steps.folder(tmp_path) / steps.DATABASE):
            imported.append(steps.imported(filled.first(), tmp_path / "budget.xlsx"))
    assert imported[0] == imported[1] > 0


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "books.sqlite3").write_text("somebody's", "utf-8")
    assert main(["demo", "--out", str(tmp_path)]) == 2
    assert [p.name for p in tmp_path.iterdir()] == ["books.sqlite3"]
    assert "--out" in capsys.readouterr().err


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    assert main(["demo", "--out", str(tmp_path / "file" / "deeper")]) == 2
    assert "deeper" in re.sub(r"\s", "", capsys.readouterr().err)


def test_what_the_books_refuse_ends_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(data("books")["department"], "name", "")
    screen = io.StringIO()
    assert run(Console(file=screen, width=200), "zh", tmp_path) == 1
    assert "✗" in screen.getvalue()


def test_books_that_spend_otherwise_are_told(closed: Closed, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = [[c, n, "80.14" if s == "80.04" else s, *more] for c, n, s, *more in data("county")["functions"]]
    monkeypatch.setitem(data("county"), "functions", changed)
    found = proof.compare(closed, county.disclosure())
    assert {m.key[0] for m in found.wrong} == {"F02", "F03", "F05"}
    assert {m.published for m in found.wrong} == {Decimal("80.14")}


def test_figures_of_the_text_stand_where_they_say(sound: Disclosure) -> None:
    wrong, _ = plant.all_three(sound)
    for sentence in (*sound.sentences, *wrong.sentences):
        for figure in sentence.figures:
            assert sentence.text[figure.start :].startswith(figure.printed.text + figure.unit)


def test_three_errors_of_three_kinds(sound: Disclosure) -> None:
    wrong, made = plant.all_three(sound)
    assert [p.kind for p in made] == ["total", "share", "unit"]
    assert wrong != sound
    for error in made:
        assert error.before != error.after
        assert error.shown_by(error.after) and not error.shown_by(error.before)


def test_a_swapped_total_has_the_same_digits(sound: Disclosure) -> None:
    _, error = plant.total(sound)
    before, after = Printed.parse(error.before), Printed.parse(error.after)
    assert sorted(before.plain) == sorted(after.plain) and before.value != after.value


@pytest.mark.slow
def test_run_in_english_without_a_folder() -> None:
    screen = io.StringIO()
    assert run(Console(file=screen, width=110), "en") == 0, screen.getvalue()
    assert "everything holds" in screen.getvalue()
