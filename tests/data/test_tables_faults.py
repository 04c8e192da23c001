"""Faults between cells, rows and tables: all at once, each with its place and its remedy."""

import datetime as dt

import pytest

from data.faults import DatasetError
from data.tables import read_dataset

STAFF = (
    "staff_id,name,birth_date,sex,regime,profession,rank_group\n"
    "S1,An,1980-01-01,nam,civil_servant,kế toán,specialist\n"
    "S2,Bình,1975,nữ,civil_servant,kế toán,specialist\n"
)
POSITIONS = "position_id,unit_id,title,rank_group,profession\nP1,U1,Kế toán,specialist,kế toán\n"


def faults_of(path, **options) -> list[tuple[str, int, str, str]]:
    """Place and found value of every fault."""
    with pytest.raises(DatasetError) as refused:
        read_dataset(path, **options)
    return [(fault.table, fault.row, fault.column, fault.value) for fault in refused.value.faults]


def text_of(path) -> str:
    with pytest.raises(DatasetError) as refused:
        read_dataset(path)
    return refused.value.text("vi")


def test_all_faults_of_all_tables_come_at_once_with_row_column_and_value(folder):
    path = folder(
        units="unit_id,name,kind,headcount\nU1,Sở Một,departement,5\n,Hai,ward,x\n",
        absences="inspector_id,start,end\nI1,31/02/2027,2027-03-05\nI9,2027-01-05,28/02/27\n",
    )
    assert faults_of(path) == [
        ("absences", 2, "start", "31/02/2027"),
        ("absences", 3, "end", "28/02/27"),
        ("absences", 3, "inspector_id", "I9"),
        ("units", 2, "kind", "departement"),
        ("units", 3, "unit_id", ""),
        ("units", 3, "headcount", "x"),
    ]


def test_the_text_of_a_refusal_says_what_where_and_what_to_do(folder):
    said = text_of(folder(absences="inspector_id,start,end\ni1,31/02/2025,2025-03-05\n"))
    assert said == (
        "ho-so chưa được đọc; 2 chỗ cần sửa:\n"
        "  absences, dòng 2, start: «31/02/2025» là ngày không có. Tháng 2/2025 có 28 ngày; "
        "ghi lại, như 2025-02-28.\n"
        "  absences, dòng 2, inspector_id: «i1» không có trong bảng inspectors. Sửa mã, hoặc thêm "
        "vào bảng inspectors. Có phải «I1»?"
    )


def test_a_long_list_of_faults_ends_with_the_number_left_out(folder):
    rows = "".join(f"U{n},x,wrong{n}\n" for n in range(30))
    with pytest.raises(DatasetError) as refused:
        read_dataset(folder(units="unit_id,name,kind\nU1,a,ward\n" + rows))
    assert len(refused.value.faults) == 31
    assert refused.value.text("vi", most=10).splitlines()[-1] == "  ... và 21 chỗ nữa."


def test_one_lost_id_in_many_rows_is_one_line_and_hides_nothing(folder):
    lost = "".join(f"I7,2027-01-{n:02},2027-01-{n:02}\n" for n in range(1, 26))
    path = folder(absences=f"inspector_id,start,end\n{lost}I8,2027-03-01,2027-03-01\n")
    assert len(faults_of(path)) == 26
    head, many, one = text_of(path).splitlines()
    assert "26 chỗ cần sửa" in head
    assert many.startswith("  absences, dòng 2, 3, 4, ")
    assert ", 21 và 5 dòng nữa, inspector_id: «I7» không có" in many
    assert one.startswith("  absences, dòng 27, inspector_id: «I8» không có")


def test_ids_given_twice_name_the_first_row_and_a_space_more_is_the_same_id(folder):
    units = "unit_id,name,kind\nU1,a,ward\nu1,b,ward\n U1 ,c,ward\nU1,d,ward\n"
    assert faults_of(folder(units=units)) == [
        ("units", 4, "unit_id", "U1"),
        ("units", 5, "unit_id", "U1"),
    ]
    assert "«U1» đã có ở dòng 2" in text_of(folder(units=units))


def test_an_indicator_is_doubled_only_if_unit_day_and_name_agree(folder):
    head = "unit_id,as_of,name,value\nU1,2026-12-31,sipas,86\n"
    read_dataset(folder(indicators=head + "U1,2026-12-30,sipas,86\nU2,2026-12-31,sipas,86\n"))
    assert faults_of(folder(indicators=head + "U1,31/12/2026,sipas,80\n")) == [
        ("indicators", 3, "unit_id", "U1, 2026-12-31, sipas")
    ]


