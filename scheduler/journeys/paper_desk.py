"""What every paper of a plan is written with: who issues and signs, the rules, numbers, names and days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from data.catalogue import read_catalogue
from data.faults import Fault
from data.papers.numbers import read_numbers
from data.papers.organisation_in import PapersRefused, organisation_of, read_organisation
from data.records import Office, Plan, RotationPlan
from scheduler.journeys.paper_choices import PapersAsk
from scheduler.papers.kinds import BY_KEY, KEYS
from scheduler.papers.letterhead import Desk, Numbered
from scheduler.papers.names import Names
from scheduler.papers.rotation_people import People
from scheduler.rulebook import Rulebook

NO_NAMES = Names()


def trial_of(plan: Plan | RotationPlan) -> Mapping[str, object]:
    """The what-if values that a plan was made with."""
    return plan.facts.get("birth", {}).get("trial") or {}


def desk_of(ask: PapersAsk, plan: Plan | RotationPlan, rulebook: Rulebook, rotation: bool) -> Desk:
    """Organisation, rules and numbers; the faults of all files together."""
    faults: list[Fault] = []
    organisation, numbers = None, {}
    try:
        day = date(plan.year, 1, 1)
        if ask.issuer:
            organisation = organisation_of(list(ask.issuer), ask.out.name, day, KEYS)
        else:
            organisation = read_organisation(ask.organisation, day, KEYS)
    except PapersRefused as refused:
        faults += refused.faults
    if ask.numbers is not None:
        try:
            told = {kind.key: kind.title for kind in BY_KEY.values()}
            numbers = read_numbers(ask.numbers, told)
        except PapersRefused as refused:
            faults += refused.faults
    if faults or organisation is None:
        raise PapersRefused(faults, ask.out.name)
    kind = "ke-hoach-chuyen-doi" if rotation else "ke-hoach"
    given = {key: Numbered(*value) for key, value in numbers.items()}
    return Desk(organisation, rulebook, plan.year, given, kind, ask.draft)


def day_of(plan: Plan | RotationPlan) -> date:
    """The day on which the plan looked at people: that of a rotation plan, else 1 January."""
    try:
        return date.fromisoformat(str(plan.facts.get("on")))
    except ValueError:
        return date(plan.year, 1, 1)


def people_of(
    ask: PapersAsk, plan: RotationPlan, office: Office, desk: Desk, names: Names = NO_NAMES
) -> People:
    """The people of a rotation plan, as its papers say them."""
    ends = desk.rulebook.value("papers.report-day")
    figures = ask.on or date(plan.year, ends["month"], ends["day"])
    catalogue = read_catalogue(date(plan.year, 1, 1))
    return People(plan, desk, names, office, catalogue, day_of(plan), figures)
