"""What an office brings itself: templates, settings, numbers; every fault at once, nothing half-written."""

import io
import zipfile
from datetime import date

import pytest
from docx import Document
from docx.shared import Mm

from data.papers.organisation_in import SHIPPED, PapersRefused, read_organisation
from data.papers.shelf import FIELD_LIST, HOME
from data.plan_folder import write_plan
from scheduler.journeys.paper_choices import PapersAsk
from scheduler.journeys.papers import write_papers, write_templates
from scheduler.papers.kinds import KEYS
from tests.papers_read import pdf_text, word, word_text, year_office

ON = date(2027, 1, 1)


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    home = tmp_path_factory.mktemp("own")
    made, office = year_office(12)
    write_plan(made, office, home / "plan")
    return home / "plan", office


def own(tmp_path, key, change):
    """A folder with one template that somebody has changed in Word."""
    folder = tmp_path / "templates"
    folder.mkdir(exist_ok=True)
    document = Document(HOME / f"{key}.docx")
    change(document)
    document.save(folder / f"{key}.docx")
    return folder


def retold(document, old, new):
    for paragraph in document.element.body.iter():
        if paragraph.tag.endswith("}t") and paragraph.text and old in paragraph.text:
            paragraph.text = paragraph.text.replace(old, new)


def papers(plan, tmp_path, **ask):
    folder, office = plan
    return write_papers(PapersAsk(folder, tmp_path / "out", only=("ke-hoach",), **ask), office)


# --- templates ---------------------------------------------------------------------------------------


def test_a_changed_template_changes_both_files(plan, tmp_path):
    folder = own(
        tmp_path, "ke-hoach", lambda d: retold(d, "V. KINH PHÍ", "V. NGUỒN KINH PHÍ RIÊNG")
    )
    done = papers(plan, tmp_path, templates=folder)
    assert done.remarks == ()
    assert "NGUỒN KINH PHÍ RIÊNG" in word_text(word(tmp_path / "out/ke-hoach.docx"))
    assert "NGUỒN KINH PHÍ RIÊNG" in pdf_text(tmp_path / "out/ke-hoach.pdf")


def test_a_tag_that_word_has_cut_in_pieces_is_still_a_tag(plan, tmp_path):
    def cut(document):
        for paragraph in document.paragraphs:
            if "{{ thoi_ky }}" in paragraph.text:
                paragraph.runs[0].text = "{{ th"
                for piece in ("oi", "_ky }", "}."):
                    paragraph.add_run(piece)

    papers(plan, tmp_path, templates=own(tmp_path, "ke-hoach", cut))
    assert "Từ ngày 01/01/2026 đến thời điểm kiểm tra." in word_text(
        word(tmp_path / "out/ke-hoach.docx")
    )


def test_fields_unknown_and_missing_are_told_all_at_once_and_nothing_is_written(plan, tmp_path):
    def spoil(document):
        retold(document, "{{ so }}", "{{ so_ky_hieu }}")
        retold(document, "{{ d.truong_doan }}", "{{ d.truong_doann }}")
        retold(document, "for noi in noi_nhan", "for noi in nguoi_nhan")

    folder = own(tmp_path, "ke-hoach", spoil)
    (folder / "ke-hoac.docx").write_bytes((HOME / "ke-hoach.docx").read_bytes())
    (folder / "bien-ban.docx").write_bytes(b"no Word file")
    (folder / "~$ke-hoach.docx").write_bytes(b"Word's own lock file is passed over")
    with pytest.raises(PapersRefused) as refused:
        papers(plan, tmp_path, templates=folder)
    told = {(fault.table, fault.column): fault.message for fault in refused.value.faults}
    assert set(told) == {
        ("ke-hoach.docx", "so_ky_hieu"), ("ke-hoach.docx", "so"), ("ke-hoach.docx", "danh_sach[].truong_doann"),
        ("ke-hoach.docx", "nguoi_nhan[]"), ("ke-hoach.docx", "noi_nhan"), ("ke-hoac.docx", ""),
        ("bien-ban.docx", ""),
    }  # fmt: skip
    assert "Có phải «danh_sach[].truong_doan»" in told[
        "ke-hoach.docx", "danh_sach[].truong_doann"
    ].say("vi")
    assert "«ke-hoach»" in told["ke-hoac.docx", ""].say("vi")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("spoilt", ["{% for x in %}", "{{ nam ", "{% endfor %}"])
