"""Simulated years of an office's own surprise visits, or of a made-up service, with a page of figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from data import rulefiles
from data.exports.hazard_page import hazard_page
from data.whole_folder import put_file
from data.words import Message
from scheduler.errors import Refused
from scheduler.journeys.draws.results import SimulateAsk
from scheduler.journeys.draws.season import read_season, service_of, teams_of
from scheduler.rulebook import in_force
from scheduler.surprise.rates import RatesImpossible
from scheduler.surprise.roster import Rest
from scheduler.surprise.service import Service
from scheduler.surprise.simulation.study_run import Simulated, simulated
from scheduler.surprise.simulation.watched import Machine
from scheduler.surprise.study import FIRST, Size, study_service
from scheduler.surprise.teams import NoTeams
from scheduler.surprise.unreachable import unreachable_note

WEEK, SHIFT = 5, 7  # an office's other years are its plan moved by so many weeks
PAGE = ".html"
UNITS_A_SLOT = 4  # with fewer, most draws would name a unit twice


@dataclass(frozen=True)
class SimulatedService:
    """What was simulated, in words, what it says, and what a reader has to know."""

    about: Message
    found: Simulated
    notes: tuple[Message, ...]
    out: str = ""


def simulate(
    ask: SimulateAsk, lang: str = "vi", told: Callable[[int, int], None] = lambda done, of: None
) -> SimulatedService:
    """Simulates the years that are asked for; `told` hears how many steps of how many are done.

    Raises
    ------
    Refused
        A dataset without its plan or the other way round, a page that is not .html, or a service in
        which nobody can be drawn.
    data.faults.DatasetError, data.plan_folder.PlanFileError
        When dataset or plan have faults.
    """
    _refuse(ask)
    try:
        service_of_year, rules = _office(ask) if ask.dataset else _made_up(ask)
    except (RatesImpossible, NoTeams) as error:
        raise Refused(error.message) from None
    machine = Machine(service_of_year, Rest(**rules["surprise.rest"]), ask.seed)
    if not machine.season(0).days:
        raise Refused(
            Message(
                "Không ngày nào lập được bảng vé: cần thêm tổ rảnh, thêm đơn vị, hoặc bớt lượt mỗi ngày."
            )
        )
    found = simulated(machine, ask.years, rules["surprise.leak"], told)
    about = Message(
        "{source}: {units} đơn vị, {teams} tổ, {visits} lượt đột xuất mỗi năm; {years} năm rút thăm "
        "trên {tables} năm bảng vé.",
        {
            "source": Message("Số liệu của đơn vị") if ask.dataset else Message("Số liệu giả lập"),
            "units": found.units, "teams": found.teams, "visits": found.visits, "years": found.years,
            "tables": found.tables,
        },
    )  # fmt: skip
    notes = _notes(found, rules["surprise.leak"], ask.dataset is not None)
    if ask.out is not None:
        page = hazard_page(about, notes, found.ours, found.even, found.figures, lang)
        put_file(ask.out, page.encode())
    return SimulatedService(about, found, notes, str(ask.out or ""))


def _refuse(ask: SimulateAsk) -> None:
    if (ask.dataset is None) != (ask.plan is None):
        raise Refused(
            Message("Cần cả --dataset và --plan, hoặc không cần cả hai (dùng số liệu giả lập).")
        )
    if ask.dataset is None and ask.units < UNITS_A_SLOT * ask.slots:
        raise Refused(
            Message("{slots} lượt mỗi ngày cần ít nhất {units} đơn vị.",
                    {"slots": ask.slots, "units": UNITS_A_SLOT * ask.slots})
        )  # fmt: skip
    if ask.out is not None and ask.out.suffix != PAGE:
        raise Refused(Message("Tệp {file} phải có đuôi .html.", {"file": str(ask.out)}))


def _made_up(ask: SimulateAsk) -> tuple[Callable[[int], Service], Mapping[str, Any]]:
    rules = in_force(rulefiles.read_rules(), FIRST)
    size = Size(ask.units, ask.teams, ask.slots)
    return lambda year: study_service(size, ask.seed, year), _values(rules)


def _office(ask: SimulateAsk) -> tuple[Callable[[int], Service], Mapping[str, Any]]:
    assert ask.dataset is not None
    assert ask.plan is not None
    read = read_season(ask.dataset, ask.plan)
    service = service_of(read, teams_of(read[2]))
    return lambda year: moved(service, year * SHIFT * WEEK), _values(read[2].rulebook)


def moved(service: Service, days: int) -> Service:
    """The season with its plan, leave and closures moved round the year by some days."""
    return replace(
        service, slots=np.roll(service.slots, days), free=np.roll(service.free, days, axis=1),
        open=np.roll(service.open, days, axis=1), planned=np.roll(service.planned, days, axis=1),
    )  # fmt: skip


def _values(rulebook: Any) -> dict[str, Any]:
    return {
        "surprise.rest": rulebook.value("surprise.rest"),
        "surprise.leak": rulebook.value("surprise.leak"),
    }


def _notes(found: Simulated, leak: Mapping[str, Any], office: bool) -> tuple[Message, ...]:
    """What the figures do not say by themselves."""
    notes = [
        Message(
            "Đơn vị {unit}, tuần từ {day}: chỉ {percent:.0f} % mức đã công bố, vì các tổ {teams} bận kiểm tra "
            "định kỳ hoặc nghỉ.",
            {
                "unit": s.unit, "day": s.first_day, "percent": 100 * s.ratio,
                "teams": ", ".join(s.busy) or "–",
            },
        )
        for s in found.shadows
    ]  # fmt: skip
    notes = [*unreachable_note(found.unreachable), *notes]
    if found.teams < leak["teams"][1]:
        notes.insert(
            0,
            Message(
                "Chỉ có {teams} tổ: lịch trực làm lộ nhiều hơn ở nơi có từ {enough} tổ trở lên. Giữ kín "
                "tổ nào đi, hoặc lập thêm tổ.",
                {"teams": found.teams, "enough": leak["teams"][1]},
            ),
        )
    if office:
        notes.append(
            Message("Các năm khác của đơn vị được thử bằng chính kế hoạch này, dời đi vài tuần.")
        )
    return tuple(notes)
