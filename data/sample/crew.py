"""The inspectors: where they work and live, what they can do, when away, what bars them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data.sample.shape import TEAM, Ints, Objects, decimals, ids

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.sample.shape import Shape

SKILLS = {"tthc": 0.5, "cong_vu": 0.5, "chuyen_doi_so": 0.35, "tai_chinh": 0.3, "secretary": 0.5}
LEADERS = 0.34
_ABSENCES = (  # reason, chance in a quarter, fewest and most calendar days
    ("Nghỉ phép năm", 0.42, 2, 11),
    ("Đi học bồi dưỡng", 0.12, 4, 19),
    ("Nghỉ ốm", 0.08, 1, 8),
    ("Biệt phái, công tác dài ngày", 0.02, 25, 60),
)
_REASONS = (
    "Có người thân công tác tại đơn vị", "Có quan hệ kinh tế với lãnh đạo đơn vị",
    "Đã tham gia tư vấn hồ sơ của đơn vị", "Nơi cư trú của gia đình, đang có đơn kiến nghị",
)  # fmt: skip


@dataclass(frozen=True)
class Crew:
    """Inspectors as arrays; the k-th is also the k-th person of the staff."""

    home: Ints  # row of the home unit
    leads: NDArray[np.bool_]
    skills: NDArray[np.bool_]  # shape (n, len(SKILLS))
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]

    @property
    def roles(self) -> list[str]:
        """What post each holds: the first leaders of a large crew are deputy directors."""
        deputies = set(np.flatnonzero(self.leads)[: len(self.leads) // 20].tolist())
        return [
            "inspector_deputy" if k in deputies else "inspector_lead" if lead else "inspector"
            for k, lead in enumerate(self.leads.tolist())
        ]

    def closed_houses(self, shape: Shape) -> Ints:
        """Rows of the units that nobody of a tiny crew may inspect: the crew's own."""
        return np.unique(self.home) if not shape.remembers_teams else self.home[:0]

    def ids(self) -> Objects:
        """Inspector ids in order."""
        return ids("TV", len(self.home))


def make_crew(shape: Shape, units: pd.DataFrame) -> Crew:
    """Inspectors out of the departments, many of them from the department of home affairs."""
    rng = shape.rng("crew")
    n = shape.inspectors
    leads = _some(rng, n, LEADERS)
    home = _homes(shape, rng, units, leads)
    skills = np.column_stack([_some(rng, n, share) for share in SKILLS.values()])
    skills[:, -1] = _secretaries(rng, leads)
    bare = ~skills[:, :-1].any(axis=1)
    skills[bare, rng.integers(0, len(SKILLS) - 1, n)[bare]] = True
    lat, lon = _houses(rng, units, home)
    return Crew(home, leads, skills, lat, lon)


def inspectors_table(
    shape: Shape, units: pd.DataFrame, crew: Crew, staff: pd.DataFrame
) -> pd.DataFrame:
    """The table `inspectors` as text; names and staff ids are those of the staff."""
    rng = shape.rng("inspectors")
    n = len(crew.home)
    fewer = rng.random(n) < (0.2 if n >= 16 and shape.month_days > 4 else 0.0)
    names = np.array(list(SKILLS), dtype=object)
    return pd.DataFrame({
        "inspector_id": crew.ids(),
        "name": staff["name"].to_numpy(dtype=object)[:n],
        "home_unit_id": units["unit_id"].to_numpy(dtype=object)[crew.home],
        "skills": [";".join(names[row]) for row in crew.skills],
        "can_lead": np.where(crew.leads, "true", "false"),
        "lat": decimals(crew.lat), "lon": decimals(crew.lon),
        "max_days_per_month": (shape.month_days - 2 * fewer).astype(str),
        "staff_id": staff["staff_id"].to_numpy(dtype=object)[:n],
    })  # fmt: skip


