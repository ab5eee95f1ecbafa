"""The automatic numbering of Word paragraphs (一、 （一） 1.), which is nowhere in their text."""

from lxml import etree

from mingzhang.forms.fill import chinese

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _said(kind: str, n: int) -> str:
    if "hinese" in kind or kind in ("ideographTraditional", "japaneseCounting", "taiwaneseCountingThousand"):
        return chinese(n) if 0 < n < 1000 else str(n)
    if kind in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (n - 1) % 26)
        return letter.upper() if kind == "upperLetter" else letter
    return "" if kind in ("bullet", "none") else str(n)


class Numbering:
    """Counts the numbered paragraphs of one document, level by level.

    ``root`` is the numbering part, ``styles`` the styles part (either may be
    missing): a paragraph is numbered by itself or by its style. Numberings
    of one list count on, unless one of them starts anew.
    """

    def __init__(self, root: etree._Element | None, styles: etree._Element | None = None) -> None:
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._lists: dict[str, str] = {}
        self._anew: dict[str, dict[int, int]] = {}
        self._count: dict[tuple[str, int], int] = {}
        self._styled: dict[str, int] = {}
        self._styles = {s.get(_W + "styleId") or "": s for s in styles.iter(_W + "style")} if styles is not None else {}
        if root is None:
            return
        abstract = {a.get(_W + "abstractNumId"): a for a in root.iter(_W + "abstractNum")}
        for num in root.iter(_W + "num"):
            id, link = num.get(_W + "numId") or "", num.find(_W + "abstractNumId")
            found = (link.get(_W + "val") or "") if link is not None else ""
            source = abstract.get(found)
            self._lists[id] = found
            for level in source.iter(_W + "lvl") if source is not None else ():
                self._level(id, level)
            for changed in num.iter(_W + "lvlOverride"):
                for level in changed.iter(_W + "lvl"):
                    self._level(id, level)
                start = self._of(changed, "startOverride")
                if start.isdigit():
                    self._anew.setdefault(id, {})[_whole(changed.get(_W + "ilvl"))] = int(start)

    def _level(self, id: str, level: etree._Element) -> None:
        depth = _whole(level.get(_W + "ilvl"))
        start = _whole(self._of(level, "start") or "1")
        self._levels[(id, depth)] = (self._of(level, "numFmt") or "decimal", self._of(level, "lvlText"), start)
        style = self._of(level, "pStyle")
        if style:
            self._styled.setdefault(style, depth)

    @staticmethod
    def _of(level: etree._Element, name: str) -> str:
        found = level.find(_W + name)
        return (found.get(_W + "val") or "") if found is not None else ""

    def _numbered(self, paragraph: etree._Element) -> tuple[str, int]:
        """The numbering of a paragraph and its level: its own, else that of its style or of a style this is based on."""
        own = paragraph.find(f"{_W}pPr/{_W}numPr")
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        name = (style.get(_W + "val") or "") if style is not None else ""
        if own is not None and own.find(_W + "numId") is not None:
            return self._of(own, "numId"), _whole(self._of(own, "ilvl"))
        first = name
        for _ in range(10):
            found = self._styles.get(name)
            if found is None:
                break
            said = found.find(f"{_W}pPr/{_W}numPr")
            if said is not None and said.find(_W + "numId") is not None:
                depth = self._styled.get(first, self._styled.get(name, _whole(self._of(said, "ilvl"))))
                return self._of(said, "numId"), depth
            name = self._of(found, "basedOn")
        return "", 0

    def mark(self, paragraph: etree._Element) -> str:
        """The number printed before a paragraph, or an empty string; counts on."""
        number, depth = self._numbered(paragraph)
        level = self._levels.get((number, depth))
        if level is None:
            return ""
        whole = self._lists.get(number, number)
        for at, first in self._anew.pop(number, {}).items():
            self._count[(whole, at)] = first - 1
        self._count[(whole, depth)] = self._count.get((whole, depth), level[2] - 1) + 1
        for key in [k for k in self._count if k[0] == whole and k[1] > depth]:
            del self._count[key]
        text = level[1]
        for n in range(depth + 1):
            kind, _, start = self._levels.get((number, n), ("decimal", "", 1))
            text = text.replace(f"%{n + 1}", _said(kind, self._count.get((whole, n), start)))
        return text if level[0] != "bullet" else ""


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0
