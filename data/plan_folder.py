"""A plan as a folder of files, put in place all at once; `read_plan` reads it back."""

from __future__ import annotations

import csv
import ctypes
import io
import json
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from data.exports.ics import calendars
from data.exports.page import report_page
from data.exports.workbook import workbook_bytes
from data.faults import Fault
from data.plan_columns import KINDS
from data.plan_in import FORMAT, PlanFileError, read_plan
from data.words import Message

if TYPE_CHECKING:
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


def write_plan(plan: Plan, office: Office, folder: Path, lang: str = "vi") -> None:
    """Write visits.csv, reserve.csv, plan.json, plan.xlsx, calendars/, report.html into `folder`.

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
    contents = plan_files(plan, office, lang)
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = folder.parent / f".{folder.name}.new-{os.getpid()}"
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        for name, content in contents.items():
            _write(fresh / name, content)
        _put_in_place(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def plan_files(plan: Plan, office: Office, lang: str = "vi") -> dict[str, bytes]:
    """File name -> content of everything in a plan folder."""
    facts = {"format": FORMAT, "year": plan.year, **plan.facts}
    files = {
        "visits.csv": _visits_csv(plan),
        "reserve.csv": _reserve_csv(plan),
        "plan.json": (
            json.dumps(facts, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
        ).encode(),
        "plan.xlsx": workbook_bytes(plan, office, lang),
        "report.html": report_page(plan, office, lang).encode(),
    }
    for who, content in calendars(plan, office, lang).items():
        files[f"calendars/{quote(who, safe='')}.ics"] = content
    return files


def _visits_csv(plan: Plan) -> bytes:
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
    return _csv([[*VISIT_COLUMNS, "secretary"], *rows])


def _reserve_csv(plan: Plan) -> bytes:
    rows = [[w.week_start.isoformat(), w.team_days, w.follow_up_days] for w in plan.reserve]
    return _csv([["week_start", "team_days", "follow_up_days"], *rows])


def _csv(rows: list[list[object]]) -> bytes:
    target = io.StringIO(newline="")
    csv.writer(target, lineterminator="\n").writerows(rows)
    return target.getvalue().encode()


def refuse_strangers(folder: Path) -> None:
    """Raises PlanFileError when a plan must not be put here: a file, or a folder with other things."""
    if os.path.ismount(folder):
        message = Message(
            "«{path}» là điểm gắn đĩa. Chọn một thư mục con bên trong.", {"path": folder}
        )
    elif folder.exists() and not folder.is_dir():
        message = Message("«{path}» là một tệp. Chọn tên thư mục khác.", {"path": folder})
    elif folder.is_dir() and any(folder.iterdir()) and not _is_ours(folder):
        message = Message(
            "Thư mục «{path}» có tệp không phải của kế hoạch; không ghi đè. "
            "Chọn thư mục trống hoặc tên mới.",
            {"path": folder},
        )
    else:
        return
    raise PlanFileError([Fault("", 0, "", str(folder), message)], folder.name)


def _is_ours(folder: Path) -> bool:
    try:
        facts = json.loads((folder / "plan.json").read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(facts, dict) and facts.get("format") == FORMAT


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _put_in_place(fresh: Path, folder: Path) -> None:
    if folder.exists() and _exchange(fresh, folder):
        return
    old = folder.parent / f".{folder.name}.old-{os.getpid()}"
    if folder.exists():
        folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step of the kernel; False where the system cannot."""
    if sys.platform != "linux":
        return False
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    return (
        rename is not None
        and rename(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0
    )
