"""One disclosure in any format reads to the same content; text is kept as it is and never becomes code."""

import importlib
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import html as parse

from mingzhang.disclosure import Disclosure, Note, Sentence
from mingzhang.forms import random
from mingzhang.publish import html
from mingzhang.read import read_file
from tests.publish import made

FORMATS = ("pdf", "docx", "xlsx", "html")

def again(told: Disclosure, format: str, folder: Path) -> Disclosure:
    """What is read from the disclosure as written in a format."""
    writer: Any = importlib.import_module(f"mingzhang.publish.{format}")
    path = folder / f"a.{format}"
    writer.write(told, path)
    (read,) = read_file(path)
    return read


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("kind", ["final", "budget"])
@pytest.mark.parametrize("seed", [1, 2, 4, 7])
def test_every_format_reads_to_the_same_content(tmp_path: Path, format: str, kind: str, seed: int) -> None:
    told = random.disclosure(seed, kind=kind, unit="元" if seed % 2 else "万元")
    read = again(told, format, tmp_path)
    assert (read.publisher.name, read.year, read.kind) == (told.publisher.name, told.year, told.kind)
    assert made.cells(read) == made.cells(told)
    assert [s.id for s in read.statements] == [s.id for s in told.statements]
    assert made.narrative(read) == made.narrative(told)
    assert [h.text for h in read.headings] == [h.text for h in told.headings]
    assert read.publisher.scope == told.publisher.scope


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("kind,style", [("final", "levels"), ("budget", "levels"), ("budget", "units")])
def test_every_format_keeps_the_names_of_rows(tmp_path: Path, format: str, kind: str, style: str) -> None:
    told = random.disclosure(9, kind=kind, style=style, items=8)
    read = again(told, format, tmp_path)
    assert made.rows(read) == made.rows(told)


@pytest.mark.slow
@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("seed", range(20, 60))
def test_many_disclosures_read_to_the_same_content(tmp_path: Path, format: str, seed: int) -> None:
    for kind in ("final", "budget"):
        test_every_format_reads_to_the_same_content(tmp_path, format, kind, seed)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("kind", ["final", "budget"])
def test_performance_tables_are_kept(tmp_path: Path, format: str, kind: str) -> None:
    told = made.disclosure(3, kind)
    read = again(told, format, tmp_path)
    assert made.indicators(read) == made.indicators(told)
    assert made.goals(read) == made.goals(told)
    assert made.narrative(read) == made.narrative(told)
    assert made.cells(read) == made.cells(told)


@pytest.mark.parametrize("format", FORMATS)
def test_reading_writing_and_reading_again_changes_nothing(tmp_path: Path, format: str) -> None:
    first = again(made.disclosure(4, "final"), format, tmp_path)
    second = again(first, format, tmp_path)
    assert made.indicators(second) == made.indicators(first) and made.goals(second) == made.goals(first)
    assert made.cells(second) == made.cells(first) and made.narrative(second) == made.narrative(first)
    assert [s.text for s in second.sentences] == [s.text for s in first.sentences]


@pytest.mark.parametrize("format", FORMATS)
def test_the_given_documents_survive(shared: Path, tmp_path: Path, format: str) -> None:
    for path in sorted((shared / "corpus").rglob("*.pdf")):
        for told in read_file(path):
            read = again(told, format, tmp_path)
            assert made.cells(read) == made.cells(told), path.name
            assert made.narrative(read) == made.narrative(told), path.name


NASTY = {
    "script": "<script>alert(1)</script>",
    "formula": "=cmd('calc')",
    "signs": "研发R&D支出<含\"引进\">'补助'",
    "entity": "&lt;已转义&gt;&amp;",
    "typst": '#panic("x")$a$*b*_c_`d`@e[f]',
    "long": "用于支持基层单位开展长期跟踪监测和应急物资储备轮换工作的专项补助经费" * 4,
}


