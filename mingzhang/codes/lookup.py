"""Look-ups in the chart of accounts; the data are read when first asked for."""

from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources

from mingzhang.codes.code import LENGTHS, Code

# Of each classification its files, and the budget that the codes of a file belong to.
_FILES = {
    "functional": (("functional.csv", "general"), ("fund.csv", "fund"), ("state-capital.csv", "state_capital")),
    "economic": (("economic.csv", ""),),
    "governmental": (("governmental.csv", ""),),
}
_SAME = str.maketrans({"（": "(", "）": ")", "“": '"', "”": '"', "、": ",", "，": ",", "　": ""})


@cache
def _entries(classification: str) -> dict[str, list[tuple[str, str]]]:
    """Of every code its lines and budgets, in the order of time. Raises KeyError for another classification."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name, budget in _FILES[classification]:
        text = (resources.files("mingzhang.codes") / "data" / name).read_text("utf-8")
        for line in text.splitlines()[1:]:
            found.setdefault(line[: line.index(",")], []).append((line, budget))
    return found


@lru_cache(maxsize=4096)
def _codes(classification: str, code: str) -> tuple[Code, ...]:
    """Every entry of a code, the oldest first."""
    out = []
    for line, budget in _entries(classification).get(code, ()):
        _, name, since, until, source = line.split(",")
        lengths = LENGTHS[classification]
        level = lengths.index(len(code)) + 1
        out.append(
            Code(
                classification,
                code,
                name,
                level,
                code[:-2] if level > 1 else "",
                budget,
                int(since) if since else None,
                int(until) if until else None,
                source == "spec",
            )
        )
    return tuple(out)


def lookup(classification: str, code: str, year: int | None = None) -> Code | None:
    """The entry of ``code`` in force in ``year`` (None: the latest); None where the code is not known.

    ``classification`` is ``functional`` (with the codes of the funds and of
    state capital), ``economic`` or ``governmental``. Raises KeyError for any other.
    """
    for entry in reversed(_codes(classification, code)):
        if entry.in_force(year):
            return entry
    return None


def every(classification: str) -> Iterator[Code]:
    """Every entry of a classification, in the order of the data."""
    for code in _entries(classification):
        yield from _codes(classification, code)


def _plain(name: str) -> str:
    return "".join(name.split()).translate(_SAME)


@cache
def _names(classification: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code, lines in _entries(classification).items():
        for line, _ in lines:
            codes = found.setdefault(_plain(line.split(",")[1]), [])
            if code not in codes:
                codes.append(code)
    return found


def by_name(name: str, classification: str = "", year: int | None = None, parent: str = "") -> tuple[Code, ...]:
    """The entries of that name (white space and width of brackets do not count) in force in ``year``.

    Names repeat (行政运行 stands under most sections): ``parent`` keeps those
    under one class or section. Empty where the name is not known.
    """
    plain = _plain(name)
    out = []
    for kind in (classification,) if classification else tuple(_FILES):
        for code in _names(kind).get(plain, ()):
            if code.startswith(parent):
                out += [c for c in _codes(kind, code) if _plain(c.name) == plain and c.in_force(year)]
    return tuple(out)