def test_a_tag_that_cannot_be_read_is_told_with_its_file(plan, tmp_path, spoilt):
    folder = own(tmp_path, "ke-hoach", lambda d: retold(d, "V. KINH PHÍ", spoilt))
    with pytest.raises(PapersRefused, match=r"ke-hoach\.docx: Thẻ điền không đọc được"):
        papers(plan, tmp_path, templates=folder)


def test_a_template_cannot_reach_behind_its_fields(plan, tmp_path):
    behind = "{{ nam.__class__.__mro__ }}"
    folder = own(tmp_path, "ke-hoach", lambda d: retold(d, "V. KINH PHÍ", behind))
    with pytest.raises(PapersRefused, match=r"nam\.__class__\.__mro__"):
        papers(plan, tmp_path, templates=folder)


def test_margins_outside_the_decree_and_what_the_pdf_lacks_are_remarked(plan, tmp_path):
    def wide(document):
        document.sections[0].left_margin = Mm(15)
        paragraph = document.paragraphs[0]
        properties = paragraph._p.get_or_add_pPr()
        properties.get_or_add_numPr().get_or_add_numId().val = 1

    done = papers(plan, tmp_path, templates=own(tmp_path, "ke-hoach", wide))
    assert [remark.say("vi") for remark in done.remarks] == [
        "ke-hoach.docx: lề trái 15 mm, thể thức quy định từ 30 đến 35 mm.",
        "ke-hoach.pdf không có các thành phần của tệp Word: đánh số tự động.",
    ]


def test_a_field_in_a_header_is_refused(plan, tmp_path):
    def spoil(document):
        document.sections[0].header.paragraphs[0].add_run("{{ nam }}")

    with pytest.raises(PapersRefused, match="đầu trang"):
        papers(plan, tmp_path, templates=own(tmp_path, "ke-hoach", spoil))


def test_a_word_file_with_a_dtd_is_refused(plan, tmp_path):
    folder = own(tmp_path, "ke-hoach", lambda d: None)
    content = io.BytesIO((folder / "ke-hoach.docx").read_bytes())
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(folder / "ke-hoach.docx", "w") as new:
        for name in old.namelist():
            inside = old.read(name)
            if name == "word/document.xml":
                inside = inside.replace(b"?>", b'?><!DOCTYPE w [<!ENTITY a "aaaa">]>', 1)
            new.writestr(name, inside)
    with pytest.raises(PapersRefused, match="không phải văn bản Word"):
        papers(plan, tmp_path, templates=folder)


def test_the_shipped_templates_can_be_taken_out_and_given_back(plan, tmp_path):
    names = write_templates(tmp_path / "mine")
    assert {n.removesuffix(".docx") for n in names} == {*KEYS, FIELD_LIST}
    listed = (tmp_path / "mine" / FIELD_LIST).read_text("utf-8")
    assert "  danh_sach[].truong_doan" in listed.splitlines()
    papers(plan, tmp_path, templates=tmp_path / "mine")
    mine = (tmp_path / "out/ke-hoach.docx").read_bytes()
    papers(plan, tmp_path)
    assert (tmp_path / "out/ke-hoach.docx").read_bytes() == mine
    with pytest.raises(PapersRefused, match="thư mục trống"):
        write_templates(tmp_path / "mine")


# --- the organisation --------------------------------------------------------------------------------


def test_who_signs_and_for_whom_stands_under_the_plan(plan, tmp_path):
    text = SHIPPED.read_text("utf-8")
    text = text.replace(
        'signature  = ["GIÁM ĐỐC"] ', 'signature  = ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"] '
    )
    text = text.replace('signer     = ""', 'signer     = "Nguyễn Văn A"').replace(
        '"SNV"', '"SNV-CCHC"'
    )
    (tmp_path / "ours.toml").write_text(text, "utf-8")
    papers(plan, tmp_path, organisation=tmp_path / "ours.toml")
    signed = word(tmp_path / "out/ke-hoach.docx").tables[1].cell(0, 1).text
    assert signed.split("\n") == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "", "Nguyễn Văn A"]
    assert "/KH-SNV-CCHC" in word_text(word(tmp_path / "out/ke-hoach.docx"))


def test_the_entry_in_force_on_the_first_day_of_the_year_counts(tmp_path):
    text = SHIPPED.read_text("utf-8")
    later = text.replace("from       = 2025-03-01", "from       = 2027-01-02").replace(
        '"Sở Nội vụ" ', '"Sở Mới" '
    )
    (tmp_path / "two.toml").write_text(text + later, "utf-8")
    assert read_organisation(tmp_path / "two.toml", ON, KEYS).name == "Sở Nội vụ"
    assert read_organisation(tmp_path / "two.toml", date(2027, 1, 2), KEYS).name == "Sở Mới"
    with pytest.raises(PapersRefused, match="Không có khối"):
        read_organisation(tmp_path / "two.toml", date(2025, 2, 28), KEYS)


