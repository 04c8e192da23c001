"""Rules that would give surprise visits away: refused, with their price (surprise.md, P2, A17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.words import Message

if TYPE_CHECKING:
    from scheduler.rulebook import Rulebook

GUARDED = ("surprise.gap", "surprise.cap", "surprise.minimum", "surprise.weekly")


class GuardRefused(Exception):
    """Rules that make a unit's chance depend on its own past are switched on."""

    def __init__(self, faults: list[Message]) -> None:
        self.faults = faults
        super().__init__("; ".join(fault.say("en") for fault in faults))


def refuse_windows(rulebook: Rulebook) -> None:
    """Nothing, while the guarded rules are off.

    Raises
    ------
    GuardRefused
        With every guarded rule that is on, and what the study measured that it costs.
    """
    faults = [
        Message(
            "Quy tắc {id} ({title}) đang bật: {on}. Không nhận, vì đơn vị sẽ đoán được lúc mình an toàn. "
            "Cái giá đo được: {study}. Đặt lại 0; muốn ít đơn vị bị bỏ sót hơn thì tăng số lượt hoặc mức "
            "tối thiểu trong surprise.rates.",
            {
                "id": rule, "title": Message(rulebook[rule].title_vi), "on": rulebook.value(rule)["on"],
                "study": rulebook.value(rule)["study"],
            },
        )
        for rule in GUARDED
        if rule in rulebook.policies and rulebook.value(rule)["on"]
    ]  # fmt: skip
    if faults:
        raise GuardRefused(faults)
