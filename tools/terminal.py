"""A recorded screen as SVG: no font is fetched, and a character of two cells is as wide as two."""

import html
import re

from rich.cells import cell_len
from rich.console import Console

_CELL = 12.2
"""Width of a cell in the drawing that rich makes."""


def drawn(console: Console, title: str) -> str:
    """What a recording console showed."""
    shown = re.sub(r"@font-face \{.*?\}\s*|<!--.*?-->\s*", "", console.export_svg(title=title), flags=re.DOTALL)

    def wide(hit: re.Match[str]) -> str:
        return f'textLength="{_CELL * cell_len(html.unescape(hit[2])):.1f}"{hit[1]}>{hit[2]}<'

    return re.sub(r'textLength="[\d.]+"([^>]*)>([^<]*)<', wide, shown)
