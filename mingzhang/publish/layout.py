"""A layout: how the statements of a disclosure are set, as data (layouts/*.toml)."""

import tomllib
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib import resources
from typing import Any


@dataclass(frozen=True)
class Layout:
    """One way to set statements on pages.

    ``ruling``: full, horizontal, none or frame (outer frame, thin verticals). ``code_cells``: a code in one, two or
    three cells. ``header``: flat or nested. ``column_numbers`` prints the 栏次 row, ``row_numbers`` the 行次 column.
    ``rows_on_page``: 0 lets tables break where the page ends. ``continuation``: what a further page starts with
    (nothing, header, or title: the title with 续表 and the header). ``total``: top or bottom; ``total_alone`` puts
    the total row on a page of its own. ``abreast``: how many code-name-amount groups stand side by side.
    ``items``: the three-public table as grouped, paired (both turned sideways) or list. ``spaced`` stands between
    the characters of 合计. ``unit_place``: right, title, number or cell. ``turned``: ids of the statements whose
    page is rotated by 90 degrees. ``orientation``: portrait, landscape or fit. ``size`` in points, ``label`` the
    width of the name column in characters.
    """

    name: str
    words: str
    ruling: str = "full"
    code_cells: int = 1
    header: str = "nested"
    column_numbers: bool = False
    row_numbers: bool = False
    rows_on_page: int = 0
    continuation: str = "header"
    total: str = "top"
    total_alone: bool = False
    abreast: int = 3
    items: str = "grouped"
    spaced: str = ""
    unit_place: str = "right"
    publisher_words: str = "部门："
    number: bool = True
    year_in_title: bool = False
    page_number: str = ""
    contents: bool = True
    turned: tuple[str, ...] = ()
    orientation: str = "fit"
    size: float = 9.0
    label: float = 16.0
    row_space: float = 3.0
    vertical: str = "middle"
    align: str = "right"


_CHOICES = {
    "ruling": ("full", "horizontal", "none", "frame"),
    "code_cells": (1, 2, 3),
    "header": ("flat", "nested"),
    "continuation": ("nothing", "header", "title"),
    "total": ("top", "bottom"),
    "abreast": (1, 2, 3),
    "items": ("grouped", "paired", "list"),
    "unit_place": ("right", "title", "number", "cell"),
    "orientation": ("portrait", "landscape", "fit"),
    "vertical": ("top", "middle"),
    "align": ("right", "center"),
}


def parse(name: str, data: dict[str, Any]) -> Layout:
    """The layout that a TOML file describes. Raises ValueError naming the layout and the wrong entry."""
    known = {f.name for f in fields(Layout)}
    for key, value in data.items():
        if key not in known or value not in _CHOICES.get(key, (value,)):
            raise ValueError(f"layout {name}: {key} = {value!r}")
    given: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}
    return Layout(name, **given)


@lru_cache(maxsize=1)
def layouts() -> dict[str, Layout]:
    """Every layout of the package, by name."""
    root = resources.files("mingzhang.publish") / "layouts"
    files = sorted((f for f in root.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return {f.name[:-5]: parse(f.name[:-5], tomllib.loads(f.read_text("utf-8"))) for f in files}


@lru_cache(maxsize=1)
def headers() -> dict[str, dict[str, dict[str, str]]]:
    """Header paths by ``always`` or ``nested``, form (or ``spending``, ``projects``) and column (headers.toml)."""
    return tomllib.loads((resources.files("mingzhang.publish") / "headers.toml").read_text("utf-8"))
