"""A plan as a folder of files, put in place all at once; `read_plan` reads it back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from data.exports.changes import change_files
from data.exports.ics import Hours, calendars, cancellations
from data.exports.page import report_page
from data.exports.workbook import workbook_bytes
from data.plan_columns import KINDS
from data.plan_files import PlanFileError
from data.plan_in import FORMAT, read_plan
from data.whole_folder import NOTHING, csv_bytes, put_folder, refuse_foreign

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.records import Office, Plan

__all__ = ["PlanFileError", "read_plan", "refuse_strangers", "write_plan"]

VISIT_COLUMNS = (
    "visit_id",
    "unit_id",
    "kind",
    "campaign_id",
    "follows",
    "start",
    "end",
    "days",
    "lead",
    "members",
    "status",
    "reason",
    "owner",
)


def write_plan(
    plan: Plan, office: Office, folder: Path, lang: str = "vi", more: Mapping[str, bytes] = NOTHING
) -> None:
    """Write visits.csv, reserve.csv, plan.json, plan.xlsx, calendars/, report.html into `folder`.

    A changed plan has changes.csv and changes.json besides; `more`: further files, such as plan.docx.

    The files are written beside it and put in place at once: a stop in the middle leaves what was
    there. A plan that this program wrote is replaced; any other folder with files in it is not
    touched.
    `lang` is the language of the workbook, of the calendars and the one that the page shows first.

    Raises
    ------
    PlanFileError
        When the folder holds something else, or is a mount point.
    ValueError
        When the plan has a surprise visit or another kind that a plan never names.
    """
    named = {visit.kind for visit in plan.visits} - KINDS.keys()
    if named:
        message = f"a plan has no visits of kind {', '.join(sorted(named))}"
        raise ValueError(message)
    folder = Path(folder).resolve()
    refuse_strangers(folder)
    put_folder({**plan_files(plan, office, lang), **more}, folder)


def plan_files(plan: Plan, office: Office, lang: str = "vi") -> dict[str, bytes]:
    """File name -> content of everything in a plan folder."""
    facts = {"format": FORMAT, "year": plan.year, **plan.facts}
    files = {
        "visits.csv": visits_csv(plan),
        "reserve.csv": reserve_csv(plan),
        "plan.json": (
            json.dumps(facts, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
        ).encode(),
        "plan.xlsx": workbook_bytes(plan, office, lang),
        "report.html": report_page(plan, office, lang).encode(),
    }
    if facts.get("replan"):
        files |= change_files(facts["replan"])
    return files | calendar_files(plan, office, lang)


def calendar_files(
    plan: Plan, office: Office, lang: str = "vi", hours: Hours | None = None
) -> dict[str, bytes]:
    """File name -> calendar of everybody, and of those who lost a visit a file of cancellations."""
    files = {}
    for folder, made in (
        ("calendars", calendars(plan, office, lang, hours)),
        ("calendars/cancelled", cancellations(plan, office, lang, hours)),
    ):
        for who, content in made.items():
            files[f"{folder}/{quote(who, safe='')}.ics"] = content
    return files


def visits_csv(plan: Plan) -> bytes:
    """The rows of a plan as a CSV file, the secretary once more in the last column."""
    rows = [
        [
            v.visit_id,
            v.unit_id,
            v.kind,
            v.campaign_id,
            v.follows,
            v.start.isoformat() if v.start else "",
            v.end.isoformat() if v.end else "",
            v.days,
            v.lead,
            ";".join(v.members),
            v.status,
            v.reason,
            v.owner,
            v.members[0] if v.members else "",
        ]
        for v in plan.visits
    ]
    return csv_bytes([[*VISIT_COLUMNS, "secretary"], *rows])


def reserve_csv(plan: Plan) -> bytes:
    """What each week keeps free as a CSV file."""
    rows = [[w.week_start.isoformat(), w.team_days, w.follow_up_days] for w in plan.reserve]
    return csv_bytes([["week_start", "team_days", "follow_up_days"], *rows])


def refuse_strangers(folder: Path) -> None:
    """Raises PlanFileError when a plan must not be put here: a file, or a folder with other things."""
    refuse_foreign(folder, "plan.json", FORMAT)
