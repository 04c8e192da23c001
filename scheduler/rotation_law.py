"""The numbers of the rotation clock, read from the rules once and checked before anybody is judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from data.catalogue import over_ceiling
from data.rulefiles import RuleFault, RuleFilesError
from data.words import Message

if TYPE_CHECKING:
    from data.catalogue import CatalogueRow
    from scheduler.rulebook import Rulebook

RULES_FILE = "rotation.toml"
SEXES = ("male", "female")


@dataclass(frozen=True)
class RetirementAges:
    """Ages in months: before the timetable, in its first year, added each year after, at last."""

    first_year: int
    ages: Mapping[str, tuple[int, int, int, int]]  # sex -> (before, first, step, last)


@dataclass(frozen=True)
class RotationLaw:
    """Every value that the clock reads; months and days are whole numbers."""

    statute: bool
    city_policy: bool
    city_ranks: frozenset[str]
    city_limit: int
    city_probation: bool  # the city's limit leaves out probation
    gap_days: int
    due_days: int
    warn_days: int
    grounds: Mapping[str, str]  # ground of a deferral -> article
    exempt_months: int
    retirement: RetirementAges
    single_post: bool
    sources: Mapping[str, str]  # rule id without "rotation." -> the paper it follows


def rotation_law(rulebook: Rulebook, catalogue: Mapping[str, CatalogueRow]) -> RotationLaw:
    """The law of a day, for people under this catalogue.

    Raises
    ------
    RuleFilesError
        With every value that cannot stand: rules not in force on the day, a term over the law's
        ceiling (PCTN art. 25.2), a ground that would stop the clock, a retirement table of a wrong
        shape.
    """
    if "rotation.statute" not in rulebook.policies:
        raise RuleFilesError([_fault(Message(
            "Chưa có quy tắc chuyển đổi vị trí công tác nào có hiệu lực vào ngày {on}. "
            "Chọn ngày kiểm tra muộn hơn.",
            {"on": rulebook.on.strftime("%d/%m/%Y")}))])  # fmt: skip
    faults = over_ceiling(catalogue.values(), rulebook.value("rotation.ceiling"))
    faults += [_fault(message) for message in _unfit(rulebook)]
    if faults:
        raise RuleFilesError(faults)
    retirement = rulebook.value("rotation.retirement")
    ages = {sex: tuple(retirement[sex]) for sex in SEXES}
    ids = [name for name in rulebook.policies if name.startswith("rotation.")]
    return RotationLaw(
        statute=rulebook.value("rotation.statute"),
        city_policy=rulebook.value("rotation.city-policy"),
        city_ranks=frozenset(rulebook.value("rotation.city-ranks")),
        city_limit=rulebook.value("rotation.limit"),
        city_probation=rulebook.value("rotation.city-probation"),
        gap_days=rulebook.value("rotation.gap-days"),
        due_days=rulebook.value("rotation.due-days"),
        warn_days=rulebook.value("rotation.warn-days"),
        grounds=rulebook.value("rotation.grounds"),
        exempt_months=rulebook.value("rotation.exempt-months"),
        retirement=RetirementAges(retirement["first_year"], ages),
        single_post=rulebook.value("rotation.single-post"),
        sources={name.removeprefix("rotation."): rulebook[name].source for name in ids},
    )


def _unfit(rulebook: Rulebook) -> list[Message]:
    """What is wrong with the values themselves."""
    found = []
    limit, ceiling = rulebook.value("rotation.limit"), rulebook.value("rotation.ceiling")
    if limit > ceiling:
        found.append(Message(
            "{id}: {found} tháng quá mức {ceiling} tháng của luật. Sửa giá trị.",
            {"id": "rotation.limit", "found": limit, "ceiling": ceiling}))  # fmt: skip
    stops = rulebook.value("rotation.stops-clock")
    if stops:
        found.append(Message(
            "{id}: chưa có văn bản nào nói cách trừ thời gian cho {grounds}. Để danh sách trống.",
            {"id": "rotation.stops-clock", "grounds": ", ".join(stops)}))  # fmt: skip
    table = rulebook.value("rotation.retirement")
    if not all(_is_timetable(table.get(sex)) for sex in SEXES):
        found.append(Message(
            "{id}: mỗi giới tính cần bốn số tháng tuổi: trước lộ trình, năm đầu, mỗi năm thêm, "
            "cuối cùng.", {"id": "rotation.retirement"}))  # fmt: skip
    return found


def _is_timetable(ages: Any) -> bool:
    if not isinstance(ages, list) or len(ages) != 4 or not all(isinstance(n, int) for n in ages):
        return False
    before, first, step, last = ages
    return bool(0 < before <= first <= last and 0 < step <= 12)


def _fault(message: Message) -> RuleFault:
    return RuleFault(RULES_FILE, 0, message)
