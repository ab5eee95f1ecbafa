"""Places found on a page whose text runs sideways, turned back to the page as it is shown."""

import dataclasses
from collections.abc import Mapping
from typing import Any, TypeVar

from mingzhang.disclosure import Place
from mingzhang.read.pages.frame import turned
from mingzhang.read.pages.page import Page

T = TypeVar("T")
Turns = Mapping[int, tuple[int, float, float]]


def shown(value: T, turns: Turns) -> T:
    """The value with every box on a page of ``turns`` (quarters, width and height as read) as the page shows it."""
    return _shown(value, turns) if turns else value


def read(value: T, page: Page) -> T:
    """The value with every box on the page as the reader saw it, after it was turned: the reverse of ``shown``."""
    if not page.turned or page.number is None:
        return value
    wide, high = (page.height, page.width) if page.turned % 2 else (page.width, page.height)
    return _shown(value, {page.number: (-page.turned % 4, wide, high)})


def _shown(value: Any, turns: Turns) -> Any:
    if isinstance(value, Place):
        if value.page is not None and value.page in turns and value.box is not None:
            quarters, width, height = turns[value.page]
            return dataclasses.replace(value, box=turned(value.box, width, height, -quarters % 4))
        return value
    if isinstance(value, tuple):
        return tuple(_shown(item, turns) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        kept = {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
        made = {name: _shown(item, turns) for name, item in kept.items()}
        return value if all(made[name] is kept[name] for name in kept) else dataclasses.replace(value, **made)
    return value
