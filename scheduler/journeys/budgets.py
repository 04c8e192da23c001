"""What more changes would buy: the best plan for each budget of changes, as a table and a picture."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.exports.budget import budget_files
from data.exports.labels import READABLE
from data.whole_folder import put_file
from data.words import Message
from scheduler import reports
from scheduler.errors import NoPlanFound
from scheduler.journeys.replanning import ReplanAsk, ReplanDesk, nearest, open_replan
from solver import engine
from solver.result import Result
from solver.settings import Settings

if TYPE_CHECKING:
    from scheduler.journeys.year import OnProgress
    from solver.visits.around.problem import Replanned


@dataclass(frozen=True)
class BudgetCurve:
    """The budgets compared, as facts, and the files they are in."""

    about: dict[str, Any]
    files: tuple[Path, ...]

    def lines(self, lang: str) -> list[str]:
        """One line for each budget: changed visits, then the goals in order."""
        found = []
        for row in self.about["rows"]:
            values = "  ".join(
                f"{goal[f'title_{lang}']} {row['goals'][goal['name']] / goal['scale']:g}"
                for goal in self.about["goals"]
            )
            head = Message("mức {budget}: đổi {changed}", row)
            found.append(f"{head.say(lang)}  {values}")
        return found


def change_budgets(
    ask: ReplanAsk, settings: Settings, on_progress: OnProgress | None = None
) -> BudgetCurve:
    """The best plan found within each budget of changed visits (rule replan.budgets).

    Budgets below the fewest possible are shown as that one. The time limit is for each budget. Only the
    comparison is written (budgets.csv, .json, .html in `ask.out`); the plan comes with --max-changes.

    Raises
    ------
    NoPlanPossible, NoPlanFound
    """
    desk = open_replan(ask.plan, ask.dataset, ask.on)
    found = curve_of(desk, settings, on_progress)
    about = budget_facts(desk, found)
    files = budget_files(about)
    for name, content in files.items():
        put_file(ask.out / name, content)
    return BudgetCurve(about, tuple(ask.out / name for name in files))


def curve_of(
    desk: ReplanDesk, settings: Settings, on_progress: OnProgress | None = None
) -> list[Replanned]:
    """One answer for each budget, ascending, none of them empty."""
    budgets = desk.replan.case.rulebook.value("replan.budgets")
    found = engine.replan_budgets(
        desk.replan.problem, desk.replan.around(), budgets, settings, on_progress
    )
    if found[0].solution is None:
        nearest(desk, settings, None, on_progress)  # says what clashes
    kept = [each for each in found if each.solution is not None]
    if not kept:
        last = found[-1]
        raise NoPlanFound(
            reports.why_no_plan(
                Result(last.status, None, (), last.seconds, last.seed, note=last.note)
            )
        )
    return kept


def budget_facts(desk: ReplanDesk, found: list[Replanned]) -> dict[str, Any]:
    """The comparison as plain values; a budget below the fewest possible is that of the fewest."""
    order = [goal.name for goal in found[0].goals]
    goals = [{"name": name, **_named(name)} for name in order]
    rows = [
        {
            "budget": each.within,
            "changed": len(each.changed),
            "least": each.least,
            "people": each.count("people").value,
            "goals": {goal.name: goal.value for goal in each.goals},
        }
        for each in found
    ]
    standing = desk.replan.standing
    return {
        "of": desk.plan.facts.get("plan_id", ""),
        "on": standing.on.isoformat(),
        "goals": goals,
        "rows": rows,
    }


def _named(name: str) -> dict[str, Any]:
    title, unit = reports.GOALS[name]
    scale, shown = READABLE.get(unit.say("vi"), (1, unit))
    return {
        "title_vi": title.say("vi"), "title_en": title.say("en"),
        "unit_vi": shown.say("vi"), "unit_en": shown.say("en"), "scale": scale,
    }  # fmt: skip
