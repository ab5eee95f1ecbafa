"""What is painted on a PDF page besides the characters: ruled lines, filled boxes, images, and inside which forms."""

from dataclasses import dataclass, field
from typing import NamedTuple

from mingzhang.read.pages import pdfium as p
from mingzhang.read.pages.frame import EVERYWHERE, Box, Frame, Matrix, chained, common, placed
from mingzhang.read.pages.page import Rule

THIN = 3.0  # points: a filled box up to this thick is a line
PALE = 248  # of 255: a line this light on white paper is not seen
_DEPTH = 16
_OBJECTS = 400_000
_SEGMENTS = 50_000


class Fill(NamedTuple):
    """A filled box: ``after`` counts the text objects painted before it."""

    box: Box
    colour: tuple[int, int, int]
    alpha: int
    after: int


@dataclass(slots=True)
class Scene:
    """Everything painted, in page space as shown. ``texts`` are text objects in painting order.

    ``frames`` knows the frame of text objects inside forms; ``odd`` says that
    the page holds what only rendering can decide (forms, images, shadings).
    """

    frame: Frame
    rules: list[Rule] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)
    texts: list[int] = field(default_factory=list)
    frames: dict[int, Frame] = field(default_factory=dict)
    clips: dict[tuple[int, ...], tuple[Box, bool]] = field(default_factory=dict)
    odd: bool = False
    count: int = 0


def look(page: int, frame: Frame) -> Scene:
    """Walk the objects of a page, and of the forms in it."""
    scene = Scene(frame)
    _walk(scene, page, p.count_objects(page), p.object_at, frame, 0)
    return scene


def _walk(scene: Scene, container: int, count: int, at: object, frame: Frame, depth: int) -> None:
    texts, frames = scene.texts, scene.frames
    kind_of = p.object_type
    inner = depth > 0
    for i in range(count):
        item = at(container, i)  # type: ignore[operator]
        kind = kind_of(item)
        if kind == 1:
            texts.append(item)
            if inner:
                frames[item] = frame
        elif kind == 2:
            _path(scene, item, frame)
        elif kind == 5:
            scene.odd = True
            if depth < _DEPTH and p.matrix(item, p.F0):
                m: Matrix = tuple(p.FLOATS)  # type: ignore[assignment]
                clip, _ = clip_of(item, frame, scene.clips)
                within = Frame(chained(m, frame.matrix), clip)
                _walk(scene, item, max(0, p.form_count(item)), p.form_at, within, depth + 1)
        elif kind == 3:
            scene.odd = True
            box = _bounds(item, frame)
            if box is not None:
                scene.images.append(box)
                if box[3] - box[1] <= 1.5 < box[2] - box[0] or box[2] - box[0] <= 1.5 < box[3] - box[1]:
                    _line(scene, box, (0, 0, 0), 255)
        elif kind == 4:
            scene.odd = True
        scene.count += 1
        if scene.count > _OBJECTS:
            return


def _bounds(item: int, frame: Frame) -> Box | None:
    if not p.bounds(item, p.F0, p.F1, p.F2, p.F3):
        return None
    x0, y0, x1, y1 = p.FLOATS[:4]
    return placed(frame.matrix, x0, y0, x1, y1)


def clip_of(item: int, frame: Frame, known: dict[tuple[int, ...], tuple[Box, bool]]) -> tuple[Box, bool]:
    """The box that an object's clip paths leave of the shown page, and whether they are plain boxes.

    Objects painted under one clip share its points, so ``known`` (one for a
    page) is kept by the address of the first point of each path.
    """
    path = p.clip_path(item)
    n = p.clip_paths(path) if path else 0
    if n <= 0:
        return frame.clip, True
    segment = p.clip_segment
    if n == 1:
        key: tuple[int, ...] = (id(frame), segment(path, 0, 0) or 0)
    else:
        key = (id(frame), *[segment(path, k, 0) or 0 for k in range(n)])
    found = known.get(key)
    if found is None:
        found = known[key] = _clip(path, n, frame)
    return found


def _clip(path: int, n: int, frame: Frame) -> tuple[Box, bool]:
    box, exact = frame.clip, True
    point, segment, F = p.segment_point, p.clip_segment, p.FLOATS
    for k in range(n):
        m = p.clip_segments(path, k)
        if m < 2:
            continue
        exact = exact and m <= 5
        if m > 64:
            continue
        xs, ys = [], []
        for s in range(m):
            if point(segment(path, k, s), p.F0, p.F1):
                xs.append(F[0])
                ys.append(F[1])
        if xs:
            x0, y0, x1, y1 = min(xs), min(ys), max(xs), max(ys)
            exact = exact and all(
                (x - x0 < 0.1 or x1 - x < 0.1) and (y - y0 < 0.1 or y1 - y < 0.1) for x, y in zip(xs, ys, strict=True)
            )
            box = common(box, placed(frame.matrix, x0, y0, x1, y1))
    return box, exact


def _colour(item: int, stroke: bool) -> tuple[tuple[int, int, int], int]:
    call = p.stroke_colour if stroke else p.fill_colour
    if not call(item, p.U0, p.U1, p.U2, p.U3):
        return (0, 0, 0), 255
    r, g, b, a = p.UINTS
    return (r, g, b), a


