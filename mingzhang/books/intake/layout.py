"""The template as data: its sheets, their columns and the words that cells may say (``data/*.toml``)."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

_MONEY = re.compile(r"[(（]([^()（）]*)[)）]$")


def folded(text: str) -> str:
    """The text for comparing: full-width forms as narrow ones, no white space, lower case."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


@dataclass(frozen=True)
class Column:
    """A column: its id, its names, how a cell is read (``type``), and what else ``data/columns.toml`` says of it."""

    id: str
    zh: str
    en: str
    type: str
    note_zh: str
    note_en: str
    field: str = ""
    synonyms: tuple[str, ...] = ()
    required: bool = False
    width: int = 12
    choice: str = ""
    most: int = 0
    signed: bool = False
    zero: bool = False
    open: bool = False

    def name(self, lang: str) -> str:
        """The header word in ``lang``."""
        return self.zh if lang == "zh" else self.en

    @property
    def key(self) -> str:
        """What a row calls the cell."""
        return self.field or self.id

    @cached_property
    def words(self) -> frozenset[str]:
        """Every header word that is understood, folded."""
        return frozenset(map(folded, (self.zh, self.en, *self.synonyms)))


@dataclass(frozen=True)
class SheetForm:
    """A sheet: what a row of it records, the kinds of entries it takes, its columns, and an example row by column id."""

    id: str
    zh: str
    en: str
    record: str
    columns: tuple[Column, ...]
    synonyms: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    example: Mapping[str, Any] | None = None

    def name(self, lang: str) -> str:
        """The name of the sheet in ``lang``."""
        return self.zh if lang == "zh" else self.en

    @cached_property
    def words(self) -> frozenset[str]:
        """Every name that is understood, folded."""
        return frozenset(map(folded, (self.zh, self.en, *self.synonyms)))

    def column(self, header: str) -> tuple[Column, str] | None:
        """The column that a header cell names, and the unit of money in its brackets (empty where none stands)."""
        hit = _MONEY.search(header.strip())
        for column in self.columns:
            if folded(header) in column.words:
                return column, ""
            if hit and folded(header.strip()[: hit.start()]) in column.words:
                return column, hit.group(1).strip()
        return None


@dataclass(frozen=True)
class Template:
    """All sheets in order, and the words of the choices: by choice, id and words (the first is written in Chinese,
    the second in English). ``order`` are the kinds of entries in the order in which those of one day are entered."""

    sheets: tuple[SheetForm, ...]
    choices: Mapping[str, Mapping[str, tuple[str, ...]]]
    order: tuple[tuple[str, ...], ...] = ()

    def sheet(self, name: str) -> SheetForm | None:
        """The sheet of that name, id or synonym."""
        plain = folded(name)
        return next((s for s in self.sheets if plain in s.words or plain == s.id), None)

    def by_id(self, id: str) -> SheetForm:
        """The sheet of that id. Raises KeyError."""
        return {s.id: s for s in self.sheets}[id]

    def word(self, choice: str, id: str, lang: str) -> str:
        """What is written for ``id``; the id itself where the choice is open and does not have it."""
        words = self.choices[choice].get(id)
        return id if words is None else words[0 if lang == "zh" else 1]

    @cached_property
    def _ids(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for choice, ids in self.choices.items():
            table = found.setdefault(choice, {})
            for id, words in ids.items():
                for word in (id, *words):
                    table.setdefault(folded(word), id)
        return found

    def id(self, choice: str, word: str) -> str:
        """The id that a cell's word stands for; empty where none does."""
        return self._ids[choice].get(folded(word), "")


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((resources.files("mingzhang.books.intake") / "data" / name).read_text("utf-8"))


def _choices() -> dict[str, dict[str, tuple[str, ...]]]:
    from mingzhang.books.law import kinds, sources, uses

    data = _data("choices.toml")
    data.pop("order")
    found = {name: {id: tuple(words) for id, words in ids.items()} for name, ids in data.items()}
    official = {
        "kinds": {k.id: (k.zh, k.en) for k in kinds().values() if k.by != "close"},
        "sources": {id: (s["zh"], s["en"]) for id, s in sources().items()},
        "uses": {id: (u["zh"], u["en"]) for id, u in uses().items()},
    }
    for name, ids in official.items():
        more = found[name]
        found[name] = {id: (*words, *more.get(id, ())) for id, words in ids.items()}
    return found


def _merged(own: dict[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """The data of a column or sheet with what a county's file says instead; its synonyms are added."""
    both = own | dict(other)
    both["synonyms"] = [*own.get("synonyms", []), *other.get("synonyms", []), own["zh"], own["en"]]
    return both


def _sheets(columns: Mapping[str, Column], data: dict[str, dict[str, Any]]) -> Iterator[SheetForm]:
    for id, given in data.items():
        rest = {key: value for key, value in given.items() if key not in ("columns", "synonyms", "kinds")}
        yield SheetForm(
            id,
            columns=tuple(columns[name] for name in given["columns"]),
            synonyms=tuple(given.get("synonyms", ())),
            kinds=tuple(given.get("kinds", ())),
            **rest,
        )


@lru_cache(maxsize=4)
def template(other: Path | None = None) -> Template:
    """The template; ``other`` is a TOML file of a county's own names: tables ``sheet`` and ``column`` by id.

    Raises ValueError where that file is not TOML or names a sheet or column that does not exist.
    """
    sheets, columns = _data("sheets.toml"), _data("columns.toml")
    if other is not None:
        try:
            changes = tomllib.loads(other.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ValueError(f"{other.name}: {error}") from None
        for what, own in (("sheet", sheets), ("column", columns)):
            for id, given in changes.get(what, {}).items():
                if id not in own:
                    raise ValueError(f"{other.name}: {what}.{id}?")
                allowed = {
                    key: value for key, value in given.items() if key in ("zh", "en", "synonyms", "note_zh", "note_en")
                }
                own[id] = _merged(own[id], allowed)
    made = {id: Column(id, **(c | {"synonyms": tuple(c.get("synonyms", ()))})) for id, c in columns.items()}
    order = tuple(tuple(kinds) for kinds in _data("choices.toml")["order"]["kinds"])
    return Template(tuple(_sheets(made, sheets)), _choices(), order)
