"""Papers for the demo: those of the year whole, and of a few visits and one person their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.plan_in import read_plan
from data.rotation_in import read_rotation
from scheduler.journeys.paper_choices import PapersAsk
from scheduler.journeys.papers import PapersWritten, write_papers
from scheduler.papers.visits import in_order

if TYPE_CHECKING:
    from pathlib import Path

FEW = 3  # visits that get papers of their own
OF_A_PERSON = ("quyet-dinh-chuyen-doi", "ban-giao", "bao-cao-chuyen-doi")  # no list of everybody


def sample_papers(plan: Path, data: Path, out: Path) -> PapersWritten:
    """The papers of a yearly plan in a few seconds: the first visits stand for all."""
    first = in_order(read_plan(plan).visits)[:FEW]
    return write_papers(PapersAsk(plan, out, data, chosen=tuple(v.visit_id for v in first)))


def sample_rotation_papers(plan: Path, data: Path, out: Path) -> PapersWritten:
    """Decision and record of the first person who moves, and the report; the long lists are left out.

    The plan with its annexes takes about 15 ms of two cores a page: `write_papers` makes it.
    """
    first = read_rotation(plan).moves[:1]
    return write_papers(
        PapersAsk(plan, out, data, chosen=tuple(m.staff_id for m in first), only=OF_A_PERSON)
    )
