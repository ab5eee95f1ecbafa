"""One way to write a disclosure in any format: the suffix of the path chooses."""

import re
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path

from mingzhang.disclosure import Disclosure, to_json
from mingzhang.publish import flow
from mingzhang.publish.faces import Faces
from mingzhang.publish.layout import Layout, layouts

DOCUMENTS = ("pdf", "docx", "xlsx", "html")
FORMATS = (*DOCUMENTS, "json", "data")
"""``data`` is a folder: the CSV files of the open form, disclosure.json and a Fiscal Data Package."""

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_LONGEST = 60


class UnknownFormat(ValueError):
    """There is no such format or layout; the message names those that there are."""


def write(
    disclosure: Disclosure, path: Path | str, layout: Layout | str | None = None, faces: Faces | None = None
) -> Path:
    """Write the disclosure in the format of the path's suffix; the path is given back. ``faces`` are those of a PDF.

    Raises UnknownFormat for another suffix or a layout that is not there, OSError where the file cannot be written.
    """
    target = Path(path)
    format = target.suffix.lower().lstrip(".")
    if format == "json":
        target.write_text(to_json(disclosure) + "\n", encoding="utf-8")
        return target
    if format not in DOCUMENTS:
        known = "、".join(f".{name}" for name in (*DOCUMENTS, "json"))
        raise UnknownFormat(f"{target.name}：不认识这种文件类型，请用 {known} 之一")
    if format == "pdf":
        from mingzhang.publish import pdf

        return pdf.write(disclosure, target, _layout(layout), faces)
    writer: Callable[[Disclosure, Path, Layout], Path] = import_module(f"mingzhang.publish.{format}").write
    return writer(disclosure, target, _layout(layout))


def every(
    disclosure: Disclosure,
    folder: Path | str,
    formats: Iterable[str] = FORMATS,
    layout: Layout | str | None = None,
    faces: Faces | None = None,
) -> tuple[Path, ...]:
    """Write the disclosure into the folder (made where absent) in all the formats; the paths are given back.

    The documents are named by the title of the disclosure, the open data stands in the folder ``data`` beside them.
    Raises UnknownFormat before anything is written.
    """
    wanted = tuple(dict.fromkeys(formats))
    for format in wanted:
        if format not in FORMATS:
            raise UnknownFormat(f"{format}：没有这种格式，可选 {'、'.join(FORMATS)}")
    chosen = _layout(layout)
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    name = file_name(disclosure)
    paths = []
    for format in wanted:
        if format == "data":
            from mingzhang.publish import datapackage

            paths.append(datapackage.write([disclosure], out / "data"))
        else:
            paths.append(write(disclosure, out / f"{name}.{format}", chosen, faces))
    return tuple(paths)


def file_name(disclosure: Disclosure) -> str:
    """The title as the name of a file, without suffix."""
    return _FORBIDDEN.sub("", flow.title(disclosure)).strip(". ")[:_LONGEST] or "disclosure"


def _layout(layout: Layout | str | None) -> Layout:
    if isinstance(layout, Layout):
        return layout
    found = layouts().get(layout or "ruled")
    if found is None:
        raise UnknownFormat(f"{layout}：没有这种版式，可选 {'、'.join(layouts())}")
    return found
