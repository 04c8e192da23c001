"""The draw in whole numbers: fixed vectors, two implementations, and what a tree of secrets proves."""

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.draws import verify_record
from scheduler.surprise import merkle
from scheduler.surprise.draw import (
    DrawHalted,
    canonical,
    day_secret,
    digest,
    draw,
    number,
    outcome_hash,
    seed_of,
)

GOLDEN = json.loads((Path(__file__).parents[1] / "draws_golden.json").read_text(encoding="utf-8"))
WHOLE = 2**40


@pytest.mark.parametrize("case", GOLDEN["draws"], ids=lambda case: case["name"])
def test_a_fixed_seed_gives_the_fixed_outcome_in_both_implementations(case):
    seed = bytes.fromhex(case["seed"])
    ours = draw(seed, case["table"])
    theirs, tried = verify_record.redraw(seed, case["table"])
    assert list(ours.outcome) == theirs == case["outcome"]
    assert ours.rejections == tried == case["rejections"]
    assert outcome_hash(seed, ours.outcome) == case["hash"]


@pytest.mark.parametrize("case", GOLDEN["seeds"])
def test_fixed_secrets_and_a_fixed_value_give_the_fixed_seed(case):
    secrets = [day_secret(bytes.fromhex(m), case["day"], case["attempt"]) for m in case["masters"]]
    assert seed_of(secrets, case["value"], case["commit"]).hex() == case["seed"]


def test_the_first_numbers_of_a_seed_are_these_bytes():
    assert [number(bytes(32), k) for k in range(3)] == GOLDEN["numbers"]


def split(weights):
    """Tickets out of positive weights: 2^40 in all."""
    tickets = [WHOLE * w // sum(weights) for w in weights]
    tickets[0] += WHOLE - sum(tickets)
    return tickets


@st.composite
def tables(draw_one):
    """Every slot has a unit of its own, so that some try fills the day."""
    n = draw_one(st.integers(4, 9))
    slots = []
    for k in range(draw_one(st.integers(1, 4))):
        units = sorted({k} | draw_one(st.sets(st.integers(0, n - 1), max_size=n)))
        weights = draw_one(st.lists(st.integers(1, 9), min_size=len(units), max_size=len(units)))
        slots.append({"team": f"T{k}", "units": units, "tickets": split(weights)})
    return {"units": [f"u{k}" for k in range(n)], "slots": slots}


@settings(deadline=None, max_examples=60)
@given(tables(), st.binary(min_size=32, max_size=32))
def test_both_implementations_draw_the_same(table, seed):
    ours = draw(seed, table)
    assert verify_record.redraw(seed, table) == (list(ours.outcome), ours.rejections)
    assert len({row["unit"] for row in ours.outcome}) == len(table["slots"])
    for row, slot in zip(ours.outcome, table["slots"], strict=True):
        assert table["units"].index(row["unit"]) in slot["units"]


def test_a_day_that_no_try_can_fill_halts_with_a_word_what_to_do():
    slot = {"team": "T1", "units": [0], "tickets": [WHOLE]}
    table = {"units": ["a", "b"], "slots": [slot, {**slot, "team": "T2"}]}
    with pytest.raises(DrawHalted) as halted:
        draw(bytes(32), table)
    assert "lập lại bảng vé" in halted.value.message.say("vi")
    assert verify_record.redraw(bytes(32), table) is None


@given(st.integers(1, 40), st.data())
def test_a_path_leads_from_its_own_place_to_the_root_and_from_no_other(count, data):
    leaves = [merkle.leaf("2027-03-01", k, bytes([k])) for k in range(count)]
    place, root = data.draw(st.integers(0, count - 1)), merkle.root(leaves)
    path = merkle.path(leaves, place)
    assert verify_record.climbs(leaves[place], place, path, root)
    other = data.draw(st.integers(0, count + 3).filter(lambda k: k != place))
    assert not verify_record.climbs(leaves[place], other, path, root)
    assert not verify_record.climbs(hashlib.sha256(b"x").digest(), place, path, root)
    assert not verify_record.climbs(leaves[place], place, path[1:], root) or not path


@settings(deadline=None, max_examples=50)
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=8))
def test_both_spell_a_value_alike(value):
    try:
        spelt = canonical(value)
    except UnicodeEncodeError:
        return
    assert verify_record.canon(value) == spelt
    assert verify_record.sha(spelt) == digest(spelt)
