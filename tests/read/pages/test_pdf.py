"""What is printed on a PDF page is read, where it stands; what is not printed is not read, and why is said."""

import importlib.util
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from mingzhang.read.errors import ReadError
from mingzhang.read.pages.page import Page
from mingzhang.read.pages.pdf import pages

Paper = Callable[..., Path]


def _text(x: float, y: float, text: str, size: float = 12, more: str = "") -> str:
    return f"BT /F1 {size} Tf {more} 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n"


def _one(path: Path) -> Page:
    (page,) = pages(path)
    return page


def _words(page: Page) -> list[str]:
    return [w.text for w in page.words]


def _reasons(page: Page) -> dict[str, str]:
    return {d.word.text: d.reason for d in page.dropped}


def test_words_stand_where_they_are_shown(paper: Paper) -> None:
    page = _one(paper(_text(50, 250, "12.50") + _text(200, 250, "7") + _text(50, 200, "-3.25")))
    assert _words(page) == ["12.50", "7", "-3.25"]
    first = page.words[0]
    assert first.x0 == pytest.approx(50, abs=1) and first.bottom == pytest.approx(53, abs=2)
    assert (page.width, page.height) == (400, 300)


def test_words_are_grouped_by_baseline_not_by_order_in_the_file(paper: Paper) -> None:
    pieces = [_text(50 + 6.67 * k, 250, c, 12) for k, c in enumerate("4321")]
    page = _one(paper("".join(reversed(pieces)) + _text(50, 200, "9")))
    assert _words(page) == ["4321", "9"]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_page_rotation(paper: Paper, degrees: int) -> None:
    content = _text(50, 250, "12.50") + _text(50, 100, "8") + "40 90 m 200 90 l S"
    page = _one(paper(content, rotate=degrees))
    assert _words(page) == (["12.50", "8"])  # turned upright
    assert (page.width, page.height) == (400, 300)
    assert len(page.rules) == 1 and page.rules[0].top == pytest.approx(210, abs=1)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_text_turned_against_the_page_rotation_reads_as_shown(paper: Paper, degrees: int) -> None:
    matrix = {90: "0 1 -1 0 300 50", 180: "-1 0 0 -1 350 250", 270: "0 -1 1 0 100 250"}[degrees]
    page = _one(paper(f"BT /F1 12 Tf {matrix} Tm (1234 ) Tj ( ) Tj ET", rotate=degrees))
    assert _words(page) == ["1234"]
    assert (page.width, page.height) == ((300, 400) if degrees % 180 else (400, 300))
    word = page.words[0]
    assert word.x1 - word.x0 > word.bottom - word.top


def test_sideways_statement_is_turned_upright(paper: Paper) -> None:
    content = "".join(f"BT /F1 12 Tf 0 1 -1 0 {100 + 20 * k} 50 Tm (row{k}) Tj ET\n" for k in range(3))
    page = _one(paper(content + "90 40 m 90 200 l S " + _text(200, 10, "7")))
    assert _words(page)[:3] == ["row0", "row1", "row2"]
    assert [w.top for w in page.words[:3]] == sorted(w.top for w in page.words[:3])
    assert (page.width, page.height) == (300, 400)
    assert page.rules[0].top == page.rules[0].bottom
    assert "7" in _words(page)


def test_scaled_form_inside_a_form(paper: Paper) -> None:
    inner = ("/Type /XObject /Subtype /Form /BBox [0 0 400 300] /Resources << /Font << /F1 3 0 R >> >>",
             _text(100, 200, "55.5") + "100 190 m 300 190 l S")  # fmt: skip
    outer = ("/Type /XObject /Subtype /Form /BBox [0 0 400 300] /Matrix [1 0 0 1 10 0]"
             " /Resources << /XObject << /X1 4 0 R >> >>", "q 0.5 0 0 0.5 0 0 cm /X1 Do Q")  # fmt: skip
    page = _one(paper("q 1 0 0 1 0 50 cm /X2 Do Q", forms={"X1": inner, "X2": outer}))
    assert _words(page) == ["55.5"]
    assert page.words[0].x0 == pytest.approx(60, abs=1)
    (rule,) = page.rules
    assert (rule.x0, rule.x1, rule.top) == pytest.approx((60, 160, 155), abs=1)


