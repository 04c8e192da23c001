"""A season begun from the record of its ceremony, and the record that comes back longer after each step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from data.draws.log import LOG, LogError
from data.draws.record_zip import read_zip
from data.store import draws, files, plans
from data.words import Message
from scheduler.errors import Refused
from scheduler.journeys.draws import verify
from scheduler.journeys.draws.commit import own_rates
from scheduler.journeys.online.draws import PRIVATE, Standing, desk_of, laid_out, standing
from scheduler.journeys.online.opened import accepted
from scheduler.surprise.record import RecordState

if TYPE_CHECKING:
    from data.records.actors import Actor
    from data.store.store import Store

SKEW_S = 120  # a line may be this far ahead of the server's clock


def add_draw(store: Store, by: Actor, at: datetime, content: bytes) -> int:
    """A new season from the record that the ceremony made (`congvu draw setup`), zipped; gives its id.

    Raises
    ------
    Refused
        It is no good record, has no planner's state, or its year has no published plan.
    """
    record = _read(content)
    if PRIVATE not in record:
        raise Refused(Message(
            "Hồ sơ mới phải có {file}: nén cả thư mục do congvu draw setup lập.", {"file": PRIVATE}
        ))  # fmt: skip
    state = _checked(record, at)
    with store.writing(by, at) as work:
        year = int(state.setup["year"])
        plan = plans.published(work.db, plans.VISITS, year)
        if plan is None:
            raise Refused(Message(
                "Năm {year} chưa có kế hoạch kiểm tra được ban hành; rút thăm dùng phần dự phòng của nó.",
                {"year": year},
            ))  # fmt: skip
        name = f"{state.setup['service']} {year}"
        rehearsal = bool(state.setup["rehearsal"])
        made = draws.add(work, name, accepted(work.db).id, plan.id, rehearsal)
        files.put(work.db, draws.NOUN, made, _in_folder(record))
        work.tell(
            "draw.begun", "draw", made, {"year": year, "line": state.n - 1, "head": state.head}
        )
    return made


def add_step(store: Store, by: Actor, at: datetime, draw_id: int, content: bytes) -> Standing:
    """The record as it came back longer: its old lines and papers unchanged, its new ones checked.

    Raises
    ------
    data.store.errors.NotFound, data.store.errors.Stale, Refused
        It is not this record, not longer, or the verifier finds a fault.
    """
    record = _read(content)
    with store.reading() as db:
        season = draws.get(db, draw_id)
        with laid_out(db, draw_id) as folder:
            old = files.gathered(folder)
    _refuse_other(old, record)
    state = _checked({**old, **record}, at)
    fresh = {name: own for name, own in record.items() if old.get(name) != own}
    with store.writing(by, at) as work:
        draws.step(work, season)
        files.put(work.db, draws.NOUN, draw_id, _in_folder(fresh))
        work.tell("draw.step", "draw", draw_id, {"line": state.n - 1, "head": state.head})
    return standing(store, draw_id, at)


def _refuse_other(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> None:
    """Raises Refused unless `new` is `old` grown."""
    before, after = old[LOG], new[LOG]
    if before.startswith(after):
        raise Refused(Message("Hồ sơ gửi lên không có dòng mới: máy chủ đã có đến dòng {n}.",
                              {"n": before.count(b"\n") - 1}))  # fmt: skip
    if not after.startswith(before):
        raise Refused(Message(
            "Hồ sơ gửi lên không nối tiếp hồ sơ trên máy chủ (đến dòng {n}). Tải lại hồ sơ, làm lại bước đó.",
            {"n": before.count(b"\n") - 1},
        ))  # fmt: skip
    changed = sorted(
        name for name, own in old.items()
        if name not in (LOG, PRIVATE) and name in new and new[name] != own
    )  # fmt: skip
    if changed:
        raise Refused(Message("Tệp đã có của hồ sơ bị đổi: {names}. Tải lại hồ sơ, làm lại bước đó.",
                              {"names": ", ".join(changed[:5])}))  # fmt: skip


def _checked(record: Mapping[str, bytes], now: datetime) -> RecordState:
    """What the record says, after the chain, the planner's state, the clock and the verifier.

    Raises
    ------
    Refused
    """
    with TemporaryDirectory(prefix="congvu-draw-") as folder:
        target = Path(folder) / "record"
        for name, own in record.items():
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(own)
        (target / ".lock").touch()
        desk = desk_of(target, now)
        if (desk.state.at - now).total_seconds() > SKEW_S:
            raise Refused(
                Message(
                    "Dòng cuối của hồ sơ ghi giờ ở tương lai so với máy chủ. Chỉnh đồng hồ của máy."
                )
            )
        try:
            own_rates(desk, desk.folder.state(), len(desk.state.epochs) - 1)
        except LogError as error:
            raise Refused(error.message) from None
        found = verify(target, ())
    if not found.good:
        words = "; ".join([*found.lines[:3], *(note.say("vi") for note in found.notes[:2])])
        raise Refused(Message("Bộ kiểm chứng thấy lỗi trong hồ sơ: {faults}", {"faults": words}))
    return desk.state


def _read(content: bytes) -> dict[str, bytes]:
    try:
        return read_zip(content)
    except LogError as error:
        raise Refused(error.message) from None


def _in_folder(record: Mapping[str, bytes]) -> dict[str, bytes]:
    return {draws.RECORD + name: own for name, own in record.items()}
