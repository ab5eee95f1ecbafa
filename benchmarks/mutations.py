"""What the check finds in sound documents that somebody made slips in, and whether it names the figure that is wrong.

    mutations.py [--documents N] [--seed S] [--workers N] [--save] [--misses N]

Sound random disclosures (both kinds, 万元, 元, and 万元 rounded from 元) get one to five slips: in a number of a
statement, an amount or a rate of the running text, a word (大于, 增加, a year), a note, or a whole statement. A slip
counts where some law or rule can see it at all; the share of figures that none sees is told apart. Measured: slips
found (an error or warning stands at the figure's place); figures named for sure, and of these the right ones (the
printed value lies in the range given); of single slips in figures the share that is decided; errors and warnings of
the sound documents; findings of the changed ones; time. Floors: FLOORS.
"""

import argparse
import json
import multiprocessing
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from mingzhang.check import Report, check, laws
from mingzhang.disclosure import Cell, Disclosure, Figure, Note, Place, Printed, Row, Sentence, Statement
from mingzhang.figures.law import System
from mingzhang.forms.random import disclosure as sound

HERE = Path(__file__).resolve().parent
FLOORS = {"found": 0.97, "right": 0.98, "decidable": 0.85, "alarms": 0.02}
UNITS = ("万元", "元", "万元 rounded")
Path_ = tuple[str, int, int, int]
"""Where a figure stands: ("cell", statement, row, cell) or ("figure", sentence, figure, 0)."""


@dataclass(frozen=True)
class Slip:
    """One slip: its name, the place it stands at, the rules that may tell it, and the figure before and after."""

    name: str
    place: Place
    rules: tuple[str, ...] = ()
    path: Path_ | None = None
    before: Printed | None = None
    after: Printed | None = None


@dataclass
class Tally:
    """What was counted over some documents."""

    counts: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)
    sound_times: list[float] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        self.counts += other.counts
        self.names += other.names
        self.found += other.found
        self.times += other.times
        self.sound_times += other.sound_times
        self.misses += other.misses


# --- documents ---------------------------------------------------------------------------------------------------------


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


