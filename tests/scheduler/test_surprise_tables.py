"""Day tables: exact chances against every assignment that there is, whole tickets, draws by the same law."""

from collections import Counter
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2

from scheduler.surprise.balance import LEAST, balanced
from scheduler.surprise.day_table import NoTable, day_table, half_of
from scheduler.surprise.draw import draw
from scheduler.surprise.entropy import entropy_bits, fitted, law_of, min_entropy_bits
from scheduler.surprise.service import TICKETS, DayAsk
from scheduler.surprise.simulation.sampler import drawn
from scheduler.surprise.simulation.set_entropy import conditional_poisson_bits, day_entropy
from scheduler.surprise.study import SIZES, Size, study_service
from scheduler.surprise.tickets import shares_of, whole_tickets


def every_assignment(q):
    """Chance of each choice of different units, by multiplication alone."""
    k, n = q.shape
    weight = {
        units: np.prod([q[s, u] for s, u in enumerate(units)])
        for units in product(range(n), repeat=k)
        if len(set(units)) == k
    }
    total = sum(weight.values())
    return {units: w / total for units, w in weight.items() if w > 0}, total


@st.composite
def shares(draw_one):
    k, n = draw_one(st.integers(1, 4)), draw_one(st.integers(5, 7))
    chance = np.random.default_rng(draw_one(st.integers(0, 10_000)))
    q = chance.random((k, n)) ** 2 * (chance.random((k, n)) < 0.8) + 1e-3
    return q / q.sum(axis=1, keepdims=True)


@given(shares())
@settings(max_examples=40, deadline=None)
def test_chances_acceptance_and_entropies_are_those_of_all_assignments(q):
    law = law_of(q)
    chances, total = every_assignment(q)
    by_slot = np.zeros_like(q)
    for units, p in chances.items():
        by_slot[np.arange(len(units)), units] += p
    assert law.acceptance == pytest.approx(total)
    assert law.chance == pytest.approx(by_slot)
    p = np.array(list(chances.values()))
    assert entropy_bits(law) == pytest.approx(-(p * np.log2(p)).sum())
    assert min_entropy_bits(law) <= -np.log2(p.max()) + 1e-9


@given(shares(), st.integers(0, 1000))
@settings(max_examples=25, deadline=None)
def test_no_other_law_with_the_same_chances_is_more_random(q, seed):
    q = q[:3]  # quick enough
    chances, _ = every_assignment(q)
    outcomes = list(chances)
    rows = np.zeros((q.size, len(outcomes)))
    for n, units in enumerate(outcomes):
        for s, u in enumerate(units):
            rows[s * q.shape[1] + u, n] = 1
    p = np.array([chances[o] for o in outcomes])
    move = np.random.default_rng(seed).normal(size=len(p)) * p
    move -= np.linalg.pinv(rows) @ (rows @ move)  # keeps every chance
    size = np.abs(move / p).max()
    if size < 1e-9:
        return
    other = p + move * (0.5 / size)
    assert rows @ other == pytest.approx(rows @ p, abs=1e-9)
    assert -(other * np.log2(other)).sum() <= entropy_bits(law_of(q)) + 1e-9


def ask_of(service, day, seed, slots=None):
    chance = np.random.default_rng(seed)
    able = np.flatnonzero(service.free[:, day])
    teams = chance.permutation(able)[: slots or int(service.slots[day])]
    debt = chance.normal(size=len(service.units)) * service.rate
    may = service.eligible[teams] & service.open[:, day]
    return DayAsk(
        service.rate, 4.0, may, service.planned[:, day], debt - service.rate * debt.sum() / 4
    )


@pytest.mark.parametrize("size", SIZES)
def test_whole_tickets_keep_the_fitted_chances_and_bar_the_barred(size):
    service = study_service(SIZES[size], 1)
    for day in (0, 100, 249):
        ask = ask_of(service, day, day)
        table = day_table(ask)
        wanted = balanced(table.target, ask.eligible & ~ask.planned).sum(axis=0)
        seen = wanted > 1e-6
        assert (table.tickets.sum(axis=1) == TICKETS).all()
        assert not table.tickets[~ask.eligible].any()
        assert not table.tickets[:, ask.planned].any()
        assert np.abs(table.chance[seen] / wanted[seen] - 1).max() <= 1e-6
        assert table.chance.sum() == pytest.approx(len(ask.eligible))


def plainly_balanced(target, may, rho=400.0):
    """The fixed point of x = u e v by alternation, as the paper writes it."""
    goal, power = np.where(may.any(axis=0), np.maximum(target, LEAST), 0), rho / (1 + rho)
    v, before = np.ones(len(may)), np.zeros(len(may))
    while np.abs(v / np.maximum(before, 1e-300) - 1).max() > 1e-13:
        reach = v @ may
        u = np.divide(goal, reach, out=np.zeros_like(goal), where=reach > 0) ** power
        v, before = 1 / (may @ u), v
    return v[:, None] * may * u


def test_the_fast_balance_is_the_papers_fixed_point():
    chance = np.random.default_rng(3)
    for _ in range(6):
        may = chance.random((4, 60)) < 0.7
        target = chance.random(60) ** 3
        target *= 4 / target.sum()
        assert balanced(target, may) == pytest.approx(plainly_balanced(target, may), abs=1e-9)


