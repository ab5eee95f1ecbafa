"""The body of a classified statement, a project statement or printed lines → rows with their figures."""

import re
from collections.abc import Sequence

from mingzhang.forms import Form
from mingzhang.read.loose.cut import Cut
from mingzhang.read.loose.draft import Entry
from mingzhang.read.loose.tokens import AMOUNT, DASH, WHOLE, WORD, Token, data, unnumbered

_FUNCTION = re.compile(r"2\d{2}(?:\d{2}(?:\d{2})?)?")
_ECONOMIC = re.compile(r"[35]\d{2}(?:\d{2})?")
_PLAIN_CODE = re.compile(r"\d{3,12}")


def _valid(code: str, form: Form) -> bool:
    pattern = _ECONOMIC if form.codes == "economic" else _FUNCTION
    return pattern.fullmatch(code) is not None


def read_code(found: Sequence[Token], at: int) -> tuple[str, int]:
    """A code at ``at``, in one cell or in two or three (类 款 项), and how many tokens it takes; ``""`` for none."""
    if at >= len(found) or found[at].kind != WHOLE or not _PLAIN_CODE.fullmatch(found[at].text):
        return "", 0
    code, used = found[at].text, 1
    if len(code) == 3:
        while used < 3 and at + used < len(found) and found[at + used].kind == WHOLE:
            piece = found[at + used].text
            if not 1 <= len(piece) <= 2 or piece.startswith("-"):
                break
            rest = found[at + used + 1 :]
            if len(piece) == 1 and not any(t.kind == WORD for t in rest):
                break
            code += piece
            used += 1
    return code, used


def add(entry: Entry, token: Token) -> None:
    """A figure printed in the row, or a dash in the place of one."""
    entry.slots.append(token.kind != DASH)
    if token.kind == DASH:
        return
    entry.tokens.append(token)
    entry.figures.append(token.printed())


def _names(pieces: Sequence[str]) -> str:
    return "".join(pieces)


class _Scan:
    """The rows of a classified statement as they are read line by line.

    ``heads`` are for each row the words that stand between it and the row
    before it; ``loose`` those since the last row.
    """

    def __init__(self) -> None:
        self.rows: list[Entry] = []
        self.heads: list[list[str]] = []
        self.loose: list[str] = []

    @property
    def current(self) -> Entry | None:
        return self.rows[-1] if self.rows else None

    def begin(self, entry: Entry, token: Token) -> Entry:
        entry.at = token.line
        self.rows.append(entry)
        self.heads.append(self.loose)
        self.loose = []
        return entry

    def nameless(self, token: Token) -> Entry:
        """A row without a code: its name came before its figures; the first of all is the total."""
        name, self.loose = _names(self.loose), []
        if not self.rows and not name:
            return self.begin(Entry(label="合计", role="total"), token)
        return self.begin(Entry(printed_label=name), token)

    def total(self, found: Sequence[Token]) -> None:
        """A total line; one without figures right after the total says only its name."""
        text = found[0].text
        if not any(r.role == "total" for r in self.rows):
            self.begin(Entry(label="合计", printed_label=text, role="total"), found[0])
        elif self.current is None or self.current.role != "total" or any(t.kind in (AMOUNT, WHOLE) for t in found):
            self.begin(Entry(label=text, printed_label=text, role="subtotal"), found[0])


def classified(cut: Cut, form: Form) -> list[Entry]:
    """Rows that begin with a code (in one to three cells), a total row, or a name."""
    words = data("words")
    totals = set(words["totals"])
    total = re.compile(words["total"])
    scan = _Scan()
    named = any(t.kind == WORD and t.text not in totals for found in cut.body for t in found)
    for line in cut.body:
        found = [t for t in line if t.text != words["column_numbers"]]
        if not found:
            continue
        current = scan.current
        code, used = read_code(found, 0)
        if code and current is not None and _other_chart(current, code):
            current.block = code
            while used < len(found) and found[used].kind == WORD:
                used += 1
        elif code and _is_row(found, used, code, form, current, named):
            scan.begin(Entry(code=code), found[0])
        elif found[0].kind == WORD and total.fullmatch(found[0].text):
            scan.total(found)
            used = 1
        else:
            used = 0
        _rest_of_line(scan, found, used)
    _wrapped(scan.rows, scan.heads, scan.loose)
    for row in scan.rows:
        row.label = row.label or unnumbered(row.printed_label)
    return scan.rows


