"""Pictures of what publish writes, of an invented department: Word and Excel as LibreOffice shows them, PDF, web page.

published.py            needs soffice and chromium
"""

import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pypdfium2
from PIL import Image

import shared
from mingzhang.disclosure import Disclosure, Evaluation, Indicator, Note
from mingzhang.forms.random import disclosure
from mingzhang.publish import write

OUT = shared.PROJECT / "docs" / "pictures"
_GROUND = 200


def told() -> Disclosure:
    """Final accounts with a self-evaluation and a note of the last digit."""
    made = disclosure(41, kind="final", items=6, unit="万元")
    rows = (
        Indicator("资金", "", "年度资金总额", "86.00/84.50", "84.20", "10", "9.96", "99.64%"),
        Indicator("产出指标", "数量指标", "清淤渠道长度", "≥12公里", "12.6公里", "30", "30", "0%"),
        Indicator("产出指标", "质量指标", "验收合格率", "=100%", "100%", "20", "20", "0%"),
        Indicator("效益指标", "社会效益指标", "灌溉保障能力", "有所提升", "有所提升", "30", "28", "-5%", "一处闸门次年更换"),
        Indicator("满意度指标", "服务对象满意度指标", "用水户满意度", "≥90%", "93%", "10", "10", "0%"),
        Indicator("总分", weight="100", score="97.96"),
    )
    table = Evaluation(
        "self_project", "支渠清淤", "项目支出绩效自评表", rows, "清淤支渠12公里，保障春灌用水。",
        "清淤支渠12.6公里，春灌用水得到保障。", department=made.publisher.name,
    )  # fmt: skip
    first = replace(made.statements[0], notes=(Note("注：本表金额转换时因四舍五入可能存在尾差。"),))
    return replace(made, evaluations=(table,), statements=(first, *made.statements[1:]))


def pages(path: Path, scale: float) -> list[tuple[str, Image.Image]]:
    """The text and the picture of every page of a PDF."""
    with pypdfium2.PdfDocument(path) as document:
        return [
            ("".join(page.get_textpage().get_text_range().split()), page.render(scale=scale).to_pil().convert("L"))
            for page in document
        ]


def chosen(found: list[tuple[str, Image.Image]], words: Sequence[str]) -> list[Image.Image]:
    """The first page behind cover and contents that prints each of the words."""
    return [next(picture for text, picture in found[2:] if word in text) for word in words]


def side_by_side(pictures: Sequence[Image.Image], columns: int) -> Image.Image:
    """The pages beside each other on a grey ground."""
    wide = max(p.width for p in pictures) + 12
    rows = [pictures[n : n + columns] for n in range(0, len(pictures), columns)]
    high = [max(p.height for p in row) + 12 for row in rows]
    ground = Image.new("L", (wide * columns + 12, sum(high) + 12), _GROUND)
    y = 12
    for row, tall in zip(rows, high):
        for n, picture in enumerate(row):
            ground.paste(picture, (12 + n * wide, y))
        y += tall
    return ground


def converted(path: Path) -> Path:
    """The file as LibreOffice prints it."""
    profile = f"-env:UserInstallation=file://{path.parent / 'profile'}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(path.parent / "out"), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return path.parent / "out" / f"{path.stem}.pdf"


def shot(page: Path, wide: int, high: int) -> Image.Image:
    """The web page in a window of that size; a frame, because browsers have no windows so narrow."""
    frame = page.with_name(f"frame{wide}.html")
    frame.write_text(
        f'<body style="margin:0"><iframe src="{page.name}" scrolling="no" style="width:{wide}px;height:{high}px;border:0">'
    )
    target = page.with_name(f"{wide}.png")
    flags = "--headless --no-sandbox --disable-gpu --disable-background-networking --hide-scrollbars"
    command = ["chromium", *flags.split(), f"--user-data-dir={page.parent / 'chromium'}"]
    command += [f"--window-size={max(wide, 600)},{high}", f"--screenshot={target}", frame.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return Image.open(target).convert("RGB").crop((0, 0, wide, high))


def saved(picture: Image.Image, name: str) -> None:
    colours = picture.quantize(24 if picture.mode == "RGB" else 8)
    colours.save(OUT / name, optimize=True)
    print(name, colours.size)


if __name__ == "__main__":
    made = told()
    with tempfile.TemporaryDirectory() as named:
        folder = Path(named)
        wanted = ("收、支总计", "公开01表", "公开02表", "公开09表", "绩效自评表项目")
        for name, path in (("docx", converted(write(made, folder / "word.docx"))), ("pdf", write(made, folder / "set.pdf"))):
            found = pages(path, 0.62)
            saved(side_by_side([found[0][1], found[1][1], *chosen(found, wanted)], 4), f"published-{name}.png")
        book = pages(converted(write(made, folder / "book.xlsx")), 0.62)
        saved(side_by_side([book[0][1], *chosen(book, wanted[1:3])], 3), "published-xlsx.png")
        page = write(made, folder / "page.html")
        large, small = shot(page, 1200, 1700), shot(page, 360, 1700)
        both = Image.new("RGB", (1200 + 360 + 36, 1724), (_GROUND,) * 3)
        both.paste(large, (12, 12))
        both.paste(small, (1224, 12))
        saved(both.resize((both.width * 3 // 4, both.height * 3 // 4), Image.Resampling.LANCZOS), "published-html.png")
