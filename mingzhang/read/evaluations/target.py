"""A target that stands in several cells (性质, 指标值, 计量单位) as one."""

from collections.abc import Mapping

from mingzhang.read.evaluations.vocabulary import Words

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
