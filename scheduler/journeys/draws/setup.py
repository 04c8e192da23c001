"""The ceremony at the start of a season: keys, rates, roots, and the first lines of the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import numpy as np

from data.draws.keys import Key, make_key
from data.draws.log import DrawFolder, put_key
from data.draws.sealing import seal_for_any
from data.records import Office
from data.words import Message
from scheduler.errors import FolderTaken, Refused
from scheduler.journeys.draws.chances import chance_table
from scheduler.journeys.draws.desk import Ask, Desk, append, open_desk
from scheduler.journeys.draws.results import Logged, SetupAsk
from scheduler.journeys.draws.season import read_season, service_of, teams_of
from scheduler.surprise import merkle
from scheduler.surprise.draw import canonical, day_secret, digest
from scheduler.surprise.epochs import as_whole, epoch_days
from scheduler.surprise.protocol import beacons_of
from scheduler.surprise.record import line_of, written_time
from scheduler.surprise.service import Service
from scheduler.surprise.teams import SurpriseTeam

FEWEST_CUSTODIANS = 2


def setup(
    ask: SetupAsk, now: datetime, supposed: bool, passphrase: Ask, lang: str = "vi"
) -> Logged:
    """A new record with its key files; the head of its second line has to be posted outside.

    Raises
    ------
    Refused
        Fewer than two custodians, no day left to draw, a supposed moment outside a rehearsal.
    FolderTaken
        The folder of the record holds something.
    """
    _refuse(ask, supposed)
    read = read_season(ask.dataset, ask.plan, ask.trial)
    office, plan, case, _ = read
    teams = teams_of(case)
    service = service_of(read, teams)
    days = _days(ask, service, now)
    folder = DrawFolder(ask.out)
    people = _keys(ask, teams, passphrase)
    names = {u.unit_id: u.name for u in office.units}
    any_of = [
        key.public.seal for key in people.values() if key.public.role in ("custodian", "audit")
    ]
    code = folder.put_verifier()
    fields = {
        "service": plan.facts.get("owner") or case.rulebook.value("plan.owner"), "year": plan.year,
        "rehearsal": ask.rehearsal, "code": digest(code.encode()), "days": days,
        **_protocol(case.rulebook.value("surprise.protocol")),
        "epoch_change_percent": round(100 * case.rulebook.value("surprise.epoch")),
        "custodians": _custodians(ask, people, days, case.rulebook.value("surprise.protocol")),
        "audit": people["audit"].public.seal, "releaser": people["releaser"].public.seal,
        "teams": [{"team": t.team, "seal": people[f"team-{t.team}"].public.seal} for t in teams],
        "units": digest(canonical(list(service.units))), "rules": case.rulebook.digest,
    }  # fmt: skip
    seal_names(folder, any_of, service, names)
    folder.put_state({
        "teams": [{"team": t.team, "members": list(t.members)} for t in teams],
        "trial": ask.trial, "tables": {}, "rates": [as_whole(service.rate).tolist()],
    })  # fmt: skip
    first = canonical(line_of(None, "setup", now, fields))
    with folder.locked():
        folder.append(first, 0)
    return _first_epoch(open_desk(ask.out, now, supposed, passphrase, lang), service, office, ask)


def _first_epoch(desk: Desk, service: Service, office: Office, ask: SetupAsk) -> Logged:
    first, last = epoch_days(desk.state.days)[0]
    rates = canonical(as_whole(service.rate).tolist())
    table = chance_table(service, office, desk.lang)
    file = desk.folder.put("planner", "chances-0.csv", table)
    fields = {"epoch": 0, "first": first, "last": last, "rates": digest(rates)}
    about = Message(
        "Lập hồ sơ rút thăm kiểm tra đột xuất năm {year}", {"year": desk.state.setup["year"]}
    )
    _, logged = append(desk, "epoch", fields, _notes(desk, service), post=about)
    return replace(logged, files=(*logged.files, file, ask.keys))


def _notes(desk: Desk, service: Service) -> tuple[Message, ...]:
    season = np.isin(service.days, desk.state.days)
    mark = (
        (Message("DIỄN TẬP: hồ sơ này không dùng cho kiểm tra thật."),)
        if desk.state.setup["rehearsal"]
        else ()
    )
    return (
        *mark,
        Message("{days} ngày có rút thăm, từ {first} đến {last}; {slots} lượt cho {units} đơn vị, {teams} tổ.",
                {"days": len(desk.state.days), "first": desk.state.days[0], "last": desk.state.days[-1],
                 "slots": int(service.slots[season].sum()), "units": len(service.units),
                 "teams": len(service.teams)}),
        Message("Mỗi đơn vị kỳ vọng từ {low:.1f} đến {high:.1f} lượt một năm; bảng xác suất chỉ dành cho "
                "người lập kế hoạch.",
                {"low": float(service.rate.min()) * len(service.days),
                 "high": float(service.rate.max()) * len(service.days)}),
        Message("Giao từng tệp khóa cho đúng người giữ, mỗi tệp một nơi; xóa bản còn lại trên máy này."),
    )  # fmt: skip


def _refuse(ask: SetupAsk, supposed: bool) -> None:
    if supposed and not ask.rehearsal:
        raise Refused(Message("Chỉ diễn tập (--rehearsal) mới nhận giờ giả định (--now)."))
    names = {name.strip() for name in ask.custodians}
    if len(names) < FEWEST_CUSTODIANS or len(names) != len(ask.custodians) or "" in names:
        raise Refused(
            Message("Cần ít nhất {n} người giữ khóa có tên khác nhau (--custodian).",
                    {"n": FEWEST_CUSTODIANS})
        )  # fmt: skip
    if ask.out.exists() and (not ask.out.is_dir() or any(ask.out.iterdir())):
        raise FolderTaken(ask.out)
    if ask.keys.exists() and (not ask.keys.is_dir() or any(ask.keys.iterdir())):
        raise FolderTaken(ask.keys)
    if ask.keys.resolve().is_relative_to(ask.out.resolve()):
        raise Refused(Message("Tệp khóa không được nằm trong hồ sơ. Chọn --keys ở nơi khác."))


def _days(ask: SetupAsk, service: Service, now: datetime) -> list[str]:
    tomorrow = written_time(now)[:10]
    first = ask.first.isoformat() if ask.first else service.days[0]
    last = ask.last.isoformat() if ask.last else service.days[-1]
    days = [
        day
        for day, slots in zip(service.days, service.slots, strict=True)
        if slots > 0 and max(first, tomorrow) <= day <= last and day > tomorrow
    ]
    if not days:
        raise Refused(
            Message("Không còn ngày nào để rút thăm từ {first} đến {last}: kế hoạch năm phải có phần dự "
                    "phòng và tổ rảnh, và ngày phải sau hôm nay ({today}).",
                    {"first": first, "last": last, "today": tomorrow})
        )  # fmt: skip
    return days


def _protocol(rule: dict[str, Any]) -> dict[str, Any]:
    return {
        "attempts": rule["attempts"], "departure": rule["departure"],
        "open_after": rule["open_after"], "beacons": beacons_of(rule["beacons"]),
    }  # fmt: skip


def _keys(ask: SetupAsk, teams: tuple[SurpriseTeam, ...], passphrase: Ask) -> dict[str, Key]:
    """A key for everybody, made and written: file name -> key; custodians by number."""
    wanted = [
        (f"custodian-{n}", "custodian", name) for n, name in enumerate(ask.custodians, start=1)
    ]
    wanted += [("audit", "audit", "audit"), ("releaser", "releaser", "releaser")]
    wanted += [(f"team-{t.team}", "team", t.team) for t in teams]
    made = {file: make_key(role, name, passphrase(file)) for file, role, name in wanted}
    for file, (content, _) in made.items():
        put_key(ask.keys, file, content)
    return {file: key for file, (_, key) in made.items()}


def _custodians(
    ask: SetupAsk, people: dict[str, Key], days: list[str], rule: dict[str, Any]
) -> list[dict[str, str]]:
    rows = []
    for number, name in enumerate(ask.custodians, start=1):
        key = people[f"custodian-{number}"]
        root = merkle.root(leaves_of(key, days, rule["attempts"]))
        rows.append({"name": name, "root": root, "seal": key.public.seal, "sign": key.public.sign})
    return rows


def leaves_of(key: Key, days: list[str] | tuple[str, ...], attempts: int) -> list[bytes]:
    """The leaves of a custodian's tree: days in order, attempts in order."""
    return [
        merkle.leaf(day, attempt, day_secret(key.master, day, attempt))
        for day in days
        for attempt in range(attempts)
    ]


def seal_names(
    folder: DrawFolder, publics: list[str], service: Service, names: dict[str, str]
) -> None:
    """The units' names for the envelopes, sealed for custodians and audit."""
    content = canonical({unit: names[unit] for unit in service.units})
    folder.put("sealed", "names", seal_for_any(publics, content, b"names"))
