"""The county's data files (``*.toml``), and amounts as they write them."""

import tomllib
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from typing import Any


@lru_cache
def data(name: str) -> dict[str, Any]:
    """The tables of a data file."""
    return tomllib.loads((resources.files("mingzhang.demo") / f"{name}.toml").read_text("utf-8"))


def fen(yuan: str) -> int:
    """``12.34`` yuan → 1234."""
    exact = Decimal(yuan) * 100
    if exact != int(exact):
        raise ValueError(f"{yuan}: not a whole number of fen")
    return int(exact)
