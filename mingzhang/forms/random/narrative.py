"""The running text of a random disclosure: amounts, shares, growth and completion computed from the statements.

Final accounts tell what was budgeted, spent and why; budgets what is planned against last year. The text is in the
unit of the statements, or in 万元 (rounded) where these are in 元.
"""

import random

from mingzhang.disclosure import Heading, Sentence, Statement
from mingzhang.forms.fill import Press
from mingzhang.forms.random import tell_budget, tell_final
from mingzhang.forms.random.ledger import words
from mingzhang.forms.random.teller import Teller


def narrative(
    draw: random.Random, kind: str, name: str, units: list[str], year: int, unit: str, press: Press, found: list[Statement]
) -> tuple[tuple[Heading, ...], tuple[Sentence, ...]]:
    """Headings in printed order (statements stand under the one that ends in 表), and the sentences."""
    word = "决算" if kind == "final" else "预算"
    text_unit = draw.choice(("万元", "元")) if unit == "元" else unit
    teller = Teller(draw, year, unit, text_unit, press.decimals, {s.id: s for s in found})
    teller.section(f"第一部分{name}概况", 1)
    teller.section("一、主要职责", 2, f"{name}负责本行政区域内相关政策的落实、业务管理和公共服务。")
    said = f"纳入本年度部门{word}编制范围的单位共" + "{" + f"{len(units)}|个" + "}" + f"，包括：{'、'.join(units)}。"
    teller.section("二、机构设置", 2, said)
    teller.section(f"第二部分{year}年度部门{word}表", 1)
    teller.section(f"第三部分{year}年度部门{word}情况说明", 1)
    (tell_final if kind == "final" else tell_budget).tell(teller)
    teller.section("第四部分名词解释", 1, *(f"{term}：指{text}。" for term, text in words()["terms"].items()))
    return tuple(teller.headings), tuple(teller.sentences)
