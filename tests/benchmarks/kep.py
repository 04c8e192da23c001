"""Public kidney-exchange pools solved by the column model of the moves: two settings, to proven optimality.

A vertex is a person in a post, an arc "may take that post", an altruist the start of a chain. Files are
PrefLib's `.wmd` (names and weighted arcs); `optimum_*.csv` beside them are compared with when present.
"""

from __future__ import annotations

import csv
import math
import re
import time
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from solver.moves.arcs import Arcs
from solver.moves.columns import Columns, Graph, columns_of, graph_of, joined
from solver.moves.packing import Packing, Picked, RowsBuilder, pick, relax
from solver.moves.relaxed.master import solve_lp

SETTINGS = {"cycles3": (3, 0), "cycles3_chains3": (3, 3)}  # people in a cycle, arcs of a chain
SCALE = 1_000_000  # weights have up to six decimals
NODES = 1_000_000
FEW = 100_000  # exchanges that are all put into the model at once
MANY = 2_000_000
Priced = tuple[Columns, np.ndarray]  # columns and what each is worth, in millionths, negative


@dataclass(frozen=True)
class Pool:
    """Vertices 1..n, those that start chains, and the weight of each arc."""

    n: int
    altruists: frozenset[int]
    weight: dict[tuple[int, int], int]  # in millionths


