"""Goals on pages: only what is proven is called best, however small the gap or missing the bound."""

import pytest

from api.pages.approvals import widest
from api.plan_goals import goal_lines
from data.store import plans
from tests.plan_offices import bare_plan


def goal(value, bound, gap):
    words = {
        f"{what}_{lang}": what for what in ("title", "condition", "unit") for lang in ("vi", "en")
    }
    return {"name": "drops", "value": value, "bound": bound, "gap": gap, **words}


@pytest.mark.parametrize(
    ("value", "bound", "gap", "best"),
    [
        (5, 5, 0.0, True),
        (1_000_001, 1_000_000, 0.0, False),
        (5, 4, 0.2, False),
        (5, None, None, False),
    ],
)
def test_a_goal_is_best_only_when_its_bound_says_so(value, bound, gap, best):
    line = goal_lines([goal(value, bound, gap)], "vi")[0]
    assert (line.open == 0) == best


def test_what_has_no_bound_is_not_the_widest_gap_but_is_not_counted_as_best(small_office):
    goals = [goal(5, 5, 0.0), goal(9, None, None) | {"name": "spread"}]
    assert widest(goal_lines(goals, "vi")) is None
    plan = bare_plan(small_office, "submitted", facts={"year": 2027, "title": "x", "goals": goals})
    shown = small_office.client("leader", lang="vi").get(
        f"/approvals/plans/{plan}", headers={"accept": "text/html"}
    )
    assert "1 trên 2 mục tiêu đã chứng minh là tốt nhất" in shown.text
    assert "chưa chứng minh được mức nào" in shown.text
    with small_office.store.reading() as db:
        assert plans.get(db, plans.VISITS, plan).facts["goals"][1]["bound"] is None
