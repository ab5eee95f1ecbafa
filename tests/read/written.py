"""Documents that tests write themselves: plain PDFs byte by byte, and a small invented disclosure set by typst."""

from functools import lru_cache


def pdf(texts: list[str], encrypted: bool = False) -> bytes:
    """A plain PDF with one page a text; encrypted, it asks for a password that nobody knows."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(texts)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(texts)} /Kids [{kids}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for n, text in enumerate(texts):
        content = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET" if text else "0 0 m 100 100 l S"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * n} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    return assembled(objects, encrypted)


def grid_pdf(rows: int, columns: int) -> bytes:
    """One page with a ruled table of figures, nothing packed, so that a changed byte changes what is drawn."""
    wide, high = 460 / columns, min(20.0, 700 / rows)
    parts = ["0.5 w"]
    for r in range(rows + 1):
        parts.append(f"60 {780 - r * high:.2f} m 520 {780 - r * high:.2f} l S")
    for c in range(columns + 1):
        parts.append(f"{60 + c * wide:.2f} 780 m {60 + c * wide:.2f} {780 - rows * high:.2f} l S")
    for r in range(rows):
        for c in range(columns):
            words = f"{2010101 + r}" if c == 0 else f"{(r + 1) * c * 37 % 9973}.{r % 10}0"
            parts.append(f"BT /F1 8 Tf 1 0 0 1 {63 + c * wide:.2f} {786 - (r + 1) * high:.2f} Tm ({words}) Tj ET")
    content = "\n".join(parts)
    return assembled(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Count 1 /Kids [4 0 R] >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
            f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        ]
    )


def assembled(objects: list[str], encrypted: bool = False) -> bytes:
    """The objects, numbered from 1, with their cross-reference table; the first is the catalogue."""
    secret = f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >>"
    out = b"%PDF-1.4\n"
    offsets = []
    for n, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{n} 0 obj\n{body}\nendobj\n".encode("ascii")
    start = len(out)
    out += f"xref\n0 {len(offsets) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    extra = f" /ID [<{'43' * 16}> <{'43' * 16}>] /Encrypt {secret}" if encrypted else ""
    return out + f"trailer\n<< /Size {len(offsets) + 1} /Root 1 0 R{extra} >>\nstartxref\n{start}\n%%EOF\n".encode()


ROWS = (
    ("208", "社会保障和就业支出", "52.30", "52.30", ""),
    ("20805", "行政事业单位养老支出", "52.30", "52.30", ""),
    ("2080505", "机关事业单位基本养老保险缴费支出", "52.30", "52.30", ""),
    ("210", "卫生健康支出", "1,188.40", "368.40", "820.00"),
    ("21013", "医疗救助", "800.00", "", "800.00"),
    ("2101301", "城乡医疗救助", "800.00", "", "800.00"),
    ("21015", "医疗保障管理事务", "388.40", "368.40", "20.00"),
    ("2101501", "行政运行", "368.40", "368.40", ""),
    ("2101599", "其他医疗保障管理事务支出", "20.00", "", "20.00"),
)
_PAGE = """
#set page(paper: "a4", flipped: true, margin: 2cm)
#set text(font: "Noto Sans CJK SC", size: 10pt)
"""
_STATEMENT = """
#align(center, text(14pt)[支出决算表])
#grid(columns: (1fr, 1fr, 1fr), [部门：甲县医疗保障局], align(center)[2031年度], align(right)[金额单位：万元])
#table(
  columns: (70pt, 1fr, 80pt, 80pt, 80pt, 90pt), align: (left, left, right, right, right, right), stroke: 0.5pt,
  table.cell(colspan: 2, align: center)[项目], table.cell(rowspan: 2)[本年支出合计], table.cell(rowspan: 2)[基本支出],
  table.cell(rowspan: 2)[项目支出], table.cell(rowspan: 2)[对附属单位补助支出],
  [功能分类科目编码], [科目名称],
  table.cell(colspan: 2, align: center)[合计], [1,240.70], [420.70], [820.00], [],
  ROWS
)
注：本表反映部门本年度各项支出情况。
#text(fill: white)[这一行是白字，看不见。]
"""
_TEXT = """
#pagebreak()
= 第三部分 2031年度部门决算情况说明
== 一、支出决算情况说明
#set par(first-line-indent: (amount: 2em, all: true))
2031年度支出合计1,240.70万元，其中：基本支出420.70万元，占33.99%；项目支出820.00万元，占66.01%。

本部门共有车辆2辆，单价100万元以上设备0台（套）。
"""
PLAIN = """支出决算表
公开03表
部门：甲县医疗保障局\t\t金额单位：万元
项目\t\t本年支出合计\t基本支出\t项目支出
栏次\t\t1\t2\t3
合计\t\t1,240.70\t420.70\t820.00
LINES
注：本表反映部门本年度各项支出情况。
- 3 -
\f第三部分 2031年度部门决算情况说明
2031年度支出合计1,240.70万元，其中：基本支出420.70万元，占33.99%；项目支出820.00万元，占66.01%。
""".replace("LINES", "\n".join("\t".join((code, label, *(v for v in figures))) for code, label, *figures in ROWS))


@lru_cache(maxsize=1)
def disclosure_pdf() -> bytes:
    """Two pages of an invented final account: a ruled statement (F03) with a line in white, and its running text."""
    import typst
    from noto_cjk_sans_otc import FONT_PATH

    rows = ",\n  ".join(", ".join(f"[{value}]" for value in (*row, "")) for row in ROWS)
    source = _PAGE + _STATEMENT.replace("ROWS", rows) + _TEXT
    data = typst.compile(source.encode(), font_paths=[str(FONT_PATH.parent)], ignore_system_fonts=True)
    assert isinstance(data, bytes)
    return data
