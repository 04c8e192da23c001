"""The officials of a day as a list to search: one entry a person, by days left, name or unit."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from data.collation import person_key, vietnamese_key
from data.columns import unaccented
from scheduler.careers import GOES, MAY_GO, MAY_STOP
from scheduler.flags import OVERLAYS, STATUSES

if TYPE_CHECKING:
    import pandas as pd

    from scheduler.flags import Flags

STANDINGS = (*STATUSES, *OVERLAYS[1:])  # an overlay, where there is one, is where somebody stands
OUTSIDE = "not_subject"
LAST = 2**31  # sorts after every number of days


@dataclass(frozen=True, slots=True)
class Official:
    """One person: where, and how it stands by the first reading, which has the earlier deadline."""

    staff_id: str
    name: str
    unit_id: str
    unit_name: str
    body_id: str  # the unit above the section
    position_id: str
    title: str
    category: str
    standing: str
    days_left: int | None
    rows: tuple[int, ...]  # of the flags, one for each reading


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A posting of which the papers do not say whether it continued the one before."""

    staff_id: str
    name: str
    start: Any  # a date
    position_id: str
    unit_id: str
    from_position_id: str
    from_unit_id: str
    document_no: str
    alike: int  # people whom one answer for this day, unit and former unit would settle


@dataclass(frozen=True)
class Officials:
    """Everybody in the table of staff, beside the flags that say so."""

    flags: Flags
    people: tuple[Official, ...]

    @cached_property
    def by_id(self) -> dict[str, Official]:
        """Staff id -> official."""
        return {who.staff_id: who for who in self.people}

    @cached_property
    def haystacks(self) -> list[str]:
        """What a search looks through, person by person, without accents."""
        return [
            unaccented(f"{who.name} {who.staff_id} {who.unit_name} {who.unit_id}")
            for who in self.people
        ]

    @cached_property
    def orders(self) -> dict[str, list[int]]:
        """Way of sorting -> places of the people; with a minus the other way round, no date always last."""
        name = [(*person_key(who.name), who.staff_id) for who in self.people]
        left = [LAST if who.days_left is None else who.days_left for who in self.people]
        unit = [vietnamese_key(who.unit_name) for who in self.people]
        places = range(len(self.people))
        by_name = sorted(places, key=lambda n: name[n])
        by_unit = sorted(places, key=lambda n: (unit[n], name[n]))
        return {
            "days_left": sorted(places, key=lambda n: (left[n], name[n])),
            "-days_left": sorted(places, key=lambda n: (left[n] == LAST, -left[n], name[n])),
            "name": by_name, "-name": by_name[::-1], "unit": by_unit, "-unit": by_unit[::-1],
        }  # fmt: skip

    @cached_property
    def bodies(self) -> list[tuple[str, str]]:
        """Id and name of every unit to search by, sections under their body, in Vietnamese order."""
        table = self.flags.tables["units"]
        names = dict(zip(table["unit_id"], table["name"], strict=True))
        found = {who.body_id or who.unit_id for who in self.people} - {""}
        told = [(unit, names.get(unit, unit)) for unit in found]
        return sorted(told, key=lambda pair: (vietnamese_key(pair[1]), pair[0]))

    @cached_property
    def questions(self) -> list[OpenQuestion]:
        """Every posting that leaves a clock in two readings, by day, unit and former unit."""
        return open_questions(self)

    def found(
        self, q: str = "", unit: str = "", standings: Collection[str] = (), sort: str = "days_left",
        *, unclear: bool = False,
    ) -> tuple[list[Official], dict[str, int]]:  # fmt: skip
        """The people sought, in order, and how many of them stand where.

        The counts ignore `standings`; whoever is not subject is only shown when asked for.
        """
        words = unaccented(q).split()
        counts = dict.fromkeys(STANDINGS, 0)
        wanted = set(standings) or {*STANDINGS} - {OUTSIDE}
        chosen = []
        for place in self.orders[sort]:
            who, text = self.people[place], self.haystacks[place]
            if unit and unit not in (who.unit_id, who.body_id):
                continue
            if unclear and len(who.rows) < 2:
                continue
            if all(word in text for word in words):
                counts[who.standing] += 1
                if who.standing in wanted:
                    chosen.append(who)
        return chosen, counts


