"""A rotation plan as a folder of files, put in place all at once; `read_rotation` reads it back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from data.exports.changes import change_files
from data.exports.rotation_book import rotation_workbook
from data.exports.rotation_page import rotation_page
from data.exports.rotation_public import public_office, public_plan
from data.plan_files import PlanFileError
from data.rotation_in import FORMAT, is_rotation, read_rotation
from data.whole_folder import NOTHING, csv_bytes, put_folder, refuse_foreign

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.records import Move, Office, RotationPlan

__all__ = [
    "PlanFileError", "is_rotation", "read_rotation", "refuse_rotation_strangers", "write_rotation",
]  # fmt: skip

MOVE_COLUMNS = (
    "move_id", "staff_id", "from_position", "to_position", "wave", "effective_date", "instrument",
    "cycle_id", "cycle_kind", "days_before_limit", "distance_km", "reason",
)  # fmt: skip


def write_rotation(
    plan: RotationPlan, office: Office, folder: Path, lang: str = "vi", public: bool = False,
    more: Mapping[str, bytes] = NOTHING,
) -> None:  # fmt: skip
    """Write moves.csv, unplaced.csv, rotation.json, rotation.xlsx, report.html into `folder`.

    `more`: further files, such as rotation.docx.

    The files are written beside it and put in place at once. A rotation plan that this program wrote
    is replaced, with everything in its folder; any other folder with files in it is not touched.
    `lang` is the language of the workbook and the one that the page shows first. The `public` copy
    holds no ground of deferral or exemption, no free text about people, no distances from home.

    Raises
    ------
    PlanFileError
        When the folder holds something else, or is a mount point.
    """
    folder = Path(folder).resolve()
    refuse_rotation_strangers(folder)
    put_folder({**rotation_files(plan, office, lang, public), **more}, folder)


def refuse_rotation_strangers(folder: Path) -> None:
    """Raises PlanFileError when a rotation plan must not be put here."""
    refuse_foreign(folder, "rotation.json", FORMAT)


def rotation_files(
    plan: RotationPlan, office: Office, lang: str = "vi", public: bool = False
) -> dict[str, bytes]:
    """File name -> content of everything in a rotation folder."""
    if public:
        plan, office = public_plan(plan, lang), public_office(office)
    facts = {"format": FORMAT, "year": plan.year, **plan.facts}
    unplaced: list[list[object]] = [
        [u.staff_id, u.reason, ";".join(u.rules), u.relaxation] for u in plan.unplaced
    ]
    change = plan.facts.get("repair") or {}
    return {
        **(change_files(change) if change.get("changes") and not public else {}),
        "moves.csv": csv_bytes([[*MOVE_COLUMNS], *map(_cells, plan.moves)]),
        "unplaced.csv": csv_bytes([["staff_id", "reason", "rules", "relaxation"], *unplaced]),
        "rotation.json": (
            json.dumps(facts, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
        ).encode(),
        "rotation.xlsx": rotation_workbook(plan, office, lang),
        "report.html": rotation_page(plan, office, lang).encode(),
    }


def _cells(move: Move) -> list[object]:
    day = move.effective_date
    given = {name: getattr(move, name) for name in MOVE_COLUMNS}
    given["effective_date"] = day.isoformat() if day else ""
    return ["" if value is None else value for value in given.values()]
