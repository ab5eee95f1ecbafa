"""The picture of text without pages: its lines with their numbers, each figure on a ground of its column's colour."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

from mingzhang.disclosure import Disclosure
from mingzhang.read.block import Line
from mingzhang.read.look.ink import (
    FAINT,
    GRID,
    HAIR,
    LINE,
    LOST,
    PAPER,
    TEXT,
    Colour,
    Palette,
    dashed,
    font,
    tint,
    width,
)
from mingzhang.read.look.panel import Lost, Stroke, beside, panel
from mingzhang.read.look.roles import Role, roles, whole
from mingzhang.read.pages import text
from mingzhang.read.pages.page import Page

SHOWN = 45
"""Printed lines on one picture."""

_STROKES = (
    Stroke("bar", LINE, "原文的新一页从这里开始"),
    Stroke("line", GRID, "制表符"),
    Stroke("fill", FAINT, "读到的数：数下面是它的栏"),
    Stroke("dashed", FAINT, "位置由勾稽推得的数"),
    Stroke("cross", LOST, "没有读入"),
)
_WIDTH = 620.0
_SIZE, _SMALL = 10, 6.5


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of a line: plain, or a figure with its role; a tab where ``text`` is a tab."""

    text: str
    role: Role | None = None


def parts(page: Page) -> int:
    """How many pictures the text takes."""
    printed, dropped = text.blocks(page)
    return max(1, math.ceil((len(printed) + len(dropped)) / SHOWN))


def draw(
    page: Page, disclosures: Sequence[Disclosure], path: str | Path | None, part: int, scale: float
) -> Image.Image:
    """The ``part``-th picture from 1; the legend to the right."""
    printed, dropped = text.blocks(page)
    order = sorted([*printed, *dropped], key=lambda line: line.number or 0)
    shown = order[(part - 1) * SHOWN : part * SHOWN]
    inside = {line.number for line in shown}
    found = [role for role in roles(disclosures, None) if role.line in inside]
    by_line: dict[int, list[Role]] = {}
    for role in found:
        by_line.setdefault(role.line or 0, []).append(role)
    palette = Palette()
    away = {line.number for line in dropped}
    lost = [Lost(line.number or 0, line.text, "页码，不是正文") for line in shown if line.number in away]
    lost += [Lost(role.line or 0, role.text, role.words or role.name) for role in found if role.kind == "remark"]
    writer = _Writer(scale, palette)
    for line in shown:
        of_line = [r for r in by_line.get(line.number or 0, []) if r.kind in ("cell", "figure")]
        writer.line(line, pieces(_raw(line), of_line), line.number in away)
    sheet = writer.image()
    name = Path(path).name if path else "文本"
    first, last = (shown[0].number, shown[-1].number) if shown else (0, 0)
    counts = [f"第 {first}–{last} 行", f"{len(shown)} 行有字", f"{sum(r.kind == 'cell' for r in found)} 个报表数"]
    return beside(sheet, panel(sheet.height, f"{name} · 第 {part} 段", counts, found, lost, _STROKES, palette))


def _raw(line: Line) -> str:
    return "\t".join(line.parts) if len(line.parts) > 1 else line.text


def pieces(line: str, found: Sequence[Role]) -> list[_Piece]:
    """The line cut at its tabs and at the figures that have a role, looked for from left to right."""
    spans: list[tuple[int, int, Role]] = []
    at = 0
    for role in found:
        start = _find(line, role.text, at)
        if start < 0:
            start = next((i for i in whole(line, role.text) if not any(a < i + 1 and i < b for a, b, _ in spans)), -1)
        if start >= 0 and not any(a < start + len(role.text) and start < b for a, b, _ in spans):
            spans.append((start, start + len(role.text), role))
            at = start + len(role.text)
    out: list[_Piece] = []
    at = 0
    for start, end, role in sorted(spans, key=lambda s: s[0]):
        out += _plain(line[at:start])
        out.append(_Piece(line[start:end], role))
        at = end
    return out + _plain(line[at:])


def _find(line: str, words: str, at: int) -> int:
    return next((i for i in whole(line, words) if i >= at), -1)


