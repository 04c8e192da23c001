"""Why somebody moves, or does not: the clock, the move with its other waves and posts, or the reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from data.words import Figure, Message
from scheduler.rotation_names import rules_named
from scheduler.why.answer import Answer, Section, both, listed
from scheduler.why.rule_words import counted
from scheduler.why.told import InBoth
from solver.moves.single import OtherDesk, OtherWave, exchange_of, other_places, other_waves

if TYPE_CHECKING:
    from data.records import Move
    from scheduler.rotation_numbers import PlannedRotation

CLOCK = Message("Thời hạn của người này, từng bước")
MOVE = Message("Chuyển đổi")
WAVES = Message("Vì sao đợt này")
POSTS = Message("Vì sao vị trí này")
NONE = Message("Vì sao không chuyển")
SHOWN = 5
PART_WORDS = {
    "due": Message("đến hạn trong năm, phải chuyển đổi"),
    "helper": Message("chưa đến hạn, có thể chuyển để người khác chuyển được"),
    "deferred": Message("đang hoãn chuyển đổi trong mọi đợt của năm"),
    "exempt": Message("gần nghỉ hưu, không phải chuyển đổi"),
    "single": Message("giữ vị trí duy nhất: cấp trên lập kế hoạch chung"),
    "missing": Message("thiếu giấy tờ nên không tính được thời hạn"),
    "not_due": Message("chưa đến hạn trong năm này"),
    "outside": Message("không thuộc diện chuyển đổi, không cần hỗ trợ"),
}
GOALS = {
    "unplaced": Message("người chưa xếp được"), "late": Message("quá hạn"),
    "helpers": Message("người hỗ trợ"), "distance": Message("đường đi làm"),
    "wishes": Message("nguyện vọng"), "touched": Message("đơn vị bị xáo trộn"),
    "early": Message("chuyển sớm"), "changed": Message("thay đổi so với bản đã công bố"),
}  # fmt: skip


def why_staff(year: PlannedRotation, staff_id: str, clock: Sequence[tuple[str, str]]) -> Answer:
    """Everything about one person of a rotation year.

    Parameters
    ----------
    clock : the steps of the derivation, each in Vietnamese and in English
    """
    case = year.case
    part = str(case.people.at[staff_id, "part"])
    steps = Section("clock", CLOCK, tuple(InBoth(*step) for step in clock))
    who = {"who": year.person(staff_id), "part": PART_WORDS[part]}
    move = year.moves.get(staff_id)
    if move is not None:
        short = Message("{who}: {part}; {move}", {**who, "move": move_words(year, move)})
        sections = (steps, *move_sections(year, move))
    else:
        short = Message("{who}: {part}; không chuyển trong kế hoạch này.", who)
        sections = (steps, _no_move(year, staff_id, part))
    return Answer(
        Message("Vì sao {who} như vậy trong kế hoạch?", who), short, sections,
        {"staff": staff_id, "part": part, "move": move.move_id if move else ""},
    )  # fmt: skip


def why_move(year: PlannedRotation, move: Move, clock: Sequence[tuple[str, str]]) -> Answer:
    """Everything about one move: that of its person."""
    return why_staff(year, move.staff_id, clock)


def move_words(year: PlannedRotation, move: Move) -> Message:
    """From where to where, when, and with whom."""
    others = [m.staff_id for m in year.plan.moves if m.cycle_id == move.cycle_id]
    return Message("chuyển từ {from_post} đến {to_post} ngày {day}, cùng nhóm {cycle}: {others}", {
        "from_post": _post(year, move.from_position), "to_post": _post(year, move.to_position),
        "day": f"{move.effective_date:%d/%m/%Y}" if move.effective_date else "-",
        "cycle": move.cycle_id, "others": ", ".join(year.person(w) for w in others),
    })  # fmt: skip


def move_sections(year: PlannedRotation, move: Move) -> list[Section]:
    """The move with its reason; the other waves of its exchange; the other posts of its person."""
    told = [move_words(year, move), Message("{reason}", {"reason": move.reason or "-"})]
    if move.days_before_limit is not None:
        told.append(
            Message("Trước hạn cuối {n} ngày.", {"n": move.days_before_limit})
            if move.days_before_limit >= 0
            else Message("Quá hạn cuối {n} ngày.", {"n": -move.days_before_limit})
        )
    if move.distance_km is not None:
        told.append(Message("Từ nhà đến nơi mới {km} km.", {"km": Figure(move.distance_km, 1)}))
    head = Section("move", MOVE, tuple(told), {"move": move.move_id, "cycle": move.cycle_id})
    exchange = exchange_of(year.solution, year.number.get(move.staff_id, -1))
    if exchange is None:
        return [head]
    waves = other_waves(year.problem, year.solution, exchange)
    places = other_places(year.problem, year.solution, year.number[move.staff_id])
    return [head, _waves(year, waves), _posts(year, places, move)]


def points_words(change: dict[str, int]) -> Message:
    """What changes in each goal, in points."""
    changed = [
        Message("{n} điểm {goal}", {"n": Figure(n, signed=True), "goal": GOALS[name]})
        for name, n in change.items()
        if n
    ]
    return listed(changed) if changed else Message("không mục tiêu nào thay đổi")


def _waves(year: PlannedRotation, waves: Sequence[OtherWave]) -> Section:
    told = []
    for wave in sorted(waves, key=lambda w: (bool(w.labels), sum(w.change.values()), w.wave)):
        day = {"day": year.names.day(wave.wave)}
        told.append(
            Message("đợt {day}: không được, do {rules}",
                    {**day, "rules": rules_named(year.case, wave.labels)})
            if wave.labels
            else Message("đợt {day}: được; {change}",
                         {**day, "change": points_words(wave.change)})
        )  # fmt: skip
    return Section("waves", WAVES, tuple(told), {
        "waves": [{"wave": w.wave + 1, "closed_by": list(w.labels), "change": w.change} for w in waves]
    })  # fmt: skip


def _posts(year: PlannedRotation, places: Sequence[OtherDesk], move: Move) -> Section:
    lawful = [p for p in places if not p.labels]
    nearer = [
        p for p in lawful
        if p.km is not None and move.distance_km is not None and p.km < move.distance_km - 0.05
    ]  # fmt: skip
    told = [
        Message("{n} vị trí tương đương; {m} vị trí người này được nhận, {k} vị trí gần nhà hơn.", {
            "n": len(places), "m": len(lawful), "k": len(nearer),
        })
    ]  # fmt: skip
    for label, n in counted(lb for p in places for lb in p.labels):
        words = {"n": n, "rule": rules_named(year.case, [label])}
        told.append(Message("{n} vị trí không được nhận, do {rule}", words))
    for place in nearer[:SHOWN]:
        words = {"post": year.names.post(place.desk), "km": Figure(place.km or 0.0, 1)}
        if place.taker >= 0:
            who = {"who": year.person(year.names.person(place.taker))}
            told.append(Message("{post}, {km} km: kế hoạch xếp {who}", {**words, **who}))
        elif place.holder >= 0:
            who = {"who": year.person(year.names.person(place.holder))}
            told.append(Message("{post}, {km} km: {who} giữ và không chuyển", {**words, **who}))
        else:
            told.append(Message("{post}, {km} km: đang trống", words))
    return Section("posts", POSTS, tuple(told), {
        "posts": [
            {"position": year.problem.desks[p.desk].label, "closed_by": list(p.labels), "km": p.km}
            for p in places
        ]
    })  # fmt: skip


def _no_move(year: PlannedRotation, staff_id: str, part: str) -> Section:
    row = year.unplaced.get(staff_id)
    if row is None:
        return Section("none", NONE, (PART_WORDS[part],), {"part": part})
    told = [Message("{reason}", {"reason": row.reason})]
    if row.rules:
        told.append(Message("Quy tắc: {rules}.", {"rules": rules_named(year.case, row.rules)}))
    if row.relaxation:
        told.append(Message("Cách gỡ: {way}", {"way": row.relaxation}))
    facts = {"part": part, "rules": list(row.rules), "reason": row.reason}
    return Section("none", NONE, tuple(told), {**facts, "words": [both(m) for m in told]})


def _post(year: PlannedRotation, position_id: str) -> str:
    if not position_id:
        return "-"
    title = year.case.posts["title"].get(position_id, "")
    unit = year.case.jobs.get(position_id, ("", ""))[0]
    number = year.case.units.get(unit)
    return f"{title}, {year.names.unit(number)}" if number is not None else position_id
