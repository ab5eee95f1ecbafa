"""Changed documents: a text and its truth with every name, year and amount consistently replaced.

Every amount of money is multiplied by one small integer, exactly and in its printed digits, in statements, running
text and evaluation tables alike, so each sum and each share holds or fails as it did. Rates, counts, scores, row
numbers and codes stay. Years move together; the place, and the projects whose names are not names of the
classification, get invented names of the same length. What the numbers are is told by the truth and by the unit
that follows them, never by a list of the documents.
"""

import csv
import random
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from residue import nudges

Table = list[dict[str, str]]

MONEY = {"万元", "元", "亿元", "千元"}
FILES = ("cells.csv", "indicators.csv", "narrative.csv", "findings.csv")
PLACES = {1: ("砚", "昶", "峣"), 2: ("澜坪", "青砚", "禾渡"), 3: ("青禾渡", "望岚坪", "石砚湾")}
WORDS = "便民社区数字档案窗口巡查绿道书屋驿站灯塔风帆晨光启明星河云台清渠百草知行同舟致远"
TAILS = re.compile(
    r"(?:补助资金|配套资金|[省县市]级资金|中央资金|工作经费|业务经费|奖励资金|补助经费|费用|资金|经费|补助|奖励|补贴|项目|工程|支出|费)$"
)

NUMBER = re.compile(r"(?<![\d.])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
UNIT = re.compile(r"\s*(?:万\s*元|亿\s*元|千\s*元|元)")
THRESHOLD = re.compile(r"\s*万?\s*元\s*[（(]?\s*含?\s*[）)]?\s*以\s*[上下]")
RATE = re.compile(r"\s*\\?[%％‰]")
COUNT = re.compile(r"分|倍|个|次|人|户|件|\s?[万亿]\s*[人次户件]|\s个百")
LONG_CODE = re.compile(r"(?<!\d)\d{6}(?=\d{6})")
PRICE = re.compile(r"\s*=")
YEAR = re.compile(r"(?<!\d)20[0-3]\d(?=\s*(?:年|[\]】}｝〕）)]\s*\d+\s*号))")
PLACE_OF = re.compile(r"[市县区旗](?=[\u4e00-\u9fff]{2,8}?[局委会])")
EVALUATION = re.compile(r"\S{0,24}(?:绩效目标表|自评(?:情况)?表|部门评价表)")
STATEMENT = re.compile(r"\S{0,36}(?:决算|预算|明细|情况|汇总|收支|支出|收入)(?:总|明细|情况)?表")
PART = re.compile(r"第[一二三四五六七八九]部分\S{0,30}")


def table(path: Path) -> Table:
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{k: v or "" for k, v in row.items() if k} for row in csv.DictReader(file)]


def loose(words: str) -> re.Pattern[str]:
    """The words, with white space and line breaks allowed between their characters."""
    return re.compile(r"\s*".join(map(re.escape, words)))


def instead(new: str) -> Callable[[re.Match[str]], str]:
    """Replace a loose match by as many other characters, keeping its white space."""

    def put(match: re.Match[str]) -> str:
        letters = iter(new)
        return "".join(c if c.isspace() else next(letters) for c in match.group())

    return put


def plain(number: str) -> Decimal:
    return Decimal(number.replace(",", ""))


@dataclass(frozen=True)
class Change:
    """One change of one document: the factor of its amounts, the years it moves, and its names, old and new."""

    factor: int
    years: int
    names: tuple[tuple[str, str], ...]
    codes: tuple[tuple[str, str], ...]
    nudges: tuple[tuple[Decimal, Decimal], ...] = ()

    @cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]]:
        return [(loose(old), instead(new)) for old, new in self.names]

    @cached_property
    def _nudge(self) -> dict[Decimal, Decimal]:
        return dict(self.nudges)

    def amount(self, printed: str, grouped: bool = False) -> str:
        """The printed amount times the factor, in as many decimals; separators as printed, or where ``grouped``."""
        value = plain(printed)
        value = value * self.factor + self._nudge.get(value, Decimal(0))
        return f"{value:,f}" if "," in printed or (grouped and plain(printed) < 1000) else f"{value:f}"

    def named(self, text: str) -> str:
        """The text with its names, years and unit codes replaced."""
        for pattern, new in self._patterns:
            text = pattern.sub(new, text)
        for old, new_code in self.codes:
            text = re.sub(rf"(?<![\d.,]){old}(?=\d{{3}}(?!\d)|(?![\d.,%])|\d{{6}})", new_code, text)
        text = LONG_CODE.sub(lambda m: "139" + m.group()[3:], text)
        return YEAR.sub(lambda m: str(int(m.group()) + self.years), text)

    def words(self, text: str, amounts: frozenset[Decimal] = frozenset()) -> str:
        """A passage: names and years, and the numbers that are followed by a unit of money or are in ``amounts``."""
        return self.named(NUMBER.sub(lambda m: self._number(text, m, amounts), text))

    def _number(self, text: str, match: re.Match[str], amounts: frozenset[Decimal]) -> str:
        known = "." in match.group() and plain(match.group()) in amounts and not RATE.match(text, match.end())
        return self.amount(match.group()) if known or _is_money(text, match) else match.group()


