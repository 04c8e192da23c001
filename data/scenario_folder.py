"""A scenario as a folder of files: like a plan's, but every name and mark says that it is none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from data.exports.page import report_page
from data.exports.workbook import workbook_bytes
from data.plan_folder import reserve_csv, visits_csv
from data.plan_in import BEFORE, SCENARIO, SCENARIO_FACTS
from data.whole_folder import put_folder, refuse_foreign

if TYPE_CHECKING:
    from data.records import Office, Plan


def write_scenario(plan: Plan, office: Office, folder: Path, lang: str = "vi") -> None:
    """Write the scenario's files into `folder`; calendars, which people subscribe to, are not among them.

    Raises
    ------
    PlanFileError
        When the folder holds something else than a scenario.
    """
    folder = Path(folder).resolve()
    refuse_others(folder)
    facts = {"format": SCENARIO, "year": plan.year, **plan.facts}
    told = json.dumps(facts, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    files = {
        f"{BEFORE}visits.csv": visits_csv(plan),
        f"{BEFORE}reserve.csv": reserve_csv(plan),
        SCENARIO_FACTS: told.encode(),
        "scenario.xlsx": workbook_bytes(plan, office, lang),
        f"{BEFORE}report.html": report_page(plan, office, lang).encode(),
    }
    put_folder(files, folder)


def refuse_others(folder: Path) -> None:
    """Raises PlanFileError when a scenario must not be put here: a file, a plan, other things."""
    refuse_foreign(folder, SCENARIO_FACTS, SCENARIO)
