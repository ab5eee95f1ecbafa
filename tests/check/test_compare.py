"""A corrected version: what is mended, what stays, what is new."""

from mingzhang.check.compare import compare
from mingzhang.disclosure import Cell, Disclosure, Finding, Printed, Row, Sentence, Statement


def disclosure(total: str, text: str) -> Disclosure:
    rows = (Row("", "合计", cells=(Cell("total", Printed.parse(total)),)),)
    return Disclosure(
        statements=(Statement("F03", "支出决算表", unit="万元", rows=rows),), sentences=(Sentence(text, ("三、支出",)),)
    )


def finding(rule: str, printed: str, where: str = "F03 p8") -> Finding:
    return Finding(rule, "arithmetic", "error", where, printed, "应为")


def test_what_changed_is_told_figure_by_figure_and_sentence_by_sentence():
    told = compare(disclosure("3.00", "支出合计3.00万元。"), disclosure("4.00", "支出合计4.00万元。"), [], [])
    assert [(c.where, c.old, c.new) for c in told.changes] == [
        ("F03 合计 合计", "3.00万元", "4.00万元"),
        ("三、支出", "支出合计3.00万元。", "支出合计4.00万元。"),
    ]


def test_findings_are_mended_stay_or_are_new():
    same = disclosure("3.00", "")
    told = compare(
        same,
        same,
        [finding("sum", "3.00 / 4.00"), finding("tie", "5.00"), finding("share", "占9.5%")],
        [finding("sum", "3.00 / 4.00", "F03 p9"), finding("share", "占9.6%"), finding("year", "2022年")],
    )
    assert [f.rule for f in told.mended] == ["tie"]
    assert [f.rule for f in told.staying] == ["sum", "share"]
    assert [f.rule for f in told.new] == ["year"]


def test_a_document_against_itself_has_no_changes():
    one = disclosure("3.00", "支出合计3.00万元。")
    told = compare(one, one, [finding("sum", "3.00")], [finding("sum", "3.00")])
    assert not told.changes
    assert not told.mended
    assert not told.new
