"""What is reckoned after a start is not reckoned again for whoever comes first."""

from datetime import date

import pytest

from api.deps import VIETNAM
from scheduler.journeys.online import people
from scheduler.journeys.online.warming import warm


def nobody_reckons(*_):
    raise AssertionError


@pytest.mark.parametrize("role", ["hr", "leader"])  # may and may not know grounds
def test_the_first_visitor_finds_everybody_reckoned(small_office, monkeypatch, role):
    small_office.dataset()
    assert warm(small_office.store, small_office.now.astimezone(VIETNAM).date())
    monkeypatch.setattr(people, "flag_table", nobody_reckons)
    assert small_office.client(role).get("/people").status_code == 200
    small_office.later(days=1)
    assert (
        small_office.client(role).get("/people").status_code == 500
    )  # another day is another reckoning


def test_an_office_without_data_has_nothing_to_reckon(small_office):
    assert not warm(small_office.store, date(2027, 3, 1))
