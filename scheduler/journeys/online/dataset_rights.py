"""Who may see and bring which part of a dataset: grounds of people are for HR only."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from data.columns import tables as contract
from data.words import LANGUAGES, Message
from scheduler.errors import NotAllowed

if TYPE_CHECKING:
    from data.records.actors import Actor

GROUNDS = "grounds.read"
TABLES_OF_PEOPLE = frozenset({"deferrals", "measures", "relatives", "wishes"})
COLUMNS_OF_PEOPLE: Mapping[str, frozenset[str]] = MappingProxyType(
    {"staff": frozenset({"birth_date", "sex", "lat", "lon"})}
)
BRINGS: Mapping[str, str] = MappingProxyType({  # table -> the right of who brings it
    "deferrals": "deferrals.write", "measures": "measures.write", "relatives": GROUNDS, "wishes": GROUNDS,
    "findings": "findings.write", "pins": "pins.write",
})  # fmt: skip
HIDDEN = Message("Nội dung này chỉ người làm công tác nhân sự được xem; nhờ họ sửa chỗ này.")


def visible_columns(by: Actor, table: str) -> list[str]:
    """Columns of a table that this person may see; none of a table that is for HR only."""
    if by.may(GROUNDS):
        return [column.name for column in contract()[table].columns]
    if table in TABLES_OF_PEOPLE:
        return []
    hidden = COLUMNS_OF_PEOPLE.get(table, frozenset())
    return [column.name for column in contract()[table].columns if column.name not in hidden]


def not_brought(by: Actor, came: Collection[str]) -> list[str]:
    """Tables that this person may not bring or accept."""
    return [name for name in came if name in BRINGS and not by.may(BRINGS[name])]


def not_theirs(table: str) -> Message:
    """What is said of a table that somebody sent who may not bring it."""
    return Message(
        "Tài khoản này không được tải lên bảng {table}. Bỏ bảng này khỏi tệp, hoặc nhờ người có quyền "
        "tải lên.",
        {"table": table},
    )


def refuse_unless_brought(by: Actor, came: Collection[str]) -> None:
    """Raises NotAllowed when the dataset brings tables that are not this person's to change."""
    wrong = not_brought(by, came)
    if wrong:
        raise NotAllowed(
            Message(
                "Bộ dữ liệu có bảng {tables} mà tài khoản này không được thay. Nhờ người có quyền nhận.",
                {"tables": ", ".join(wrong)},
            )
        )


def shown_fault(by: Actor, fault: Mapping[str, Any]) -> Mapping[str, Any]:
    """The fault as this person may read it: where it is, but not what stands there, in what is HR's."""
    table = fault["table"]
    if not table or fault["column"] in visible_columns(by, table):
        return fault
    if not fault["column"] and table not in TABLES_OF_PEOPLE:
        return fault
    known = not_theirs(table)  # names the table and nobody, and says what to do
    if fault["vi"] == known.say("vi"):
        return fault
    return {**fault, "value": "", **{lang: HIDDEN.say(lang) for lang in LANGUAGES}}