def _nasty(told: Disclosure, text: str) -> Disclosure:
    """The text as the label of a code, as a line, in a note and in a sentence."""

    def changed(statement):
        if statement.id == "F05":
            rows = tuple(replace(r, label=text, printed_label=text) if len(r.code) == 7 else r for r in statement.rows)
            return replace(statement, rows=rows)
        if statement.id == "F10":
            last = replace(statement.rows[-1], label=text, printed_label=text)
            return replace(statement, rows=(*statement.rows[:-1], last), notes=(Note(f"注：{text}"),))
        return statement

    section = (told.headings[0].text,)
    sentence = Sentence(f"本部门负责{text}的管理。", section)
    return replace(told, statements=tuple(map(changed, told.statements)), sentences=(sentence, *told.sentences))


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("name", sorted(NASTY))
def test_text_is_kept_and_is_never_code(tmp_path: Path, format: str, name: str) -> None:
    text = NASTY[name]
    told = _nasty(random.disclosure(12, items=4, zeros=True), text)
    read = again(told, format, tmp_path)
    assert made.cells(read) == made.cells(told)
    shown = read.statement("F05")
    assert shown is not None
    assert {r.label for r in shown.rows if len(r.code) == 7} == {text}
    assert any(text in s.text for s in read.sentences)
    CODE.get(format, lambda path: None)(tmp_path / f"a.{format}")


def _page_holds_no_code(path: Path) -> None:
    page = parse.document_fromstring(path.read_text("utf-8"))
    assert not list(page.iter("script")) and not page.xpath("//*[@onload or @onerror or @onclick]")
    assert {e.tag for e in page.iter() if isinstance(e.tag, str)} <= TAGS


TAGS = {
    *("html", "head", "meta", "title", "style", "body", "header", "nav", "main", "section", "div"),
    *(
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "p",
        "a",
        "ol",
        "li",
        "br",
        "svg",
        "g",
        "rect",
        "text",
    ),
}


def _document_holds_no_field(path: Path) -> None:
    with zipfile.ZipFile(path) as package:
        text = "".join(package.read(n).decode("utf-8") for n in package.namelist() if n.endswith(".xml"))
    codes = [code.strip() for code in re.findall(r"<w:instrText[^>]*>([^<]*)<", text)]
    assert codes and all(re.fullmatch(r'PAGE|PAGEREF _Toc\d{8} \\h|TOC \\o "1-2" [^<]*', code) for code in codes)
    assert "<w:fldSimple" not in text and "<script>" not in text


def _workbook_holds_no_formula(path: Path) -> None:
    with zipfile.ZipFile(path) as package:
        sheets = [package.read(n).decode("utf-8") for n in package.namelist() if n.startswith("xl/worksheets/")]
    formulas = [f for s in sheets for f in re.findall(r"<f[ >][^<]*|<f>[^<]*", s)]
    assert formulas and all(SUMS.fullmatch(f) for f in formulas)


SUMS = re.compile(r"<f>SUM\([A-Z]+\d+(?:[:,][A-Z]+\d+)*\)(?:[+-]SUM\([A-Z]+\d+(?:[:,][A-Z]+\d+)*\))*")
"""A formula is a sum over cells of its own sheet, and nothing else."""

CODE: dict[str, Callable[[Path], None]] = {
    "html": _page_holds_no_code,
    "docx": _document_holds_no_field,
    "xlsx": _workbook_holds_no_formula,
}


def test_performance_tables_are_escaped_too(tmp_path: Path) -> None:
    told = made.disclosure(3, "final")
    text = NASTY["script"]
    first = told.evaluations[1]
    spoiled = replace(first.indicators[5], name=text, reason=f'"{text}"')
    changed = replace(first, project=text, goal=f"完成{text}。", indicators=(*first.indicators[:5], spoiled))
    told = replace(told, evaluations=(changed,), publisher=replace(told.publisher, name=told.publisher.name))
    assert "<script" not in html.render(told)
    for format in FORMATS:
        read = again(told, format, tmp_path)
        assert made.indicators(read) == made.indicators(told) and made.goals(read) == made.goals(told)


def test_every_writer_has_the_same_face() -> None:
    for name in FORMATS:
        module = importlib.import_module(f"mingzhang.publish.{name}")
        assert list(module.write.__annotations__)[:3] == ["disclosure", "path", "layout"]
