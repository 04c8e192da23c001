"""Law cases of moves: what a lawyer reads in `tests/law/moves_*.toml`, as plan and as numbers.

A case has a `name` (the sentence it claims), `plan` (rows: who, to, and what differs from a lawful
swap), tables that are added to `rotation_office()`, and `broken`, the rule ids that the plan breaks.
A row's `from` is the post held, its `date` 1 April 2027, its `wave` the month of the date, its cycle
"V1", its kind and instrument what they should be. Everybody due who is not in the plan counts as
listed with a reason, unless `unlisted` names them. `solver` says how the other reading differs:
"stricter" (it refuses this lawful plan), "cannot" (it cannot be said there).
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.records import Deferral, Move, Office, Pin, Posting, Relative, RotationPlan, Unplaced
from data.rulefiles import read_rules
from scheduler.move_rules.exchanges import shape
from scheduler.rotation_case import RotationCase
from scheduler.rotation_plan import to_moves_problem
from scheduler.rotation_rows import instrument
from scheduler.rulebook import Rulebook, in_force
from solver.moves.problem import Exchange, MovesProblem, MovesSolution
from tests.rotation_offices import ON, YEAR, case_of, person, post, rotation_office, unit, view_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.rotation_view import RotationView

Table = dict[str, Any]
DAY = date(YEAR, 4, 1)


def move_cases() -> Iterator[Table]:
    """Every case of every file of moves."""
    for file in sorted((Path(__file__).parent / "law").glob("moves_*.toml")):
        for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]:
            yield {"solver": "", **case}


def office_of(case: Table) -> Office:
    """The small rotation office with what the case adds or changes."""
    office = rotation_office(
        case.get("without", ()),
        units=[unit(u["id"], **_rest(u, "id", parent="parent_id")) for u in case.get("units", ())],
        positions=[post(p["id"], p["unit"], **_rest(p, "id", "unit")) for p in case.get("posts", ())],
        staff=[person(p["who"], **_rest(p, "who")) for p in case.get("people", ())],
        postings=[
            Posting(p["who"], p["post"], p.get("from"), p.get("to"), area=p.get("area", ""),
                    is_probation=p.get("probation", False),
                    continues_previous=p.get("continues", ""))
            for p in case.get("postings", ())
        ],
        relatives=[Relative(r["who"], r["relative"], "") for r in case.get("relatives", ())],
        deferrals=[
            Deferral(d["who"], d.get("ground", "illness"), d["from"], d.get("to"))
            for d in case.get("deferrals", ())
        ],
        move_pins=[
            Pin(n, p.get("unit", ""), "", p.get("date"), p.get("week"), "", p["must"], "",
                p["who"], p.get("post", ""))
            for n, p in enumerate(case.get("pins", ()), 2)
        ],
    )  # fmt: skip
    areas = case.get("areas", {})
    changed = {c["who"]: _rest(c, "who") for c in case.get("changed", ())}
    posts = {c["id"]: _rest(c, "id") for c in case.get("changed_posts", ())}
    return replace(
        office,
        staff=tuple(replace(s, **changed.get(s.staff_id, {})) for s in office.staff),
        positions=tuple(replace(p, **posts.get(p.position_id, {})) for p in office.positions),
        postings=tuple(replace(p, area=areas.get(p.staff_id, p.area)) for p in office.postings),
    )


def rulebook_of(case: Table) -> Rulebook:
    """The rules of the plan's year, with the case's own `values`."""
    return in_force(read_rules(), ON, case.get("values"))


_YEARS: dict[str, RotationCase] = {}


def case_year(case: Table) -> RotationCase:
    """What the rules' `enforce` reads, built once for each case."""
    if case["name"] not in _YEARS:
        _YEARS[case["name"]] = case_of(office_of(case), rulebook_of(case), case.get("on", ON))
    return _YEARS[case["name"]]


def rows_of(case: Table, made: RotationCase) -> tuple[Move, ...]:
    """The case's plan; ids M1, M2 ..., file rows 2, 3 ..."""
    rows = []
    for n, given in enumerate(case["plan"], 1):
        day = given.get("date", DAY) or None
        now = made.people["position_id"].get(given["who"], "")
        old, new = given.get("from", now), given["to"]
        known = new in made.jobs and (not old or old in made.jobs)
        rows.append(
            Move(
                f"M{n}", given["who"], old, new, given.get("wave", day.month if day else 0), day,
                given.get("instrument", instrument(made, old, new) if known else "transfer"),
                given.get("cycle", "V1"), given.get("kind", ""), given.get("days"), None, row=n + 1,
            )
        )  # fmt: skip
    return tuple(replace(r, cycle_kind=r.cycle_kind or _kind(r, rows)) for r in rows)


def _kind(row: Move, rows: list[Move]) -> str:
    together = [r for r in rows if r.cycle_id == row.cycle_id]
    form = shape(together)[0]
    return "swap" if form == "cycle" and len(together) == 2 else form


def view(case: Table) -> RotationView:
    """What the checker reads."""
    made = case_year(case)
    rows = rows_of(case, made)
    listed = set(made.part("due")) - {row.staff_id for row in rows} - set(case.get("unlisted", ()))
    listed |= set(case.get("listed", ()))
    reasons = case.get("reasons", {})
    unplaced = tuple(
        Unplaced(who, reasons.get(who, "không có vị trí phù hợp"), tuple(case.get("named", ())))
        for who in sorted(listed)
    )
    plan = RotationPlan(YEAR, rows, unplaced)
    return view_of(plan, made.office, made.rulebook, case.get("on", ON), made.flags)


def problem(case: Table) -> tuple[MovesProblem, MovesSolution]:
    """The limits of every rule, and the case's plan as exchanges."""
    made = case_year(case)
    rows = rows_of(case, made)
    groups: dict[str, list[Move]] = {}
    for row in rows:
        groups.setdefault(row.cycle_id, []).append(row)
    return to_moves_problem(made), MovesSolution(
        tuple(exchange(made, moves) for moves in groups.values())
    )


def exchange(made: RotationCase, moves: list[Move]) -> Exchange:
    """Rows that happen together, in the order in which the solver says them."""
    form, order = shape(moves)
    if form == "cycle":
        order = [order[0], *order[:0:-1]]  # each takes the desk of the next
    seats = dict(zip(made.desks, range(len(made.desks)), strict=True))
    return Exchange(
        "chain" if form == "chain" else "cycle",
        tuple(made.mover_number.get(move.staff_id, -1) for move in order),
        tuple(seats.get(move.to_position, -1) for move in order),
        moves[0].wave - 1,
    )


def _rest(given: Table, *without: str, **names: str) -> Table:
    return {names.get(key, key): value for key, value in given.items() if key not in without}
