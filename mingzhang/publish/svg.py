"""A chart as SVG that stands in a page: a bar for every figure with its label and its printed digits as text."""

from decimal import Decimal
from html import escape
from importlib import resources

from mingzhang.disclosure import Printed
from mingzhang.publish.charts import Bar, Chart
from mingzhang.publish.escape import plain
from mingzhang.publish.sheet import width

_WIDE = 400
_TYPE = 13
_BAR = 12
_LETTERS = 28
"""Characters of a label that fit in a line."""
_HEAD = 23
_PLAIN = (
    "svg{--ink:#1d2733;--faint:#5c6b7a;--link:#0b57a4;"
    "font-family:'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif}"
)


def chart(drawn: Chart, key: str, title: str, link: str) -> str:
    """The SVG element; ``link`` is the id of the table that prints the figures, and ``title`` that table's name.

    All figures are told once more in the label that a screen reader speaks.
    """
    most = _most(drawn)
    room = _WIDE - 12 - max(width(f.text) for bar in drawn.bars for f in bar.figures if f is not None) * _TYPE
    parts, y = [], 0
    for line in _cut(drawn.title, _HEAD):
        y += 19
        parts.append(f'<text class="head" x="0" y="{y - 1}">{_text(line)}</text>')
    unit = (f"单位：{drawn.unit}" if drawn.unit else "") + (f"　总计 {drawn.total.text}" if drawn.total is not None else "")
    if unit:
        y += 20
        parts.append(f'<text class="unit" x="0" y="{y - 1}">{_text(unit.strip())}</text>')
    y += 11
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
            share = min(abs(figure.value) / most[n], Decimal(1)) if most[n] else Decimal(0)
            long = max(1, round(share * round(room))) if figure.value else 0
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
    told = f"，单位：{drawn.unit}" if drawn.unit else ""
    spoken = f"{drawn.title}{told}。" + "；".join(_spoken(bar, drawn) for bar in drawn.bars) + "。"
    if drawn.total is not None:
        spoken += f"总计 {drawn.total.text}。"
    return (
        f'<svg class="chart" id="{key}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {y + 10}">'
        f'<g role="img" aria-label="{_text(spoken)}">{"".join(parts)}</g>{foot}</svg>\n'
    )


def _spoken(bar: Bar, drawn: Chart) -> str:
    told: list[tuple[str, Printed]] = [(s, f) for s, f in zip(drawn.series, bar.figures) if f is not None]
    return bar.label + " " + "，".join(f"{name} {figure.text}".strip() for name, figure in told)


def _most(drawn: Chart) -> list[Decimal]:
    """What a whole bar of each series stands for: the largest figure of all, or of its own series."""
    columns = [[abs(f.value) for bar in drawn.bars for f in bar.figures[n : n + 1] if f] for n in range(len(drawn.series))]
    if not drawn.full:
        return [max((v for column in columns for v in column), default=Decimal(0))] * len(drawn.series)
    return [full or max(column, default=Decimal(0)) for full, column in zip(drawn.full, columns, strict=True)]


def alone(drawn: Chart, key: str = "chart") -> str:
    """The chart as a picture of its own, on white, with its style within."""
    made = chart(drawn, key, "", "")
    high = int(made.split(f'viewBox="0 0 {_WIDE} ', 1)[1].split('"', 1)[0])
    sized = made.replace(
        f'viewBox="0 0 {_WIDE} {high}"',
        f'viewBox="-14 -10 {_WIDE + 28} {high + 14}" width="{_WIDE + 28}" height="{high + 14}"', 1,
    )  # fmt: skip
    ground = f'<style>{_PLAIN}{style()}</style><rect class="ground" x="-14" y="-10" width="{_WIDE + 28}" height="{high + 14}"/>'
    return sized.replace("<g role", f"{ground}<g role", 1)


def style() -> str:
    """The style of charts, for the page or the picture that they stand in."""
    return (resources.files("mingzhang.publish") / "chart.css").read_text("utf-8")


def _cut(label: str, letters: int = _LETTERS) -> list[str]:
    return [label[n : n + letters] for n in range(0, len(label), letters)] or [""]


def _text(text: str) -> str:
    return escape(plain(text), quote=True)