def test_absences_may_touch_but_not_share_a_day(folder):
    head = "inspector_id,start,end\nI1,2027-03-08,2027-03-09\nI2,2027-03-01,2027-03-31\n"
    read_dataset(folder(absences=head + "I1,2027-03-01,2027-03-07\nI1,2027-03-10,2027-03-12\n"))
    assert faults_of(folder(absences=head + "I1,2027-03-01,2027-03-08\n")) == [
        ("absences", 2, "start", "2027-03-08")
    ]
    assert "Gộp hai dòng" in text_of(folder(absences=head + "I1,2027-03-01,2027-03-08\n"))


def test_a_short_absence_inside_a_long_one_is_found_though_another_stands_between(folder):
    rows = (
        "inspector_id,start,end\n"
        "I1,2027-01-01,2027-01-31\nI1,2027-01-02,2027-01-03\nI1,2027-01-20,2027-01-21\n"
    )
    assert [fault[1] for fault in faults_of(folder(absences=rows))] == [3, 4]


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("absences", "inspector_id,start,end\nI1,2027-03-02,{end}\n"),
        ("blackouts", "unit_id,start,end,reason\n,2027-03-02,{end},x\n"),
        ("campaigns", "campaign_id,title,start,end,units\nC,x,2027-03-02,{end},U1\n"),
        ("visits", "visit_id,unit_id,kind,start,end\nV,U1,periodic,2027-03-02,{end}\n"),
    ],
)
def test_a_last_day_before_the_first_is_a_fault_and_the_same_day_is_not(folder, table, row):
    read_dataset(folder(**{table: row.format(end="2027-03-02")}))
    path = folder(**{table: row.format(end="2027-03-01")})
    assert faults_of(path) == [(table, 2, "end", "2027-03-01")]


def test_careers_keep_their_odd_rows_for_the_clock_to_judge(folder):
    postings = (
        "staff_id,position_id,start,end\n"
        "S1,P1,,2020-01-01\nS1,P1,2025-01-01,2024-01-01\nS1,P1,2025-01-01,\n"
    )
    dataset = read_dataset(folder(staff=STAFF, positions=POSITIONS, postings=postings))
    assert len(dataset.office().postings) == 3
    assert dataset.office().postings[0].start is None
    path = folder(**CAREER, postings=postings.replace("2024-01-01", "2024-01-32"))
    assert faults_of(path) == [("postings", 3, "end", "2024-01-32")]


def test_a_birth_year_alone_is_marked(folder):
    staff = read_dataset(folder(staff=STAFF))["staff"]
    assert staff["birth_year_only"].tolist() == [False, True]
    assert staff["birth_date"].dt.date.tolist() == [dt.date(1980, 1, 1), dt.date(1975, 1, 1)]


VISIT = "visit_id,unit_id,kind,start,end,lead,members\nV1,U1,periodic,2026-01-05,2026-01-05,I1,"
CAMPAIGN = "campaign_id,title,start,end,units\nC,x,2027-01-05,2027-01-06,"
FINDING = "finding_id,visit_id,severity,remedy_due\nF,V2,minor,2027-01-05\n"
CAREER = {"staff": STAFF, "positions": POSITIONS}
POST = "position_id,unit_id,title,rank_group,profession,category\nP1,U1,x,specialist,y,"


@pytest.mark.parametrize(
    ("table", "text", "fault"),
    [
        (
            "inspectors",
            "inspector_id,name,home_unit_id\nI1,a,U9\nI2,b,U1\n",
            (2, "home_unit_id", "U9"),
        ),
        ("conflicts", "inspector_id,unit_id,reason\nI1,U3,x\n", (2, "unit_id", "U3")),
        ("findings", FINDING, (2, "visit_id", "V2")),
        ("campaigns", CAMPAIGN + "U1;U7\n", (2, "units", "U7")),
        ("campaigns", CAMPAIGN + "kind=section\n", (2, "units", "kind=section")),
        ("campaigns", CAMPAIGN + "kind=wards\n", (2, "units", "kind=wards")),
        ("visits", VISIT + "I2;I8\n", (2, "members", "I8")),
        ("pins", "unit_id,inspector_id,must,reason\nU1,I5,true,x\n", (2, "inspector_id", "I5")),
        ("pins", "unit_id,kind,must,reason\n,,true,x\n", (2, "", "")),
        ("pins", "date,week,must,reason\n2027-03-29,2027-W12,1,x\n", (2, "date", "2027-03-29")),
        ("postings", "staff_id,position_id,start\nS3,P1,2020-01-01\n", (2, "staff_id", "S3")),
        ("positions", POST + "R1-999\n", (2, "category", "R1-999")),
        ("relatives", "staff_id,relative_id,relation\nS1,S1,vợ\n", (2, "relative_id", "S1")),
        ("units", "unit_id,name,kind,parent_id\nU1,a,ward,U5\n", (2, "parent_id", "U5")),
        ("units", "unit_id,name,kind,lat,lon\nU1,a,ward,21,\n", (2, "lat", "")),
        ("units", "unit_id,name,kind,lat,lon\nU1,a,ward,21,180.5\n", (2, "lon", "180.5")),
    ],
)
def test_each_false_row_is_one_fault_at_its_place(folder, table, text, fault):
    tables = {**CAREER, "visits": VISIT + "I2\n", table: text}
    assert faults_of(folder(**tables)) == [(table, *fault)]


