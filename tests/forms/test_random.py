"""Random disclosures: every identity and every tie of the forms holds in the printed digits."""

import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingzhang.disclosure import Disclosure, Row, Statement, from_json, to_json
from mingzhang.forms import Form, Identity, Tie, load
from mingzhang.forms.random import disclosure

_TOP = re.compile(r"[一二三四五六七八九十]+、")
_SUB = re.compile(r"（[一二三四五六七八九十]+）")
_SMALL = Decimal(0)

made = st.builds(
    disclosure, st.integers(0, 10**6), kind=st.sampled_from(["final", "budget"]),
    items=st.one_of(st.none(), st.integers(1, 60)), unit=st.sampled_from(["万元", "元"]),
    zeros=st.sampled_from([None, True, False]), style=st.sampled_from([None, "levels", "units"]),
)  # fmt: skip


def value(row: Row | None, column: str) -> Decimal:
    cell = row.get(column) if row else None
    return cell.printed.value if cell else _SMALL


def line(statement: Statement, form: Form, name: str, side: str) -> Row | None:
    """The row of a line id (``opening:2`` is the second such row), a code, or 合计."""
    id, _, nth = name.partition(":")
    rows = [
        r for r in statement.rows
        if side in ("", r.side) and (r.code == id or r.label == id or any(
            x.id == id and x.matches(r.label) and x.side in ("", r.side) for x in form.lines))
    ]  # fmt: skip
    return rows[int(nth or 1) - 1] if len(rows) >= int(nth or 1) else None


def functions(form: Form) -> list[str]:
    return [x.id for x in form.lines if re.fullmatch(r"2\d\d(old)?", x.id)]


def numbered(statement: Statement, form: Form, identity: Identity) -> list[Row]:
    """The numbered rows that a total sums: 一、… above it, or （一）… under it where it is numbered itself."""
    total = line(statement, form, identity.total, identity.side)
    rows = [r for r in statement.rows if r.side == identity.side]
    if total and _TOP.match(total.printed_label):
        after = rows[rows.index(total) + 1 :]
        end = next((n for n, r in enumerate(after) if _TOP.match(r.printed_label)), len(after))
        return [r for r in after[:end] if _SUB.match(r.printed_label)]
    return [r for r in rows if _TOP.match(r.printed_label)]


def sums(statement: Statement, form: Form, identity: Identity) -> Iterator[tuple[str, Decimal, Decimal]]:
    """(where, total, sum of parts) for every place the identity speaks of."""
    columns = statement.columns
    if any(u in columns or line(statement, form, u, identity.side) for u in identity.unless):
        return
    if identity.axis == "columns" and set(identity.parts) & set(columns):
        for row in statement.rows:
            if identity.side in ("", row.side) and identity.total in columns:
                parts = sum((value(row, p) for p in identity.parts), _SMALL)
                yield row.label, value(row, identity.total), parts - sum((value(row, p) for p in identity.less), _SMALL)
    elif identity.axis == "sides":
        left, right = (line(statement, form, n, s) for n, s in zip(
            (identity.total, identity.parts[0]), ("income", "expenditure"), strict=True))  # fmt: skip
        yield "sides", value(left, "amount"), value(right, "amount" if "total" not in columns else "total")
    elif identity.axis in ("lines", "numbered"):
        total = line(statement, form, identity.total, identity.side)
        if total is None:
            return
        if identity.axis == "numbered" and not identity.parts:
            parts = numbered(statement, form, identity)
        else:
            names = [p for p in identity.parts if p != "*1"]
            if "@functions" in names:
                names = functions(form)
            found = [line(statement, form, p, identity.side) for p in names]
            parts = [r for r in found if r]
            if "*1" in identity.parts:
                parts = [r for r in statement.rows if re.match(r"\d+\.", r.printed_label)]
            if not parts:
                parts = numbered(statement, form, identity)
        for column in columns:
            yield column, value(total, column), sum((value(r, column) for r in parts), _SMALL)
    elif identity.axis == "levels":
        yield from levels(statement)


def levels(statement: Statement) -> Iterator[tuple[str, Decimal, Decimal]]:
    coded = [r for r in statement.rows if r.code and len(r.code) != 6]
    lengths = sorted({len(r.code) for r in coded})
    for column in statement.columns:
        for high, low in zip(lengths, lengths[1:], strict=False):
            for row in coded:
                if len(row.code) == high and statement.id not in ("B02", "B07", "B12"):
                    below = [r for r in coded if len(r.code) == low and r.code.startswith(row.code)]
                    yield row.code, value(row, column), sum((value(r, column) for r in below), _SMALL)
        total = next((r for r in statement.rows if r.label == "合计" and not r.code), None)
        units = [r for r in statement.rows if len(r.code) == 6]
        tops = units or ([r for r in coded if len(r.code) == lengths[0]] if lengths else [])
        if total and tops and statement.id not in ("B07", "B12"):
            yield "合计", value(total, column), sum((value(r, column) for r in tops), _SMALL)
        if total and statement.id in ("B07", "B12"):
            lines = [r for r in statement.rows if not r.code and r is not total]
            yield "合计", value(total, column), sum((value(r, column) for r in lines), _SMALL)


