"""The ceremony at the start of a season: keys, rates, roots, and the first lines of the record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import numpy as np

from data.draws.keys import COST, Key, make_key
from data.draws.log import LOCK, LOG, STATE, VERIFIER, put_new, state_bytes, verifier
from data.draws.recovery import split_passphrase
from data.draws.sealing import seal_for_any
from data.words import Figure, Message
from scheduler.errors import FolderTaken, Refused
from scheduler.journeys.draws.desk import SIGNERS, Ask, Desk, anchor_papers, open_desk
from scheduler.journeys.draws.results import Logged, SetupAsk
from scheduler.journeys.draws.season import read_season, service_of, teams_of
from scheduler.surprise import merkle
from scheduler.surprise.draw import canonical, day_secret, digest
from scheduler.surprise.epochs import as_whole, epoch_days
from scheduler.surprise.next_step import next_steps
from scheduler.surprise.protocol import beacons_of
from scheduler.surprise.record import line_of, shown, state_of, written_time
from scheduler.surprise.service import Service
from scheduler.surprise.teams import SurpriseTeam
from scheduler.surprise.unreachable import one_team_note, unreachable, unreachable_note

MOST_SHARES = 20
FEWEST_CUSTODIANS = 2


def setup(
    ask: SetupAsk, now: datetime, supposed: bool, passphrase: Ask, lang: str = "vi"
) -> Logged:
    """A new record with its key files; the head of its second line has to be posted outside.

    The folder of the keys is put in place first, then that of the record, each whole.

    Raises
    ------
    Refused
        Fewer than two custodians, no day left to draw, a supposed moment outside a rehearsal.
    FolderTaken
        The folder of the record or of the keys holds something.
    """
    _refuse(ask, supposed)
    read = read_season(ask.dataset, ask.plan, ask.trial)
    teams = teams_of(read[2])
    service = service_of(read, teams)
    days = _days(ask, service, now)
    rule = read[2].rulebook.value("surprise.protocol")
    protocol = _protocol(rule)
    people, files = _keys(ask, teams, passphrase)
    fields = {
        "service": read[1].facts.get("owner") or read[2].rulebook.value("plan.owner"),
        "year": read[1].year, "rehearsal": ask.rehearsal, "code": digest(verifier()), "days": days,
        **protocol, "epoch_change_percent": round(100 * read[2].rulebook.value("surprise.epoch")),
        "custodians": _custodians(ask, people, days, rule["attempts"]),
        "audit": people["audit"].public.seal, "releaser": people["releaser"].public.seal,
        "teams": [{"team": t.team, "seal": people[f"team-{t.team}"].public.seal} for t in teams],
        "units": digest(canonical(list(service.units))), "rules": read[2].rulebook.digest,
    }  # fmt: skip
    names = {u.unit_id: u.name for u in read[0].units if u.unit_id in service.units}
    any_of = [p.public.seal for p in people.values() if p.public.role in ("custodian", "audit")]
    rates = as_whole(service.rate).tolist()
    state = {
        "teams": [{"team": t.team, "members": list(t.members)} for t in teams],
        "trial": ask.trial, "tables": {}, "rates": [rates],
    }  # fmt: skip
    contents: dict[str, bytes] = {
        "sealed/names": seal_for_any(any_of, canonical(names), b"names"),
        f"planner/{STATE}": state_bytes(state), LOCK: b"", VERIFIER: verifier(),
        **_first_lines(fields, rates, now, lang),
    }  # fmt: skip
    put_new(files, ask.keys)
    put_new(contents, ask.out)
    desk = open_desk(ask.out, now, supposed, passphrase, lang)
    posted = tuple(ask.out / name for name in contents if name.startswith("anchors/"))
    step = next_steps(desk.state, now)[0]
    return Logged(1, desk.state.head, _notes(desk, service), True, (*posted, ask.keys), step)


def _first_lines(
    fields: dict[str, Any], rates: list[int], now: datetime, lang: str
) -> dict[str, bytes]:
    """The log with its first two lines, and what is posted of them: file name -> content."""
    first = canonical(line_of(None, "setup", now, fields))
    start, end = epoch_days(tuple(fields["days"]))[0]
    epoch = {"epoch": 0, "first": start, "last": end, "rates": digest(canonical(rates))}
    second = canonical(line_of(state_of([first]), "epoch", now, epoch))
    about = Message("Lập hồ sơ rút thăm kiểm tra đột xuất năm {year}", {"year": fields["year"]})
    at = written_time(now)
    papers = anchor_papers(fields["service"], 1, digest(second), at, about, lang)
    anchors = {f"anchors/{name}": content for name, content in papers.items()}
    return {LOG: first + b"\n" + second + b"\n", **anchors}


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
                {"days": len(desk.state.days), "first": shown(desk.state.days[0]),
                 "last": shown(desk.state.days[-1]), "slots": int(service.slots[season].sum()),
                 "units": len(service.units), "teams": len(service.teams)}),
        Message("Mỗi đơn vị kỳ vọng từ {low} đến {high} lượt một năm; bảng xác suất chỉ dành cho "
                "người lập kế hoạch (congvu draw chances).",
                {"low": Figure(float(service.rate[service.rate > 0].min()) * len(service.days), 1),
                 "high": Figure(float(service.rate.max()) * len(service.days), 1)}),
        *unreachable_note(unreachable(service)), *one_team_note(service),
        Message("Giao từng tệp khóa cho đúng người giữ, mỗi tệp một nơi; xóa bản còn lại trên máy này."),
    )  # fmt: skip


def _refuse(ask: SetupAsk, supposed: bool) -> None:
    if supposed and not ask.rehearsal:
        raise Refused(Message("Chỉ diễn tập (--rehearsal) mới nhận giờ giả định (--now)."))
    names = {name.strip() for name in ask.custodians}
    if len(names) < SIGNERS or len(names) != len(ask.custodians) or "" in names:
        raise Refused(
            Message("Cần ít nhất {n} người giữ khóa có tên khác nhau (--custodian).",
                    {"n": SIGNERS})
        )  # fmt: skip
    if ask.out.exists() and (not ask.out.is_dir() or any(ask.out.iterdir())):
        raise FolderTaken(ask.out)
    if ask.keys.exists() and (not ask.keys.is_dir() or any(ask.keys.iterdir())):
        raise FolderTaken(ask.keys)
    if ask.keys.resolve().is_relative_to(ask.out.resolve()):
        raise Refused(Message("Tệp khóa không được nằm trong hồ sơ. Chọn --keys ở nơi khác."))
    if ask.deposit is not None and not 2 <= ask.deposit[0] <= ask.deposit[1] <= MOST_SHARES:
        raise Refused(
            Message("Khóa gửi giữ cần từ 2 mảnh trở lên và không quá {most} mảnh, ví dụ --deposit 2/3.",
                    {"most": MOST_SHARES})
        )  # fmt: skip
    if ask.cost < COST and not ask.rehearsal:
        raise Refused(Message("Chỉ diễn tập mới được giảm công bảo vệ mật khẩu."))


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
                    {"first": shown(first), "last": shown(last), "today": shown(tomorrow)})
        )  # fmt: skip
    return days


def _protocol(rule: dict[str, Any]) -> dict[str, Any]:
    names = ("attempts", "departure", "open_after", "wait")
    return {**{name: rule[name] for name in names}, "beacons": beacons_of(rule["beacons"])}


def _keys(
    ask: SetupAsk, teams: tuple[SurpriseTeam, ...], passphrase: Ask
) -> tuple[dict[str, Key], dict[str, bytes]]:
    """A key for everybody (file name -> key; custodians by number), and all files of the keys' folder."""
    wanted = [
        (f"custodian-{n}", "custodian", name) for n, name in enumerate(ask.custodians, start=1)
    ]
    wanted += [("audit", "audit", "audit"), ("releaser", "releaser", "releaser")]
    wanted += [(f"team-{t.team}", "team", t.team) for t in teams]
    people, files = {}, {}
    for file, role, name in wanted:
        files[f"{file}.key"], people[file] = make_key(role, name, passphrase(file), ask.cost)
    for number in range(1, len(ask.custodians) + 1):
        if ask.deposit is not None:
            files |= _deposit(people[f"custodian-{number}"], number, ask.deposit, ask.cost)
    return people, files


def _deposit(key: Key, number: int, deposit: tuple[int, int], cost: int) -> dict[str, bytes]:
    """A custodian's key behind shares, for when the custodian is missing: the key, and a file a share."""
    code, shares = split_passphrase(*deposit)
    files = {f"deposit-{number}.key": key.rewrapped(code, cost)}
    for n, share in enumerate(shares, start=1):
        files[f"deposit-{number}.share-{n}.txt"] = f"deposit-{number}:{share}\n".encode()
    return files


def _custodians(
    ask: SetupAsk, people: dict[str, Key], days: list[str], attempts: int
) -> list[dict[str, str]]:
    rows = []
    for number, name in enumerate(ask.custodians, start=1):
        key = people[f"custodian-{number}"]
        root = merkle.root(leaves_of(key, days, attempts))
        rows.append({"name": name, "root": root, "seal": key.public.seal, "sign": key.public.sign})
    return rows


def leaves_of(key: Key, days: list[str] | tuple[str, ...], attempts: int) -> list[bytes]:
    """The leaves of a custodian's tree: days in order, attempts in order."""
    return [
        merkle.leaf(day, attempt, day_secret(key.master, day, attempt))
        for day in days
        for attempt in range(attempts)
    ]
