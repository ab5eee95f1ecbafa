"""Goal tables from templates by programme, which a clerk adapts."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from mingzhang.performance.goal import Costing, Goal, GoalTable, shares
from mingzhang.schemes.row import printed

_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Slot:
    """A value that the clerk fills in: its words, an example, its unit."""

    name: str
    words: str
    example: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """A programme's goals with ``{slots}`` in targets and costings; weights are parts that are shared out."""

    id: str
    kind: str
    name: str
    name_en: str
    source: str
    goal: str
    slots: tuple[Slot, ...]
    goals: tuple[Goal, ...]
    costings: tuple[tuple[str, str, str, str], ...] = ()
    management: tuple[tuple[str, Decimal], ...] = ()

    def table(
        self,
        project: str,
        budget: int,
        values: Mapping[str, str] | None = None,
        department: str = "",
        total: Decimal = Decimal(100),
        money_weight: Decimal = Decimal(10),
        leave_out: Sequence[str] = (),
        add: Sequence[Goal] = (),
        costed: bool = True,
    ) -> GoalTable:
        """The goal table of a project with the clerk's values; goals named in ``leave_out`` go, ``add`` come.

        The weights of the goals are shared out anew, so that with money and
        management lines they add to ``total``. ``budget`` in fen; ``costed``
        False leaves the costing out (slots may then be no numbers). Raises
        ValueError naming every slot without a value and every name that the
        template does not have.
        """
        given = dict(values or {})
        known = {s.name for s in self.slots}
        if odd := sorted(given.keys() - known):
            raise ValueError(f"模板“{self.name}”没有这些填空：{'、'.join(odd)}；有：{'、'.join(sorted(known))}")
        if odd := sorted(set(leave_out) - {g.name for g in self.goals}):
            raise ValueError(f"模板“{self.name}”没有这些指标：{'、'.join(odd)}")
        kept = [g for g in self.goals if g.name not in leave_out]
        asked = [text for g in kept for text in (g.target, g.explanation, g.guaranteed)]
        asked += [part for c in self.costings for part in c]
        needed = {name for text in (*asked, self.goal) for name in _SLOT.findall(text)}
        if missing := [f"{s.name}（{s.words}，例如 {s.example}{s.unit}）" for s in self.slots if s.name in needed - given.keys()]:
            raise ValueError(f"项目“{project}”还缺：{'、'.join(missing)}")

        def filled(text: str) -> str:
            return _SLOT.sub(lambda m: given[m[1]], text)

        def figure(text: str, digits: int | None = None) -> Decimal:
            found = None if "%" in filled(text) else printed(filled(text))
            if found is None or found.value < 0 or (digits is not None and round(found.value, digits) != found.value):
                most = "" if digits is None else f"，最多{digits}位小数"
                raise ValueError(f"项目“{project}”的测算数“{filled(text)}”不是数；请填不为负的数{most}（{text}）")
            return found.value

        goals = [*kept, *add]
        taken = money_weight + sum((w for _, w in self.management), Decimal(0))
        weights = shares(total - taken, [g.weight or Decimal(1) for g in goals])
        return GoalTable(
            self.kind, project, budget,
            tuple(
                Goal(g.level1, g.level2, g.name, filled(g.target), w, filled(g.explanation), filled(g.guaranteed))
                for g, w in zip(goals, weights, strict=True)
            ),
            department, "", filled(self.goal),
            costings=tuple(
                Costing(name, figure(count), int(figure(standard, 2) * 100), unit)
                for name, count, standard, unit in (self.costings if costed else ())
            ),
            total=total, money_weight=money_weight, management=self.management,
        )  # fmt: skip

    def examples(self) -> dict[str, str]:
        """The example of every slot, to show what a filled-in table looks like."""
        return {s.name: s.example for s in self.slots}


def _template(row: dict[str, Any]) -> Template:
    return Template(
        row["id"], row["kind"], row["name"], row["name_en"], row["source"], row["goal"],
        tuple(Slot(**s) for s in row.get("slots", ())),
        tuple(
            Goal(g["level1"], g["level2"], g["name"], g["target"], Decimal(g["part"]), g["explanation"], g.get("guaranteed", ""))
            for g in row["goals"]
        ),
        tuple((c["name"], c["count"], c["standard"], c.get("unit", "人")) for c in row.get("costings", ())),
        tuple((name, Decimal(weight)) for name, weight in row.get("management", ())),
    )  # fmt: skip


@cache
def templates() -> tuple[Template, ...]:
    """Every template of the data files."""
    folder = resources.files("mingzhang.performance") / "data" / "templates"
    files = sorted(folder.iterdir(), key=lambda f: f.name)
    return tuple(_template(tomllib.loads(f.read_text("utf-8"))) for f in files if f.name.endswith(".toml"))


def template(id: str) -> Template:
    """The template of that id. Raises KeyError naming those that there are."""
    for one in templates():
        if one.id == id:
            return one
    raise KeyError(f"没有模板 {id}；可用的有 {'、'.join(t.id for t in templates())}")
