"""Two saved plans side by side."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.exports.compare_files import compare_csv, compare_page
from data.plan_folder import read_plan
from data.rotation_folder import read_rotation
from data.rotation_in import is_rotation
from data.tables import read_dataset
from data.whole_folder import put_file
from data.words import Message
from scheduler.compare import STATES, Comparison, compare_rotations, compare_years
from scheduler.errors import Refused
from scheduler.journeys.flags import FLAG_TABLES, WHOLE_CITY
from scheduler.journeys.year import PLAN_TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

SUFFIXES = (".html", ".csv", ".json")


def compare(
    a: Path, b: Path, dataset: Path | None = None, out: Path | None = None, lang: str = "vi"
) -> Comparison:
    """Two plans of one kind side by side; written to `out` (.html, .csv or .json) when it is given.

    Parameters
    ----------
    dataset : for names of units, people and posts; without it ids are shown

    Raises
    ------
    Refused
        The plans are of different kinds, or the file is of another kind.
    """
    if out is not None and out.suffix.lower() not in SUFFIXES:
        words = {"suffix": out.suffix or out.name}
        raise Refused(
            Message("Không ghi được loại tệp «{suffix}». Chọn .html, .csv hoặc .json.", words)
        )
    kinds = {is_rotation(path) for path in (a, b)}
    if len(kinds) > 1:
        raise Refused(
            Message("Một bên là kế hoạch kiểm tra, một bên là kế hoạch chuyển đổi: không so được.")
        )
    if kinds == {True}:
        found = compare_rotations(read_rotation(a), read_rotation(b), _post_names(dataset))
    else:
        one, other = (read_plan(path, scenarios=True) for path in (a, b))
        found = compare_years(one, other, _year_names(dataset))
    if out is not None:
        put_file(out, _written(found.as_json(), out.suffix.lower(), lang))
    return found


def _written(told: Mapping[str, Any], suffix: str, lang: str) -> bytes:
    if suffix == ".csv":
        return compare_csv(told)
    if suffix == ".json":
        return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
    states = {state: (m.say("vi"), m.say("en")) for state, m in STATES.items()}
    return compare_page(told, states, lang).encode()


def _year_names(dataset: Path | None) -> dict[str, str]:
    if dataset is None:
        return {}
    office = read_dataset(dataset, needed=PLAN_TABLES).office()
    units = {u.unit_id: u.name for u in office.units}
    return {**units, **{w.inspector_id: w.name for w in office.inspectors}}


def _post_names(dataset: Path | None) -> dict[str, str]:
    if dataset is None:
        return {}
    office = read_dataset(dataset, needed=FLAG_TABLES, limits=WHOLE_CITY).office()
    units = {u.unit_id: u.name for u in office.units}
    posts = {p.position_id: f"{p.title}, {units.get(p.unit_id, '')}" for p in office.positions}
    return {**posts, **{w.staff_id: w.name for w in office.staff}}
