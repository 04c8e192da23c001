"""The planner's own table: how likely each unit is to be visited. It is never published."""

from __future__ import annotations

import numpy as np

from data.records import Office
from data.whole_folder import csv_bytes
from data.words import say
from scheduler.surprise.rates import chance_in
from scheduler.surprise.service import Floats, Service


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
        change = "" if before is None else f"{service.rate[n] / before[n] - 1:+.1%}"
        rows.append([
            unit_id, units[unit_id].name, f"{service.risk[n]:.1f}", f"{service.rate[n] * days:.2f}",
            f"{chance[n]:.1%}", change, int(service.eligible[:, n].sum()),
        ])  # fmt: skip
    return "\ufeff".encode() + csv_bytes(rows)
