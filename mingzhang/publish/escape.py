"""Text from documents is never code: how it is written into typst."""

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def plain(text: str) -> str:
    """The text without control characters, which neither XML nor typst can hold."""
    return _CONTROL.sub("", text)


def typst(text: str) -> str:
    """The text as a typst string literal, quotes included: nothing in it is markup or code."""
    return '"' + plain(text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