def officials_of(flags: Flags) -> Officials:
    """The people of a day's flags."""
    frame, tables = flags.frame, flags.tables
    units = _by(tables["units"], "unit_id", "name", "parent_id", "kind")
    titles = _by(tables["positions"], "position_id", "title")
    names = tables["staff"]["name"].array.take(flags.steps.person)
    people: list[Official] = []
    columns = (
        frame["staff_id"], names, frame["unit_id"], frame["position_id"], frame["category"],
        frame["status"], frame["overlay"], frame["days_left"],
    )  # fmt: skip
    plain = (list(column.tolist()) for column in columns)
    for row, cells in enumerate(zip(*plain, strict=True)):
        who, name, unit, post, category, status, overlay, left = cells
        if people and people[-1].staff_id == who:
            people[-1] = replace(people[-1], rows=(*people[-1].rows, row))
            continue
        called, parent, kind = units.get(unit, ("", "", ""))
        people.append(
            Official(
                who, name, unit, called, parent if kind == "section" else "", post,
                titles.get(post, ("",))[0], category, overlay or status,
                int(left) if isinstance(left, int) else None, (row,),
            )
        )  # fmt: skip
    return Officials(flags, tuple(people))


def open_questions(officials: Officials) -> list[OpenQuestion]:
    """Every posting that leaves a clock in two readings, by day, unit and former unit."""
    flags = officials.flags
    careers, postings = flags.careers, flags.tables["postings"]
    posts = _by(flags.tables["positions"], "position_id", "unit_id")
    found: list[tuple[Official, int, int]] = []
    for who in officials.people:
        if len(who.rows) > 1:
            person = int(flags.steps.person[who.rows[0]])
            found += [(who, *link) for link in _unanswered(flags, int(careers.now[person]))]
    places = [careers.place[row] for _, row, _ in found]
    former = [careers.place[before] if before >= 0 else -1 for _, _, before in found]
    day = postings["start"].to_numpy("datetime64[D]")
    post, paper = (postings[c].to_numpy(object) for c in ("position_id", "document_no"))
    keys = []
    for place, before in zip(places, former, strict=True):
        then = post[before] if before >= 0 else ""
        unit, from_unit = (posts.get(each, ("",))[0] for each in (post[place], then))
        keys.append((day[place].item(), unit, from_unit, post[place], then, paper[place]))
    alike: dict[tuple[Any, ...], set[str]] = {}
    for (who, *_), key in zip(found, keys, strict=True):
        alike.setdefault(key[:3], set()).add(who.staff_id)
    rows = [
        OpenQuestion(
            who.staff_id, who.name, start, new, unit, then, from_unit, number,
            len(alike[start, unit, from_unit]),
        )
        for (who, *_), (start, unit, from_unit, new, then, number) in zip(found, keys, strict=True)
    ]  # fmt: skip
    return sorted(rows, key=lambda r: (r.start, r.unit_id, r.from_unit_id, person_key(r.name)))


def _unanswered(flags: Flags, row: int) -> Iterator[tuple[int, int]]:
    """The rows of a chain that may or may not go on, each with the row before."""
    careers = flags.careers
    while row >= 0:
        hangs, before = careers.hangs[row], int(careers.before[row])
        if hangs in (MAY_GO, MAY_STOP):
            yield row, before
        if hangs not in (GOES, MAY_GO) or before < 0:
            return
        if careers.end[before] < careers.start[before]:
            return
        row = before


def _by(table: pd.DataFrame, key: str, *columns: str) -> dict[str, tuple[Any, ...]]:
    """Key -> the cells of these columns."""
    cells = zip(*(table[name].tolist() for name in columns), strict=True)
    return dict(zip(table[key].tolist(), cells, strict=True))
