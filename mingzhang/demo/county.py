"""What the county published for the year (county.toml) → its disclosure, F01 to F09, without the text."""

from typing import Any

from mingzhang.demo.data import data as read_data
from mingzhang.disclosure import Cell, Disclosure, Note, Printed, Publisher, Row, Statement
from mingzhang.forms import Form, load
from mingzhang.forms.fill import chinese


def _row(label: str, amounts: dict[str, str], code: str = "", side: str = "", lead: str = "") -> Row:
    cells = []
    for column, amount in amounts.items():
        if amount:
            whole, _, fraction = amount.partition(".")
            cells.append(Cell(column, Printed.parse(f"{int(whole):,}.{fraction}")))
    return Row(code, label, side, printed_label=lead + label, cells=tuple(cells))


def _two_sided(form: Form, classes: dict[str, str], total: str) -> Statement:
    """F01 or F04: one source of income, the classes of expenditure."""
    columns = ("total", "general") if form.id == "F04" else ("amount",)
    rows: list[Row] = []
    number = {"income": 0, "expenditure": 0}
    grand = {"general", "income_total", "income_grand", "expenditure_total", "expenditure_grand"}
    for line in sorted(form.lines, key=lambda x: (x.side != "income", not x.id.isdigit())):
        if not line.side or line.id.endswith("old") or line.id in ("209", "227", "230", "233"):
            continue
        item = line.id.isdigit() or line.id in ("general", "fund", "state_capital") or line.line in range(4, 9)
        number[line.side] += item
        lead = f"{chinese(number[line.side])}、" if item else ""
        amount = total if line.id in grand else classes.get(line.id, "")
        shown = dict.fromkeys(columns if line.side == "expenditure" else ("amount",), amount)
        rows.append(_row(line.name, shown, side=line.side, lead=lead))
    printed = ("amount", "total", "general", "fund", "state_capital") if form.id == "F04" else ("amount",)
    return Statement(form.id, columns=printed, rows=tuple(rows))


def _statements(data: dict[str, Any]) -> list[Statement]:
    form = load(data["year"]).by_id
    functions, economic, public = data["functions"], data["economic"], data["three_public"]
    total = functions[0][2]
    classes = {code: spent for code, _, spent, *_ in functions if len(code) == 3}
    income = [_row(name, {"total": spent, "appropriation": spent}, code) for code, name, spent, *_ in functions]
    spending = [
        _row(name, {"total": spent, "basic": basic, "project": project}, code)
        for code, name, spent, basic, project in functions
    ]
    items = {id: (budget, final) for id, budget, final in public}
    lines = [
        _row(line.name, dict(zip(("budget", "final"), items[line.id], strict=True)))
        for line in form["F09"].lines
        if line.id in items
    ]
    nothing = [(id, Note(f"说明：本部门没有{form[id].empty_note}安排的支出，本表无数据。")) for id in ("F07", "F08")]
    total_row = Row("", "合计", printed_label="合计")
    return [
        _two_sided(form["F01"], classes, total),
        Statement("F02", columns=tuple(c.id for c in form["F02"].columns), rows=tuple(income)),
        Statement("F03", columns=tuple(c.id for c in form["F03"].columns), rows=tuple(spending)),
        _two_sided(form["F04"], classes, total),
        Statement("F05", columns=("total", "basic", "project"), rows=tuple(spending)),
        Statement("F06", columns=("amount",), rows=tuple(_row(n, {"amount": a}, c) for c, n, a in economic)),
        *(
            Statement(id, columns=tuple(c.id for c in form[id].columns), rows=(total_row,), notes=(n,))
            for id, n in nothing
        ),
        Statement("F09", columns=("budget", "final"), rows=tuple(lines)),
    ]


def disclosure() -> Disclosure:
    """The county's final accounts as they were published, in figures."""
    data = read_data("county")
    book = load(data["year"])
    statements = tuple(
        Statement(
            s.id, book.by_id[s.id].name, book.by_id[s.id].numbers[0], data["unit"], data["publisher"], data["year"],
            s.columns, tuple(book.by_id[s.id].by_column[c].name for c in s.columns), s.rows, s.notes,
        )
        for s in _statements(data)
    )  # fmt: skip
    return Disclosure(
        Publisher(data["publisher"], scope="department"), data["year"], "final",
        f"{data['publisher']}{data['year']}年度部门决算", statements=statements,
    )  # fmt: skip
