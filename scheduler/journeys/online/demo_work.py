"""What people of the demonstration have done so far: findings, a workbook with faults, a month of draws."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from data.draws.record_zip import written_zip
from data.store import files
from data.store.findings import FindingText
from scheduler.journeys.draws import rehearse_month
from scheduler.journeys.online import datasets, draw_steps, findings
from scheduler.journeys.online.demo_city import rows_of
from scheduler.journeys.online.findings import Proof

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from data.records import PlannedVisit
    from data.records.actors import Actor
    from scheduler.journeys.online.demo_stage import Stage

FOUND = (  # severity, what was found, days until it is to be remedied
    ("major", "Chưa công khai đầy đủ thủ tục hành chính tại nơi tiếp nhận hồ sơ", 15),
    ("minor", "Sổ theo dõi hồ sơ ghi thiếu ngày trả kết quả", 30),
    ("critical", "Ba hồ sơ trả quá hạn trên 10 ngày, không có văn bản xin lỗi", 20),
    ("minor", "Phân công trực bộ phận một cửa chưa có văn bản", 45),
)
PROOF = "Báo cáo khắc phục của đơn vị, kèm ảnh chụp bảng niêm yết"
FAULTY = (  # rows that follow the good ones: a code that is there already, an unknown body, no number, too many
    "TV0001,Người ghi hai lần,HN-SNV,cong_vu,true,21.03,105.85,6,\n"
    "TV0901,Người của đơn vị lạ,HN-KHONGCO,cong_vu,có lẽ,21.03,105.85,6,\n"
    "TV0902,Người không rõ chỗ,HN-SNV,tthc,false,hai mươi mốt,105.85,40,\n"
)
NEAR, SOON = timedelta(days=30), timedelta(days=7)
OPENED = timedelta(days=41)  # after its last day a rehearsed month reveals its targets
LATE = timedelta(days=30)  # longer open, it would owe a visit for which there is no day left
VISITS, OTHERS = 4, 6  # of the inspector, and of others, about which findings are written


def who_is_out(stage: Stage, plan_id: int) -> str:
    """The inspector with the most to see: at work today, in the coming days, around today."""
    score: Counter[str] = Counter()
    for visit in rows_of(stage, plan_id):
        assert visit.start is not None
        assert visit.end is not None
        for who in (visit.lead, *visit.members):
            if visit.start <= stage.today <= visit.end:
                score[who] += 100
            if stage.today < visit.start <= stage.today + SOON:
                score[who] += 20
            if abs(visit.start - stage.today) <= NEAR:
                score[who] += 2 if who == visit.lead else 1
            score[who] += 0  # everybody who goes at all may be chosen
    return max(sorted(score), key=lambda who: score[who])


def findings_of(stage: Stage, plan_id: int, inspector: Actor) -> None:
    """Findings of this inspector's last visits, and of others, which the planner wrote down."""
    over = [v for v in rows_of(stage, plan_id) if v.end and v.end < stage.today]
    mine = [v for v in over if inspector.inspector_id in (v.lead, *v.members)][-VISITS:]
    others = [v for v in over if v not in mine][-OTHERS:]
    for number, visit in enumerate(mine):
        found = FOUND[number % len(FOUND) :][:2]
        _report(stage, inspector, visit, found, own=visit.visit_id, proved=number % 2 == 0)
    for number, visit in enumerate(others):
        found = FOUND[number % len(FOUND) :][:1]
        _report(stage, stage.people["planner"], visit, found, own=None, proved=number % 3 == 0)


def faulty_upload(stage: Stage, data: Path) -> None:
    """The table of inspectors with a few faults, uploaded and checked: the page that names each of them."""
    good = (data / "inspectors.csv").read_text(encoding="utf-8-sig")
    sent = [("inspectors.csv", (good + FAULTY).encode())]
    planner = stage.people["planner"]
    made = datasets.upload(stage.store, planner, stage.moment, sent, "current")
    assert made.run_id is not None
    stage.carried(made.run_id, "planner", stage.moment)


def rehearsed_draws(stage: Stage, data: Path, plan_id: int, year: int) -> None:
    """The last month that is opened by now, rehearsed and kept; none early in the year."""
    last = (stage.today - OPENED).replace(day=1) - timedelta(days=1)
    if last.year != year:
        return
    plan, out = data.parent / "draw-plan", data.parent / "draws"
    plan.mkdir(parents=True, exist_ok=True)
    with stage.store.reading() as db:
        files.lay_out(db, "plan", plan_id, plan)
    month = rehearse_month(data, plan, out, last.month, seed=1)
    record = {
        name: own for name, own in files.gathered(month.record).items() if not name.startswith(".")
    }
    draw_steps.add_draw(stage.store, stage.people["planner"], stage.moment, written_zip(record))


def _report(
    stage: Stage, by: Actor, visit: PlannedVisit, found: Sequence[tuple[str, str, int]], *,
    own: str | None, proved: bool,
) -> None:  # fmt: skip
    assert visit.end is not None
    for severity, text, days in found:
        due = visit.end + timedelta(days=days)
        made = findings.add_finding(
            stage.store, by, stage.at(visit.end), visit.end, visit.visit_id,
            FindingText(severity, due, text), own=own is not None,
        )  # fmt: skip
        old = due < stage.today - LATE
        day = min(visit.end + timedelta(days=days // 2), stage.today)
        if old or proved:
            step = findings.close_finding if old else findings.prove_finding
            step(
                stage.store,
                by,
                stage.at(day),
                day,
                made.id,
                made.revision,
                Proof(PROOF, day),
                own=own,
            )
