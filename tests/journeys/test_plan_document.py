"""The Word file in a plan's own folder: the first of its papers, and no more in the copy that is posted."""

import zipfile

from scheduler.journeys.paper_choices import PapersAsk
from scheduler.journeys.papers import write_papers
from tests.draw_seasons import office


def test_the_word_file_of_a_plan_is_the_paper_that_the_papers_begin_with(tmp_path):
    ask = PapersAsk(office() / "plan", tmp_path / "papers", office() / "data", only=("ke-hoach",))
    write_papers(ask)
    inside = (office() / "plan" / "plan.docx").read_bytes()
    assert inside == (tmp_path / "papers" / "ke-hoach.docx").read_bytes()


def test_it_has_a_row_for_every_visit_of_the_plan():
    with zipfile.ZipFile(office() / "plan" / "plan.docx") as file:
        text = file.read("word/document.xml").decode()
    rows = (office() / "plan" / "visits.csv").read_text(encoding="utf-8").splitlines()
    planned = [row for row in rows if ",scheduled," in row]
    assert planned
    assert text.count("<w:tr>") + text.count("<w:tr ") > len(planned)
