"""The kinds of entries, the sources, the uses and the rules, as the data files give them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

QUANTITIES = ("approved", "carried", "adjusted", "allotted", "paid")
"""What is known of a line; ``means`` is known of its unit, source and item."""

LARGEST = 10**14
"""The largest amount that is believed, in fen (a thousand billion yuan)."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entry (``data/kinds.toml``)."""

    id: str
    zh: str
    en: str
    moves: tuple[tuple[str, int], ...]
    flow: str
    sign: int
    grain: str
    sources: str
    once: str
    signed: bool
    by: str


@dataclass(frozen=True, slots=True)
class Rule:
    """Why an entry is refused; of a limit ``left`` and ``right`` name the quantities (``data/rules.toml``)."""

    id: str
    zh: str
    en: str
    source: str = ""
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    sources: str = ""


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((resources.files("mingzhang.books") / "data" / name).read_text("utf-8"))


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind of entry by its id."""
    found = {}
    for id, data in _data("kinds.toml").items():
        ((flow, sign),) = data["flow"].items()
        found[id] = Kind(
            id,
            data["zh"],
            data["en"],
            tuple(data["moves"].items()),
            flow,
            sign,
            data.get("grain", "line"),
            data.get("sources", ""),
            data["once"],
            data.get("signed", False),
            data.get("by", ""),
        )
    return found


@cache
def sources() -> Mapping[str, Mapping[str, str]]:
    """Every source: its words, the budget of its codes, and ``kind``: ``appropriation`` or ``own``."""
    return dict(_data("lines.toml")["sources"])


@cache
def uses() -> Mapping[str, Mapping[str, Any]]:
    """Every use of a line: its words, economic classes, part, share and flow."""
    return dict(_data("lines.toml")["uses"])


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by its id: ``form.amount``, ``limit.budget``, …."""
    found = {}
    data = _data("rules.toml")
    for limit in data.pop("limit"):
        words = {key: limit.get(key, "") for key in ("zh", "en", "source", "sources")}
        id = f"limit.{limit['id']}"
        found[id] = Rule(id, left=tuple(limit["left"]), right=tuple(limit["right"]), **words)
    for family, members in data.items():
        for name, words in members.items():
            found[f"{family}.{name}"] = Rule(f"{family}.{name}", **words)
    return found


@cache
def limits() -> tuple[Rule, ...]:
    """The rules on the quantities of a line, in the order in which they are told."""
    return tuple(rule for rule in rules().values() if rule.right)
