"""A file that holds several departments, one after the other → the regions of each."""

from collections.abc import Sequence
from dataclasses import replace

from mingzhang.forms import Form
from mingzhang.read.block import Block, Grid, Line
from mingzhang.read.outline import Region
from mingzhang.read.publisher import begins
from mingzhang.read.words import whose

_FIRST = frozenset({"F01", "B01"})


def _name(region: Region) -> str:
    """The department that a statement names in the lines around it, or an empty string."""
    for block in region.blocks:
        name = whose(block.text) if isinstance(block, Line) else ""
        if name:
            return name
        if isinstance(block, Grid):
            break
    return ""


def _again(region: Region, seen: dict[str, set[str]]) -> bool:
    """Whether a statement begins another department: its form was there already, under another name or as the first."""
    if not isinstance(region.form, Form) or region.form.id not in seen:
        return False
    name = _name(region)
    names = seen[region.form.id]
    return name not in names if name and any(names) else region.form.id in _FIRST


def split(regions: Sequence[Region]) -> list[list[Region]]:
    """The regions of each department. Running text goes to the next one from the line on that begins its cover."""
    out: list[list[Region]] = [[]]
    seen: dict[str, set[str]] = {}
    for region in regions:
        if region.kind == "statement" and _again(region, seen):
            out.append(_taken(out[-1]))
            seen = {}
            for earlier in out[-1]:
                if isinstance(earlier.form, Form):
                    seen.setdefault(earlier.form.id, set()).add(_name(earlier))
        if isinstance(region.form, Form):
            seen.setdefault(region.form.id, set()).add(_name(region))
        out[-1].append(region)
    return out


def _taken(regions: list[Region]) -> list[Region]:
    """Take from the end of one department's regions what belongs to the next: from its cover or first part on."""
    last = max((n for n, r in enumerate(regions) if r.kind != "text"), default=-1)
    for n in range(last + 1, len(regions)):
        at = _cover(regions[n].blocks)
        if at is None:
            continue
        rest = [replace(regions[n], blocks=regions[n].blocks[at:]), *regions[n + 1 :]]
        kept = regions[n].blocks[:at]
        del regions[n:]
        if kept:
            regions.append(Region("text", None, None, kept))
        return rest
    return []


def _cover(blocks: Sequence[Block]) -> int | None:
    """The first line that begins another document."""
    for n, block in enumerate(blocks):
        if isinstance(block, Line) and begins(block.text):
            return n
    return None
