"""Statements as PDF: every layout is read back, headers lead to their columns, text is never markup."""

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest

from mingzhang.disclosure import Disclosure, Evaluation, Indicator, Note, Sentence
from mingzhang.forms import Form, load
from mingzhang.forms.random import disclosure
from mingzhang.publish import pdf
from mingzhang.publish.faces import BUNDLED, Faces, official
from mingzhang.publish.layout import layouts, parse
from mingzhang.publish.setting import path, sheet
from mingzhang.publish.sheet import Box, header_rows
from mingzhang.read import read_file
from tests.publish import made
from tests.publish.compare import Score

FLOOR = 0.995
UNITS = ("万元", "元")


def score(layout: str, seeds: range, folder: Path) -> Score:
    """How the cells that are read out of random disclosures in a layout compare with what was put in."""
    total = Score()
    for seed in seeds:
        told = disclosure(seed, kind=("final", "budget")[seed % 2], unit=UNITS[seed % 3 == 2])
        target = pdf.write(told, folder / f"{layout}-{seed}.pdf", layout)
        total.add(told, read_file(target))
    return total


@pytest.mark.parametrize("layout", sorted(layouts()))
def test_what_is_set_is_read(layout: str, tmp_path: Path) -> None:
    found = score(layout, range(2), tmp_path)
    assert found.f1 >= FLOOR, (found.f1, found.missed[:5], found.extra[:5])


@pytest.mark.slow
@pytest.mark.parametrize("layout", sorted(layouts()))
def test_eight_disclosures_in_a_layout(layout: str, tmp_path: Path) -> None:
    found = score(layout, range(100, 108), tmp_path)
    assert found.f1 >= FLOOR, (found.f1, found.missed[:5], found.extra[:5])


@pytest.mark.parametrize("layout", sorted(layouts()))
def test_a_header_names_its_column(layout: str) -> None:
    for form in load().forms:
        for column in form.columns:
            if form.shape in ("classified", "projects"):
                found = form.column("/".join(path(form, column.id, layouts()[layout])))
                assert found is not None, (form.id, column.id)
                assert found.id == column.id, (form.id, column.id)


@pytest.mark.parametrize("layout", sorted(layouts()))
@pytest.mark.parametrize("kind", ["final", "budget"])
def test_every_row_of_a_sheet_is_as_wide_as_the_sheet(layout: str, kind: str) -> None:
    told = disclosure(3, kind=kind)
    forms = load(told.year).by_id
    for statement in told.statements:
        made = sheet(statement, forms[statement.id], layouts()[layout])
        assert {sum(b.columns for b in row) for row in made.body} <= {len(made.widths)}
        spanned = sum(b.columns * b.rows for row in made.header for b in row)
        assert spanned == len(made.header) * len(made.widths)
        figures = [b.figure for row in made.body for b in row if b.figure]
        assert len(figures) == sum(1 for _ in statement.cells())


def test_header_rows_merge_equal_neighbours_and_reach_down() -> None:
    made = header_rows([("项目", "编码"), ("项目", "名称"), ("合计",)])
    assert made == (
        (Box("项目", 2, 1, "center"), Box("合计", 1, 2, "center")),
        (Box("编码", 1, 1, "center"), Box("名称", 1, 1, "center")),
    )


def test_text_is_never_markup(tmp_path: Path) -> None:
    told = disclosure(1, items=2)
    nasty = '#panic("no") $x$ @a <b> \\ " *粗* _斜_ `原` //注 [括] {号}。'
    first = replace(told.statements[0], notes=(Note(nasty),))
    told = replace(told, statements=(first, *told.statements[1:]), sentences=(Sentence(nasty, ("第四部分名词解释",)),))
    document = pypdfium2.PdfDocument(pdf.write(told, tmp_path / "a.pdf"))
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    assert "".join(text.split()).count("".join(nasty.split())) == 2


def test_a_turned_page_is_shown_upright(tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument(pdf.write(disclosure(1, items=2), tmp_path / "a.pdf", "turned"))
    turns = [page.get_rotation() for page in document]
    shapes = [page.get_width() > page.get_height() for page in document]
    document.close()
    assert turns.count(90) >= 3
    assert [t == 90 for t in turns] == shapes


def test_nothing_leaves_the_page(tmp_path: Path) -> None:
    for number, layout in enumerate(sorted(layouts())):
        told = disclosure(2, kind=("final", "budget")[number % 2], unit="元", grouped=True)
        document = pypdfium2.PdfDocument(pdf.write(told, tmp_path / "a.pdf", layout))
        for page in document:
            wide, high = page.get_mediabox()[2:]
            for item in page.get_objects([1], max_depth=4):
                left, bottom, right, top = item.get_bounds()
                assert left >= 10 and bottom >= 10 and right <= wide - 10 and top <= high - 10
        document.close()


def test_a_layout_with_an_unknown_entry_is_refused() -> None:
    for data in ({"words": "", "ruling": "dotted"}, {"words": "", "colour": "red"}):
        with pytest.raises(ValueError, match="layout odd"):
            parse("odd", data)


def test_every_title_is_the_title_of_its_form() -> None:
    for kind in ("final", "budget"):
        told = disclosure(4, kind=kind)
        forms = load(told.year)
        for layout in layouts().values():
            for statement in told.statements:
                found = forms.titled(sheet(statement, forms.by_id[statement.id], layout).title)
                assert isinstance(found, Form) and found.id == statement.id


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Disclosure, pypdfium2.PdfDocument]]:
    told = made.disclosure(3, "final")
    document = pypdfium2.PdfDocument(pdf.write(told, tmp_path_factory.mktemp("pdf") / "a.pdf"))
    yield told, document
    document.close()


