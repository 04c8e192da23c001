"""The plain model, person x desk x wave, given whole to CP-SAT: the yardstick of the column model.

A year of too many moves to hold is cut to those nearest to being used (see `plain_few`); what CP-SAT
proves then bounds only plans out of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from ortools.sat.python import cp_model

from solver.moves import problem as given
from solver.moves.bound import trivial
from solver.moves.bound_goals import least_wishes
from solver.moves.goals import ORDER, first_waves, goal_values, move_points
from solver.moves.plain_few import few_moves
from solver.moves.plain_lengths import add_lengths, read_exchanges
from solver.moves.plain_limits import add_limits, lawful_moves
from solver.moves.problem import MovesProblem, MovesSolution
from solver.moves.relaxed.year import compile_year
from solver.moves.result import MovesResult
from solver.result import Goal, Progress, Status
from solver.settings import Settings

Move = tuple[int, int, int]  # person, desk, wave
MOST = 150_000  # moves that the model holds in a few GB


class _Told(cp_model.CpSolverSolutionCallback):
    """Tells of each better value."""

    def __init__(self, report: Callable[[Progress, MovesSolution | None], None]) -> None:
        super().__init__()
        self.report = report

    def on_solution_callback(self) -> None:
        """Called by the solver at each better plan."""
        best, bound = round(self.objective_value), round(self.best_objective_bound)
        self.report(Progress("plain", self.wall_time, best, bound), None)


def solve_plainly(
    problem: MovesProblem,
    settings: Settings,
    report: Callable[[Progress, MovesSolution | None], None],
) -> MovesResult:
    """The best plan that CP-SAT finds in the time limit, with its own bound on the total."""
    model = cp_model.CpModel()
    every = lawful_moves(problem)
    moves = every if len(every) <= MOST else few_moves(problem, every)
    takes = {move: model.new_bool_var("") for move in moves}
    _flow(problem, model, takes)
    add_lengths(problem, model, takes)
    add_limits(problem, model, takes)
    model.minimize(_points(problem, takes))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = settings.time_limit_s
    solver.parameters.num_workers = settings.workers
    solver.parameters.random_seed = settings.seed
    ended = solver.solve(model, _Told(report))
    if ended not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        none = ended == cp_model.INFEASIBLE and len(moves) == len(every)
        status = Status.INFEASIBLE if none else Status.UNKNOWN
        return MovesResult(status, None, (), solver.wall_time, settings.seed, {})
    chosen = [move for move, var in takes.items() if solver.boolean_value(var)]
    solution = MovesSolution(read_exchanges(problem, chosen))
    values = goal_values(problem, solution)
    total = sum(values.values())
    proven, whole = round(solver.best_objective_bound), len(moves) == len(every)
    bound = proven if whole else trivial(compile_year(problem))
    least = {name: 0 for name in values} | {"wishes": least_wishes(problem)}
    goals = (
        *(Goal(name, values[name], min(values[name], least[name]), "any plan") for name in ORDER),
        Goal("total", total, min(total, bound), "any plan"),
    )
    status = Status.OPTIMAL if ended == cp_model.OPTIMAL and whole else Status.FEASIBLE
    note = "" if whole else f"{len(moves)} of {len(every)} moves"
    return MovesResult(
        status, solution, goals, solver.wall_time, settings.seed, {}, repeatable=False, note=note,
        pool_bound=None if whole else proven,
    )  # fmt: skip


def _flow(
    problem: MovesProblem, model: cp_model.CpModel, takes: dict[Move, cp_model.IntVar]
) -> None:
    """One move a person, one newcomer a desk, and a held desk changes hands within one wave."""
    of_person, of_desk = defaultdict(list), defaultdict(list)
    into, out_of = defaultdict(list), defaultdict(list)
    for (person, desk, wave), var in takes.items():
        of_person[person].append(var)
        of_desk[desk].append(var)
        into[desk, wave].append(var)
        out_of[problem.people[person].desk, wave].append(var)
    for several in (*of_person.values(), *of_desk.values()):
        model.add_at_most_one(several)
    filled = any(isinstance(limit, given.Tail) for limit in problem.limits)
    held = {who.desk for who in problem.people if who.desk >= 0}
    for desk in held:
        for wave in range(len(problem.wave_days)):
            enter, leave = sum(into[desk, wave]), sum(out_of[desk, wave])
            if filled and problem.desks[desk].must_fill:
                model.add(enter == leave)
            else:
                model.add(enter <= leave)


def _points(problem: MovesProblem, takes: dict[Move, cp_model.IntVar]) -> cp_model.LinearExprT:
    first = first_waves(problem)
    wish = {(person, unit): weight for person, unit, weight in problem.wishes}
    old = {
        (person, desk, exchange.wave)
        for exchange in problem.published
        for person, desk in zip(exchange.people, exchange.desks, strict=True)
    }
    changed = problem.goals.changed if old else 0
    constant = problem.goals.unplaced * sum(who.due for who in problem.people) + changed * len(old)
    terms = []
    for move, var in takes.items():
        person, desk, wave = move
        points = sum(move_points(problem, person, desk, wave, first[person], wish).values())
        points += -changed if move in old else changed
        points -= problem.goals.unplaced * problem.people[person].due
        terms.append(points * var)
    return sum(terms) + constant
