"""Why not, and what would be best: a wish forced and solved again, and ranked options, around a saved plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from data.plan_folder import read_plan
from data.records import Pin
from data.words import Message
from scheduler.errors import Refused
from scheduler.explain import BLAMED_LAST, ROWS
from scheduler.journeys.answers import (
    inspector_number,
    unit_of,
    visit_number,
    year_notes,
)
from scheduler.journeys.year import opened_as_made, year_desk
from scheduler.plan_numbers import PlannedYear, planned_year
from scheduler.why_not import already_so, can_be, cannot_be, not_found
from scheduler.wishes import Wish, days_of
from solver import engine
from solver.settings import Settings
from solver.visits.around.problem import Around
from solver.visits.days.problem import compile_days
from solver.visits.feasible import counted_out
from solver.visits.problem import Solution
from solver.visits.restrict import restrict
from solver.visits.single.options import Option, Standing

if TYPE_CHECKING:
    from scheduler.why.answer import Answer

SECONDS = 2.0  # of effort for one wish


@dataclass(frozen=True)
class WishAsk:
    """A wish as it was typed: ids or names of a visit or a unit and of people, and a date or week."""

    visit: str = ""
    unit: str = ""
    on: str = ""
    team: tuple[str, ...] = ()
    with_: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


def why_not(plan: Path, dataset: Path, ask: WishAsk, seconds: float = SECONDS) -> Answer:
    """What a wish about one visit of a yearly plan would cost and change, or what forbids it.

    Raises
    ------
    Refused
        An unknown id, a day of another year, or nothing to wish for.
    """
    year, visit = _opened(plan, dataset, ask)
    wish = _wish(year, visit, ask)
    return replace(answered(year, wish, seconds), notes=year_notes(year))


def answered(year: PlannedYear, wish: Wish, seconds: float = SECONDS) -> Answer:
    """The answer to a wish: first by moving the visit alone, exactly; then around it; else the proof.

    A plan with the wish in which only this visit changes is one with the fewest changes there are.
    """
    if wish.holds(year.case, year.solution):
        return already_so(year, wish)
    settings = Settings(time_limit_s=seconds, workers=1)
    forced = wish.added(year.problem, year.case)
    places = Standing(forced, year.solution).places(wish.visit, most=1)
    if places:
        return can_be(year, wish, _moved(year, places[0]), proven=True)
    hopeless = counted_out(compile_days(restrict(forced, [wish.visit])))
    if not hopeless:
        new = () if year.case.owed[wish.visit].visit_id in year.rows else (wish.visit,)
        found = engine.replan(forced, Around(year.solution, new=new), settings)
        if found.solution is not None:
            return can_be(year, wish, found.solution, found.proven)
    core = engine.forbidding(forced, wish.visit, settings, BLAMED_LAST, ROWS)
    return cannot_be(year, wish, core) if core else not_found(year, wish)


def _moved(year: PlannedYear, place: Option) -> Solution:
    """The plan with one visit in another place."""
    starts, teams = list(year.solution.starts), list(year.solution.teams)
    starts[place.visit], teams[place.visit] = place.start, place.team
    return Solution(tuple(starts), tuple(teams))


def _opened(plan: Path, dataset: Path, ask: WishAsk) -> tuple[PlannedYear, int]:
    """The plan in its year, and the visit asked about; a unit that is not on the list gets one more visit."""
    read = read_plan(plan, scenarios=True)
    desk = opened_as_made(dataset, read)
    year = planned_year(read, desk.case, desk.risk)
    if ask.visit:
        return year, visit_number(year, ask.visit)
    if not ask.unit:
        raise Refused(Message("Hỏi về một cuộc (--visit) hoặc một đơn vị (--unit)."))
    unit_id = unit_of(year, ask.unit)
    mine = [v for v, owed in enumerate(year.case.owed) if owed.unit_id == unit_id]
    if len(mine) > 1:
        ids = ", ".join(year.case.owed[v].visit_id for v in mine)
        raise Refused(Message("Đơn vị có nhiều cuộc: {ids}. Hỏi bằng --visit.", {"ids": ids}))
    if mine:
        return year, mine[0]
    office = desk.case.office
    pin = Pin(0, unit_id, "periodic", None, None, "", must=True, reason="?")
    trial = dict(desk.case.rulebook.trial)
    more = year_desk(replace(office, pins=(*office.pins, pin)), read.year, trial)
    year = planned_year(read, more.case, more.risk)
    return year, next(v for v, o in enumerate(year.case.owed) if o.unit_id == unit_id)


def _wish(year: PlannedYear, visit: int, ask: WishAsk) -> Wish:
    numbers = {name: _people(year, getattr(ask, name)) for name in ("team", "with_", "without")}
    team = tuple(dict.fromkeys([*numbers["team"], *numbers["with_"]]))
    first, last = days_of(ask.on, year.case.year) if ask.on else (None, None)
    wish = Wish(visit, first, last, team, numbers["without"])
    size = year.case.owed[visit].size
    if len(team) > size:
        words = {"n": len(team), "size": size}
        raise Refused(Message("Đoàn của cuộc này có {size} người, không phải {n}.", words))
    if ask.team and len(team) < size:
        words = {"n": len(team), "size": size}
        raise Refused(
            Message("Đoàn của cuộc này có {size} người; --team kể {n}. Dùng --with để chỉ nêu vài người.",
                    words)
        )  # fmt: skip
    in_plan = year.solution.starts[visit] >= 0
    if in_plan and not (ask.on or team or wish.without):
        raise Refused(Message("Cuộc này đã có trong kế hoạch. Thêm --on, --team, --with hoặc --without."))
    return wish


def _people(year: PlannedYear, ids: Sequence[str]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(inspector_number(year, who) for who in ids))
