"""A good plan, and for each rule a way to spoil it that no other rule minds."""

from dataclasses import replace
from datetime import date

from data.records import (
    Absence,
    Blackout,
    Campaign,
    Conflict,
    Finding,
    PastVisit,
    Pin,
    Position,
    Posting,
    Relative,
    ReserveWeek,
)
from data.rulefiles import read_rules
from scheduler.rulebook import in_force
from tests.offices import SECOND, YEAR, row, tiny_office, view_of, with_people


def good_plan():
    """A periodic, a thematic and a follow-up visit, and one left out with its reason."""
    office = tiny_office(
        campaigns=(
            Campaign(
                "CD1",
                "Kỷ luật",
                date(YEAR, 3, 1),
                date(YEAR, 4, 30),
                ("Xã Hai",),
                2,
                skills=("luat",),
            ),
        ),
        visits=(
            PastVisit(
                "P1", "Xã Một", "periodic", date(2026, 11, 2), date(2026, 11, 2), "Khoa", ("Hà",)
            ),
        ),
        findings=(Finding("F1", "P1", "major", date(YEAR, 1, 29)),),
    )
    office = with_people(office, Chi={"skills": ("luat",)})
    second = {"lead": SECOND[0], "members": SECOND[1:]}
    rows = (
        row(
            "V1",
            "Xã Một",
            date(YEAR, 3, 9),
            date(YEAR, 3, 10),
            row=2,
            kind="follow_up",
            follows="P1",
        ),
        row(
            "V2",
            "Xã Hai",
            date(YEAR, 3, 16),
            date(YEAR, 3, 17),
            row=3,
            kind="thematic",
            campaign_id="CD1",
        ),
        row("V3", "Sở Ba", date(YEAR, 3, 16), row=4, **second),
        replace(
            row("V4", "Điểm Một", date(YEAR, 1, 4), row=5),
            start=None,
            end=None,
            days=0,
            lead="",
            members=(),
            status="dropped",
            reason="unit.co-located; person.absence: không còn ngày và người phù hợp",
        ),
    )
    ranks = {"An": "specialist", "Em": "director"}
    return view_of(rows, office, facts={"risk": {"Sở Ba": {"class": "high"}}}, inspector_rank=ranks)


def with_row(view, place, **changes):
    rows = list(view.plan.visits)
    rows[place] = replace(rows[place], **changes)
    return replace(view, plan=replace(view.plan, visits=tuple(rows)))


def without_row(view, place):
    rows = view.plan.visits[:place] + view.plan.visits[place + 1 :]
    return replace(view, plan=replace(view.plan, visits=rows))


def more_rows(view, *rows):
    return replace(view, plan=replace(view.plan, visits=view.plan.visits + rows))


def in_office(view, **tables):
    return replace(view, office=replace(view.office, **tables))


def post_of(staff_id, unit_id, end=None):
    return {
        "positions": (Position("post", unit_id, "", "", ""),),
        "postings": (Posting(staff_id, "post", date(2020, 1, 1), end),),
    }


