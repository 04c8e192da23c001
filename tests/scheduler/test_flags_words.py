"""What the sentences of a derivation claim: grounds of the day, articles of the term, acts cited once."""

from datetime import date

import numpy as np
import pytest

from data.catalogue import catalogue_rows, read_catalogue
from scheduler.derivation import derivations
from scheduler.flags import flag_table
from scheduler.legal_basis import legal_bases
from tests.rotation_tables import flags_of, rules, tables

ON = date(2027, 1, 1)
LONG_AGO = {"start": date(2021, 1, 1)}


def told(given, catalogue=None, on=ON, lang="vi"):
    flags = flags_of(given, read_catalogue(on) if catalogue is None else catalogue, on)
    return derivations(flags, np.array([0]), lang)[0].split(" | ")


def basis(given, on=ON):
    return legal_bases(flags_of(given, read_catalogue(on), on), np.array([0]), "vi")[0]


def desk(category="R1-001", **changes):
    return [{"category": category, **changes}, {"position_id": "P2", "category": category}]


def said(sentences, beginning):
    found = [text for text in sentences if text.startswith(beginning)]
    assert len(found) == 1
    return found[0]


def test_of_merged_deferrals_the_one_that_has_not_begun_is_not_said_to_hold_today():
    rows = [
        {"ground": "study", "start": date(2027, 1, 11), "end": date(2027, 12, 31)},
        {"ground": "illness", "start": date(2026, 12, 1), "end": date(2027, 1, 10)},
    ]
    given = tables([LONG_AGO], desk(), deferrals=rows)
    assert said(told(given), "Chưa chuyển đổi") == (
        "Chưa chuyển đổi vì đang điều trị bệnh hiểm nghèo từ 01/12/2026 đến hết 10/01/2027 (Điều 38, "
        "khoản 3); liền kề là đi học tập trung từ 12 tháng trở lên từ 11/01/2027 đến hết 31/12/2027 "
        "(Điều 38, khoản 3); tính chung liên tục từ 01/12/2026 đến hết 31/12/2027 (Nghị định "
        "59/2019/NĐ-CP); thời gian giữ vị trí vẫn tính tiếp."
    )


def test_deferrals_that_all_cover_the_day_are_all_said_to_hold():
    rows = [
        {"ground": "discipline", "start": date(2026, 12, 1), "end": None},
        {"ground": "illness", "start": date(2026, 12, 5), "end": date(2027, 1, 1)},
    ]
    given = tables([LONG_AGO], desk(), deferrals=rows)
    sentence = said(told(given), "Chưa chuyển đổi")
    assert (
        "đang bị xem xét kỷ luật từ 01/12/2026, chưa rõ ngày hết (Điều 38, khoản 1); đang"
        in sentence
    )
    assert "liền kề" not in sentence
    assert "từ 01/12/2026, chưa rõ ngày hết (Nghị định 59/2019/NĐ-CP)" in sentence
    assert "Nghị định 59/2019/NĐ-CP, Điều 36 và Điều 38, khoản 1, 3;" in basis(given)


def test_the_same_deferral_written_twice_is_said_once():
    rows = [{"start": date(2026, 12, 1), "end": date(2027, 1, 10)}] * 2
    sentences = told(tables([LONG_AGO], desk(), deferrals=rows))
    assert "tính chung" not in said(sentences, "Chưa chuyển đổi")


@pytest.mark.parametrize(
    ("sex", "words"),
    [
        ("male", "vì đang nuôi con dưới 36 tháng tuổi (trường hợp của nam), từ"),
        ("female", "vì đang mang thai hoặc nuôi con dưới 36 tháng tuổi, từ"),
    ],
)
def test_nobody_tells_a_man_that_he_is_pregnant(sex, words):
    rows = [{"ground": "pregnancy_or_child", "start": date(2026, 12, 1)}]
    given = tables([LONG_AGO], desk(), [{"sex": sex}], deferrals=rows)
    assert words in said(told(given), "Chưa chuyển đổi")


@pytest.mark.parametrize(
    "row", [r for r in catalogue_rows() if r.regime == "R1"], ids=lambda r: r.citation
)
def test_every_row_of_the_list_cites_its_acts_once_and_never_the_clause_on_posts_for_its_term(row):
    on = row.valid_to or ON
    given = tables([{"start": date(2015, 1, 1)}], desk(row.category, faces_public=True))
    sentences = told(given, on=on)
    subject, term = said(sentences, "Thuộc diện"), said(sentences, "Thời hạn theo danh mục")
    for text in (subject, term, basis(given, on)):
        for act in ("Luật Phòng, chống tham nhũng", "Nghị định 59/2019/NĐ-CP"):
            assert text.count(act) <= 1
    assert "khoản 1" not in term
    if "Điều 25" in term:
        assert "Điều 25, khoản 2" in term


