"""Which characters of a PDF page are certainly not printed, and whether the picture must be asked about the rest."""

import pypdfium2.raw as raw

from mingzhang.read.pages import pdfium as p
from mingzhang.read.pages.frame import Box
from mingzhang.read.pages.glyphs import Glyphs
from mingzhang.read.pages.scene import Scene, clip_of

_PALE = 176  # of 255: text lighter than this is looked at in the picture
_NEAR = 48  # of 255: text this like a fill on the page is looked at in the picture
_CUT = 0.2  # of a character's box: a clip that leaves less hides it, one that leaves all but that does not
_ANNOTATIONS_THAT_DO_NOT_COVER = {0, 2, 16, 20}  # unknown, link, pop-up, form field
_STEP = 12  # characters of a run between look-ups


def decided(
    textpage: int, found: Glyphs, seen: Scene, size: tuple[float, float], layered: bool
) -> tuple[dict[int, str], bool]:
    """The characters off the page or outside their clips with the reason, and whether ink must decide on the rest.

    Clips, colours and modes are looked up at the ends of runs and at every
    few characters between: a look-up for each costs more than all the rest.
    """
    width, height = size
    hidden: dict[int, str] = {}
    suspect = False
    x0, top, x1, bottom = found.x0, found.top, found.x1, found.bottom
    colours = {f.colour for f in seen.fills if max(f.colour) - 255 or min(f.colour) < 255}
    frames, frame, item_of = seen.frames, seen.frame, p.text_object
    known: dict[int, tuple[Box, bool]] = {}
    for run in found.runs:
        a, z = run[0], run[-1]
        if not (0 <= x0[a] + x1[a] <= 2 * width and 0 <= top[a] + bottom[a] <= 2 * height
                and x0[z] + x1[z] <= 2 * width):  # fmt: skip
            for i in run:
                x, y = (x0[i] + x1[i]) / 2, (top[i] + bottom[i]) / 2
                if not (0 <= x <= width and 0 <= y <= height):
                    hidden[i] = "outside the page"
        items = [item_of(textpage, a) or 0]
        if len(run) > 1:
            for i in (*run[_STEP:-1:_STEP], z):
                item = item_of(textpage, i) or 0
                if item != items[-1]:
                    items.append(item)
        cut: list[Box] = []
        for item in items:
            if item in known:
                cut.append(known[item][0])
                continue
            if not item:
                continue
            suspect = suspect or _strange(item, colours, layered)
            box, exact = known[item] = clip_of(item, frames.get(item, frame), seen.clips)
            suspect = suspect or not exact
            cut.append(box)
        if not cut:
            continue
        left, up, right, down = (
            max(b[0] for b in cut),
            max(b[1] for b in cut),
            min(b[2] for b in cut),
            min(b[3] for b in cut),
        )
        if left <= x0[a] and x1[z] <= right and up <= top[a] and bottom[a] <= down:
            continue
        for i in run:
            item = item_of(textpage, i) or 0
            if not item:
                continue
            box, exact = known.get(item) or clip_of(item, frames.get(item, frame), seen.clips)
            suspect = suspect or not exact
            share = _share((x0[i], top[i], x1[i], bottom[i]), box)
            if share <= _CUT:
                hidden.setdefault(i, "clipped")
            elif share < 1 - _CUT and i not in hidden:
                suspect = True
    return hidden, suspect


def _share(box: Box, clip: Box) -> float:
    """How much of a character's box a clip leaves, 0 to 1."""
    across = min(box[2], clip[2]) - max(box[0], clip[0])
    down = min(box[3], clip[3]) - max(box[1], clip[1])
    area = (box[2] - box[0]) * (box[3] - box[1])
    return across * down / area if across > 0 and down > 0 and area > 0 else 0.0


def _strange(item: int, colours: set[tuple[int, int, int]], layered: bool) -> bool:
    """Whether a text object is pale, see-through, without fill, like a fill of the page, or in a layer."""
    if p.render_mode(item) not in (0, 2):
        return True
    if not p.fill_colour(item, p.U0, p.U1, p.U2, p.U3):
        return True
    r, g, b, a = p.UINTS
    if a < 160 or (r > _PALE and g > _PALE and b > _PALE):
        return True
    if colours and any(abs(r - x) < _NEAR and abs(g - y) < _NEAR and abs(b - z) < _NEAR for x, y, z in colours):
        return True
    return layered and _in_layer(item)


def _in_layer(item: int) -> bool:
    return any(p.mark(item, k) == "OC".encode("utf-16-le") for k in range(p.count_marks(item)))


def painted_over(textpage: int, found: Glyphs, seen: Scene) -> bool:
    """Whether a filled box was painted after text that lies under it."""
    late = [f for f in seen.fills if f.after and f.alpha > 32]
    if not late or len(late) > 2000:
        return bool(late)
    order = {item: k for k, item in enumerate(seen.texts)}
    for run in found.runs:
        a, z = run[0], run[-1]
        x0, x1, top, bottom = found.x0[a], found.x1[z], found.top[a], found.bottom[a]
        for f in late:
            left, up, right, down = f.box
            if (
                left < x1
                and x0 < right
                and up < bottom - 2
                and top + 2 < down
                and (order.get(p.text_object(textpage, a) or 0, 0) < f.after)
            ):
                return True
    return False


def odd(handle: object) -> bool:
    """Whether the page has transparency, or annotations that may cover text."""
    if raw.FPDFPage_HasTransparency(handle):
        return True
    for k in range(min(raw.FPDFPage_GetAnnotCount(handle), 1000)):
        annotation = raw.FPDFPage_GetAnnot(handle, k)
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        raw.FPDFPage_CloseAnnot(annotation)
        if kind not in _ANNOTATIONS_THAT_DO_NOT_COVER:
            return True
    return False
