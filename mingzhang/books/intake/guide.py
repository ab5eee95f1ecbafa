"""What the first sheet of the template tells a clerk (``data/guide.toml``)."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any


@cache
def guide(lang: str) -> Mapping[str, Any]:
    """``settings``: how to fill in each of them, by id; ``lines``: the rest, in order. ``lang`` is ``zh`` or ``en``."""
    text = (resources.files("mingzhang.books.intake") / "data" / "guide.toml").read_text("utf-8")
    found: Mapping[str, Any] = tomllib.loads(text)[lang]
    return found
