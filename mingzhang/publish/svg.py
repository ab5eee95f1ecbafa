"""A chart as SVG that stands in a page: a bar for every figure with its label and its printed digits as text."""

from html import escape

from mingzhang.disclosure import Printed
from mingzhang.publish.charts import Bar, Chart
from mingzhang.publish.escape import plain
from mingzhang.publish.sheet import width

_WIDE = 400
_TYPE = 13
_BAR = 12
_LETTERS = 28
"""Characters of a label that fit in a line."""


def chart(drawn: Chart, key: str, title: str, link: str) -> str:
    """The SVG element; ``link`` is the id of the table that prints the figures, and ``title`` that table's name.

    All figures are told once more in the label that a screen reader speaks.
    """
    most = max((abs(f.value) for bar in drawn.bars for f in bar.figures if f is not None), default=0)
    room = _WIDE - 12 - max(width(f.text) for bar in drawn.bars for f in bar.figures if f is not None) * _TYPE
    parts = [f'<text class="head" x="0" y="18">{_text(drawn.title)}</text>']
    unit = f"单位：{drawn.unit}" + (f"　总计 {drawn.total.text}" if drawn.total is not None else "")
    parts.append(f'<text class="unit" x="0" y="38">{_text(unit)}</text>')
    y = 50
    if len(drawn.series) > 1:
        x = 0
        for n, name in enumerate(drawn.series):
            parts.append(f'<rect class="s{n}" x="{x}" y="{y - 1}" width="11" height="11"/>')
            parts.append(f'<text class="unit" x="{x + 16}" y="{y + 9}">{_text(name)}</text>')
            x += 28 + round(width(name) * _TYPE)
        y += 20
    for bar in drawn.bars:
        for line in _cut(bar.label):
            y += _TYPE + 4
            parts.append(f'<text x="0" y="{y}">{_text(line)}</text>')
        y += 5
        for n, figure in enumerate(bar.figures):
            if figure is None:
                continue
            long = max(1, round(abs(figure.value) / most * round(room))) if figure.value else 0
            if long:
                kind = f"s{n} minus" if figure.value < 0 else f"s{n}"
                parts.append(f'<rect class="{kind}" x="0" y="{y}" width="{long}" height="{_BAR}"/>')
            parts.append(f'<text class="n" x="{long + 6}" y="{y + _BAR - 1}">{_text(figure.text)}</text>')
            y += _BAR + 3
        y += 4
    foot = ""
    if link:
        y += _TYPE + 6
        foot = f'<a href="#{link}"><text class="link" x="0" y="{y}">{_text("数据见：" + title)}</text></a>'
    spoken = f"{drawn.title}，单位：{drawn.unit}。" + "；".join(_spoken(bar, drawn) for bar in drawn.bars) + "。"
    if drawn.total is not None:
        spoken += f"总计 {drawn.total.text}。"
    return (
        f'<svg class="chart" id="{key}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {y + 10}">'
        f'<g role="img" aria-label="{_text(spoken)}">{"".join(parts)}</g>{foot}</svg>\n'
    )


def _spoken(bar: Bar, drawn: Chart) -> str:
    told: list[tuple[str, Printed]] = [(s, f) for s, f in zip(drawn.series, bar.figures) if f is not None]
    return bar.label + " " + "，".join(f"{name} {figure.text}".strip() for name, figure in told)


def _cut(label: str) -> list[str]:
    return [label[n : n + _LETTERS] for n in range(0, len(label), _LETTERS)] or [""]


def _text(text: str) -> str:
    return escape(plain(text), quote=True)
