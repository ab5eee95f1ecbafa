"""Whether a character leaves ink on the printed page: what changes in the picture when its text is taken away."""

import ctypes
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import sub

import pypdfium2.raw as raw

from mingzhang.read.pages import pdfium as p
from mingzhang.read.pages.frame import Box, Matrix, common, placed
from mingzhang.read.pages.glyphs import Glyphs

SCALE = 1.5
FAINT = 24  # of 255: less contrast than this is not seen
UNDER = 60  # contrast that an image shows under a recognised character
_PIXELS = 6_000_000
_LAYERS = 6
_MARKS = frozenset(".,、，。·:：-")  # so small that they show less; they go with their neighbours


@dataclass(frozen=True, slots=True)
class Picture:
    """A rendered page, four bytes a pixel."""

    data: bytes
    stride: int
    width: int
    height: int
    scale: float


class CannotRender(Exception):
    """The page is too large or too broken for a picture."""


def render(page: object, width: float, height: float) -> Picture:
    """The page as it is printed, annotations included, on white. Raises CannotRender."""
    scale = min(SCALE, (_PIXELS / max(1.0, width * height)) ** 0.5)
    w, h = max(1, round(width * scale)), max(1, round(height * scale))
    bitmap = raw.FPDFBitmap_CreateEx(w, h, raw.FPDFBitmap_BGRx, None, 0) if max(w, h) < 100_000 else None
    if not bitmap:
        raise CannotRender
    try:
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, w, h, 0xFFFFFFFF)
        raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, w, h, 0, raw.FPDF_ANNOT)
        stride = raw.FPDFBitmap_GetStride(bitmap)
        data = ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), stride * h)
    finally:
        raw.FPDFBitmap_Destroy(bitmap)
    return Picture(data, stride, w, h, scale)


def _window(picture: Picture, box: Box) -> tuple[int, int, int, int]:
    """The pixels well inside a box, one at least."""
    s = picture.scale
    x0, top, x1, bottom = (v * s for v in box)
    inset_x, inset_y = (0.5 if x1 - x0 >= 4 else 0.0), (0.5 if bottom - top >= 4 else 0.0)
    a, b = max(0, int(x0 + inset_x)), max(0, int(top + inset_y))
    c = min(picture.width, max(a + 1, int(x1 - inset_x + 0.999)))
    d = min(picture.height, max(b + 1, int(bottom - inset_y + 0.999)))
    return a, b, c, d


def changed(one: Picture, other: Picture, box: Box, enough: int) -> int:
    """The greatest difference of two pictures in a box, or the first that is ``enough``."""
    a, b, c, d = _window(one, box)
    best = 0
    for y in range(b, d):
        start, end = y * one.stride + 4 * a, y * one.stride + 4 * c
        row, bare = one.data[start:end], other.data[start:end]
        if row != bare:
            best = max(best, max(map(abs, map(sub, row, bare))))
            if best >= enough:
                break
    return best


def contrast(picture: Picture, box: Box) -> int:
    """The greatest difference of any colour channel inside a box."""
    a, b, c, d = _window(picture, box)
    rows = b"".join(picture.data[y * picture.stride + 4 * a : y * picture.stride + 4 * c] for y in range(b, d))
    channels = [rows[k::4] for k in range(3)]
    return max((max(ch) - min(ch) for ch in channels if ch), default=0)


def tight_boxes(textpage: int, indices: Iterable[int], matrix: Matrix, glyphs: Glyphs, page: Box) -> dict[int, Box]:
    """The box around the ink of each character that lies on the page, as shown."""
    out: dict[int, Box] = {}
    D = p.DOUBLES
    for i in indices:
        if p.tight_box(textpage, i, p.D0, p.D1, p.D2, p.D3):
            left, right, bottom, top = D
            if right > left and top > bottom:
                box = placed(matrix, left, bottom, right, top)
            else:
                box = (glyphs.x0[i], glyphs.top[i], glyphs.x1[i], glyphs.bottom[i])
        else:
            box = (glyphs.x0[i], glyphs.top[i], glyphs.x1[i], glyphs.bottom[i])
        box = common(box, page)
        if box[0] <= box[2] and box[1] <= box[3]:
            out[i] = box
    return out


def _layers(boxes: dict[int, Box], owner: dict[int, int], width: float, height: float) -> dict[int, int]:
    """Text objects whose characters lie over one another on the page, parted into layers that do not."""
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    clash: dict[int, set[int]] = defaultdict(set)
    for i, (x0, top, x1, bottom) in boxes.items():
        area = (x1 - x0) * (bottom - top)
        near: set[int] = set()
        for cx in range(int(max(x0, 0.0) // 24), int(min(x1, width) // 24) + 1):
            for cy in range(int(max(top, 0.0) // 24), int(min(bottom, height) // 24) + 1):
                near.update(cells[cx, cy])
                cells[cx, cy].append(i)
        for k in near:
            if owner[k] == owner[i]:
                continue
            b = boxes[k]
            w, h = min(x1, b[2]) - max(x0, b[0]), min(bottom, b[3]) - max(top, b[1])
            if w > 0 and h > 0 and w * h > 0.12 * min(area, (b[2] - b[0]) * (b[3] - b[1])):
                clash[owner[i]].add(owner[k])
                clash[owner[k]].add(owner[i])
    layer: dict[int, int] = {}
    for item in clash:
        taken = {layer[k] for k in clash[item] if k in layer}
        layer[item] = next(k for k in range(len(taken) + 1) if k not in taken)
    return layer


def _without(page: object, texts: Sequence[int], width: float, height: float) -> Picture:
    for item in texts:
        p.set_active(item, 0)
    try:
        return render(page, width, height)
    finally:
        for item in texts:
            p.set_active(item, 1)


def unseen(
    page: object,
    textpage: int,
    glyphs: Glyphs,
    matrix: Matrix,
    size: tuple[float, float],
    texts: Sequence[int],
    backed: bool,
) -> tuple[set[int], bool]:
    """The characters without ink, and whether the page is an image under an invisible text layer.

    ``backed`` says that images cover the page; then characters without ink
    of their own that lie on ink of the image are recognised text and stay.
    """
    indices = [i for run in glyphs.runs for i in run]
    boxes = tight_boxes(textpage, indices, matrix, glyphs, (0.0, 0.0, *size))
    indices = list(boxes)
    owner = {i: p.text_object(textpage, i) or 0 for i in indices}
    full = render(page, *size)
    bare = _without(page, texts, *size)
    layer = _layers(boxes, owner, *size)
    deepest = min(_LAYERS, max(layer.values(), default=-1) + 1)
    pictures = [_without(page, [item for item, k in layer.items() if k == depth], *size) for depth in range(deepest)]
    hidden: set[int] = set()
    weak: set[int] = set()
    for i in indices:
        k = layer.get(owner[i])
        other = bare if k is None else pictures[k] if k < deepest else full
        found = changed(full, other, boxes[i], FAINT)
        if found >= FAINT:
            continue
        if found >= FAINT // 3 and glyphs.text[i] in _MARKS:
            weak.add(i)
        else:
            hidden.add(i)
    for run in glyphs.runs if weak else ():
        if not any(i not in hidden and i not in weak for i in run):
            hidden.update(i for i in run if i in weak)
    if backed and len(hidden) * 2 > len(indices):
        inked = {i for i in hidden if contrast(bare, boxes[i]) >= UNDER}
        if len(inked) * 2 > len(hidden):
            return hidden - inked, True
    return hidden, False