def _is_money(text: str, match: re.Match[str]) -> bool:
    """Whether a unit of money follows (and no 以上: a threshold of the law stays), or it is the price in ``9人*40=``."""
    if THRESHOLD.match(text, match.end()):
        return False
    if UNIT.match(text, match.end()):
        return True
    return text[max(0, match.start() - 1) : match.start()] in ("*", "×") and PRICE.match(text, match.end()) is not None


def _place(text: str) -> str:
    """The place that publishes: the words before 县, 市 … that most often stand before a bureau."""
    squeezed = re.sub(r"\s+", "", text)
    stems: Counter[str] = Counter()
    for match in PLACE_OF.finditer(squeezed):
        before = re.search(r"[\u4e00-\u9fff]{1,3}$", squeezed[max(0, match.start() - 3) : match.start()])
        for length in range(1, len(before.group()) + 1 if before else 1):
            stems[squeezed[match.start() - length : match.end()]] += 1
    shortest = [name for name, _ in stems.most_common() if len(name) == 2]
    if not shortest:
        return ""
    best = shortest[0]
    for name, count in stems.most_common():
        if len(name) > len(best) and name.endswith(best) and count >= 0.6 * stems[best]:
            best = name
    return best


def _project(name: str, chance: random.Random) -> str:
    """An invented project name of the same length: the year and the tail (补助资金, 经费 …) stay."""
    year = re.match(r"(?:20\d\d年)?", name)
    head = year.group() if year else ""
    tail = TAILS.search(name)
    end = tail.group() if tail else ""
    pairs = [WORDS[i : i + 2] for i in range(0, len(WORDS), 2)]
    middle = name[len(head) : len(name) - len(end)]
    words = iter("".join(chance.sample(pairs, len(pairs))))
    return head + "".join(next(words) if "\u4e00" <= c <= "\u9fff" else c for c in middle) + end


def plan(text: str, truth: dict[str, Table], seed: str, official: Iterable[str] = ()) -> Change:
    """The change of one document, always the same for one ``seed``. ``official`` names are never replaced."""
    chance = random.Random(seed)
    names: list[tuple[str, str]] = []
    kept = set(official) | {row["label"] for row in truth["cells.csv"]}
    place = _place(text)
    projects = Counter(p for t, p in {(r["table"], r["project"]) for r in truth["indicators.csv"]} if "whole" not in t)
    projects.update(r["block"] for r in truth["cells.csv"] if r["block"] and not r["block"].isdigit())
    for name in sorted(projects, key=lambda n: (-len(n), n)):
        found = len(loose(name).findall(text))
        official_word = any(name in other or (len(other) > 4 and other in name) for other in kept)
        if len(name) > 5 and found >= projects[name] and not official_word and (not place or place not in name):
            names.append((name, _project(name, chance)))
    if place:
        stem = chance.choice(PLACES[len(place) - 1])
        names.append((place, stem + place[-1]))
        names += [(place[0] + short, stem[0] + short) for short in ("医保", "人社", "政办")]
    codes = {r["code"][:6] for r in truth["cells.csv"] if len(r["code"]) > 9}
    codes |= {r["code"][:3] for r in truth["cells.csv"] if len(r["code"]) in (3, 6) and r["code"][0] not in "235"}
    moved = tuple((code, {6: "139" + code[3:], 3: "61" + code[2]}[len(code)]) for code in sorted(codes, key=len))
    kept_sums = nudges(truth["cells.csv"], truth["narrative.csv"], 2)
    factor = 2 if kept_sums else chance.choice((3, 7))
    return Change(factor, chance.choice((-1, 1, 2)), tuple(names), tuple(reversed(moved)), tuple(kept_sums.items()))


def _zones(text: str) -> tuple[list[int], list[str]]:
    """Where statements, evaluation tables and running text begin."""
    starts, kinds, at = [0], ["text"], 0
    for line in text.splitlines(keepends=True):
        squeezed = re.sub(r"\s+", "", line)
        for kind, pattern in (("text", PART), ("evaluation", EVALUATION), ("statement", STATEMENT)):
            if pattern.fullmatch(squeezed):
                starts.append(at)
                kinds.append(kind)
                break
        at += len(line)
    return starts, kinds