def test_the_tables_around_those_false_rows_are_good(folder):
    read = read_dataset(folder(**CAREER, visits=VISIT + "I2\n", campaigns=CAMPAIGN + "U1\n"))
    assert (len(read["visits"]), len(read["campaigns"])) == (1, 1)


def test_a_campaign_for_every_ward_is_good_while_there_is_a_ward(folder):
    campaigns = "campaign_id,title,start,end,units\nC,x,2027-01-05,2027-01-06,kind=ward;U1\n"
    assert read_dataset(folder(campaigns=campaigns)).office().campaigns[0].units == (
        "kind=ward",
        "U1",
    )


def test_units_above_each_other_in_a_circle_are_one_fault_naming_the_circle(folder):
    units = "unit_id,name,kind,parent_id\nU1,a,ward,U2\nU2,b,ward,U3\nU3,c,ward,U2\nU4,d,ward,U1\n"
    assert faults_of(folder(units=units)) == [("units", 3, "parent_id", "U3")]
    assert "U2 → U3 → U2" in text_of(folder(units=units))


def test_a_unit_above_itself_is_a_fault(folder):
    units = "unit_id,name,kind,parent_id\nU1,a,ward,U1\n"
    assert faults_of(folder(units=units)) == [("units", 2, "parent_id", "U1")]


def test_a_link_to_a_table_that_is_not_given_refuses_only_where_the_link_is_needed(folder):
    people = "inspector_id,name,home_unit_id,staff_id\nI1,a,U1,S1\n"
    told = read_dataset(folder(inspectors=people)).warnings
    assert [w.say("vi") for w in told] == [
        "inspectors, staff_id: chưa đối chiếu được vì không có bảng staff."
    ]
    findings = "finding_id,visit_id,severity,remedy_due\nF,V2,minor,2027-01-05\n"
    assert faults_of(folder(inspectors=people, findings=findings)) == [
        ("findings", 0, "visit_id", "")
    ]


def test_a_table_with_faults_of_its_own_does_not_make_others_refer_to_nothing(folder):
    path = folder(units="name,kind\na,ward\n")
    assert faults_of(path) == [("units", 1, "unit_id", "")]


def test_a_missing_column_names_the_header_that_was_probably_meant(folder):
    path = folder(units="unit,name,kind\nU1,a,ward\n")
    assert faults_of(path) == [("units", 1, "unit_id", "")]
    assert "Có phải «unit»?" in text_of(path)


def test_a_header_given_twice_is_a_fault_in_whatever_language(folder):
    path = folder(units="unit_id,name,kind,Mã đơn vị\nU1,a,ward,U2\n")
    assert faults_of(path)[0] == ("units", 1, "unit_id", "Mã đơn vị")


def test_a_title_above_the_header_is_one_fault_not_one_for_each_column(folder):
    path = folder(units="DANH SÁCH ĐƠN VỊ,,\nunit_id,name,kind\nU1,a,ward\n")
    assert faults_of(path) == [("units", 1, "", "DANH SÁCH ĐƠN VỊ")]
    assert "Tiêu đề nằm ở dòng 2. Xóa các dòng phía trên nó" in text_of(path)


def test_the_leader_of_a_past_visit_who_has_left_can_be_kept_and_the_text_says_how(folder):
    visits = "visit_id,unit_id,kind,start,end,lead\nV1,U1,periodic,2026-01-05,2026-01-05,I9\n"
    assert "max_days_per_month là 0" in text_of(folder(visits=visits))


def test_the_same_refusal_in_english_keeps_place_value_and_remedy(folder):
    with pytest.raises(DatasetError) as refused:
        read_dataset(folder(absences="inspector_id,start,end\ni1,28/02/25,2025-03-05\n"))
    said = refused.value.text("en").splitlines()
    assert said[1].startswith('  absences, row 2, start: "28/02/25"')
    assert said[2].endswith('Did you mean "I1"?')
    assert refused.value.faults[0].column == "start"
