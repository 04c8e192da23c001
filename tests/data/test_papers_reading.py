"""What is read from a Word file for its PDF: looks, lines, merged cells, sections; nothing lost in silence."""

import io
import re

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from data.papers.make.wording import template_of
from data.papers.pdf import pdf_file
from data.papers.word import WordTemplate
from data.papers.word_reading import read_word


def read(document):
    target = io.BytesIO()
    document.save(target)
    parts = WordTemplate("x", target.getvalue()).parts
    return read_word(parts, parts["word/document.xml"].decode())


def only_block(document):
    return read(document).sheets[0].blocks[0]


def test_the_look_of_a_paragraph_is_its_own_over_that_of_its_style():
    document = Document()
    style = document.styles["Normal"]
    style.font.size, style.font.bold = Pt(13), True
    style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.first_line_indent = Cm(1.27)
    paragraph.paragraph_format.space_before = Pt(6)
    paragraph.add_run("a")
    paragraph.add_run("b").bold = False
    block = only_block(document)
    assert (block["align"], round(block["first"]), block["before"]) == ("justify", 36, 6.0)
    assert [(run["text"], run.get("bold"), run["size"]) for run in block["runs"]] == [
        ("a", True, 13.0), ("b", False, 13.0)
    ]  # fmt: skip


@pytest.mark.parametrize(("borders", "lined"), [
    ("tbl", True), ("cell", True), ("style", True), ("none", False),
])  # fmt: skip
def test_lines_of_a_table_are_seen_wherever_word_keeps_them(borders, lined):
    document = Document()
    table = document.add_table(1, 1, style="Table Grid" if borders == "style" else "Normal Table")
    line = f'<w:top {nsdecls("w")} w:val="single"/>'
    if borders == "tbl":
        table._tbl.tblPr.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{line}</w:tblBorders>"))
    if borders == "cell":
        properties = table.cell(0, 0)._tc.get_or_add_tcPr()
        properties.append(parse_xml(f"<w:tcBorders {nsdecls('w')}>{line}</w:tcBorders>"))
    assert only_block(document)["lined"] is lined


def test_merged_cells_stay_merged():
    document = Document()
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "wide"
    table.cell(0, 2).merge(table.cell(2, 2)).text = "high"
    cells = [
        [(c["span"], c["height"]) for c in row["cells"]] for row in only_block(document)["rows"]
    ]
    assert cells == [[(2, 1), (1, 3)], [(1, 1), (1, 1)], [(1, 1), (1, 1)]]
    assert pdf_file(read(document).sheets, "a", "b").startswith(b"%PDF")


def test_a_table_in_a_cell_is_laid_out_in_it():
    document = Document()
    inner = document.add_table(1, 1).cell(0, 0).add_table(2, 1)
    inner.cell(1, 0).text = "inside"
    outer = only_block(document)
    assert len(outer["rows"]) == 1
    assert [b["kind"] for b in outer["rows"][0]["cells"][0]["blocks"]] == ["p", "t", "p"]
    assert pdf_file(read(document).sheets, "a", "b").startswith(b"%PDF")


@pytest.mark.parametrize(("xml", "told"), [
    ("<w:r><w:drawing/></w:r>", "hình"),
    ("<w:ins><w:r><w:t>new</w:t></w:r></w:ins>", "sửa đổi đang theo dõi"),
    ("<w:odd><w:r><w:t>text</w:t></w:r></w:odd>", "phần khác"),
    ("<w:r><w:footnoteReference w:id=\"1\"/></w:r>", "chú thích cuối trang"),
])  # fmt: skip
def test_what_the_pdf_will_lack_is_named(xml, told):
    document = Document()
    paragraph = document.add_paragraph("x")
    for element in parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>"):
        paragraph._p.append(element)
    assert read(document).left_out == (told,)


def test_a_document_without_oddities_lacks_nothing():
    document = Document()
    document.add_paragraph("x\ty\nz")
    assert read(document).left_out == ()


ONE = WordTemplate("one", template_of("{{ ten }}"))


@given(st.text(st.characters(exclude_categories=["Cs"])))
@settings(deadline=None)
def test_any_text_comes_through_a_template_as_it_is(text):
    document = Document(io.BytesIO(ONE.file(ONE.xml([{"ten": text}]), "t", "a")))
    wanted = re.sub("\r\n?", "\n", text)
    wanted = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", wanted)
    assert document.paragraphs[0].text == wanted


def test_each_copy_begins_on_a_page_of_its_own_with_its_own_numbers():
    xml = ONE.xml([{"ten": "a"}, {"ten": "b"}, {"ten": "c"}])
    sheets = read_word(ONE.parts, xml).sheets
    assert [sheet.blocks[0]["runs"][0]["text"] for sheet in sheets] == ["a", "b", "c"]
    assert all(sheet.restart and sheet.numbered and not sheet.first_numbered for sheet in sheets)


@pytest.mark.parametrize("first_differs", [True, False])
def test_the_first_page_has_a_number_unless_its_header_is_its_own(first_differs):
    document = Document()
    section = document.sections[0]
    section.different_first_page_header_footer = first_differs
    section.header.paragraphs[0]._p.append(
        parse_xml(
            f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        )
    )
    sheet = read(document).sheets[0]
    assert sheet.numbered
    assert sheet.first_numbered is not first_differs
