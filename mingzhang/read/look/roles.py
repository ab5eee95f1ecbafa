"""The role of everything that the disclosure places on a page: which statement, which column, which row."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mingzhang.disclosure import UNDECIDED, Disclosure, Place, Row, Statement

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Role:
    """What a printed figure was read as.

    ``kind`` is ``cell`` (of a statement), ``figure`` (of a sentence),
    ``indicator`` (of a performance table) or ``remark`` (not read).
    ``group`` is the statement id with its title, ``name`` the column id (and
    side), ``words`` the printed header, ``row`` the code or label, ``side``
    that of a two-sided statement.
    """

    kind: str
    group: str
    name: str
    words: str
    row: str
    text: str
    box: Box | None
    line: int | None
    placed: tuple[str, ...] = ()
    side: str = ""

    @property
    def undecided(self) -> bool:
        return self.name.startswith(UNDECIDED)


def roles(disclosures: Sequence[Disclosure], page: int | None) -> list[Role]:
    """Everything that has a place on the page (None: in text without pages), in the order of the disclosure."""
    return [role for disclosure in disclosures for role, place in _all(disclosure) if place.page == page]


def _all(disclosure: Disclosure) -> Iterator[tuple[Role, Place]]:
    for statement in disclosure.statements:
        yield from _cells(statement)
    for sentence in disclosure.sentences:
        for figure in sentence.figures:
            place = figure.place or sentence.place
            if place:
                section = "/".join(sentence.section)
                text = figure.printed.text
                yield Role("figure", "正文", figure.unit, section, "", text, place.box, place.line), place
    for evaluation in disclosure.evaluations:
        for indicator in evaluation.indicators:
            if indicator.place:
                group = f"{evaluation.kind} {evaluation.project or evaluation.title}".strip()
                name = indicator.level1 or "指标"
                box, line = indicator.place.box, indicator.place.line
                yield Role("indicator", group, name, indicator.level2, "", indicator.name, box, line), indicator.place
    for remark in disclosure.remarks:
        if remark.place and remark.kind not in ("not printed", "page number"):
            role = Role("remark", "", remark.kind, remark.reason, "", remark.text, remark.place.box, remark.place.line)
            yield role, remark.place


def _cells(statement: Statement) -> Iterator[tuple[Role, Place]]:
    headers = dict(zip(statement.columns, statement.headers, strict=False))
    group = f"{statement.id} {statement.title}".strip()
    for row, cell in statement.cells():
        if cell.place is None:
            continue
        side = _SIDES.get(row.side, row.side)
        name = f"{cell.column}·{side}" if side else cell.column
        words = " 或 ".join(cell.candidates) if cell.column == UNDECIDED else headers.get(cell.column, "")
        if any(other in words.partition("/")[0] for other in _SIDES.values() if side and other != side):
            words = ""  # the header of the other side, which has a column of the same id
        box, line = cell.place.box, cell.place.line
        text = cell.printed.text
        yield Role("cell", group, name, words, _row(row), text, box, line, cell.placed, row.side), cell.place


_SIDES = {"income": "收入", "expenditure": "支出"}


def _row(row: Row) -> str:
    return row.code or row.label


def groups(found: Iterable[Role]) -> dict[str, dict[str, list[Role]]]:
    """Roles by group, then by name, in the order they were met."""
    out: dict[str, dict[str, list[Role]]] = {}
    for role in found:
        out.setdefault(role.group, {}).setdefault(role.name, []).append(role)
    return out


def whole(line: str, words: str) -> list[int]:
    """Where the words stand in the line as a whole figure: no digit, comma or point of another beside them."""
    out: list[int] = []
    at = line.find(words) if words else -1
    while at >= 0:
        before, after = line[:at][-1:], line[at + len(words) :][:2]
        longer = after[:1].isdigit() or (after[:1] in (".", ",") and after[1:].isdigit())
        if not (before.isdigit() or before in (".", ",")) and not longer:
            out.append(at)
        at = line.find(words, at + 1)
    return out
