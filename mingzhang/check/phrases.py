"""What the phrases of one disclosure name: concepts of the vocabulary, codes of the classification, its projects."""

import re
from collections.abc import Mapping
from functools import cache

from mingzhang.check.vocabulary import Concept, Topic, cleaned, plain, vocabulary
from mingzhang.codes import by_name
from mingzhang.codes import every as every_code
from mingzhang.disclosure import Disclosure

_BRACKETS = re.compile(r"（[^（）]*）$")
_LENGTHS = {"类": 3, "款": 5, "项": 7}
_STEP = re.compile(r"(?P<name>(?:[^）（、，；：“”\"]|（[^（）类款项]{1,8}）)+)（(?P<level>[类款项])）")
_CODE = re.compile(r"(?<![\d.])(2\d{2}(?:\d{2}){0,2})(?![\d.万元%])")
_SHORT = 20


def _name(text: str) -> str:
    """A name as it is compared: 其它 is 其他, 的 and 用 may be left out, and so may a last 支出."""
    if len(text) < _SHORT:
        text = text.replace("其它", "其他").replace("的", "").replace("用", "")
    return text.removesuffix("支出")


def _by_name(rows: list[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for code, label in rows:
        found.setdefault(_name(plain(label)), {})[code] = None
    return {name: tuple(codes) for name, codes in found.items()}


@cache
def _chart(classification: str) -> Mapping[str, tuple[str, ...]]:
    """The codes of the national chart by name."""
    return _by_name([(code.code, code.name) for code in every_code(classification)])


class Phrases:
    """Looks up the phrases of one disclosure; each is resolved once.

    ``projects`` are the projects and tasks of its performance tables, and those that its text introduced as such.
    """

    def __init__(self, disclosure: Disclosure) -> None:
        printed = [(row.code, row.label) for statement in disclosure.statements for row in statement.rows if row.label]
        self.codes = _by_name(
            [(c, n) for c, n in printed if len(c) in _LENGTHS.values() and c.isdigit() and c[0] in "23"]
        )
        self.printed = frozenset(code for codes in self.codes.values() for code in codes)
        tables = disclosure.evaluations
        known = {e.project for e in tables} | {task[0] for e in tables for task in e.tasks}
        self.projects = {plain(name).removesuffix("项目") for name in known if len(name) > 2}
        self.known: dict[tuple[str, str, str, str], Topic | None] = {}
        self.fitting: dict[tuple[str, str, str], list[Concept]] = {}

    def find(self, text: str, section: str, kind: str, unit: str = "") -> Topic | None:
        """The concept of the vocabulary that a cleaned phrase names at its end, or None."""
        if not text:
            return None
        key = (text, section, kind, unit if kind == "count" else "")
        if key not in self.known:
            self.known[key] = self._find(text, section, kind, unit)
        return self.known[key]

    def _find(self, text: str, section: str, kind: str, unit: str) -> Topic | None:
        key = (section, kind, unit if kind == "count" else "")
        fitting = self.fitting.get(key)
        if fitting is None:
            fitting = self.fitting[key] = [c for c in vocabulary().concepts if c.fits(section, kind, unit)]
        for phrase in dict.fromkeys((text, _BRACKETS.sub("", text))):
            for concept in fitting if phrase else ():
                hit = concept.words.search(phrase)
                if hit:
                    return concept.topic(hit)
        return None

    def path(self, text: str) -> Topic | None:
        """The item of the classification that ``…（类）…（款）…（项）`` names: its code, else its names joined with /."""
        if "类）" not in text and "款）" not in text and "项）" not in text:
            return None
        steps = [(m["level"], cleaned(m["name"])) for m in _STEP.finditer(text)]
        if not steps:
            return None
        above, code = "", ""
        for level, name in steps:
            code = self._code(name, _LENGTHS[level], above)
            above = code or above
        return Topic("functional", code or "/".join(name for _, name in steps))

    def _code(self, name: str, length: int, above: str) -> str:
        """The one functional code of that name and length under ``above``; what the document prints goes first."""
        for codes in (self.codes.get(_name(name), ()), _chart("functional").get(_name(name), ())):
            fitting = {c for c in codes if len(c) == length and c.startswith(above or "2")}
            if fitting:
                return fitting.pop() if len(fitting) == 1 else ""
        return ""

    def function(self, text: str) -> Topic | None:
        """The functional class of just that name (卫生健康支出)."""
        codes = [c for c in _chart("functional").get(_name(text), ()) if len(c) == 3]
        return Topic("functional", codes[0]) if codes and len(text) > 4 and text.endswith("支出") else None

    def listed(self, text: str) -> Topic | None:
        """The functional code that a name or a printed code alone means where classes are listed; classes go first."""
        wanted = _name(text)
        for codes in (self.codes.get(wanted, ()), _chart("functional").get(wanted, ())):
            fitting = [c for c in codes if c[0] == "2"]
            meant = [c for c in fitting if len(c) == 3] or (fitting if len(fitting) == 1 else [])
            if meant and len(wanted) > 2:
                return Topic("functional", meant[0])
        code = _CODE.match(text)
        if code and (code[1] in self.printed or by_name(text[code.end() :])):
            return Topic("functional", code[1])
        return None

    def use(self, text: str) -> Topic | None:
        """The departmental economic class of just that name (工资福利支出, 商品和服务支出)."""
        codes = [c for c in _chart("economic").get(_name(text), ()) if len(c) == 3]
        return Topic("economic", codes[0]) if codes and len(text) > 4 else None

    def economic(self, text: str) -> Topic | None:
        """The departmental economic class or section that a phrase names (at its end, behind 的)."""
        for name in dict.fromkeys((text, text.rpartition("的")[2])):
            codes = _chart("economic").get(_name(name), ()) if len(name) > 2 else ()
            if codes:
                return Topic("economic", min(codes, key=len))
        return None