def _page(document: pypdfium2.PdfDocument, number: int) -> str:
    return "".join(document[number].get_textpage().get_text_range().split())


def test_bookmarks_lead_to_headings_statements_and_performance_tables(
    finished: tuple[Disclosure, pypdfium2.PdfDocument],
) -> None:
    told, document = finished
    marks = [(b.get_title(), b.get_dest().get_index(), b.level) for b in document.get_toc()]
    titles = ["".join(title.split()) for title, _, _ in marks]
    assert sorted(titles) == sorted([h.text for h in told.headings] + [t.title for t in (*told.statements, *told.evaluations)])
    assert all(title in _page(document, at) for title, (_, at, _) in zip(titles, marks))
    assert [level for title, (_, _, level) in zip(titles, marks) if title.startswith("第")] == [0, 0, 0, 0]


def test_the_contents_name_the_page_of_each_entry(finished: tuple[Disclosure, pypdfium2.PdfDocument]) -> None:
    told, document = finished
    entries = re.findall(r"([^.]+?)\.{5,}(\d+)", _page(document, 1))
    assert len(entries) == sum(h.depth <= 2 for h in told.headings) + len(told.statements) + len(told.evaluations)
    assert all(part in _page(document, int(page) - 1) for title, page in entries for part in title.removeprefix("目录").split("："))
    listed = [title.removeprefix("目录") for title, _ in entries]
    assert all("".join(f"{e.title}：{e.project}".split()) in listed for e in told.evaluations if e.kind.endswith("_project"))


def test_the_document_says_what_it_is(finished: tuple[Disclosure, pypdfium2.PdfDocument]) -> None:
    told, document = finished
    said = document.get_metadata_dict()
    assert said["Title"] == f"{told.publisher.name}{told.year}年度部门决算"
    assert said["Author"] == told.publisher.name
    assert document.is_tagged()
    assert re.search(rb"/Lang ?\(zh", pdf_bytes(document)) is not None


def pdf_bytes(document: pypdfium2.PdfDocument) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_the_cover_has_no_page_number(finished: tuple[Disclosure, pypdfium2.PdfDocument]) -> None:
    told, document = finished
    assert _page(document, 0) == f"{told.publisher.name}{told.year}年度部门决算"
    assert _page(document, 2).endswith("-3-")


@pytest.mark.parametrize("layout", sorted(layouts()))
def test_performance_tables_are_read_in_every_layout(tmp_path: Path, layout: str) -> None:
    told = made.disclosure(4, "budget")
    (read,) = read_file(pdf.write(told, tmp_path / "a.pdf", layout))
    assert made.indicators(read) == made.indicators(told) and made.goals(read) == made.goals(told)


def test_the_official_faces_of_a_machine_are_used(tmp_path: Path) -> None:
    none = official((tmp_path,))
    assert none == Faces() and none.of("body") == (BUNDLED,)
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "SIMFANG.TTF").write_bytes(b"")
    found = official((tmp_path, tmp_path / "deep"))
    assert found.folders == (tmp_path / "deep",)
    assert found.of("body")[0] == "FangSong_GB2312" and all(names[-1] == BUNDLED for names in found.names)
    # A face that cannot be read is passed over.
    pdf.write(disclosure(1, items=2), tmp_path / "a.pdf", faces=found)


@pytest.mark.skipif(not official().folders, reason="no official or serif Chinese face on this machine")
def test_what_is_set_in_official_faces_is_read(tmp_path: Path) -> None:
    told = made.disclosure(4, "final")
    path = pdf.write(told, tmp_path / "a.pdf", faces=official())
    with pypdfium2.PdfDocument(path) as document:
        faces = {item.get_font().get_base_name() for item in document[2].get_objects([1], max_depth=4)}
    assert faces and not all("NotoSansCJK" in face for face in faces)
    (read,) = read_file(path)
    assert made.cells(read) == made.cells(told) and made.indicators(read) == made.indicators(told)
    assert made.narrative(read) == made.narrative(told)


@pytest.mark.parametrize("rows", range(14, 60, 3))
def test_the_total_of_a_performance_table_never_stands_alone(tmp_path: Path, rows: int) -> None:
    own = [Indicator("产出指标", "数量指标", f"第{n}类巡查次数", f"≥{n}次", f"{n}次", "2", "2") for n in range(1, rows)]
    told = Evaluation("self_project", "河道巡查", indicators=(*own, Indicator("总分", weight="100", score="100")))
    path = pdf.write(Disclosure(evaluations=(told,)), tmp_path / "a.pdf")
    document = pypdfium2.PdfDocument(path)
    last = _page(document, len(document) - 1)
    document.close()
    assert "总分" in last
    assert f"第{rows - 1}类巡查次数" in last and f"第{rows - 2}类巡查次数" in last
    (back,) = read_file(path)
    assert [i.name for i in back.evaluations[0].indicators] == [i.name for i in told.indicators]


def test_last_rows_that_no_page_holds_are_parted(tmp_path: Path) -> None:
    own = [Indicator("产出指标", "数量指标", f"巡查{n}", "≥1次", "1次", "2", "2", "", "汛期推迟" * 160 + f"尾{n}") for n in range(4)]
    told = Evaluation("self_project", "河道巡查", indicators=(*own, Indicator("总分", weight="100", score="100")))
    document = pypdfium2.PdfDocument(pdf.write(Disclosure(evaluations=(told,)), tmp_path / "a.pdf"))
    for number in range(len(document)):
        text = document[number].get_textpage()
        assert all(text.get_charbox(n)[1] >= 0 for n in range(text.count_chars()))
    document.close()
