"""The body of a two-sided statement → the rows of its two sides."""

import re
from collections.abc import Sequence

from mingzhang.forms import Form, Line
from mingzhang.read.loose.cut import Cut
from mingzhang.read.loose.draft import Entry
from mingzhang.read.loose.rows import add
from mingzhang.read.loose.tokens import DASH, WHOLE, WORD, Token, numbering, ordinal, unnumbered

_SECOND = re.compile(r"(?<=.)(?=(?:[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])、)")
INCOME, EXPENDITURE = "income", "expenditure"


class Names:
    """The names of a form's lines, looked up once each."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._found: dict[tuple[str, str], Line | None] = {}

    def follows(self, label: str, side: str, before: str) -> bool:
        """Whether the name is that of the form's line right after the line of the name before."""
        first, second = self.line(before, side), self.line(label, side)
        if first is None or second is None:
            return False
        order = [line.id for line in self._form.lines if line.side in ("", side)]
        return order.index(second.id) == order.index(first.id) + 1

    def line(self, label: str, side: str) -> Line | None:
        key = (label, side)
        if key not in self._found:
            self._found[key] = self._form.line(unnumbered(label), side) or self._form.line(label, side)
        return self._found[key]


def two_sided(cut: Cut, form: Form) -> tuple[list[Entry], list[Entry]]:
    """The rows of the income side and of the expenditure side."""
    names = Names(form)
    rows = _numbered(cut, names) if cut.rows_numbered else _plain(cut, names)
    for side in (INCOME, EXPENDITURE):
        _name(form, rows[side], names, side)
    return rows[INCOME], rows[EXPENDITURE]


def _name(form: Form, rows: Sequence[Entry], names: Names, side: str) -> None:
    """Line ids, and names that were lost, from the row numbers of the form."""
    by_number = {line.line: line for line in form.lines if line.side == side and line.line is not None}
    trusted = True
    for row in rows:
        known = names.line(row.printed_label, side) if row.printed_label else None
        row.id = known.id if known else ""
        row.label = unnumbered(row.printed_label)
        row.side = side
        if known and row.line in by_number and by_number[row.line].id != known.id and known.id in (
            line.id for line in by_number.values()
        ):
            trusted = trusted and sum(r.id == known.id for r in rows) > 1
    for row in rows:
        if not row.label and row.figures and trusted and row.line in by_number:
            row.id, row.label = by_number[row.line].id, by_number[row.line].name
            row.used["row-number"] = None


def _numbered(cut: Cut, names: Names) -> dict[str, list[Entry]]:
    """Rows told apart by their row numbers (行次): 1, 2, 3 … on the income side, going on on the expenditure side."""
    rows: dict[str, list[Entry]] = {INCOME: [], EXPENDITURE: []}
    wanted = {INCOME: 1, EXPENDITURE: 0}
    pieces: list[str] = []
    current: Entry | None = None
    for found in cut.body:
        for n, token in enumerate(found):
            if token.kind == DASH:
                if current is not None and not pieces:
                    add(current, token)
                continue
            if token.kind == WORD:
                pieces.append(token.text)
                continue
            side = _side(token, wanted, rows, n, pieces) if token.kind == WHOLE else ""
            if not side:
                if current is not None:
                    add(current, token)
                continue
            number = int(token.text)
            wanted[side] = number + 1
            label, back, stays = _label(pieces, side, rows, names)
            if back and rows[back[1]]:
                rows[back[1]][-1].printed_label += back[0]
            pieces = stays
            current = Entry(printed_label=label, line=number, at=token.line)
            rows[side].append(current)
    if pieces and current is not None and not any(ordinal(p) for p in pieces):
        current.printed_label += "".join(pieces)
    return rows


def _side(
    token: Token, wanted: dict[str, int], rows: dict[str, list[Entry]], n: int, pieces: Sequence[str]
) -> str:
    """The side whose next row number the token is; ``""`` where it is an amount."""
    number = int(token.text)
    if number == wanted[INCOME]:
        return INCOME
    if wanted[EXPENDITURE]:
        if number == wanted[EXPENDITURE]:
            return EXPENDITURE
    elif rows[INCOME] and 10 <= number <= 99:
        return EXPENDITURE
    first = rows[EXPENDITURE][0].line if rows[EXPENDITURE] else None
    if pieces and number > wanted[INCOME] and (first is None or number < first):
        return INCOME
    if pieces and first is not None and number > wanted[EXPENDITURE]:
        return EXPENDITURE
    if n == 0 and wanted[INCOME] < number <= wanted[INCOME] + 3 and (first is None or number < first):
        return INCOME
    return ""


