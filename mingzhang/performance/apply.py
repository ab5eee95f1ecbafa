"""What the results mean for next year's budget: a proposal, by a policy as data. Nobody's budget is changed by it."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import Any

from mingzhang.performance.assess import Assessment, percent
from mingzhang.schemes import rounded
from mingzhang.schemes.row import plain


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A recommendation of an evaluation; ``adopted`` None while nothing was decided."""

    project: str
    text: str
    adopted: bool | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is asked for next year (fen), what the policy would keep of it, and why."""

    project: str
    asked: int
    proposed: int
    keep: Decimal
    reasons: tuple[str, ...]

    @property
    def cut(self) -> int:
        return self.asked - self.proposed


@cache
def policy() -> dict[str, Any]:
    """The policy in force."""
    path = resources.files("mingzhang.performance") / "data" / "application.toml"
    return tomllib.loads(path.read_text("utf-8"))


def adoption(recommendations: Sequence[Recommendation]) -> Fraction | None:
    """The share of recommendations adopted (评价结果应用率); undecided ones count as not adopted; None without any."""
    if not recommendations:
        return None
    return Fraction(sum(r.adopted is True for r in recommendations), len(recommendations))


def propose(
    assessments: Sequence[Assessment],
    asked: Mapping[str, int],
    recommendations: Sequence[Recommendation] = (),
    rules: Mapping[str, Any] | None = None,
    lang: str = "zh",
) -> tuple[Proposal, ...]:
    """A proposal for every assessed project that asks for money (``asked`` in fen by project), in their order.

    The lowest of what score and rate keep is taken, times what open
    recommendations cost; rounded half up to the fen.
    """
    rules, words = rules or policy(), "words_en" if lang == "en" else "words"
    out = []
    for a in assessments:
        wanted = asked.get(a.table.project)
        if wanted is None:
            continue
        reached = a.points * 100 / a.table.total
        band = next(b for b in rules["score"] if reached >= Decimal(b["least"]))
        keep, reasons = Decimal(band["keep"]), [band[words].format(points=plain(a.points))]
        rate = a.money.rate
        slow = next((b for b in rules["rate"] if rate is not None and rate < Fraction(b["below"])), None)
        if slow is not None:
            keep = min(keep, Decimal(slow["keep"]))
            reasons.append(slow[words].format(rate=percent(rate)))
        own = [r for r in recommendations if r.project == a.table.project]
        share = adoption(own)
        if share is not None and share < Fraction(rules["adopted"]["least"]):
            keep *= Decimal(rules["adopted"]["keep"])
            adopted = sum(r.adopted is True for r in own)
            reasons.append(rules["adopted"][words].format(adopted=adopted, all=len(own)))
        proposed = int(rounded(Fraction(wanted) * Fraction(keep), 0))
        out.append(Proposal(a.table.project, wanted, proposed, keep, tuple(reasons)))
    return tuple(out)
