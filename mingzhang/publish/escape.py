"""Text from documents is never code: how it is written into typst and spreadsheets."""

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def plain(text: str) -> str:
    """The text without control characters, which neither XML nor typst can hold."""
    return _CONTROL.sub("", text)


def typst(text: str) -> str:
    """The text as a typst string literal, quotes included: nothing in it is markup or code."""
    return '"' + plain(text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def sheet_name(text: str, taken: set[str]) -> str:
    """A name for a worksheet: 31 characters, none that Excel forbids, different from those ``taken``."""
    name = re.sub(r"[\[\]:*?/\\']", "", plain(text))[:28] or "表"
    found, n = name, 2
    while found.lower() in taken:
        found, n = f"{name[:25]}({n})", n + 1
    taken.add(found.lower())
    return found
