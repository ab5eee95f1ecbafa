"""Running text → mentions: one subject with what its sentence says of it (amount, share, change, growth, completion …)."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from mingzhang.check.clauses import Years
from mingzhang.check.formula import Quoted
from mingzhang.check.vocabulary import plain
from mingzhang.disclosure import Figure, Place, Sentence
from mingzhang.figures import total

MONEY = frozenset({"元", "万元", "千元", "亿元", "百万元"})
_COMPARED = re.compile(r"(?:与|比|较|同)(?:上年|去年|\d{4}年)(?:度|预算|决算|预算数|决算数|执行数)*(?:相比)?")
_ITEM = re.compile(
    r"(?P<name>(?:[^）)（(、，；：:]|[（(](?![类款项一二三四五六七八九十\d])[^）)（(]{1,6}[)）])+)[（(](?P<level>[类款项])[）)]"
)
_AMOUNTS = ("amount", "final", "budget", "initial", "full")


@dataclass(slots=True)
class Mention:
    """One thing that a sentence speaks of, and its figures by role (``amount``, ``initial``, ``full``, ``budget``,
    ``final``, ``share``, ``change``, ``growth``, ``completion``; changes and growths carry their sign).

    ``whole`` is what it is said to be part of; ``items`` are class, section and item where it names them;
    ``ways`` are the directions that the words of its change and growth name;
    ``year`` is the year that it speaks of, as of ``links``: the one its words name, else the disclosure's.
    """

    subject: str
    sentence: Sentence
    start: int
    end: int
    figures: dict[str, Quoted] = field(default_factory=dict)
    share_of: str = ""
    basis: str = ""
    sign: int = 1
    ways: frozenset[int] = frozenset()
    whole: "Mention | None" = None
    items: tuple[tuple[str, str], ...] = ()
    listed: "Listing | None" = None
    year: int | None = None

    @property
    def text(self) -> str:
        return self.sentence.text[self.start : self.end].lstrip("，；。、：: ")

    @property
    def section(self) -> tuple[str, ...]:
        return self.sentence.section

    @property
    def place(self) -> Place | None:
        return self.sentence.place

    def first(self, *roles: str) -> Quoted | None:
        for role in roles:
            figure = self.figures.get(role)
            if figure is not None:
                return figure
        return None


@dataclass(slots=True)
class Listing:
    """A stated total with the parts listed after it: in one sentence (其中), or the items of the classification."""

    role: str
    total: Mention
    parts: list[Mention] = field(default_factory=list)
    closed: bool = False
    separator: str = ""
    kind: str = "of which"


@dataclass(frozen=True, slots=True)
class _Role:
    id: str
    unit: str
    words: re.Pattern[str]
    sign: int


@dataclass(frozen=True, slots=True)
class _Words:
    roles: tuple[_Role, ...]
    strip: tuple[re.Pattern[str], ...]
    trim: tuple[re.Pattern[str], ...]
    opens: re.Pattern[str]
    neutral: re.Pattern[str]


@cache
def _words() -> _Words:
    data = tomllib.loads((resources.files("mingzhang.check") / "words" / "roles.toml").read_text("utf-8"))
    return _Words(
        tuple(_Role(r["id"], r["unit"], re.compile(r["words"]), r.get("sign", 1)) for r in data["role"]),
        tuple(re.compile(w) for w in data["strip"]),
        tuple(re.compile(w) for w in data["trim"]),
        re.compile(data["opens"]),
        re.compile(data["neutral"]),
    )


def _kind(unit: str) -> str:
    if unit in MONEY:
        return "money"
    return "rate" if unit in ("%", "％") else "count"


def subject_of(text: str) -> str:
    """What a phrase speaks of: without the year and what stands before it, numbering, 其中, 为."""
    words = _words()
    for pattern in words.strip:
        text = pattern.sub("", text)
    for pattern in words.trim:
        text = pattern.sub("", text)
    return text.strip("“”\"'，；。、：: ")


def items_of(text: str) -> tuple[tuple[str, str], ...]:
    """The (level, name) pairs in ``社会保障和就业支出（类）…（款）…（项）``."""
    if "（类）" not in text and "（项）" not in text and "（款）" not in text:
        return ()
    return tuple((m["level"], subject_of(m["name"])) for m in _ITEM.finditer(text))


def _segment(lead: str) -> tuple[str, int]:
    """The last phrase of the words in front of a figure, and where in them it starts; bracketed words are kept."""
    depth = 0
    for at in range(len(lead) - 1, -1, -1):
        letter = lead[at]
        if letter in "）)":
            depth += 1
        elif letter in "（(":
            if depth:
                depth -= 1
            else:
                return lead[at + 1 :], at + 1
        elif not depth and letter in "，,；;：。" and at < len(lead) - 1:
            return lead[at + 1 :], at + 1
    return lead, 0


class _Reader:
    """Goes through the sentences of a disclosure, remembering what the section spoke of before."""

    def __init__(self, year: int | None) -> None:
        self.year = year
        self.point: int | None = None
        self.mentions: list[Mention] = []
        self.listings: list[Listing] = []
        self.section: tuple[str, ...] | None = None
        self.recent: list[Mention] = []

    def sentence(self, sentence: Sentence) -> None:
        words = _words()
        if sentence.section != self.section:
            self.section, self.recent, self.point = sentence.section, [], None
        text = sentence.text
        years, wide = Years(self.year, self.point), plain(text)
        current: Mention | None = None
        listing: Listing | None = None
        heading = items_of(sentence.section[-1]) if sentence.section else ()
        at = 0
        for figure in sentence.figures:
            lead = text[at : figure.start]
            years.read(wide[at : figure.start], first=figure is sentence.figures[0])
            segment, offset = _segment(lead)
            end = figure.end + (len(figure.unit) if text.startswith(figure.unit, figure.end) else 0)
            opened = words.opens.search(lead)
            if opened and (current or self.recent):
                listing = Listing("amount", self._whole(lead, opened.start()) or current or self.recent[-1])
            elif listing is not None and listing.separator and listing.separator != "；" and re.search("[；;。]", lead):
                listing = None
            role, hit = self._role(segment, figure)
            quoted = Quoted.read(figure.printed, figure.unit, figure)
            if role is None or role.id in _AMOUNTS:
                name = role.id if role else "amount"
                bare = role.words.sub("", segment) if role else segment
                subject = subject_of(bare)
                fits = current is not None and name not in current.figures and name != "amount"
                if fits and current is not None and (not subject or subject == current.subject):
                    current.figures[name] = quoted
                    current.end = end
                else:
                    items = items_of(lead) or heading
                    if not subject and items:
                        subject = items[-1][1]
                    if not subject and sentence.section:
                        subject = subject_of(sentence.section[-1])
                    current = Mention(subject, sentence, at + offset, end, {name: quoted}, items=items)
                    current.year = years.now
                    self.mentions.append(current)
                    self.recent.append(current)
                    if listing is not None:
                        self._list(listing, current, lead)
            else:
                current = self._attach(role, hit, segment, quoted, current, end, sentence, at + offset)
            at = end
        self.point = years.point

    def _whole(self, lead: str, end: int) -> Mention | None:
        """The mention that words such as ``本年支出的具体构成`` name."""
        named = subject_of(_segment(lead[:end])[0]).removesuffix("的")
        if len(named) < 3:
            return None
        return next((m for m in reversed(self.mentions[-60:]) if named in m.subject), None)

    @staticmethod
    def _role(segment: str, figure: Figure) -> tuple[_Role | None, re.Match[str] | None]:
        kind = _kind(figure.unit)
        for role in _words().roles:
            if role.unit == kind:
                hit = role.words.search(segment)
                if hit:
                    return role, hit
        return None, None

    def _list(self, listing: Listing, part: Mention, lead: str) -> None:
        unit = next(iter(listing.total.figures.values())).unit
        own = next(iter(part.figures.values()))
        if _kind(unit) != _kind(own.unit) or (_kind(unit) == "count" and unit != own.unit):
            listing.closed = True
        if listing.closed:
            return
        if listing.parts and not listing.separator:
            found = re.search("[；;、，,]", lead)
            listing.separator = "；" if re.search("[；;]", lead) else (found.group() if found else "")
        listing.parts.append(part)
        part.whole, part.listed = listing.total, listing
        if len(listing.parts) == 2:
            self.listings.append(listing)

    def _attach(
        self, role: _Role, hit: re.Match[str] | None, segment: str, quoted: Quoted, current: Mention | None, end: int,
        sentence: Sentence, start: int,
    ) -> Mention | None:  # fmt: skip
        words = hit.groupdict() if hit else {}
        bare = role.words.sub("", segment)
        subject = subject_of(_COMPARED.sub("", bare))
        if _words().neutral.fullmatch(subject):
            subject = ""
        target = current
        if role.id == "change" and subject:
            target = self._spoken(subject)
            if target is None and (current is None or subject not in current.subject):
                target = Mention(subject, sentence, start, end, {})
                self.mentions.append(target)
        if role.id == "share" and len(subject) > 2 and (target is None or subject not in target.subject):
            target = Mention(subject, sentence, start, end, {})
            self.mentions.append(target)
        if target is None and self.recent:
            target = self.recent[-1] if role.id in ("change", "growth") and not subject else None
        if target is None or (role.id in target.figures and target.sentence is not sentence):
            target = Mention(subject, sentence, start, end, {})
            self.mentions.append(target)
        if target.sentence is not sentence:
            target = Mention(
                target.subject, sentence, start, end, dict(target.figures), whole=target.whole, items=target.items
            )
            self.mentions.append(target)
        target.figures.setdefault(role.id, quoted)
        target.end = max(target.end, end)
        if role.id in ("change", "growth"):
            target.sign = role.sign
            target.ways |= {role.sign}
        if role.id == "share":
            target.share_of = subject_of(words.get("of") or "")
        if role.id == "completion":
            target.basis = words.get("basis") or target.basis
        return target

    def _spoken(self, subject: str) -> Mention | None:
        for mention in reversed(self.recent):
            if mention.subject and mention.first(*_AMOUNTS) and (subject in mention.subject or mention.subject in subject):
                return mention
        plain = subject.replace("、", "").replace("各", "")
        for mention in reversed(self.recent):
            if plain and plain[:1] in mention.subject and mention.first(*_AMOUNTS) and len(plain) <= 6:
                return mention
        return None


def _root(section: tuple[str, ...]) -> tuple[str, ...]:
    return section[:-1] if section and items_of(section[-1]) else section


def _item_lists(mentions: Sequence[Mention]) -> list[Listing]:
    """The lists of classification items, each with the total stated before it, for every role they share."""
    out: list[Listing] = []
    totals: list[Mention] = []
    group: list[Mention] = []

    def close() -> None:
        parts = [m for m in group if m.items[-1][0] == group[0].items[-1][0]]
        listed = {id(m.listed) for m in parts}
        if totals and len(parts) > 1 and not (len(listed) == 1 and parts[0].listed is not None):
            for role in _AMOUNTS:
                if all(role in m.figures for m in parts):
                    total = _stated(totals, role, parts)
                    if total is not None:
                        out.append(Listing(role, total, parts, kind="items"))

    for mention in mentions:
        if not mention.first(*_AMOUNTS) or _kind(next(iter(mention.figures.values())).unit) != "money":
            continue
        root = _root(mention.section)
        if mention.items:
            if group and (_root(group[-1].section) != root):
                close()
                group, totals = [], []
            if not group or mention.items != group[-1].items:
                group.append(mention)
            totals = [t for t in totals if _root(t.section) == root]
        else:
            if group and root == mention.section:
                close()
                group, totals = [], []
            if not group:
                totals.append(mention)
    if group:
        close()
    return out


def stated(mention: Mention, role: str) -> Quoted | None:
    """The figure of that role; a plain amount stands for the outturn, a budget for the amount."""
    other = {"final": ("amount",), "amount": ("final", "budget", "initial")}.get(role, ())
    return mention.first(role, *other)


def _stated(totals: Sequence[Mention], role: str, parts: Sequence[Mention]) -> Mention | None:
    """The total that a list belongs to: one that its sum fits, else the last that is not nothing."""
    amount = total(p.figures[role] for p in parts)
    candidates = [(t, figure) for t in totals[-6:] if (figure := stated(t, role)) is not None and figure.value]
    for mention, figure in candidates:
        if amount.overlaps(figure):
            return mention
    return candidates[-1][0] if candidates else None


def listen(sentences: Iterable[Sentence], year: int | None = None) -> tuple[list[Mention], list[Listing]]:
    """The mentions of the running text of that year's disclosure in order, and the lists in it."""
    reader = _Reader(year)
    for sentence in sentences:
        if sentence.figures:
            reader.sentence(sentence)
    return reader.mentions, reader.listings + _item_lists(reader.mentions)
