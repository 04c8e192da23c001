"""Two plans side by side: goals, coverage, loads, and every visit or move that is not the same in both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from data.words import Message

if TYPE_CHECKING:
    from data.records import Move, Plan, PlannedVisit, RotationPlan

SAME, ONLY_A, ONLY_B = "same", "only_a", "only_b"
STATES = {
    SAME: Message("giống nhau"), ONLY_A: Message("chỉ có ở A"), ONLY_B: Message("chỉ có ở B"),
    "day": Message("khác ngày"), "team": Message("khác đoàn"), "day_team": Message("khác ngày và đoàn"),
    "dropped": Message("B không xếp được"), "placed": Message("A không xếp được"),
    "post": Message("khác vị trí"), "wave": Message("khác đợt"), "post_wave": Message("khác vị trí và đợt"),
}  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """One thing in both plans: its name, its value in each, in both languages where words differ."""

    name: str
    title: tuple[str, str]  # Vietnamese, English
    a: Any
    b: Any

    @property
    def same(self) -> bool:
        """Whether both plans have the same value."""
        return bool(self.a == self.b)


@dataclass(frozen=True)
class Changed:
    """One visit or move in both plans: how it differs, and what it is in each ("" where it is not)."""

    label: str
    about: str  # unit or person
    state: str  # one of STATES
    a: str
    b: str


@dataclass(frozen=True)
class Comparison:
    """Two plans side by side."""

    kind: str  # year or rotation
    titles: tuple[str, str]
    marks: tuple[Message, ...]  # what a reader must know first: scenarios, other data
    figures: tuple[Pair, ...]
    loads: tuple[Pair, ...]  # days of each inspector
    rows: tuple[Changed, ...]  # same ones last

    @property
    def counts(self) -> dict[str, int]:
        """How many rows are in each state."""
        seen = Counter(row.state for row in self.rows)
        return {state: seen[state] for state in STATES if seen[state]}

    @property
    def affected(self) -> tuple[str, ...]:
        """Units or people with a row that differs, in the order of the rows."""
        return tuple(dict.fromkeys(row.about for row in self.rows if row.state != SAME))

    def as_json(self) -> dict[str, Any]:
        """The comparison as plain JSON values."""

        def plain(pairs: Iterable[Pair]) -> list[dict[str, Any]]:
            return [
                {"name": p.name, "title": dict(zip(("vi", "en"), p.title, strict=True)),
                 "a": p.a, "b": p.b, "same": p.same}
                for p in pairs
            ]  # fmt: skip

        return {
            "format": "congvu-comparison/1", "kind": self.kind, "titles": list(self.titles),
            "marks": [{"vi": m.say("vi"), "en": m.say("en")} for m in self.marks],
            "figures": plain(self.figures), "loads": plain(self.loads), "counts": self.counts,
            "affected": list(self.affected), "rows": [vars(row) for row in self.rows],
        }  # fmt: skip


def compare_years(a: Plan, b: Plan, names: Mapping[str, str]) -> Comparison:
    """Two yearly plans, or scenarios, of the same city.

    Parameters
    ----------
    names : unit id -> name, inspector id -> name; ids that are not there are shown as they are
    """
    rows = [
        _visit(mine.get(key), theirs.get(key), names)
        for mine, theirs in [({v.visit_id: v for v in a.visits}, {v.visit_id: v for v in b.visits})]
        for key in sorted(mine.keys() | theirs.keys())
    ]
    loads = _loads(a.facts.get("load", {}), b.facts.get("load", {}), names)
    return _whole("year", a.facts, b.facts, loads, rows)


def compare_rotations(a: RotationPlan, b: RotationPlan, names: Mapping[str, str]) -> Comparison:
    """Two rotation plans of the same city; rows are people."""
    mine, theirs = ({m.staff_id: m for m in plan.moves} for plan in (a, b))
    rows = [
        _move(key, mine.get(key), theirs.get(key), names)
        for key in sorted(mine.keys() | theirs.keys())
    ]
    return _whole("rotation", a.facts, b.facts, (), rows)


def _whole(
    kind: str,
    a: Mapping[str, Any],
    b: Mapping[str, Any],
    loads: Sequence[Pair],
    rows: list[Changed],
) -> Comparison:
    rows.sort(key=lambda row: (row.state == SAME, list(STATES).index(row.state), row.label))
    return Comparison(
        kind, (str(a.get("title", "A")), str(b.get("title", "B"))), tuple(_marks(a, b)),
        tuple(_figures(a, b)), tuple(loads), tuple(rows),
    )  # fmt: skip


def _marks(a: Mapping[str, Any], b: Mapping[str, Any]) -> Iterable[Message]:
    for side, facts in (("A", a), ("B", b)):
        words = {"side": side, "name": (facts.get("scenario") or {}).get("name", "")}
        if facts.get("scenario"):
            yield Message("{side} là kịch bản thử «{name}», không phải kế hoạch.", words)
        elif facts.get("birth", {}).get("trial"):
            yield Message(
                "{side} là kế hoạch thử, có giá trị quy tắc không phải của văn bản.", words
            )
    if a.get("birth", {}).get("data") != b.get("birth", {}).get("data"):
        yield Message("Hai kế hoạch được lập từ hai bộ dữ liệu khác nhau.")


def _figures(a: Mapping[str, Any], b: Mapping[str, Any]) -> Iterable[Pair]:
    """Goals with their bounds, then counts and coverage, as far as both plans tell of them."""
    goals = [{g["name"]: g for g in facts.get("goals", ())} for facts in (a, b)]
    for name in dict.fromkeys([*goals[0], *goals[1]]):
        mine, theirs = goals[0].get(name, {}), goals[1].get(name, {})
        told = mine or theirs
        title = (str(told.get("title_vi", name)), str(told.get("title_en", name)))
        yield Pair(name, title, mine.get("value"), theirs.get("value"))
        bound = Message("cận đã chứng minh")
        yield Pair(
            f"{name}.bound",
            (bound.say("vi"), bound.say("en")),
            mine.get("bound"),
            theirs.get("bound"),
        )
    for part, shown in FIGURES.items():
        for name, message in shown.items():
            values = [facts.get(part, {}).get(name) for facts in (a, b)]
            if values != [None, None]:
                yield Pair(f"{part}.{name}", (message.say("vi"), message.say("en")), *values)


FIGURES = {
    "coverage": {
        "covered": Message("đơn vị được kiểm tra"), "share": Message("tỷ lệ đơn vị được kiểm tra"),
    },
    "counts": {
        "scheduled": Message("cuộc kiểm tra"), "dropped": Message("cuộc không xếp được"),
        "surprise_team_days": Message("ngày đoàn dự phòng đột xuất"),
        "moves": Message("lượt chuyển"), "unplaced": Message("người chưa xếp được"),
    },
}  # fmt: skip


def _loads(a: Mapping[str, Any], b: Mapping[str, Any], names: Mapping[str, str]) -> list[Pair]:
    return [
        Pair(who, (names.get(who, who),) * 2, a.get(who, {}).get("days"), b.get(who, {}).get("days"))
        for who in dict.fromkeys([*a, *b])
    ]  # fmt: skip


def _visit(a: PlannedVisit | None, b: PlannedVisit | None, names: Mapping[str, str]) -> Changed:
    one = a or b
    assert one is not None
    said = ["" if v is None else _visit_words(v, names) for v in (a, b)]
    return Changed(one.visit_id, names.get(one.unit_id, one.unit_id), _visit_state(a, b), *said)


def _visit_state(a: PlannedVisit | None, b: PlannedVisit | None) -> str:
    if a is None or b is None:
        return ONLY_B if a is None else ONLY_A
    if a.status != b.status:
        return "placed" if b.status == "scheduled" else "dropped"
    day = (a.start, a.end) != (b.start, b.end)
    team = (a.lead, set(a.members)) != (b.lead, set(b.members))
    return {(0, 0): SAME, (1, 0): "day", (0, 1): "team"}.get((int(day), int(team)), "day_team")


def _visit_words(visit: PlannedVisit, names: Mapping[str, str]) -> str:
    if visit.status != "scheduled" or visit.start is None:
        return "×"
    team = ", ".join(names.get(w, w) for w in (visit.lead, *visit.members))
    return f"{visit.start:%d/%m/%Y} · {team}"


def _move(key: str, a: Move | None, b: Move | None, names: Mapping[str, str]) -> Changed:
    said = [
        "" if m is None else f"{names.get(m.to_position, m.to_position)} · {m.wave:02}"
        for m in (a, b)
    ]
    if a is None or b is None:
        state = ONLY_B if a is None else ONLY_A
    else:
        post, wave = a.to_position != b.to_position, a.wave != b.wave
        state = {(0, 0): SAME, (1, 0): "post", (0, 1): "wave"}.get(
            (int(post), int(wave)), "post_wave"
        )
    return Changed(key, names.get(key, key), state, *said)
