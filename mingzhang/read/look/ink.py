"""Colours, type and small strokes of the pictures."""

from functools import lru_cache

from noto_cjk_sans_otc import FONT_PATH
from PIL import ImageDraw, ImageFont

from mingzhang.read.look.roles import Role

Colour = tuple[int, int, int]
Area = tuple[float, float, float, float]

PAPER: Colour = (255, 255, 255)
TEXT: Colour = (38, 43, 51)
FAINT: Colour = (122, 130, 142)
HAIR: Colour = (214, 219, 226)
PANEL: Colour = (247, 248, 250)
WORD: Colour = (150, 178, 214)
RULE: Colour = (72, 160, 120)
GRID: Colour = (224, 146, 40)
LINE: Colour = (64, 150, 170)
LOST: Colour = (208, 36, 44)
OPEN: Colour = (200, 0, 150)

COLOURS: tuple[Colour, ...] = (
    (31, 119, 180), (214, 110, 14), (44, 140, 60), (128, 84, 176), (140, 90, 60), (0, 140, 150),
    (170, 130, 0), (90, 100, 210), (190, 80, 110), (90, 140, 20), (60, 110, 130), (160, 70, 200),
)  # fmt: skip
"""One a column, in the order of the columns; used again where there are more columns than colours."""

_SIMPLIFIED = 2


@lru_cache(maxsize=32)
def font(size: int) -> ImageFont.FreeTypeFont:
    """Noto Sans CJK SC of that many pixels."""
    return ImageFont.truetype(str(FONT_PATH), size, index=_SIMPLIFIED)


def tint(colour: Colour, share: float) -> Colour:
    """The colour thinned with white to ``share`` of its strength."""
    red, green, blue = (round(255 - (255 - c) * share) for c in colour)
    return (red, green, blue)


def width(text: str, size: int) -> float:
    """Pixels that the text takes."""
    return font(size).getlength(text)


def shortened(text: str, size: int, most: float) -> str:
    """The text, cut with … where it is wider than ``most`` pixels."""
    if width(text, size) <= most:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if width(text[:middle] + "…", size) <= most else (low, middle - 1)
    return text[:low] + "…"


def tag(pen: ImageDraw.ImageDraw, x: float, y: float, text: str, size: int, colour: Colour) -> Area:
    """White text on a filled, rounded ground with its upper left corner there; the area that it covers."""
    area = tag_area(x, y, text, size)
    pen.rounded_rectangle(area, radius=size // 4, fill=colour)
    pen.text(((area[0] + area[2]) / 2, (area[1] + area[3]) / 2), text, PAPER, font(size), anchor="mm")
    return area


def tag_area(x: float, y: float, text: str, size: int) -> Area:
    """The area that a tag covers."""
    return (x, y, x + width(text, size) + size * 0.7, y + size * 1.35)


def dashed(pen: ImageDraw.ImageDraw, area: Area, colour: Colour, thick: int = 2, dash: float = 7) -> None:
    """A box of dashes."""
    x0, top, x1, bottom = area
    for y in (top, bottom):
        x = x0
        while x < x1:
            pen.line((x, y, min(x + dash, x1), y), fill=colour, width=thick)
            x += 2 * dash
    for x in (x0, x1):
        y = top
        while y < bottom:
            pen.line((x, y, x, min(y + dash, bottom)), fill=colour, width=thick)
            y += 2 * dash


def meet(one: Area, other: Area) -> bool:
    """Whether two areas overlap."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


class Palette:
    """A colour for each column, the same wherever the column is met again; one of its own for undecided ones."""

    def __init__(self) -> None:
        self._given: dict[tuple[str, str], Colour] = {}

    def of(self, role: Role) -> Colour:
        if role.kind == "remark":
            return LOST
        if role.undecided:
            return OPEN
        return self._given.setdefault((role.group, role.name), COLOURS[len(self._given) % len(COLOURS)])
