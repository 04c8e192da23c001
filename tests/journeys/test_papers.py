"""Papers of a plan read back: every field is that of the data, in Word and in PDF alike."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from data.papers.organisation_in import PapersRefused
from data.plan_folder import write_plan
from data.plan_in import PlanFileError
from data.records import ReserveWeek, Unit
from data.rotation_folder import write_rotation
from data.sample import sample_tables, write_dataset
from scheduler.journeys.paper_choices import PapersAsk
from scheduler.journeys.paper_samples import sample_papers, sample_rotation_papers
from scheduler.journeys.papers import write_papers
from scheduler.papers.rotation_people import limit_of
from tests.papers_read import (
    YEAR,
    letters,
    moves_papers,
    pdf_text,
    rows,
    word,
    word_text,
    year_office,
    year_papers,
)  # fmt: skip
from tests.rotation_plans import rotation_plan

SECRETS = (
    "kỷ luật", "điều tra", "xác minh", "bệnh", "Mang thai", "nuôi con", "biệt phái", "Đi học", "nghỉ hưu",
    "Điều 38", "Điều 39", "Văn bản 12/CV",
)  # fmt: skip


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    plan, office = year_office()
    chosen = tuple(v.visit_id for v in own_papers(plan))
    folder = year_papers(tmp_path_factory.mktemp("year"), plan, office, chosen=chosen)
    return folder, plan, office


@pytest.fixture(scope="module")
def moves(tmp_path_factory):
    return moves_papers(tmp_path_factory.mktemp("moves"), 14)


def scheduled(plan):
    found = [v for v in plan.visits if v.status == "scheduled"]
    return sorted(found, key=lambda v: (v.start, v.visit_id))


def own_papers(plan):
    """Two visits of each kind, by date: these get papers of their own."""
    kinds = ("periodic", "thematic", "follow_up")
    found = [v for kind in kinds for v in [v for v in scheduled(plan) if v.kind == kind][:2]]
    return sorted(found, key=lambda v: (v.start, v.visit_id))


# --- both files --------------------------------------------------------------------------------------


def test_word_and_pdf_of_every_paper_hold_the_same_text(year, moves):
    folders = [year[0], moves[0]]
    papers = [file for folder in folders for file in sorted(folder.rglob("*.docx"))]
    assert len(papers) >= 18
    for paper in papers:
        wanted = Counter(letters(word_text(word(paper))))
        found = Counter(letters(pdf_text(paper.with_suffix(".pdf"))))
        missing = wanted - found
        assert not missing, (paper.name, missing)
        extra = set(found - wanted)
        assert extra <= set("0123456789" + letters(heads(paper))), (paper.name, extra)


def heads(paper):
    """What a PDF repeats on every page: the heads of the tables."""
    return "".join(cell for table in word(paper).tables for cell in rows(table)[0])


def test_the_pdf_is_pdf_a_in_the_shipped_font_alone(year):
    reader = PdfReader(year[0] / "ke-hoach.pdf")
    told = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in told
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in told
    fonts = [
        font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()
    ]
    inner = [font["/DescendantFonts"][0].get_object() for font in fonts]
    assert {font["/BaseFont"].split("+")[1].split("-")[0] for font in fonts} == {"Tinos"}
    assert all({"/FontFile2", "/FontFile3"} & set(f["/FontDescriptor"].get_object()) for f in inner)
    assert reader.metadata.title == "Kế hoạch kiểm tra công vụ 2027"


def test_pages_are_numbered_from_the_second_and_each_annex_anew(year):
    firsts = [text.split("\n")[0].strip() for text in
              (page.extract_text() for page in PdfReader(year[0] / "ke-hoach.pdf").pages)]  # fmt: skip
    starts = [n for n, line in enumerate(firsts) if not line.isdigit()]
    assert len(starts) == 4  # the plan and three annexes
    ends = [*starts[1:], len(firsts)]
    for start, end in zip(starts, ends, strict=True):
        assert firsts[start + 1 : end] == [str(n) for n in range(2, end - start + 1)]


def test_the_wide_annex_lies_on_its_side_in_the_pdf_too(year):
    sizes = {
        tuple(round(float(side)) for side in page.mediabox[2:])
        for page in PdfReader(year[0] / "ke-hoach.pdf").pages
    }
    assert sizes == {(595, 842), (842, 595)}


def test_the_same_plan_gives_the_same_bytes(tmp_path, year):
    folder, plan, office = year
    chosen = tuple(v.visit_id for v in own_papers(plan))
    again = year_papers(tmp_path, plan, office, chosen=chosen)
    names = {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}
    assert names == {str(file.relative_to(again)) for file in again.rglob("*") if file.is_file()}
    assert [n for n in names if (folder / n).read_bytes() != (again / n).read_bytes()] == []


# --- the yearly plan ---------------------------------------------------------------------------------


def test_the_list_of_units_is_that_of_the_plan(year):
    folder, plan, office = year
    units = {unit.unit_id: unit.name for unit in office.units}
    people = {who.inspector_id: who.name for who in office.inspectors}
    table = word(folder / "ke-hoach.docx").tables[2]
    forms = {"periodic": "Định kỳ", "thematic": "Chuyên đề", "follow_up": "Tái kiểm tra"}
    wanted = [(units[v.unit_id], forms[v.kind], people[v.lead]) for v in scheduled(plan)]
    found = rows(table)[1:]
    assert [(row[1], row[2], row[7]) for row in found] == wanted
    assert [row[0] for row in found] == [str(n) for n in range(1, len(wanted) + 1)]
    for row, visit in zip(found, scheduled(plan), strict=True):
        assert row[5].endswith(f"{visit.end:%d/%m/%Y}")
        assert row[5].startswith(f"{visit.start:%d}")
        if visit.kind == "thematic":
            assert row[3] == 'Chuyên đề: Một cửa & "đúng hạn"'
        if visit.follows:
            assert visit.follows in row[3]


def test_surprise_visits_are_a_number_for_each_quarter_and_nothing_else(year):
    folder, plan, _ = year
    table = word(folder / "ke-hoach.docx").tables[3]
    wanted = [
        sum(w.team_days for w in plan.reserve if (w.week_start.month - 1) // 3 == q)
        for q in range(4)
    ]
    assert [row[:2] for row in rows(table)[1:]] == [
        [f"Quý {name}", str(n)] for name, n in zip(("I", "II", "III", "IV"), wanted, strict=True)
    ]


def test_a_surprise_visit_in_a_plan_is_in_no_paper(tmp_path):
    plan, office = year_office(12)
    secret = Unit("BIMAT", "Đơn vị tuyệt mật", "ward")
    office = replace(office, units=(*office.units, secret))
    write_plan(plan, office, tmp_path / "plan")
    with (tmp_path / "plan/visits.csv").open("a") as file:
        file.write("S1,BIMAT,surprise,,,2027-03-15,2027-03-15,1,TV001,TV002;TV003,scheduled,,,\n")
    with pytest.raises(PlanFileError, match="kind"):
        write_papers(PapersAsk(tmp_path / "plan", tmp_path / "papers"), office)
    assert not (tmp_path / "papers").exists()


def test_a_secret_visit_that_got_past_the_reader_is_still_not_told():
    from scheduler.papers.visits import in_order

    plan, _ = year_office(12)
    secret = replace(scheduled(plan)[0], kind="surprise", visit_id="S1")
    assert secret not in in_order([*plan.visits, secret])


def test_each_unit_gets_its_notice_with_its_own_dates_and_team(year):
    folder, plan, office = year
    units = {unit.unit_id: unit.name for unit in office.units}
    people = {who.inspector_id: who.name for who in office.inspectors}
    text = word_text(word(folder / "thong-bao.docx"))
    parts = text.split("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")[1:]
    assert len(parts) == len(own_papers(plan))
    for part, visit in zip(parts, own_papers(plan), strict=True):
        assert f"Về việc kiểm tra công vụ tại {units[visit.unit_id]}" in part
        assert f"ngày {visit.start:%d/%m/%Y}" in part
        assert all(people[who] in part for who in (visit.lead, *visit.members))


def test_a_follow_up_names_what_is_still_open_and_no_closed_finding(year):
    folder, plan, office = year
    text = word_text(word(folder / "thong-bao.docx"))
    shown = {f.text for f in office.findings if f.text in text}
    again = {v.follows for v in own_papers(plan)}
    assert shown
    assert shown == {f.text for f in office.findings if f.closed_on is None and f.visit_id in again}


def test_the_decision_names_the_team_with_tasks(year):
    folder, plan, office = year
    people = {who.inspector_id: who.name for who in office.inspectors}
    first = own_papers(plan)[0]
    table = next(t for t in word(folder / "quyet-dinh-doan.docx").tables if rows(t)[0][0] == "TT")
    assert [(row[1], row[3]) for row in rows(table)[1:]] == [
        (people[first.lead], "Trưởng đoàn"), (people[first.members[0]], "Thư ký"),
        *((people[who], "Thành viên") for who in first.members[1:]),
    ]  # fmt: skip


def test_the_follow_up_sheet_and_the_evidence_count_the_same_findings(year):
    folder, _, office = year
    sheet = word_text(word(folder / "theo-doi-khac-phuc.docx"))
    closed = sum(f.closed_on is not None for f in office.findings)
    assert f"{len(office.findings)} tồn tại, hạn chế; đã khắc phục {closed}" in sheet
    evidence = word(folder / "minh-chung.docx")
    row = rows(evidence.tables[2])[1]
    assert row[:3] == ["2026", str(len(office.findings)), str(closed)]
    assert row[4] == str(len(office.findings) - closed)  # all are overdue on 1 January


def test_a_finding_closed_after_the_day_of_the_figures_was_open_on_it(tmp_path):
    plan, office = year_office()
    assert any(f.closed_on for f in office.findings)
    folder = year_papers(tmp_path, plan, office, on=date(2026, 6, 30), only=("minh-chung",))
    row = rows(word(folder / "minh-chung.docx").tables[2])[1]
    assert row[:3] == ["2026", str(len(office.findings)), "0"]


def test_six_hundred_units_and_names_with_anything_in_them(tmp_path):
    plan, office = year_office(600)
    odd = [
        'Phường "A & B" <C>',
        "Xã {{ nam }} {% x %}",
        "Sở " + "rất dài " * 60,
        '#panic("x") *b* $y$',
        "Tổ\x0b1",
    ]
    units = tuple(
        replace(u, name=odd[n]) if n < len(odd) else u for n, u in enumerate(office.units)
    )
    office = replace(office, units=units)
    folder = year_papers(tmp_path, plan, office, only=("ke-hoach",))
    found = [row[1] for row in rows(word(folder / "ke-hoach.docx").tables[2])[1:]]
    names = {u.unit_id: u.name.replace("\x0b", "") for u in units}
    assert found == [names[v.unit_id] for v in scheduled(plan)]
    printed = letters(pdf_text(folder / "ke-hoach.pdf"))
    assert all(
        letters(names[v.unit_id]) in printed for v in scheduled(plan) if len(names[v.unit_id]) < 60
    )


def test_a_plan_with_nothing_in_it_still_has_its_papers(tmp_path):
    plan, office = year_office(12)
    dropped = [v for v in plan.visits if v.status == "dropped"]
    empty = replace(plan, visits=tuple(dropped), reserve=(ReserveWeek(date(YEAR, 1, 4), 0),))
    folder = year_papers(tmp_path, empty, replace(office, visits=(), findings=()))
    assert rows(word(folder / "ke-hoach.docx").tables[2])[1:] == []
    assert not (folder / "thong-bao.docx").exists()
    assert len(rows(word(folder / "ke-hoach.docx").tables[4])) == 1 + len(dropped)


def test_the_amendment_tells_what_was_added_dropped_and_changed_and_no_more(tmp_path):
    plan, office = year_office(20)
    first, second, third, *others = scheduled(plan)
    new_lead = next(
        i.inspector_id
        for i in office.inspectors
        if i.inspector_id not in (second.lead, *second.members)
    )
    changed = replace(second, lead=new_lead)
    swapped = replace(
        third, members=(third.members[0], *reversed(third.members[1:]))
    )  # the same team
    added = replace(first, visit_id="2027-MOI", unit_id=office.units[-1].unit_id)
    newer = replace(plan, visits=(changed, swapped, added, *others))
    write_plan(plan, office, tmp_path / "old")
    folder = year_papers(tmp_path, newer, office, against=tmp_path / "old", only=("dieu-chinh",))
    paper = word(folder / "dieu-chinh.docx")
    told = {row[3]: row for row in rows(paper.tables[2])[1:]}
    assert set(told) == {"Bổ sung", "Bỏ", "Trưởng đoàn"}
    people = {who.inspector_id: who.name for who in office.inspectors}
    assert told["Trưởng đoàn"][4:6] == [
        f"Trưởng đoàn: {people[second.lead]}",
        f"Trưởng đoàn: {people[new_lead]}",
    ]
    assert told["Bổ sung"][4] == ""
    assert told["Bỏ"][5] == ""
    assert (
        f"bổ sung 1 cuộc, bỏ 1 cuộc, thay đổi 1 cuộc; {len(others) + 1} cuộc giữ nguyên"
        in word_text(paper)
    )


def test_a_paper_says_why_a_visit_was_dropped_without_the_id_of_a_rule(tmp_path):
    plan, office = year_office(20)
    first, second, *others = scheduled(plan)
    why = (
        "plan.dropped-by-hand: đơn vị đã giải thể",
        "unit.gap: không tìm được ngày và người phù hợp",
    )
    gone = [
        replace(
            v, status="dropped", start=None, end=None, days=0, lead="", members=(), reason=reason
        )
        for v, reason in zip((first, second), why, strict=True)
    ]
    write_plan(plan, office, tmp_path / "old")
    newer = replace(plan, visits=(*gone, *others))
    folder = year_papers(
        tmp_path, newer, office, against=tmp_path / "old", only=("dieu-chinh", "ke-hoach")
    )
    told = [row[6] for row in rows(word(folder / "dieu-chinh.docx").tables[2])[1:]]
    assert told[0] == "đơn vị đã giải thể"
    assert told[1].startswith("Không tìm được ngày và người phù hợp, do: «")
    for paper in ("dieu-chinh", "ke-hoach"):
        text = word_text(word(folder / f"{paper}.docx"))
        assert "plan.dropped" not in text
        assert "unit.gap" not in text


def test_without_a_dataset_names_come_from_the_plans_own_workbook(tmp_path, year):
    _, plan, office = year
    write_plan(plan, office, tmp_path / "plan")
    done = write_papers(PapersAsk(tmp_path / "plan", tmp_path / "papers", only=("ke-hoach",)))
    table = word(tmp_path / "papers/ke-hoach.docx").tables[2]
    units = {unit.unit_id: unit.name for unit in office.units}
    people = {who.inspector_id: who.name for who in office.inspectors}
    assert [(row[1], row[7]) for row in rows(table)[1:]] == [
        (units[v.unit_id], people[v.lead]) for v in scheduled(plan)
    ]
    assert "--data" in done.remarks[0].say("vi")


# --- rotation ----------------------------------------------------------------------------------------


def test_the_rotation_plan_has_the_six_contents_of_article_26(moves):
    text = word_text(word(moves[0] / "ke-hoach-chuyen-doi.docx"))
    heads = ["1. Mục đích", "2. Yêu cầu", "TRƯỜNG HỢP CỤ THỂ PHẢI CHUYỂN ĐỔI", "THỜI GIAN THỰC HIỆN",
             "QUYỀN, NGHĨA VỤ CỦA NGƯỜI PHẢI CHUYỂN ĐỔI", "BIỆN PHÁP TỔ CHỨC THỰC HIỆN"]  # fmt: skip
    places = [text.index(head) for head in heads]
    assert places == sorted(places)


def test_the_four_annexes_hold_everybody_of_the_plan_once(moves):
    folder, plan, office = moves
    names = {who.staff_id: who.name for who in office.staff}
    tables = word(folder / "ke-hoach-chuyen-doi.docx").tables[3:]
    lists = [[row[1] for row in rows(table)[1:]] for table in tables]
    movers = [m.staff_id for m in plan.moves] + [u.staff_id for u in plan.unplaced]
    assert sorted(lists[0]) == sorted(names[who] for who in movers)
    for shown, key in zip(lists[1:3], ("deferred", "exempt"), strict=True):
        assert sorted(shown) == sorted(names[e["staff_id"]] for e in plan.facts[key])
    assert len(lists[3]) == len(plan.facts["single"])


def test_a_mover_is_told_from_where_to_where_and_when(moves):
    folder, plan, office = moves
    titles = {p.position_id: p.title for p in office.positions}
    names = {who.staff_id: who.name for who in office.staff}
    born = {who.name: who.birth_date.year for who in office.staff}
    found = {row[1]: row for row in rows(word(folder / "ke-hoach-chuyen-doi.docx").tables[3])[1:]}
    for move in plan.moves:
        row = found[names[move.staff_id]]
        if sum(name == row[1] for name in names.values()) > 1:
            continue
        assert row[2].startswith(str(born[row[1]]))
        assert row[4] == titles[move.from_position]
        assert row[10].startswith(titles.get(move.to_position, move.to_position))
        assert row[11].removesuffix("\n(chuyển cùng)") == f"{move.effective_date:%d/%m/%Y}"


def test_annex_one_marks_who_only_moves_along(moves):
    folder, plan, _ = moves
    listed = rows(word(folder / "ke-hoach-chuyen-doi.docx").tables[3])[1:]
    along = {row[1] for row in listed if row[11].endswith("(chuyển cùng)")}
    limits = [limit_of(move) for move in plan.moves]
    late = [limit for limit in limits if limit is None or limit.year > plan.year]
    assert len(along) == len(late)
    assert all(not row[9] or int(row[9][-4:]) > plan.year for row in listed if row[1] in along)


def test_the_public_copy_holds_no_ground_and_no_year_of_birth(moves):
    folder, _, office = moves
    inside, posted = (
        word_text(word(folder / f"{home}ke-hoach-chuyen-doi.docx")) for home in ("", "cong-khai/")
    )
    assert [word for word in SECRETS if word in posted] == []
    assert [word for word in SECRETS if word in inside] != []
    assert [
        word for word in SECRETS if word in pdf_text(folder / "cong-khai/ke-hoach-chuyen-doi.pdf")
    ] == []
    listed = rows(word(folder / "cong-khai/ke-hoach-chuyen-doi.docx").tables[4])[1:]
    assert {row[4] for row in listed} == {"Có lý do"}
    assert not any(str(who.birth_date.year) in posted for who in office.staff)
    assert sorted(file.name for file in (folder / "cong-khai").iterdir()) == [
        "ke-hoach-chuyen-doi.docx", "ke-hoach-chuyen-doi.pdf"
    ]  # fmt: skip


def test_the_papers_of_a_public_plan_are_public(tmp_path):
    plan, office = rotation_plan(12)
    write_rotation(plan, office, tmp_path / "posted", public=True)
    done = write_papers(PapersAsk(tmp_path / "posted", tmp_path / "papers"), office)
    assert set(done.files) == {"ke-hoach-chuyen-doi", "phieu-trinh"}
    text = word_text(word(tmp_path / "papers/ke-hoach-chuyen-doi.docx"))
    assert [word for word in SECRETS if word in text] == []


def test_joint_decisions_hold_every_move_of_their_day(moves):
    folder, plan, office = moves
    names = {who.staff_id: who.name for who in office.staff}
    for file in (folder / "quyet-dinh-chuyen-doi-chung").glob("*.docx"):
        month = int(file.stem[6:8])
        wanted = sorted(names[m.staff_id] for m in plan.moves if m.wave == month)
        assert sorted(row[1] for row in rows(word(file).tables[2])[1:]) == wanted
    assert {m.wave for m in plan.moves} == {
        int(f.stem[6:8]) for f in (folder / "quyet-dinh-chuyen-doi-chung").glob("*.docx")
    }


def test_a_decision_and_a_record_for_one_person(tmp_path):
    plan, office = rotation_plan(12)
    move = next(m for m in plan.moves if any(o.to_position == m.from_position for o in plan.moves))
    heir = next(o for o in plan.moves if o.to_position == move.from_position)
    names = {who.staff_id: who.name for who in office.staff}
    write_rotation(plan, office, tmp_path / "moves")
    ask = PapersAsk(tmp_path / "moves", tmp_path / "papers", each=True, chosen=(move.staff_id,))
    write_papers(ask, office)
    decision = word_text(word(tmp_path / f"papers/quyet-dinh-chuyen-doi/{move.staff_id}.docx"))
    assert names[move.staff_id] in decision
    assert f"kể từ ngày {move.effective_date:%d/%m/%Y}" in decision
    record = word_text(word(tmp_path / f"papers/ban-giao/{move.staff_id}.docx"))
    assert f"Bên nhận: ông (bà) {names[heir.staff_id]}" in record


def test_the_report_counts_what_is_done_by_its_day(tmp_path):
    plan, office = rotation_plan(30)
    write_rotation(plan, office, tmp_path / "moves")
    limits = [(m, limit_of(m)) for m in plan.moves]
    due = [m for m, limit in limits if limit and limit <= date(YEAR, 12, 31)]
    for on in (date(YEAR, 1, 1), date(YEAR, 6, 15), date(YEAR, 12, 31)):
        out = tmp_path / f"{on}"
        write_papers(
            PapersAsk(tmp_path / "moves", out, on=on, only=("bao-cao-chuyen-doi",)), office
        )
        table = rows(word(out / "bao-cao-chuyen-doi.docx").tables[1])
        whole, done = len(due) + len(plan.unplaced), sum(m.effective_date <= on for m in due)
        assert [row[1] for row in table[1:4]] == [str(whole), str(done), str(whole - done)]
        assert table[2][2] == f"{100 * done / whole:.1f} %".replace(".", ",")


# --- the folder --------------------------------------------------------------------------------------


def test_papers_replace_papers_and_nothing_else(tmp_path):
    plan, office = year_office(12)
    folder = year_papers(tmp_path, plan, office, only=("de-cuong",))
    assert json.loads((folder / "papers.json").read_text())["papers"] == {
        "de-cuong": "Đề cương báo cáo"
    }
    write_papers(PapersAsk(tmp_path / "plan", folder, only=("ke-hoach",)), office)
    assert not (folder / "de-cuong.docx").exists()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.docx").write_text("x")
    with pytest.raises(PlanFileError, match="không ghi đè"):
        write_papers(PapersAsk(tmp_path / "plan", tmp_path / "mine"), office)


def test_unknown_choices_are_told_with_the_likely_ones(tmp_path):
    plan, office = year_office(12)
    write_plan(plan, office, tmp_path / "plan")
    ask = PapersAsk(tmp_path / "plan", tmp_path / "out", only=("ke-hoac",), chosen=("2027-XX",))
    with pytest.raises(PapersRefused) as refused:
        write_papers(ask, office)
    assert [fault.column for fault in refused.value.faults] == ["--only", "--id"]
    assert "«ke-hoach»" in str(refused.value)
    assert not (tmp_path / "out").exists()


def test_the_covering_note_lists_papers_sources_and_what_is_missing(year):
    folder, *_ = year
    text = word_text(word(folder / "phieu-trinh.docx"))
    for file in folder.glob("*.docx"):
        assert file.stem in text or file.stem == "phieu-trinh"
    assert "Nghị định 217/2025/NĐ-CP ngày 05/8/2025" in text  # of medium confidence
    assert "Họ và tên người ký" in text
    assert "cần kiểm tra lại" not in word_text(word(folder / "ke-hoach.docx"))


def test_the_demos_papers_are_those_of_few_visits_and_one_person(tmp_path):
    plan, office = year_office(12)
    write_plan(plan, office, tmp_path / "plan")
    write_dataset(sample_tables(20, 8, 120, 1, YEAR, 8), tmp_path / "data")
    done = sample_papers(tmp_path / "plan", tmp_path / "data", tmp_path / "papers")
    assert len(word_text(word(tmp_path / "papers/thong-bao.docx")).split("THÔNG BÁO")) == 1 + 3
    assert "ke-hoach" in done.files
    moves, _ = rotation_plan(6)
    write_rotation(moves, office, tmp_path / "moves")
    done = sample_rotation_papers(tmp_path / "moves", tmp_path / "data", tmp_path / "more")
    assert {name.split("/")[0] for name in done.files} == {
        "quyet-dinh-chuyen-doi", "ban-giao", "bao-cao-chuyen-doi"
    }  # fmt: skip
