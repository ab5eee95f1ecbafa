"""A sound disclosure with slips of the pen, as people make them: in a figure, a word, a year, a note, a statement.

In: a disclosure (``placed``, so that a finding can be told to stand at the slip) and a random source.
Out: the disclosure with one slip, and the Slip: what it is, where it stands, and the figure before and after.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from mingzhang.disclosure import Cell, Disclosure, Figure, NotANumber, Note, Place, Printed, Row, Sentence, Statement

FigurePath = tuple[str, int, int, int]
"""Where a figure stands: ("cell", statement, row, cell) or ("figure", sentence, figure, 0)."""


@dataclass(frozen=True)
class Slip:
    """One slip: its name, the place it stands at, the rules that may tell it, and the figure before and after."""

    name: str
    place: Place
    rules: tuple[str, ...] = ()
    path: FigurePath | None = None
    before: Printed | None = None
    after: Printed | None = None


def rounded(disclosure: Disclosure) -> Disclosure:
    """A disclosure in 元 with every amount of its statements printed in 万元, each rounded on its own."""

    def cell(one: Cell) -> Cell:
        value = (one.printed.value / 10_000).quantize(Decimal("0.01"), ROUND_HALF_UP)
        comma = "," in one.printed.text
        return replace(one, printed=Printed(f"{value:,.2f}" if comma else f"{value:.2f}", value, 2))

    statements = tuple(
        replace(s, unit="万元", rows=tuple(replace(r, cells=tuple(map(cell, r.cells))) for r in s.rows))
        if s.unit == "元" else s
        for s in disclosure.statements
    )  # fmt: skip
    return replace(disclosure, statements=statements)


def placed(disclosure: Disclosure) -> Disclosure:
    """The disclosure with a place of its own for every number, figure, sentence, heading, note and statement."""
    counted = 0

    def here() -> Place:
        nonlocal counted
        counted += 1
        return Place("sound", None, None, counted)

    def row(one: Row) -> Row:
        return replace(one, place=here(), cells=tuple(replace(c, place=here()) for c in one.cells))

    def statement(one: Statement) -> Statement:
        notes = tuple(replace(n, place=here()) for n in one.notes)
        return replace(one, place=here(), rows=tuple(map(row, one.rows)), notes=notes)

    def sentence(one: Sentence) -> Sentence:
        return replace(one, place=here(), figures=tuple(replace(f, place=here()) for f in one.figures))

    return replace(
        disclosure,
        statements=tuple(map(statement, disclosure.statements)),
        headings=tuple(replace(h, place=here()) for h in disclosure.headings),
        sentences=tuple(map(sentence, disclosure.sentences)),
    )


def parsed(text: str, like: Printed) -> Printed | None:
    """Digits as a figure printed like another, with its separators."""
    try:
        plain = Printed.parse(text)
    except NotANumber:
        return None
    grouped = f"{plain.value:,.{plain.decimals}f}" if "," in like.text else plain.plain
    return Printed(grouped, plain.value, plain.decimals)


def _at(draw: random.Random, text: str, fits: Callable[[int], bool]) -> int | None:
    places = [n for n in range(len(text)) if text[n].isdigit() and fits(n)]
    return draw.choice(places) if places else None


def swapped(draw: random.Random, text: str) -> str | None:
    at = _at(draw, text, lambda n: n + 1 < len(text) and text[n + 1].isdigit() and text[n] != text[n + 1])
    return None if at is None else text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def digit(draw: random.Random, text: str) -> str | None:
    at = _at(draw, text, lambda n: True)
    return None if at is None else text[:at] + draw.choice([d for d in "0123456789" if d != text[at]]) + text[at + 1 :]


def dropped(draw: random.Random, text: str) -> str | None:
    whole = text.index(".") if "." in text else len(text)
    at = _at(draw, text, lambda n: n < whole and whole > 1)
    return None if at is None else text[:at] + text[at + 1 :]


def doubled(draw: random.Random, text: str) -> str | None:
    whole = text.index(".") if "." in text else len(text)
    at = _at(draw, text, lambda n: n < whole)
    return None if at is None else text[:at] + text[at] + text[at:]


def point(draw: random.Random, text: str) -> str | None:
    places = len(text.partition(".")[2])
    return f"{Decimal(text).scaleb(draw.choice((-2, -1, 1, 2))):.{places}f}"


def unit(draw: random.Random, text: str) -> str | None:
    places = len(text.partition(".")[2])
    return f"{Decimal(text).scaleb(draw.choice((-4, 4))):.{places}f}"


def sign(draw: random.Random, text: str) -> str | None:
    return text[1:] if text.startswith("-") else f"-{text}"


def last_year(draw: random.Random, text: str) -> str | None:
    places = len(text.partition(".")[2])
    if not Decimal(text):
        return None
    value = Decimal(text) * draw.choice((draw.randint(70, 97), draw.randint(103, 140))) / 100
    value += Decimal(draw.randint(-50, 50)).scaleb(-places)
    return f"{max(value, Decimal(0)):.{places}f}"


def cut(draw: random.Random, text: str) -> str | None:
    """What is printed where further digits are cut off that would have rounded up."""
    places = len(text.partition(".")[2])
    return f"{Decimal(text) - Decimal(1).scaleb(-places):.{places}f}"


FIGURE_SLIPS: dict[str, tuple[float, Callable[[random.Random, str], str | None]]] = {
    "swapped": (0.2, swapped), "digit": (0.22, digit), "dropped": (0.1, dropped), "doubled": (0.08, doubled),
    "point": (0.08, point), "unit": (0.05, unit), "sign": (0.02, sign), "last year": (0.1, last_year), "cut": (0.05, cut),
}  # fmt: skip
COPIED = 0.1


def slipped(draw: random.Random, printed: Printed, beside: list[Decimal], money: bool) -> tuple[str, Printed] | None:
    """A slip of the pen in a figure: its name, and what is printed now; None where it changes nothing."""
    weights = {name: weight for name, (weight, _) in FIGURE_SLIPS.items()} | {"copied": COPIED if beside else 0.0}
    if not money:
        weights["unit"] = 0.0
    name = draw.choices(list(weights), list(weights.values()))[0]
    if name == "copied":
        text: str | None = f"{draw.choice(beside):.{printed.decimals}f}"
    else:
        text = FIGURE_SLIPS[name][1](draw, printed.plain)
    after = parsed(text, printed) if text else None
    if after is None or after.value == printed.value or len(after.plain) > 18:
        return None
    return name, after


def figures_of(disclosure: Disclosure) -> Iterator[tuple[FigurePath, Printed, Place, int]]:
    """Every figure: where it stands, what is printed, its place, and the id of what prints it."""
    for s, statement in enumerate(disclosure.statements):
        for r, row in enumerate(statement.rows):
            for c, cell in enumerate(row.cells):
                assert cell.place is not None
                yield ("cell", s, r, c), cell.printed, cell.place, id(cell)
    for n, sentence in enumerate(disclosure.sentences):
        for f, figure in enumerate(sentence.figures):
            assert figure.place is not None
            yield ("figure", n, f, 0), figure.printed, figure.place, id(figure)


def beside(disclosure: Disclosure, path: FigurePath) -> list[Decimal]:
    """The figures printed beside one: left and right, above and below; the others of the sentence."""
    kind, a, b, c = path
    if kind == "figure":
        return [f.printed.value for n, f in enumerate(disclosure.sentences[a].figures) if n != b and f.printed.value]
    rows = disclosure.statements[a].rows
    cells = rows[b].cells
    near = [cells[n] for n in (c - 1, c + 1) if 0 <= n < len(cells)]
    others = [rows[n].get(cells[c].column) for n in (b - 1, b + 1) if 0 <= n < len(rows)]
    return [x.printed.value for x in [*near, *others] if x is not None and x.printed.value]


def money_at(disclosure: Disclosure, path: FigurePath) -> bool:
    """Whether the figure is an amount of money."""
    kind, a, b, _ = path
    unit = disclosure.statements[a].unit if kind == "cell" else disclosure.sentences[a].figures[b].unit
    return unit.endswith("元")


def with_figure(disclosure: Disclosure, path: FigurePath, printed: Printed) -> Disclosure:
    """The disclosure with another figure printed there."""
    kind, a, b, c = path
    if kind == "cell":
        statement = disclosure.statements[a]
        row = statement.rows[b]
        cells = (*row.cells[:c], replace(row.cells[c], printed=printed), *row.cells[c + 1 :])
        rows = (*statement.rows[:b], replace(row, cells=cells), *statement.rows[b + 1 :])
        changed = replace(statement, rows=rows)
        return replace(disclosure, statements=(*disclosure.statements[:a], changed, *disclosure.statements[a + 1 :]))
    sentence = disclosure.sentences[a]
    old = sentence.figures[b]
    grown = len(printed.text) - len(old.printed.text)
    text = sentence.text[: old.start] + printed.text + sentence.text[old.start + len(old.printed.text) :]
    figures: list[Figure] = []
    for n, f in enumerate(sentence.figures):
        if n == b:
            figures.append(replace(f, printed=printed, end=f.end + grown))
        else:
            figures.append(replace(f, start=f.start + grown, end=f.end + grown) if f.start > old.start else f)
    said = replace(sentence, text=text, figures=tuple(figures))
    return replace(disclosure, sentences=(*disclosure.sentences[:a], said, *disclosure.sentences[a + 1 :]))


def with_words(disclosure: Disclosure, n: int, old: str, new: str) -> Disclosure:
    """The disclosure with other words (of the same length) in a sentence."""
    sentence = disclosure.sentences[n]
    assert len(old) == len(new) and old in sentence.text
    said = replace(sentence, text=sentence.text.replace(old, new, 1))
    return replace(disclosure, sentences=(*disclosure.sentences[:n], said, *disclosure.sentences[n + 1 :]))


WORDS = (
    ("大于", "小于", ("logic-compared",)), ("小于", "大于", ("logic-compared",)),
    ("增加", "减少", ("ratio-growth", "logic-way")), ("减少", "增加", ("ratio-growth", "logic-way")),
    ("增长", "下降", ("ratio-growth", "logic-way")), ("下降", "增长", ("ratio-growth", "logic-way")),
)  # fmt: skip


def word_slip(draw: random.Random, disclosure: Disclosure) -> tuple[Disclosure, Slip] | None:
    """A wrong word in a sentence that compares: 大于 for 小于, 增加 for 减少."""
    found = [
        (n, old, new, rules)
        for n, s in enumerate(disclosure.sentences) if s.figures or "预算数" in s.text
        for old, new, rules in WORDS if old in s.text
        if old not in ("大于", "小于") or "预算数" in s.text
    ]  # fmt: skip
    if not found:
        return None
    n, old, new, rules = draw.choice(found)
    place = disclosure.sentences[n].place
    assert place is not None
    return with_words(disclosure, n, old, new), Slip("word", place, rules)


def level_slip(draw: random.Random, disclosure: Disclosure) -> tuple[Disclosure, Slip] | None:
    """持平 where the figures differ."""
    found = [(n, w) for n, s in enumerate(disclosure.sentences) for w in ("数大于", "数小于") if w in s.text and "预算数" in s.text]
    if not found:
        return None
    n, word = draw.choice(found)
    sentence = disclosure.sentences[n]
    text = sentence.text.replace(word, "数与").replace("预算数的主要原因", "预算数持平的主要原因").replace("预算数，", "预算数持平，")
    if "持平" not in text or any(f.start > sentence.text.index(word) for f in sentence.figures):
        return None
    assert sentence.place is not None
    said = replace(sentence, text=text)
    changed = replace(disclosure, sentences=(*disclosure.sentences[:n], said, *disclosure.sentences[n + 1 :]))
    return changed, Slip("level", sentence.place, ("logic-compared",))


def year_slip(draw: random.Random, disclosure: Disclosure) -> tuple[Disclosure, Slip] | None:
    """Another year on a statement, in a heading, or before an amount of the text."""
    year = disclosure.year
    assert year is not None
    other = year - draw.choice((1, 1, 2))
    what = draw.choice(("statement", "heading", "sentence"))
    if what == "statement":
        n = draw.randrange(len(disclosure.statements))
        changed = replace(disclosure.statements[n], year=other)
        statements = (*disclosure.statements[:n], changed, *disclosure.statements[n + 1 :])
        assert changed.place is not None
        return replace(disclosure, statements=statements), Slip("year", changed.place, ("identity-year",))
    if what == "heading":
        places = [n for n, h in enumerate(disclosure.headings) if str(year) in h.text]
        if not places:
            return None
        n = draw.choice(places)
        old = disclosure.headings[n]
        heading = replace(old, text=old.text.replace(str(year), str(other)))
        headings = (*disclosure.headings[:n], heading, *disclosure.headings[n + 1 :])
        sentences = tuple(
            replace(s, section=tuple(heading.text if part == old.text else part for part in s.section))
            for s in disclosure.sentences
        )
        assert heading.place is not None
        changed_ = replace(disclosure, headings=headings, sentences=sentences)
        return changed_, Slip("year", heading.place, ("identity-year-heading",))
    told = [n for n, s in enumerate(disclosure.sentences) if s.text.startswith(f"{year}年") and s.figures]
    if not told:
        return None
    n = draw.choice(told)
    place = disclosure.sentences[n].place
    assert place is not None
    return with_words(disclosure, n, f"{year}年", f"{other}年"), Slip("year", place, ("identity-year-text", "identity-year-opening"))


def note_slip(draw: random.Random, disclosure: Disclosure) -> tuple[Disclosure, Slip] | None:
    """The note of one empty statement copied under another."""
    every = [n for n, s in enumerate(disclosure.statements) if s.notes and s.empty]
    if not every:
        return None
    n = draw.choice(every)
    statement = disclosure.statements[n]
    fund, state = "政府性基金", "国有资本经营"
    old, new = (fund, state) if fund in statement.notes[0].text else (state, fund)
    if old not in statement.notes[0].text:
        return None
    note: Note = replace(statement.notes[0], text=statement.notes[0].text.replace(old, new))
    changed = replace(statement, notes=(note, *statement.notes[1:]))
    statements = (*disclosure.statements[:n], changed, *disclosure.statements[n + 1 :])
    assert statement.place is not None
    return replace(disclosure, statements=statements), Slip("note", statement.place, ("completeness-wrong-note",))


def missing_slip(draw: random.Random, disclosure: Disclosure) -> tuple[Disclosure, Slip] | None:
    """A required statement that is not there."""
    every = [n for n, s in enumerate(disclosure.statements) if s.id in REQUIRED]
    n = draw.choice(every)
    statements = (*disclosure.statements[:n], *disclosure.statements[n + 1 :])
    return replace(disclosure, statements=statements), Slip("missing", Place(), ("completeness-missing-statement",))


def shifted_row(draw: random.Random, disclosure: Disclosure, least: int = 7) -> tuple[Disclosure, dict[FigurePath, Printed]] | None:
    """A row of at least so many figures printed one column further to the right; the first stays, and so stands twice.
    With it, what was printed before where that differs."""
    every = [(s, r) for s, t in enumerate(disclosure.statements) for r, row in enumerate(t.rows) if len(row.cells) >= least]
    rows = [(s, r) for s, r in every if len({c.printed.value for c in disclosure.statements[s].rows[r].cells}) >= least - 1]
    if not rows:
        return None
    s, r = draw.choice(rows)
    cells = disclosure.statements[s].rows[r].cells
    changed, before = disclosure, {}
    for c in range(1, len(cells)):
        if cells[c].printed.value != cells[c - 1].printed.value:
            changed = with_figure(changed, ("cell", s, r, c), cells[c - 1].printed)
            before["cell", s, r, c] = cells[c].printed
    return changed, before


REQUIRED = tuple(f"F0{n}" for n in range(1, 10)) + tuple(f"B0{n}" for n in (1, 2, 3, 4, 5, 6, 9))
OTHER_SLIPS = {"word": word_slip, "level": level_slip, "year": year_slip, "note": note_slip, "missing": missing_slip}
