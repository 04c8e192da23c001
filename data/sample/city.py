"""The sample city: `python -m data.sample.city` writes it anew into data/city.

It is an output of the generator with its own seed, kept in the project so that everybody plans the
same city; a test holds the two together.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from data.sample.tables import sample_tables
from data.sample.write import write_dataset

if TYPE_CHECKING:
    import pandas as pd

FOLDER = Path(__file__).parents[1] / "city"
SEED, YEAR = 2027, 2027


def city_tables(year: int = YEAR) -> dict[str, pd.DataFrame]:
    """Give the city to plan a year: 143 bodies, 126 service points, 50 inspectors, 3,000 staff."""
    return sample_tables(units=143, inspectors=50, staff=3_000, seed=SEED, year=year)


if __name__ == "__main__":
    write_dataset(city_tables(), FOLDER)
