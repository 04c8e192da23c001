"""The parts of a Word file around its text: styles, page number, settings; zipped with fixed dates."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from data.papers.make.pieces import HEAD_COLUMNS, twips

W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DATE = (1980, 1, 1, 0, 0, 0)  # of every file in the zip: the same text gives the same bytes
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

# name in Word, paragraph properties, run properties; sizes in half points, lengths in twips
STYLES: dict[str, tuple[str, str, str]] = {
    "Than": ("Thân văn bản", '<w:spacing w:before="120"/><w:ind w:firstLine="720"/><w:jc w:val="both"/>', ""),
    "CanCu": ("Căn cứ", '<w:spacing w:before="80"/><w:ind w:firstLine="720"/><w:jc w:val="both"/>', "<w:i/>"),
    "Phan": ("Phần", '<w:keepNext/><w:spacing w:before="180"/><w:ind w:firstLine="720"/>', "<w:b/>"),
    "Muc": ("Mục", '<w:keepNext/><w:spacing w:before="120"/><w:ind w:firstLine="720"/>', "<w:b/>"),
    "Giua": ("Giữa dòng", '<w:keepNext/><w:spacing w:before="120"/><w:jc w:val="center"/>', ""),
    "TenLoai": ("Tên loại văn bản", '<w:keepNext/><w:spacing w:before="240"/><w:jc w:val="center"/>', "<w:b/>"),
    "TrichYeu": ("Trích yếu", '<w:keepNext/><w:jc w:val="center"/>', "<w:b/>"),
    "KeTrichYeu": ("Kẻ dưới trích yếu", "{line}", '<w:sz w:val="8"/>'),
    "CoQuanChuQuan": ("Cơ quan chủ quản", '<w:jc w:val="center"/>', '<w:sz w:val="24"/>'),
    "CoQuan": ("Cơ quan ban hành", '<w:jc w:val="center"/>', '<w:b/><w:sz w:val="24"/>'),
    "KeCoQuan": ("Kẻ dưới cơ quan", "{line}", '<w:sz w:val="8"/>'),
    "QuocHieu": ("Quốc hiệu", '<w:jc w:val="center"/>', '<w:b/><w:sz w:val="24"/>'),
    "TieuNgu": ("Tiêu ngữ", '<w:jc w:val="center"/>', '<w:b/><w:sz w:val="26"/>'),
    "KeTieuNgu": ("Kẻ dưới tiêu ngữ", "{motto}", '<w:sz w:val="8"/>'),
    "SoKyHieu": ("Số, ký hiệu", '<w:spacing w:before="60"/><w:jc w:val="center"/>', '<w:sz w:val="26"/>'),
    "DiaDanh": ("Địa danh và thời gian", '<w:spacing w:before="60"/><w:jc w:val="center"/>', '<w:i/><w:sz w:val="26"/>'),
    "KinhGui": ("Kính gửi", '<w:spacing w:before="240" w:after="120"/><w:jc w:val="center"/>', ""),
    "NoiNhan": ("Nơi nhận", "", '<w:b/><w:i/><w:sz w:val="24"/>'),
    "NoiNhanDong": ("Nơi nhận, từng dòng", "", '<w:sz w:val="22"/>'),
    "ChuKy": ("Chữ ký", '<w:spacing w:before="0"/><w:jc w:val="center"/>', "<w:b/>"),
    "KyGhi": ("Ký, ghi rõ họ tên", '<w:jc w:val="center"/>', '<w:i/><w:sz w:val="24"/>'),
    "ChoKy": ("Chỗ ký", '<w:spacing w:before="1200"/><w:jc w:val="center"/>', ""),
    "PhuLuc": ("Phụ lục", '<w:keepNext/><w:jc w:val="center"/>', "<w:b/>"),
    "TenPhuLuc": ("Tên phụ lục", '<w:keepNext/><w:jc w:val="center"/>', "<w:b/>"),
    "KemTheo": ("Kèm theo", '<w:keepNext/><w:spacing w:after="160"/><w:jc w:val="center"/>', '<w:i/><w:sz w:val="26"/>'),
    "Bang": ("Bảng", '<w:spacing w:before="20" w:after="20"/>', ""),
    "BangGiua": ("Bảng, giữa ô", '<w:spacing w:before="20" w:after="20"/><w:jc w:val="center"/>', ""),
    "BangDau": ("Bảng, dòng đầu", '<w:keepNext/><w:spacing w:before="20" w:after="20"/><w:jc w:val="center"/>', "<w:b/>"),
    "Cach": ("Cách dòng", '<w:spacing w:before="60"/>', '<w:sz w:val="8"/>'),
    "SoTrang": ("Số trang", '<w:jc w:val="center"/>', '<w:sz w:val="26"/>'),
}  # fmt: skip


def _line(side: int, after: int = 0) -> str:
    border = '<w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>'
    return (
        f'{border}<w:spacing w:before="40" w:after="{after}" w:line="80" w:lineRule="exact"/>'
        f'<w:ind w:left="{side}" w:right="{side}"/><w:jc w:val="center"/>'
    )


def styles_xml() -> str:
    """The named styles: an office changes the look of all papers there."""
    motto = twips((HEAD_COLUMNS[1] - 56.1) / 2)  # the motto is 56.1 mm wide at size 13
    body, page = twips(HEAD_COLUMNS[0] / 2 - 6), twips(80 - 14)
    lines = {"KeTieuNgu": _line(motto), "KeCoQuan": _line(body), "KeTrichYeu": _line(page, 120)}
    dots = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{twips(160)}"/></w:tabs>'
    made = []
    for key, (name, block, run) in STYLES.items():
        inside = lines.get(key) or (dots if key == "Than" else "") + block
        if "<w:keepNext/>" in inside:
            inside = "<w:keepNext/>" + inside.replace("<w:keepNext/>", "")
        if "w:sz " in run:
            run += run[run.index("<w:sz ") :].replace("<w:sz ", "<w:szCs ")
        made.append(
            f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{key}"><w:name w:val="{escape(name)}"/>'
            f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{inside}</w:pPr><w:rPr>{run}</w:rPr></w:style>'
        )
    font = 'w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"'
    return (
        f"{_HEAD}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {font}/>"
        '<w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="vi-VN" w:eastAsia="vi-VN"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="252" w:lineRule="auto"/></w:pPr>'
        '</w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        f'<w:name w:val="Normal"/><w:qFormat/></w:style>{"".join(made)}</w:styles>'
    )


def word_file(body: str, last: str) -> bytes:
    """A Word file out of the body's XML and its last section."""
    field = "".join(
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' if kind else
        '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        for kind in ("begin", "", "separate")
    ) + '<w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'  # fmt: skip
    number = f'<w:p><w:pPr><w:pStyle w:val="SoTrang"/></w:pPr>{field}</w:p>'
    empty = '<w:p><w:pPr><w:pStyle w:val="SoTrang"/></w:pPr></w:p>'
    kinds = {"document": "document.main", "styles": "styles", "settings": "settings",
             "header1": "header", "header2": "header"}  # fmt: skip
    overrides = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_OFFICE}.{kind}+xml"/>'
        for part, kind in kinds.items()
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATED}/{kind}" Target="{part}.xml"/>'
        for n, (part, kind) in enumerate(
            (("styles", "styles"), ("settings", "settings"), ("header1", "header"), ("header2", "header")), 1
        )
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    return zipped({
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{package}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{_RELATED}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"{_HEAD}<w:document {W}><w:body>{body}{last}</w:body></w:document>",
        "word/_rels/document.xml.rels":
            f'{_HEAD}<Relationships xmlns="{package}/relationships">{links}</Relationships>',
        "word/styles.xml": styles_xml(),
        "word/settings.xml": f'{_HEAD}<w:settings {W}><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>',
        "word/header1.xml": f"{_HEAD}<w:hdr {W}>{number}</w:hdr>",
        "word/header2.xml": f"{_HEAD}<w:hdr {W}>{empty}</w:hdr>",
    })  # fmt: skip


def zipped(parts: dict[str, str]) -> bytes:
    """Parts as a zip with fixed dates: the same parts give the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text.encode())
    return target.getvalue()
