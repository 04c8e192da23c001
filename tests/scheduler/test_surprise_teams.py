"""Standing teams: colleagues together, so that few teams are barred from one place; nobody there, no chance."""

from types import SimpleNamespace

import numpy as np
import pytest

from scheduler.surprise.office_service import wanted_rates
from scheduler.surprise.teams import form_teams
from scheduler.surprise.unreachable import unreachable_note
from tests.offices import RULEBOOK, inspector


def test_people_of_one_house_bar_few_teams_from_it():
    people = [
        inspector(f"{n:02}", home_unit_id=f"Sở {n % 3}", skills=(), can_lead=n < 3)
        for n in range(12)
    ]
    house = {who.inspector_id: who.home_unit_id for who in people}
    teams = form_teams(people, 4)
    assert sorted(who for team in teams for who in team.members) == sorted(house)
    assert [len({house[who] for who in team.members}) for team in teams] == [1, 1, 1]


def test_a_unit_that_no_team_may_visit_has_no_chance_and_the_others_share_all_visits():
    eligible = np.array([[True, True, False, True], [False, True, False, True]])
    slots = np.arange(250) % 25 == 0  # ten visits a year
    rates = wanted_rates(
        SimpleNamespace(rulebook=RULEBOOK), np.ones(4), slots.astype(int), eligible
    )
    assert rates[2] == 0
    assert (rates[[0, 1, 3]] > 0).all()
    assert rates.sum() == pytest.approx(10 / 250)


def test_it_is_named_and_without_any_there_is_no_word():
    assert unreachable_note(()) == ()
    assert "HN-SNV" in unreachable_note(("HN-SNV",))[0].say("vi")
