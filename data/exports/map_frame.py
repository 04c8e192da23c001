"""From degrees to a drawing: one scale for both directions, north up."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import cos, pi, radians, sin, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.records import Unit

WIDTH = 760.0
MARGIN = 36.0
INSET = 270.0  # side of the enlarged centre
INSET_KM = 12.0
TRIED = 300  # squares compared when the densest is looked for
KM_PER_DEGREE = 111.19


@dataclass(frozen=True)
class Frame:
    """Where the city's north-west corner is, and how large a kilometre is drawn."""

    west: float
    north: float
    squeeze: float  # kilometres in one degree of longitude
    scale: float  # drawing units in one kilometre
    height: float
    left: float = MARGIN
    top: float = MARGIN

    @classmethod
    def around(cls, units: list[Unit]) -> Frame:
        """The frame that just holds the units, which have coordinates."""
        lats, lons = [u.lat or 0.0 for u in units], [u.lon or 0.0 for u in units]
        squeeze = KM_PER_DEGREE * cos(radians((min(lats) + max(lats)) / 2))
        wide = max(1.0, (max(lons) - min(lons)) * squeeze)
        tall = max(1.0, (max(lats) - min(lats)) * KM_PER_DEGREE)
        scale = min((WIDTH - 2 * MARGIN) / wide, 1.3 * (WIDTH - 2 * MARGIN) / tall)
        west = min(lons) - ((WIDTH - 2 * MARGIN) / scale - wide) / 2 / squeeze
        return cls(west, max(lats), squeeze, scale, round(tall * scale + 2 * MARGIN, 1))

    def project(self, unit: Unit) -> tuple[float, float]:
        """Where a unit stands in the drawing."""
        x = ((unit.lon or 0.0) - self.west) * self.squeeze * self.scale
        y = (self.north - (unit.lat or 0.0)) * KM_PER_DEGREE * self.scale
        return round(x + self.left, 1), round(y + self.top, 1)

    def closer(self, lat: float, lon: float, left: float, top: float) -> Frame:
        """The same city around a point, as large as the inset, with its corner at (left, top)."""
        half = INSET_KM / 2
        west, north = lon - half / self.squeeze, lat + half / KM_PER_DEGREE
        return Frame(west, north, self.squeeze, INSET / INSET_KM, INSET, left, top)


def spread(
    spots: dict[str, tuple[float, float]], radius: Mapping[str, float]
) -> dict[str, tuple[float, float]]:
    """Units at one address stand around each other, like sunflower seeds, not on top."""
    places: dict[tuple[float, float], list[str]] = defaultdict(list)
    for unit_id, spot in spots.items():
        places[spot].append(unit_id)
    for (x, y), here in places.items():
        step = 1.15 * max(radius[unit_id] for unit_id in here)
        for n, unit_id in enumerate(sorted(here, key=lambda u: (-radius[u], u))):
            out, turn = step * sqrt(n), n * pi * (3 - sqrt(5))
            spots[unit_id] = (round(x + out * cos(turn), 1), round(y + out * sin(turn), 1))
    return spots


def densest(units: list[Unit], frame: Frame) -> list[Unit]:
    """The units of the fullest square of the inset's size that has a unit at its middle."""
    half = INSET_KM / 2 * frame.scale
    spots = [(u, frame.project(u)) for u in units]
    places = sorted({spot for _, spot in spots})
    squares = (
        [u for u, (x, y) in spots if abs(x - at[0]) < half and abs(y - at[1]) < half]
        for at in places[:: max(1, len(places) // TRIED)]
    )
    return max(squares, key=len)
