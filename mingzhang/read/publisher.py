"""Whose disclosure a document is, of which year, and whether budget or final accounts."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from mingzhang.disclosure import Publisher, Statement
from mingzhang.forms import Book
from mingzhang.read.block import Block, Line
from mingzhang.read.words import plain

_ORGAN = (
    r"[一-龥（）()]{2,30}?(?:局|委员会|委|部|会|院|中心|所|学校|办公室|厅|政府|管理处|大队|支队|站|馆|团|社|街道办事处|室)"
    r"(?:（本级）|\(本级\)|本级|机关)?"
)
_COVER = re.compile(rf"({_ORGAN})(20\d\d)年?度?(?:年)?(?:[省市区县]级)?(部门|单位)?(预算|决算)(?:公开)?")
_NAMED = re.compile(rf"(?:预算)?(?:主管)?(?:部门|单位)(?:名称)?[:：]({_ORGAN})$")
_OVERVIEW = re.compile(rf"(?:第一部分)?({_ORGAN})(?:概况|主要职[能责]|机构设置)$")
_SPREAD = re.compile(r"(?:(20\d\d)年?度?)?(?:[省市区县]级)?(部门|单位)?(预算|决算)(?:公开)?(?:说明|文本)?$")
_FIRST_PART = re.compile(rf"第一部分{_ORGAN}概况")
_YEAR = re.compile(r"(20\d\d)年")
_LEVEL = (
    ("省", "省级"),
    ("自治区", "省级"),
    ("县", "县级"),
    ("区", "县级"),
)
"""Names that show the level beyond doubt; 市 may be a province, a prefecture or a county."""


def begins(text: str) -> bool:
    """Whether a line begins a document: the title of its cover, or the heading of its first part."""
    line = plain(text)
    return len(line) < 60 and bool(_COVER.fullmatch(line) or line == "第一部分" or _FIRST_PART.fullmatch(line))


def _cover(blocks: Sequence[Block]) -> list[str]:
    """The first lines of the document, and their joins over a line break."""
    lines = [plain(b.text) for b in blocks[:14] if isinstance(b, Line)]
    return lines + [a + b for a, b in pairwise(lines)] + ["".join(lines[:3])]


def level_of(name: str) -> str:
    """The level of government the name shows (省级, 县级), or an empty string where it shows none."""
    at, level = max(((name.find(word), level) for word, level in _LEVEL if 0 < name.find(word) < 16), default=(-1, ""))
    return level if at > 0 else ""


def publisher(blocks: Sequence[Block], statements: Sequence[Statement]) -> Publisher:
    """The department or unit: as most statements name it, else as cover and first headings do."""
    said = Counter(s.publisher for s in statements if s.publisher)
    cover = _cover(blocks)
    scope = ""
    name = said.most_common(1)[0][0] if said else ""
    for text in cover:
        hit = _COVER.search(text)
        if hit:
            name = name or hit.group(1)
            scope = scope or {"部门": "department", "单位": "unit"}.get(hit.group(3) or "", "")
        named = _NAMED.search(text) or _OVERVIEW.fullmatch(text)
        if named and not name:
            name = named.group(1)
    if not name:
        for block in blocks[:400]:
            if isinstance(block, Line) and (hit := _OVERVIEW.fullmatch(plain(block.text))):
                name = hit.group(1)
                break
    if not scope:
        words = Counter(w for b in blocks if isinstance(b, Line) for w in re.findall(r"(部门|单位)[预决]算", b.text))
        if words:
            scope = "department" if words["部门"] >= words["单位"] else "unit"
    return Publisher(name=name, level=level_of(name), scope=scope)


def year_and_kind(blocks: Sequence[Block], statements: Sequence[Statement], book: Book) -> tuple[int | None, str]:
    """The year of the disclosure and its kind: as cover and statements say, else as the text mostly does."""
    kinds = Counter(book.by_id[s.id].kind for s in statements if s.id in book.by_id)
    years = Counter(s.year for s in statements if s.year)
    kind = kinds.most_common(1)[0][0] if kinds else ""
    for text in _cover(blocks):
        hit = _COVER.search(text) or _SPREAD.search(text)
        if hit and not kind:
            kind = "budget" if hit.group(hit.lastindex or 0) == "预算" or "预算" in hit.group() else "final"
        found = _YEAR.search(text)
        if found and ("预算" in text or "决算" in text):
            years[int(found.group(1))] += 3
    lines = [b.text for b in blocks if isinstance(b, Line)]
    if not kind:
        words = Counter(w for t in lines for w in re.findall(r"预算|决算", t))
        kind = "final" if words["决算"] > words["预算"] else "budget" if words else ""
    if not years:
        years = Counter(int(y) for t in lines for y in re.findall(r"(20\d\d)\s*年", t))
    return (years.most_common(1)[0][0] if years else None), kind
