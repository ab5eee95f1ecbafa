"""What kind a file is by its content, and the clear refusal of what cannot be read."""

import zipfile
from pathlib import Path

import pytest

from mingzhang.read.errors import ReadError
from mingzhang.read.pages import files
from tests.read.written import pdf

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def packed(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return path


def refusal(path: Path, **limits: int) -> ReadError:
    with pytest.raises(ReadError) as caught:
        list(files.pages(path, **limits))
    assert path.name in str(caught.value)
    return caught.value


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (pdf(["x"]), "pdf"),
        (b"\n\n junk before \n" + pdf(["x"]), "pdf"),
        ("收入决算表\n合计\t1.00\n".encode(), "text"),
        ("收入决算表 合计 1.00\n".encode("gb18030"), "text"),
        ("收入决算表 合计 1.00\n".encode("utf-16"), "text"),
        ("收入决算表 合计 1.00\n".encode("utf-16-le"), "text"),
        (b"\xef\xbb\xbf" + "合计\n".encode(), "text"),
        (b"\n <!DOCTYPE HTML><html><p>404</p></html>", "html"),
        (b'<?xml version="1.0"?><!-- x --><html xmlns="a"></html>', "html"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "xls"),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "image"),
        (b"\xff\xd8\xff\xe0" + bytes(20), "image"),
        (b"Rar!\x1a\x07\x00" + bytes(20), "zip"),
        (b"{\\rtf1\\ansi x}", "doc"),
        (b"", "empty"),
        (bytes(range(256)) * 20, "unknown"),
        (bytes(4000), "unknown"),
        (OLE, "unknown"),
    ],
)
def test_content_tells_the_kind_whatever_the_name(tmp_path: Path, data: bytes, kind: str) -> None:
    for name in ("a.pdf", "a.txt", "a", "a.docx"):
        if data is OLE and name == "a.docx":
            continue
        assert files.kind(written(tmp_path / name, data)) == kind


def test_packed_kinds_are_told_by_their_names_inside(tmp_path: Path) -> None:
    types = "[Content_Types].xml"
    assert files.kind(packed(tmp_path / "a", types, "word/document.xml")) == "docx"
    assert files.kind(packed(tmp_path / "b", types, "xl/workbook.xml")) == "xlsx"
    assert files.kind(packed(tmp_path / "c", "OFD.xml", "Doc_0/Document.xml")) == "ofd"
    assert files.kind(packed(tmp_path / "d", "one.pdf", "two.pdf")) == "zip"


def test_old_office_kinds_are_told_by_their_streams_and_the_name(tmp_path: Path) -> None:
    words = OLE + "WordDocument".encode("utf-16-le")
    sheet = OLE + "Workbook".encode("utf-16-le")
    assert files.kind(written(tmp_path / "a.txt", words)) == "doc"
    assert files.kind(written(tmp_path / "a.wps", words)) == "wps"
    assert files.kind(written(tmp_path / "a", sheet)) == "xls"
    assert files.kind(written(tmp_path / "a.et", sheet)) == "et"


def test_directory_and_missing_file(tmp_path: Path) -> None:
    assert files.kind(tmp_path) == "directory"
    assert refusal(tmp_path).reason == "directory"
    assert "不存在" in refusal(tmp_path / "nowhere.pdf").message


def test_a_file_that_may_not_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "a.pdf", pdf(["x"]))

    def closed(*_: object, **__: object) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "open", closed)
    assert "权限" in refusal(path).message


