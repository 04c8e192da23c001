"""The covering note for whoever signs: papers in the folder, sources to check, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from scheduler.citations import cited_once
from scheduler.papers.kinds import BY_KEY, Paper
from scheduler.papers.letterhead import TITLES, Desk, letterhead, numbered

NOTHING = "Không có."
PRINTED = {  # what stands in the papers of each kind of plan, besides the acts
    "ke-hoach": (
        "papers.days", "papers.period", "papers.contents", "papers.figures", "papers.bases",
        "coverage.target", "coverage.denominator",
    ),
    "ke-hoach-chuyen-doi": (
        "papers.report-day", "papers.bases", "rotation.ceiling", "rotation.grounds",
        "rotation.exempt-months", "rotation.single-post", "rotation.city-policy",
    ),
}  # fmt: skip


def covering_note(
    desk: Desk, papers: Sequence[Paper], files: Iterable[tuple[str, str]],
    missing: Sequence[str], remarks: Sequence[str], doubtful: Sequence[str] = (),
) -> Paper:  # fmt: skip
    """The note, last of all.

    Parameters
    ----------
    files : file name and what it is
    missing : what could not be filled in, and why
    doubtful : citations of terms that are not certain
    remarks : of the plan (holidays not official yet, warnings) and of replaced templates
    """
    kind = BY_KEY["phieu-trinh"]
    acts = {
        f"act.{a}"
        for p in papers
        for a in desk.rulebook.value("papers.bases").get(p.kind.bases, ())
    }
    printed = acts | set(PRINTED[desk.plan_kind])
    doubts = [
        {"ten": rule.title_vi, "nguon": cited_once([rule.source])}
        for rule in desk.rulebook.to_be_checked()
        if rule.id in printed
    ]
    doubts += [{"ten": "Thời hạn giữ vị trí (Phụ lục I)", "nguon": source} for source in doubtful]
    values: dict[str, Any] = {
        "ten_ke_hoach": f"Kế hoạch {TITLES[desk.plan_kind].format(desk.year)}",
        "van_ban": numbered({"tep": name, "ten": what} for name, what in files),
        "can_kiem_tra": numbered(doubts),
        "con_thieu": list(missing) or [NOTHING],
        "luu_y": list(remarks) or [NOTHING],
    }
    return Paper(kind, (("", letterhead(desk, kind) | values),))


def left_blank(desk: Desk, papers: Sequence[Paper]) -> list[str]:
    """What the clerk, the signer or the team still writes."""
    found = []
    unnumbered = sum(
        desk.number(p.kind.key, copy).number is None
        for p in papers
        if p.kind.code
        for copy, _ in p.copies
    )
    if unnumbered:
        found.append(f"Số và ngày của {unnumbered} văn bản: văn thư ghi, hoặc dùng --numbers.")
    if not desk.organisation.signer:
        found.append("Họ và tên người ký (mục signer của tệp cơ quan).")
    if any("...." in base for base in desk.organisation.bases):
        found.append("Số, ngày của căn cứ còn dấu chấm trong tệp cơ quan (mục bases).")
    if desk.plan_kind == "ke-hoach":
        found.append(
            "Kết quả, tồn tại, ý kiến trong biên bản, phiếu, thông báo kết quả: ghi sau kiểm tra."
        )
    else:
        found.append("Nội dung bàn giao, đánh giá trong báo cáo: ghi khi thực hiện.")
    return found
