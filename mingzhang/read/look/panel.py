"""The legend beside a picture: what the page holds, the columns by colour, what was left out and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from mingzhang.read.look.ink import (
    FAINT,
    HAIR,
    LOST,
    PANEL,
    TEXT,
    Colour,
    Palette,
    dashed,
    font,
    shortened,
    tint,
)  # fmt: skip
from mingzhang.read.look.roles import Role, groups

WIDTH = 600
_EDGE = 28
_MOST_LOST = 14


@dataclass(frozen=True, slots=True)
class Lost:
    """Something that was not read: its number in the picture, its words and the reason."""

    number: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Stroke:
    """How something is drawn on the page: ``outline``, ``fill``, ``line``, ``dashed`` or ``bar``; and what it is."""

    shape: str
    colour: Colour
    words: str


def panel(
    height: int, title: str, counts: Sequence[str], found: Sequence[Role], lost: Sequence[Lost],
    strokes: Sequence[Stroke], palette: Palette,
) -> Image.Image:  # fmt: skip
    """The legend, at least ``height`` pixels high."""
    tall = height + 400 + 34 * (len(found) + len(lost) + len(strokes)) + 60 * len(groups(found))
    image = Image.new("RGB", (WIDTH, tall), PANEL)
    writer = _Writer(ImageDraw.Draw(image))
    writer.heading(title, 26)
    writer.paragraph(" · ".join(counts))
    for group, names in groups(role for role in found if role.kind != "remark").items():
        writer.gap(16)
        number = sum(map(len, names.values()))
        counted = any(role.kind != "indicator" for members in names.values() for role in members)
        writer.heading(group or "未命名", 21, f"{number} 个数" if counted else f"{number} 行")
        for name, members in names.items():
            writer.column(palette.of(members[0]), name, members[0].words, len(members))
        used = list(dict.fromkeys(id for members in names.values() for role in members for id in role.placed))
        if used:
            writer.paragraph("虚线框：位置由勾稽推得，依据 " + "、".join(used[:8]) + (" …" if len(used) > 8 else ""))
    if lost:
        writer.gap(16)
        writer.heading("没有读入的", 21, f"{len(lost)} 处", LOST)
        for item in lost[:_MOST_LOST]:
            writer.lost(item)
        if len(lost) > _MOST_LOST:
            writer.paragraph(f"… 还有 {len(lost) - _MOST_LOST} 处")
    writer.gap(16)
    writer.heading("图例", 21)
    for stroke in strokes:
        writer.stroke(stroke)
    return image.crop((0, 0, WIDTH, max(height, round(writer.y + _EDGE))))


class _Writer:
    """Writes one line below the other."""

    def __init__(self, pen: ImageDraw.ImageDraw) -> None:
        self.pen = pen
        self.y = float(_EDGE)

    def gap(self, pixels: float) -> None:
        self.y += pixels

    def heading(self, text: str, size: int, right: str = "", colour: Colour = TEXT) -> None:
        room = WIDTH - 2 * _EDGE - (font(17).getlength(right) + 16 if right else 0)
        self.pen.text((_EDGE, self.y), shortened(text, size, room), colour, font(size))
        if right:
            self.pen.text((WIDTH - _EDGE, self.y + size * 1.1), right, FAINT, font(17), anchor="rs")
        self.y += size * 1.5
        self.pen.line((_EDGE, self.y, WIDTH - _EDGE, self.y), fill=HAIR, width=1)
        self.y += 8

    def paragraph(self, text: str) -> None:
        line = ""
        for piece in [*text, "\n"]:
            if piece == "\n" or font(17).getlength(line + piece) > WIDTH - 2 * _EDGE:
                self.pen.text((_EDGE, self.y), line, FAINT, font(17))
                self.y += 26
                line = "" if piece == "\n" else piece
            else:
                line += piece

    def column(self, colour: Colour, name: str, words: str, number: int) -> None:
        self.pen.rounded_rectangle((_EDGE, self.y + 4, _EDGE + 30, self.y + 22), 4, tint(colour, 0.35), colour, 2)
        x = _EDGE + 42.0
        label = shortened(name, 18, 250)
        self.pen.text((x, self.y), label, colour, font(18))
        x += font(18).getlength(label) + 14
        self.pen.text((x, self.y + 1), shortened(words, 17, WIDTH - _EDGE - 50 - x), TEXT, font(17))
        self.pen.text((WIDTH - _EDGE, self.y + 20), str(number), FAINT, font(17), anchor="rs")
        self.y += 30

    def lost(self, item: Lost) -> None:
        self.pen.text((_EDGE, self.y), f"{item.number}", LOST, font(17))
        reason = shortened(item.reason, 17, 240)
        taken = font(17).getlength(reason)
        self.pen.text((_EDGE + 40, self.y), shortened(item.text, 17, WIDTH - 2 * _EDGE - 56 - taken), TEXT, font(17))
        self.pen.text((WIDTH - _EDGE - taken, self.y), reason, LOST, font(17))
        self.y += 27

    def stroke(self, stroke: Stroke) -> None:
        area = (_EDGE, self.y + 5, _EDGE + 40, self.y + 22)
        if stroke.shape == "line":
            self.pen.line((area[0], self.y + 13, area[2], self.y + 13), fill=stroke.colour, width=3)
        elif stroke.shape == "bar":
            self.pen.line((area[0] + 4, area[1], area[0] + 4, area[3]), fill=stroke.colour, width=5)
        elif stroke.shape == "dashed":
            dashed(self.pen, area, stroke.colour)
        elif stroke.shape == "cross":
            self.pen.rectangle(area, tint(stroke.colour, 0.2), stroke.colour, 2)
            self.pen.line((area[0], self.y + 13, area[2], self.y + 13), fill=stroke.colour, width=2)
        else:
            fill = tint(stroke.colour, 0.3) if stroke.shape == "fill" else None
            self.pen.rectangle(area, fill, stroke.colour, 2)
        self.pen.text((_EDGE + 54, self.y), stroke.words, TEXT, font(17))
        self.y += 30


def beside(picture: Image.Image, legend: Image.Image) -> Image.Image:
    """The two side by side."""
    height = max(picture.height, legend.height)
    out = Image.new("RGB", (picture.width + legend.width, height), PANEL)
    out.paste((255, 255, 255), (0, 0, picture.width, height))
    out.paste(picture, (0, 0))
    out.paste(legend, (picture.width, 0))
    ImageDraw.Draw(out).line((picture.width, 0, picture.width, height), fill=HAIR, width=2)
    return out
