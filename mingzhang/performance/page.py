"""Monitoring as a table of texts, and as one web page with its chart; no script, nothing from elsewhere."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from html import escape
from importlib import resources

from mingzhang.performance.charts import monitored
from mingzhang.performance.monitor import Progress, Rectification
from mingzhang.publish.svg import alone
from mingzhang.schemes import rounded

COLUMNS = {
    "zh": ("项目", "指标", "指标值", "完成值", "灯", "完成", "应完成", "年末估计", "判定", "整改"),
    "en": ("project", "indicator", "target", "actual", "light", "done", "due", "foreseen", "rule", "rectification"),
}
COLOURS = {"zh": {"green": "绿", "yellow": "黄", "red": "红"}, "en": {"green": "green", "yellow": "yellow", "red": "red"}}
MONEY = {"zh": "资金", "en": "money"}
_ANSWER = {"zh": "{owner}，{due}前：{reason}", "en": "{owner}, until {due}: {reason}"}
_NONE = {"zh": "未登记整改", "en": "no rectification yet"}


def percent(share: Fraction | None) -> str:
    """A share as a percentage with one digit; a dash for none."""
    return "—" if share is None else f"{rounded(share * 100, 1):f}%"


def foreseen(p: Progress) -> str:
    """The range of the forecast, one figure where its ends are the same."""
    if p.forecast is None:
        return "—"
    low, high = percent(p.forecast.low), percent(p.forecast.high)
    return low if low == high else f"{low}～{high}"


def rows(
    progress: Iterable[Progress],
    said: Mapping[tuple[str, str], tuple[str, str]],
    entries: Sequence[Rectification] = (),
    lang: str = "zh",
) -> list[tuple[str, ...]]:
    """The lights in the order given, as texts under ``COLUMNS``. ``said``: target and actual by project and goal."""
    answered = {(e.project, e.goal): e for e in entries}
    out: list[tuple[str, ...]] = []
    for p in progress:
        entry = answered.get((p.project, p.goal))
        answer = _ANSWER[lang].format(owner=entry.owner, due=entry.due, reason=entry.reason) if entry else ""
        answer = answer or (_NONE[lang] if p.colour == "red" else "")
        target, actual = said.get((p.project, p.goal), ("", ""))
        words = p.words if lang == "zh" else p.words_en
        out.append((
            p.project, p.goal or MONEY[lang], target, actual, COLOURS[lang][p.colour], percent(p.done), percent(p.expected),
            foreseen(p), words, answer,
        ))  # fmt: skip
    return out


def html(title: str, progress: Sequence[Progress], shown: Sequence[tuple[str, ...]], lang: str = "zh") -> str:
    """The page: what it is, how many lights of each colour, the chart of the money, the table."""
    style = (resources.files("mingzhang.performance") / "page.css").read_text("utf-8")
    count = {colour: sum(p.colour == colour for p in progress) for colour in ("red", "yellow", "green")}
    told = "　".join(f'<span class="{c}">●</span> {COLOURS[lang][c]} {n}' for c, n in count.items())
    chart = monitored(progress, lang)
    head = "".join(f'<th scope="col">{escape(c)}</th>' for c in COLUMNS[lang])
    body = []
    for p, row in zip(progress, shown, strict=True):
        cells = "".join(
            f'<td class="n">{escape(c)}</td>' if n in (5, 6, 7) else
            f'<td><span class="{p.colour}">●</span> {escape(c)}</td>' if n == 4 else
            f'<th scope="row">{escape(c)}</th>' if n == 1 else f"<td>{escape(c)}</td>"
            for n, c in enumerate(row)
        )  # fmt: skip
        body.append(f'<tr class="{"money" if not p.goal else ""}">{cells}</tr>')
    return (
        f'<!doctype html>\n<html lang="{"zh-CN" if lang == "zh" else "en"}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(title)}</title><style>{style}</style></head><body>\n<h1>{escape(title)}</h1>\n<p>{told}</p>\n"
        f'{alone(chart) if chart else ""}<div class="scroll" tabindex="0"><table><thead><tr>{head}</tr></thead>\n'
        f"<tbody>{''.join(body)}</tbody></table></div>\n</body></html>\n"
    )
