"""Findings → one self-contained HTML file: summary, findings with page pictures, statements read, rules run."""

from collections import Counter
from collections.abc import Sequence
from html import escape
from importlib import resources
from pathlib import Path

from mingzhang.check.report.pictures import Pictures, data_url
from mingzhang.check.report.words import masked
from mingzhang.check.report.words import words as said
from mingzhang.disclosure import UNDECIDED, Disclosure, Finding, Outcome


def render(
    disclosure: Disclosure,
    findings: Sequence[Finding],
    outcomes: Sequence[Outcome],
    source: str | Path | None = None,
    lang: str = "zh",
) -> str:
    """The report as one HTML text. With a PDF as ``source`` each finding shows its strip of the page."""
    words = said(lang, "page")
    name = disclosure.publisher.name or words["unknown"]
    year = f" {disclosure.year}{words['year']}" if disclosure.year else ""
    head = f"{name}{year}{words.get(disclosure.kind, '')}"
    count = Counter(f.severity for f in findings)
    body = [
        f"<h1>{escape(head)} {words['title']}</h1>",
        f"<p class=lead>{escape('、'.join(disclosure.sources))} · {_read(disclosure, words)}</p>",
        "<div class=counts>",
        *(
            f"<div class='count {s}'><b>{count[s]}</b>{said(lang, 'severity')[s]}</div>"
            for s in ("error", "warning", "hint")
        ),
        "</div>",
        f"<h2>{words['findings']}</h2>",
        _filters(findings, lang),
        *_findings(findings, any(o.applied for o in outcomes), Pictures(source), lang),
        f"<h2>{words['statements']}</h2>",
        _statements(disclosure, words),
        f"<h2>{words['rules']}</h2>",
        _rules(outcomes, words),
        _remarks(disclosure, words),
        f"<footer>{words['made']}</footer>",
    ]
    return (
        f"<!doctype html><html lang={'zh-CN' if lang == 'zh' else 'en'}><head><meta charset=utf-8>"
        "<meta name=viewport content='width=device-width,initial-scale=1'>"
        "<meta http-equiv=Content-Security-Policy content=\"default-src 'none';img-src data:;style-src 'unsafe-inline';"
        "script-src 'unsafe-inline'\">"
        f"<title>{escape(head)} {words['title']}</title><style>{_part('page.css')}</style></head>"
        f"<body><main>{''.join(body)}</main><script>{_part('page.js')}</script></body></html>"
    )


def _part(name: str) -> str:
    return (resources.files("mingzhang.check.report") / name).read_text("utf-8")


def _read(disclosure: Disclosure, words: dict[str, str]) -> str:
    open_cells = sum(c.column == UNDECIDED for s in disclosure.statements for _, c in s.cells())
    read = [
        words["text"].format(n=sum(len(s.figures) for s in disclosure.sentences)),
        words["evaluations"].format(n=len(disclosure.evaluations)),
    ]
    if open_cells:
        read.append(words["open"].format(n=open_cells))
    return " · ".join(read)


def _filters(findings: Sequence[Finding], lang: str) -> str:
    def row(by: str, names: dict[str, str]) -> str:
        count = Counter(getattr(f, by) for f in findings)
        every = (
            f"<button data-by={by} data-is='' aria-pressed=true>{said(lang, 'page')['all']} {len(findings)}</button>"
        )
        some = (
            f"<button data-by={by} data-is='{escape(key)}' aria-pressed=false>"
            f"{escape(names.get(key, key))} {n}</button>"
            for key, n in sorted(count.items(), key=lambda item: [*names, item[0]].index(item[0]))
        )
        return f"<nav>{every}{''.join(some)}</nav>"

    return row("severity", said(lang, "severity")) + row("kind", said(lang, "kind")) if findings else ""


def _findings(findings: Sequence[Finding], checked: bool, pictures: Pictures, lang: str) -> list[str]:
    words = said(lang, "page")
    if not findings:
        return [f"<p>{words['none' if checked else 'nothing']}</p>"]
    out = []
    for n, f in enumerate(findings, start=1):
        strips = "".join(f"<img alt='{escape(f.where)}' src='{data_url(png)}'>" for png in pictures.strip(f.places))
        out.append(
            f"<article class={f.severity} data-severity={f.severity} data-kind='{escape(f.kind)}' id=f{n}>"
            f"<h3><span class='tag {f.severity}'>{n}. {said(lang, 'severity')[f.severity]}</span>"
            f"<span class=kind>{escape(said(lang, 'kind').get(f.kind, f.kind))}</span>{escape(f.where)}</h3>"
            f"<dl><dt>{words['printed']}</dt><dd>{escape(masked(f.printed))}</dd>"
            f"<dt>{words['expected']}</dt><dd>{escape(masked(f.expected))}</dd></dl>{strips}</article>"
        )
    return out


def _statements(disclosure: Disclosure, words: dict[str, str]) -> str:
    rows = "".join(
        f"<tr><td>{escape(s.id)}</td><td>{escape(s.title)}</td>"
        f"<td class=n>{sum(len(r.cells) for r in s.rows) or words['empty']}</td><td>{escape(s.unit)}</td>"
        f"<td class=n>{s.place.page if s.place and s.place.page else ''}</td></tr>"
        for s in disclosure.statements
    )
    return (
        f"<div class=scroll><table><tr><th>{words['id']}<th>{words['name']}<th class=n>{words['cells']}"
        f"<th>{words['unit']}<th class=n>{words['page']}</tr>{rows}</table></div>"
    )


def _rules(outcomes: Sequence[Outcome], words: dict[str, str]) -> str:
    rows = []
    for o in sorted(outcomes, key=lambda o: (not o.failed, not o.applied, o.rule)):
        why = "；".join(o.undecided[:2]) if o.applied else words["na"]
        rows.append(
            f"<tr><td>{escape(o.rule)}</td><td>{escape(o.words)}</td><td class=n>{o.passed or ''}</td>"
            f"<td class=n>{o.failed or ''}</td><td class=n>{o.used_to_place or ''}</td><td>{escape(why)}</td></tr>"
        )
    return (
        f"<div class=scroll><table><tr><th>{words['rule']}<th><th class=n>{words['passed']}"
        f"<th class=n>{words['failed']}<th class=n>{words['used']}<th>{words['undecided']}</tr>{''.join(rows)}</table></div>"
    )


def _remarks(disclosure: Disclosure, words: dict[str, str]) -> str:
    remarks = [r for r in disclosure.remarks if r.kind != "page number"][:200]
    if not remarks:
        return ""
    rows = "".join(
        f"<tr><td>{escape(str(r.place or ''))}</td><td>{escape(masked(r.text[:80]))}</td>"
        f"<td>{escape(r.reason)}</td></tr>"
        for r in remarks
    )
    return f"<h2>{words['unread']}</h2><div class=scroll><table>{rows}</table></div>"


def write(
    disclosure: Disclosure,
    findings: Sequence[Finding],
    outcomes: Sequence[Outcome],
    path: Path,
    source: str | Path | None = None,
    lang: str = "zh",
) -> None:
    """Write the report to ``path``."""
    path.write_text(render(disclosure, findings, outcomes, source, lang), encoding="utf-8")
