"""Which table a day's debt comes from, however its days were sealed."""

import pytest

from scheduler.surprise.table_audit import broken_debts, tables_before


def sealed(*order):
    """Lines of tables ("5a": of day 5) and of days without a draw ("-5"), in their order."""
    lines = []
    for word in order:
        kind = "no-draw" if word.startswith("-") else "commit"
        lines.append({"type": kind, "day": f"2027-03-0{word.lstrip('-')[0]}", "input": word})
    return lines


def opened(hashed, before, after):
    return {
        hashed: {
            "day": f"2027-03-0{hashed[0]}", "units": ["A", "B"],
            "debt_before": before, "debt_after": after,
        }
    }  # fmt: skip


@pytest.mark.parametrize(
    ("order", "before"),
    [
        (["4a", "5a"], {"4a": None, "5a": "4a"}),
        (["5a", "4a"], {"5a": None, "4a": None}),
        (["4a", "5a", "4b"], {"4a": None, "5a": "4a", "4b": None}),
        (["4a", "4b", "5a"], {"4a": None, "4b": None, "5a": "4b"}),
        (["4a", "-4", "5a"], {"4a": None, "5a": None}),
        (["4a", "5a", "-4", "6a"], {"4a": None, "5a": "4a", "6a": "5a"}),
        (["4a", "-5", "6a"], {"4a": None, "6a": "4a"}),
        (
            ["4a", "5a", "4b", "5a"],
            {"4a": None, "5a": "4a", "4b": None},
        ),  # 5 waits for another value
    ],
)
def test_a_debt_comes_from_the_last_earlier_day_that_had_a_table_then(order, before):
    assert tables_before(sealed(*order)) == before


def test_a_record_whose_days_were_sealed_out_of_order_or_anew_is_good():
    before = tables_before(sealed("4a", "5a", "4b", "6a"))
    tables = opened("5a", [3, -3], [5, -5]) | opened("4b", [0, 0], [7, -7])
    assert broken_debts(tables | opened("6a", [5, -5], [0, 0]), before) == []


@pytest.mark.parametrize(
    ("order", "tables"),
    [
        (["4a"], opened("4a", [9, -9], [1, -1])),
        (["4a", "5a"], opened("4a", [0, 0], [1, -1]) | opened("5a", [2, -2], [0, 0])),
        (["4a", "-5", "6a"], opened("4a", [0, 0], [1, -1]) | opened("6a", [0, 0], [0, 0])),
        (["5a", "4a"], opened("4a", [0, 0], [1, -1]) | opened("5a", [1, -1], [0, 0])),
    ],
)
def test_a_debt_that_somebody_made_up_is_named(order, tables):
    assert broken_debts(tables, tables_before(sealed(*order))) == [list(tables.values())[-1]["day"]]
