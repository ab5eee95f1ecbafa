"""The words of the running text, from ``words.toml``: units, heading endings, marks of notes."""

import tomllib
from importlib import resources
from typing import Any

_DATA: dict[str, Any] = tomllib.loads((resources.files("mingzhang.read.narrative") / "words.toml").read_text("utf-8"))


def words(table: str, key: str) -> tuple[str, ...]:
    """The words of ``[table] key``, longest first, so that they may be tried in order."""
    return tuple(sorted(_DATA[table][key], key=len, reverse=True))


WIDE = str.maketrans("０１２３４５６７８９．％－−﹣＝＊＋：；～〜", "0123456789.%---=*+:;~~")
"""Width variants to the plain sign, one for one, so that positions stay."""
