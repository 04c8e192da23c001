"""Rules that would give surprise visits away: refused, with their price (surprise.md, P2, A17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.words import Figure, Message

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
        fault
        for rule in GUARDED
        if rule in rulebook.policies and rulebook.value(rule)["on"]
        for fault in _price(rulebook, rule)
    ]
    if faults:
        raise GuardRefused(faults)


def _price(rulebook: Rulebook, rule: str) -> list[Message]:
    """The refusal, and a line for each value that was studied: what the rule costs, in plain words."""
    without = rulebook.value("surprise.study")
    return [
        Message(
            "Quy tắc {id} ({title}) đang bật: {on}. Không nhận, vì đơn vị sẽ đoán được lúc mình an toàn. Đặt "
            "lại 0; muốn ít đơn vị bị bỏ sót hơn thì tăng số lượt hoặc mức tối thiểu trong surprise.rates. "
            "Cái giá đã đo:",
            {
                "id": rule,
                "title": Message(rulebook[rule].title_vi),
                "on": rulebook.value(rule)["on"],
            },
        ),
        *(
            Message(
                "  mức {at:g}: trong hai đơn vị, đoán trúng đơn vị sắp bị kiểm tra {auc:.0%} số lần (không có "
                "quy tắc: {auc_0:.0%}); năm ngày sau một lượt, khả năng bị kiểm tra còn {after:.0%} mức thường "
                "({after_0:.0%}); đơn vị chưa bị kiểm tra, 50 ngày cuối năm: {late:.0%} ({late_0:.0%}); vi "
                "phạm 20 ngày bắt đầu ngay sau một lượt bị phát hiện {strategic} % ({strategic_0} %); "
                "đơn vị cả năm không bị kiểm tra: {never:.0%} ({never_0:.0%}).",
                {
                    **row,
                    **{f"{name}_0": value for name, value in without.items()},
                    "strategic": Figure(100 * row["strategic"], 1),
                    "strategic_0": Figure(100 * without["strategic"], 1),
                },
            )
            for row in rulebook.value(rule)["study"]
        ),
    ]
