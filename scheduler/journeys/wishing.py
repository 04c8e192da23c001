"""Why not, and what would be best: a wish forced and solved again, and ranked options, around a saved plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from data.records import Pin
from data.rotation_in import is_rotation
from data.words import Message
from scheduler.errors import Refused
from scheduler.explain import BLAMED_LAST, ROWS
from scheduler.journeys.answers import (
    AskAbout,
    inspector_number,
    notes_on,
    open_planned_rotation,
    open_planned_year,
    staff_of,
    unit_of,
    visit_number,
    year_notes,
)
from scheduler.journeys.year import year_desk
from scheduler.move_options import mover, posts_for
from scheduler.near import known
from scheduler.plan_numbers import PlannedYear, planned_year
from scheduler.recommend import MOST, joins_for, places_for
from scheduler.unplaced import NO_POST
from scheduler.why_not import already_so, can_be, cannot_be, not_found
from scheduler.why_not_move import (
    MoveWish,
    move_already,
    move_by_others,
    move_can_be,
    move_cannot_be,
    move_not_found,
)
from scheduler.wishes import WISH, Wish, days_of
from solver import engine
from solver.moves import engine as moves
from solver.moves.problem import MovesSolution, MustMove
from solver.moves.single import nearest_to_lawful, other_places, posts
from solver.moves.verify import verify
from solver.settings import Settings
from solver.visits.around.problem import Around
from solver.visits.days.problem import compile_days
from solver.visits.feasible import counted_out
from solver.visits.problem import Solution
from solver.visits.restrict import restrict
from solver.visits.single.beside import with_one_other
from solver.visits.single.options import Option, Standing
from solver.visits.verify import verify as verify_visits

if TYPE_CHECKING:
    from scheduler.rotation_numbers import PlannedRotation
    from scheduler.why.answer import Answer
    from solver.result import Core

POST = Message("vị trí")
MOVE_SECONDS = 5.0  # of effort for one wish about a move
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
    return wished(open_planned_year(plan, dataset), ask, seconds)


def wished(year: PlannedYear, ask: WishAsk, seconds: float = SECONDS) -> Answer:
    """The same for a plan that is already open.

    Raises
    ------
    Refused
    """
    year, visit = _asked_about(year, ask)
    wish = _wish(year, visit, ask)
    return replace(answered(year, wish, seconds), notes=year_notes(year))


def recommend(plan: Path, dataset: Path, ask: AskAbout, most: int = MOST) -> Answer:
    """Ranked options for a visit, a unit (one visit more if it has none), an inspector; in rotation a person.

    Raises
    ------
    Refused
        An unknown id, or nothing that options could be given for.
    """
    if is_rotation(plan):
        rotation = open_planned_rotation(plan, dataset)
        if not ask.staff:
            raise Refused(Message("Đây là kế hoạch chuyển đổi: hỏi --staff."))
        answer = posts_for(rotation, staff_of(rotation, ask.staff), most)
        return replace(answer, notes=notes_on(rotation.plan.facts, rotation.case.office.digest))
    return options(open_planned_year(plan, dataset), ask, most)


def options(year: PlannedYear, ask: AskAbout, most: int = MOST) -> Answer:
    """The same for a yearly plan that is already open.

    Raises
    ------
    Refused
    """
    if ask.inspector:
        answer = joins_for(year, inspector_number(year, ask.inspector), most)
    else:
        year, visit = _asked_about(year, WishAsk(ask.visit, ask.unit))
        answer = places_for(year, visit, most)
    return replace(answer, notes=year_notes(year))


def why_not_move(plan: Path, dataset: Path, staff: str, to: str, wave: int = 0) -> Answer:
    """What it would cost to move somebody to a post (in a wave from 1 to 12; 0: any), or what forbids it.

    Raises
    ------
    Refused
        An unknown person or post, somebody who may not move this year, a post that nobody can take.
    """
    if not is_rotation(plan):
        raise Refused(Message("--staff hỏi về kế hoạch chuyển đổi; đây là kế hoạch kiểm tra năm."))
    year = open_planned_rotation(plan, dataset)
    person = mover(year, staff_of(year, staff))
    posts_known = {p.position_id: p.title for p in year.case.office.positions}
    position = known(to, posts_known, POST)
    desks = tuple(d for d, desk in enumerate(year.problem.desks) if desk.label == position)
    if not desks:
        words = {"post": posts_known[position], "id": position}
        raise Refused(
            Message(
                "Vị trí {post} ({id}) không trống và người giữ không chuyển được trong năm.", words
            )
        )
    wish = MoveWish(person, desks, wave - 1)
    return replace(
        moved_answer(year, wish), notes=notes_on(year.plan.facts, year.case.office.digest)
    )


def moved_answer(year: PlannedRotation, wish: MoveWish) -> Answer:
    """The answer to a wish about a move: alone, by changing others, or what is in the way."""
    if wish.holds(year.solution):
        return move_already(year, wish)
    problem, plan = year.problem, year.solution
    found = posts(problem, plan, wish.person, 1, wish.wanted)
    if found:
        return move_can_be(year, wish, found[0])
    arcs = other_places(problem, plan, wish.person, wish.wave)
    arcs = [place for place in arcs if place.desk in wish.desks]
    if not arcs:
        return move_cannot_be(year, wish, NO_POST, "together")
    if all(place.labels for place in arcs):
        return move_cannot_be(year, wish, arcs[0].labels, "each alone")
    waves = (wish.wave,) if wish.wave >= 0 else ()
    order = MustMove(wish.person, wish.desks, waves, WISH)
    forced = replace(problem, limits=(*problem.limits, order))
    settings = Settings(time_limit_s=MOVE_SECONDS, workers=1)
    mended = moves.repair_moves(forced, _without_person(plan, wish), (), settings)
    if mended is not None and mended.solution is not None and not verify(forced, mended.solution):
        return move_by_others(year, wish, mended.solution)
    labels = nearest_to_lawful(problem, plan, wish.person, wish.wanted)
    if labels:
        return move_cannot_be(year, wish, labels, "others standing")
    return move_not_found(year, wish)


def _without_person(plan: MovesSolution, wish: MoveWish) -> MovesSolution:
    """The plan without the exchange in which the person moves."""
    return MovesSolution(tuple(e for e in plan.exchanges if wish.person not in e.people))


def answered(year: PlannedYear, wish: Wish, seconds: float = SECONDS) -> Answer:
    """The answer to a wish, in words."""
    found = outcome(year, wish, seconds)
    if found.plan is not None and found.verdict == "already":
        return already_so(year, wish)
    if found.plan is not None:
        return can_be(year, wish, found.plan, found.proven)
    return cannot_be(year, wish, found.core) if found.core else not_found(year, wish)


@dataclass(frozen=True)
class Outcome:
    """What became of a wish: a lawful plan with it, or the clash that forbids it, or neither in time."""

    verdict: str  # already, possible, forbidden, unknown
    plan: Solution | None = None
    proven: bool = False  # no plan with the wish changes fewer visits
    core: Core | None = None


def outcome(year: PlannedYear, wish: Wish, seconds: float = SECONDS) -> Outcome:
    """The wish by moving the visit alone, exactly; with one other; around it by a solve; else the proof.

    A plan in which only this visit changes has the fewest changes there are; one with one other has them
    when none does with this visit alone.
    """
    if wish.holds(year.case, year.solution):
        return Outcome("already", year.solution, proven=True)
    settings = Settings(time_limit_s=seconds, workers=1)
    forced = wish.added(year.problem, year.case)
    standing = Standing(forced, year.solution)
    places = standing.places(wish.visit, most=1)
    if places:
        return Outcome("possible", _moved(year, places[0]), proven=True)
    if not counted_out(compile_days(restrict(forced, [wish.visit]))):
        two = with_one_other(standing, wish.visit)
        if two is not None and set(verify_visits(forced, two)) <= set(year.faults):
            return Outcome("possible", two, proven=True)
        new = () if year.case.owed[wish.visit].visit_id in year.rows else (wish.visit,)
        found = engine.replan(forced, Around(year.solution, new=new), settings)
        if found.solution is not None:
            return Outcome("possible", found.solution, found.proven)
    core = engine.forbidding(forced, wish.visit, settings, BLAMED_LAST, ROWS)
    return Outcome("forbidden", core=core) if core else Outcome("unknown")


def _moved(year: PlannedYear, place: Option) -> Solution:
    """The plan with one visit in another place."""
    starts, teams = list(year.solution.starts), list(year.solution.teams)
    starts[place.visit], teams[place.visit] = place.start, place.team
    return Solution(tuple(starts), tuple(teams))


def _asked_about(year: PlannedYear, ask: WishAsk) -> tuple[PlannedYear, int]:
    """The plan in its year, and the visit asked about; a unit that is not on the list gets one more visit."""
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
    office = year.case.office
    pin = Pin(0, unit_id, "periodic", None, None, "", must=True, reason="?")
    trial = dict(year.case.rulebook.trial)
    more = year_desk(replace(office, pins=(*office.pins, pin)), year.case.year, trial)
    year = planned_year(year.plan, more.case, more.risk)
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
        raise Refused(
            Message("Cuộc này đã có trong kế hoạch. Thêm --on, --team, --with hoặc --without.")
        )
    return wish


def _people(year: PlannedYear, ids: Sequence[str]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(inspector_number(year, who) for who in ids))
