"""Words of a cell as what they name: units, projects, codes of the chart of accounts, choices."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from mingzhang.books.intake.layout import Template, folded
from mingzhang.books.intake.values import Wrong
from mingzhang.codes import LENGTHS, by_name, lookup

_CODE = re.compile(r"(\d+)(.*)\Z", re.DOTALL | re.ASCII)
_SAME = str.maketrans({"“": '"', "”": '"', "、": ",", "，": ","})
_CLASSIFICATIONS = {"functional": "功能分类", "economic": "部门经济分类", "governmental": "政府经济分类"}


@dataclass(frozen=True, slots=True)
class Named:
    """Things with a code and a name: units or projects."""

    what: str
    names: dict[str, str]

    @classmethod
    def of(cls, what: str, things: Iterable[tuple[str, str]]) -> "Named":
        """``what`` is ``unit`` or ``project``; ``things`` are (code, name)."""
        return cls(what, dict(things))

    def code(self, text: str) -> str:
        """The code that ``text`` begins with or is, or that of the only thing of that name. Raises Wrong."""
        if text in self.names:
            return text
        plain = unicodedata.normalize("NFKC", text)
        head, _, rest = plain.partition(" ")
        if head in self.names and folded(rest) == folded(self.names[head]):
            return head
        named = [code for code, name in self.names.items() if folded(name) == folded(text)]
        if len(named) == 1:
            return named[0]
        if plain in self.names:
            return plain
        raise Wrong(f"{self.what}_unknown")


def _plain(name: str) -> str:
    return folded(name).translate(_SAME)


def coded(text: str, classification: str, year: int | None) -> str:
    """The code of the last level that ``text`` gives by digits (a name may follow) or by a name that only one code has.

    Raises Wrong: no such code in the year, or another name than a published document prints for it.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    words = _CLASSIFICATIONS[classification]
    if hit := _CODE.match(plain):
        code, name = hit.group(1), hit.group(2).strip(" -—_:.\u3000\n")
        entry = lookup(classification, code, year) if len(code) == LENGTHS[classification][-1] else None
        if entry is None:
            raise Wrong("code_unknown", classification=words, year=year or "")
        if name and entry.verified and _plain(name) != _plain(entry.name):
            raise Wrong("code_name", code=code, name=entry.name, given=name)
        return code
    last = [c for c in by_name(text, classification, year) if len(c.code) == LENGTHS[classification][-1]]
    if not last:
        raise Wrong("code_unknown", classification=words, year=year or "")
    if len(last) > 1:
        raise Wrong("code_several", codes="、".join(c.code for c in last[:6]) + ("…" if len(last) > 6 else ""))
    return last[0].code


def labelled(code: str, classification: str, year: int | None) -> str:
    """``code name``, as the template writes it; the code alone where it has no name."""
    entry = lookup(classification, code, year) if code else None
    return f"{code} {entry.name}" if entry else code


def chosen(text: str, choice: str, template: Template, lang: str = "zh", allowed: Iterable[str] = ()) -> str:
    """The id of a choice's word. Raises Wrong with the words that may stand there."""
    may = tuple(allowed) or tuple(template.choices[choice])
    id = template.id(choice, text)
    shown = ("、" if lang == "zh" else ", ").join(template.word(choice, i, lang) for i in may)
    if not id:
        raise Wrong("choice", allowed=shown)
    if id not in may:
        raise Wrong("kind_sheet", allowed=shown)
    return id
