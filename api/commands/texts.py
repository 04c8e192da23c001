"""What the command line prints: results, breaches, and every error in the reader's language."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

from data.exports.labels import READABLE
from data.faults import DatasetError
from data.flags_file import FlagsFileError
from data.plan_folder import PlanFileError
from data.rulefiles import RuleFault, RuleFilesError
from data.store.errors import StoreError
from data.words import say
from scheduler.errors import FolderTaken, NoPlanFound, NoPlanPossible, PlanRefused, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from data.dataset import Dataset
    from data.records import Plan, RotationPlan
    from scheduler.journeys import Drafted
from scheduler.rotation_repair import RepairRefused
from scheduler.rulebook import TrialRefused
from scheduler.rules.base import Breach
from scheduler.surprise.guard import GuardRefused


@contextmanager
def ends_clearly(lang: str) -> Iterator[None]:
    """Runs a command so that every known error ends as clear lines and exit status 1."""
    try:
        yield
    except (DatasetError, PlanFileError) as error:
        _fail(error.text(lang))
    except NoPlanPossible as error:
        _fail(error.clash.text(lang))
    except (NoPlanFound, FolderTaken, FlagsFileError, Refused, StoreError) as error:
        _fail(error.message.say(lang))
    except PlanRefused as error:
        lines = [say(lang, "Bộ kiểm tra độc lập phát hiện vi phạm; kế hoạch không được lưu:")]
        _fail("\n".join(lines + [breach_line(b, lang) for b in error.breaches]))
    except RuleFilesError as error:
        _fail("\n".join(_at(f) + f.message.say(lang) for f in error.faults))
    except (TrialRefused, RepairRefused, GuardRefused) as error:
        _fail("\n".join(fault.say(lang) for fault in error.faults))
    except OSError as error:
        _fail(say(lang, "Không đọc hoặc ghi được {file}: {reason}. Kiểm tra quyền và dung lượng đĩa.",
                  file=error.filename or "", reason=error.strerror or str(error)))  # fmt: skip


def _at(fault: RuleFault) -> str:
    """Where a fault stands, with a colon; "" for one that is in no line."""
    return f"{fault.file}:{fault.line}: " if fault.line else ""


def _fail(text: str) -> None:
    typer.echo(text, err=True)
    raise typer.Exit(1)


def trial_values(pairs: list[str], lang: str) -> dict[str, Any]:
    """Trial values of rules from `rule=value` words; wrong use (exit 2) when one is not readable."""
    found = {}
    for pair in pairs:
        rule, _, value = pair.partition("=")
        try:
            found[rule.strip()] = json.loads(value)
        except json.JSONDecodeError:
            message = say(
                lang,
                "Giá trị thử «{pair}» không đọc được. Viết: mã-quy-tắc=giá trị JSON.",
                pair=pair,
            )
            raise typer.BadParameter(message) from None
    return found


def print_dataset(dataset: Dataset, lang: str) -> None:
    """Rows per table, and what a careful reader should look at."""
    for warning in dataset.warnings:
        typer.echo("! " + warning.say(lang))
    for name, table in dataset.tables.items():
        if len(table):
            typer.echo(f"{name:<12} {len(table):>9}")
    typer.echo(say(lang, "Dữ liệu không có lỗi."))


def breach_line(breach: Breach, lang: str) -> str:
    """One breach: rule, article, rows, what is wrong."""
    rows = ", ".join(str(row) for row in breach.rows if row)
    where = say(lang, "dòng {rows}", rows=rows) if rows else ", ".join(breach.visits)
    return f"{breach.rule} [{breach.source}] {where}: {breach.message.say(lang)}"


def print_breaches(
    plan: Plan | RotationPlan, digest: str, breaches: list[Breach], lang: str
) -> None:
    """Every breach on its line, or the word that there is none; first, whether the data are others."""
    made_from = plan.facts.get("birth", {}).get("data", digest)
    if made_from != digest:
        typer.echo("! " + say(lang, "Kế hoạch được lập từ bộ dữ liệu khác với bộ dữ liệu này."))
    for breach in breaches:
        typer.echo(breach_line(breach, lang))
    rows = len(plan.moves if hasattr(plan, "moves") else plan.visits)
    if breaches:
        typer.echo(
            say(lang, "{n} vi phạm trong {rows} dòng.", n=len(breaches), rows=rows), err=True
        )
    else:
        typer.echo(say(lang, "Không có vi phạm nào trong {rows} dòng.", rows=rows))


def print_plan(drafted: Drafted, lang: str) -> None:
    """The plan in a few lines: counts, coverage, goals with bound and gap, where the files are."""
    facts = drafted.plan.facts
    counts, cover = facts["counts"], facts["coverage"]
    typer.echo(
        say(
            lang,
            "Năm {year}: {scheduled} cuộc kiểm tra ({periodic} định kỳ, {thematic} chuyên đề, "
            "{follow_up} tái kiểm tra), {dropped} không xếp được; "
            "dự phòng đột xuất {surprise_team_days} ngày đoàn.",
            year=facts["year"],
            **counts,
        )
    )
    shares = {name: percent(cover[f"{name}_share"], lang) for name in ("must", "wanted")}
    typer.echo(
        say(
            lang,
            "Bao phủ {covered}/{in_scope} đơn vị = {share} (bắt buộc {must}, mong muốn {wanted}).",
            covered=cover["covered"],
            in_scope=cover["in_scope"],
            share=percent(cover["share"], lang),
            **shares,
        )
    )
    for goal in facts["goals"]:
        typer.echo("  " + goal_line(goal, lang))
    for mark in (*facts["warnings"], *facts["provisional"]):
        typer.echo("! " + mark[lang])
    where = {"id": facts["plan_id"], "folder": drafted.folder}
    if facts.get("scenario"):
        text = say(lang, "Kịch bản thử {id} ở {folder}; mở {folder}/scenario-report.html.", **where)
    else:
        text = say(lang, "Kế hoạch {id} ở {folder}; mở {folder}/report.html.", **where)
    typer.echo(text)


def goal_line(goal: Mapping[str, Any], lang: str) -> str:
    """One goal with value, proven bound and gap, in units that people use."""
    scale, unit = READABLE.get(goal["unit_vi"], (1, None))
    value, bound = (number(goal[name] / scale, lang, int(scale > 1)) for name in ("value", "bound"))
    title, condition = goal[f"title_{lang}"], goal[f"condition_{lang}"]
    unit_name = unit.say(lang) if unit else goal[f"unit_{lang}"]
    if goal["value"] <= goal["bound"]:
        proof = say(lang, "đã chứng minh là tốt nhất ({condition})", condition=condition)
    elif not goal["bound"] or (goal["name"] == "total" and goal["bound"] < 0):
        proof = say(lang, "chưa tìm được cận")
    elif goal["gap"] > 1:
        proof = say(lang, "cận {bound} ({condition})", bound=bound, condition=condition)
    else:
        gap = percent(goal["gap"], lang)
        proof = say(
            lang, "cận {bound} ({condition}), cách {gap}", bound=bound, condition=condition, gap=gap
        )
    return f"{title}: {value} {unit_name}; {proof}"


def number(value: float, lang: str, digits: int = 0) -> str:
    """A number as the reader writes it.

    >>> number(5338.4, "vi", 1), number(5338.4, "en", 1)
    ('5.338,4', '5,338.4')
    """
    text = f"{value:,.{digits}f}"
    return text.translate(str.maketrans(",.", ".,")) if lang == "vi" else text


def percent(share: float, lang: str) -> str:
    """A share in percent, with one digit.

    >>> percent(0.657, "vi")
    '65,7 %'
    """
    return number(100 * share, lang, 1) + (" %" if lang == "vi" else "%")
