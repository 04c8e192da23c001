"""The command for a plan that is changed during its year."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.commands import texts
from api.commands.options import DatasetPath, Lang, On, Out, Seed, TimeLimit, Workers
from data.records.changes import KEPT, STANDS, WHAT
from data.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scheduler.journeys import BudgetCurve, Changes

SHOWN = 20  # changed visits that are printed; the files have all


def replan(
    plan: Annotated[Path, typer.Argument(help="thư mục kế hoạch / folder of the plan")],
    dataset: DatasetPath,
    on: On,
    out: Out,
    max_changes: Annotated[
        int | None,
        typer.Option("--max-changes", min=0, help="số cuộc được đổi nhiều nhất / at most so many changes"),
    ] = None,
    budget: Annotated[
        bool, typer.Option("--budget", help="so sánh các mức số cuộc được đổi / compare budgets of changes")
    ] = False,
    time_limit: TimeLimit = 20,
    seed: Seed = 1,
    workers: Workers = 2,
    lang: Lang = "vi",
) -> None:  # fmt: skip
    """Sửa kế hoạch năm với ít thay đổi nhất / change the yearly plan as little as possible."""
    from api.commands.progress import shown
    from scheduler import journeys
    from solver.settings import Settings

    if budget and max_changes is not None:
        raise typer.BadParameter(say(lang, "Chọn một: --budget hoặc --max-changes."))
    settings = Settings(time_limit_s=time_limit, seed=seed, workers=workers)
    with texts.ends_clearly(lang):
        ask = journeys.ReplanAsk(plan, dataset, _day(on), out, max_changes)
        with shown(lang) as progress:
            if budget:
                curve = journeys.change_budgets(ask, settings, progress)
            else:
                done = journeys.replan_year(ask, settings, progress)
        if budget:
            print_budgets(curve, lang)
        else:
            print_changes(done, lang)


def _day(on: datetime) -> Any:
    return on.date()


def print_changes(done: Changes, lang: str) -> None:
    """How much changed, what is proven of it, each change, and where the files are."""
    from scheduler.changes import proof, summary

    facts = done.plan.facts["replan"]
    typer.echo(summary(facts["visits"]).say(lang))
    typer.echo(proof(facts["changed"], facts["changed_bound"]).say(lang))
    typer.echo(say(lang, "Người mới vào các đoàn đã có: {n}.", n=facts["people"]))
    changed = [change for change in facts["changes"] if change["what"] != KEPT]
    for change in changed[:SHOWN]:
        typer.echo("  " + change_line(change, lang))
    if len(changed) > SHOWN:
        typer.echo("  …")
    for breach in facts["history"]:
        typer.echo("! " + say(lang, "Đã bắt đầu nên giữ nguyên, nhưng nay trái {rule}: {what}",
                              rule=breach["rule"], what=breach[lang]))  # fmt: skip
    for goal in done.plan.facts["goals"]:
        typer.echo("  " + texts.goal_line(goal, lang))
    typer.echo(
        say(lang, "Kế hoạch {id} ở {folder}; mở {folder}/report.html.",
            id=done.plan.facts["plan_id"], folder=done.folder)
    )  # fmt: skip


def change_line(change: Mapping[str, Any], lang: str) -> str:
    """One change: what, which visit, from when to when, who out, who in, why."""
    before, after = change.get("start_before", ""), change.get("start_after", "")
    parts = [WHAT[change["what"]].say(lang), change["id"]]
    if change["stands"]:
        parts.append(f"({STANDS[change['stands']].say(lang)})")
    if before != after:
        parts.append(" → ".join(day or "–" for day in (before, after)))
    if change["out"] or change["joined"]:
        people = [f"−{who}" for who in change["out"]] + [f"+{who}" for who in change["joined"]]
        parts.append(" ".join(people))
    return "  ".join([*parts, "; ".join(change[f"reasons_{lang}"])])


def print_budgets(curve: BudgetCurve, lang: str) -> None:
    """The table of budgets, and where the files are."""
    for row in curve.lines(lang):
        typer.echo(row)
    for file in curve.files:
        typer.echo(say(lang, "Đã ghi {file}.", file=file))
    typer.echo(say(lang, "Chọn một mức rồi chạy lại với --max-changes."))