def _label(
    pieces: list[str], side: str, rows: dict[str, list[Entry]], names: Names
) -> tuple[str, tuple[str, str] | None, list[str]]:
    """Of the words before a row number: the name of the row, the end of an earlier name (with its side), what stays."""
    text = "".join(pieces)
    back: tuple[str, str] | None = None
    cut = _SECOND.search(text)
    if cut and not ordinal(text):
        other = EXPENDITURE if side == INCOME else INCOME
        owner = other if rows[other] and not names.line(rows[other][-1].printed_label, other) else side
        back, text = (text[: cut.start()], owner), text[cut.start() :]
    if side == INCOME and text and names.line(text, INCOME) is None:
        ordered = len(rows[EXPENDITURE]) + 1
        if names.line(text, EXPENDITURE) is not None or (ordinal(text) and ordinal(text) == ordered != len(rows[INCOME]) + 1):
            return "", back, [text]
        last = rows[EXPENDITURE][-1] if rows[EXPENDITURE] else None
        whole = last.printed_label + text if last and not ordinal(text) else ""
        if last and names.line(last.printed_label, EXPENDITURE) is None and names.line(whole, EXPENDITURE) is not None:
            return "", (text, EXPENDITURE), []
    return text, back, []


def _plain(cut: Cut, names: Names) -> dict[str, list[Entry]]:
    """Rows without row numbers: one line holds a name and figures of each side, or of one."""
    rows: dict[str, list[Entry]] = {INCOME: [], EXPENDITURE: []}
    last: dict[tuple[str, str], int] = {}
    loose: list[str] = []
    for found in cut.body:
        runs: list[tuple[list[str], list[Token]]] = []
        for token in found:
            if token.kind == WORD:
                if not runs or runs[-1][1]:
                    runs.append(([], []))
                runs[-1][0].append(token.text)
            elif token.kind != DASH:
                if not runs:
                    runs.append(([], []))
                runs[-1][1].append(token)
        if not runs:
            continue
        if len(runs) == 1 and not runs[0][1] and _goes_on(runs[0][0], names, rows):
            loose += runs[0][0]
            continue
        if loose:
            _finish(loose, runs, rows)
            loose = []
        if len(runs) == 1:
            left, right = _divide(runs[0][0], names, last, rows)
            if left:
                _append(rows[INCOME], left, runs[0][1] if not right else [], found[0])
                _count(last, INCOME, left)
            if right or not left:
                _append(rows[EXPENDITURE], right, runs[0][1], found[0])
                _count(last, EXPENDITURE, right)
            continue
        first = "".join(runs[0][0])
        _append(rows[INCOME], first, runs[0][1], found[0])
        _count(last, INCOME, first)
        for words, figures in runs[1:]:
            _append(rows[EXPENDITURE], "".join(words), figures, found[0])
            _count(last, EXPENDITURE, "".join(words))
    return rows


def _goes_on(words: list[str], names: Names, rows: dict[str, list[Entry]]) -> bool:
    """Whether a line of words alone is a piece of a name that was wrapped."""
    text = "".join(words)
    if len(words) > 1 or ordinal(text):
        return False
    return names.line(text, INCOME) is None and names.line(text, EXPENDITURE) is None and not text.startswith("其中")


def _finish(loose: list[str], runs: list[tuple[list[str], list[Token]]], rows: dict[str, list[Entry]]) -> None:
    """Join pieces of a wrapped name to the name after them, or to the last name."""
    text = "".join(loose)
    first = runs[0][0]
    if not first or not ordinal(first[0]) and not first[0].startswith("其中"):
        first[:0] = [text]
        return
    for side in (EXPENDITURE, INCOME):
        if rows[side]:
            rows[side][-1].printed_label += text
            return


def _append(rows: list[Entry], label: str, figures: Sequence[Token], where: Token) -> None:
    entry = Entry(printed_label=label, at=where.line)
    for token in figures:
        add(entry, token)
    rows.append(entry)


def _count(last: dict[tuple[str, str], int], side: str, label: str) -> None:
    style, number = numbering(label)
    if number:
        last[side, style] = number


def _divide(
    words: list[str], names: Names, last: dict[tuple[str, str], int], rows: dict[str, list[Entry]]
) -> tuple[str, str]:
    """The words of a line without figures between them: the income name and the expenditure name."""

    def score(label: str, side: str) -> float:
        if not label:
            return 0.0
        points = 0.0
        if names.line(label, side) is not None:
            points += 3
        style, number = numbering(label)
        if number:
            points += 2 if number == last.get((side, style), 0) + 1 else -0.5
        if rows[side] and names.follows(label, side, rows[side][-1].printed_label):
            points += 1
        if _SECOND.search(label):
            points -= 3
        points += 1 if ("收入" in label and side == INCOME) or ("支出" in label and side == EXPENDITURE) else 0
        points += 0.5 if label.startswith("其中") and side == INCOME else 0
        return points

    options = [("".join(words[:n]), "".join(words[n:])) for n in range(len(words) + 1)]
    return max(options, key=lambda o: (score(o[0], INCOME) + score(o[1], EXPENDITURE), bool(o[0]) and bool(o[1])))
