"""The parts of a Word file around its text: styles, page number, settings; zipped with fixed dates."""

from __future__ import annotations

import io
import tomllib
import zipfile
from pathlib import Path
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

STYLES = tomllib.loads((Path(__file__).parent / "styles.toml").read_text(encoding="utf-8"))


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
    for key, style in STYLES.items():
        name, block, run = style["name"], style["block"], style["run"]
        inside = lines.get(key) or (dots if key == "Than" else "") + block
        if "<w:keepNext/>" in inside:
            inside = "<w:keepNext/>" + inside.replace("<w:keepNext/>", "")
        if "w:sz " in run:
            run += run[run.index("<w:sz ") :].replace("<w:sz ", "<w:szCs ")
        made.append(
            f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{key}"><w:name w:val="{escape(name)}"/>'
            f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{inside}</w:pPr><w:rPr>{run}</w:rPr></w:style>'
        )
    kinds = ("ascii", "hAnsi", "eastAsia", "cs")
    font = " ".join(f'w:{kind}="Times New Roman"' for kind in kinds)
    return (
        f"{_HEAD}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {font}/>"
        '<w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="vi-VN" w:eastAsia="vi-VN"/></w:rPr>'
        "</w:rPrDefault>"
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
            (
                ("styles", "styles"),
                ("settings", "settings"),
                ("header1", "header"),
                ("header2", "header"),
            ),
            1,
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
