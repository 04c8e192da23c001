"""Plans of other bodies: read, matched to our units, confirmed by hand, laid beside our plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from data.calendar import WorkCalendar
from data.matching.names import Units
from data.matching.old_names import office_names, over, reference_names
from data.other_plan_in import read_other_plan
from data.plan_folder import read_plan
from data.proposals import Proposed, blackouts_csv, confirmed_rows, proposals_file
from data.tables import read_dataset
from data.whole_folder import put_file
from data.words import Message
from scheduler.errors import Refused
from scheduler.journeys.year import plan_view, year_desk
from scheduler.overlaps import Overlap, overlaps

if TYPE_CHECKING:
    from data.records import Blackout, Office

SUFFIXES = (".xlsx", ".csv")


@dataclass(frozen=True)
class OtherPlanAsk:
    """What is asked for.

    Attributes
    ----------
    file : the other body's plan; or, to confirm, the proposals file that was corrected
    body : name of the other body, as it is to stand in `blackouts`
    year : of times that name none
    old_names : the office's own table of old names
    plan : our plan, to list where the two meet
    sure : when confirming, take the sure rows that nobody marked, too
    """

    file: Path
    dataset: Path
    body: str
    out: Path
    year: int
    old_names: Path | None = None
    plan: Path | None = None
    sure: bool = False


@dataclass(frozen=True)
class ProposalsMade:
    """What was read and proposed, and where the proposals are."""

    rows: Sequence[Proposed]
    skipped: Sequence[tuple[str, int]]
    file: Path

    @property
    def counts(self) -> dict[str, int]:
        """Rows: all, sure, to be looked at, without any unit, without days."""
        sure = sum(p.sure for p in self.rows)
        none = sum(not p.proposal.unit_id for p in self.rows)
        return {
            "rows": len(self.rows), "sure": sure, "look": len(self.rows) - sure - none,
            "none": none, "undated": sum(p.row.period is None for p in self.rows),
        }  # fmt: skip


@dataclass(frozen=True)
class PlanTaken:
    """Rows taken as `blackouts`, how many are new, sure rows left for want of days, overlaps, file."""

    taken: Sequence[Blackout]
    new: int
    left: Sequence[int]
    overlaps: Sequence[Overlap]
    file: Path


def propose_units(ask: OtherPlanAsk, lang: str = "vi") -> ProposalsMade:
    """Another body's plan with the unit that each of its names may mean, written to be confirmed.

    Raises
    ------
    data.faults.DatasetError
        The dataset or the file has faults.
    Refused
        The result file is of another kind.
    """
    if ask.out.suffix.lower() not in SUFFIXES:
        raise Refused(Message("Tệp đề xuất có đuôi .xlsx hoặc .csv; không phải «{name}».",
                              {"name": ask.out.name}))  # fmt: skip
    office = read_dataset(ask.dataset, needed=("units",)).office()
    own = office_names(ask.old_names) if ask.old_names else ()
    units = Units(office.units, over(own, reference_names()))
    found = read_other_plan(ask.file, ask.year, WorkCalendar(office.calendar))
    rows = [Proposed(row, units.propose(row.name)) for row in found.rows]
    names = {unit.unit_id: unit.name for unit in office.units}
    put_file(ask.out, proposals_file(rows, names, ask.year, ask.out.suffix.lower(), lang))
    return ProposalsMade(rows, found.skipped, ask.out)


def confirm_units(ask: OtherPlanAsk) -> PlanTaken:
    """The rows that were confirmed, beside those that the dataset has, as a table `blackouts`.

    Raises
    ------
    data.faults.DatasetError
        The dataset or the proposals have faults; nothing is written.
    data.plan_files.PlanFileError
        The plan cannot be read.
    """
    if ask.out.suffix.lower() != ".csv":
        raise Refused(Message("Bảng blackouts ghi ra tệp .csv; không phải «{name}».",
                              {"name": ask.out.name}))  # fmt: skip
    office = read_dataset(ask.dataset, needed=("units",)).office()
    names = {unit.unit_id: unit.name for unit in office.units}
    taken, left = confirmed_rows(ask.file, ask.body, names, ask.sure)
    known = set(office.blackouts)
    new = [row for row in dict.fromkeys(taken) if row not in known]
    met = _met(ask.plan, office, taken) if ask.plan else []
    put_file(ask.out, blackouts_csv([*office.blackouts, *new]))
    return PlanTaken(taken, len(new), left, met, ask.out)


def _met(plan_path: Path, office: Office, theirs: Sequence[Blackout]) -> list[Overlap]:
    plan = read_plan(plan_path)
    view = plan_view(plan, year_desk(office, plan.year))
    return overlaps(replace(view, office=office), theirs)