def _path(scene: Scene, item: int, frame: Frame) -> None:
    box = _bounds(item, frame)
    if box is None or not p.draw_mode(item, p.I0, p.I1):
        return
    fill, stroke = p.INTS
    if not (fill or stroke):
        return
    width, height = box[2] - box[0], box[3] - box[1]
    count = p.count_segments(item)
    clip, _ = clip_of(item, frame, scene.clips)
    if min(width, height) <= THIN and count <= 6:
        colour, alpha = _colour(item, bool(stroke))
        _line(scene, common(box, clip), colour, alpha)
        return
    if count > _SEGMENTS:
        scene.odd = True
        return
    if not p.matrix(item, p.F0):
        return
    m = chained(tuple(p.FLOATS), frame.matrix)  # type: ignore[arg-type]
    if stroke:
        colour, alpha = _colour(item, True)
        for piece in _edges(item, count, m):
            _line(scene, common(piece, clip), colour, alpha)
    if fill:
        colour, alpha = _colour(item, False)
        for part in _parts(item, count, m):
            seen = common(part, clip)
            if seen[2] - seen[0] <= THIN or seen[3] - seen[1] <= THIN:
                _line(scene, seen, colour, alpha)
            else:
                scene.fills.append(Fill(seen, colour, alpha, len(scene.texts)))


def _line(scene: Scene, box: Box, colour: tuple[int, int, int], alpha: int) -> None:
    """Take a thin box as a ruled line, unless it is white on white paper."""
    x0, top, x1, bottom = box
    if x1 < x0 or bottom < top or alpha < 16:
        return
    if min(colour) >= PALE:
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        if not any(
            f.box[0] <= x <= f.box[2] and f.box[1] <= y <= f.box[3] and min(f.colour) < PALE - 16
            for f in scene.fills[-400:]
        ):
            return
    x, y = (x0 + x1) / 2, (top + bottom) / 2
    across, down = x1 - x0, bottom - top
    if across <= THIN and down <= THIN:
        scene.rules += (Rule(x0, y, x1, y), Rule(x, top, x, bottom))
    elif down <= across:
        scene.rules.append(Rule(x0, y, x1, y))
    else:
        scene.rules.append(Rule(x, top, x, bottom))


def _edges(item: int, count: int, m: Matrix) -> list[Box]:
    """The horizontal and vertical strokes of a path as boxes without thickness."""
    a, b, c, d, e, f = m
    out: list[Box] = []
    x = y = sx = sy = 0.0
    F = p.FLOATS
    for i in range(count):
        segment = p.segment_at(item, i)
        p.segment_point(segment, p.F0, p.F1)
        u, v = F[0], F[1]
        nx, ny = a * u + c * v + e, b * u + d * v + f
        kind = p.segment_type(segment)
        if kind == 2:
            sx, sy = nx, ny
        elif kind == 0:
            _edge(out, x, y, nx, ny)
        if kind != 2 and p.segment_close(segment):
            _edge(out, nx, ny, sx, sy)
            nx, ny = sx, sy
        x, y = nx, ny
    return out


def _edge(out: list[Box], x: float, y: float, nx: float, ny: float) -> None:
    dx, dy = abs(nx - x), abs(ny - y)
    if dx <= 1.0 and dy <= 1.0:
        return
    if dy <= 0.02 * dx + 0.05:
        mid = (y + ny) / 2
        out.append((min(x, nx), mid, max(x, nx), mid))
    elif dx <= 0.02 * dy + 0.05:
        mid = (x + nx) / 2
        out.append((mid, min(y, ny), mid, max(y, ny)))


def _parts(item: int, count: int, m: Matrix) -> list[Box]:
    """The boxes around the closed parts of a filled path."""
    a, b, c, d, e, f = m
    out: list[Box] = []
    xs: list[float] = []
    ys: list[float] = []
    F = p.FLOATS
    for i in range(count):
        segment = p.segment_at(item, i)
        p.segment_point(segment, p.F0, p.F1)
        u, v = F[0], F[1]
        if p.segment_type(segment) == 2 and xs:
            if len(xs) > 1:
                out.append((min(xs), min(ys), max(xs), max(ys)))
            xs, ys = [], []
        xs.append(a * u + c * v + e)
        ys.append(b * u + d * v + f)
    if len(xs) > 1:
        out.append((min(xs), min(ys), max(xs), max(ys)))
    return out


def joined(rules: list[Rule]) -> list[Rule]:
    """The rules with collinear pieces and dashes joined, and what stays shorter than 4 points left out."""
    across = sorted((r.top, r.x0, r.x1) for r in rules if r.x1 - r.x0 > r.bottom - r.top or r.top == r.bottom)
    down = sorted((r.x0, r.top, r.bottom) for r in rules if r.x0 == r.x1 and r.top != r.bottom)
    return [Rule(lo, at, hi, at) for at, lo, hi in _join(across)] + [Rule(at, lo, at, hi) for at, lo, hi in _join(down)]


def _join(pieces: list[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    out: list[tuple[float, float, float]] = []
    i = 0
    while i < len(pieces):
        j = i
        while j < len(pieces) and pieces[j][0] - pieces[i][0] <= 0.8:
            j += 1
        out += _chains(sorted(pieces[i:j], key=lambda s: s[1]))
        i = j
    return out


def _chains(level: list[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    out = []
    at, lo, hi = level[0]
    short = hi - lo <= 8.0
    for y, a, b in level[1:]:
        reach = 6.0 if short and b - a <= 8.0 else 2.5
        if a - hi <= reach:
            if b > hi:
                hi = b
            short = b - a <= 8.0
        else:
            out.append((at, lo, hi))
            at, lo, hi, short = y, a, b, b - a <= 8.0
    out.append((at, lo, hi))
    return [piece for piece in out if piece[2] - piece[1] >= 4.0]


__all__ = ["EVERYWHERE", "Fill", "Scene", "clip_of", "joined", "look"]
