"""Whether books can be closed: what entries say is known, and what came in is what went out and is left."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mingzhang.books.accounts import Accounts
from mingzhang.codes import LENGTHS
from mingzhang.forms import Book
from mingzhang.forms.fill import APPROPRIATION, OWN, PLANNED, SPENT, Entry
from mingzhang.forms.fill.budget import BASIC, PROJECT
from mingzhang.year.closed import Refusal

CAME = ("opening", "income", "use_surplus")
WENT = (*SPENT, "distribution", "closing")
_FLOWS = (*CAME, *WENT, *PLANNED, "adjust")
_SOURCES = (*APPROPRIATION, "special_account", *OWN)
_BY_ITEM = ("fund", "state_capital")
_SHOWN = 8
_NAMES = {
    "general": "一般公共预算", "fund": "政府性基金预算", "state_capital": "国有资本经营预算",
    "special_account": "财政专户管理资金", "own": "单位资金",
}  # fmt: skip
_WORDS = {
    "opening": "年初结转和结余", "income": "本年收入", "use_surplus": "使用非财政拨款结余", "spent": "本年支出",
    "distribution": "结余分配", "closing": "年末结转和结余",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pot:
    """Money that is kept apart: of a unit, from a source, of an item where the statements print the balance by item."""

    unit: str
    source: str
    item: str = ""


def pot(entry: Entry) -> Pot:
    """The pot that an entry of final accounts belongs to."""
    if entry.source in _BY_ITEM:
        return Pot(entry.unit, entry.source, entry.item)
    return Pot(entry.unit, entry.source if entry.source in APPROPRIATION else "own")


def pots(entries: Sequence[Entry]) -> dict[Pot, tuple[int, int]]:
    """Of every pot the set of entries that came in, and of those that went out or are left."""
    found: dict[Pot, tuple[int, int]] = {}
    for number, entry in enumerate(entries):
        came, went = found.get(pot(entry), (0, 0))
        if entry.flow in CAME:
            found[pot(entry)] = (came | 1 << number, went)
        elif entry.flow in WENT:
            found[pot(entry)] = (came, went | 1 << number)
    return found


def money(fen: int) -> str:
    return f"{Decimal(fen) / 100:,.2f}"


def yuan(fen: int) -> str:
    return f"{money(fen)}元"


def refusals(
    accounts: Accounts, entries: Sequence[Entry], kind: str, names: Mapping[str, str], book: Book
) -> Iterator[Refusal]:
    """Everything that cannot be closed, entries that say the same once."""
    if kind == "budget" and book.filling.budget == "units":
        yield from _called_alike(accounts)
    yield from _said_wrong(accounts, entries, kind, names)
    if kind == "final":
        yield from _unbalanced(accounts, entries)


def _called_alike(accounts: Accounts) -> Iterator[Refusal]:
    """A department's own office among other units needs a code of its own, or its row would be their sum."""
    code = accounts.department.code
    if len(accounts.units) > 1 and any(unit.code == code for unit in accounts.units):
        yield Refusal(
            f"部门本级的单位编码与部门编码相同（{code}），按单位列示的预算表分不清本级和汇总数：给本级单独编码（如{code}001）",
            f"The department's own office has the department's code {code}: give it a code of its own, such as {code}001",
        )


def _said_wrong(accounts: Accounts, entries: Iterable[Entry], kind: str, names: Mapping[str, str]) -> Iterator[Refusal]:
    wrong: Counter[Refusal] = Counter()
    units = {u.code for u in accounts.units}
    projects = {p.code for p in accounts.projects}
    for entry in entries:
        for refusal in _of_entry(entry, kind, units, projects, names, accounts.year):
            wrong[refusal] += 1
    for refusal, count in list(wrong.items())[: 10 * _SHOWN]:
        more = f"（共{count}笔）" if count > 1 else ""
        yield Refusal(refusal.zh + more, refusal.en + (f" ({count} entries)" if count > 1 else ""))


