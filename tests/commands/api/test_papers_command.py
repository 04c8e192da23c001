"""The command papers as a person types it: what is printed, exit status."""

import pytest
from typer.testing import CliRunner

from api.cli import app
from data.plan_folder import write_plan
from data.rotation_folder import write_rotation
from data.sample import sample_tables, write_dataset
from tests.papers_read import word, word_text, year_office
from tests.rotation_plans import rotation_plan

run = CliRunner().invoke


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("command")
    write_plan(*year_office(12), folder / "plan")
    write_rotation(*rotation_plan(6), folder / "moves")
    return folder


def papers(*words):
    return run(app, ["papers", *map(str, words)])


def test_the_plan_decides_which_papers_there_are(home, tmp_path):
    result = papers(home / "plan", "--out", tmp_path / "a", "--only", "ke-hoach")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "a/ke-hoach.docx").exists()
    result = papers(home / "moves", "--out", tmp_path / "b", "--only", "ke-hoach-chuyen-doi")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "b/ke-hoach-chuyen-doi.pdf").read_bytes().startswith(b"%PDF")
    assert "1 văn bản Word" not in result.output  # the public copy is one more
    assert "2 văn bản Word" in result.output


def test_titles_of_the_team_come_from_the_dataset(tmp_path):
    write_dataset(sample_tables(30, 12, 200, 1, 2027, 8), tmp_path / "data")
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan/visits.csv").write_text(
        "visit_id,unit_id,kind,start,end,days,lead,members\n"
        "V1,HN-SNV,periodic,2027-03-15,2027-03-15,1,TV0001,TV0002;TV0003\n", "utf-8"
    )  # fmt: skip
    result = papers(tmp_path / "plan", "--out", tmp_path / "p", "--data", tmp_path / "data",
                    "--each", "--only", "quyet-dinh-doan")  # fmt: skip
    assert result.exit_code == 0, result.output
    text = word_text(word(tmp_path / "p/quyet-dinh-doan/V1.docx"))
    assert "tại Sở Nội vụ" in text
    assert "TV0001" not in text


def test_wrong_choices_end_with_one_and_both_languages(home, tmp_path):
    for lang, said in (("vi", "Không có «ke-hoac» trong kế hoạch này."), ("en", "ke-hoac")):
        result = papers(home / "plan", "--out", tmp_path / "x", "--only", "ke-hoac", "--lang", lang)
        assert result.exit_code == 1
        assert said in result.output
        assert "Traceback" not in result.output
    assert not (tmp_path / "x").exists()


def test_no_plan_is_wrong_use(tmp_path):
    assert papers().exit_code == 2
    assert papers(tmp_path / "nothing", "--out", tmp_path / "x").exit_code == 1
    result = papers("--write-templates", tmp_path / "mine")
    assert result.exit_code == 0
    assert (tmp_path / "mine/ke-hoach.docx").exists()
