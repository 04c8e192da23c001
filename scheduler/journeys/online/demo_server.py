"""A demonstration server filled from nothing: people, data, plans, findings, draws, by the usual journeys."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from data.words import Message
from scheduler.journeys.online import demo_city, demo_people, demo_work, plans
from scheduler.journeys.online.demo_stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from data.passwords import Passwords
    from data.records.actors import Actor
    from data.store.accounts import Account
    from data.store.store import Store
    from scheduler.journeys.online.demo_people import SignIns
    from scheduler.journeys.online.demo_stage import Effort, Told
    from solver.result import Progress

LATE_MONTH = 7  # from this month on the next year's moves are planned


@dataclass(frozen=True)
class Ground:
    """On what a demonstration is built: an empty store, and what only the doors know.

    Attributes
    ----------
    acting : an account as the journeys see it, with the rights of its roles
    """

    store: Store
    home: Path
    passwords: Passwords
    acting: Callable[[Account], Actor]


def prepare(
    ground: Ground, moment: datetime, effort: Effort, told: Told, tell: Callable[[Progress], None]
) -> SignIns:
    """The sample city around this moment: last thing written is the note that says who may sign in.

    The year is that of the moment: its plan is in force, the next year's waits for the leader.

    Raises
    ------
    Refused, data.faults.DatasetError
    """
    stage = Stage(ground.store, {}, moment, ground.home, effort, told, tell)
    year = stage.today.year
    password = demo_people.new_password()
    told(Message("Lập sáu tài khoản, mỗi vai trò một người"))
    begin = stage.at(date(year, 1, 12))
    people = demo_people.make_accounts(
        ground.store, ground.passwords, ground.acting, begin, password
    )
    stage.people = people
    told(Message("Đưa dữ liệu thành phố mẫu vào: đơn vị, kiểm tra viên, nhân sự"))
    data = demo_city.city(stage, year, effort.tables)
    told(Message("Lập, phê duyệt và ban hành kế hoạch kiểm tra năm {year}", {"year": year}))
    in_force = demo_city.plan_in_force(stage, year)
    stage.people = people = {**people, "inspector": _sent_out(stage, ground, in_force)}
    demo_work.findings_of(stage, in_force, people["inspector"])
    if effort.draws:
        told(Message("Diễn tập một tháng kiểm tra đột xuất"))
        demo_work.rehearsed_draws(stage, data, in_force, year)
    if effort.papers:
        told(Message("Soạn văn bản của kế hoạch"))
        demo_city.papers(stage, in_force)
    told(Message("Một kiểm tra viên nghỉ ốm: soạn bản điều chỉnh với ít thay đổi nhất"))
    demo_city.somebody_falls_ill(stage, data, in_force)
    told(Message("Lập kế hoạch kiểm tra năm {year} và trình lãnh đạo", {"year": year + 1}))
    demo_city.next_year_waits(stage, year + 1)
    early = stage.today.month < LATE_MONTH  # then officers still work on this year's moves
    told(Message("Lập kế hoạch chuyển đổi vị trí năm {year}", {"year": year + (not early)}))
    demo_city.rotation(stage, year + (not early), stage.today if early else None)
    demo_work.faulty_upload(stage, data)
    shutil.rmtree(ground.home / "scratch", ignore_errors=True)
    found = demo_people.SignIns(password, demo_people.listed(ground.store, people))
    demo_people.write_note(ground.home, found)
    return found


def _sent_out(stage: Stage, ground: Ground, plan_id: int) -> Actor:
    """The inspector's account bound to somebody whom the plan sends out."""
    who = demo_work.who_is_out(stage, plan_id)
    name = plans.names_of(stage.store).get(who, who)
    return demo_people.bind_inspector(
        stage.store, stage.people["administrator"], stage.moment, stage.people["inspector"],
        who, name, ground.acting,
    )  # fmt: skip
