"""An office on the evening before a season of surprise draws: its dataset accepted, its plan in force."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from data.records.actors import PROGRAM
from data.store import datasets, files, plans
from tests import draw_seasons as seasons
from tests.api.test_draws_api import stored

if TYPE_CHECKING:
    from tests.clients import Office


def begin(office: Office) -> None:
    """Fill the office; its clock stands at the evening before the first day."""
    office.now = seasons.moment(seasons.date(2027, 2, 28), "16:00").astimezone(UTC)
    tables, plan = stored()
    with office.store.writing(PROGRAM, office.now) as work:
        made = datasets.add(work, "city", status=datasets.ACCEPTED)
        files.put(work.db, "dataset", made, tables)
        version = plans.add(
            work, plans.VISITS, seasons.YEAR, name="p", title="Kế hoạch", trial=False, dataset_id=made,
            facts={}, status="draft",
        )  # fmt: skip
        files.put(work.db, "plan", version, plan)
        drafted = plans.get(work.db, plans.VISITS, version)
        plans.change(work, drafted, drafted.revision, status="published")
