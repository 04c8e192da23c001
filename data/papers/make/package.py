"""The parts of a Word file around its text: styles, page number, settings; zipped with fixed dates."""

from __future__ import annotations

import tomllib
from pathlib import Path
from xml.sax.saxutils import escape

from data.papers.fixed_zip import zip_of
from data.papers.make.pieces import HEAD_COLUMNS, twips

W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
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
        f"<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {font}/>"
        '<w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="vi-VN" w:eastAsia="vi-VN"/></w:rPr>'
        "</w:rPrDefault>"
        '<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="252" w:lineRule="auto"/></w:pPr>'
        '</w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        f'<w:name w:val="Normal"/><w:qFormat/></w:style>{"".join(made)}</w:styles>'
    )


PARTS = (
    ("styles", "styles"),
    ("settings", "settings"),
    ("header1", "header"),
    ("header2", "header"),
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def word_file(body: str, last: str) -> bytes:
    """A Word file out of the body's XML and its last section."""
    kinds = (("document", "document.main"), *PARTS)
    overrides = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_OFFICE}.{kind}+xml"/>'
        for part, kind in kinds
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATED}/{kind}" Target="{part}.xml"/>'
        for n, (part, kind) in enumerate(PARTS, 1)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_RELATED}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {W}><w:body>{body}{last}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}'
        "</Relationships>",
        "word/styles.xml": styles_xml(),
        "word/settings.xml": f'<w:settings {W}><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>',
        "word/header1.xml": f"<w:hdr {W}>{_page_number()}</w:hdr>",
        "word/header2.xml": f'<w:hdr {W}><w:p><w:pPr><w:pStyle w:val="SoTrang"/></w:pPr></w:p></w:hdr>',
    }
    return zip_of({name: (_HEAD + text).encode() for name, text in parts.items()})


def _page_number() -> str:
    """A paragraph with the number of its page."""
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    ask = '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    inside = field.format("begin") + ask + field.format("separate")
    shown = f"{inside}<w:r><w:t>2</w:t></w:r>{field.format('end')}"
    return f'<w:p><w:pPr><w:pStyle w:val="SoTrang"/></w:pPr>{shown}</w:p>'
