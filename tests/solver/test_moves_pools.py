"""Exchange pools by the column model: the best choice found by listing all, both ways of solving."""

from __future__ import annotations

from itertools import permutations
from random import Random

import pytest

from tests.benchmarks import kep


def write(folder, seed, n=6, altruists=2):
    dice = Random(seed)
    lines = [f"# NUMBER ALTERNATIVES: {n + altruists}"]
    lines += [
        f"# ALTERNATIVE NAME {v}: {'Pair' if v <= n else 'Altruist'} {v}"
        for v in range(1, n + altruists + 1)
    ]
    for a in range(1, n + altruists + 1):
        for b in range(1, n + altruists + 1):
            if a != b and dice.random() < 0.35:
                lines.append(f"{a},{b},{dice.choice(['1.0', '2.5']) if b <= n else '0.0'}")
    (folder / f"pool{seed}.txt").write_text("\n".join(lines), encoding="utf-8")


def best_by_listing(pool, cycle, chain):
    found = []
    for size in range(2, max(cycle, chain + 1) + 1):
        for who in permutations(range(1, pool.n + 1), size):
            for kind in ("cycle", "chain"):
                weight, faults = kep.judged(pool, [(kind, who)], cycle, chain)
                if not faults and (kind == "chain" or who[0] == min(who)):
                    found.append((set(who), weight))

    def most(first, used):
        rest = [
            w + most(k + 1, used | who)
            for k, (who, w) in enumerate(found[first:], first)
            if not used & who
        ]
        return max(rest, default=0)

    return most(0, set())


@pytest.mark.parametrize("few", [100_000, 5])
@pytest.mark.parametrize("seed", range(5))
def test_a_pool_is_solved_to_the_best_choice_whether_all_columns_fit_or_not(
    tmp_path, monkeypatch, seed, few
):
    monkeypatch.setattr(kep, "FEW", few)
    write(tmp_path, seed)
    pool = kep.read_pool(tmp_path / f"pool{seed}.txt")
    for row in kep.run(tmp_path, 20):
        wanted = best_by_listing(pool, *kep.SETTINGS[row["setting"]])
        assert row["proven"]
        assert row["lawful"]
        assert row["weight"] == wanted / kep.SCALE