@pytest.mark.parametrize(("old", "new", "column"), [
    ('place      = "Hà Nội"', 'plase      = "Hà Nội"', "plase"),
    ('place      = "Hà Nội"', 'plase      = "Hà Nội"', "place"),
    ('body       = ["SỞ NỘI VỤ"]', 'body       = "SỞ NỘI VỤ"', "body"),
    ('signature  = ["GIÁM ĐỐC"] ', 'signature  = ["GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"] ', "signature"),
    ('symbol     = "SNV"', 'symbol     = ""', "symbol"),
    ("from       = 2025-03-01", 'from       = "2025"', "from"),
    ("[organisation.papers.thong-bao]", "[organisation.papers.thong-baoo]", ""),
])  # fmt: skip
def test_a_wrong_setting_is_told_by_its_key(tmp_path, old, new, column):
    text = SHIPPED.read_text("utf-8")
    assert old in text
    (tmp_path / "odd.toml").write_text(text.replace(old, new), "utf-8")
    with pytest.raises(PapersRefused) as refused:
        read_organisation(tmp_path / "odd.toml", ON, KEYS)
    assert column in {fault.column for fault in refused.value.faults}


def test_a_file_that_is_no_toml_is_told(tmp_path):
    (tmp_path / "odd.toml").write_text("[[organisation", "utf-8")
    with pytest.raises(PapersRefused, match="không đọc được"):
        read_organisation(tmp_path / "odd.toml", ON, KEYS)


# --- numbers -----------------------------------------------------------------------------------------


def test_numbers_and_days_stand_where_the_clerk_has_given_them(plan, tmp_path):
    (tmp_path / "numbers.csv").write_text("paper,id,number,date\nke-hoach,,5,05/02/2027\n", "utf-8")
    papers(plan, tmp_path, numbers=tmp_path / "numbers.csv")
    text = word_text(word(tmp_path / "out/ke-hoach.docx"))
    assert "Số: 05/KH-SNV" in text
    assert "Hà Nội, ngày 05 tháng 02 năm 2027" in text
    assert "(Kèm theo Kế hoạch số 05/KH-SNV ngày 05 tháng 02 năm 2027 của Sở Nội vụ)" in text


def test_without_numbers_there_is_room_to_write(plan, tmp_path):
    papers(plan, tmp_path)
    text = word_text(word(tmp_path / "out/ke-hoach.docx"))
    assert "Số:       /KH-SNV" in text
    assert "ngày       tháng       năm 20   " in text  # signed in 2026 or in 2027


def test_faults_of_numbers_and_settings_are_told_together(plan, tmp_path):
    rows = [
        "paper,id,number,date",
        "ke-hoac,,5,",
        "thong-bao,V1,năm,",
        "ke-hoach,,5,31/02/2027",
        "ke-hoach,,6,",
    ]
    (tmp_path / "numbers.csv").write_text("\n".join(rows), "utf-8")
    (tmp_path / "odd.toml").write_text("", "utf-8")
    with pytest.raises(PapersRefused) as refused:
        papers(plan, tmp_path, numbers=tmp_path / "numbers.csv", organisation=tmp_path / "odd.toml")
    told = {(fault.row, fault.column) for fault in refused.value.faults}
    assert told >= {(2, "paper"), (3, "number"), (4, "date"), (5, "paper"), (0, "from")}
    assert not (tmp_path / "out").exists()


def test_a_number_for_a_visit_that_there_is_not_is_told(plan, tmp_path):
    (tmp_path / "numbers.csv").write_text(
        "paper,id,number\nthong-bao,V1,5\nke-hoach,x,6\n", "utf-8"
    )
    with pytest.raises(PapersRefused) as refused:
        papers(plan, tmp_path, numbers=tmp_path / "numbers.csv")
    assert {(fault.column, fault.value) for fault in refused.value.faults} == {
        ("id", "V1"),
        ("id", "x"),
    }


def test_a_paper_that_needs_more_says_what(plan, tmp_path):
    folder, office = plan
    with pytest.raises(PapersRefused, match="«dieu-chinh» cần thêm --against"):
        write_papers(PapersAsk(folder, tmp_path / "out", only=("dieu-chinh", "ke-hoach")), office)
    assert not (tmp_path / "out").exists()
