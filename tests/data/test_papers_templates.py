"""The Word templates: made from their wording, in the layout of Decree 30/2020; the font of the PDFs."""

import hashlib
import io
import re
import unicodedata
from pathlib import Path

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from fontTools.ttLib import TTFont

from data.papers.lines import SHARE, fit_lines, width
from data.papers.make.__main__ import made
from data.papers.make.wording import template_of
from data.papers.shelf import HOME, shipped
from data.rulefiles import read_rules
from scheduler.papers.kinds import KEYS
from tests.offices import RULEBOOK

PAPERS = Path(HOME).parent
FONTS = sorted((PAPERS / "fonts").glob("*.ttf"))
PAGE = RULEBOOK.value("papers.page")
WORDINGS = {file.stem: file.read_text("utf-8") for file in (PAPERS / "wording").glob("*.txt")}


def document(key):
    return Document(io.BytesIO((HOME / f"{key}.docx").read_bytes()))


def test_the_shipped_templates_are_made_from_the_wording_files():
    on_disk = {file.name: file.read_bytes() for file in HOME.glob("*.docx")}
    assert made() == on_disk
    assert {name.removesuffix(".docx") for name in on_disk} == KEYS


@pytest.mark.parametrize("key", sorted(KEYS))
def test_every_page_is_a4_with_margins_that_the_decree_allows(key):
    for section in document(key).sections:
        sides = sorted((round(section.page_width.mm), round(section.page_height.mm)))
        assert sides == [210, 297]
        for side in ("top", "bottom", "left", "right"):
            least, most = PAGE[side]
            assert least <= round(getattr(section, f"{side}_margin").mm, 1) <= most


@pytest.mark.parametrize("key", sorted(KEYS))
def test_pages_are_numbered_in_the_middle_of_the_top_margin_from_the_second_on(key):
    for section in document(key).sections:
        assert section.different_first_page_header_footer
        number, first = section.header.paragraphs[0], section.first_page_header.paragraphs[0]
        assert "PAGE" in number._p.xml
        assert "PAGE" not in first._p.xml
        assert number.style.paragraph_format.alignment == 1  # centre
        assert number.style.font.size.pt in (13, 14)
        assert 'w:start="1"' in section._sectPr.xml  # an annex counts its own pages


@pytest.mark.parametrize("key", sorted(KEYS))
def test_the_font_is_that_of_the_decree_and_the_body_has_its_size(key):
    styles = document(key).styles
    defaults = styles.element.xml
    assert f'w:ascii="{PAGE["font"]}"' in defaults
    assert '<w:sz w:val="28"/>' in defaults  # 14 points
    assert PAGE["body"][0] <= 14 <= PAGE["body"][1]
    assert styles["Thân văn bản"].paragraph_format.alignment == 3  # justified
    assert styles["Thân văn bản"].paragraph_format.space_before.pt >= 6
    assert 1 <= round(styles["Thân văn bản"].paragraph_format.first_line_indent.cm, 2) <= 1.27
    assert styles["Căn cứ"].font.italic
    assert styles["Tên loại văn bản"].font.bold


@pytest.mark.parametrize("key", sorted(KEYS))
def test_a_paper_begins_with_the_head_and_ends_with_its_mark(key):
    wording = WORDINGS[key]
    table = document(key).tables[0]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in table.cell(0, 1).text
    assert "Độc lập - Tự do - Hạnh phúc" in table.cell(0, 1).text
    assert "{{ so }}" in table.cell(1, 0).text
    assert wording.count("./.") == 1
    assert wording.index("./.") < wording.find("@annex") or "@annex" not in wording


@pytest.mark.parametrize(
    "key", ["ke-hoach", "ke-hoach-chuyen-doi", "dieu-chinh", "theo-doi-khac-phuc"]
)
def test_wide_annexes_lie_on_their_side_and_the_body_stands(key):
    turned = [section.orientation == WD_ORIENT.LANDSCAPE for section in document(key).sections]
    assert turned[0] is False
    assert turned[1] is True