def document(seed: int) -> Disclosure:
    """The sound disclosure of a seed: kind, unit and size go round."""
    kind = ("final", "budget")[seed % 2]
    unit = UNITS[seed // 2 % 3]
    made = sound(seed, kind=kind, unit="万元" if unit == "万元" else "元")
    return placed(rounded(made) if unit == UNITS[2] else made)


# --- slips in figures --------------------------------------------------------------------------------------------------


def parsed(text: str, like: Printed) -> Printed | None:
    """Digits as a figure printed like another, with its separators."""
    try:
        plain = Printed.parse(text)
    except ValueError:
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


# --- where slips are made ----------------------------------------------------------------------------------------------


def figures_of(disclosure: Disclosure) -> Iterator[tuple[Path_, Printed, Place, int]]:
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


def beside(disclosure: Disclosure, path: Path_) -> list[Decimal]:
    """The figures printed beside one: left and right, above and below; the others of the sentence."""
    kind, a, b, c = path
    if kind == "figure":
        return [f.printed.value for n, f in enumerate(disclosure.sentences[a].figures) if n != b and f.printed.value]
    rows = disclosure.statements[a].rows
    cells = rows[b].cells
    near = [cells[n] for n in (c - 1, c + 1) if 0 <= n < len(cells)]
    others = [rows[n].get(cells[c].column) for n in (b - 1, b + 1) if 0 <= n < len(rows)]
    return [x.printed.value for x in [*near, *others] if x is not None and x.printed.value]


def money_at(disclosure: Disclosure, path: Path_) -> bool:
    """Whether the figure is an amount of money."""
    kind, a, b, _ = path
    unit = disclosure.statements[a].unit if kind == "cell" else disclosure.sentences[a].figures[b].unit
    return unit.endswith("元")


def with_figure(disclosure: Disclosure, path: Path_, printed: Printed) -> Disclosure:
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


class Seen:
    """The laws of a sound disclosure by figure: which slips they can see."""

    def __init__(self, disclosure: Disclosure) -> None:
        self.paths = {key: path for path, _, _, key in figures_of(disclosure)}
        self.laws = laws(disclosure)
        self.by_path: dict[Path_, list[int]] = {}
        for n, law in enumerate(self.laws):
            for quantity in law.quantities:
                path = self.paths.get(quantity.key)  # type: ignore[call-overload]
                if path is not None:
                    self.by_path.setdefault(path, []).append(n)

    def sees(self, path: Path_, after: Printed) -> bool:
        """Whether a law fails when that figure alone is printed otherwise."""
        keys = {key for key, p in self.paths.items() if p == path}
        for n in self.by_path.get(path, ()):
            law = self.laws[n]

            def now(terms: tuple) -> tuple:  # type: ignore[type-arg]
                return tuple((replace(q, printed=after) if q.key in keys else q, s) for q, s in terms)

            rate = replace(law.rate, printed=after) if law.rate is not None and law.rate.key in keys else law.rate
            changed = replace(law, terms=now(law.terms), base=now(law.base), rate=rate)
            if not System.of([changed]).equation(0).holds:
                return True
        return False


def figure_slip(draw: random.Random, disclosure: Disclosure, seen: Seen, taken: set[Path_], tally: Tally) -> Slip | None:
    """A slip in a figure: first the statement or the text, then a figure of it that some law sees."""
    by_part: dict[str, list[tuple[Path_, Printed, Place]]] = {}
    for path, printed, place, _ in figures_of(disclosure):
        part = f"{path[0]} {path[1]}" if path[0] == "cell" else "text"
        by_part.setdefault(part, []).append((path, printed, place))
    weights = [4.0 if part == "text" else 1.0 for part in by_part]
    for _ in range(30):
        path, printed, place = draw.choice(draw.choices(list(by_part.values()), weights)[0])
        if path in taken:
            continue
        made = slipped(draw, printed, beside(disclosure, path), money_at(disclosure, path))
        if made is None:
            continue
        name, after = made
        tally.counts["drawn"] += 1
        if path not in seen.by_path:
            tally.counts["in no law"] += 1
            continue
        if not seen.sees(path, after):
            tally.counts["within rounding"] += 1
            continue
        return Slip(name, place, (), path, printed, after)
    return None


WORDS = (
    ("大于", "小于", ("logic-compared",)), ("小于", "大于", ("logic-compared",)),
    ("增加", "减少", ("ratio-growth", "logic-way")), ("减少", "增加", ("ratio-growth", "logic-way")),
    ("增长", "下降", ("ratio-growth", "logic-way")), ("下降", "增长", ("ratio-growth", "logic-way")),
    ("持平", "增加", ("logic-compared", "logic-level")),
)  # fmt: skip


def word_slip(draw: random.Random, disclosure: Disclosure) -> tuple[Disclosure, Slip] | None:
    """A wrong word in a sentence that compares: 大于 for 小于, 增加 for 减少."""
    found = [
        (n, old, new, rules)
        for n, s in enumerate(disclosure.sentences) if s.figures or "预算数" in s.text
        for old, new, rules in WORDS if old in s.text and "持平" not in (old, new)
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
    return with_words(disclosure, n, f"{year}年", f"{other}年"), Slip("year", place, ("identity-year-text",))


def note_slip(draw: random.Random, disclosure: Disclosure) -> tuple[Disclosure, Slip] | None:
    """The note of one empty statement copied under another, or left out."""
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
    gone = disclosure.statements[n].id
    return replace(disclosure, statements=statements), Slip(f"missing {gone}", Place(), ("completeness-missing-statement",))


REQUIRED = tuple(f"F0{n}" for n in range(1, 10)) + tuple(f"B0{n}" for n in (1, 2, 3, 4, 5, 6, 9))
OTHER_SLIPS = {"word": word_slip, "level": level_slip, "year": year_slip, "note": note_slip, "missing": missing_slip}


def spoilt(draw: random.Random, disclosure: Disclosure, tally: Tally) -> tuple[Disclosure, list[Slip]]:
    """The disclosure with one to five slips."""
    count = draw.choices((1, 2, 3, 4, 5), (50, 18, 14, 10, 8))[0]
    seen = Seen(disclosure)
    taken: set[Path_] = set()
    slips: list[Slip] = []
    others: list[str] = []
    for _ in range(count):
        if draw.random() < 0.2:
            others.append(draw.choice(("word", "word", "level", "year", "year", "note", "missing")))
            continue
        made = figure_slip(draw, disclosure, seen, taken, tally)
        if made is not None and made.path is not None and made.after is not None:
            taken.add(made.path)
            slips.append(made)
    # A word that is wrong and a figure that is wrong in one sentence would hide each other: words go elsewhere.
    spoken = {p[1] for p in taken if p[0] == "figure"}
    if spoken or any(p[0] == "cell" for p in taken):
        others = others[:1]
    changed = disclosure
    for slip in slips:
        assert slip.path is not None and slip.after is not None
        changed = with_figure(changed, slip.path, slip.after)
    for name in others:
        result = OTHER_SLIPS[name](draw, changed)
        if result is None:
            continue
        after, slip = result
        hidden = {s.place for n in spoken for s in (disclosure.sentences[n],)}
        if slip.place in hidden or any(s.place == slip.place for s in slips) or (name == "missing" and slips):
            continue
        changed = after
        slips.append(slip)
    return changed, slips


# --- measuring ---------------------------------------------------------------------------------------------------------


def told(report: Report, slip: Slip) -> bool:
    """Whether an error or warning stands at the slip's place, or is of a rule that tells such slips."""
    for finding in report.findings:
        if finding.severity == "hint":
            continue
        if slip.place in finding.places and (not slip.rules or slip.path is not None):
            return True
        if finding.rule in slip.rules and (slip.place in finding.places or slip.place == Place() or not finding.places):
            return True
        if slip.rules and slip.place != Place() and slip.place in finding.places:
            return True
    return False


def near(disclosure: Disclosure, slip: Slip, report: Report) -> bool:
    """A wrong word may be told at the figures of its sentence or of the one before."""
    if slip.path is not None or slip.place == Place():
        return False
    at = next((n for n, s in enumerate(disclosure.sentences) if s.place == slip.place), None)
    if at is None:
        return False
    places = {f.place for s in disclosure.sentences[max(0, at - 2) : at + 1] for f in s.figures}
    return any(f.rule in slip.rules and places & set(f.places) for f in report.findings if f.severity != "hint")


def measure(seed: int) -> Tally:
    """One document: checked sound, spoilt, checked again."""
    tally = Tally()
    draw = random.Random(f"slips/{seed}")
    disclosure = document(seed)
    begin = time.perf_counter()
    clean = check(disclosure)
    tally.sound_times.append(time.perf_counter() - begin)
    tally.counts["documents"] += 1
    for finding in clean.findings:
        if finding.severity != "hint":
            tally.counts["alarms"] += 1
            tally.misses.append(f"alarm seed {seed}: {finding.rule} {finding.where} {finding.printed} -> {finding.expected}")
    changed, slips = spoilt(draw, disclosure, tally)
    if not slips:
        return tally
    begin = time.perf_counter()
    report = check(changed)
    tally.times.append(time.perf_counter() - begin)
    tally.counts["changed"] += 1
    tally.counts["findings"] += sum(f.severity != "hint" for f in report.findings)
    for slip in slips:
        tally.counts["slips"] += 1
        tally.names[slip.name.split()[0] if slip.rules else slip.name] += 1
        if told(report, slip) or near(changed, slip, report):
            tally.counts["found"] += 1
            tally.found[slip.name.split()[0] if slip.rules else slip.name] += 1
        else:
            tally.misses.append(f"missed seed {seed}: {slip}")
    _culprits(seed, changed, slips, report, tally)
    return tally


def _culprits(seed: int, changed: Disclosure, slips: list[Slip], report: Report, tally: Tally) -> None:
    """The figures that were named for sure: right, and for single slips whether one was named at all."""
    paths = {key: path for path, _, _, key in figures_of(changed)}
    wrong = {s.path: s for s in slips if s.path is not None}
    single = len(slips) == 1 and slips[0].path is not None
    decided = False
    for located in report.locations:
        tally.counts["locations"] += 1
        tally.counts["incomplete"] += not located.location.complete
        decided = decided or located.location.decidable
        for culprit in located.location.sure:
            tally.counts["named"] += 1
            slip = wrong.get(paths[culprit.quantity.key])  # type: ignore[index]
            right = slip is not None and slip.before is not None and culprit.low <= slip.before.value <= culprit.high
            tally.counts["right"] += right
            if not right:
                print_ = culprit.quantity.printed.text
                tally.misses.append(
                    f"wrong seed {seed} ({len(slips)} slips): {paths[culprit.quantity.key]} {print_} -> {culprit.should}; {slips}"  # type: ignore[index]
                )
            elif culprit.value is not None:
                tally.counts["valued"] += 1
                tally.counts["value right"] += slip is not None and slip.before is not None and culprit.value == slip.before.value
    if single:
        tally.counts["single"] += 1
        tally.counts["single decided"] += decided
        if not decided:
            answers = [len(x.location.answers) for x in report.locations]
            tally.misses.append(f"undecided seed {seed}: {slips[0]} answers {answers}")


def run(seeds: list[int]) -> Tally:
    """Some documents, one after the other."""
    tally = Tally()
    for seed in seeds:
        tally.add(measure(seed))
    return tally


def ratio(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=300, metavar="N", help="how many (the full run: 2000)")
    parser.add_argument("--seed", type=int, default=0, metavar="S", help="the first seed")
    parser.add_argument("--workers", type=int, default=2, metavar="N")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="list up to N of what went wrong, of each kind")
    parser.add_argument("--save", action="store_true", help="write benchmarks/results/")
    args = parser.parse_args()
    seeds = list(range(args.seed, args.seed + args.documents))
    parts = [seeds[n :: args.workers * 8] for n in range(args.workers * 8)]
    tally = Tally()
    begin = time.perf_counter()
    if args.workers > 1:
        with multiprocessing.get_context("spawn").Pool(args.workers) as pool:
            for part in pool.imap_unordered(run, parts):
                tally.add(part)
    else:
        tally = run(seeds)
    c = tally.counts
    result = {
        "found": ratio(c["found"], c["slips"]),
        "right": ratio(c["right"], c["named"]),
        "decidable": ratio(c["single decided"], c["single"]),
        "alarms": c["alarms"] / max(1, c["documents"]),
    }
    print(f"{c['documents']} documents, {c['changed']} changed with {c['slips']} slips, {time.perf_counter() - begin:.0f} s")
    print(f"slips found                       {result['found']:.4f}   ({c['found']} of {c['slips']})")
    print(f"right among figures named         {result['right']:.4f}   ({c['right']} of {c['named']})")
    print(f"  the very value, where one is    {ratio(c['value right'], c['valued']):.4f}   ({c['value right']} of {c['valued']})")
    print(f"decided among single slips        {result['decidable']:.4f}   ({c['single decided']} of {c['single']})")
    print(f"false alarms a sound document     {result['alarms']:.4f}   ({c['alarms']})")
    print(f"findings a changed document       {c['findings'] / max(1, c['changed']):.2f}   a slip {c['findings'] / max(1, c['slips']):.2f}")
    print(f"figures that no law sees          {ratio(c['in no law'], c['drawn']):.4f}   slips within rounding {ratio(c['within rounding'], c['drawn']):.4f}")
    print(f"parts not searched to the end     {c['incomplete']} of {c['locations']}")
    times, sound_times = sorted(tally.times), sorted(tally.sound_times)
    print(
        f"check of a sound document         median {statistics.median(sound_times) * 1000:.0f} ms; of a changed one, with"
        f" the search, median {statistics.median(times) * 1000:.0f} ms, 95 % {times[len(times) * 95 // 100] * 1000:.0f} ms"
    )
    print("by slip  " + "  ".join(f"{n} {tally.found[n]}/{k}" for n, k in tally.names.most_common()))
    for kind in ("alarm", "missed", "wrong", "undecided"):
        for line in [m for m in tally.misses if m.startswith(kind)][: args.misses]:
            print("   ", line)
    short = [
        name for name, floor in FLOORS.items() if (result[name] > floor if name == "alarms" else result[name] < floor)
    ]
    if args.save:
        out = HERE / "results" / f"mutations-{time.strftime('%Y-%m-%d')}.json"
        out.parent.mkdir(exist_ok=True)
        out.write_text(json.dumps({"counts": dict(c), "result": result}, indent=1) + "\n", "utf-8")
    if short:
        print(f"short of the floors: {', '.join(short)}")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
