"""The planner's own table: how likely each unit is to be visited. Written on request, never into a record."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from data.records import Office
from data.whole_folder import csv_bytes, put_file
from data.words import Message, say
from scheduler.errors import Refused
from scheduler.journeys.draws.commit import own_rates
from scheduler.journeys.draws.desk import Desk
from scheduler.journeys.draws.season import read_season, service_of, teams_of
from scheduler.surprise.epochs import as_shares
from scheduler.surprise.rates import chance_in
from scheduler.surprise.service import Floats, Service


def chances(desk: Desk, dataset: Path, plan: Path, out: Path) -> Path:
    """A CSV file of the newest quarter's chances, for the planner's eyes; answers where it is.

    Raises
    ------
    Refused
        When it would stand in the record, whose copies go to others.
    """
    if out.resolve().is_relative_to(desk.folder.path.resolve()):
        raise Refused(Message("Bảng xác suất không được nằm trong hồ sơ. Chọn --out ở nơi khác."))
    state, epoch = desk.folder.state(), len(desk.state.epochs) - 1
    own_rates(desk, state, epoch)
    office, _, case, _ = read = read_season(dataset, plan, state["trial"], desk.state.setup["year"])
    rates = as_shares(state["rates"][epoch])
    service = replace(service_of(read, teams_of(case, state["teams"]), rates), rate=rates)
    before = as_shares(state["rates"][epoch - 1]) if epoch else None
    put_file(out, chance_table(service, office, desk.lang, before))
    return out


def chance_table(
    service: Service, office: Office, lang: str, before: Floats | None = None
) -> bytes:
    """CSV: unit, risk, expected visits and chance of at least one in a year, change since last quarter."""
    units = {unit.unit_id: unit for unit in office.units}
    days = len(service.days)
    chance = chance_in(service.rate, days)
    head = [
        say(lang, "Mã đơn vị"), say(lang, "Tên đơn vị"), say(lang, "Điểm rủi ro"),
        say(lang, "Lượt kỳ vọng trong năm"), say(lang, "Xác suất ít nhất một lượt trong năm"),
        say(lang, "Thay đổi so với quý trước"), say(lang, "Số tổ được đến"),
    ]  # fmt: skip
    rows: list[list[object]] = [list(head)]
    for n in np.argsort(-service.rate, kind="stable"):
        unit_id = service.units[n]
        change = (
            "" if before is None or not before[n] else f"{service.rate[n] / before[n] - 1:+.1%}"
        )
        rows.append([
            unit_id, units[unit_id].name, f"{service.risk[n]:.1f}", f"{service.rate[n] * days:.2f}",
            f"{chance[n]:.1%}", change, int(service.eligible[:, n].sum()),
        ])  # fmt: skip
    return "\ufeff".encode() + csv_bytes(rows)
