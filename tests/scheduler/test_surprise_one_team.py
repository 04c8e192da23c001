"""Who is named because one team alone may go there."""

from types import SimpleNamespace

import numpy as np

from scheduler.surprise.unreachable import one_team_note, unreachable


def service(*rows):
    return SimpleNamespace(units=("A", "B", "C"), eligible=np.array(rows, np.bool_))


def test_a_unit_of_one_team_is_named_and_one_of_none_or_two_is_not():
    own = service([True, True, False], [False, True, False])
    (note,) = one_team_note(own)
    assert ": A. Khi" in note.say("vi")
    assert unreachable(own) == ("C",)


def test_nobody_is_named_where_two_teams_may_go_everywhere():
    assert one_team_note(service([True] * 3, [True] * 3)) == ()
