"""The automatic numbering of Word paragraphs (一、 （一） 1.), which is nowhere in their text."""

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"


def chinese(n: int) -> str:
    """1 → 一, 12 → 十二, 20 → 二十, to 99."""
    if n < 10:
        return _DIGITS[n]
    tens, ones = divmod(n, 10)
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def _said(kind: str, n: int) -> str:
    if "hinese" in kind or kind in ("ideographTraditional", "japaneseCounting", "taiwaneseCountingThousand"):
        return chinese(n) if 0 < n < 100 else str(n)
    if kind in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (n - 1) % 26)
        return letter.upper() if kind == "upperLetter" else letter
    return "" if kind in ("bullet", "none") else str(n)


class Numbering:
    """Counts the numbered paragraphs of one document, level by level."""

    def __init__(self, root: etree._Element | None) -> None:
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._count: dict[tuple[str, int], int] = {}
        if root is None:
            return
        abstract = {a.get(_W + "abstractNumId"): a for a in root.iter(_W + "abstractNum")}
        for num in root.iter(_W + "num"):
            link = num.find(_W + "abstractNumId")
            source = abstract.get(link.get(_W + "val")) if link is not None else None
            for level in source.iter(_W + "lvl") if source is not None else ():
                self._levels[(num.get(_W + "numId") or "", int(level.get(_W + "ilvl") or 0))] = (
                    self._of(level, "numFmt") or "decimal",
                    self._of(level, "lvlText"),
                    int(self._of(level, "start") or 1),
                )

    @staticmethod
    def _of(level: etree._Element, name: str) -> str:
        found = level.find(_W + name)
        return (found.get(_W + "val") or "") if found is not None else ""

    def mark(self, paragraph: etree._Element) -> str:
        """The number printed before a paragraph, or an empty string; counts on."""
        id = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}numId")
        if id is None:
            return ""
        at = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}ilvl")
        number, depth = id.get(_W + "val") or "", int((at.get(_W + "val") if at is not None else "0") or 0)
        level = self._levels.get((number, depth))
        if level is None:
            return ""
        self._count[(number, depth)] = self._count.get((number, depth), level[2] - 1) + 1
        for key in [k for k in self._count if k[0] == number and k[1] > depth]:
            del self._count[key]
        text = level[1]
        for n in range(depth + 1):
            kind, _, start = self._levels.get((number, n), ("decimal", "", 1))
            text = text.replace(f"%{n + 1}", _said(kind, self._count.get((number, n), start)))
        return text if level[0] != "bullet" else ""