def only_appropriation(found: Disclosure) -> bool:
    whole = found.statement("F02") or found.statement("B02")
    assert whole
    others = {"superior_subsidy", "business", "operating", "subsidiary_remittance", "other", "special_account"}
    return not any(c.column in others and c.printed.value for _, c in whole.cells())


def tied(found: Disclosure, tie: Tie) -> Iterator[tuple[str, Decimal, Decimal]]:
    """(row, left, right) for every row a tie names; ``*`` and ``@functions`` are every code either side prints."""
    book = load(found.year)
    ids = {r.partition("/")[0] for r in (*tie.left, *tie.right)}
    if not ids & {s.id for s in found.statements} or ("only_appropriation" in tie.when and not only_appropriation(found)):
        return
    rows = {r.split("/")[1] for r in (*tie.left, *tie.right)}
    wild = rows & {"*", "@functions"}
    codes = {r.code for s in found.statements if s.id in ids for r in s.rows if len(r.code) in (3, 7)} if "*" in wild else (
        set(functions(book.by_id[next(iter(ids))])) if wild else {""})  # fmt: skip

    def side(references: tuple[str, ...], code: str) -> Decimal | None:
        total, printed = _SMALL, False
        for reference in references:
            id, name, column = reference.split("/")
            statement, form = found.statement(id), book.by_id[id]
            assert statement
            if column not in statement.columns:
                continue
            if name in ("*", "@functions") and form.shape == "classified":
                # items, where no class is printed; a repeated item under each unit counts once each
                own = [r for r in statement.rows if r.code == code] or (
                    [r for r in statement.rows if len(r.code) == 7 and r.code.startswith(code)] if len(code) == 3 else [])
                total += sum((value(r, column) for r in own), _SMALL)
                printed = True
            else:
                row = line(statement, form, code if name in ("*", "@functions") else name, "")
                if row is not None:
                    printed = True
                    total += value(row, column)
                elif name == "@functions":
                    printed = True
        return total if printed else None

    for code in codes:
        left, right = side(tie.left, code), side(tie.right, code)
        if left is not None and right is not None:
            yield code or tie.id, left, right


@settings(max_examples=40, deadline=None)
@given(made)
def test_every_identity_holds(found: Disclosure) -> None:
    book = load(found.year)
    for statement in found.statements:
        form = book.by_id[statement.id]
        for identity in form.identities:
            for where, total, parts in sums(statement, form, identity):
                assert total == parts, (identity.id, where)
            if identity.axis == "within":
                for row in statement.rows:
                    parts = sum((value(row, p) for p in identity.parts), _SMALL)
                    assert parts <= value(row, identity.total), identity.id


@settings(max_examples=40, deadline=None)
@given(made)
def test_every_tie_holds(found: Disclosure) -> None:
    for tie in load(found.year).ties:
        for where, left, right in tied(found, tie):
            if tie.severity != "hint":
                assert left == right, (tie.id, where)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(["final", "budget"]))
def test_the_same_seed_gives_the_same_disclosure(seed: int, kind: str) -> None:
    first = disclosure(seed, kind=kind)
    assert first == disclosure(seed, kind=kind)
    assert from_json(to_json(first)) == first


@settings(max_examples=20, deadline=None)
@given(made)
def test_figures_of_sentences_stand_where_they_say(found: Disclosure) -> None:
    assert len(found.sentences) >= 12
    for sentence in found.sentences:
        assert sentence.text.endswith("。")
        for figure in sentence.figures:
            assert sentence.text[figure.start : figure.end] == figure.printed.text


@pytest.mark.parametrize(("kind", "ids"), [
    ("final", [f"F{n:02d}" for n in range(1, 11)]), ("budget", [f"B{n:02d}" for n in range(1, 14)]),
])  # fmt: skip
def test_every_statement_of_the_forms_is_there_and_titled(kind: str, ids: list[str]) -> None:
    found = disclosure(1, kind=kind)
    assert [s.id for s in found.statements] == ids
    for statement in found.statements:
        form = load().titled(statement.title)
        assert isinstance(form, Form)
        assert form.id == statement.id


def test_an_empty_statement_has_a_note() -> None:
    for seed in range(20):
        for statement in disclosure(seed, items=3, zeros=False).statements:
            if statement.id in ("F07", "F08") and statement.empty:
                assert "本表无数据" in statement.notes[0].text


def test_wrong_wishes_are_refused() -> None:
    for wish in ({"kind": "plan"}, {"unit": "亿元"}, {"items": 0}, {"items": 61}, {"style": "flat"}):
        with pytest.raises(ValueError, match=r"items|random"):
            disclosure(1, **wish)  # type: ignore[arg-type]
