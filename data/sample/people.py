"""People: when they were born and hired, and since when they do their present work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data.sample.names import full_names
from data.sample.sections import seats
from data.sample.shape import Ints, Objects, decimals, ids, iso, number

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.sample.crew import Crew
    from data.sample.posts import Posts
    from data.sample.shape import Shape

YEAR = 365.25
SERVED = 10.5  # months, a scale: about one in ten is due by the end of the year to be planned
# Days on which new decisions went out: mergers of departments, two-tier government, service points.
REORGANISED = {"office": date(2025, 3, 1), "commune": date(2025, 7, 1), "point": date(2026, 1, 1)}


@dataclass(frozen=True)
class People:
    """Staff as arrays, in the order of the posts that they hold; days since 1970."""

    birth: Ints
    female: NDArray[np.bool_]
    hired: Ints  # first day of the career
    since: Ints  # first day of the present work, whatever papers came later
    reorganised: Ints  # day of the unit's reorganisation

    def __len__(self) -> int:
        """Count the people."""
        return len(self.birth)


def make_people(shape: Shape, units: pd.DataFrame, posts: Posts, crew: Crew) -> People:
    """Ages, first jobs and the start of the present work of everybody who holds a post."""
    rng = shape.rng("people")
    n, today = posts.held, number(shape.today)
    rank = posts.of("rank_group")[:n]
    senior = np.isin(rank, ["director", "deputy_director", "commune_leader", "division_head"])
    age = np.where(senior, rng.normal(48, 6, n), rng.normal(40, 9, n)).clip(24, 60.5)
    birth = today - (age * YEAR).astype(np.int64)
    hired = birth + (rng.uniform(22, 27, n) * YEAR).astype(np.int64)
    hired = np.minimum(hired, today - rng.integers(60, 700, n))
    months = rng.gamma(2.6, SERVED, n).clip(1, 150)
    since = np.maximum(today - (months * 30.44).astype(np.int64), hired)
    _settle_crew(shape, rng, since, hired, crew)
    birth = np.minimum(birth, hired - int(22 * YEAR))
    trade = units["trade"].to_numpy(dtype=object)[posts.unit[:n]]
    day = {name: number(when) for name, when in REORGANISED.items()}
    reorganised = np.array([day.get(t, day["office"]) for t in trade], dtype=np.int64)
    return People(birth, rng.random(n) < 0.46, hired, since, reorganised)


def staff_table(
    shape: Shape, units: pd.DataFrame, posts: Posts, people: People, crew: Crew
) -> pd.DataFrame:
    """The table `staff` as text."""
    rng = shape.rng("staff")
    n, inspectors = len(people), len(crew.home)
    unit = posts.unit[:n]
    rank, trade = posts.of("rank_group")[:n], units["trade"].to_numpy(dtype=object)[unit]
    regime = np.where(
        rank == "commune_leader",
        "cadre",
        np.where(trade == "point", "public_employee", "civil_servant"),
    ).astype(object)
    spread = np.where(units["people"].to_numpy()[unit] > 0, 0.035, 0.07)
    lat = units["lat"].to_numpy()[unit] + rng.normal(0, 1, n) * spread
    lon = units["lon"].to_numpy()[unit] + rng.normal(0, 1, n) * spread
    lat[:inspectors], lon[:inspectors] = crew.lat, crew.lon
    return pd.DataFrame({
        "staff_id": ids("CB", n),
        "name": full_names(rng, people.female),
        "birth_date": iso(people.birth),
        "sex": np.where(people.female, "female", "male").astype(object),
        "regime": regime,
        "profession": posts.of("profession")[:n],
        "rank_group": rank,
        "home_unit_id": seats(units, posts)[:n],
        "lat": decimals(lat, 3), "lon": decimals(lon, 3),
    })  # fmt: skip


def former_posts(shape: Shape, posts: Posts, people: People) -> Ints:
    """For everybody a post of the same profession held before; -1 where there is none.

    Inspectors come from anywhere but the house in which many of them are now, so that they are not
    all barred from the same few bodies; those of a tiny crew have always been where they are.
    """
    rng = shape.rng("former")
    profession = posts.of("profession")
    names, group = np.unique(profession.astype(str), return_inverse=True)
    order = np.argsort(group, kind="stable")
    size = np.bincount(group, minlength=len(names))
    first = np.cumsum(size) - size
    mine = group[: len(people)]
    draw = (rng.random(len(people)) * size[mine]).astype(np.int64)
    own = np.arange(len(people))
    found = order[first[mine] + draw]
    found = np.where(found == own, order[first[mine] + (draw + 1) % size[mine]], found)
    found = np.where(found == own, -1, found)
    anywhere = np.flatnonzero(~np.isin(posts.of("trade"), ["SNV", ""]))
    crew = slice(0, shape.inspectors)
    found[crew] = -1
    if shape.remembers_teams and len(anywhere):
        found[crew] = rng.choice(anywhere, shape.inspectors)
    return found


def signatures(rng: np.random.Generator, n: int) -> Objects:
    """Numbers of decisions, out of a pool."""
    pool = np.array(
        [f"{i}/QĐ-{body}" for body in ("SNV", "UBND", "TCCB") for i in range(11, 1_500)],
        dtype=object,
    )
    return pool[rng.integers(0, len(pool), n)]


def _settle_crew(
    shape: Shape, rng: np.random.Generator, since: Ints, hired: Ints, crew: Crew
) -> None:
    """Inspectors' present work began so that most leaders stay in post through the year."""
    n = len(crew.home)
    start = number(shape.year_start)
    months = rng.integers(3, 33, n)
    due = ~crew.leads & (rng.random(n) < 0.12)
    leaders = np.flatnonzero(crew.leads)
    due[leaders[: int(0.12 * len(leaders))]] = True
    months = np.where(due, rng.integers(50, 66, n), months)
    since[:n] = start - (months * 30.44).astype(np.int64)
    hired[:n] = np.minimum(hired[:n], since[:n] - rng.integers(1_100, 4_000, n))
