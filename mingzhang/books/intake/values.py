"""Cells as values: amounts in fen, dates, counts, texts. What is wrong is said, never mended by guessing."""

import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from mingzhang.books.admit import UNSEEN
from mingzhang.books.intake.sheet import Cell
from mingzhang.books.law import LARGEST
from mingzhang.books.refusal import yuan

_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)\Z", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?\Z", re.ASCII)
_ISO = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?(?:[ T]00:00(?::00(?:\.0+)?)?)?\Z", re.ASCII)
_DIGITS = re.compile(r"(\d{4})(\d\d)(\d\d)\Z", re.ASCII)
_CONTROL = re.compile(rf"[\x00-\x09\x0b-\x1f\x7f\x85\u2028\u2029\ud800-\udfff\ufffe\uffff{UNSEEN}]")
_MINUS = str.maketrans("−﹣‐‑–—", "------")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}

PLACES = {"yuan": 2, "wan": 6}
"""Decimals of an amount in yuan or in 10,000 yuan, down to the fen."""

EXACT = 15
"""Digits that a spreadsheet keeps of a number."""


class Wrong(ValueError):
    """A cell that cannot be taken: the reason of ``data/faults.toml`` and its figures."""

    def __init__(self, reason: str, **figures: Any) -> None:
        self.reason, self.figures = reason, figures
        super().__init__(reason)


def narrow(text: str) -> str:
    """Full-width digits and signs as narrow ones, without white space; ① and ² stay what they are, which is no digit."""
    return "".join(text.translate(_WIDE).translate(_MINUS).split())


def number(cell: Cell) -> Decimal | None:
    """The exact number in a cell, thousands separators taken out; None where it is none. Raises Wrong for bad grouping."""
    if cell.kind in ("truth", "dated"):
        return None
    text = narrow(cell.text)
    if _PLAIN.match(text):
        return Decimal(text) if len(text) < 60 else None
    if _GROUPED.match(text):
        return Decimal(text.replace(",", "")) if len(text) < 60 else None
    if "," in text and _PLAIN.match(text.replace(",", "")):
        raise Wrong("amount_grouped")
    return None


def amount(cell: Cell, money: str, *, signed: bool = False, zero: bool = False) -> int:
    """The amount in fen of a cell in ``yuan`` or ``wan``. Raises Wrong."""
    value = number(cell)
    if value is None:
        raise Wrong("amount_text")
    places = PLACES[money]
    fen = value.scaleb(places)
    if fen != fen.to_integral_value():
        unit = "元" if money == "yuan" else "万元"
        raise Wrong("amount_decimals", unit=unit, most=places)
    if abs(fen) > LARGEST:
        raise Wrong("amount_large", most=yuan(LARGEST))
    if fen < 0 and not signed:
        raise Wrong("amount_sign")
    if fen == 0 and not zero:
        raise Wrong("amount_zero")
    return int(fen)


def count(cell: Cell) -> Decimal:
    """A number of at least 0, below 10**9, with at most six decimals, without needless zeros. Raises Wrong."""
    value = number(cell)
    if value is None or value < 0 or value >= 10**9 or value != value.quantize(Decimal("0.000001")):
        raise Wrong("number_count")
    text = f"{value:f}"
    return abs(Decimal(text.rstrip("0").rstrip(".") if "." in text else text))


def whole(cell: Cell) -> int:
    """A whole number of at least 0. Raises Wrong."""
    value = number(cell)
    if value is None or value < 0 or value >= 10**15 or value != value.to_integral_value():
        raise Wrong("number_whole")
    return int(value)


def day(cell: Cell, epoch: int = 1900) -> date:
    """A date: as text, as eight digits, or as the serial number of a spreadsheet. Raises Wrong."""
    text = narrow(cell.text) if cell.kind != "text" else unicodedata.normalize("NFKC", cell.text).strip()
    if text.isascii() and text.replace(".", "", 1).isdigit() and (cell.kind in ("number", "dated") or len(text) == 5):
        serial = Decimal(text)
        if serial < 200_000:
            return _serial(int(serial), epoch)
    hit = _DIGITS.match(text) or _ISO.match("".join(text.split()) if "年" in text else text)
    if hit:
        try:
            return date(int(hit.group(1)), int(hit.group(2)), int(hit.group(3)))
        except ValueError:
            pass
    raise Wrong("date_text")


def _serial(serial: int, epoch: int) -> date:
    """Day 1 is 1 January 1900, or day 0 that of 1904; the 29 February 1900 that spreadsheets believe in is no date."""
    if epoch == 1904:
        return date(1904, 1, 1) + timedelta(days=serial)
    if serial < 1 or serial == 60:
        raise Wrong("date_text")
    return date(1899, 12, 31) + timedelta(days=serial - (serial > 60))


def words(cell: Cell, most: int = 0, lines: bool = False) -> str:
    """A text of at most ``most`` characters; with line breaks only where ``lines``. Raises Wrong."""
    text = cell.text
    if cell.kind == "dated":
        raise Wrong("date_for_text")
    if cell.kind == "number" and sum(c.isdigit() for c in text) > EXACT:
        raise Wrong("number_long")
    if _CONTROL.search(text) or ("\n" in text and not lines):
        raise Wrong("text_control")
    if most and len(text) > most:
        raise Wrong("text_long", length=len(text), most=most)
    return text
