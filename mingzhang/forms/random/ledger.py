"""The entries behind a random disclosure, and the drawing of amounts that sum exactly."""

import random
import tomllib
from functools import lru_cache
from importlib import resources
from typing import Any


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """The invented names and the terms (words.toml)."""
    return tomllib.loads((resources.files("mingzhang.forms.random") / "words.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def _chart() -> dict[str, Any]:
    return tomllib.loads((resources.files("mingzhang.forms.random") / "codes.toml").read_text("utf-8"))


@lru_cache(maxsize=8)
def names(kind: str) -> dict[str, str]:
    """Code to name of the sections and items of ``general``, ``fund``, ``state_capital`` or ``economic``."""
    found: dict[str, str] = {}
    for code, (name, parts) in _chart()[kind].items():
        found[code] = name
        found.update({code + tail: part for tail, part in parts.items()})
    return found


@lru_cache(maxsize=1)
def every_name() -> dict[str, str]:
    """Code to name of everything that is drawn from."""
    return names("general") | names("fund") | names("state_capital") | names("economic")


def governmental(economic: str, institution: bool) -> tuple[str, str]:
    """The governmental economic code and name that a departmental code is paid under."""
    pair = _chart()["governmental"].get(economic[:3], _chart()["governmental"]["302"])[1 if institution else 0]
    return pair[0], pair[1]


def amount(draw: random.Random, scale: int, low: float = 0.0, high: float = 5.0) -> int:
    """A positive amount between 10**low and 10**high times ``scale``, log-uniform, often round."""
    value = max(1, int(10 ** draw.uniform(low, high) * scale))
    step = draw.choice((1, 1, 1, 10, 100))
    return max(step, value // step * step)


def split(draw: random.Random, whole: int, parts: int) -> list[int]:
    """``whole`` cut into ``parts`` amounts that are not negative and sum to it exactly."""
    cuts = sorted(draw.randint(0, whole) for _ in range(parts - 1))
    return [b - a for a, b in zip([0, *cuts], [*cuts, whole], strict=True)]
