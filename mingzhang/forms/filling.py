"""How statements are filled from the books, as dated data: codes of an item, a province's printing, notes, assets."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Assets:
    """The lines of F10: the unit they count in, the total, the sorts of vehicles, and the other lines."""

    unit: str = ""
    total: str = ""
    vehicles: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Filling:
    """What fills the statements of one year in one province.

    ``items`` are the economic codes of each three-public item, ``personnel``
    the economic classes of personnel expenses, ``printed`` the classes whose
    sections F06 prints in full (but for ``unprinted``), ``running`` the
    natures of the units whose public expenses are running expenses,
    ``counted`` the source that another stands under in final accounts. Printing:
    ``budget`` is ``levels`` or ``units``, ``three_public`` the columns of
    F09, ``wide`` splits the expenditure of B01, ``running_line`` prints
    running expenses in B09. ``notes`` stand under empty statements by their
    id (``tail`` under one whose figures keep a difference).
    """

    items: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    personnel: tuple[str, ...] = ()
    printed: tuple[str, ...] = ()
    unprinted: tuple[str, ...] = ()
    running: tuple[str, ...] = ()
    counted: Mapping[str, str] = field(default_factory=dict)
    budget: str = "levels"
    three_public: tuple[str, ...] = ("budget", "final")
    wide: bool = False
    running_line: bool = False
    notes: Mapping[str, str] = field(default_factory=dict)
    assets: Assets = field(default_factory=Assets)

    def note(self, id: str, year: int, who: str) -> str:
        """What stands under statement ``id`` where it is empty; nothing where nothing is wanted."""
        return self.notes.get(id, "").format(year=year, who=who)


def _texts(row: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(row.get(key, ()))


def filling(data: Mapping[str, Any], year: int | None, printing: Mapping[str, Any]) -> Filling:
    """The filling in force in ``year`` (None: the latest) out of filling.toml, with a province's ``printing`` on top."""

    def in_force(rows: list[dict[str, Any]]) -> Mapping[str, Any]:
        found: Mapping[str, Any] = {}
        for row in rows:
            if year is None or row.get("from", 0) <= year <= row.get("to", 9999):
                found = row
        return found

    codes = in_force(data["filling"])
    prints = {**data["printing"], **printing}
    assets = data["assets"]
    return Filling(
        {row["id"]: tuple(row["codes"]) for row in codes.get("item", [])},
        _texts(codes, "personnel"),
        _texts(codes, "printed"),
        _texts(codes, "unprinted"),
        _texts(in_force(data["running"]), "natures"),
        dict(data["counted"]),
        prints["budget"],
        _texts(prints, "three_public"),
        prints["wide"],
        prints["running"],
        dict(data["notes"]),
        Assets(assets["unit"], assets["total"], _texts(assets, "vehicles"), _texts(assets, "others")),
    )
