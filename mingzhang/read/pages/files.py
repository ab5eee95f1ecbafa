"""What kind of file it is, told by its content, and its pages; or why it cannot be read and what to do."""

import mmap
import stat
from collections.abc import Iterator
from pathlib import Path

from mingzhang.read.errors import ReadError
from mingzhang.read.pages import text
from mingzhang.read.pages.page import Page

MOST_PAGES = 5000
"""Pages of the longest PDF that is read: all departments of a county in one file stay below it."""

LARGEST = 1 << 30
"""Bytes of the largest PDF that is read."""

_HEAD = 1 << 16
_END = b"PK\x05\x06"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (
    b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"BM", b"II*\0", b"MM\0*", b"\0\0\0\x0cjP  ", b"\xffO\xffQ",
)  # fmt: skip
_ARCHIVES = (b"PK\x05\x06", b"PK\x07\x08", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ")
_MARKUP = ("<!doctype html", "<html", "<head", "<body", "<table", "mime-version:")

_NAMES = {
    "pdf": "PDF",
    "text": "纯文本",
    "docx": "Word 文档（docx）",
    "xlsx": "Excel 工作簿（xlsx）",
    "xls": "旧版 Excel 工作簿（xls）",
    "doc": "旧版 Word 文档（doc）",
    "wps": "WPS 文字文档（wps）",
    "et": "WPS 表格（et）",
    "ofd": "OFD 版式文件",
    "html": "网页（HTML）",
    "image": "图片",
    "zip": "压缩包",
    "cut": "不完整的文件",
    "empty": "空文件",
    "directory": "目录",
    "unknown": "无法识别的文件",
}
_UNPAGED = "没有固定的页面，不能按页读取或画图；请在 Word、WPS 或浏览器中另存为 PDF 再看"
_ADVICE = {
    "docx": _UNPAGED,
    "xlsx": _UNPAGED,
    "html": _UNPAGED,
    "doc": "请用 Word 或 WPS 打开，另存为 PDF 再读",
    "wps": "请用 WPS 打开，另存为 PDF 再读",
    "xls": "请用 Excel 或 WPS 打开，另存为 PDF 再读",
    "et": "请用 WPS 打开，另存为 PDF 再读",
    "ofd": "请用 OFD 阅读器打开，导出（另存）为 PDF 再读",
    "image": "图片要用扫描件读取组件（pip install 'mingzhang[scan]'）；本版本尚未提供，请取得文字版 PDF",
    "zip": "请先解压，再逐个读取里面的文件",
    "cut": "尾部缺失，可能没有下载完；请重新下载或取得原文件",
    "empty": "文件长度为 0；请重新下载或取得原文件",
    "directory": "请给出目录里的文件，例如 目录/*.pdf",
    "unknown": "内容不是 PDF，也不是文本，可能已损坏或加密；请重新下载，或用原软件打开后另存为 PDF",
}


def kind(path: str | Path) -> str:
    """pdf, text, docx, xlsx, xls, doc, wps, et, ofd, html, image, zip, cut, empty, directory or unknown.

    The content decides; only among the files of old Word, Excel and WPS,
    which share one container, does the name. Raises ReadError for a file
    that does not exist or may not be opened.
    """
    try:
        status = Path(path).stat()
        if stat.S_ISDIR(status.st_mode):
            return "directory"
        if not stat.S_ISREG(status.st_mode):
            return "unknown"
        if status.st_size == 0:
            return "empty"
        with Path(path).open("rb") as file:
            head = file.read(_HEAD)
            if head.startswith(b"PK\x03\x04"):
                file.seek(max(0, status.st_size - _HEAD))
                ends = head + file.read(_HEAD)
                return _packed(ends) if _END in ends else "cut"
            if head.startswith(_OLE):
                return _old_office(file.fileno(), Path(path).suffix.lower())
    except FileNotFoundError:
        raise ReadError(path, "missing", "文件不存在；请检查路径和文件名") from None
    except PermissionError:
        raise ReadError(path, "no-permission", "没有读取权限；请检查文件的权限设置") from None
    except (OSError, ValueError) as error:
        raise ReadError(path, "cannot-open", f"无法打开：{getattr(error, 'strerror', None) or error}") from None
    return _plain(head)


def _plain(head: bytes) -> str:
    """The kind of a file that is no container, by its first bytes."""
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(_ARCHIVES):
        return "zip"
    if head.startswith(_IMAGES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP") or head[4:8] == b"ftyp":
        return "image"
    if head.startswith(b"{\\rtf"):
        return "doc"
    words = text.decode(head[: len(head) // 4 * 4] if len(head) == _HEAD else head)
    if words is None:
        return "unknown"
    start = words[:2048].lstrip("\ufeff \t\r\n").lower()
    if start.startswith("<?xml") and "mso-application" in start:
        return "xls" if "excel" in start else "doc"
    if start.startswith(_MARKUP) or (start.startswith(("<?xml", "<!--")) and "<html" in start):
        return "html"
    return "text"


def _packed(ends: bytes) -> str:
    """The kind of a zip file by the names at its two ends; nothing is unpacked."""
    if b"OFD.xml" in ends:
        return "ofd"
    if b"word/" in ends and b"[Content_Types].xml" in ends:
        return "docx"
    return "xlsx" if b"xl/" in ends and b"[Content_Types].xml" in ends else "zip"


def _old_office(descriptor: int, suffix: str) -> str:
    """The kind of an OLE file by the names of its streams, which are kept as UTF-16."""
    with mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ) as data:
        sheet = any(data.find(name.encode("utf-16-le")) >= 0 for name in ("Workbook", "Book\0"))
        words = data.find("WordDocument".encode("utf-16-le")) >= 0
    if words:
        return "wps" if suffix == ".wps" else "doc"
    if sheet:
        return "et" if suffix == ".et" else "xls"
    return suffix[1:] if suffix in (".wps", ".et", ".doc", ".xls") else "unknown"


def kind_as_named(path: str | Path) -> str:
    """The kind, where the name does not lie about it. Raises ReadError for what is called .pdf and is none."""
    sort = kind(path)
    if Path(path).suffix.lower() == ".pdf" and sort not in ("pdf", "empty", "directory"):
        what = "可能没有下载完整或已损坏" if sort == "unknown" else f"而是{_NAMES[sort]}"
        message = f"文件名以 .pdf 结尾，但内容不是 PDF，{what}；请重新下载，或改用正确的扩展名"
        raise ReadError(path, "not-pdf", message)
    return sort


def pages(path: str | Path, most: int = MOST_PAGES) -> Iterator[Page]:
    """The pages of a PDF or text file, one after the other.

    Raises ReadError, which says what is wrong and what to do: at once for a
    file that has no pages or cannot be read at all, at the end for a PDF
    without any text. A PDF of more than ``most`` pages is refused before
    anything is read.
    """
    sort = kind_as_named(path)
    if sort == "text":
        yield from text.pages(path)
    elif sort == "pdf":
        yield from _pdf(path, most)
    else:
        raise ReadError(path, sort, f"{_NAMES[sort]}：{_ADVICE[sort]}")


def _pdf(path: str | Path, most: int) -> Iterator[Page]:
    from mingzhang.read.pages import pdf

    count = _count(path)
    if count == 0:
        raise ReadError(path, "no-pages", "PDF 里一页也没有；请重新下载或取得原文件")
    if count > most:
        message = f"共 {count} 页，超过 {most} 页的上限；请按部门拆分成几个文件再读"
        raise ReadError(path, "too-many-pages", message)
    printed = hidden = 0
    for page in pdf.pages(path):
        printed += bool(page.words)
        hidden += bool(page.dropped)
        yield page
    if printed:
        return
    if hidden:
        message = f"共 {count} 页，文字都没有印在页面上（被遮盖、裁去或无墨迹），没有可读的内容；请取得原文件"
        raise ReadError(path, "nothing-printed", message)
    message = (
        f"共 {count} 页，都没有文字，多半是扫描件（只有图像）；"
        "要用扫描件读取组件（pip install 'mingzhang[scan]'）识别，或取得文字版 PDF"
    )
    raise ReadError(path, "scanned", message)


def _count(path: str | Path) -> int:
    """The number of pages. Raises ReadError for a PDF that is encrypted, broken, cut off or too large."""
    import pypdfium2

    if Path(path).stat().st_size > LARGEST:
        raise ReadError(path, "too-large", f"文件超过 {LARGEST >> 20} MB，不像一份公开文本；请压缩或拆分后再读")
    cut = _cut(path)
    try:
        with pypdfium2.PdfDocument(path) as document:
            count = len(document)
    except pypdfium2.PdfiumError as error:
        reason, message = _refusal(str(error), cut)
        raise ReadError(path, reason, message) from None
    if cut:
        message = "PDF 不完整，尾部缺失（可能没有下载完），读出来会缺页缺字；请重新下载或取得原文件"
        raise ReadError(path, "truncated", message)
    return count


def _refusal(words: str, cut: bool) -> tuple[str, str]:
    """Reason and message for what PDFium says when it does not open a file."""
    if "assword" in words:
        return "encrypted", "PDF 已加密，需要密码才能打开；请取消密码后另存，或取得未加密的文件"
    if "ecurity" in words:
        return "encrypted", "PDF 用了不支持的加密方式；请取得未加密的文件"
    if cut:
        return "truncated", "PDF 不完整，尾部缺失（可能没有下载完）；请重新下载或取得原文件"
    return "cannot-open", "PDF 已损坏，无法打开；请重新下载或取得原文件"


def _cut(path: str | Path) -> bool:
    """Whether objects follow the last end mark, or there is none: the file was cut off before it."""
    with Path(path).open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        end = max(data.rfind(b"%%EOF"), data.rfind(b"startxref"))
        return end < 0 or data.find(b"endobj", end) >= 0
