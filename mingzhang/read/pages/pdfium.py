"""The PDFium calls that are made for every character and object, declared on plain integers for speed.

Pointers are integers here (0 or None where there is none). PDFium is not
thread-safe: processes, never threads.
"""

import ctypes
from collections.abc import Callable
from ctypes import c_double, c_float, c_int, c_size_t, c_ubyte, c_uint, c_ulong, c_void_p
from typing import Any

import pypdfium2  # noqa: F401 - starts the library
import pypdfium2.raw as raw

OBJECT_TEXT, OBJECT_PATH, OBJECT_IMAGE, OBJECT_SHADING, OBJECT_FORM = 1, 2, 3, 4, 5
SEGMENT_LINE, SEGMENT_CURVE, SEGMENT_MOVE = 0, 1, 2

NAME = (c_ubyte * 8)()
SIZE = (c_ulong * 1)()

_P = c_void_p


def _call(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    address = ctypes.cast(getattr(raw, name), c_void_p).value
    if address is None:
        raise ImportError(f"PDFium has no {name}")
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


def pointer(handle: Any) -> int:
    """The address behind a typed handle of ``pypdfium2.raw``."""
    return ctypes.cast(handle, c_void_p).value or 0


# Results are written here: each belongs to one call at a time.
FLOATS = (c_float * 6)()
DOUBLES = (c_double * 4)()
UINTS = (c_uint * 4)()
INTS = (c_int * 2)()
_F = [ctypes.addressof(FLOATS) + 4 * k for k in range(6)]
_U = [ctypes.addressof(UINTS) + 4 * k for k in range(4)]
_I = [ctypes.addressof(INTS) + 4 * k for k in range(2)]
F0, F1, F2, F3 = _F[:4]
D0, D1, D2, D3 = (ctypes.addressof(DOUBLES) + 8 * k for k in range(4))
U0, U1, U2, U3 = _U
I0, I1 = _I

count_chars = _call("FPDFText_CountChars", c_int, _P)
get_text = _call("FPDFText_GetText", c_int, _P, c_int, c_int, _P)
unicode_of = _call("FPDFText_GetUnicode", c_uint, _P, c_int)
loose_box = _call("FPDFText_GetLooseCharBox", c_int, _P, c_int, _P)
tight_box = _call("FPDFText_GetCharBox", c_int, _P, c_int, _P, _P, _P, _P)
char_angle = _call("FPDFText_GetCharAngle", c_float, _P, c_int)
text_object = _call("FPDFText_GetTextObject", _P, _P, c_int)
is_generated = _call("FPDFText_IsGenerated", c_int, _P, c_int)

count_objects = _call("FPDFPage_CountObjects", c_int, _P)
object_at = _call("FPDFPage_GetObject", _P, _P, c_int)
object_type = _call("FPDFPageObj_GetType", c_int, _P)
bounds = _call("FPDFPageObj_GetBounds", c_int, _P, _P, _P, _P, _P)
matrix = _call("FPDFPageObj_GetMatrix", c_int, _P, _P)
fill_colour = _call("FPDFPageObj_GetFillColor", c_int, _P, _P, _P, _P, _P)
stroke_colour = _call("FPDFPageObj_GetStrokeColor", c_int, _P, _P, _P, _P, _P)
render_mode = _call("FPDFTextObj_GetTextRenderMode", c_int, _P)
set_active = _call("FPDFPageObj_SetIsActive", c_int, _P, c_int)
form_count = _call("FPDFFormObj_CountObjects", c_int, _P)
form_at = _call("FPDFFormObj_GetObject", _P, _P, c_size_t)
count_marks = _call("FPDFPageObj_CountMarks", c_int, _P)
mark_at = _call("FPDFPageObj_GetMark", _P, _P, c_size_t)
mark_name = _call("FPDFPageObjMark_GetName", c_int, _P, _P, c_size_t, _P)

draw_mode = _call("FPDFPath_GetDrawMode", c_int, _P, _P, _P)
count_segments = _call("FPDFPath_CountSegments", c_int, _P)
segment_at = _call("FPDFPath_GetPathSegment", _P, _P, c_int)
segment_point = _call("FPDFPathSegment_GetPoint", c_int, _P, _P, _P)
segment_type = _call("FPDFPathSegment_GetType", c_int, _P)
segment_close = _call("FPDFPathSegment_GetClose", c_int, _P)
stroke_width = _call("FPDFPageObj_GetStrokeWidth", c_int, _P, _P)


def mark(item: int, k: int) -> bytes:
    """The name of a content mark of an object, as UTF-16 bytes, 8 at most."""
    handle = mark_at(item, k)
    if handle and mark_name(handle, ctypes.addressof(NAME), 8, ctypes.addressof(SIZE)):
        return bytes(NAME[: max(0, min(8, SIZE[0]) - 2)])
    return b""


clip_path = _call("FPDFPageObj_GetClipPath", _P, _P)
clip_paths = _call("FPDFClipPath_CountPaths", c_int, _P)
clip_segments = _call("FPDFClipPath_CountPathSegments", c_int, _P, c_int)
clip_segment = _call("FPDFClipPath_GetPathSegment", _P, _P, c_int, c_int)