def _money_lines(truth: dict[str, Table]) -> tuple[set[tuple[Decimal, ...]], set[Decimal]]:
    """The rows of amounts of the evaluation tables, as sequences, and their amounts that are no scores."""
    lines: set[tuple[Decimal, ...]] = set()
    amounts: set[Decimal] = set()
    scores: set[Decimal] = set()
    for row in truth["indicators.csv"]:
        if row["level1"] == "资金":
            numbers = tuple(plain(n) for n in NUMBER.findall(f"{row['target']} {row['actual']}"))
            amounts.update(numbers)
            if len(numbers) > 1:
                lines.add(numbers)
        scores.update(plain(n) for n in NUMBER.findall(f"{row['weight']} {row['score']} {row['deviation']}"))
    return lines, amounts - scores


def changed_text(text: str, truth: dict[str, Table], change: Change) -> str:
    """The whole document changed."""
    starts, kinds = _zones(text)
    tokens = list(NUMBER.finditer(text))
    zones = [kinds[bisect_right(starts, t.start()) - 1] for t in tokens]
    grouped = {kind for kind, t in zip(zones, tokens, strict=True) if "," in t.group()}
    lines, amounts = _money_lines(truth)
    scaled: set[int] = set()
    for sequence in lines:
        size = len(sequence)
        for i in range(len(tokens) - size + 1):
            if zones[i] == "evaluation" and tuple(plain(t.group()) for t in tokens[i : i + size]) == sequence:
                scaled.update(range(i, i + size))
    for i, token in enumerate(tokens):
        if RATE.match(text, token.end()) or YEAR.match(text, token.start()):
            continue
        if _is_money(text, token):
            scaled.add(i)
        elif "." not in token.group() or COUNT.match(text, token.end()):
            continue
        elif zones[i] != "evaluation" or plain(token.group()) in amounts:
            scaled.add(i)
    out, end = [], 0
    for i, token in enumerate(tokens):
        out.append(text[end : token.start()])
        out.append(change.amount(token.group(), zones[i] in grouped) if i in scaled else token.group())
        end = token.end()
    return change.named("".join([*out, text[end:]]))


def _said(row: dict[str, str], change: Change) -> str:
    """The value of a figure of the running text, changed where its sentence shows it as money."""
    value, sentence = plain(row["value"]), row["sentence"]
    shown = [t for t in NUMBER.finditer(sentence) if plain(t.group()) == abs(value)]
    money = row["unit"] in MONEY
    if shown:
        money = row["unit"] in MONEY | {""} and any(_is_money(sentence, t) for t in shown)
    return change.amount(row["value"]) if money else row["value"]


def changed_truth(truth: dict[str, Table], change: Change) -> dict[str, Table]:
    """The truth of the changed document."""
    cells = [
        {**{k: change.named(v) for k, v in row.items() if k != "value"},
         "value": change.amount(row["value"]) if row["unit"] in MONEY else row["value"]}
        for row in truth["cells.csv"]
    ]  # fmt: skip
    narrative = [
        {**row, "section": change.words(row["section"]), "sentence": change.words(row["sentence"]),
         "value": _said(row, change)}
        for row in truth["narrative.csv"]
    ]  # fmt: skip
    indicators = []
    for row in truth["indicators.csv"]:
        new = {k: change.words(v) if k in ("name", "target", "actual", "reason") else change.named(v)
               for k, v in row.items()}  # fmt: skip
        if row["level1"] == "资金":
            for key in ("target", "actual"):
                new[key] = NUMBER.sub(lambda m: change.amount(m.group()), row[key])
        indicators.append(new)
    money = frozenset(plain(r["value"]) for name in ("cells.csv", "narrative.csv") for r in truth[name]
                      if r["unit"] in MONEY)  # fmt: skip
    findings = [
        {**row, **{k: change.words(row[k], money) for k in ("where", "printed", "expected")}}
        for row in truth["findings.csv"]
    ]
    return {"cells.csv": cells, "indicators.csv": indicators, "narrative.csv": narrative, "findings.csv": findings}


def write(source: Path, truth_folder: Path, text_out: Path, truth_out: Path, official: Iterable[str] = ()) -> Change:
    """Write the changed text and its changed truth. The seed is the text's own name."""
    text = source.read_text("utf-8")
    truth = {name: table(truth_folder / name) for name in FILES}
    change = plan(text, truth, source.stem, official)
    text_out.write_text(changed_text(text, truth, change), "utf-8")
    truth_out.mkdir(parents=True, exist_ok=True)
    for name, rows in changed_truth(truth, change).items():
        with (truth_folder / name).open(encoding="utf-8-sig", newline="") as file:
            header = next(csv.reader(file))
        with (truth_out / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header, lineterminator="\n")
            writer.writeheader()
            writer.writerows({k: row.get(k, "") for k in header} for row in rows)
    return change
