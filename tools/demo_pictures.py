"""Pictures of the demonstration for the documents: its screen (SVG), and pages of what it makes (PNG).

demo_pictures.py FOLDER     FOLDER is where the demonstration puts its files; Word pages need soffice, web pages chromium
"""

import io
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
from PIL import Image
from rich.console import Console

import shared
from mingzhang.demo import run
from terminal import drawn

OUT = shared.PROJECT / "docs" / "pictures"
WIDTH = 108


def screen(lang: str, folder: Path) -> str:
    """What the demonstration shows, characters of two cells as wide as two."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), highlight=False)
    if run(console, lang, folder):
        raise SystemExit(console.export_text())
    return drawn(console, "mingzhang demo")


def pages(path: Path, wanted: Sequence[str], scale: float = 0.9) -> Image.Image:
    """Side by side the last pages of a PDF that hold each of the wanted words (the first ones are its contents)."""
    images = []
    with pypdfium2.PdfDocument(path) as document:
        texts = [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in document]
        for words in wanted:
            at = max(n for n, text in enumerate(texts) if words in text)
            images.append(document[at].render(scale=scale).to_pil().convert("L"))
    whole = Image.new("L", (sum(i.width for i in images) + 8 * (len(images) - 1), max(i.height for i in images)), 128)
    left = 0
    for image in images:
        whole.paste(image, (left, 0))
        left += image.width + 8
    return whole


def shot(page: Path, width: int, height: int, folder: Path) -> Image.Image:
    """A web page as a browser shows it, ``width`` wide: in a frame, because a window cannot be narrower than 500."""
    frame, png = folder / f"{width}.html", folder / f"{width}.png"
    frame.write_text(
        f'<body style="margin:0"><iframe src="{page.as_uri()}" style="border:0;width:{width}px;height:{height}px"></iframe>',
        "utf-8",
    )
    call = [
        "chromium",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--allow-file-access-from-files",
    ]
    size = f"--window-size={max(width, 500)},{height}"
    subprocess.run([*call, size, f"--screenshot={png}", frame.as_uri()], check=True, capture_output=True, timeout=120)
    return Image.open(png).convert("RGB").crop((0, 0, width, height))


def main(folder: Path) -> None:
    for lang in ("en", "zh"):
        (OUT / f"demo-{lang}.svg").write_text(screen(lang, folder), "utf-8")
    made = {p.suffix: p for p in next((folder / "final").glob("*局")).iterdir()}
    wanted = ("公开03表", "十一、政府采购支出情况说明", "部门整体自评表")
    pages(made[".pdf"], wanted).quantize(16).save(OUT / "demo-pdf.png", optimize=True)
    with tempfile.TemporaryDirectory() as scratch:
        if shutil.which("soffice"):
            call = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", scratch, str(made[".docx"])]
            subprocess.run(call, check=True, capture_output=True, timeout=300)
            word = Path(scratch) / made[".docx"].with_suffix(".pdf").name
            pages(word, wanted).quantize(16).save(OUT / "demo-docx.png", optimize=True)
        if shutil.which("chromium"):
            for width in (1200, 360):
                picture = shot(made[".html"].resolve(), width, 1500, Path(scratch))
                picture.quantize(32).save(OUT / f"demo-html-{width}.png", optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
