"""Three errors as clerks make them: two digits swapped in a total, a wrong share in the text, a wrong unit."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from mingzhang.check import Report, check
from mingzhang.disclosure import Cell, Disclosure, Figure, Finding, Printed, Row, Sentence
from mingzhang.publish.pdf import write
from mingzhang.read import read

_PAGE = re.compile(r" ?\bp(\d+)")


@dataclass(frozen=True)
class Planted:
    """One planted error: its kind, where it stands (in both languages), what was printed and what is printed now."""

    kind: str
    where: dict[str, str]
    before: str
    after: str

    def shown_by(self, text: str) -> bool:
        """Whether a finding's words quote the wrong figure (with its unit, where that is what is wrong)."""
        quoted = self.after if self.kind == "unit" else re.sub(r"[^\d.,]", "", self.after)
        pattern = re.escape(quoted.replace(",", "")) + r"(?!\d)"
        return re.search(r"(?<![\d.])" + pattern, re.sub(r"[,，\s]", "", text)) is not None


def _swapped(printed: Printed) -> Printed:
    """The figure with its first two different neighbouring digits before the point swapped."""
    whole, _, fraction = printed.plain.partition(".")
    at = next(i for i in range(1, len(whole) - 1) if whole[i] != whole[i + 1])
    turned = whole[:at] + whole[at + 1] + whole[at] + whole[at + 2 :]
    return Printed.parse(f"{int(turned):,}.{fraction}")


def total(disclosure: Disclosure) -> tuple[Disclosure, Planted]:
    """Swaps two digits of the total of F03 (支出决算表)."""
    found = next(s for s in disclosure.statements if s.id == "F03")
    row = next(r for r in found.rows if r.label == "合计")
    cell = row.cells[0]
    wrong = _swapped(cell.printed)
    cells: tuple[Cell, ...] = (replace(cell, printed=wrong), *row.cells[1:])
    rows: tuple[Row, ...] = tuple(replace(r, cells=cells) if r is row else r for r in found.rows)
    statements = tuple(replace(s, rows=rows) if s is found else s for s in disclosure.statements)
    where = {"zh": f"{found.title}的合计", "en": "total of statement F03"}
    planted = Planted("total", where, cell.printed.text, wrong.text)
    return replace(disclosure, statements=statements), planted


def _in_text(
    disclosure: Disclosure,
    pick: Callable[[Sentence, Figure], bool],
    new: Callable[[Figure], tuple[str, str]],
    kind: str,
    first: bool = False,
) -> tuple[Disclosure, Planted]:
    """Replaces a figure of the text by another figure and unit: in the last sentence that has one which ``pick`` accepts, or
    in the ``first``."""
    every = disclosure.sentences if first else tuple(reversed(disclosure.sentences))
    sentence = next(s for s in every if any(pick(s, f) for f in s.figures))
    figure = next(f for f in reversed(sentence.figures) if pick(sentence, f))
    text, unit = new(figure)
    old = figure.printed.text + figure.unit
    end = figure.start + len(old)
    words = sentence.text[: figure.start] + text + unit + sentence.text[end:]
    moved = len(text + unit) - len(old)
    figures = tuple(
        Figure(Printed.parse(text), unit, f.start, f.start + len(text + unit)) if f is figure
        else replace(f, start=f.start + moved, end=f.end + moved) if f.start > figure.start
        else f
        for f in sentence.figures
    )  # fmt: skip
    changed = Sentence(words, sentence.section, figures)
    sentences = tuple(changed if s is sentence else s for s in disclosure.sentences)
    section = sentence.section[-1]
    return replace(disclosure, sentences=sentences), Planted(
        kind, {"zh": f"说明“{section}”", "en": f"running text, “{section}”"}, old, text + unit
    )


def share(disclosure: Disclosure) -> tuple[Disclosure, Planted]:
    """Puts a wrong rate of growth into the text."""

    def wrong(figure: Figure) -> tuple[str, str]:
        return f"{(figure.printed.value + Decimal('10.80')) % 100:.{figure.printed.decimals}f}", "%"

    def grown(sentence: Sentence, f: Figure) -> bool:
        return f.unit == "%" and f.printed.value < 100 and sentence.text[: f.start].endswith(("增长", "下降"))

    return _in_text(disclosure, grown, wrong, "share")


def unit(disclosure: Disclosure) -> tuple[Disclosure, Planted]:
    """Prints the first amount of the text in 元 that is one in 万元 and that a statement prints, too."""
    shown = {cell.printed.value for s in disclosure.statements if s.unit == "万元" for _, cell in s.cells()}
    return _in_text(
        disclosure,
        lambda _, f: f.unit == "万元" and f.printed.value > 50 and f.printed.value in shown,
        lambda f: (f.printed.text, "元"),
        "unit",
        first=True,
    )


def all_three(disclosure: Disclosure) -> tuple[Disclosure, tuple[Planted, ...]]:
    """The disclosure with the three errors, and what they are."""
    planted: list[Planted] = []
    for plant in (total, share, unit):
        disclosure, error = plant(disclosure)
        planted.append(error)
    return disclosure, tuple(planted)


def errors(disclosure: Disclosure, path: Path) -> tuple[tuple[Planted, ...], Report]:
    """Plants the three, sets the document as ``path`` (PDF), reads and checks it."""
    wrong, made = all_three(disclosure)
    write(wrong, path)
    (back,) = read([path])
    return made, check(back)


def match(planted: tuple[Planted, ...], findings: tuple[Finding, ...]) -> dict[str, Finding]:
    """For each kind of planted error the first finding (errors before warnings) that quotes its wrong figure."""
    found = {}
    for error in planted:
        for finding in sorted(findings, key=lambda f: f.severity != "error"):
            if finding.severity != "hint" and error.shown_by(f"{finding.printed} {finding.expected}"):
                found[error.kind] = finding
                break
    return found


def where(finding: Finding, page: str) -> str:
    """Where a finding stands, with its pages in the words ``page``."""
    pages = sorted({p.page for p in finding.places if p.page is not None})
    place = _PAGE.sub("", finding.where)
    said = [int(n) for n in _PAGE.findall(finding.where)] or pages
    return "  ".join([place, *(page.format(n=n) for n in said)])
