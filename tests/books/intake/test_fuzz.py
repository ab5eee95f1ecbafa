"""Files from anywhere: damaged, hostile or absurd, they give records or a clear reason, within bounds."""

import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingzhang.books.intake import Unreadable, workbook
from mingzhang.books.intake.take import Taken, take
from tests.books.intake.made import YEAR, folder, xlsx
from tests.books.intake.test_faults import base

QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A workbook and a CSV file of payments, both sound."""
    at = tmp_path_factory.mktemp("sound")
    return xlsx(at / "a.xlsx", base()), folder(at / "csv", base()) / "支付.csv"


def tried(path: Path) -> Taken | Unreadable:
    """What a file gives; every fault can be told in both languages. Anything else that is raised fails the test."""
    try:
        taken = take(path, YEAR)
    except Unreadable as unread:
        assert unread.words("zh") and unread.words("en")
        return unread
    for fault in (*taken.faults, *taken.notices):
        assert fault.words("zh") and fault.words("en")
    return taken


def mutated(data: bytes, draw: random.Random, times: int) -> bytes:
    out = bytearray(data)
    for _ in range(times):
        at = draw.randrange(len(out))
        match draw.randrange(4):
            case 0:
                out[at] = draw.randrange(256)
            case 1:
                del out[at : at + draw.randrange(1, 40)]
            case 2:
                out[at:at] = bytes(draw.randrange(256) for _ in range(draw.randrange(1, 9)))
            case 3:
                end = draw.randrange(len(out))
                out[at:at] = out[end : end + 60]
    return bytes(out or b" ")


def rewritten(source: Path, at: Path, change: object, only: str = "") -> Path:
    """The workbook with its parts changed: ``change`` takes the name and the bytes of each."""
    target = at / "changed.xlsx"
    with zipfile.ZipFile(source) as parts, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for info in parts.infolist():
            body = parts.read(info)
            if only in info.filename:
                body = change(info.filename, body)  # type: ignore[operator]
            if body is not None:
                out.writestr(info.filename, body)
    return target


def fuzzed(seed: int, sound: tuple[Path, Path], at: Path) -> None:
    draw = random.Random(seed)
    book, rows = sound[0].read_bytes(), sound[1].read_bytes()
    (at / "m.xlsx").write_bytes(mutated(book, draw, draw.choice((1, 3, 30))))
    tried(at / "m.xlsx")
    tried(rewritten(sound[0], at, lambda _, body: mutated(body, draw, 2), draw.choice(("sheet", "workbook", "shared", "styles"))))
    (at / "支付.csv").write_bytes(mutated(rows, draw, draw.choice((1, 3, 30))))
    tried(at / "支付.csv")


@settings(max_examples=25, suppress_health_check=QUIET)
@given(seed=st.integers(0, 2**32))
def test_mutated_files_give_records_or_a_reason(seed: int, sound: tuple[Path, Path], tmp_path: Path) -> None:
    fuzzed(seed, sound, tmp_path)


@pytest.mark.slow
@settings(max_examples=4000, suppress_health_check=QUIET)
@given(seed=st.integers(0, 2**48))
def test_many_mutated_files_give_records_or_a_reason(seed: int, sound: tuple[Path, Path], tmp_path: Path) -> None:
    fuzzed(seed, sound, tmp_path)


@settings(max_examples=25, suppress_health_check=QUIET)
@given(rows=st.lists(st.lists(st.text(max_size=12), max_size=8), max_size=8))
def test_any_cells_under_the_header_give_faults_not_errors(rows: list[list[str]], tmp_path: Path) -> None:
    sheets = base()
    sheets["支付"] += [[cell.encode("utf-8", "replace").decode() for cell in row] for row in rows]
    tried(folder(tmp_path / "a", sheets))


def reason(path: Path) -> str:
    result = tried(path)
    assert isinstance(result, Unreadable)
    return result.reason


def test_a_zip_bomb_is_refused_before_it_is_unpacked(sound: tuple[Path, Path], tmp_path: Path) -> None:
    bomb = rewritten(sound[0], tmp_path, lambda _, body: body.replace(b"</sheetData>", b" " * (50 << 20) + b"</sheetData>"), "sheet1.xml")
    assert bomb.stat().st_size < 1 << 20
    assert reason(bomb) == "file_large"


def test_all_parts_together_are_bounded(sound: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_BYTES", 1000)
    (tmp_path / "a.xlsx").write_bytes(sound[0].read_bytes())
    assert reason(tmp_path / "a.xlsx") == "file_large"


def test_entities_are_not_expanded_and_not_fetched(sound: tuple[Path, Path], tmp_path: Path) -> None:
    declared = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'

    def with_entity(name: str, body: bytes) -> bytes:
        head, _, rest = body.partition(b"?>")
        return head + b"?>" + declared + rest.replace(b"<t>", b"<t>&a;", 1)

    assert reason(rewritten(sound[0], tmp_path, with_entity, "sharedStrings")) == "file_broken"


@pytest.mark.parametrize(
    ("name", "data", "wanted"),
    [
        ("a.xlsx", b"", "file_void"),
        ("a.xlsx", b"PK\x03\x04", "file_broken"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0" + bytes(600), "file_old"),
        ("a.xlsx", b"<html>", "file_other"),
        ("a.csv", b"\xff\x00\xff\x00\x81", "file_encoding"),
        ("支付.csv", "标记,日期\n\"abc".encode(), "file_csv"),
        ("别的.csv", b"a,b\n1,2\n", "file_empty"),
        ("a.dat", b"x", "file_type"),
    ],
)  # fmt: skip
def test_files_that_are_none(name: str, data: bytes, wanted: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    assert reason(tmp_path / name) == wanted


def test_a_missing_file_and_an_empty_folder(tmp_path: Path) -> None:
    assert reason(tmp_path / "no.xlsx") == "file_missing"
    (tmp_path / "empty").mkdir()
    assert reason(tmp_path / "empty") == "file_empty"


def test_a_sheet_without_end_is_refused(sound: tuple[Path, Path], tmp_path: Path) -> None:
    far = rewritten(sound[0], tmp_path, lambda _, b: b.replace(b'<row r="2"', b'<row r="99999999"', 1), "sheet9.xml")
    assert reason(far) == "file_large"


def test_markup_in_a_cell_stays_text_on_the_screen(tmp_path: Path) -> None:
    sheets = base()
    sheets["支付"][1][10] = "[bold red]x[/] =cmd|'/c calc'!A0\x1b[31m"
    taken = take(folder(tmp_path / "a", sheets), YEAR)
    (fault,) = taken.faults
    assert fault.reason == "amount_text" and "\x1b" not in fault.words()