@given(st.integers(0, 100_000))
@settings(max_examples=60, deadline=None)
def test_every_slot_is_balanced_however_badly_the_targets_fit(seed):
    chance = np.random.default_rng(seed)
    k, n = chance.integers(1, 9), chance.integers(9, 40)
    may = chance.random((k, n)) < chance.choice([0.1, 0.3, 0.8])
    may[np.arange(k), chance.integers(0, n, k)] = True
    target = chance.random(n) ** 3 * (chance.random(n) < 0.8)
    x = balanced(target, may)
    assert x.sum(axis=1) == pytest.approx(np.ones(k))
    assert (x.sum(axis=0)[may.any(axis=0) & (target > 0)] > 0).all()  # nobody wanted is forgotten
    assert not x[~may].any()


@given(st.lists(st.floats(0, 1), min_size=2, max_size=30), st.integers(1, 1 << 40))
@settings(deadline=None)
def test_tickets_add_up_stay_next_to_their_shares_and_nothing_becomes_something(weights, total):
    q = np.array([weights]) + np.array([[1e-9] + [0] * (len(weights) - 1)])
    q /= q.sum()
    tickets = whole_tickets(q, total)
    assert tickets.sum() == total
    assert (tickets >= 0).all()
    assert np.abs(tickets - q * total).max() <= 1 + total * 1e-14
    assert not tickets[q == 0].any()


@pytest.mark.parametrize("slots", [9, 12, 16])
def test_above_eight_slots_nobody_is_drawn_twice_and_targets_are_still_met(slots):
    service = study_service(Size(600, 24, slots), 1)
    ask = ask_of(service, 5, 2, slots)
    table = day_table(ask)
    parts = half_of(slots)
    assert max(len(part) for part in parts) <= 8
    owners = [table.tickets[part].any(axis=0) for part in parts]
    assert not (owners[0] & owners[1]).any()
    assert table.chance.sum() == pytest.approx(slots)
    reached = (ask.eligible & ~ask.planned).any(axis=0)
    aimed = reached & (table.target > 1e-6)
    ratio = table.chance[aimed] / (table.target[aimed] * (slots / table.target.sum()))
    assert np.abs(ratio - 1).max() < 0.02


def test_a_slot_without_a_unit_is_named():
    ask = DayAsk(
        np.full(3, 0.5),
        1.5,
        np.array([[True, True, True], [False] * 3]),
        np.zeros(3, bool),
        np.zeros(3),
    )
    with pytest.raises(NoTable) as error:
        day_table(ask)
    assert error.value.slots == [1]


def test_thousands_of_years_and_one_morning_are_drawn_by_the_same_law():
    chance = np.random.default_rng(11)
    q = chance.random((3, 6)) + 0.05
    tickets = whole_tickets(q / q.sum(axis=1, keepdims=True))
    expected, _ = every_assignment(shares_of(tickets))
    table = {
        "units": [str(u) for u in range(6)],
        "slots": [
            {"team": "T", "units": list(range(6)), "tickets": row.tolist()} for row in tickets
        ],
    }
    mornings = Counter(
        tuple(int(o["unit"]) for o in draw(seed.to_bytes(32, "big"), table).outcome)
        for seed in range(6_000)
    )
    years = Counter(map(tuple, drawn(tickets, 60_000, chance).tolist()))
    for counted in (mornings, years):
        n = sum(counted.values())
        assert set(counted) <= set(expected)
        distance = sum((counted[o] - n * p) ** 2 / (n * p) for o, p in expected.items())
        assert chi2.sf(distance, len(expected) - 1) > 0.001


def test_the_entropy_of_sets_is_that_of_all_sets_and_never_above_conditional_poisson():
    chance = np.random.default_rng(5)
    may = np.array([[1, 1, 1, 1, 0, 0, 1], [0, 1, 1, 1, 1, 1, 1], [1, 0, 1, 1, 1, 1, 0]], bool)
    ask = DayAsk(np.full(7, 3 / 7), 3.0, may, np.zeros(7, bool), np.zeros(7))
    table = day_table(ask)
    outcomes, _ = every_assignment(shares_of(table.tickets))
    sets = Counter()
    for units, p in outcomes.items():
        sets[tuple(sorted(units))] += p
    bits = -sum(p * np.log2(p) for p in sets.values())
    found = day_entropy(table, 20_000, chance)
    assert found.units == pytest.approx(bits, abs=5 * found.units_error)
    assert bits <= found.greatest + 1e-9
    assert found.share < 1


def test_conditional_poisson_without_preferences_is_the_number_of_sets():
    assert conditional_poisson_bits(np.full(10, 0.3), 3) == pytest.approx(np.log2(120))


def test_fitting_reaches_any_chances_that_a_law_can_have():
    law = law_of(np.array([[0.7, 0.1, 0.1, 0.1], [0.1, 0.7, 0.1, 0.1]]))
    assert fitted(law.chance).q == pytest.approx(law.q, rel=1e-8)
