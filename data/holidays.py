"""Public holidays of Vietnam: the table that ships with the program, and computed years."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from lunar_vn import LunarDate, lunar_to_solar

from data.words import Message

FIRST_LUNAR_YEAR, LAST_LUNAR_YEAR = 1901, 2099  # what lunar_vn can reckon


@dataclass(frozen=True, slots=True)
class DayOff:
    """A public holiday, a compensatory or swapped day off, or a user's own holiday."""

    day: date
    name_vi: str
    name_en: str
    confidence: str  # high, medium, low; computed for years beyond the table
    kind: str  # statutory, tet, compensatory, swap, possible, user
    source: str = ""

    def name(self, lang: str) -> str:
        """The day's name in the reader's language."""
        return self.name_en if lang == "en" else self.name_vi

    @property
    def title(self) -> Message:
        """The day's name as a message, for use inside another one."""
        return _Named(self.name_vi, en=self.name_en)


@dataclass(frozen=True)
class _Named(Message):
    """A name that brings its own English and needs no catalogue."""

    en: str = ""

    def say(self, lang: str) -> str:
        return self.en if lang == "en" else self.text


@cache
def table_of_holidays() -> dict[date, DayOff]:
    """Every day off of the reference table, by date."""
    return {
        (day := date.fromisoformat(row["date"])): DayOff(
            day, row["name_vi"], row["name_en"], row["confidence"], row["kind"], row["source"]
        )
        for row in _rows("holidays.csv")
    }


@cache
def makeup_workdays() -> frozenset[date]:
    """Saturdays that are worked in exchange for a swapped day off."""
    return frozenset(date.fromisoformat(row["date"]) for row in _rows("makeup_workdays.csv"))


@cache
def table_years() -> frozenset[int]:
    """Years that the reference table holds in full."""
    return frozenset(day.year for day in table_of_holidays())


@cache
def days_off(year: int) -> dict[date, DayOff]:
    """Days off of a year, by date: from the table where it holds the year, else computed."""
    if year in table_years():
        return {day: off for day, off in table_of_holidays().items() if day.year == year}
    return computed_days_off(year)


@cache
def computed_days_off(year: int) -> dict[date, DayOff]:
    """Days off of a year by statute and lunar calendar (UTC+7), all with confidence "computed".

    Swapped days (a bridge day off for a Saturday worked) cannot be computed. Years that the lunar
    reckoning does not reach get the solar holidays only.
    """
    rules = _rules()
    off = _solar(rules, year)
    if FIRST_LUNAR_YEAR <= year <= LAST_LUNAR_YEAR:
        off |= _lunar(rules, year)
    off |= _compensatory(rules, off)
    return dict(sorted(off.items()))


def lunar_new_year(year: int) -> date:
    """The first day of the lunar year, Vietnamese reckoning.

    >>> lunar_new_year(2030)  # one day before the Chinese one
    datetime.date(2030, 2, 2)
    """
    return lunar_to_solar(LunarDate(1, 1, year, False))


def hung_kings_day(year: int) -> date:
    """The 10th day of the third lunar month.

    >>> hung_kings_day(2027)
    datetime.date(2027, 4, 16)
    """
    rule = _rules()["hung_kings"]
    return lunar_to_solar(LunarDate(rule["lunar_day"], rule["lunar_month"], year, False))


def _solar(rules: dict[str, Any], year: int) -> dict[date, DayOff]:
    off = {}
    for rule in rules["fixed"]:
        if year >= rule["from"]:
            day = date(year, rule["month"], rule["day"])
            off[day] = _computed(day, rule, "statutory")
    neighbour = rules["national_day_neighbour"]
    if year >= neighbour["from"]:
        national = date(year, 9, 2)
        day = national + timedelta(days=neighbour["offset"][national.weekday()])
        off[day] = _computed(day, neighbour, "statutory")
    return off


def _lunar(rules: dict[str, Any], year: int) -> dict[date, DayOff]:
    tet, first = rules["tet"], lunar_new_year(year)
    start = first - timedelta(days=tet["before"][first.weekday()])
    off = {}
    for n in range(tet["days"]):
        day = start + timedelta(days=n)
        off[day] = _computed(day, tet, "tet")
    king = hung_kings_day(year)
    off[king] = _computed(king, rules["hung_kings"], "statutory")
    return off


def _compensatory(rules: dict[str, Any], off: dict[date, DayOff]) -> dict[date, DayOff]:
    extra: dict[date, DayOff] = {}
    for day in sorted(d for d in off if d.weekday() >= 5):
        free = day + timedelta(days=1)
        while free.weekday() >= 5 or free in off or free in extra:
            free += timedelta(days=1)
        of, rule = off[day], rules["compensatory"]
        extra[free] = DayOff(
            free, f"{of.name_vi} {rule['name_vi']}", f"{of.name_en} {rule['name_en']}",
            "computed", "compensatory", rule["source"],
        )  # fmt: skip
    return extra


def _computed(day: date, rule: dict[str, Any], kind: str) -> DayOff:
    return DayOff(day, rule["name_vi"], rule["name_en"], "computed", kind, rule["source"])


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("data") / "reference" / name).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


@cache
def _rules() -> dict[str, Any]:
    text = (files("data") / "reference" / "holiday_rules.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
