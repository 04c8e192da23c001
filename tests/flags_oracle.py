"""Rotation flags read person by person, straight from the paper: slow, plain, and its own judge.

Written from rotation.md, "The clock"; the numbers in brackets are its steps. It shares the catalogue
and the values of the rules with the program, nothing else.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pandas as pd

FOREVER = date.max
CAREFUL = ("yes", "unknown", "", "no")


def preferred(row):
    """Of rows that tie by their days the least one by this is meant."""
    said = CAREFUL.index(row["continues_previous"])
    return said, row["is_probation"], row["position_id"], row["document_no"]


def plus(day, months):
    count = day.year * 12 + (day.month - 1) + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def records(frame):
    """Rows as dicts; an empty date or number is None."""
    rows = []
    for plain in frame.to_dict("records"):
        row = {}
        for name, value in plain.items():
            if value is pd.NaT or value is pd.NA or (isinstance(value, float) and value != value):
                row[name] = None
            else:
                row[name] = value.date() if isinstance(value, pd.Timestamp) else value
        rows.append(row)
    return rows


class Missing(Exception):
    """This reading cannot be made: missing_data."""


class NotSubject(Exception):
    """No regime applies."""


class Oracle:
    def __init__(self, tables, catalogue, rulebook, on):
        self.on, self.catalogue, self.value = on, catalogue, rulebook.value
        self.positions = {p["position_id"]: p for p in records(tables["positions"])}
        self.units = {u["unit_id"]: u for u in records(tables["units"])}
        self.staff = records(tables["staff"])
        self.postings = records(tables["postings"])
        self.deferrals = records(tables["deferrals"])
        self.events = records(tables["successions"]) if "successions" in tables else []

    def rows(self):
        return [row for person in self.staff for row in self.person(person)]

    def person(self, person):
        mine = [p for p in self.postings if p["staff_id"] == person["staff_id"]]
        mine.sort(key=preferred)
        blank = {
            "staff_id": person["staff_id"], "unit_id": "", "position_id": "", "category": "",
            "regime": "", "clock_start": None, "months_served": None, "earliest_date": None,
            "latest_date": None, "status": "", "days_left": None, "overlay": "",
            "overlay_until": None, "ground": "", "reading": "continuous",
        }  # fmt: skip
        try:
            current = self.current(mine)
        except Missing:
            return [{**blank, "status": "missing_data"}]
        except NotSubject:
            return [{**blank, "status": "not_subject"}]
        desk = self.positions[current["position_id"]]
        placed = {
            **blank, "unit_id": desk["unit_id"], "position_id": desk["position_id"],
            "category": desk["category"],
        }  # fmt: skip
        if not self.regimes(desk):
            return [{**placed, "status": "not_subject"}]
        self.unknown_met = False
        first = {**placed, **self.reading(person, current, mine, desk, "continuous")}
        if not self.unknown_met:
            return [first]
        return [first, {**placed, **self.reading(person, current, mine, desk, "restarted")}]

    # [1] and [13]
    def current(self, mine):
        now = [
            p for p in mine
            if p["start"] and p["start"] <= self.on and (p["end"] is None or p["end"] >= self.on)
        ]  # fmt: skip
        if not now:
            if any(p["start"] is None or (p["end"] and p["end"] < p["start"]) for p in mine):
                raise Missing
            raise NotSubject
        latest = max(p["start"] for p in now)
        chosen = next(p for p in now if p["start"] == latest)
        if len(now) > 1:
            if len({p["position_id"] for p in now}) > 1:
                raise Missing
            # by start; of equal starts the preferred one counts as the later one
            in_order = sorted(reversed(now), key=lambda p: p["start"])
            if any(self.continues(p, mine) != "yes" for p in in_order[1:]):
                raise Missing
        return chosen

    # [2]
    def regimes(self, desk):
        found = []
        listed = self.catalogue.get(desk["category"])
        if self.value("rotation.statute") and listed and not desk["is_lead"]:
            found.append("R1")
        ranks = self.value("rotation.city-ranks")
        if (
            self.value("rotation.city-policy")
            and desk["faces_public"]
            and desk["rank_group"] in ranks
        ):
            found.append("R2")
        return found

    # [3]
    def predecessor(self, row, mine):
        near = row["start"] - timedelta(days=self.value("rotation.gap-days"))
        before = [
            p for p in mine
            if p["start"] and p["start"] < row["start"] and (p["end"] is None or p["end"] >= near)
        ]  # fmt: skip
        best = None
        for p in before:
            key = (p["end"] or FOREVER, p["start"])
            if best is None or key > (best["end"] or FOREVER, best["start"]):
                best = p
        return best

    def continues(self, row, mine):
        """What the row says, else what the succession table says."""
        said = row["continues_previous"]
        if said in ("yes", "no"):
            return said
        former = self.predecessor(row, mine)
        unit = self.positions[row["position_id"]]["unit_id"]
        old_post = former["position_id"] if former else None
        old_unit = self.positions[old_post]["unit_id"] if former else None
        speaking = []
        for event in self.events:
            asked = (
                (event["position_id"], row["position_id"]), (event["from_position_id"], old_post),
                (event["unit_id"], unit), (event["from_unit_id"], old_unit),
            )  # fmt: skip
            names_new = event["position_id"] or event["unit_id"]
            fits = all(named in ("", true) for named, true in asked)
            if event["date"] == row["start"] and names_new and fits:
                closeness = [not named for named, _ in asked]
                speaking.append((closeness, not event["continues"], event))
        if speaking:
            closest = min(speaking, key=lambda found: found[:2])
            return "no" if closest[1] else "yes"
        return said

    def chain(self, current, mine, reading):
        links, row = [current], current
        while True:
            said, former = self.continues(row, mine), self.predecessor(row, mine)
            if said == "unknown":
                self.unknown_met = self.unknown_met or reading == "continuous"
                goes = reading == "continuous" and former is not None
            elif said == "":
                goes = former is not None and former["position_id"] == row["position_id"]
            else:
                goes = said == "yes"
            if not goes:
                return links
            if former is None:
                raise Missing
            if former["end"] and former["end"] < former["start"]:
                raise Missing
            links.append(former)
            row = former

    @staticmethod
    def without_probation(links):
        links = sorted(links, key=lambda p: p["start"])
        while links and links[0]["is_probation"]:
            links = links[1:]
        return links

    # [3] to [5]
    def clock(self, current, mine, desk, reading):
        links = self.chain(current, mine, reading)
        dates = {}
        for regime in self.regimes(desk):
            listed = self.catalogue.get(desk["category"])
            city = self.value("rotation.city-probation")
            leaves = listed.excludes_probation if regime == "R1" else city
            counted = self.without_probation(links) if leaves else links
            if not counted:
                continue
            start = min(p["start"] for p in counted)
            if regime == "R1":
                low, high, own = listed.term_min, listed.term_max, desk["term_months"]
                if own is not None and not low <= own <= high:
                    raise Missing
                high = high if own is None else own
            else:
                low, high = 0, self.value("rotation.limit")
            dates[regime] = (start, plus(start, low), plus(start, high))
        if not dates:
            raise NotSubject
        best = min(dates, key=lambda regime: (dates[regime][2], regime))
        return "both" if len(dates) == 2 else best, *dates[best]

    def reading(self, person, current, mine, desk, reading):
        try:
            regime, start, earliest, latest = self.clock(current, mine, desk, reading)
        except Missing:
            return {"status": "missing_data", "reading": reading}
        except NotSubject:
            return {"status": "not_subject", "reading": reading}
        served = 0
        while plus(start, served + 1) <= self.on:
            served += 1
        return {
            "regime": regime, "clock_start": start, "months_served": served,
            "earliest_date": earliest, "latest_date": latest,
            "status": self.status(earliest, latest), "days_left": (latest - self.on).days,
            "reading": reading, **self.overlay(person, desk, latest),
        }  # fmt: skip

    # [7]
    def status(self, earliest, latest):
        left = (latest - self.on).days
        if self.on > latest:
            return "overdue"
        if left <= self.value("rotation.due-days"):
            return "due"
        if left <= self.value("rotation.warn-days"):
            return "due_soon"
        return "may_move" if self.on >= earliest else "not_yet"

    # [8] to [11]
    def overlay(self, person, desk, latest):
        until, ground = self.deferred(person["staff_id"])
        limit = plus(max(self.on, latest), self.value("rotation.exempt-months"))
        if self.retires(person) < limit:
            return {"overlay": "exempt"}
        if ground:
            return {
                "overlay": "deferred", "ground": ground,
                "overlay_until": None if until == FOREVER else until,
            }  # fmt: skip
        return {"overlay": "single_post" if self.single(desk) else ""}

    def deferred(self, staff_id):
        mine = [
            {**d, "end": d["end"] or FOREVER} for d in self.deferrals if d["staff_id"] == staff_id
        ]
        island = [d for d in mine if d["start"] <= self.on <= d["end"]]
        if not island:
            return None, ""
        grown = True
        while grown:
            first, last = min(d["start"] for d in island), max(d["end"] for d in island)
            after = FOREVER if last == FOREVER else last + timedelta(days=1)
            more = [
                d for d in mine
                if d not in island and d["start"] <= after
                and (d["end"] >= first - timedelta(days=1))
            ]  # fmt: skip
            island, grown = island + more, bool(more)
        last = max(d["end"] for d in island)
        island = [d for d in island if d["end"] == last]
        latest = max(d["start"] for d in island)
        return last, min(d["ground"] for d in island if d["start"] == latest)

    def retires(self, person):
        table = self.value("rotation.retirement")
        before, first, step, last = table["female" if person["sex"] == "female" else "male"]
        born = person["birth_date"]
        for year in range(born.year + 40, born.year + 80):
            age = before
            if year >= table["first_year"]:
                age = min(first + step * (year - table["first_year"]), last)
            reached = plus(born.replace(day=1), age)
            if reached.year == year:
                return plus(reached, 1) - timedelta(days=1)
        raise AssertionError

    def single(self, desk):
        if not self.value("rotation.single-post") or not desk["category"]:
            return False
        alike = [
            p for p in self.positions.values()
            if p["unit_id"] == desk["unit_id"] and p["category"] == desk["category"]
        ]  # fmt: skip
        parent = self.units[desk["unit_id"]]["parent_id"]
        siblings = [
            u for u in self.units
            if parent and u != desk["unit_id"] and self.units[u]["parent_id"] == parent
        ]  # fmt: skip
        beside = [
            p for p in self.positions.values()
            if p["unit_id"] in siblings and p["profession"] == desk["profession"]
            and p["rank_group"] == desk["rank_group"]
        ]  # fmt: skip
        return len(alike) == 1 and not beside


def read_flags(tables, catalogue, rulebook, on):
    """Every row of the flags, as dicts with the columns of the table."""
    return Oracle(tables, catalogue, rulebook, on).rows()
