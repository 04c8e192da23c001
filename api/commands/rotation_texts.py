"""What the rotation commands print."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from api.commands.texts import goal_line, percent
from data.records.changes import KEPT, WHAT
from data.words import Message, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.journeys import FlagSummary, ForecastSummary, Rotated
    from scheduler.journeys.flags import PersonFlags


STATUSES = {
    "not_subject": Message("không thuộc diện chuyển đổi"),
    "not_yet": Message("chưa đến hạn"),
    "may_move": Message("có thể chuyển đổi"),
    "due_soon": Message("sắp đến hạn"),
    "due": Message("đến hạn"),
    "overdue": Message("quá hạn"),
    "missing_data": Message("thiếu dữ liệu"),
}
OVERLAYS = {
    "deferred": Message("chưa thực hiện"),
    "exempt": Message("không thực hiện"),
    "single_post": Message("vị trí duy nhất"),
}
READINGS = {"continuous": Message("tính liên tục"), "restarted": Message("tính lại từ đầu")}


def print_person(person: Sequence[PersonFlags], lang: str) -> None:
    """One person's flags, step by step, for each reading."""
    for reading in person:
        status, way = STATUSES[reading.status].say(lang), READINGS[reading.reading].say(lang)
        typer.echo(f"{reading.staff_id}  {reading.name}  [{way}]  {status}")
        for step in reading.derivation:
            typer.echo("  - " + step)


def print_flags(summary: FlagSummary, lang: str) -> None:
    """How many people stand where, and where the file is."""
    typer.echo(
        say(lang, "{people} người, {rows} dòng (hai cách hiểu: {twice} người), xét ngày {on:%d/%m/%Y}.",
            people=summary.people, rows=summary.rows, twice=summary.rows - summary.people,
            on=summary.on)
    )  # fmt: skip
    for title, names, found in (
        (say(lang, "Tình trạng"), STATUSES, summary.statuses),
        (say(lang, "Trường hợp riêng"), OVERLAYS, summary.overlays),
    ):
        if found:
            told = (f"{names[name].say(lang)} {n}" for name, n in found.items())
            typer.echo(f"{title}: " + ", ".join(told))
    if summary.marked:
        typer.echo(
            "! " + say(lang, "{n} dòng dựa trên quy định cần kiểm tra lại.", n=summary.marked)
        )
    typer.echo(say(lang, "Đã ghi {file}.", file=summary.file))


def print_forecast(summary: ForecastSummary, lang: str) -> None:
    """The peak, what it can be flattened to, and where the files are."""
    for sentence in summary.sentences:
        typer.echo(sentence)
    for file in summary.files:
        typer.echo(say(lang, "Đã ghi {file}.", file=file))


def print_rotation(done: Rotated, lang: str) -> None:
    """The plan in a few lines: counts, goals with bound and gap, where the files are."""
    facts = done.plan.facts
    counts = facts["counts"]
    typer.echo(
        say(lang, "Năm {year}: {due} người đến hạn, {placed} người có nơi chuyển, {unplaced} người chưa "
            "xếp được; {helpers} người chưa đến hạn chuyển cùng; {deferred} chưa thực hiện, {exempt} không "
            "thực hiện, {single_post} vị trí duy nhất, {missing_data} thiếu dữ liệu.",
            year=facts["year"], **counts)
    )  # fmt: skip
    for goal in facts["goals"]:
        typer.echo("  " + goal_line(goal, lang))
    if "greedy_share" in facts:
        share = percent(facts["greedy_share"], lang)
        typer.echo("  " + say(lang, "So với chỉ đổi chỗ từng đôi: chi phí {share}.", share=share))
    changes = facts.get("repair")
    if changes:
        typer.echo(
            say(lang, "Sửa kế hoạch: giữ {kept} lượt chuyển, bỏ {removed}, thêm {new}.",
                kept=changes["kept"], removed=len(changes["removed"]), new=len(changes["new"]))
        )  # fmt: skip
        for change in changes.get("changes", ()):
            if change["what"] != KEPT and change[f"reasons_{lang}"]:
                reasons = "; ".join(change[f"reasons_{lang}"])
                typer.echo(f"  {WHAT[change['what']].say(lang)}  {change['about']}: {reasons}")
    for mark in facts["warnings"]:
        typer.echo("! " + mark[lang])
    typer.echo(
        say(lang, "Kế hoạch {id} ở {folder}; mở {folder}/report.html.",
            id=facts["plan_id"], folder=done.folder)
    )  # fmt: skip
