"""Monitoring as a chart: what is done of each project's money, what should be, and what the year's end will bring."""

from collections.abc import Sequence
from fractions import Fraction

from mingzhang.disclosure import Printed
from mingzhang.performance.monitor import Progress
from mingzhang.publish.charts import Bar, Chart
from mingzhang.schemes import rounded

_WORDS = {
    "zh": ("资金执行：已完成、应完成、年末估计（%）", "已完成", "应完成", "年末估计"),
    "en": ("Money: done, due, foreseen (%)", "done", "due", "foreseen"),
}


def monitored(progress: Sequence[Progress], lang: str = "zh") -> Chart | None:
    """The money of each project in % of its full-year budget, the slowest first; None where no money is watched."""
    title, *series = _WORDS[lang]
    money = sorted((p for p in progress if not p.goal and p.done is not None), key=lambda p: p.done or Fraction(0))
    bars = tuple(
        Bar(p.project, (_percent(p.done), _percent(p.expected), _percent(p.forecast.middle if p.forecast else None)))
        for p in money
    )
    return Chart(title, "", bars, series=tuple(series), full=(Printed.parse("100").value,) * 3) if bars else None


def _percent(share: Fraction | None) -> Printed | None:
    return None if share is None else Printed.parse(f"{rounded(share * 100):.2f}")
