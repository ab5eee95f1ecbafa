"""The text in one file and the statements in another make one disclosure."""

from mingzhang.disclosure import Cell, Disclosure, Figure, Printed, Publisher, Row, Sentence, Statement
from mingzhang.read.join import join

NUMBER = Printed.parse("3.00")


def text(name="甲局", year=2024, kind="final"):
    sentence = Sentence("支出3.00万元。", (), (Figure(NUMBER, "万元", 2, 6),))
    return Disclosure(Publisher(name), year, kind, sources=("a.docx",), sentences=(sentence,))


def statements(name="甲局", year=2024, kind="final", id="F03"):
    statement = Statement(id, rows=(Row(label="合计", cells=(Cell("total", NUMBER),)),))
    return Disclosure(Publisher(name), year, kind, sources=("b.xlsx",), statements=(statement,))


def test_parts_of_one_department_are_joined():
    (whole,) = join([text(), statements()])
    assert whole.sources == ("a.docx", "b.xlsx")
    assert whole.statements
    assert whole.sentences


def test_parts_of_others_are_not():
    assert len(join([text(), statements("乙局")])) == 2
    assert len(join([text(), statements(year=2023)])) == 2
    assert len(join([text(), statements(kind="budget")])) == 2
    assert len(join([statements(), statements()])) == 2
    assert len(join([statements(""), statements("", id="F05")])) == 2


def test_statements_in_a_file_each_are_joined_with_their_text():
    (whole,) = join([statements(id="F03"), statements(id="F05"), text()])
    assert [s.id for s in whole.statements] == ["F03", "F05"]
