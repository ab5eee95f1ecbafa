"""A row of a performance table from the texts of its columns: an indicator, a line of 资金管理情况, the 总分 line."""

from collections.abc import Mapping

from mingzhang.disclosure import Indicator, Place
from mingzhang.read.evaluations.vocabulary import Words

MANAGEMENT = "资金管理情况"
TOTAL = "总分"

_SIGNS = frozenset("≥≤=＝><＞＜≧≦")


def composed(values: Mapping[str, str], words: Words) -> str:
    """The target as printed, with its comparison sign and unit where these stand in cells of their own."""
    target, nature, measure = (values.get(k, "") for k in ("target", "nature", "measure"))
    if not target:
        return ""
    if nature and (nature[0] in _SIGNS) and not words.comparator.match(target):
        target = nature + target
    if measure and target[-1].isdigit():
        target += measure
    return target


def row(values: Mapping[str, str], words: Words, level1: str, level2: str, place: Place | None) -> Indicator:
    """A row with a name and a target; what it takes from 完成率 stands as its deviation where no column is for that."""
    return Indicator(
        level1=level1,
        level2=level2,
        name=values.get("name", ""),
        target=composed(values, words),
        actual=values.get("actual", ""),
        weight=values.get("weight", ""),
        score=values.get("score", ""),
        deviation=values.get("deviation", "") or values.get("rate", ""),
        reason=values.get("reason", ""),
        explanation=values.get("explanation", ""),
        place=place,
    )


def managed(name: str, values: Mapping[str, str], place: Place | None) -> Indicator:
    """A line of 资金管理情况, which has no target."""
    return Indicator(
        level1=MANAGEMENT,
        name=name,
        actual=values.get("actual", ""),
        weight=values.get("weight", ""),
        score=values.get("score", ""),
        reason=values.get("reason", ""),
        place=place,
    )


def total(values: Mapping[str, str], place: Place | None) -> Indicator:
    """The 总分 line."""
    return Indicator(
        level1=TOTAL,
        weight=values.get("weight", ""),
        score=values.get("score", ""),
        deviation=values.get("deviation", ""),
        reason=values.get("reason", ""),
        place=place,
    )
