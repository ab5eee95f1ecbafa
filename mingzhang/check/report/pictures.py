"""Where on the page a finding stands: a strip of the page with the figures boxed."""

import base64
import io
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw

from mingzhang.disclosure import Place

SCALE = 1.6
MARGIN = 46.0
_BOX = (214, 40, 40)


class Pictures:
    """Strips of the pages of one PDF; pages are rendered once. A file that is no PDF has none."""

    def __init__(self, path: str | Path | None) -> None:
        self._pages: dict[int, Image.Image] = {}
        self._document = None
        if path is not None and Path(path).is_file() and Path(path).read_bytes()[:1024].find(b"%PDF-") >= 0:
            import pypdfium2

            self._document = pypdfium2.PdfDocument(str(path))

    def strip(self, places: Sequence[Place]) -> list[bytes]:
        """One PNG a page: the band of the page that holds the places, each in a red box."""
        if self._document is None:
            return []
        by_page: dict[int, list[tuple[float, float, float, float]]] = {}
        for place in places:
            if place.page and place.box and place.page <= len(self._document):
                by_page.setdefault(place.page, []).append(place.box)
        out = []
        for page, boxes in sorted(by_page.items())[:3]:
            out.append(self._band(page, boxes))
        return out

    def _band(self, page: int, boxes: list[tuple[float, float, float, float]]) -> bytes:
        if page not in self._pages:
            assert self._document is not None
            self._pages[page] = self._document[page - 1].render(scale=SCALE).to_pil().convert("RGB")
        whole = self._pages[page]
        top = max(0, int((min(b[1] for b in boxes) - MARGIN) * SCALE))
        bottom = min(whole.height, int((max(b[3] for b in boxes) + MARGIN) * SCALE))
        band = whole.crop((0, top, whole.width, max(bottom, top + 20))).convert("L")
        band = band.point([min(255, v // 17 * 17) for v in range(256)]).convert("RGB")
        draw = ImageDraw.Draw(band)
        for x0, y0, x1, y1 in boxes:
            at = (x0 * SCALE - 3, y0 * SCALE - top - 3, x1 * SCALE + 3, y1 * SCALE - top + 3)
            draw.rectangle(at, outline=_BOX, width=2)
        held = io.BytesIO()
        band.save(held, "PNG", optimize=True)
        return held.getvalue()


def data_url(png: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(png).decode("ascii")
