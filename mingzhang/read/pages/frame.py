"""From the space of a page's content to the page as it is shown, in points from the upper left corner."""

from typing import NamedTuple

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]

EVERYWHERE: Box = (-1e9, -1e9, 1e9, 1e9)


class Frame(NamedTuple):
    """How a container's content lies on the page: its matrix to the shown page, and the box nothing in it leaves."""

    matrix: Matrix
    clip: Box = EVERYWHERE


def shown(left: float, bottom: float, right: float, top: float, quarters: int) -> Matrix:
    """The matrix of a page with that visible box (in its own units) turned clockwise by ``quarters``."""
    if quarters == 1:
        return (0.0, 1.0, 1.0, 0.0, -bottom, -left)
    if quarters == 2:
        return (-1.0, 0.0, 0.0, 1.0, right, -bottom)
    if quarters == 3:
        return (0.0, -1.0, -1.0, 0.0, top, right)
    return (1.0, 0.0, 0.0, -1.0, -left, top)


def chained(inner: Matrix, outer: Matrix) -> Matrix:
    """First ``inner``, then ``outer``."""
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def placed(matrix: Matrix, x0: float, y0: float, x1: float, y1: float) -> Box:
    """The box around a box after the matrix."""
    a, b, c, d, e, f = matrix
    if b == 0.0 and c == 0.0:
        p, q, r, s = a * x0 + e, d * y0 + f, a * x1 + e, d * y1 + f
        return (min(p, r), min(q, s), max(p, r), max(q, s))
    xs = (a * x0 + c * y0, a * x1 + c * y0, a * x0 + c * y1, a * x1 + c * y1)
    ys = (b * x0 + d * y0, b * x1 + d * y0, b * x0 + d * y1, b * x1 + d * y1)
    return (min(xs) + e, min(ys) + f, max(xs) + e, max(ys) + f)


def common(one: Box, other: Box) -> Box:
    """What two boxes share; empty (x1 <= x0 or bottom <= top) where they do not meet."""
    return (max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3]))


def turned(box: Box, width: float, height: float, quarters: int) -> Box:
    """A box of a page of that size after turning text that runs ``quarters`` clockwise upright."""
    x0, top, x1, bottom = box
    if quarters == 1:
        return (top, width - x1, bottom, width - x0)
    if quarters == 2:
        return (width - x1, height - bottom, width - x0, height - top)
    if quarters == 3:
        return (height - bottom, x0, height - top, x1)
    return box