def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    os = pytest.importorskip("os")
    if not hasattr(os, "mkfifo"):
        pytest.skip("no named pipes here")
    os.mkfifo(tmp_path / "a.txt")
    assert refusal(tmp_path / "a.txt").reason == "unknown"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.doc", OLE + "WordDocument".encode("utf-16-le"), "另存为 PDF"),
        ("a.wps", OLE + "WordDocument".encode("utf-16-le"), "WPS"),
        ("a.et", OLE + "Workbook".encode("utf-16-le"), "WPS 表格"),
        ("a.xls", OLE + "Workbook".encode("utf-16-le"), "另存为 PDF"),
        ("a.html", b"<html><body>x</body></html>", "网页"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "scan"),
        ("a.pdf", b"<html>404 Not Found</html>", "不是 PDF，而是网页"),
        ("a.pdf", "合计 1.00".encode(), "不是 PDF，而是纯文本"),
        ("a.pdf", bytes(range(256)) * 20, "不是 PDF"),
        ("a.pdf", b"", "长度为 0"),
        ("a.txt", bytes(range(256)) * 20, "另存为 PDF"),
        ("a.txt", " \n\t\n　".encode(), "没有文字"),
    ],
)
def test_the_refusal_says_what_it_is_and_what_to_do(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    assert words in refusal(written(tmp_path / name, data)).message


def test_packed_files_are_refused_with_advice(tmp_path: Path) -> None:
    assert "OFD" in refusal(packed(tmp_path / "a.ofd", "OFD.xml")).message
    assert "解压" in refusal(packed(tmp_path / "a.zip", "a.pdf")).message


def test_a_pdf_is_read(tmp_path: Path) -> None:
    found = list(files.pages(written(tmp_path / "a.dat", pdf(["one two", "", "three"]))))
    assert [page.number for page in found] == [1, 2, 3]
    assert "".join(word.text for word in found[0].words).replace(" ", "") == "onetwo"


def test_an_encrypted_pdf(tmp_path: Path) -> None:
    error = refusal(written(tmp_path / "a.pdf", pdf(["x"], encrypted=True)))
    assert error.reason == "encrypted"
    assert "密码" in error.message


@pytest.mark.parametrize("kept", [0.4, 0.7, 0.9])
def test_a_truncated_pdf(tmp_path: Path, kept: float) -> None:
    data = pdf(["page"] * 20)
    assert refusal(written(tmp_path / "a.pdf", data[: int(len(data) * kept)])).reason == "truncated"


def test_a_cut_in_a_later_revision_is_truncated(tmp_path: Path) -> None:
    data = pdf(["page"]) + b"9 0 obj\n<< /Length 3 >>\nstream\nabc\nendstream\nendobj\n"
    assert refusal(written(tmp_path / "a.pdf", data)).reason == "truncated"


def test_junk_behind_the_end_is_no_harm(tmp_path: Path) -> None:
    assert len(list(files.pages(written(tmp_path / "a.pdf", pdf(["page"]) + b"\n<!-- served by x -->" * 99)))) == 1


def test_a_broken_pdf(tmp_path: Path) -> None:
    assert refusal(written(tmp_path / "a.pdf", b"%PDF-1.4\nnothing\n%%EOF\n")).reason == "cannot-open"


def test_a_pdf_without_pages(tmp_path: Path) -> None:
    assert refusal(written(tmp_path / "a.pdf", pdf([]))).reason in ("no-pages", "cannot-open")


def test_pages_without_text_ask_for_the_scan_reader(tmp_path: Path) -> None:
    error = refusal(written(tmp_path / "a.pdf", pdf(["", ""])))
    assert error.reason == "scanned"
    assert "扫描件" in error.message
    assert "scan" in error.message


def test_more_pages_than_the_limit_are_refused_before_reading(tmp_path: Path) -> None:
    assert refusal(written(tmp_path / "a.pdf", pdf(["x"] * 4)), most=3).reason == "too-many-pages"
    assert "5001" in refusal(written(tmp_path / "b.pdf", pdf(["x"] * (files.MOST_PAGES + 1)))).message


@pytest.mark.slow
def test_five_thousand_pages_are_read(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", pdf(["1 2,345.67"] * files.MOST_PAGES))
    assert sum(1 for page in files.pages(path) if page.words) == files.MOST_PAGES


def test_a_text_beyond_all_bounds_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mingzhang.read.pages.text.LARGEST", 10)
    assert refusal(written(tmp_path / "a.txt", "合计 1.00 2.00".encode())).reason == "too-large"
    monkeypatch.setattr(files, "LARGEST", 10)
    assert refusal(written(tmp_path / "a.pdf", pdf(["x"]))).reason == "too-large"
