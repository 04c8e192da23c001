"""Rotation years at random: a little of everything that the rules of moves look at."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from data.records import Deferral, Office, Pin, Posting, Relative, Unit, Wish
from tests.rotation_offices import CITY, LISTED, YEAR, person, post

RANKS = ("specialist", "specialist", "specialist", "division_head")
AREAS = ("", "", "Thôn 1", "Thôn 2")


def some_day(dice: Random, first: date = date(2019, 1, 1), last: date = date(YEAR, 12, 31)) -> date:
    """A day from `first` to the day before `last`."""
    return first + timedelta(days=dice.randrange((last - first).days))


def made_up_rotation(dice: Random) -> Office:
    """Five to seven units, twenty to thirty posts, most of them held, careers of one to three papers."""
    places = [f"Xã {n}" for n in range(dice.randrange(3, 5))] + ["Phòng A", "Phòng B", "Sở C"]
    units = [
        Unit(place, place, "section" if place.startswith("Phòng") else "commune",
             parent_id="Sở C" if place.startswith("Phòng") else CITY,
             headcount=dice.choice((None, None, 3, 12)), lat=21 + dice.random() / 9,
             lon=105.8 + dice.random() / 9)
        for place in places
    ]  # fmt: skip
    units.append(Unit(CITY, CITY, "agency"))
    posts = [
        post(
            f"VT{n}", dice.choice(places),
            rank_group=dice.choice(RANKS), is_lead=dice.random() < 0.2,
            profession=dice.choice(("kế toán", "kế toán", "địa chính")),
            category=dice.choice((LISTED, LISTED, LISTED, "")), faces_public=dice.random() < 0.3,
            field=dice.choice(("", "ngân sách", "đất đai")),
        )
        for n in range(dice.randrange(20, 30))
    ]  # fmt: skip
    staff, postings = [], []
    for n, seat in enumerate(posts):
        if dice.random() < 0.15:
            continue
        name = f"Người {n}"
        odd = dice.random() < 0.05
        staff.append(person(
            name, profession="địa chính" if odd else seat.profession, rank_group=seat.rank_group,
            birth_date=some_day(dice, date(1968, 1, 1), date(1990, 1, 1)),
            sex=dice.choice(("male", "female")), lat=21 + dice.random() / 9,
            lon=105.8 + dice.random() / 9,
        ))  # fmt: skip
        postings += career(dice, name, seat.position_id, [p.position_id for p in posts])
    staff += [person(f"Mới {n}", rank_group="specialist") for n in range(2)]
    names = [who.staff_id for who in staff]
    return Office(
        units=tuple(units), positions=tuple(posts), staff=tuple(staff), postings=tuple(postings),
        relatives=tuple(Relative(*dice.sample(names, 2), "anh em") for _ in range(3)),
        deferrals=tuple(
            Deferral(dice.choice(names), "study", day := some_day(dice, date(2026, 6, 1)),
                     dice.choice((None, day + timedelta(days=dice.randrange(300)))))
            for _ in range(3)
        ),
        wishes=tuple(Wish(who, dice.choice(places), 2) for who in dice.sample(names, 3)),
        move_pins=tuple(a_pin(dice, row, names, places, posts) for row in range(2, 2 + dice.randrange(3))),
    )  # fmt: skip


def career(dice: Random, name: str, seat: str, others: list[str]) -> list[Posting]:
    """Papers of one person that end in the seat, sometimes with a hole or an end in the year."""
    begun = some_day(dice, date(2021, 1, 1), date(2026, 12, 1))
    end = some_day(dice, date(YEAR, 1, 2)) if dice.random() < 0.08 else None
    rows = [Posting(name, seat, begun, end, area=dice.choice(AREAS),
                    is_probation=dice.random() < 0.05)]  # fmt: skip
    if dice.random() < 0.6:
        last = begun - timedelta(days=dice.randrange(1, 60))
        rows.insert(0, Posting(name, dice.choice(others), last - timedelta(days=700), last))
    if dice.random() < 0.05:
        rows.append(Posting(name, dice.choice(others), some_day(dice, date(YEAR, 1, 2))))
    return rows


def a_pin(dice: Random, row: int, names: list[str], places: list[str], posts: list) -> Pin:
    """An order or a ban."""
    day = some_day(dice, date(YEAR, 1, 1))
    when = dice.choice(((None, None), (day, None), (None, day - timedelta(days=day.weekday()))))
    target = dice.choice(
        (("", ""), (dice.choice(places), ""), ("", dice.choice(posts).position_id))
    )
    return Pin(
        row, target[0], "", *when, "", dice.random() < 0.3, "", dice.choice(names), target[1]
    )
