"""Thematic visits: campaign.window."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from data.words import Message
from scheduler.rules.base import Breach, Policy, Rule
from scheduler.rules.findings import breach, on_paper, unit_name
from scheduler.rules.starts import forbid_starts, mandatory, not_inside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.records import Campaign, PlannedVisit
    from scheduler.case import Case
    from scheduler.plan_view import PlanView
    from solver.visits.problem import Limit


def enforce_window(policy: Policy, case: Case) -> Iterator[Limit]:
    """Each thematic visit takes place, wholly inside its campaign's window."""
    campaigns = {c.campaign_id: c for c in case.office.campaigns}
    for number, owed in enumerate(case.owed):
        window = campaigns.get(owed.campaign_id)
        if owed.kind == "thematic" and window:
            yield from forbid_starts(case, number, policy.id, not_inside(window.start, window.end))
    yield from mandatory(policy, case)


def check_window(policy: Policy, view: PlanView) -> Iterator[Breach]:
    """Thematic rows lie in their window; each unit of a campaign has one, and it takes place."""
    campaigns = {c.campaign_id: c for c in view.office.campaigns}
    rows: dict[tuple[str, str], list[PlannedVisit]] = defaultdict(list)
    for visit in view.plan.visits:
        if visit.kind != "thematic":
            continue
        rows[visit.campaign_id, visit.unit_id].append(visit)
        dates, campaign = view.stay(visit), campaigns.get(visit.campaign_id)
        if dates and campaign and not campaign.start <= dates[0] <= dates[1] <= campaign.end:
            yield breach(policy, [visit], Message(
                "{start} - {end} ra ngoài thời gian của chuyên đề «{title}» ({first} - {last}).", {
                    "start": on_paper(dates[0]), "end": on_paper(dates[1]),
                    "title": campaign.title, "first": on_paper(campaign.start),
                    "last": on_paper(campaign.end),
                },
            ))  # fmt: skip
        if dates and campaign and len(view.worked(visit)) != campaign.days:
            yield breach(policy, [visit], Message(
                "Cuộc kiểm tra dài {days} ngày làm việc; chuyên đề «{title}» quy định {wanted} ngày.",
                {"days": len(view.worked(visit)), "title": campaign.title, "wanted": campaign.days},
            ))  # fmt: skip
    year = view.plan.year
    for campaign in view.office.campaigns:
        if campaign.end < date(year, 1, 1) or campaign.start > date(year, 12, 31):
            continue
        for unit_id in _listed(view, campaign):
            held = rows[campaign.campaign_id, unit_id]
            yield from _one_row(policy, view, campaign, unit_id, held)


def _listed(view: PlanView, campaign: Campaign) -> list[str]:
    kinds = {entry[len("kind=") :].strip() for entry in campaign.units if entry.startswith("kind=")}
    by_kind = [u.unit_id for u in view.office.units if u.kind in kinds]
    by_name = [entry for entry in campaign.units if not entry.startswith("kind=")]
    return sorted({*by_kind, *by_name})


def _one_row(
    policy: Policy, view: PlanView, campaign: Campaign, unit_id: str, rows: list[PlannedVisit]
) -> Iterator[Breach]:
    held = [row for row in rows if row.status == "scheduled"]
    name = unit_name(view, unit_id)
    if len(held) > 1:
        yield breach(policy, held, Message(
            "{unit} có {n} cuộc kiểm tra trong chuyên đề «{title}»; chỉ được một.",
            {"unit": name, "n": len(held), "title": campaign.title},
        ))  # fmt: skip
    elif not held and rows:
        yield breach(policy, rows, Message(
            "Cuộc kiểm tra bắt buộc của chuyên đề «{title}» tại {unit} bị bỏ ra ngoài kế hoạch.",
            {"unit": name, "title": campaign.title},
        ))  # fmt: skip
    elif not held:
        yield breach(policy, [], Message(
            "Kế hoạch thiếu {unit} ({unit_id}) của chuyên đề «{title}».",
            {"unit": name, "unit_id": unit_id, "title": campaign.title},
        ))  # fmt: skip


CAMPAIGN = (Rule("campaign.window", enforce_window, check_window),)
