"""What would help somebody unplaced, in words: the relaxation that was solved, its price, the new move."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from data.words import Message
from scheduler.rotation_names import PIN, Names, rules_named

if TYPE_CHECKING:
    from scheduler.rotation_case import RotationCase
    from solver.moves.problem import MovesProblem
    from solver.moves.why import Relaxation, Used, Why


def eased(case: RotationCase, problem: MovesProblem, why: Why) -> Message:
    """The cheapest relaxation found, with what it costs and where the person would go; or that none was."""
    names = Names(case, problem)
    if why.relaxation is None and not why.again:
        return _nothing(case, why)
    what = (
        Message("không cần nới quy tắc")
        if why.relaxation is None
        else _together([_use(names, why, why.relaxation, u) for u in why.used])
    )
    return Message(
        "{what}; đã tính lại và xếp được: {move}; không ai đã xếp bị mất chỗ; {extra} ({scope})",
        {
            "what": what,
            "move": _move(names, why),
            "extra": Message("thêm {n} điểm", {"n": why.extra})
            if why.extra >= 0
            else Message("bớt {n} điểm", {"n": -why.extra}),
            "scope": Message("đã xét cả nhóm vị trí tương đương")
            if why.scope == "whole group"
            else Message("giữ nguyên các trường hợp khác"),
        },
    )


def _nothing(case: RotationCase, why: Why) -> Message:
    if not why.searched:
        return Message("Chưa tìm hết các cách nới trong thời gian tính đã cho")
    if why.kind in ("no_desk", "own_unit") and not why.tried:
        return Message(
            "Cấp trên trực tiếp xem xét đưa vào kế hoạch chuyển đổi chung (Điều 39.1 Nghị định 59/2019/NĐ-CP)"
        )
    if not why.tried:
        return Message("Không có quy tắc nào do Thành phố tự chọn mà nới ra thì xếp được")
    labels = dict.fromkeys(r.label for r in why.tried)
    return Message(
        "Đã thử nới mà vẫn không xếp được: {rules}", {"rules": rules_named(case, labels)}
    )


def _together(uses: list[Message]) -> Message:
    joined = uses[0]
    for use in uses[1:]:
        joined = Message("{first}; {rest}", {"first": joined, "rest": use})
    return joined


def _use(names: Names, why: Why, relaxation: Relaxation, used: Used) -> Message:
    """One use of a relaxation."""
    words = {
        "unit": names.unit(used.unit) if used.unit >= 0 else "",
        "day": names.day(used.wave) if used.wave >= 0 else "",
        "person": names.person(used.person if used.person >= 0 else why.person),
        "size": used.size,
        "row": relaxation.label.removeprefix(PIN),
    }
    if relaxation.kind == "unit_cap":
        return Message("cho thêm một người của {unit} rời vị trí trong đợt {day}", words)
    if relaxation.kind == "leader_cap":
        return Message("cho thêm một lãnh đạo của {unit} rời vị trí trong đợt {day}", words)
    if relaxation.kind == "open_wave":
        return replace(OPENED[relaxation.label], params=words)
    if relaxation.kind == "cycle_length":
        return Message("cho phép một vòng {size} người trong đợt {day} (cần phê duyệt)", words)
    if relaxation.kind == "join":
        return Message("cho nhận vị trí thuộc nhóm chức vụ liền kề (cần phê duyệt)", words)
    if relaxation.label.startswith(PIN):
        return Message("bỏ yêu cầu ghim ở dòng {row}", words)
    return Message("cho {person} trở lại đơn vị cũ trước thời hạn", words)


OPENED = {
    "move.notice": Message("rút ngắn thời gian báo trước cho đợt {day}"),
    "move.closed": Message("mở đợt {day} trong tháng khóa sổ cuối năm"),
    "move.tet": Message("mở đợt {day} sát kỳ nghỉ Tết"),
}


def _move(names: Names, why: Why) -> Message:
    """Where the person would go, when, and with whom."""
    for exchange in why.exchanges:
        if why.person in exchange.people:
            desk = exchange.desks[exchange.people.index(why.person)]
            others = [names.person(p) for p in exchange.people if p != why.person]
            words = {
                "post": names.post(desk),
                "day": names.day(exchange.wave),
                "others": ", ".join(others),
            }
            if others:
                return Message("đến {post}, đợt {day}, cùng với {others}", words)
            return Message("đến {post}, đợt {day}", words)
    return Message("")
