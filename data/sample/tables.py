"""All tables of a made-up dataset, as the text that the files will hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from data.sample.crew import Crew, absences_table, conflicts_table, inspectors_table, make_crew
from data.sample.findings import Book, findings_table, renamed
from data.sample.history import (
    FOLLOWED,
    History,
    follow_ups,
    in_order,
    visits_of_year,
    visits_table,
)
from data.sample.papers import (
    deferrals_table,
    measures_table,
    relatives_table,
    successions_table,
    wishes_table,
)
from data.sample.people import make_people, staff_table
from data.sample.postings import postings_table
from data.sample.posts import Posts, make_posts, positions_table
from data.sample.program import (
    Window,
    blackouts_table,
    campaigns_table,
    duties_table,
    make_campaigns,
)
from data.sample.quality import hidden_quality, indicators_table
from data.sample.sections import sections_table
from data.sample.shape import TEAM, Shape
from data.sample.units import make_units, units_table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Tables = dict[str, pd.DataFrame]


def sample_tables(
    units: int = 143,
    inspectors: int = 50,
    staff: int = 3_000,
    seed: int = 1,
    year: int = 2027,
    month_days: int = 6,
) -> Tables:
    """A made-up dataset: table name -> rows as text, the same for the same arguments.

    Parameters
    ----------
    units : bodies in scope, 20 to 4,000; the first 143 are the real bodies of Hanoi, and every
        commune brings a service point besides
    inspectors : 4 to 1,000; each is also one of the staff
    staff : 100 to 2,000,000; never fewer than the inspectors
    seed : of every random stream
    year : the year to be planned; visits and findings are those of the two years before it
    month_days : days on which an inspector can be out in a month

    Raises
    ------
    ValueError
        When a size is out of its range; the message names all of them.
    """
    shape = Shape(units, inspectors, staff, seed, year, month_days)
    places = make_units(shape)
    crew = make_crew(shape, places)
    posts = make_posts(shape, places, crew)
    bodies = units_table(places)
    tables: Tables = {"units": pd.concat([bodies, sections_table(bodies, posts)])}
    tables |= _careers(shape, places, posts, crew)
    tables["inspectors"] = inspectors_table(shape, places, crew, tables["staff"])
    tables["absences"] = absences_table(shape, crew)
    tables["conflicts"] = conflicts_table(shape, places, crew)
    quality = hidden_quality(shape, places, crew)
    tables["indicators"] = indicators_table(shape, places, quality)
    barred = barred_rows(places, crew, tables)
    past, windows = _past(shape, places, crew, quality, barred)
    campaigns = make_campaigns(shape, places, quality, crew)
    return tables | past | {
        "campaigns": campaigns_table(shape, places, campaigns),
        "blackouts": blackouts_table(shape, places, campaigns, windows),
        "duties": duties_table(),
        "calendar": pd.DataFrame([], columns=["date", "kind", "name"], dtype="str"),
    }  # fmt: skip


def barred_rows(places: pd.DataFrame, crew: Crew, tables: Tables) -> dict[int, set[int]]:
    """Row of a unit -> inspectors who work there, worked there, or declared a conflict.

    Whoever served in a section served in the body above it.
    """
    units = tables["units"]
    sections = units[units["kind"] == "section"]
    above = dict(zip(sections["unit_id"], sections["parent_id"], strict=True))
    row_of = {name: n for n, name in enumerate(places["unit_id"])}
    number = {name: k for k, name in enumerate(tables["inspectors"]["inspector_id"])}
    badge = {name: k for k, name in enumerate(tables["inspectors"]["staff_id"])}
    barred: dict[int, set[int]] = {}
    for k, home in enumerate(crew.home.tolist()):
        barred.setdefault(home, set()).add(k)
    for who, unit in zip(
        tables["conflicts"]["inspector_id"], tables["conflicts"]["unit_id"], strict=True
    ):
        barred.setdefault(row_of[unit], set()).add(number[who])
    mine = tables["postings"][tables["postings"]["staff_id"].isin(badge)]
    unit_of = tables["positions"].set_index("position_id")["unit_id"]
    for who, unit in zip(mine["staff_id"], unit_of.loc[mine["position_id"]], strict=True):
        barred.setdefault(row_of[above.get(unit, unit)], set()).add(badge[who])
    return barred


def _careers(shape: Shape, places: pd.DataFrame, posts: Posts, crew: Crew) -> Tables:
    people = make_people(shape, places, posts, crew)
    staff = staff_table(shape, places, posts, people, crew)
    return {
        "positions": positions_table(shape, places, posts),
        "staff": staff,
        "postings": postings_table(shape, posts, people),
        "deferrals": deferrals_table(shape, people, staff),
        "relatives": relatives_table(shape, people, staff),
        "wishes": wishes_table(shape, places, people, staff),
        "measures": measures_table(shape, people, staff),
        "successions": successions_table(shape, places),
    }


def _past(
    shape: Shape,
    places: pd.DataFrame,
    crew: Crew,
    quality: NDArray[np.float64],
    barred: dict[int, set[int]],
) -> tuple[Tables, dict[str, Window]]:
    """Visits and findings of the last two years, and when the follow-ups still owed are wanted."""
    rng = shape.rng("history")
    people_days = shape.inspectors * shape.month_days * 9 / TEAM
    wanted = max(2, round(min(0.49 * shape.units, 0.2 * people_days)))
    history = History(shape, places, crew, barred)
    book = Book(shape, shape.open_visits)
    row = {name: n for n, name in enumerate(places["unit_id"])}
    for house in crew.closed_houses(shape).tolist():  # somebody else was there, so it is not due
        history.add(rng, house, "surprise", history.days_of(shape.year - 1)[-1])
    for year, open_chance in ((shape.year - 2, 0.14), (shape.year - 1, 0.62)):
        again = follow_ups(history, rng, book, year, round(FOLLOWED * wanted))
        for visit in again + visits_of_year(history, rng, year, quality, wanted - len(again)):
            book.write(rng, visit, -float(quality[row[visit.unit_id]]), open_chance)
    visits, new = in_order(history.visits)
    tables = {
        "visits": visits_table(visits),
        "findings": findings_table(renamed(book.findings, new)),
    }
    return tables, book.windows
