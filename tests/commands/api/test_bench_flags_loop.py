"""The row loop of the benchmark gives the answers of the table, so that the two can be compared."""

from datetime import date
from importlib.resources import files
from pathlib import Path

import pandas as pd

from api.benches.flags_loop import flags_by_loop
from data.catalogue import read_catalogue
from data.rulefiles import read_rules
from data.tables import read_dataset
from scheduler.flags import flag_table
from scheduler.rulebook import in_force

ON = date(2027, 1, 1)


def test_the_loop_and_the_table_agree_on_the_sample_city():
    tables = read_dataset(Path(str(files("data") / "city"))).tables
    catalogue, rulebook = read_catalogue(ON), in_force(read_rules(), ON)
    frame = flag_table(tables, catalogue, rulebook, ON).frame
    some = set(tables["staff"]["staff_id"][:600])
    expected = [
        (row.staff_id, row.reading, row.status, *map(day, (row.earliest_date, row.latest_date)))
        for row in frame.itertuples()
        if row.staff_id in some
    ]
    assert flags_by_loop(tables, catalogue, rulebook, ON, 600) == expected


def day(stamp):
    return None if pd.isna(stamp) else stamp.date()
