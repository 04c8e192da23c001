"""The city as points: where each unit is, how risky it is, which visits it gets."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import cos, pi, sin, sqrt
from typing import TYPE_CHECKING

from data.exports.labels import KINDS
from data.exports.map_frame import INSET, INSET_KM, WIDTH, Frame, densest, spread
from data.records import Plan, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping

CROWDED = 25  # points from which the centre is drawn larger
ROOMY = 220  # points that stand free at full size
MOST_LABELS = 30
NUDGES = (0, -13, 13, -26, 26)


@dataclass(frozen=True)
class Point:
    """A unit in the drawing's own measure; `slices` are (path, kind) where it has several kinds."""

    unit: Unit
    x: float
    y: float
    radius: float
    kinds: tuple[str, ...]
    slices: tuple[tuple[str, str], ...]
    risk: float
    title: str


@dataclass(frozen=True)
class Label:
    """The name of a cluster at the middle of its units."""

    text: str
    x: float
    y: float


@dataclass(frozen=True)
class Inset:
    """The centre drawn larger: its square in the map, the square it comes from, its points."""

    x: float
    y: float
    side: float
    from_x: float
    from_y: float
    from_side: float
    points: tuple[Point, ...]

    def covers(self, x: float, y: float) -> bool:
        """Whether a place of the map is inside or close to the square that is drawn larger."""
        reach = 0.6 * self.from_side
        middle = (self.from_x + self.from_side / 2, self.from_y + self.from_side / 2)
        return abs(x - middle[0]) < reach and abs(y - middle[1]) < reach


@dataclass(frozen=True)
class CityMap:
    """Points with the frame they stand in; `ten_km` is the length of ten kilometres."""

    points: tuple[Point, ...]
    land: tuple[tuple[float, float], ...]
    labels: tuple[Label, ...]
    inset: Inset | None
    width: float
    height: float
    ten_km: float
    unplaced: tuple[Unit, ...]  # units without coordinates


def city_map(plan: Plan, units: Mapping[str, Unit]) -> CityMap | None:
    """The map of a plan's units; None when no unit has coordinates."""
    shown = [u for u in units.values() if _shown(u, plan)]
    placed = [u for u in shown if u.lat is not None and u.lon is not None]
    if not placed:
        return None
    kinds = _kinds_by_unit(plan)
    risk = {unit_id: float(r.get("score", 0)) for unit_id, r in plan.facts.get("risk", {}).items()}
    frame = Frame.around(placed)
    points = _points(placed, frame, risk, kinds)
    inset, height = _inset(placed, frame, points, risk, kinds)
    return CityMap(
        points=points,
        land=tuple(sorted({frame.project(u) for u in placed})),
        labels=_labels(placed, frame, inset, points),
        inset=inset,
        width=WIDTH,
        height=height,
        ten_km=10 * frame.scale,
        unplaced=tuple(u for u in shown if u.lat is None or u.lon is None),
    )


def _shown(unit: Unit, plan: Plan) -> bool:
    return unit.in_scope or any(v.unit_id == unit.unit_id for v in plan.visits)


def _kinds_by_unit(plan: Plan) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for visit in plan.visits:
        if visit.status == "scheduled" and visit.kind in KINDS:
            found[visit.unit_id][visit.kind] = None
    return {unit_id: tuple(k for k in KINDS if k in kinds) for unit_id, kinds in found.items()}


def _points(
    units: list[Unit],
    frame: Frame,
    risk: Mapping[str, float],
    kinds: Mapping[str, tuple[str, ...]],
) -> tuple[Point, ...]:
    shrink = min(1.0, sqrt(ROOMY / len(units)))
    radius = {u.unit_id: round(shrink * _radius(risk.get(u.unit_id, 0.0)), 1) for u in units}
    spots = spread({u.unit_id: frame.project(u) for u in units}, radius)
    points = [
        _point(
            u,
            spots[u.unit_id],
            radius[u.unit_id],
            risk.get(u.unit_id, 0.0),
            kinds.get(u.unit_id, ()),
        )
        for u in units
    ]
    return tuple(sorted(points, key=lambda p: (bool(p.kinds), -p.radius, p.unit.unit_id)))


