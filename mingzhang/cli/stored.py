"""A disclosure.json as the commands take it: one disclosure or a list of them."""

import json
from pathlib import Path

from mingzhang.disclosure import Disclosure, from_json


def stored(path: Path) -> tuple[Disclosure, ...]:
    """The disclosures that the file holds, at least one. Raises ValueError for any other content, OSError."""
    try:
        held = json.loads(path.read_text("utf-8"))
        found = tuple(from_json(json.dumps(one)) for one in (held if isinstance(held, list) else [held]))
    except (TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError(" ".join(str(error).split())[:100] or type(error).__name__) from None
    if not found:
        raise ValueError("一份也没有 (it holds none)")
    return found
