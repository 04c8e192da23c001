"""What the exchange commands print: changes cell by cell, what they break, calendars, names found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from api.commands.texts import breach_line
from api.edit_words import TABLES, WHATS, cell_text, cell_title
from data.exports.labels import day_text
from data.words import say
from scheduler.edits import name_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.edits import CellChange, Edit, Judged
    from scheduler.journeys import CalendarsMade, EditsShown, PlanTaken, ProposalsMade
    from scheduler.rules.base import Breach


def print_edits(shown: EditsShown, lang: str) -> None:
    """Every change with what it breaks, what all break together, and what became of them."""
    if not shown.rows:
        typer.echo(say(lang, "Không có thay đổi nào."))
        return
    counts = {what: sum(row.edit.what == what for row in shown.rows) for what in WHATS}
    typer.echo(say(lang, "{changed} dòng sửa, {added} dòng thêm, {removed} dòng bỏ.", **counts))
    for row in shown.rows:
        _print_row(row, shown.main, shown.judged, lang)
    if not shown.judged:
        typer.echo("! " + say(lang, "Chưa xét vi phạm: thêm --data BỘ_DỮ_LIỆU."))
    elif shown.plan is not None:
        _print_taken(shown, lang)
    elif shown.accepted:
        typer.echo(
            say(lang, "Không lưu gì: các dòng được nhận vi phạm quy tắc bắt buộc:"), err=True
        )
        _print_breaches(shown.together, lang, err=True)
        if shown.lawful:
            rows = ",".join(shown.lawful)
            typer.echo(say(lang, "Nhận được cùng nhau: --accept {rows}", rows=rows), err=True)
    elif shown.together:
        typer.echo(say(lang, "Nếu nhận tất cả thì vi phạm:"))
        _print_breaches(shown.together, lang)
    else:
        typer.echo(say(lang, "Nhận tất cả thì không vi phạm quy tắc bắt buộc nào."))


def _print_taken(shown: EditsShown, lang: str) -> None:
    assert shown.plan is not None
    typer.echo(
        say(
            lang, "Đã nhận {n} thay đổi; kế hoạch {id} (từ {parent}) ở {folder}.",
            n=len(shown.accepted), id=shown.plan.facts["plan_id"],
            parent=shown.plan.facts["parent"], folder=shown.folder,
        )
    )  # fmt: skip
    if shown.refused:
        rows = ", ".join(name_of(edit, shown.main) for edit in shown.refused)
        typer.echo(say(lang, "Không nhận {n} thay đổi: {rows}.", n=len(shown.refused), rows=rows))


def _print_row(row: Judged, main: str, judged: bool, lang: str) -> None:
    edit = row.edit
    where = say(lang, "dòng {row}", row=edit.row) if edit.row else "–"
    table = "" if edit.table == main else f"{TABLES[edit.table].meaning(lang)}: "
    typer.echo(f"{table}{where}  {edit.key}  {WHATS[edit.what].say(lang)}")
    for cell in edit.cells:
        typer.echo("    " + _cell_line(edit, cell, lang))
    if edit.wants_reason:
        typer.echo("    ! " + say(lang, "cần lý do: --reason {id}=...", id=edit.key))
    if judged and row.alone:
        typer.echo("    " + say(lang, "nếu chỉ nhận dòng này thì vi phạm:"))
        for breach in row.alone:
            typer.echo("      " + breach_line(breach, lang))


def _cell_line(edit: Edit, cell: CellChange, lang: str) -> str:
    title = cell_title(edit.table, cell.column, lang)
    new = cell_text(cell.column, cell.new, lang)
    mark = " " + say(lang, "(tự tính theo)") if cell.derived else ""
    if edit.what == "added":
        return f"{title}: {new}{mark}"
    return f"{title}: {cell_text(cell.column, cell.old, lang)} → {new}{mark}"


def _print_breaches(breaches: Sequence[Breach], lang: str, err: bool = False) -> None:
    for breach in breaches:
        typer.echo("  " + breach_line(breach, lang), err=err)


def print_calendars(made: CalendarsMade, lang: str) -> None:
    """How many calendars, changed events and cancelled ones there are, and where."""
    typer.echo(
        say(
            lang, "{n} lịch ở {folder}; {moved} cuộc thay đổi, {cancelled} cuộc báo hủy.",
            n=made.people, folder=made.folder, moved=made.moved, cancelled=made.cancelled,
        )
    )  # fmt: skip


def print_proposals(made: ProposalsMade, lang: str) -> None:
    """How many names were matched, how surely, what is left to do."""
    typer.echo(
        say(
            lang, "{rows} dòng: {sure} chắc, {look} cần xem, {none} không giống đơn vị nào, "
            "{undated} chưa rõ ngày.", **made.counts,
        )
    )  # fmt: skip
    if made.skipped:
        rows = ", ".join(str(row) for _, row in made.skipped)
        typer.echo("! " + say(lang, "Bỏ qua các dòng tiêu đề nhóm: {rows}.", rows=rows))
    typer.echo(
        say(
            lang, "Sửa và ghi «có» ở cột Xác nhận trong {file}; rồi: congvu import-plan --confirm {file} ...",
            file=made.file,
        )
    )  # fmt: skip


def print_taken(taken: PlanTaken, lang: str) -> None:
    """How many rows were taken, and every overlap with our plan with the lawful answer."""
    typer.echo(
        say(
            lang, "Nhận {n} dòng ({new} dòng mới); bảng blackouts ở {file}.",
            n=len(taken.taken), new=taken.new, file=taken.file,
        )
    )  # fmt: skip
    if taken.left:
        rows = ", ".join(map(str, taken.left))
        typer.echo("! " + say(lang, "Chưa nhận vì thiếu ngày: dòng {rows}.", rows=rows))
    for met in taken.overlaps:
        days = ", ".join(day_text(day) for day in met.days)
        typer.echo(f"{met.visit.visit_id} [{met.source}] {days}: {met.answer.say(lang)}")
    if taken.overlaps:
        typer.echo(
            say(
                lang,
                "{n} cuộc của ta trùng với cơ quan khác.",
                n=len({met.visit.visit_id for met in taken.overlaps}),
            )
        )
