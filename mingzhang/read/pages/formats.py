"""Excel number formats: what a stored number shows."""

import re
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation

_BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0", 38: "#,##0",
    39: "#,##0.00", 40: "#,##0.00", 41: "#,##0", 42: "#,##0", 43: "#,##0.00", 44: "#,##0.00", 49: "@",
}  # fmt: skip
_NOISE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_DIGITS = Context(prec=15, rounding=ROUND_HALF_UP)


class Format:
    """A number format by its built-in id or its code."""

    def __init__(self, id: int, code: str) -> None:
        sections = [_NOISE.sub("", s) for s in (code or _BUILT_IN.get(id, "General")).split(";")]
        self._section = sections[0]
        self._blank_zero = len(sections) > 2 and not re.search(r"[0#?\-]", sections[2])
        self._general = "General" in self._section or "@" in self._section or not re.search(r"[0#?]", self._section)
        self._date = bool(re.search(r"[ymdhs年月日]", self._section, re.I)) or 14 <= id <= 22 or 27 <= id <= 36
        fraction = re.search(r"\.([0#?]+)", self._section)
        self._decimals = len(fraction.group(1)) if fraction else 0
        self._optional = fraction.group(1).count("#") if fraction else 0
        self._grouped = "," in self._section
        self._percent = "%" in self._section

    def show(self, raw: str) -> str:
        """What the stored digits ``raw`` look like: ``1234.5599999999999`` under ``#,##0.00`` is ``1,234.56``."""
        try:
            value = _DIGITS.create_decimal(raw)
        except InvalidOperation:
            return raw
        if not value.is_finite() or abs(value) > Decimal(10) ** 30:
            return raw
        if value == 0 and self._blank_zero:
            return ""
        if self._general or self._date:
            return f"{value.normalize():f}" if value else "0"
        if self._percent:
            value *= 100
        value = value.quantize(Decimal(1).scaleb(-self._decimals), rounding=ROUND_HALF_UP)
        if value == 0:
            value = abs(value)
        text = f"{value:,.{self._decimals}f}" if self._grouped else f"{value:.{self._decimals}f}"
        if self._optional and "." in text:
            kept = self._decimals - self._optional
            whole, _, digits = text.partition(".")
            digits = digits[:kept] + digits[kept:].rstrip("0")
            text = f"{whole}.{digits}" if digits else whole
        return text + ("%" if self._percent else "")
