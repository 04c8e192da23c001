"""The evening before: the day's table is reckoned, sealed and its digest posted; a quarter's new rates."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from data.draws.sealing import seal_for_any
from data.words import Message
from scheduler.case import Case
from scheduler.errors import Refused
from scheduler.journeys.draws.desk import (
    Desk,
    append,
    awaited,
    refuse,
    two_signers,
    writing,
)
from scheduler.journeys.draws.on_call import Rosters, day_slots, with_roster
from scheduler.journeys.draws.results import CommitAsk, Logged
from scheduler.journeys.draws.run import input_name
from scheduler.journeys.draws.season import Read, read_season, service_of, teams_of
from scheduler.surprise.day_table import NoTable, day_table, half_of
from scheduler.surprise.draw import canonical, digest
from scheduler.surprise.epochs import as_shares, as_whole, epoch_days, next_rates
from scheduler.surprise.office_service import wanted_rates
from scheduler.surprise.permits import clock_fault, commit_fault
from scheduler.surprise.record import shown
from scheduler.surprise.roster import Rest, rested
from scheduler.surprise.service import Bools, DayAsk, DayTable, Floats, Service


def commit(desk: Desk, ask: CommitAsk, seed: int, read: Read | None = None) -> Logged:
    """The day's table, sealed for custodians and audit; its digest is in the record and has to be posted.

    Which teams go is chosen by `seed`, out of those who are not away and are due no rest; where the week
    has a roster, its teams of the day go first. `read`: what dataset and plan hold, where it was just read.

    Raises
    ------
    Refused
        Too late, a day outside the season, a second table without reason and two signers, no free team,
        a new quarter without its rates.
    """
    day = ask.day.isoformat()
    refuse(commit_fault(desk.state, day, desk.now, ask.reason))
    before = desk.state.commits.get(day)
    attempt = before.attempt + 1 if before else 0
    signers = two_signers(desk, ask.keys) if attempt else None
    state = desk.folder.state()
    epoch = _epoch(desk, day)
    own_rates(desk, state, epoch)
    read = read or read_season(ask.dataset, ask.plan, state["trial"], desk.state.setup["year"])
    teams = teams_of(read[2], state["teams"])
    service = service_of(read, teams, as_shares(state["rates"][epoch]))
    _same_units(desk, service)
    number = service.days.index(day)
    debt = _debt(desk, state, day, len(service.units))
    may = _may_go(desk, ask, service, number, state, read[2])
    known = _known(desk, state)
    service, rosters = with_roster(state, service, read[2], teams, number, known, seed)
    slots = day_slots(service, number, debt, may, np.random.default_rng(seed))
    if not slots:
        raise Refused(
            Message("Ngày {day} không có tổ nào đi được. Ghi là không rút thăm: congvu draw no-draw.",
                    {"day": shown(day)})
        )  # fmt: skip
    question = DayAsk(
        service.rate, float(service.slots.mean()), service.eligible[slots] & service.open[:, number],
        service.planned[:, number], debt,
    )  # fmt: skip
    try:
        table = day_table(question)
    except NoTable as error:
        raise Refused(error.message) from None
    rates = {
        "epoch": epoch,
        "rates": state["rates"][epoch],
        "before": state["rates"][max(0, epoch - 1)],
    }
    salt = {
        "salt": digest(canonical(["salt", seed]))
    }  # so that trying what a table may be finds none
    content = canonical({**rates, **salt, **_input(day, service, slots, number, table, debt)})
    out = [service.teams[team] for team in slots]
    return _sealed(desk, ask, attempt, content, table, out, rosters, signers)


def _sealed(
    desk: Desk, ask: CommitAsk, attempt: int, content: bytes, table: DayTable, teams: list[str],
    rosters: Rosters, signers: Sequence[Any] | None,
) -> Logged:  # fmt: skip
    day, hashed = ask.day.isoformat(), digest(content)
    beacon = awaited(desk, day)
    publics = [c["seal"] for c in desk.state.setup["custodians"]] + [desk.state.setup["audit"]]
    fields: dict[str, Any] = {
        "day": day, "attempt": attempt, "input": hashed, "slots": len(teams), "beacon": beacon,
    }  # fmt: skip
    if attempt:
        fields["reason"] = ask.reason.strip()
    about = Message("Bảng vé ngày {day}", {"day": shown(day)})
    note = Message(
        "Đã niêm phong bảng vé ngày {day}, {n} lượt.", {"day": shown(day), "n": len(teams)}
    )
    with writing(desk):
        sealed = seal_for_any(publics, content, f"input {day}".encode())
        desk.folder.put("sealed", input_name(day, hashed), sealed)
        state = desk.folder.state()
        state["tables"][hashed] = {
            "day": day, "teams": teams, "debt": as_whole(table.debt).tolist(),
        }  # fmt: skip
        state["rosters"] = rosters
        desk.folder.put_state(state)
        return append(desk, "commit", fields, (note,), signers, about)[1]


def _input(
    day: str, service: Service, slots: list[int], number: int, table: DayTable, debt: Floats,
) -> dict[str, Any]:  # fmt: skip
    rows = []
    half = {int(s): h for h, own in enumerate(half_of(len(slots))) for s in own}
    for slot, team in enumerate(slots):
        units = np.flatnonzero(table.tickets[slot])
        rows.append({
            "team": service.teams[team], "units": units.tolist(),
            "tickets": table.tickets[slot][units].tolist(), "half": half[slot],
        })  # fmt: skip
    return {
        "day": day, "units": list(service.units), "slots": rows,
        "closed": np.flatnonzero(~service.open[:, number]).tolist(),
        "planned": np.flatnonzero(service.planned[:, number]).tolist(),
        "barred": {
            team: np.flatnonzero(~own).tolist()
            for team, own in zip(service.teams, service.eligible, strict=True)
        },
        "chance": as_whole(table.chance).tolist(), "target": as_whole(table.target).tolist(),
        "debt_before": as_whole(debt).tolist(), "debt_after": as_whole(table.debt).tolist(),
    }  # fmt: skip


def _same_units(desk: Desk, service: Service) -> None:
    if digest(canonical(list(service.units))) != desk.state.setup["units"]:
        raise Refused(
            Message("Danh sách đơn vị của dữ liệu đã khác lúc lập hồ sơ. Dùng đúng bộ dữ liệu, hoặc lập hồ "
                    "sơ mới từ ngày thay đổi.")
        )  # fmt: skip


def _epoch(desk: Desk, day: str) -> int:
    for line in desk.state.epochs:
        if line["first"] <= day <= line["last"]:
            return int(line["epoch"])
    raise Refused(
        Message("Ngày {day} thuộc quý chưa có xác suất. Lập trước: congvu draw epoch, hai người ký.",
                {"day": shown(day)})
    )  # fmt: skip


def _known(desk: Desk, state: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The tables that count: the newest committed one of each day."""
    inputs = {day: commit.input for day, commit in desk.state.commits.items()}
    return {
        day: state["tables"][hashed] for day, hashed in inputs.items() if hashed in state["tables"]
    }


