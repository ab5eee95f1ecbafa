"""Exact JSON of a disclosure: reading what was written gives an equal value."""

import dataclasses
import json
import types
import typing
from decimal import Decimal
from typing import Any

from mingzhang.disclosure.content import Disclosure

SCHEMA = "mingzhang-disclosure/1"


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        out = {}
        for f in dataclasses.fields(value):
            item = getattr(value, f.name)
            if item != f.default and not (item == () and f.default is dataclasses.MISSING):
                out[f.name] = _plain(item)
        return out
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return str(value)
    return value


def _typed(kind: Any, value: Any) -> Any:
    if isinstance(kind, types.UnionType):
        if value is None:
            return None
        return _typed(next(k for k in kind.__args__ if k is not types.NoneType), value)
    if typing.get_origin(kind) is tuple:
        args = typing.get_args(kind)
        if len(args) == 2 and args[1] is Ellipsis:
            return tuple(_typed(args[0], item) for item in value)
        return tuple(_typed(a, item) for a, item in zip(args, value, strict=True))
    if kind is Decimal:
        return Decimal(value)
    if kind is float:
        return float(value)
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return kind(**{name: _typed(hints[name], item) for name, item in value.items()})  # type: ignore[operator]
    return value


def to_json(disclosure: Disclosure) -> str:
    """One JSON object with the schema version; fields that hold their default are left out."""
    return json.dumps({"schema": SCHEMA, **_plain(disclosure)}, ensure_ascii=False, indent=1)


def from_json(text: str) -> Disclosure:
    """The disclosure that ``to_json`` wrote. Raises ValueError for another schema."""
    data = json.loads(text)
    schema = data.pop("schema", None) if isinstance(data, dict) else None
    if schema != SCHEMA:
        raise ValueError(f"not a {SCHEMA} document: schema is {schema!r}")
    result: Disclosure = _typed(Disclosure, data)
    return result