@pytest.mark.parametrize(
    ("on", "paper"),
    [(date(2024, 6, 16), "Điều 25, khoản 2"), (date(2024, 6, 17), "Thông tư 27/2024")],
)
def test_no_day_cites_a_circular_that_came_later(on, paper):
    given = tables([{"start": date(2022, 6, 1)}], desk())
    term = said(told(given, on=on), "Thời hạn theo danh mục")
    assert "từ 24 đến 60 tháng" in term
    assert paper in term
    assert ("Thông tư 27/2024" in basis(given, on)) == (on == date(2024, 6, 17))


@pytest.mark.parametrize(("on", "issued"), [(date(2023, 8, 16), False), (date(2023, 8, 17), True)])
def test_before_the_citys_plan_its_limit_is_said_not_to_be_issued_yet(on, issued):
    given = tables([{"start": date(2020, 1, 1)}], desk("", faces_public=True))
    assert ("chưa ban hành" in basis(given, on)) != issued
    assert ("Công văn 3073" in basis(given, on)) == issued
    assert ("chưa ban hành" in said(told(given, on=on), "Thời hạn của Thành phố")) != issued


def test_somebody_past_retirement_is_said_to_be_so_and_the_day_before_not():
    given = tables([LONG_AGO], desk(), [{"birth_date": date(1960, 3, 15)}])
    after, before = told(given, on=date(2022, 1, 1)), told(given, on=date(2020, 3, 31))
    assert "đã quá tuổi nghỉ hưu từ ngày 31/03/2020" in said(after, "Không chuyển đổi")
    assert flags_of(given, read_catalogue(ON), ON).frame["overlay"].tolist() == ["exempt"]
    given = tables([{"start": date(2019, 1, 1)}], desk(), [{"birth_date": date(1960, 3, 15)}])
    on_the_day = said(told(given, on=date(2020, 3, 31)), "Không chuyển đổi")
    assert "nghỉ hưu ngày 31/03/2020" in on_the_day
    assert not any("quá tuổi" in text for text in before)


def test_a_birth_after_the_day_of_the_check_is_pointed_at():
    given = tables([LONG_AGO], desk(), [{"birth_date": date(2027, 1, 2)}])
    assert any("02/01/2027, sau ngày kiểm tra" in text for text in told(given))


def test_a_term_of_one_length_is_said_as_one():
    given = tables([{"start": date(2024, 1, 1)}], desk("R1-070"))
    assert "đúng 60 tháng" in said(told(given), "Thời hạn theo danh mục")


def test_on_a_tie_of_both_regimes_the_statutes_date_is_said_to_be_taken():
    given = tables([{"start": date(2024, 1, 1)}], desk(faces_public=True))
    assert "cùng là 01/01/2029; lấy ngày theo luật" in said(told(given), "Áp dụng cả hai")
    given = tables([{"start": date(2024, 1, 1)}], desk(faces_public=True, term_months=36))
    assert "lấy ngày sớm hơn" in said(told(given), "Áp dụng cả hai")


@pytest.mark.parametrize(("category", "of_city"), [("R2-1", True), ("R9-1", False)])
def test_a_code_of_the_citys_limit_is_said_not_to_be_for_posts(category, of_city):
    sentence = said(told(tables([LONG_AGO], desk(category))), "Không thuộc diện theo luật")
    assert ("không dùng để ghi cho vị trí" in sentence) == of_city


def test_posts_held_at_once_are_listed_by_start_and_then_by_name():
    rows = [{"position_id": p, "start": date(2025, 1, 1)} for p in ("P2", "P1")]
    assert "(P1 từ 01/01/2025, P2 từ 01/01/2025)" in told(tables(rows, desk()))[0]
    assert told(tables(rows[::-1], desk())) == told(tables(rows, desk()))


def test_of_postings_without_dates_the_first_by_name_is_told():
    rows = [{"position_id": p, "start": None, "document_no": "9/QĐ"} for p in ("P2", "P1")]
    assert "vị trí P1, theo văn bản số 9/QĐ" in told(tables(rows, desk()))[0]


def test_the_trial_of_one_rule_leaves_the_sources_alone():
    given = tables([{"start": date(2020, 1, 1)}], desk("", faces_public=True))
    flags = flag_table(given, {}, rules(ON, limit=48), ON)
    assert "Công văn 3073" in legal_bases(flags, np.array([0]), "vi")[0]