def _plain(words: str) -> list[_Piece]:
    out: list[_Piece] = []
    for n, piece in enumerate(words.split("\t")):
        if n:
            out.append(_Piece("\t"))
        if piece:
            out.append(_Piece(piece))
    return out


class _Writer:
    """Sets lines below each other on a sheet that grows."""

    def __init__(self, scale: float, palette: Palette) -> None:
        self.scale = scale
        self.palette = palette
        self.size, self.small = round(_SIZE * scale), round(_SMALL * scale)
        self.sheet = Image.new("RGB", (round(_WIDTH * scale), 2400), PAPER)
        self.pen = ImageDraw.Draw(self.sheet)
        self.left, self.right = 52 * scale, (_WIDTH - 18) * scale
        self.y = 16 * scale

    def line(self, line: Line, found: Sequence[_Piece], away: bool) -> None:
        """One line, broken where it is too long; its number to the left, the names of columns under its figures."""
        named = any(piece.role and piece.role.kind == "cell" for piece in found)
        height = self.size * 1.5 + (self.small * 1.35 if named else 0)
        self._room(height * (2 + sum(len(p.text) for p in found) * self.size / (self.right - self.left)))
        if line.starts_page:
            self.y += 3 * self.scale
            self.pen.line((8 * self.scale, self.y, self.right, self.y), fill=LINE, width=2)
            self.pen.line((10 * self.scale, self.y, 10 * self.scale, self.y + height), fill=LINE, width=6)
            self.y += 3 * self.scale
        middle = self.y + self.size * 0.75
        self.pen.text((self.left - 10 * self.scale, middle), str(line.number), FAINT, font(self.small + 4), anchor="rm")
        x = self.left
        for piece in found:
            x = self._piece(piece, x, height, LOST if away else TEXT)
        if away:
            self.pen.line((self.left, middle, x, middle), fill=LOST, width=2)
        self.y += height
        self.pen.line((self.left, self.y - 1, self.right, self.y - 1), fill=tint(HAIR, 0.5))

    def _piece(self, piece: _Piece, x: float, height: float, colour: Colour) -> float:
        if piece.role is not None:
            return self._figure(piece, piece.role, x, height)
        if piece.text == "\t":
            y = self.y + self.size * 0.75
            self.pen.line((x + 3, y - 5, x + 3, y + 5), fill=GRID, width=3)
            return x + 12
        for character in piece.text:
            wide = font(self.size).getlength(character)
            if x + wide > self.right:
                self.y += height
                x = self.left
            self.pen.text((x, self.y), character, colour, font(self.size))
            x += wide
        return x

    def _figure(self, piece: _Piece, role: Role, x: float, height: float) -> float:
        colour = self.palette.of(role)
        name = role.name if role.kind == "cell" else ""
        wide = max(width(piece.text, self.size), width(name, self.small)) + 8
        if x + wide > self.right:
            self.y += height
            x = self.left
        area = (x + 1, self.y, x + wide - 1, self.y + self.size * 1.45)
        self.pen.rounded_rectangle(area, 4, tint(colour, 0.28), None if role.placed else colour, 2)
        if role.placed:
            dashed(self.pen, area, colour)
        centre = x + wide / 2
        self.pen.text((centre, self.y + self.size * 0.72), piece.text, TEXT, font(self.size), anchor="mm")
        if name:
            self.pen.text((centre, area[3] + self.small * 0.62), name, colour, font(self.small), anchor="mm")
        return x + wide

    def _room(self, height: float) -> None:
        """Makes the sheet longer where the next line would leave it."""
        if self.y + height + 40 > self.sheet.height:
            longer = Image.new("RGB", (self.sheet.width, round(self.sheet.height + height + 2400)), PAPER)
            longer.paste(self.sheet, (0, 0))
            self.sheet, self.pen = longer, ImageDraw.Draw(longer)

    def image(self) -> Image.Image:
        """The sheet as far as it is written."""
        return self.sheet.crop((0, 0, self.sheet.width, round(self.y + 16 * self.scale)))