def _rest_of_line(scan: _Scan, found: Sequence[Token], at: int) -> None:
    """Name, second code and figures after the code of a line."""
    n = at
    while n < len(found):
        token = found[n]
        current = scan.current
        if token.kind == WORD:
            if current is None or current.figures or current.role == "total":
                scan.loose.append(token.text)
            elif not current.block:
                current.printed_label += token.text
        elif token.kind == DASH:
            if current is not None:
                add(current, token)
        else:
            waits = current is not None and not current.figures and current.printed_label and current.role == "item"
            second, used = read_code(found, n) if waits else ("", 0)
            if current is not None and second and not current.block and _named(found, n + used):
                current.block = second
                n += used
                continue
            if current is None or (scan.loose and current.figures):
                current = scan.nameless(token)
            add(current, token)
        n += 1


def _other_chart(current: Entry, code: str) -> bool:
    """Whether the code is of the other economic classification than the row that waits for its figures."""
    if current.figures or current.block or not current.printed_label or current.role != "item":
        return False
    return {current.code[:1], code[:1]} == {"3", "5"} and _ECONOMIC.fullmatch(code) is not None


def _is_row(found: list[Token], used: int, code: str, form: Form, current: Entry | None, names: bool) -> bool:
    """Whether a whole number at the start of a line is a code and not a figure of the row before."""
    if len(code) > 12:
        return False
    named = used < len(found) and found[used].kind == WORD
    if named or used > 1:
        return True
    waiting = current is not None and not current.figures and current.printed_label
    rest = found[used:]
    if rest and all(t.kind in (AMOUNT, WHOLE, DASH) for t in rest):
        return _valid(code, form) and not waiting
    return not waiting or _valid(code, form) or names


def _wrapped(rows: list[Entry], heads: list[list[str]], tail: list[str]) -> None:
    """Give the words between two rows to the end of the name before or to the beginning of the name after."""
    for n, row in enumerate(rows):
        pieces = heads[n]
        if not pieces:
            continue
        before = rows[n - 1] if n else None
        if before is None or before.role == "total":
            if row.role != "total":
                row.printed_label = _names(pieces) + row.printed_label
        elif not row.printed_label and before.printed_label:
            row.printed_label = _names(pieces)
        elif row.printed_label:
            before.printed_label += _names(pieces)
        else:
            half = len(pieces) // 2
            before.printed_label += _names(pieces[:half])
            row.printed_label = _names(pieces[half:])
    if tail and rows and rows[-1].role not in ("total",):
        rows[-1].printed_label += _names(tail)


def abreast(cut: Cut, form: Form) -> list[Entry]:
    """Code-name-amount groups side by side, and the total lines without a code."""
    rows: list[Entry] = []
    current: Entry | None = None
    started: int | None = None
    wrapped: Entry | None = None
    for found in cut.body:
        n = 0
        if wrapped is not None and len(found) == 1 and found[0].kind == WORD and not form.line(unnumbered(found[0].text)):
            wrapped.printed_label += found[0].text  # the last line of a name that stands around its code
            wrapped = None
            continue
        wrapped = None
        while n < len(found):
            token = found[n]
            code, used = ("", 0)
            if token.kind == WHOLE:
                code, used = read_code(found, n)
                if _between(current, code, found, n, form):
                    assert current is not None
                    current.code, current.role, wrapped = code, Entry().role, current
                    started = token.line
                    n += used
                    continue
                follows = current is not None and current.code[:3] == code[:3] and current.code < code
                first = n == 0 and len(code) == 5 and (len(found) > 1 or follows)
                unnamed = current is not None and not current.figures and not _named(found, n + used)
                if not _valid(code, form) or (unnamed and not first):
                    code = ""
            if code:
                current = Entry(code=code, at=token.line)
                rows.append(current)
                started = token.line
                n += used
                continue
            if token.kind == WORD:
                total = form.line(unnumbered(token.text))
                fresh = current is None or (current.figures and token.line != started) or (current.code and total)
                if fresh or total is not None or (current is not None and current.figures):
                    current = Entry(printed_label=token.text, at=token.line, id=total.id if total else "", role="line")
                    rows.append(current)
                    started = token.line
                elif current is not None:
                    current.printed_label += token.text
            elif token.kind != DASH and current is not None and not current.figures:
                add(current, token)
            n += 1
    for row in rows:
        row.label = unnumbered(row.printed_label)
    return [r for r in rows if r.code or r.figures or r.id]


