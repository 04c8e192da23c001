"""The catalogue of rotating posts: dated rows, papers without research notes, every fault with its line."""

import re
from datetime import date, timedelta

import pytest

from data.catalogue import catalogue_rows, over_ceiling, parse_catalogue, read_catalogue
from data.rulefiles import RuleFilesError

HEAD = (
    "category_id,regime,field,field_en,position_vi,position_en,term_min_months,term_max_months,"
    "excludes_probation,in_scope,valid_from,valid_to,citation,source,confidence\n"
)
GOOD = "A,R1,F,E,Một,One,24,60,true,true,2019-07-01,,Thông tư 1,,high\n"


def faults(text):
    with pytest.raises(RuleFilesError) as refused:
        parse_catalogue(text)
    return [(fault.line, fault.message.say("vi")) for fault in refused.value.faults]


def test_the_programs_own_catalogue_holds_no_term_over_five_years():
    rows = catalogue_rows()
    assert over_ceiling(rows, 60) == []
    assert [row.category for row in rows if row.term_max > row.term_min >= 24] != []


def test_no_research_note_reaches_a_paper():
    for row in catalogue_rows():
        assert row.citation
        assert not {"[", "]", "found", "memory", "seed"} & set(
            row.citation.replace("[", "[ ").split()
        )


def test_only_posts_of_the_statute_in_force_are_given():
    assert all(row.regime == "R1" for row in read_catalogue(date(2027, 1, 1)).values())
    assert read_catalogue(date(2019, 6, 30)) == {}
    assert "R1-001" in read_catalogue(date(2019, 7, 1))


def test_on_every_day_of_the_law_each_kind_of_post_has_one_row_with_the_same_numbers():
    rows = catalogue_rows()
    kinds = {row.category for row in rows if row.regime == "R1"}
    for start in sorted({row.valid_from for row in rows}):
        for on in (start, start - timedelta(days=1)):
            assert set(read_catalogue(on)) == (kinds if on >= date(2019, 7, 1) else set())
    numbers = {(r.category, r.term_min, r.term_max, r.excludes_probation) for r in rows}
    assert len(numbers) == len({row.category for row in rows})


def test_no_row_cites_a_circular_of_a_later_year_that_is_dated():
    for row in catalogue_rows():
        for year in re.findall(r"Thông tư \d+/(\d{4})", row.citation):
            undated = "chưa rõ nên giữ một dòng" in row.source
            assert undated or int(year) <= row.valid_from.year


def test_a_row_can_follow_another_of_its_category_from_a_day_on():
    text = HEAD + GOOD.replace(",2019-07-01,,", ",2019-07-01,2026-06-30,") + GOOD.replace(
        "24,60", "36,60").replace("2019-07-01", "2026-07-01")  # fmt: skip
    assert [(row.term_min, row.valid_from.year) for row in parse_catalogue(text)] == [
        (24, 2019), (36, 2026),
    ]  # fmt: skip


def test_two_rows_of_a_category_on_one_day_are_a_fault_of_the_later():
    text = HEAD + GOOD.replace(",2019-07-01,,", ",2019-07-01,2026-07-01,") + GOOD.replace(
        "2019-07-01", "2026-07-01")  # fmt: skip
    assert [line for line, _ in faults(text)] == [3]


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (",R1,", ",R3,"), (",24,", ",zwei,"), (",24,", ",-1,"), (",24,", ",61,"), (",true,true", ",ja,true"),
        ("2019-07-01,,", "1/7/2019,,"), ("2019-07-01,,", "2019-07-01,2018-01-01,"),
        (",Thông tư 1,", ",,"), ("B,R1", ",R1"), ("high", "certain"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_stand_is_told_with_its_line(now, then):
    assert [
        line for line, _ in faults(HEAD + GOOD + GOOD.replace("A,", "B,").replace(now, then))
    ] == [3]


def test_all_faults_are_told_at_once():
    assert [line for line, _ in faults(HEAD + GOOD.replace("high", "?") + GOOD.replace("60", "x"))] == [
        2, 3,
    ]  # fmt: skip


def test_a_missing_column_is_named():
    assert "citation" in faults(HEAD.replace("citation,", "") + GOOD)[0][1]


def test_a_term_over_the_ceiling_is_a_fault():
    rows = parse_catalogue(HEAD + GOOD + GOOD.replace("A,", "B,").replace("60", "61"))
    assert [fault.line for fault in over_ceiling(rows, 60)] == [3]
