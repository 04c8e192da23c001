"""How well each body works, which nobody sees, and the indicators that give it away."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.sample.crew import Crew
    from data.sample.shape import Shape

SHARES = {  # name -> middle, what one step of quality is worth, noise, least
    "pct_on_time": (96.5, 2.4, 1.0, 62.0), "pct_online_full": (76.0, 7.0, 4.0, 25.0),
    "pct_online": (47.0, 11.0, 6.0, 5.0), "pct_electronic": (96.0, 3.5, 1.5, 60.0),
    "sipas": (87.0, 3.6, 1.6, 60.0), "par_index": (88.5, 3.8, 1.5, 60.0),
}  # fmt: skip
COUNTS = {  # name -> logarithm of the middle, what one step of quality takes off it
    "n_complaints": (1.7, 0.45), "n_denunciations": (-0.3, 0.5), "n_pakn_overdue": (1.3, 0.55),
    "n_discipline_cases": (-1.2, 0.5),
}  # fmt: skip
AT_A_POINT = ("pct_on_time", "pct_online_full", "sipas", "n_pakn_overdue")
MISSING = 0.03


def hidden_quality(shape: Shape, units: pd.DataFrame, crew: Crew) -> NDArray[np.float64]:
    """Quality of each unit, standard normal; a point is close to its commune.

    The house of a tiny office is sound, because nobody of it may inspect it.
    """
    rng = shape.rng("quality")
    quality = rng.normal(0, 1, len(units))
    commune = np.flatnonzero(units["trade"] == "commune")
    points = np.flatnonzero(units["trade"] == "point")
    quality[points] = 0.7 * quality[commune] + 0.7 * quality[points]
    quality[crew.closed_houses(shape)] = 3.0
    return quality


def indicators_table(
    shape: Shape, units: pd.DataFrame, quality: NDArray[np.float64]
) -> pd.DataFrame:
    """The table `indicators`: the year before last and three quarters of the last one."""
    rng = shape.rng("indicators")
    unit_ids = units["unit_id"].to_numpy(dtype=object)
    point = (units["trade"] == "point").to_numpy()
    parts = []
    for as_of in (date(shape.year - 2, 12, 31), date(shape.year - 1, 9, 30)):
        drift = quality + rng.normal(0, 0.35, len(units))
        for name, text in _values(rng, drift).items():
            told = rng.random(len(units)) >= MISSING
            if name not in AT_A_POINT:
                told &= ~point
            parts.append(pd.DataFrame({
                "unit_id": unit_ids[told], "as_of": str(as_of), "name": name, "value": text[told],
            }))  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def _values(
    rng: np.random.Generator, quality: NDArray[np.float64]
) -> dict[str, NDArray[np.object_]]:
    n = len(quality)
    found = {}
    for name, (middle, step, noise, least) in SHARES.items():
        value = (middle + step * quality + rng.normal(0, noise, n)).clip(least, 100)
        found[name] = np.array([f"{v:.1f}" for v in value], dtype=object)
    for name, (middle, step) in COUNTS.items():
        count = rng.poisson(np.exp(middle - step * quality))
        found[name] = count.astype(str).astype(object)
    found["head_changed_recently"] = (rng.random(n) < 0.12).astype(int).astype(str).astype(object)
    return found
