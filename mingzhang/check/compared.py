"""With what a figure is compared: last year, its budget, what it is a part of."""

import re
from collections.abc import Sequence

from mingzhang.check.clauses import clauses
from mingzhang.check.said import AMOUNTS, Said
from mingzhang.check.vocabulary import vocabulary

_BELOW = frozenset({"小于", "低于", "少于"})


def _against(hit: re.Match[str], own: int | None) -> str:
    """With what a match of ``compared`` compares; ``own`` is the year of the disclosure."""
    if not hit["what"]:
        if hit["own"] != "预算":
            return ""
        return {"年初": "initial_budget", "": "budget"}.get(hit["part"] or "", "full_budget")
    of = hit["of"] or ""
    year = year_of(hit, own)
    if year == own and "预算" in of:
        return "initial_budget" if "年初" in of else "full_budget" if re.search("全年|调整", of) else "budget"
    base = "last_year"
    if year and own and year != own - 1:
        base = "earlier_year" if year < own else "other_year"
    if "预算" in of:
        return f"{base}_budget"
    return f"{base}_outturn" if re.search("决算|执行|支出$", of) else base


def year_of(hit: re.Match[str], own: int | None) -> int | None:
    """The year that a match of ``compared`` names, the disclosure's own where it names a budget without a year."""
    named = re.match(r"20\d\d", hit["what"] or "")
    if named:
        return int(named.group())
    return own - 1 if own and hit["what"] else own


def base_figure(segment: str, own: int | None) -> tuple[str, int | None] | None:
    """Role and year of a figure that is itself what is compared with (比2030年年初预算数3.00万元减少…), else None."""
    hits = vocabulary().words["compared"].finditer(segment)
    hit = next((h for h in hits if segment[h.end() :] in ("", "的")), None)
    if hit is None or hit.group().endswith(("比", "比较", "相较")):
        return None
    against = _against(hit, own)
    role = next((role for role in ("initial_budget", "full_budget", "budget", "outturn") if against.endswith(role)), "")
    return role, year_of(hit, own)


def basis(lead: str, own: int | None) -> str:
    """With what the words in front of a figure compare (与上年相比, 比2030年预算), empty where they do not."""
    words = vocabulary().words
    found = ""
    for hit in words["compared"].finditer(lead):
        found = _against(hit, own) or found
    return found or ("last_year" if words["same_time"].search(lead) else "")


def _same_as(words: str, own: int | None) -> str:
    """With what something is the same: 与上年持平, 预算数与2030年相比无变化."""
    text = words if words[:1] in ("与", "比", "较") else f"与{words}"
    hits = list(vocabulary().words["compared"].finditer(text))
    hits.sort(key=lambda hit: hit["what"] is not None)
    return _against(hits[-1], own) if hits else ""


def _differs(hit: re.Match[str]) -> str:
    """Direction and basis of 大于年初预算数, 与年初预算数存在差异."""
    named = hit["basis"] or hit["differs"] or ""
    what = "initial_budget" if "年初" in named else "full_budget" if re.search("全年|调整", named) else "budget"
    if hit["differs"]:
        return f"differs:{what}"
    return f"{'equal' if hit['how'] == '等于' else 'below' if hit['how'] in _BELOW else 'above'}:{what}"


def compare_behind(tail: str, said: Sequence[Said], own: int | None, carried: str) -> None:
    """Take in what is said behind a figure: 与上年持平, 决算数大于预算数的主要原因; reasons themselves say nothing."""
    words = vocabulary().words
    last = said[-1]
    for mark, clause in clauses(tail):
        if mark == "；" and not words["own_figure"].match(clause):
            return
        same, against = words["same"].search(clause), words["against"].search(clause)
        if same:
            meant = next((s for s in reversed(said) if s.role in AMOUNTS or s.role == "count"), last)
            if meant.topic != last.topic or last.role in ("change", "growth"):
                meant = last
            found = _same_as(same["basis"] or clause[: same.start()], own) or carried
            meant.comparison = meant.comparison or (f"same:{found}" if found else "same")
            return
        if against:
            meant = next((s for s in reversed(said) if s.role in ("outturn", "amount")), last)
            if meant.topic == last.topic:
                meant.comparison = meant.comparison or _differs(against)
            return
        if words["reason"].match(clause):
            return