def _inset(
    units: list[Unit],
    frame: Frame,
    points: tuple[Point, ...],
    risk: Mapping[str, float],
    kinds: Mapping[str, tuple[str, ...]],
) -> tuple[Inset | None, float]:
    """The enlarged centre, in a corner without points or else below, and the map's height."""
    here = densest(units, frame)
    if len(here) < CROWDED or frame.scale * 1.6 > INSET / INSET_KM:
        return None, frame.height
    lat, lon = (_middle([getattr(u, axis) for u in here]) for axis in ("lat", "lon"))
    x, y = _free_corner(points, frame.height) or (12.0, frame.height + 28)
    near = _points(here, frame.closer(lat, lon, x, y), risk, kinds)
    side = INSET_KM * frame.scale
    middle = frame.project(Unit("", "", "", lat=lat, lon=lon))
    inset = Inset(x, y, INSET, middle[0] - side / 2, middle[1] - side / 2, side, near)
    return inset, max(frame.height, y + INSET + 12)


def _middle(values: list[float]) -> float:
    return (min(values) + max(values)) / 2


def _free_corner(points: tuple[Point, ...], height: float) -> tuple[float, float] | None:
    far = INSET + 14
    for x in (12.0, WIDTH - INSET - 12):
        for y in (height - INSET - 12, 28.0):
            if not any(x - 14 < p.x < x + far and y - 26 < p.y < y + far for p in points):
                return x, y
    return None


def _labels(
    units: list[Unit], frame: Frame, inset: Inset | None, points: tuple[Point, ...]
) -> tuple[Label, ...]:
    """Names of clusters of three units and more, each where it covers least."""
    members: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for unit in units:
        if unit.cluster:
            members[unit.cluster].append(frame.project(unit))
    labels: list[Label] = []
    for name, spots in sorted(members.items()):
        x, y = (sum(spot[k] for spot in spots) / len(spots) for k in (0, 1))
        if len(spots) >= 3 and not (inset and inset.covers(x, y)):
            nearby = [
                Label(name, round(x + dx, 1), round(y + dy, 1)) for dy in NUDGES for dx in NUDGES
            ]
            labels.append(
                min(
                    nearby,
                    key=lambda at: (_covered(at, points, labels), abs(at.x - x) + abs(at.y - y)),
                )
            )
    return tuple(labels) if len(labels) <= MOST_LABELS else ()


def _covered(label: Label, points: tuple[Point, ...], others: list[Label]) -> int:
    """How many points and names a name would lie on; the frame's edge counts too."""
    half = 3.4 * len(label.text)
    on = sum(
        abs(p.x - label.x) < half + p.radius and abs(p.y - label.y + 4) < 7 + p.radius
        for p in points
    )
    on += sum(
        abs(o.x - label.x) < half + 3.4 * len(o.text) and abs(o.y - label.y) < 14 for o in others
    )
    return on + 3 * (not half < label.x < WIDTH - half)


def _radius(score: float) -> float:
    """Area grows with risk: from 4 at no risk to 13 at 100."""
    return sqrt(16 + 1.53 * min(100.0, max(0.0, score)))


def _point(
    unit: Unit, spot: tuple[float, float], radius: float, score: float, kinds: tuple[str, ...]
) -> Point:
    letters = " ".join(KINDS[k].letter for k in kinds) or "–"
    slices = (
        tuple((_slice(spot, radius, n, len(kinds)), kind) for n, kind in enumerate(kinds))
        if len(kinds) > 1
        else ()
    )
    return Point(
        unit, *spot, radius, kinds, slices, score, f"{unit.name} · {letters} · {score:.0f}/100"
    )


def _slice(spot: tuple[float, float], radius: float, n: int, parts: int) -> str:
    (x, y), turns = spot, [2 * pi * (k / parts) - pi / 2 for k in (n, n + 1)]
    (x0, y0), (x1, y1) = ((x + radius * cos(t), y + radius * sin(t)) for t in turns)
    return f"M{x} {y}L{x0:.1f} {y0:.1f}A{radius} {radius} 0 {int(parts < 2)} 1 {x1:.1f} {y1:.1f}Z"
