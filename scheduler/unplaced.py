"""The unplaced in words: why nobody could move somebody due, and what the city could ease.

Only the city's own choices are offered. What the law gives (kin, profession, deferral, least term) is
named as a reason and nothing more.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from data.records import Unplaced
from data.words import Message
from scheduler.easing_words import eased
from scheduler.rotation_names import Names, rules_named
from scheduler.rotation_posts import alike
from solver.moves.why import Relaxation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scheduler.rotation_case import RotationCase
    from solver.moves.problem import MovesProblem
    from solver.moves.why import Why

UNIT_SHARE, ONE_LEADER, CYCLE = "move.unit-share", "move.one-leader", "move.cycle-length"
CLOSING = {"notice": "move.notice", "closed": "move.closed", "tet": "move.tet"}
NO_POST = ("move.profession", "move.rank")


def relaxations(case: RotationCase, problem: MovesProblem) -> tuple[Relaxation, ...]:
    """What the city may ease, with the prices of the rule file; only rules that bind this year."""
    prices = case.rulebook.value("rotation.relaxation-prices")
    present = {limit.label for limit in problem.limits}
    pins = sorted(label for label in present if label.startswith("pin:"))
    found = [
        Relaxation("unit_cap", prices["unit_share"], UNIT_SHARE),
        Relaxation("leader_cap", prices["one_leader"], ONE_LEADER),
        *(Relaxation("open_wave", prices[name], rule) for name, rule in CLOSING.items()),
        Relaxation("limit", prices["return"], "move.return"),
        *(Relaxation("limit", prices["pins"], pin) for pin in pins),
        *_longer_cycles(case, prices),
    ]
    joined = tuple(_adjacent(case, problem))
    ranks = [Relaxation("join", prices["rank"], "move.rank", groups=joined)] if joined else []
    return (*(r for r in found if r.label in present), *ranks)


def _longer_cycles(case: RotationCase, prices: dict[str, int]) -> Iterator[Relaxation]:
    if CYCLE in case.rulebook.policies:
        now = int(case.rulebook.value(CYCLE))
        for most in range(now + 1, prices["cycle_most"] + 1):
            yield Relaxation("cycle_length", prices["cycle"] * (most - now), CYCLE, most=most)


def _adjacent(case: RotationCase, problem: MovesProblem) -> Iterator[tuple[int, int]]:
    """Pairs of groups of one profession and neighbouring rank groups."""
    classes = case.rulebook.value("move.rank")
    posts = case.posts["kind"].reindex(list(case.desks)).tolist()
    group = {kind: d.group for kind, d in zip(posts, problem.desks, strict=True) if d.group >= 0}
    by_name = {tuple(kind.split("\n")): number for kind, number in group.items()}
    professions = sorted({profession for profession, _ in by_name})
    for pair in case.rulebook.value("rotation.adjacent-ranks"):
        low, high = alike(pair, classes)
        for profession in professions:
            one, other = by_name.get((profession, low)), by_name.get((profession, high))
            if one is not None and other is not None and one != other:
                yield one, other


def unplaced_rows(
    case: RotationCase, problem: MovesProblem, whys: Iterable[Why], lang: str = "vi"
) -> tuple[Unplaced, ...]:
    """A row of unplaced.csv for each reason found, in the reader's language."""
    return tuple(
        Unplaced(
            staff_id=problem.people[why.person].label,
            reason=reason_of(case, problem, why).say(lang),
            rules=rules_of(why),
            relaxation=eased(case, problem, why).say(lang),
        )
        for why in whys
    )


def rules_of(why: Why) -> tuple[str, ...]:
    """Ids of the rules that stand in the way; `pin:<row>` for an order of the planner's."""
    return NO_POST if why.kind == "no_desk" else why.labels


def reason_of(case: RotationCase, problem: MovesProblem, why: Why) -> Message:
    """Why the person is not moved, in one sentence."""
    names = Names(case, problem)
    own = problem.people[why.person].desk
    if why.again:
        return Message(
            "Phương án chưa xếp được người này; tính lại riêng cho nhóm người liên quan thì xếp được "
            "mà không cần nới quy tắc nào"
        )
    named = _named_already(case, problem.people[why.person].label)
    if named is not None:
        return named
    if why.kind == "no_desk" and not bool(case.movers["fits"].iloc[why.person]):
        return Message(
            "Chuyên môn của người này không khớp với chuyên môn của vị trí đang giữ ({post}); "
            "cần kiểm tra lại dữ liệu",
            {"post": names.post(own)},
        )
    return replace(
        REASONS[why.kind],
        params={
            "post": names.post(own),
            "unit": names.unit(problem.desks[own].unit) if own >= 0 else "",
            "rules": rules_named(case, rules_of(why)),
            "shortest": _length(why),
        },
    )


def _named_already(case: RotationCase, staff_id: str) -> Message | None:
    """That papers already name the person for another post later on; None when they do not."""
    later = [
        p
        for p in case.careers.get(staff_id, ())
        if p.start is not None and p.start > case.on
        and p.position_id != case.people.at[staff_id, "position_id"]
    ]  # fmt: skip
    if not later:
        return None
    first = min(later, key=lambda p: (p.start, p.position_id))
    return Message(
        "Đã có quyết định sang vị trí {post} từ ngày {day}; chỉ cần kiểm tra ngày đó so với thời hạn",
        {"post": first.position_id, "day": f"{first.start:%d/%m/%Y}"},
    )


def _length(why: Why) -> Message:
    if why.shortest:
        return Message("vòng ngắn nhất cần {n} người", {"n": why.shortest})
    return Message("chỉ có chuỗi dài hơn mức cho phép")


REASONS = {
    "no_desk": Message(
        "Không có vị trí nào khác cùng chuyên môn và nhóm chức vụ tương đương với {post}"
    ),
    "own_unit": Message(
        "Mọi vị trí tương đương đều ở chính {unit}, cùng lĩnh vực và địa bàn với vị trí đang giữ"
    ),
    "barred": Message("Không được nhận vị trí tương đương nào, do: {rules}"),
    "no_taker": Message("Không ai được thay vào vị trí đang giữ ({post}), do: {rules}"),
    "no_way_round": Message(
        "Người được thay vào vị trí đang giữ và vị trí người này được nhận không nối được thành "
        "vòng hay chuỗi, do: {rules}"
    ),
    "longer_cycle": Message("Không đủ người để đổi trong phạm vi {rules}: {shortest}"),
    "no_common_wave": Message(
        "Những người đổi được cho nhau không có đợt nào cùng chuyển được, do: {rules}"
    ),
    "cap_full": Message("Các đợt có thể chuyển đều đã đủ số người được rời đơn vị: {rules}"),
    "apart": Message("Chỉ xếp được nếu đưa hai người phải tách nhau vào cùng một đơn vị: {rules}"),
    "competition": Message(
        "Các vị trí có thể nhận đã xếp cho người khác đến hạn; xếp người này thì có người khác "
        "không xếp được"
    ),
}