def _between(current: Entry | None, code: str, found: Sequence[Token], at: int, form: Form) -> bool:
    """Whether a code begins a line below the first line of its name, and its amount follows (a wrapped name)."""
    return (
        at == 0
        and len(found) > 1
        and not _named(found, 1)
        and current is not None
        and not current.code
        and not current.figures
        and not current.id
        and current.at != found[0].line
        and _valid(code, form)
    )


def _named(found: Sequence[Token], at: int) -> bool:
    return at < len(found) and found[at].kind == WORD


def projects(cut: Cut, form: Form, publisher: str) -> list[Entry]:
    """Project lines: kind, name and unit in any order before the figures; unit rows begin with a code."""
    words = data("words")
    kinds, classes, totals = words["kinds"], set(words["classes"]), set(words["totals"])
    rows: list[Entry] = []
    pieces: list[str] = []
    code = ""
    at: int | None = None
    units: list[str] = [publisher] if publisher else []
    kind = ""
    current: Entry | None = None
    for found in cut.body:
        n = 0
        if found and found[0].kind == WHOLE and _named(found, 1) and len(found[0].text) >= 3:
            code, at, n, pieces = found[0].text, found[0].line, 1, []
        figures = [t for t in found[n:] if t.kind != WORD]
        for token in found[n:]:
            if token.kind == WORD:
                pieces.append(token.text)
                at = at if at is not None else token.line
        if all(t.kind == DASH for t in figures):
            continue
        name = _names(pieces)
        if code:
            current = Entry(code=code, printed_label=name, role="unit")
            units.append(name)
        elif not name or name in totals:
            role = "total" if not any(r.role == "total" for r in rows) else "subtotal"
            current = Entry(label="合计", printed_label=name, role=role)
        else:
            kind, name, classed = _project_name(name, kinds, classes, units, kind)
            current = Entry(printed_label=name, side=kind if classed else "", role="item")
        current.at = at if at is not None else figures[0].line
        current.label = current.label or unnumbered(current.printed_label)
        for token in figures:
            add(current, token)
        rows.append(current)
        pieces, code, at = [], "", None
    if pieces and rows and rows[-1].role == "item":
        rows[-1].printed_label += _names(pieces)
        rows[-1].label += _names(pieces)
    return rows


def _project_name(
    name: str, kinds: Sequence[str], classes: set[str], units: Sequence[str], kind: str
) -> tuple[str, str, bool]:
    """Kind, name, and whether the kind is printed, of a project line; the unit's name is left out."""
    found = kind
    classed = bool(kind)
    changed = True
    while changed:
        changed = False
        for unit in units:
            if name.startswith(unit) and len(name) > len(unit):
                name, changed = name[len(unit) :], True
            elif name.endswith(unit) and len(name) > len(unit):
                name, changed = name[: -len(unit)], True
        for word in kinds:
            if name.startswith(word) and len(name) > len(word):
                name, found, classed, changed = name[len(word) :], word, True, True
            elif name.endswith(word) and len(name) > len(word):
                name, found, classed, changed = name[: -len(word)], word, True, True
        for word in classes:
            if name.startswith(word) and len(name) > len(word):
                name, changed = name[len(word) :], True
    return found, name, classed


def lines(cut: Cut, form: Form) -> list[Entry]:
    """Printed lines: name, row number, figure."""
    rows: list[Entry] = []
    pieces: list[str] = []
    number = 0
    numbered = data("words")["column_numbers"] in cut.head or cut.rows_numbered
    for found in cut.body:
        last = max((n for n, t in enumerate(found) if t.kind == WORD), default=-1)
        pieces += [t.text for t in found[: last + 1]]
        rest = list(found[last + 1 :])
        if not rest:
            continue
        entry = Entry(printed_label=_names(pieces), at=found[0].line)
        if numbered and rest[0].kind == WHOLE and int(rest[0].text) in (number + 1, number + 2):
            number = entry.line = int(rest[0].text)
            rest = rest[1:]
        for token in rest:
            add(entry, token)
        known = form.line(unnumbered(entry.printed_label))
        entry.id = known.id if known else ""
        entry.label = unnumbered(entry.printed_label)
        rows.append(entry)
        pieces = []
    return rows