def _of_entry(
    entry: Entry, kind: str, units: set[str], projects: set[str], names: Mapping[str, str], year: int
) -> Iterator[Refusal]:
    what = f"{entry.unit} {entry.item} {yuan(entry.amount)}"
    en = f"{entry.unit} {entry.item} {money(entry.amount)} yuan"
    if entry.unit not in units:
        yield Refusal(f"分录的单位“{entry.unit}”不在本部门的单位中：先登记单位，或改正分录",
                      f"Unit {entry.unit!r} of an entry is not one of the department's: register it or correct the entry")  # fmt: skip
    if entry.flow not in _FLOWS:
        yield Refusal(f"{what}：不认识的业务种类“{entry.flow}”", f"{en}: unknown flow {entry.flow!r}")
    if entry.source not in _SOURCES:
        yield Refusal(f"{what}：不认识的资金来源“{entry.source}”", f"{en}: unknown source {entry.source!r}")
    if len(entry.item) != LENGTHS["functional"][-1] or any(entry.item[:n] not in names for n in LENGTHS["functional"]):
        yield Refusal(f"功能分类科目“{entry.item}”不是{year}年的项级科目：改用当年科目，或在科目数据中登记",
                      f"{entry.item!r} is no functional item of {year}: use one in force, or add it to the chart")  # fmt: skip
    planned = entry.flow in PLANNED
    needs = (kind == "budget" and planned) or (kind == "final" and (entry.flow, entry.source) == ("basic", "general"))
    if (needs or entry.economic) and any(entry.economic[:n] not in names or len(entry.economic) < n for n in LENGTHS["economic"]):
        yield Refusal(f"{what}：部门经济分类科目“{entry.economic}”不是{year}年的款级科目，无法编制经济分类表",
                      f"{en}: {entry.economic!r} is no departmental economic section of {year}")  # fmt: skip
    if kind == "budget" and planned and entry.use not in (*BASIC, *PROJECT):
        yield Refusal(f"{what}：支出用途“{entry.use}”不是基本支出或项目支出的一种",
                      f"{en}: use {entry.use!r} is neither a basic nor a project expenditure")  # fmt: skip
    if kind == "budget" and planned and entry.use in PROJECT and entry.project not in projects:
        yield Refusal(f"{what}：项目支出的项目“{entry.project}”没有登记，项目支出预算表无从列示：先登记项目，或改正分录",
                      f"{en}: project {entry.project!r} is not registered: register it or correct the entry")  # fmt: skip


def _unbalanced(accounts: Accounts, entries: Sequence[Entry]) -> Iterator[Refusal]:
    called = {u.code: u.name for u in accounts.units}
    every: dict[Pot, dict[str, int]] = {}
    for entry in entries:
        name = "spent" if entry.flow in SPENT else entry.flow
        if name in _WORDS:
            every.setdefault(pot(entry), dict.fromkeys(_WORDS, 0))[name] += entry.amount
    for kept, sums in every.items():
        left = sums["opening"] + sums["income"] + sums["use_surplus"] - sums["spent"] - sums["distribution"]
        if left == sums["closing"]:
            continue
        told = "，".join(f"{_WORDS[k]}{yuan(v)}" for k, v in sums.items() if v or k in ("opening", "income", "spent", "closing"))
        who = called.get(kept.unit, kept.unit) + _NAMES[kept.source] + (f"（{kept.item}）" if kept.item else "")
        gap = yuan(sums["closing"] - left)
        yield Refusal(
            f"{who}收支不平：{told}；按收支推算年末应为{yuan(left)}，账面相差{gap}。先查清差额，补记或冲正分录，再结账",
            f"{kept.unit} {kept.source}{f' {kept.item}' if kept.item else ''} does not balance: "
            f"{', '.join(f'{k} {money(v)}' for k, v in sums.items())} yuan; the closing balance should be {money(left)}, the books "
            f"are off by {money(sums['closing'] - left)}; find the difference and correct the entries before closing",
        )  # fmt: skip
