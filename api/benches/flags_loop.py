"""Rotation flags as people reckon them by hand today: a loop over people, over rows, over months.

Only for `congvu bench`: plain rows and dates, nothing of the program's own reckoning.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping

Row = dict[str, Any]
Told = tuple[str, str, str, date | None, date | None]


def flags_by_loop(
    tables: Mapping[str, pd.DataFrame],
    catalogue: Mapping[str, Any],
    rulebook: Any,
    on: date,
    most: int,
) -> list[Told]:
    """(staff id, reading, status, earliest date, latest date) of the first `most` people.

    In the order of the table of staff, the continuous reading before the restarted one.
    """
    staff = tables["staff"]["staff_id"].tolist()[:most]
    desks = {row["position_id"]: row for row in _rows(tables["positions"])}
    events: dict[date, list[Row]] = {}
    told = _rows(tables["successions"]) if "successions" in tables else []
    for row in sorted(told, key=lambda event: not event["continues"]):
        events.setdefault(row["date"], []).append(row)
    careers: dict[str, list[Row]] = {who: [] for who in staff}
    for row in _rows(tables["postings"]):
        if row["staff_id"] in careers:
            careers[row["staff_id"]].append(row)
    loop = _Loop(desks, events, catalogue, rulebook.value, on)
    return [found for who in staff for found in loop.person(who, sorted(careers[who], key=_ties))]


def _rows(frame: pd.DataFrame) -> list[Row]:
    """Rows one by one; an empty day or number is None."""
    found = []
    for _, row in frame.iterrows():
        plain = {}
        for name, value in row.items():
            empty = not isinstance(value, str) and pd.isna(value)
            day = value.date() if isinstance(value, pd.Timestamp) and not empty else value
            plain[str(name)] = None if empty else day
        found.append(plain)
    return found


def _ties(row: Row) -> tuple[int, bool, str, str]:
    """Of rows that tie by their days the first by this counts."""
    said = ("yes", "unknown", "", "no").index(row["continues_previous"])
    return said, row["is_probation"], row["position_id"], row["document_no"] or ""


def _later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class _Unknowable(Exception):
    """The papers do not tell."""


class _Loop:
    def __init__(
        self, desks: Mapping[str, Row], events: Mapping[date, list[Row]],
        catalogue: Mapping[str, Any], value: Any, on: date,
    ) -> None:  # fmt: skip
        self.desks, self.events, self.catalogue, self.on = desks, events, catalogue, on
        self.value = value
        self.ranks = value("rotation.city-ranks") if value("rotation.city-policy") else ()
        self.gap = timedelta(days=value("rotation.gap-days"))

    def person(self, who: str, rows: list[Row]) -> list[Told]:
        """One row, or two where the papers leave the work of before open."""
        try:
            now = self._now(rows)
        except _Unknowable:
            return [(who, "continuous", "missing_data", None, None)]
        desk = self.desks[now["position_id"]] if now else {}
        listed = self.catalogue.get(desk.get("category", ""))
        by_law = listed and not desk["is_lead"] and self.value("rotation.statute")
        by_city = bool(desk.get("faces_public")) and desk["rank_group"] in self.ranks
        if now is None or not (by_law or by_city):
            return [(who, "continuous", "not_subject", None, None)]
        told, asked = [], False
        for reading in ("continuous", "restarted"):
            if reading == "restarted" and not asked:
                break
            links, sound, met = self._chain(now, rows, reading == "continuous")
            asked = asked or met
            told.append((who, reading, *self._dates(desk, listed if by_law else None, by_city,
                                                    links if sound else None)))  # fmt: skip
        return told

    def _now(self, rows: list[Row]) -> Row | None:
        held = [
            r for r in rows
            if r["start"] and r["start"] <= self.on and (r["end"] is None or r["end"] >= self.on)
        ]  # fmt: skip
        if not held and any(not r["start"] or (r["end"] and r["end"] < r["start"]) for r in rows):
            raise _Unknowable
        held = sorted(reversed(held), key=lambda r: r["start"])
        if len({r["position_id"] for r in held}) > 1:
            raise _Unknowable
        if any(self._answer(r, self._before(r, rows)) != "yes" for r in held[1:]):
            raise _Unknowable
        return held[-1] if held else None

    def _before(self, row: Row, rows: list[Row]) -> Row | None:
        best, most = None, (date.min, date.min)
        for r in rows:
            if r["start"] and r["start"] < row["start"]:
                key = (r["end"] or date.max, r["start"])
                if key[0] >= row["start"] - self.gap and key > most:
                    best, most = r, key
        return best

    def _answer(self, row: Row, before: Row | None) -> str:
        said = str(row["continues_previous"])
        if said in ("yes", "no") or row["start"] not in self.events:
            return said
        new, old = row["position_id"], before["position_id"] if before else None
        places = {
            "position_id": new, "from_position_id": old, "unit_id": self.desks[new]["unit_id"],
            "from_unit_id": self.desks[old]["unit_id"] if old else None,
        }  # fmt: skip
        best, closest = said, [True] * 4
        for event in self.events[row["start"]]:
            blank = [not event[name] for name in places]
            fits = all(event[name] in ("", place) for name, place in places.items())
            if fits and not (blank[0] and blank[2]) and blank < closest:
                best, closest = "yes" if event["continues"] else "no", blank
        return best

    def _chain(self, now: Row, rows: list[Row], continuous: bool) -> tuple[list[Row], bool, bool]:
        """The rows of the chain, whether it can be known, and whether an unknown was met."""
        links, met = [now], False
        while True:
            before = self._before(links[0], rows)
            answer = self._answer(links[0], before)
            if answer == "unknown":
                met = True
                goes = continuous and before is not None
            elif answer == "":
                goes = before is not None and before["position_id"] == links[0]["position_id"]
            else:
                goes = answer == "yes"
            if not goes:
                return links, True, met
            if before is None or (before["end"] and before["end"] < before["start"]):
                return links, False, met
            links.insert(0, before)

    def _dates(
        self, desk: Row, listed: Any, by_city: bool, links: list[Row] | None
    ) -> tuple[str, date | None, date | None]:
        if links is None:
            return "missing_data", None, None
        served = [r["start"] for r in links]
        real = [r["start"] for r in links if not r["is_probation"]]
        found = []
        counted = real if listed and listed.excludes_probation else served
        if listed and counted:
            term = listed.term_max if desk["term_months"] is None else desk["term_months"]
            if not listed.term_min <= term <= listed.term_max:
                return "missing_data", None, None
            found.append((_later(counted[0], listed.term_min), _later(counted[0], term)))
        counted = real if self.value("rotation.city-probation") else served
        if by_city and counted:
            found.append((counted[0], _later(counted[0], self.value("rotation.limit"))))
        if not found:
            return "not_subject", None, None
        earliest, latest = min(found, key=lambda dates: dates[1])
        left = (latest - self.on).days
        for status, most in (("overdue", -1), ("due", self.value("rotation.due-days")),
                             ("due_soon", self.value("rotation.warn-days"))):  # fmt: skip
            if left <= most:
                return status, earliest, latest
        return ("may_move" if self.on >= earliest else "not_yet"), earliest, latest
