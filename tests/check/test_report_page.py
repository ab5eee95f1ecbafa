"""The report as a page: nothing is wider than a telephone, and the filters show what they say."""

from pathlib import Path

import pytest

from mingzhang.check import check
from mingzhang.check.report.html import render
from mingzhang.disclosure import Place
from mingzhang.disclosure.finding import Finding
from mingzhang.forms.random import disclosure
from tests import browser

pytestmark = [pytest.mark.browser, browser.needed]


def _page() -> str:
    told = disclosure(3, kind="final")
    long = "合计1,234,567.89与各项之和1,234,576.89相差9.00，四舍五入不能解释" * 3
    findings = [
        Finding(f"rule-{n}", kind, severity, "F03 合计", long, long, (Place("a.pdf", 1),))
        for n, (kind, severity) in enumerate((("arithmetic", "error"), ("text", "warning"), ("text", "hint")))
    ]
    return render(told, findings, check(told).outcomes)


@pytest.mark.parametrize("wide", [360, 1200])
def test_nothing_is_wider_than_the_screen(tmp_path: Path, wide: int) -> None:
    assert 300 < int(browser.said(_page(), "document.documentElement.scrollWidth", wide, tmp_path)) <= wide


def test_the_filters_hide_what_is_not_asked_for(tmp_path: Path) -> None:
    click = (
        "(() => { const shown = () => [...document.querySelectorAll('article')].filter(a => !a.hidden).length;"
        " const press = (by, is) => document.querySelector(`button[data-by=${by}][data-is='${is}']`).click();"
        " const all = shown(); press('severity', 'error'); const errors = shown(); press('kind', 'text');"
        " const none = shown(); press('severity', ''); return [all, errors, none, shown()].join() })()"
    )
    assert browser.said(_page(), click, 1200, tmp_path) == "3,1,0,2"