def test_clip_of_a_form_hides_what_leaves_it(paper: Paper) -> None:
    form = ("/Type /XObject /Subtype /Form /BBox [0 0 200 100] /Resources << /Font << /F1 3 0 R >> >>",
            _text(10, 50, "11") + _text(10, 150, "22"))  # fmt: skip
    page = _one(paper("/X1 Do", forms={"X1": form}))
    assert _words(page) == ["11"]
    assert _reasons(page) == {"22": "clipped"}


def test_text_outside_its_clip_or_the_page_is_dropped(paper: Paper) -> None:
    page = _one(
        paper(
            "q 0 200 400 100 re W n " + _text(50, 250, "1.0") + _text(50, 150, "2.0") + "Q " + _text(50, 100, "3.0")
            + _text(500, 100, "4.0") + "q 0 0 100 50 re W n " + _text(79, 20, "5678") + "Q"
        )
    )  # fmt: skip
    assert _words(page) == ["1.0", "3.0", "567"]
    assert _reasons(page) == {"2.0": "clipped", "4.0": "outside the page", "8": "clipped"}


def test_clipped_text_under_visible_text_is_dropped(paper: Paper) -> None:
    page = _one(paper("q 0 200 400 100 re W n " + _text(50, 150, "999") + "Q " + _text(50, 150, "111")))
    assert _words(page) == ["111"]


@pytest.mark.parametrize(
    "content",
    [
        "1 1 1 rg " + _text(50, 150, "6.66") + "0 0 0 rg " + _text(50, 100, "7.77"),
        "0.97 g " + _text(50, 150, "6.66") + "0 g " + _text(50, 100, "7.77"),
        _text(50, 150, "6.66") + "1 g 40 140 100 30 re f 0 g " + _text(50, 100, "7.77"),
        _text(50, 150, "6.66", more="3 Tr") + _text(50, 100, "7.77", more="0 Tr"),
        "0.2 g 40 140 100 30 re f " + _text(50, 150, "6.66") + "0 g " + _text(50, 100, "7.77"),
        "1 g " + _text(50, 150, "6.66") + "0 g " + _text(50, 150, "8.8") + _text(50, 100, "7.77"),
        "/G1 gs " + _text(50, 150, "6.66") + "/G2 gs " + _text(50, 100, "7.77"),
    ],
    ids=["white", "near white", "covered", "invisible", "dark on dark", "white under text", "see-through"],
)
def test_text_without_ink_is_dropped(paper: Paper, content: str) -> None:
    page = _one(paper(content, extra="/ExtGState << /G1 << /ca 0 >> /G2 << /ca 1 >> >>"))
    assert "6.66" not in _words(page) and "7.77" in _words(page)
    assert _reasons(page) == {"6.66": "no ink"}


def test_white_text_on_a_dark_box_is_read(paper: Paper) -> None:
    page = _one(paper("0.1 0.2 0.5 rg 40 140 100 30 re f 1 g " + _text(50, 150, "6.66")))
    assert _words(page) == ["6.66"]


_IMAGE = "q 400 0 0 300 0 0 cm BI /W 200 /H 1 /BPC 1 /CS /G ID {} EI Q "


@pytest.mark.parametrize(("bits", "ocr"), [("U" * 25, True), ("\xff" * 25, False)])
def test_invisible_text_over_an_image_that_shows_it_is_an_ocr_layer(paper: Paper, bits: str, ocr: bool) -> None:
    page = _one(paper(_IMAGE.format(bits) + _text(50, 150, "1234", more="3 Tr")))
    assert page.ocr is ocr
    assert _words(page) == (["1234"] if ocr else [])


def test_dashes_thin_boxes_and_box_edges_are_rules(paper: Paper) -> None:
    dashes = " ".join(f"{20 + 6 * k} 280 m {23 + 6 * k} 280 l" for k in range(40)) + " S "
    boxes = "20 250 100 0.5 re f 120 250 100 0.5 re f 20 100 200 50 re S 1 g 20 60 200 0.5 re f"
    page = _one(paper(dashes + boxes))
    across = [(round(r.x0), round(r.x1), round(r.top)) for r in page.rules if r.top == r.bottom]
    assert across == [(20, 257, 20), (20, 220, 50), (20, 220, 150), (20, 220, 200)]
    assert len([r for r in page.rules if r.x0 == r.x1]) == 2


