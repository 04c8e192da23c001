"""What every paper has: issuing body, number, place and date, bases, signature, recipients."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from data.papers.organisation import Organisation
from scheduler.papers.kinds import BY_KEY, Kind
from scheduler.rulebook import Rulebook

BLANK = "      "  # where the clerk writes
DRAFT = "DỰ THẢO"
FEW = 10  # Decree 30/2020, Annex I: numbers and days below are written with a leading zero
EARLY = 2  # and the months up to this one


@dataclass(frozen=True)
class Numbered:
    """The number and the day that a paper has got; None: left blank."""

    number: int | None = None
    day: date | None = None


@dataclass(frozen=True)
class Desk:
    """What all papers of one plan share."""

    organisation: Organisation
    rulebook: Rulebook
    year: int
    numbers: Mapping[
        tuple[str, str], Numbered
    ]  # (key of the paper, id of visit, person or month or "")
    plan_kind: str  # key of the plan that the papers come with
    draft: bool = False  # of a plan that is not in force: every paper says so at its head

    def number(self, key: str, copy: str = "") -> Numbered:
        """Number and day of a paper."""
        return self.numbers.get((key, copy), Numbered())


def letterhead(desk: Desk, kind: Kind, copy: str = "") -> dict[str, Any]:
    """The values that every template knows."""
    body, told = desk.organisation, desk.number(kind.key, copy)
    recipients = body.of(kind.key, "recipients")
    return {
        "nam": desk.year,
        "ten_co_quan": body.name,
        "co_quan_chu_quan": list(body.superior),
        "co_quan": list(body.body),
        "so": "\n".join(
            filter(
                None,
                (
                    DRAFT if desk.draft else "",
                    f"Số: {number_text(told.number)}/{symbol(body, kind)}" if kind.code else "",
                ),
            )
        ),
        "dia_danh_ngay": f"{body.place}, {day_words(told.day)}",
        "can_cu": bases(desk, kind),
        "tham_quyen": body.of(kind.key, "authority"),
        "chu_ky": list(body.of(kind.key, "signature")),
        "nguoi_ky": body.of(kind.key, "signer"),
        "noi_nhan": [
            f"- {line}{'.' if n == len(recipients) else ';'}"
            for n, line in enumerate(recipients, 1)
        ],
        "kem_theo": f"(Kèm theo {reference(desk, kind, copy)})",
        "kinh_phi": body.budget,
        "gio_bat_dau": body.start_time,
    }


def bases(desk: Desk, kind: Kind) -> list[str]:
    """The lines "Căn cứ ...": acts in force, those of the organisation, and the plan itself."""
    if not kind.bases:
        return []
    rules = desk.rulebook
    acts = rules.value("papers.bases").get(kind.bases, ())
    lines = [rules.value(f"act.{act}") for act in acts if f"act.{act}" in rules.policies]
    lines += desk.organisation.of(kind.key, "bases")
    if kind.key != desk.plan_kind:
        lines.append(
            reference(desk, BY_KEY[desk.plan_kind]) + " " + TITLES[desk.plan_kind].format(desk.year)
        )
    return [f"Căn cứ {line}{'.' if n == len(lines) else ';'}" for n, line in enumerate(lines, 1)]


TITLES = {
    "ke-hoach": "về kiểm tra công vụ năm {}",
    "ke-hoach-chuyen-doi": "về chuyển đổi vị trí công tác năm {}",
}


def reference(desk: Desk, kind: Kind, copy: str = "") -> str:
    """How another paper is named: "Kế hoạch số 05/KH-SNV ngày 05 tháng 01 năm 2027 của Sở Nội vụ"."""
    told, body = desk.number(kind.key, copy), desk.organisation
    number = f" số {number_text(told.number)}/{symbol(body, kind)}" if kind.code else ""
    return f"{kind.document}{number} {day_words(told.day)} của {body.name}"


def symbol(body: Organisation, kind: Kind) -> str:
    """Type code and issuing body: KH-SNV."""
    return f"{kind.code}-{body.of(kind.key, 'symbol')}"


def number_text(number: int | None) -> str:
    """A document number with its leading zero, or room for it.

    >>> number_text(5), number_text(12)
    ('05', '12')
    """
    return BLANK if number is None else f"{number:02}"


def day_words(day: date | None) -> str:
    """A day in words, or room for it: a paper of next year's plan may be signed this year.

    >>> day_words(date(2027, 2, 5)), day_words(date(2027, 3, 15))
    ('ngày 05 tháng 02 năm 2027', 'ngày 15 tháng 3 năm 2027')
    """
    if day is None:
        return f"ngày {BLANK}tháng {BLANK}năm 20{BLANK[:3]}"
    month = f"{day.month:02}" if day.month <= EARLY else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def share(part: int, whole: int) -> str:
    """A share in percent as Vietnamese papers write it; "-" of nothing.

    >>> share(92, 143)
    '64,3 %'
    """
    return f"{100 * part / whole:.1f} %".replace(".", ",") if whole else "-"


def numbered(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows with their number in front, `tt`."""
    return [{"tt": n, **row} for n, row in enumerate(rows, 1)]