def test_no_table_is_wider_than_its_page():
    for key in KEYS:
        found = document(key)
        for table in found.tables:
            total = sum(column.width.mm for column in table.columns)
            assert total <= 248, key
        assert all(sum(c.width.mm for c in t.columns) <= 161 for t in found.tables[:1])


def test_the_department_checks_and_does_not_do_what_the_inspectorate_does():
    for key, wording in WORDINGS.items():
        said = re.sub(r"cơ quan thanh tra|[Tt]hanh tra Thành phố", "", wording)
        assert "thanh tra" not in said.lower(), key


def test_a_wording_that_is_not_known_is_refused():
    with pytest.raises(ValueError, match="@sing"):
        template_of("@head\n@sing\n")


# --- the font ----------------------------------------------------------------------------------------


def words():
    """Every text that a paper may print: wording, settings, rules, the city's names."""
    home = PAPERS.parent
    files = [*(PAPERS / "wording").glob("*.txt"), PAPERS / "organisation.toml",
             home / "sample/names.toml", home / "reference/units.csv", home / "city/units.csv",
             home / "reference/rotation_positions.csv", home / "city/staff.csv",
             *(home.parent / "scheduler/papers").glob("*.py")]  # fmt: skip
    texts = [file.read_text("utf-8") for file in files]
    texts += [f"{row.title_vi}{row.source}{[v.value for v in row.values]}" for row in read_rules()]
    return set(unicodedata.normalize("NFC", "".join(texts)))


@pytest.mark.parametrize("file", FONTS, ids=lambda file: file.stem)
def test_the_shipped_font_has_every_letter_that_papers_use_and_all_of_vietnamese(file):
    has = set(TTFont(file).getBestCmap())
    wanted = {*map(ord, words()), *range(0x1EA0, 0x1EFA), *map(ord, "ĂăĐđĨĩŨũƠơƯư₫–—“”…")}
    assert sorted(chr(c) for c in wanted - has if c >= 32) == []


def test_the_font_files_are_those_that_their_page_names():
    told = dict(
        re.findall(
            r"\| (\S+\.ttf) \| ([0-9a-f]{64}) \|", (PAPERS / "fonts/README.md").read_text("utf-8")
        )
    )
    assert {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in FONTS} == told
    assert "SIL Open Font License" in (PAPERS / "fonts/OFL.txt").read_text("utf-8")
    assert len(FONTS) == 4


def true_width(text, size):
    font = TTFont(PAPERS / "fonts/Tinos_700Bold.ttf")
    names, metrics = font.getBestCmap(), font["hmtx"]
    units = sum(metrics[names[ord(c)]][0] for c in text)
    return units / font["head"].unitsPerEm * size * 25.4 / 72


@pytest.mark.parametrize("name", [
    "SỞ NỘI VỤ", "THÀNH PHỐ HÀ NỘI", "PHƯỜNG VĂN MIẾU - QUỐC TỬ GIÁM", "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG",
])  # fmt: skip
def test_the_line_under_a_name_is_a_third_to_a_half_of_it(name):
    drawn = SHARE * width(name, 12)
    assert true_width(name, 12) / 3 <= drawn <= true_width(name, 12) / 2


def test_a_line_that_an_office_has_set_itself_stays():
    own = '<w:p ><w:pPr><w:pStyle w:val="KeCoQuan"/><w:jc w:val="left"/></w:pPr></w:p>'
    assert fit_lines(own) == own
    assert "w:ind" in fit_lines('<w:p ><w:pPr><w:pStyle w:val="KeCoQuan"/></w:pPr></w:p>')


def test_the_head_of_a_commune_has_no_superior_line():
    values = {"co_quan_chu_quan": [], "co_quan": ["ỦY BAN NHÂN DÂN", "PHƯỜNG HOÀN KIẾM"]}
    found = shipped("de-cuong").xml([{**EMPTY, **values}])
    assert found.index("ỦY BAN NHÂN DÂN") < found.index("PHƯỜNG HOÀN KIẾM")
    assert "CoQuanChuQuan" not in found


EMPTY = {
    "so": "", "dia_danh_ngay": "", "nam": 2027, "thoi_ky": "", "noi_dung": [], "so_lieu": [], "ten_co_quan": "",
}  # fmt: skip
