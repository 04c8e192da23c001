"""Reads papers back with readers that the program does not use: Word by python-docx, PDF by pypdf."""

import io
import re
from dataclasses import replace
from datetime import date

from docx import Document
from pypdf import PdfReader

from data.plan_folder import write_plan
from data.records import Campaign, Finding, PastVisit
from data.rotation_folder import write_rotation
from scheduler.journeys.paper_choices import PapersAsk
from scheduler.journeys.papers import write_papers
from tests.plans import fake_office, fake_plan
from tests.rotation_plans import rotation_plan

YEAR = 2027


def word(path):
    """The Word file, opened."""
    return Document(io.BytesIO(path.read_bytes()))


def word_text(document):
    """Everything that can be read in a Word file, in its order, tables too, cell by cell."""
    found = []
    for block in document.element.body.iter():
        if block.tag.endswith("}p"):
            pieces = [
                t.text or "" if t.tag.endswith("}t") else "\n" if t.tag.endswith("}br") else ""
                for t in block.iter()
            ]
            found.append("".join(pieces))
    return "\n".join(found)


def pdf_text(path):
    """Everything that can be read in a PDF."""
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def letters(text):
    """The text without blanks and without the dots of lines to write on."""
    return re.sub(r"[\s.…\u00a0]+", "", text)


def rows(table):
    """The rows of a Word table as texts."""
    return [[cell.text for cell in row.cells] for row in table.rows]


def year_office(n_units=16):
    """A made-up office with a campaign, past visits (one of them a surprise) and findings, and its plan."""
    office = fake_office(n_units, 16)
    plan = fake_plan(office, n_units)
    follows = [v.follows for v in plan.visits if v.follows][:2]
    past = tuple(
        PastVisit(visit_id, office.units[n].unit_id, "surprise" if n else "periodic",
                  date(2026, 5, 4 + n), date(2026, 5, 4 + n), "TV001", ("TV002",))
        for n, visit_id in enumerate(follows)
    )  # fmt: skip
    findings = tuple(
        Finding(f"TT{n}", visit_id, "major", date(2026, 8, 3),
                None if n <= len(follows) else date(2026, 7, 1), f"Nội dung {n}")
        for n, visit_id in enumerate([*follows, follows[0], follows[0]])
    )  # fmt: skip
    campaign = Campaign(
        "CD-2027-1", 'Một cửa & "đúng hạn"', date(2027, 1, 1), date(2027, 12, 31), (), 1
    )
    return plan, replace(office, visits=past, findings=findings, campaigns=(campaign,))


def year_papers(folder, plan, office, **ask):
    """A plan folder and its papers; where the papers are."""
    write_plan(plan, office, folder / "plan")
    write_papers(PapersAsk(folder / "plan", folder / "papers", **ask), office)
    return folder / "papers"


def moves_papers(folder, n_moves=24, **ask):
    """A rotation folder and its papers; where they are, with the plan and its office."""
    plan, office = rotation_plan(n_moves)
    write_rotation(plan, office, folder / "moves")
    write_papers(PapersAsk(folder / "moves", folder / "papers", **ask), office)
    return folder / "papers", plan, office