def read_pool(file: Path) -> Pool:
    """A pool from its file. Arcs of weight 0, into altruists, or to oneself, are none."""
    n, altruists, weight = 0, set(), {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if found := re.match(r"#\s*NUMBER ALTERNATIVES:\s*(\d+)", line):
            n = int(found[1])
        elif found := re.match(r"#\s*ALTERNATIVE NAME (\d+):\s*(\S+)", line):
            if found[2].lower().startswith("alt"):
                altruists.add(int(found[1]))
        elif line.strip() and not line.startswith("#"):
            giver, taker, text = line.split(",")
            weight[int(giver), int(taker)] = round(float(text) * SCALE)
    good = {(a, b): w for (a, b), w in weight.items() if w > 0 and b not in altruists and a != b}
    return Pool(max([n, *(v for arc in good for v in arc)]), frozenset(altruists), good)


def run(folder: Path, seconds: float) -> list[dict[str, object]]:
    """A row for each pool and setting: exchanges, weight, proven, known optimum, seconds, lawful ..."""
    rows = []
    for setting, (cycle, chain) in SETTINGS.items():
        known = _optima(folder / f"optimum_{setting}.csv")
        for file in _files(folder):
            started = time.monotonic()
            pool = read_pool(file)
            chosen, count, proven = solve(pool, cycle, chain, seconds)
            spent = time.monotonic() - started
            weight, faults = judged(pool, chosen, cycle, chain)
            rows.append({
                "instance": file.stem, "setting": setting, "vertices": pool.n, "exchanges": count,
                "weight": weight / SCALE, "proven": proven, "optimum": known.get(file.stem),
                "seconds": round(spent, 3), "lawful": not faults,
            })  # fmt: skip
    return rows


def table(rows: list[dict[str, object]]) -> str:
    """The rows as text, and what they come to."""
    lines = [
        f"{'instance':<12}{'setting':<18}{'columns':>9}{'weight':>12}{'known':>12}{'seconds':>9}  proven"
    ]
    for row in rows:
        known = "-" if row["optimum"] is None else f"{row['optimum']:g}"
        lines.append(
            f"{row['instance']:<12}{row['setting']:<18}{row['exchanges']:>9}{row['weight']:>12g}{known:>12}"
            f"{row['seconds']:>9}  {'yes' if row['proven'] else 'no'}{'' if row['lawful'] else ' UNLAWFUL'}"
        )
    known_rows = [row for row in rows if row["optimum"] is not None]
    lines.append(
        f"{sum(bool(r['proven']) for r in rows)} of {len(rows)} proven, "
        f"{sum(bool(r['lawful']) for r in rows)} lawful, "
        f"{sum(abs(r['weight'] - r['optimum']) < 1e-6 for r in known_rows)} of {len(known_rows)} equal to the "  # type: ignore[operator]
        f"known optimum, {sum(float(str(r['seconds'])) for r in rows):.1f} s"
    )
    return "\n".join(lines)


def solve(
    pool: Pool, cycle: int, chain: int, seconds: float
) -> tuple[list[tuple[str, tuple[int, ...]]], int, bool]:
    """(kind, vertices in the order of giving) of the exchanges chosen, number of columns, whether proven best.

    A vertex's arc to b is turned round: b takes the post of the one who gives. An altruist is an empty
    desk, whose chain begins with the one who takes it.
    """
    graph = _graph(pool, cycle, chain)
    if graph is None:
        return [], 0, True
    every = columns_of(graph, 1, most=FEW)
    if every is None:
        columns, picked = _generated(graph, seconds)
    else:
        columns = every[0]
        if len(columns) == 0:
            return [], 0, True
        model = _model(every)
        relaxed = relax(model, "HIGHS")
        start = _greedy(model, relaxed.point if relaxed is not None else -every[1])
        picked = pick(model, 0.999, NODES, start, 1, seconds)
    chosen = []
    for number in picked.taken.tolist():
        people = [int(p) + 1 for p in columns.people[number] if p >= 0]
        first = int(columns.empty[number])
        if first < 0:
            chosen.append(("cycle", tuple(people[::-1])))
        else:
            chosen.append(("chain", (first - pool.n + 1, *people)))
    return chosen, len(columns), picked.optimal


def judged(
    pool: Pool, chosen: list[tuple[str, tuple[int, ...]]], cycle: int, chain: int
) -> tuple[int, list[str]]:
    """Weight of the exchanges by the arcs of the file, and what is unlawful about them."""
    weight, faults = 0, []
    used: set[int] = set()
    for kind, who in chosen:
        arcs = list(pairwise(who))
        if kind == "cycle":
            arcs.append((who[-1], who[0]))
            if not 2 <= len(who) <= cycle or pool.altruists & set(who):
                faults.append(f"cycle {who}")
        elif len(arcs) > chain or who[0] not in pool.altruists or pool.altruists & set(who[1:]):
            faults.append(f"chain {who}")
        faults += [f"no arc {arc}" for arc in arcs if arc not in pool.weight]
        weight += sum(pool.weight.get(arc, 0) for arc in arcs)
        faults += [f"{v} twice" for v in who if v in used or who.count(v) > 1]
        used |= set(who)
    return weight, faults


def _graph(pool: Pool, cycle: int, chain: int) -> Graph | None:
    """Vertex v is person v - 1 at desk v - 1; an altruist's desk stands after those, empty."""
    people = np.array([v - 1 for v in range(1, pool.n + 1) if v not in pool.altruists], np.int64)
    empty = np.array(sorted(pool.n + v - 1 for v in pool.altruists), np.int64)
    if len(people) == 0:
        return None
    table = [
        (b - 1, (pool.n if a in pool.altruists else 0) + a - 1, w)
        for (a, b), w in sorted(pool.weight.items())
    ]
    person, desk, weight = np.array(table, np.int64).reshape(-1, 3).T
    order = np.lexsort((desk, person))
    arcs = Arcs(person[order], desk[order], -weight[order], np.ones(len(order), np.int64))
    every = np.ones(len(people), bool)
    return graph_of(
        arcs, people, empty, np.ones(len(people), np.int64), np.zeros((len(people), 1)),
        n_desks=2 * pool.n, own=people, seeds=every, tail=every, longest_cycle=cycle, longest_chain=chain,
    )  # fmt: skip


def _generated(graph: Graph, seconds: float) -> tuple[Columns, Picked]:
    """Too many exchanges to hold: those that the packing LP asks for, then all that could be better.

    A column that costs more than its people pay by at least the gap between the plan and the LP's
    value is in no better plan; so the last choice is among all that cost less.
    """
    pool = _cheapest(replace(graph, longest_chain=min(1, graph.longest_chain)), FEW // 3)
    while True:
        model, pay, desk = _model(pool), np.zeros(len(graph.people)), np.zeros(len(graph.empty))
        answer = solve_lp(
            model.value / SCALE, model.row, model.var, np.full(len(model.upper), -np.inf), model.upper,
            (np.zeros(len(model.value)), np.zeros(len(model.upper))), exact=True,
        )  # fmt: skip
        if answer is None:
            msg = "the packing LP of a pool was not solved"
            raise RuntimeError(msg)
        prices = SCALE * np.minimum(answer[1], 0.0)
        number = {int(p): k for k, p in enumerate(graph.people)}
        place = {int(d): k for k, d in enumerate(graph.empty)}
        for (kind, code), price in zip(model.key.tolist(), prices.tolist(), strict=True):
            (pay if kind == 0 else desk)[(number if kind == 0 else place)[code]] = price
        priced = replace(
            graph, price=graph.price - pay[:, None], empty_price=graph.empty_price - desk
        )
        more = _cheapest(priced, FEW // 5, -SCALE * 1e-4)
        if len(more[0]) == 0:
            break
        pool = _both(pool, (more[0], _worth(more, pay, desk, number, place)))
    bound = float(pay.sum() + desk.sum()) - SCALE * 1e-4 * len(graph.people) / 2
    return _proven(graph, priced, pool, bound, (pay, desk, number, place), seconds)


def _proven(
    graph: Graph, priced: Graph, pool: Priced, bound: float, prices: Any, seconds: float
) -> tuple[Columns, Picked]:
    """The best choice out of the pool, then, where that leaves a gap, out of all columns that matter."""
    unit = math.gcd(*(-graph.cost.astype(np.int64)).tolist())
    least = math.ceil(bound / unit - 1e-6) * unit
    model = _model(pool)
    picked = pick(model, 0.999, NODES, _greedy(model, pool[1]), 1, seconds)
    if picked.value > least + 0.5:
        every = columns_of(priced, 1, below=picked.value - bound, most=MANY)
        if every is None:
            return pool[0], replace(picked, optimal=False)
        chosen = (pool[0].take(picked.taken), pool[1][picked.taken])
        pool = _both(chosen, (every[0], _worth(every, *prices)))
        model = _model(pool)
        start = np.arange(len(picked.taken))
        picked = pick(model, unit - 0.5, NODES, start, 1, seconds)
        return pool[0], picked
    return pool[0], replace(picked, optimal=True)


def _cheapest(graph: Graph, most: int, below: float = 0.0) -> Priced:
    """So many columns at most: the threshold falls until few enough are cheaper."""
    low = below
    while (found := columns_of(graph, 1, below=low, most=20 * most)) is None:
        low = min(2 * low, -SCALE / 8)
    order = np.argsort(found[1], kind="stable")[:most]
    return found[0].take(order), found[1][order]


def _worth(
    found: Priced, pay: np.ndarray, desk: np.ndarray, number: dict[int, int], place: dict[int, int]
) -> np.ndarray:
    """Worth of columns without the prices."""
    columns, worth = found
    by_person = np.zeros(max(number) + 2)
    by_person[list(number)] = pay[list(number.values())]
    worth = worth + np.where(columns.people >= 0, by_person[columns.people], 0.0).sum(axis=1)
    if place:
        by_desk = np.zeros(max(place) + 2)
        by_desk[list(place)] = desk[list(place.values())]
        worth = worth + np.where(columns.empty >= 0, by_desk[columns.empty], 0.0)
    return np.rint(worth)


def _both(one: Priced, other: Priced) -> Priced:
    return joined([one[0], other[0]]), np.concatenate([one[1], other[1]])


def _model(pool: Priced) -> Packing:
    columns, gain = pool
    rows = RowsBuilder()
    number, place = np.nonzero(columns.people >= 0)
    who = columns.people[number, place].astype(np.int64)
    rows.add(0, who, number, np.ones(int(who.max()) + 1))
    taken = np.flatnonzero(columns.empty >= 0)
    if len(taken):
        desk = columns.empty[taken].astype(np.int64)
        rows.add(1, desk, taken, np.ones(int(desk.max()) + 1))
    return rows.done(gain.astype(float))


def _greedy(model: Packing, worth: np.ndarray) -> np.ndarray:
    rows_of: dict[int, list[int]] = {}
    for row, var in zip(model.row.tolist(), model.var.tolist(), strict=True):
        rows_of.setdefault(var, []).append(row)
    used: set[int] = set()
    taken = []
    for var in np.argsort(-worth, kind="stable").tolist():
        if not used & set(rows_of[var]):
            used |= set(rows_of[var])
            taken.append(var)
    return np.array(sorted(taken), np.int64)


def _files(folder: Path) -> list[Path]:
    inside = folder / "data" if (folder / "data").is_dir() else folder
    known = [f for f in sorted(inside.iterdir()) if f.suffix in (".txt", ".wmd")]
    return [
        f for f in known if "NUMBER ALTERNATIVES" in f.read_text(encoding="utf-8", errors="replace")
    ]


def _optima(file: Path) -> dict[str, float]:
    if not file.is_file():
        return {}
    with file.open(encoding="utf-8", newline="") as text:
        return {row["instance"]: float(row["optimum"]) for row in csv.DictReader(text)}
