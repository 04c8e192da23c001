"""Papers of a rotation plan from its page: written by a run, then offered to each as far as one may know."""

import re

import pytest

from tests.hr_office import SECRETS, accept, guarded_year, rotation

HTML = {"accept": "text/html"}


@pytest.fixture
def written(small_office):
    """An office with a draft whose papers were written from its page: (office, plan)."""
    accept(small_office, guarded_year())
    plan = rotation(small_office)
    answer = small_office.client("hr").post(
        f"/rotations/{plan}/papers", headers=HTML, follow_redirects=False
    )
    assert answer.headers["location"].startswith("/runs/")
    (run,) = small_office.work()
    assert run.status == "done", run.error
    return small_office, plan


def offered(office, role, plan):
    html = office.client(role, lang="vi").get(f"/rotations/{plan}", headers=HTML).text
    return html, set(re.findall(rf'href="/api/v1/rotations/{plan}/papers/files/([^"]+)"', html))


def test_every_paper_is_offered_to_hr_and_to_a_leader_only_what_tells_no_ground(written):
    office, plan = written
    html, mine = offered(office, "hr", plan)
    told, theirs = offered(office, "leader", plan)
    assert theirs < mine
    assert "ke-hoach-chuyen-doi.docx" in mine - theirs
    assert {"cong-khai/ke-hoach-chuyen-doi.docx", "cong-khai/ke-hoach-chuyen-doi.pdf"} <= theirs
    assert "niêm yết được" in told
    assert [secret for secret in SECRETS if secret in told] == []
    leader = office.client("leader")
    for name in theirs:
        assert leader.get(f"/api/v1/rotations/{plan}/papers/files/{name}").status_code == 200, name
    for name in mine - theirs:
        assert leader.get(f"/api/v1/rotations/{plan}/papers/files/{name}").status_code == 404, name
    assert f'action="/rotations/{plan}/papers"' in html
    assert f'action="/rotations/{plan}/papers"' not in told
    assert "Ghi «dự thảo» trên mỗi văn bản" in html


def test_a_leader_has_no_papers_written(written):
    office, plan = written
    assert (
        office.client("leader").post(f"/rotations/{plan}/papers", headers=HTML).status_code == 403
    )