def test_words_are_parted_at_uprights_and_wide_gaps(paper: Paper) -> None:
    page = _one(paper(_text(50, 150, "1.5") + _text(68, 150, "2.5") + "67.3 140 m 67.3 170 l S " + _text(90, 150, "3")))
    assert _words(page) == ["1.5", "2.5", "3"]


def test_slanted_text_is_not_read(paper: Paper) -> None:
    page = _one(paper("BT /F1 40 Tf 0.7 0.7 -0.7 0.7 100 100 Tm (draft) Tj ET " + _text(50, 250, "8.0")))
    assert _words(page) == ["8.0"]
    assert set(_reasons(page).values()) == {"slanted"}


def test_errors_say_file_and_reason(tmp_path: Path, paper: Paper) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"nothing of the kind")
    for path, reason in ((broken, "cannot-open"), (tmp_path / "absent.pdf", "cannot-open")):
        with pytest.raises(ReadError) as caught:
            list(pages(path))
        assert caught.value.reason == reason and path.name in str(caught.value)
    with pytest.raises(ReadError) as caught:
        list(pages(paper()))
    assert caught.value.reason in ("no-pages", "cannot-open")


@pytest.mark.skipif(
    not (importlib.util.find_spec("typst") and importlib.util.find_spec("noto_cjk_sans_otc")),
    reason="typst or the CJK font is not installed",
)
def test_letter_spaced_labels_are_one_word(tmp_path: Path) -> None:
    import noto_cjk_sans_otc
    import typst

    source = tmp_path / "a.typ"
    source.write_text(
        '#set page(width: 300pt, height: 200pt, margin: 20pt)\n#set text(font: "Noto Sans CJK SC", size: 10pt)\n'
        "#table(columns: (120pt, 60pt, 60pt), [合　计], [12.50], [中 介 机 构], [金　　额], [数], [目])\n"
        "甲乙丙丁戊己 12.50 万元\n",
        "utf-8",
    )
    fonts = Path(noto_cjk_sans_otc.__file__).parent
    typst.compile(str(source), output=str(tmp_path / "a.pdf"), font_paths=[str(fonts)], ignore_system_fonts=True)
    words = _words(_one(tmp_path / "a.pdf"))
    assert words[:6] == ["合计", "12.50", "中介机构", "金额", "数", "目"]
    assert "".join(words[6:]) == "甲乙丙丁戊己12.50万元"


def test_given_documents_in_time(given: list[Path]) -> None:
    for path in given:
        plain = read = 9.0
        for _ in range(3):
            start = time.perf_counter()
            for page in pdfium.PdfDocument(path):
                page.get_textpage().get_text_range()
            plain = min(plain, time.perf_counter() - start)
            start = time.perf_counter()
            assert sum(len(p.words) for p in pages(path)) > 100
            read = min(read, time.perf_counter() - start)
        assert read < 5 * plain, f"{path.name}: {read / plain:.1f} times a text-only pass"


def test_layers_that_are_switched_off_are_not_read(tmp_path: Path, paper: Paper) -> None:
    content = "/OC /L1 BDC " + _text(50, 150, "6.66") + "EMC " + _text(50, 100, "7.77")
    path = paper(content, extra="/Properties << /L1 << /Type /OCG /Name (off) >> >>")
    data = path.read_bytes()
    path.write_bytes(
        data.replace(b"<< /Type /OCG /Name (off) >>", b"5 0 R").replace(
            b"/Type /Catalog", b"/Type /Catalog /OCProperties << /OCGs [6 0 R] /D << /OFF [6 0 R] >> >>"
        ).replace(b"/L1 5 0 R", b"/L1 6 0 R").replace(
            b"xref\n", b"6 0 obj\n<< /Type /OCG /Name (off) >>\nendobj\nxref\n", 1
        )
    )  # fmt: skip
    assert _words(_one(path)) == ["7.77"]