def absences_table(shape: Shape, crew: Crew) -> pd.DataFrame:
    """The table `absences` of the year to be planned: at most one stretch a quarter for each.

    A tiny crew cannot spare anybody for long, or no second team could go out that week.
    """
    rng = shape.rng("absences")
    rows = []
    longest = 99 if shape.remembers_teams else 5 if shape.inspectors >= 2 * TEAM else 1
    for who in crew.ids():
        for quarter in range(4):
            draw = rng.random()
            first = date(shape.year, 3 * quarter + 1, 1) + timedelta(days=int(rng.integers(2, 26)))
            for reason, chance, fewest, most in _ABSENCES:
                if draw < chance and fewest <= longest:
                    days = int(rng.integers(fewest, min(most, longest) + 1))
                    rows.append((who, str(first), str(first + timedelta(days=days - 1)), reason))
                    break
                draw -= chance
    return pd.DataFrame(rows, columns=["inspector_id", "start", "end", "reason"], dtype="str")


def conflicts_table(shape: Shape, units: pd.DataFrame, crew: Crew) -> pd.DataFrame:
    """The table `conflicts`: about a third of a crew that is large enough declares one or two."""
    rng = shape.rng("conflicts")
    rows = []
    for who in crew.ids() if shape.remembers_teams else ():
        for _ in range(int(rng.choice([0, 1, 2], p=[0.68, 0.24, 0.08]))):
            unit = units["unit_id"].iloc[int(rng.integers(0, shape.units))]
            until = date(shape.year, 12, 31) + timedelta(days=int(rng.integers(-180, 720)))
            rows.append((
                who, unit, _REASONS[int(rng.integers(0, len(_REASONS)))],
                str(until) if rng.random() < 0.5 else "",
            ))  # fmt: skip
    return pd.DataFrame(rows, columns=["inspector_id", "unit_id", "reason", "until"], dtype="str")


def _homes(
    shape: Shape, rng: np.random.Generator, units: pd.DataFrame, leads: NDArray[np.bool_]
) -> Ints:
    """Leaders from every department in turn, so that each body can be led against; others freely.

    A tiny crew sits in one house, so that it can form a team for every other one.
    """
    offices = units[~units["trade"].isin(["commune", "point"])]
    rows, home_affairs = offices.index.to_numpy(), (offices["trade"] == "SNV").to_numpy()
    if not shape.remembers_teams:
        return np.full(len(leads), rows[home_affairs][0])
    weight = np.where(home_affairs, min(5.0, 0.5 * (len(rows) - 1)), 1.0)
    home = rng.choice(rows, size=len(leads), p=weight / weight.sum())
    n_leads = int(leads.sum())
    home[leads] = np.resize(rng.permutation(rows), n_leads)
    return home


def _some(rng: np.random.Generator, n: int, share: float) -> NDArray[np.bool_]:
    """A share of n people, at least two of them."""
    chosen = np.zeros(n, dtype=bool)
    chosen[rng.permutation(n)[: max(2, round(share * n))]] = True
    return chosen


def _secretaries(rng: np.random.Generator, leads: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """About half of the leaders and half of the others, at least two of the others."""
    chosen = rng.random(len(leads)) < SKILLS["secretary"]
    others = np.flatnonzero(~leads)
    chosen[rng.permutation(others)[: max(2, len(others) // 2)]] = True
    return chosen


def _houses(
    rng: np.random.Generator, units: pd.DataFrame, home: Ints
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """A home in a ward or commune not too far from the office."""
    communes = units[units["trade"] == "commune"]
    lat, lon = communes["lat"].to_numpy(), communes["lon"].to_numpy()
    found = np.empty(len(home), dtype=np.int64)
    for k, office in enumerate(home):
        far = np.hypot(lat - units["lat"].iloc[office], lon - units["lon"].iloc[office])
        weight = np.exp(-np.minimum(far, 5.0) / 0.12)
        found[k] = rng.choice(len(communes), p=weight / weight.sum())
    jitter = rng.normal(0, 0.006, (2, len(home)))
    return lat[found] + jitter[0], lon[found] + jitter[1]
