"""One call writes any format, or all of them."""

import json
from pathlib import Path

import pytest

from mingzhang.disclosure import Disclosure, Publisher, from_json
from mingzhang.publish import FORMATS, UnknownFormat, every, write
from mingzhang.publish.formats import file_name
from mingzhang.read import read_file
from tests.publish import made


def test_the_suffix_chooses_the_format(tmp_path: Path) -> None:
    told = made.disclosure(3, "final")
    begins = {"pdf": b"%PDF", "docx": b"PK", "xlsx": b"PK", "html": b"<!doctype html>", "json": b"{"}
    for suffix, first in begins.items():
        path = write(told, tmp_path / f"a.{suffix.upper()}", "dense")
        assert path.read_bytes().startswith(first)
    assert from_json((tmp_path / "a.JSON").read_text("utf-8")) == told


def test_all_formats_in_one_folder(tmp_path: Path) -> None:
    told = made.disclosure(4, "budget")
    paths = every(told, tmp_path / "new" / "folder")
    assert len(paths) == len(FORMATS) and all(p.is_file() for p in paths)
    data = tmp_path / "new" / "folder" / "data"
    assert {p.name for p in data.iterdir()} >= {"datapackage.json", "amounts.csv", "cells.csv", "disclosure.json"}
    for path in paths[:4]:
        assert path.stem == file_name(told)
        (read,) = read_file(path)
        assert made.cells(read) == made.cells(told) and made.indicators(read) == made.indicators(told)
    assert json.loads(paths[5].read_text("utf-8"))["resources"]


def test_what_is_not_known_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    told = made.disclosure(3, "final")
    with pytest.raises(UnknownFormat, match=r"a\.odt.*\.pdf"):
        write(told, tmp_path / "a.odt")
    with pytest.raises(UnknownFormat, match=r"odt.*pdf、docx"):
        every(told, tmp_path, ("pdf", "odt"))
    with pytest.raises(UnknownFormat, match=r"baroque.*ruled"):
        every(told, tmp_path, ("pdf",), "baroque")
    assert list(tmp_path.iterdir()) == []


def test_a_title_becomes_a_file_name() -> None:
    assert file_name(Disclosure(Publisher("某/局"), 2024, "final")) == "某局2024年度部门决算"
    assert file_name(Disclosure(title="..")) == "disclosure"
    assert len(file_name(Disclosure(title="长" * 300))) == 60
