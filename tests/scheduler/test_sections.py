"""Sections in the yearly plan: part of the body above them, unless somebody is to visit them."""

from __future__ import annotations

from datetime import date

import pytest

from data.calendar import WorkCalendar
from data.catalogue import read_catalogue
from data.records import Campaign, Position, Posting
from scheduler.yearly_plan import overdue_by_unit, year_case
from tests.offices import RULEBOOK, YEAR, tiny_office, unit

NEW_YEAR = date(YEAR, 1, 1)


def test_people_overdue_in_a_section_count_for_the_body_above():
    units = (*tiny_office().units, unit("Phòng", "section", parent_id="Sở Ba", in_scope=False))
    office = tiny_office(
        units=units,
        positions=(Position("P", "Phòng", "", "", ""), Position("D", "Điểm Một", "", "", "")),
        postings=(Posting("A", "P", date(2015, 1, 1)), Posting("B", "D", date(2015, 1, 1))),
    )
    late = dict.fromkeys("AB", date(2020, 1, 1))
    assert overdue_by_unit(office, late, NEW_YEAR) == {"Sở Ba": 1, "Điểm Một": 1}


@pytest.mark.parametrize("visited", [True, False])
def test_a_section_has_a_risk_of_its_own_only_when_it_is_to_be_visited(visited: bool):
    section = unit("Phòng", "section", parent_id="Sở Ba", in_scope=False)
    campaign = Campaign("C", "C", date(YEAR, 3, 1), date(YEAR, 6, 30), ("Phòng",), 1)
    office = tiny_office(
        units=(*tiny_office().units, section), campaigns=(campaign,) if visited else ()
    )
    case, risk = year_case(
        office, WorkCalendar(()), RULEBOOK, read_catalogue(NEW_YEAR), YEAR
    )  # fmt: skip
    assert ("Phòng" in risk) == visited == any(o.unit_id == "Phòng" for o in case.owed)
    assert "Điểm Một" in risk
