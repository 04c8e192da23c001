"""A plan as the Word file in its own folder: the first of its papers, in the settings of the sample city."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from data import rulefiles
from data.calendar import WorkCalendar
from data.papers.shelf import shipped
from data.records import Office, Plan, RotationPlan
from scheduler.journeys.paper_choices import PapersAsk
from scheduler.journeys.paper_desk import day_of, desk_of, people_of, trial_of
from scheduler.papers.evidence import Evidence
from scheduler.papers.kinds import Paper
from scheduler.papers.names import names_of
from scheduler.papers.rotation_papers import rotation_papers
from scheduler.papers.visits import Visits
from scheduler.papers.year_papers import year_papers
from scheduler.rulebook import in_force

ASK = PapersAsk(Path(), Path())
HEADS = ("ke-hoach", "ke-hoach-chuyen-doi")  # the papers that are the plans themselves


def plan_document(plan: Plan | RotationPlan, office: Office) -> dict[str, bytes]:
    """{"plan.docx": content} of a yearly plan, {"rotation.docx": content} of one of rotation.

    Who issues and signs are the defaults; `congvu papers` takes an office's own, and writes every other paper.
    """
    rotation = isinstance(plan, RotationPlan)
    rulebook = in_force(rulefiles.read_rules(), date(plan.year, 1, 1), trial_of(plan))
    desk = desk_of(ASK, plan, rulebook, rotation)
    names = names_of(office, day_of(plan))
    if isinstance(plan, RotationPlan):
        papers = rotation_papers(people_of(ASK, plan, office, desk, names), (), False)
    else:
        visits = Visits(desk, names, office, WorkCalendar(office.calendar))
        evidence = Evidence(plan, desk, names, office, date(plan.year, 1, 1))
        papers = year_papers(plan, visits, evidence, ())
    head: Paper = next(paper for paper in papers if paper.kind.key in HEADS)
    template = shipped(head.kind.key)
    text = template.xml([head.copies[0][1]])
    title = f"{head.kind.title} {plan.year}"
    return {
        f"{'rotation' if rotation else 'plan'}.docx": template.file(
            text, title, desk.organisation.name
        )
    }
