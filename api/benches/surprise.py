"""`congvu bench surprise`: the acceptance tests of surprise draws on the study's made-up services.

Years with tables of their own, thousands of drawn years, watchers who learn, two plans they have to see
through; then smaller services, and the time of each step beside naive yardsticks.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from math import isfinite
from typing import Any

import numpy as np

from data import rulefiles
from scheduler.rulebook import in_force
from scheduler.surprise.balance import LEAST, RHO, balanced
from scheduler.surprise.day_table import day_table
from scheduler.surprise.debt import day_target
from scheduler.surprise.draw import draw
from scheduler.surprise.entropy import law_of
from scheduler.surprise.leakage import leak
from scheduler.surprise.roster import Rest
from scheduler.surprise.service import Bools, DayAsk, Floats
from scheduler.surprise.simulation.figures import MISSED, Figure
from scheduler.surprise.simulation.judged import no_window, roster_leak
from scheduler.surprise.simulation.pool import pooled_chances
from scheduler.surprise.simulation.sampler import drawn
from scheduler.surprise.simulation.season import Season
from scheduler.surprise.simulation.study_run import simulated
from scheduler.surprise.simulation.watched import Machine
from scheduler.surprise.study import FIRST, SIZES, study_service
from scheduler.surprise.tickets import shares_of

YEARS = 2_000
SEASONS = 4  # of the smaller services
TABLE_S, DRAW_S, RECHECK_S = 1.0, 0.1, 30.0  # most seconds (A16)
TIMED = 20  # days
COUNTED = 200_000  # simulated draws of the naive yardstick


def measured(name: str, years: int, seed: int) -> Iterator[dict[str, Any]]:
    """One row for each figure: test, name, value, limits, whether it is met."""
    rules = in_force(rulefiles.read_rules(), FIRST)
    rest, leak_rule = Rest(**rules.value("surprise.rest")), rules.value("surprise.leak")
    began = time.perf_counter()
    for size, shape in SIZES.items():
        machine = Machine(partial(study_service, shape, seed), rest, seed)
        if size == "large":
            found = simulated(machine, years, leak_rule)
            yield from (_row(name, size, figure) for figure in found.figures)
            yield _row(name, size, Figure("A6", "even_day_after", found.even[0]))
            continue
        seasons = [machine.season(year) for year in range(SEASONS)]
        blind = machine.season(0, blindly=True)
        pool = pooled_chances(blind, machine.luck(0, 3))
        for figure in (*roster_leak(seasons, blind, pool, leak_rule), *no_window(seasons)):
            yield _row(name, size, figure)
    yield from (_row(name, "large", figure) for figure in _times(seed, rest))
    yield _row(name, "all", Figure("A16", "seconds_in_all", time.perf_counter() - began))


def _row(name: str, size: str, figure: Figure) -> dict[str, Any]:
    numbers = {key: getattr(figure, key) for key in ("value", "least", "most", "error")}
    return {
        "instance": name, "size": size, "test": figure.test, "name": figure.name,
        **{key: value if isfinite(value) else None for key, value in numbers.items()},
        "state": figure.state,
    }  # fmt: skip


def _times(seed: int, rest: Rest) -> Iterator[Figure]:
    """A16: seconds of a day's table, of the draw at dawn, of reckoning a whole year again."""
    machine = Machine(partial(study_service, SIZES["large"], seed), rest, seed)
    season = machine.season(0)
    asks = [_ask(season, n) for n in range(0, len(season.days), len(season.days) // TIMED)]
    inputs = [_input(season, n) for n in range(len(season.days))]
    tables = [_seconds(partial(day_table, ask)) for ask in asks]
    draws = [_seconds(partial(draw, bytes(32), table)) for table in inputs]
    yield Figure("A16", "day_table_s", max(tables), most=TABLE_S)
    yield Figure("A16", "draw_s", max(draws), most=DRAW_S)
    again = _seconds(partial(_recheck, season, inputs))
    yield Figure("A16", "recheck_year_s", again, most=RECHECK_S)
    ours, plain = (
        sum(_seconds(partial(way, day_target(ask), ask.eligible)) for ask in asks)
        for way in (balanced, alternated)
    )
    yield Figure("A16", "plain_alternation_to_ours", plain / ours)
    tickets = season.days[0].table.tickets
    exact = _seconds(partial(law_of, shares_of(tickets)))
    counted = _seconds(partial(drawn, tickets, COUNTED, np.random.default_rng(seed)))
    yield Figure("A16", "counted_draws_to_exact_chances", counted / exact)
    uniform = np.full(len(season.service.units), season.service.rate.mean())
    yield Figure("A4", "risk_itself", leak(season.service.rate, uniform))


def _ask(season: Season, n: int) -> DayAsk:
    service, day = season.service, season.days[n]
    may = service.eligible[list(day.teams)] & service.open[:, day.day]
    debt = season.days[n - 1].table.debt if n else np.zeros(len(service.units))
    mean = float(service.slots.mean())
    return DayAsk(service.rate, mean, may, service.planned[:, day.day], debt)


def _input(season: Season, n: int) -> dict[str, Any]:
    """A day's table as the record keeps it, as far as the draw asks."""
    day, slots = season.days[n], []
    for team, tickets in zip(day.teams, day.table.tickets, strict=True):
        units = np.flatnonzero(tickets)
        slots.append({
            "team": season.service.teams[team], "units": units.tolist(), "tickets": tickets[units].tolist(),
        })  # fmt: skip
    return {"units": list(season.service.units), "slots": slots}


def _recheck(season: Season, inputs: list[dict[str, Any]]) -> None:
    """What a checker reckons again for a year: every draw, and every chance out of whole tickets."""
    for day, table in zip(season.days, inputs, strict=True):
        draw(bytes(32), table)
        law_of(shares_of(day.table.tickets))


def alternated(target: Floats, eligible: Bools, rho: float = RHO, close: float = 1e-9) -> Floats:
    """The yardstick of `balanced`: plain alternation over units, to nine digits instead of twelve."""
    may, power = eligible.astype(np.float64), rho / (1 + rho)
    goal = np.where(eligible.any(axis=0), np.maximum(target, LEAST), 0.0)
    v, miss = np.ones(len(may)), 1.0
    while miss > close:
        u = np.where(goal > 0, goal / np.maximum(v @ may, 1e-300), 0.0) ** power
        weight = may @ u
        miss = float(np.abs(v * weight - 1).max())
        v = 1 / weight
    return np.asarray(v[:, None] * may * u, np.float64)


def _seconds(task: Callable[[], object]) -> float:
    began = time.perf_counter()
    task()
    return time.perf_counter() - began


def line(row: Mapping[str, Any]) -> str:
    """A figure with its limit for people."""
    limits = [
        f"{sign} {row[key]:g}"
        for key, sign in (("least", ">="), ("most", "<="))
        if row[key] is not None
    ]
    value = "-" if row["value"] is None else f"{row['value']:.6g}"
    error = f" ± {row['error']:.2g}" if row["error"] else ""
    return (
        f"{row['test']:<4}{row['size']:<8}{row['name']:<32}{value + error:<26}{' and '.join(limits):<22}"
        f"{row['state'].upper() if row['state'] == MISSED else row['state']}"
    )


def comparison(rows: list[dict[str, Any]]) -> str:
    """How many limits are met."""
    states = [row["state"] for row in rows]
    judged = len(states) - states.count("told")
    return f"{states.count('met')} of {judged} limits met, {states.count('missed')} missed"
