"""Who makes up a team: team.size, team.leader, team.leader-rank, team.secretary, team.skills."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.words import Message
from scheduler.rules.base import Breach, Policy, Rule
from scheduler.rules.findings import breach, person, team, unit_name
from solver.visits.problem import Cover, Limit, NotLead, Secretary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scheduler.case import Case
    from scheduler.plan_view import PlanView


def enforce_size(policy: Policy, case: Case) -> Iterator[Limit]:
    """Nothing to add: a visit owed carries the size of its team."""
    yield from ()


def check_size(policy: Policy, view: PlanView) -> Iterator[Breach]:
    """At least the minimum of different people; exactly the campaign's number where it sets one."""
    exact = {c.campaign_id: c.team_size for c in view.office.campaigns if c.team_size is not None}
    for visit in view.scheduled:
        people = len(set(team(visit)))
        wanted = exact.get(visit.campaign_id) if visit.kind == "thematic" else None
        if wanted is not None and people != wanted:
            yield breach(policy, [visit], Message(
                "Đoàn có {n} người; chuyên đề {campaign} quy định {wanted} người.",
                {"n": people, "wanted": wanted, "campaign": visit.campaign_id},
            ))  # fmt: skip
        elif wanted is None and people < policy.value["minimum"]:
            yield breach(policy, [visit], Message(
                "Đoàn có {n} người; tối thiểu {least} người.",
                {"n": people, "least": policy.value["minimum"]},
            ))  # fmt: skip


def enforce_leader(policy: Policy, case: Case) -> Iterator[NotLead]:
    """Who may not lead, leads no visit."""
    barred = tuple(n for n, who in enumerate(case.office.inspectors) if not who.can_lead)
    if barred:
        yield NotLead(-1, barred, policy.id)


def check_leader(policy: Policy, view: PlanView) -> Iterator[Breach]:
    """The leader of each row is marked as one who may lead."""
    for visit in view.scheduled:
        lead = view.inspectors.get(visit.lead)
        if lead and not lead.can_lead:
            yield breach(policy, [visit], Message(
                "{who} không đủ điều kiện làm trưởng đoàn.",
                {"who": person(view, visit.lead)},
            ))  # fmt: skip


def enforce_rank(policy: Policy, case: Case) -> Iterator[NotLead]:
    """Who ranks below a unit's head does not lead a visit there; unknown ranks bar nobody."""
    level = {rank: n for n, group in enumerate(policy.value["order"]) for rank in group.split("+")}
    enough = level[policy.value["enough"]]
    for number, owed in enumerate(case.owed):
        needed = min(level.get(case.unit_head_rank.get(owed.unit_id, ""), 0), enough)
        below = tuple(
            n
            for n, who in enumerate(case.office.inspectors)
            if level.get(case.inspector_rank.get(who.inspector_id, ""), enough) < needed
        )
        if below:
            yield NotLead(number, below, policy.id)


def check_rank(policy: Policy, view: PlanView) -> Iterator[Breach]:
    """Compares the leader's rank with the head's, where both are known."""
    order: Sequence[str] = policy.value["order"]
    for visit in view.scheduled:
        mine = view.inspector_rank.get(visit.lead, "")
        head = view.unit_head_rank.get(visit.unit_id, "")
        places = [_place(order, rank) for rank in (mine, head, policy.value["enough"])]
        if places[0] is None or places[1] is None or places[2] is None:
            continue
        if places[0] < places[1] and places[0] < places[2]:
            yield breach(policy, [visit], Message(
                "Trưởng đoàn {who} (nhóm chức danh {mine}) thấp hơn người đứng đầu {unit} "
                "({head}).", {
                    "who": person(view, visit.lead), "mine": mine, "head": head,
                    "unit": unit_name(view, visit.unit_id),
                },
            ))  # fmt: skip


def _place(order: Sequence[str], rank: str) -> int | None:
    return next((n for n, group in enumerate(order) if rank and rank in group.split("+")), None)


def enforce_secretary(policy: Policy, case: Case) -> Iterator[Secretary]:
    """A member beside the leader holds the skill; where nobody in the office does, any will do."""
    holders = tuple(n for n, who in enumerate(case.office.inspectors) if policy.value in who.skills)
    if holders:
        yield Secretary(-1, holders, policy.id)


def check_secretary(policy: Policy, view: PlanView) -> Iterator[Breach]:
    """One of the members, not the leader, can be secretary."""
    able = {who.inspector_id for who in view.office.inspectors if policy.value in who.skills}
    for visit in view.scheduled:
        left = any(view.has_left(visit, who) for who in visit.members)
        if able and not left and able.isdisjoint(set(visit.members) - {visit.lead}):
            yield breach(policy, [visit], Message(
                "Đoàn không có thành viên làm được thư ký (ngoài trưởng đoàn).",
            ))  # fmt: skip


def enforce_skills(policy: Policy, case: Case) -> Iterator[Cover]:
    """Each skill that a visit asks for is held by somebody on its team."""
    people = case.office.inspectors
    for number, owed in enumerate(case.owed):
        for skill in owed.skills:
            holders = tuple(n for n, who in enumerate(people) if skill in who.skills)
            yield Cover(number, holders, 1, policy.id)


def check_skills(policy: Policy, view: PlanView) -> Iterator[Breach]:
    """The campaign's skills, less those that the team holds, are none."""
    asked = {c.campaign_id: c.skills for c in view.office.campaigns}
    for visit in view.scheduled:
        held = {
            skill
            for who in team(visit)
            if who in view.inspectors
            for skill in view.inspectors[who].skills
        }
        missing = [s for s in asked.get(visit.campaign_id, ()) if s not in held]
        if missing and not any(view.has_left(visit, who) for who in team(visit)):
            yield breach(policy, [visit], Message(
                "Đoàn thiếu kỹ năng: {skills}.",
                {"skills": ", ".join(missing)},
            ))  # fmt: skip


TEAM = (
    Rule("team.size", enforce_size, check_size),
    Rule("team.leader", enforce_leader, check_leader),
    Rule("team.leader-rank", enforce_rank, check_rank),
    Rule("team.secretary", enforce_secretary, check_secretary),
    Rule("team.skills", enforce_skills, check_skills),
)