def _debt(desk: Desk, state: dict[str, Any], day: str, n_units: int) -> Floats:
    """What the newest table of the last day before this one owes; a day without a draw owes nothing new."""
    earlier = {
        d: table
        for d, table in _known(desk, state).items()
        if d < day and d not in desk.state.without
    }
    return as_shares(earlier[max(earlier)]["debt"]) if earlier else np.zeros(n_units)


def _may_go(
    desk: Desk, ask: CommitAsk, service: Service, number: int, state: dict[str, Any], case: Case
) -> Bools:
    day = ask.day.isoformat()
    strange = sorted(set(ask.absent) - set(service.teams))
    if strange:
        raise Refused(
            Message("Không có tổ {teams}. Các tổ: {all}.",
                    {"teams": ", ".join(strange), "all": ", ".join(service.teams)})
        )  # fmt: skip
    rest = Rest(**case.rulebook.value("surprise.rest"))
    on = {d: table["teams"] for d, table in _known(desk, state).items() if d != day}
    week = [d for d, w in zip(service.days, service.week, strict=True) if w == service.week[number]]
    may = rested(
        on, service.teams, day, week, service.days[max(0, number - rest.row) : number], rest
    )
    here = np.array([team not in ask.absent for team in service.teams])
    return np.asarray(may & here & service.free[:, number], np.bool_)


def own_rates(desk: Desk, state: dict[str, Any], epoch: int) -> None:
    """Refuses when the planner's state holds other rates or teams than the record announced."""
    known = [row["team"] for row in desk.state.setup["teams"]]
    same = [row.get("team") for row in state["teams"]] == known and len(state["rates"]) > epoch
    lines = desk.state.epochs[: epoch + 1]
    if not same or any(
        digest(canonical(rates)) != line["rates"]
        for rates, line in zip(state["rates"], lines, strict=False)
    ):
        raise Refused(
            Message("Tệp planner/state.json không khớp hồ sơ: tổ hoặc xác suất đã bị đổi. Lấy lại từ bản sao; "
                    "chưa có gì được ghi.")
        )  # fmt: skip


def next_epoch(
    desk: Desk, dataset: Path, plan: Path, keys: Sequence[Path], reason: str = "quý mới"
) -> Logged:
    """The next quarter's rates: towards today's risk, no rate by more than the rule's share.

    Raises
    ------
    Refused
        Every quarter has its rates, or two signers are missing.
    """
    refuse(clock_fault(desk.state, desk.now))
    number = len(desk.state.epochs)
    quarters = epoch_days(desk.state.days)
    if number >= len(quarters):
        raise Refused(Message("Mọi quý của hồ sơ đã có xác suất."))
    state = desk.folder.state()
    own_rates(desk, state, number - 1)
    _, _, case, _ = read = read_season(dataset, plan, state["trial"], desk.state.setup["year"])
    before = as_shares(state["rates"][number - 1])
    service = service_of(read, teams_of(case, state["teams"]), before)
    _same_units(desk, service)
    percent = desk.state.setup["epoch_change_percent"]
    rates = next_rates(
        before, wanted_rates(case, service.risk, service.slots, service.eligible), percent / 100
    )
    whole = as_whole(rates).tolist()
    first, last = quarters[number]
    fields = {
        "epoch": number, "first": first, "last": last, "rates": digest(canonical(whole)), "reason": reason,
    }  # fmt: skip
    note = Message(
        "Xác suất từ {first} đến {last}; mỗi đơn vị đổi không quá {percent} %.",
        {"first": shown(first), "last": shown(last), "percent": percent},
    )
    signers = two_signers(desk, keys)
    with writing(desk):
        state["rates"] = [*state["rates"][:number], whole]
        desk.folder.put_state(state)
        return append(desk, "epoch", fields, (note,), signers, note)[1]