THREE, MARCH_9, MARCH_16 = 2, date(YEAR, 3, 9), date(YEAR, 3, 16)
PLANTED = {
    "calendar.working-days": (lambda v: with_row(v, THREE, days=5), [4]),
    "calendar.in-year": (
        lambda v: with_row(v, THREE, start=date(YEAR + 1, 1, 5), end=date(YEAR + 1, 1, 5)),
        [4],
    ),
    "visit.one-week": (
        lambda v: with_row(v, THREE, start=date(YEAR, 3, 19), end=date(YEAR, 3, 22), days=2),
        [4],
    ),
    "visit.length": (
        lambda v: replace(
            v, rulebook=in_force(read_rules(), v.rulebook.on, {"visit.length": {"commune": 1}})
        ),
        [2, 3],
    ),
    "blackout.unit": (
        lambda v: in_office(v, blackouts=(Blackout("Sở Ba", MARCH_16, MARCH_16, "họp"),)),
        [4],
    ),
    "blackout.other-body": (
        lambda v: in_office(v, blackouts=(Blackout("Sở Ba", MARCH_16, MARCH_16, "", "Thanh tra"),)),
        [4],
    ),
    "campaign.window": (
        lambda v: with_row(v, 1, start=date(YEAR, 5, 5), end=date(YEAR, 5, 6)),
        [3],
    ),
    "follow-up.window": (
        lambda v: with_row(v, 0, start=date(YEAR, 5, 11), end=date(YEAR, 5, 12)),
        [2],
    ),
    "frequency.high": (lambda v: without_row(v, THREE), []),
    "coverage.target": (
        lambda v: replace(
            v, rulebook=in_force(read_rules(), v.rulebook.on, {"coverage.target": 1.01})
        ),
        [],
    ),
    "unit.gap": (
        lambda v: in_office(
            v,
            visits=(
                *v.office.visits,
                PastVisit("P2", "Sở Ba", "surprise", date(YEAR, 2, 26), date(YEAR, 2, 26)),
            ),
        ),
        [4],
    ),
    "unit.once-a-year": (
        lambda v: more_rows(v, row("V5", "Sở Ba", date(YEAR, 9, 14), row=6)),
        [4, 6],
    ),
    "unit.co-located": (
        lambda v: more_rows(
            v, row("V5", "Điểm Một", date(YEAR, 3, 11), row=6, lead="Em", members=SECOND[1:])
        ),
        [2, 6],
    ),
    "capacity.reserve": (
        lambda v: replace(
            v,
            plan=replace(
                v.plan,
                reserve=(*v.plan.reserve[:-1], ReserveWeek(v.plan.reserve[-1].week_start, 0)),
            ),
        ),
        [],
    ),
    "team.size": (lambda v: with_row(v, THREE, members=("Giang",)), [4]),
    "team.leader": (lambda v: with_row(v, THREE, lead="Hà", members=("Em", "Giang")), [4]),
    "team.leader-rank": (lambda v: replace(v, unit_head_rank={"Xã Một": "commune_leader"}), [2]),
    "team.secretary": (lambda v: with_row(v, THREE, members=("Hà", "Khoa")), [4]),
    "team.skills": (
        lambda v: with_row(
            v, 1, members=("Bình", "Dũng", "Hà"), start=date(YEAR, 3, 23), end=date(YEAR, 3, 24)
        ),
        [3],
    ),
    "person.exists": (lambda v: with_row(v, THREE, members=("Giang", "Hà", "Ma")), [4]),
    "person.one-place": (lambda v: with_row(v, THREE, members=("Giang", "Hà", "Chi")), [3, 4]),
    "person.absence": (
        lambda v: in_office(v, absences=(Absence("Khoa", MARCH_16, MARCH_16),)),
        [4],
    ),
    "person.month-days": (
        lambda v: replace(v, office=with_people(v.office, Dũng={"max_days_per_month": 3})),
        [2, 3],
    ),
    "interest.declared": (
        lambda v: in_office(v, conflicts=(Conflict("Khoa", "Sở Ba", "kiện"),)),
        [4],
    ),
    "interest.home-unit": (
        lambda v: replace(v, office=with_people(v.office, Khoa={"home_unit_id": "Sở Ba"})),
        [4],
    ),
    "interest.former-unit": (
        lambda v: in_office(v, **post_of("Khoa", "Sở Ba", date(2025, 6, 30))),
        [4],
    ),
    "interest.relative": (
        lambda v: in_office(
            v, relatives=(Relative("Khoa", "Anh", "anh"),), **post_of("Anh", "Sở Ba")
        ),
        [4],
    ),
    "independence.previous-leader": (
        lambda v: with_row(v, 0, members=("Bình", "Chi", "Khoa")),
        [2],
    ),
    "independence.previous-pair": (
        lambda v: in_office(v, visits=(replace(v.office.visits[0], members=("Chi", "Dũng")),)),
        [2],
    ),
    "leader.rotation": (lambda v: replace(v, leads_until={"Em": date(YEAR, 3, 31)}), [4]),
    "pins": (
        lambda v: in_office(v, pins=(Pin(7, "Sở Ba", "", MARCH_9, None, "", True, "họp"),)),
        [4],
    ),
    "plan.complete": (lambda v: with_row(v, 3, reason="bận"), [5]),
}
PLANTED["capacity.teams-per-day"] = (
    lambda v: replace(
        v,
        rulebook=in_force(
            read_rules(),
            v.rulebook.on,
            {
                "capacity.teams-per-day": {"teams": 1, "people_per_team": 4},
                "capacity.reserve": 0.0,
            },
        ),
        plan=replace(v.plan, reserve=tuple(replace(w, team_days=0) for w in v.plan.reserve)),
    ),
    [3, 4],
)
