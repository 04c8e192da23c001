"""Plans at random, with every kind of row and text, for tests that write them and read them back."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from data.records import Move, Plan, PlannedVisit, ReserveWeek, RotationPlan, Unplaced


def tidy(text):
    """A text as every reader leaves it."""
    return unicodedata.normalize("NFC", text).strip()


words = st.text(
    st.characters(exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"]), max_size=20
).map(tidy)
ids = st.text("ABC-09=+@đ", min_size=1, max_size=6)
days = st.dates(date(2027, 1, 1), date(2027, 12, 30))
# quotes, blanks, line breaks, what spreadsheets escape, and more than a cell holds
nasty = st.one_of(
    words,
    st.sampled_from(
        ['"hai", ba', "'=1+1", "dòng\nkhác", "_x0041_", "a;b", "  x  y", "TRUE", "001"]
    ),
    st.sampled_from(["1e5", "2027-03-01", "01/02", "#REF!", "x" * 32_767, "Lý do " * 8_000]),
).map(tidy)


@st.composite
def visit_rows(draw, visit_id, texts):
    """One row, scheduled or dropped."""
    scheduled, start = draw(st.booleans()), draw(days)
    visit = PlannedVisit(
        visit_id,
        draw(ids),
        draw(st.sampled_from(["periodic", "thematic", "follow_up"])),
        draw(words),
        draw(words),
        reason=draw(texts),
        owner=draw(texts),
        status="dropped",
    )
    team = draw(st.lists(ids, min_size=1, max_size=5, unique=True))
    length = draw(st.integers(1, 3))
    return (
        visit
        if not scheduled
        else replace(
            visit,
            status="scheduled",
            start=start,
            end=start + timedelta(length - 1),
            days=length,
            lead=team[0],
            members=tuple(team[1:]),
        )
    )


@st.composite
def visit_plans(draw, texts=words, least=0):
    """A yearly plan of up to six rows."""
    names = draw(st.lists(ids, min_size=least, max_size=6, unique=True))
    visits = tuple(draw(visit_rows(name, texts)) for name in names)
    weeks = draw(st.sets(st.integers(0, 51), max_size=5))
    reserve = tuple(
        ReserveWeek(date(2027, 1, 4) + timedelta(weeks=w), w, w % 3) for w in sorted(weeks)
    )
    return Plan(2027, visits, reserve, {"year": 2027, "owner": draw(words), "gap": 0.125})


@st.composite
def move_rows(draw, move_id, texts):
    """One move, with or without a day."""
    return Move(
        move_id,
        draw(ids),
        draw(st.one_of(st.just(""), ids)),
        draw(ids),
        draw(st.integers(1, 12)),
        draw(st.one_of(st.none(), days)),
        draw(st.sampled_from(["assignment", "transfer", "position_change"])),
        draw(st.one_of(st.just(""), ids)),
        draw(st.sampled_from(["swap", "cycle", "chain"])),
        draw(st.one_of(st.none(), st.integers(-3000, 3000))),
        draw(st.one_of(st.none(), st.integers(0, 9999).map(lambda n: n / 10))),
        draw(texts),
    )


@st.composite
def rotation_plans(draw, texts=words, least=0):
    """A rotation plan of up to six moves."""
    names = draw(st.lists(ids, min_size=least, max_size=6, unique=True))
    rows = tuple(draw(move_rows(name, texts)) for name in names)
    unplaced = tuple(
        Unplaced(who, draw(texts), tuple(draw(st.lists(ids, max_size=3))), draw(texts))
        for who in draw(st.lists(ids, max_size=4, unique=True))
    )
    return RotationPlan(2027, rows, unplaced, {"year": 2027, "owner": draw(words)})
