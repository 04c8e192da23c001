"""Tables of a dataset as people call them: their names, heads of columns, cells without codes."""

from __future__ import annotations

from datetime import date

from data.columns import tables
from data.words import Message

NAMES = {
    "absences": Message("Ngày vắng mặt"),
    "blackouts": Message("Ngày không kiểm tra"),
    "calendar": Message("Ngày nghỉ, ngày làm bù"),
    "campaigns": Message("Đợt chuyên đề"),
    "conflicts": Message("Xung đột lợi ích"),
    "deferrals": Message("Trường hợp tạm hoãn"),
    "duties": Message("Việc định kỳ của đơn vị"),
    "findings": Message("Tồn tại, hạn chế"),
    "indicators": Message("Chỉ số của đơn vị"),
    "inspectors": Message("Thành viên đoàn kiểm tra"),
    "measures": Message("Biện pháp tạm thời"),
    "pins": Message("Yêu cầu ghim"),
    "positions": Message("Vị trí công tác"),
    "postings": Message("Quá trình công tác"),
    "relatives": Message("Quan hệ gia đình"),
    "staff": Message("Nhân sự"),
    "successions": Message("Kế thừa công việc"),
    "units": Message("Đơn vị"),
    "visits": Message("Cuộc kiểm tra đã qua"),
    "wishes": Message("Nguyện vọng"),
}
DAYS = ("date", "birth")


def table_name(table: str, lang: str) -> str:
    """What a table is called; what is no table of ours stays as it is.

    >>> table_name("staff", "vi"), table_name("other", "vi")
    ('Nhân sự', 'other')
    """
    return NAMES[table].say(lang) if table in NAMES else table


def column_name(table: str, column: str, lang: str) -> str:
    """The head of a column: in Vietnamese that of the template, in English its name in plain letters.

    >>> column_name("staff", "birth_date", "vi"), column_name("staff", "birth_date", "en")
    ('Ngày sinh', 'Birth date')
    """
    known = tables()[table].named if table in tables() else {}
    if lang == "vi" and column in known:
        return known[column].header
    return spelled(column).capitalize() if column in known else column


def cell_words(table: str, name: str, value: str, lang: str) -> str | date | Message:
    """A cell without codes: a day, a word for a choice, yes or no; else what stands there.

    >>> cell_words("staff", "regime", "civil_servant", "vi")
    'công chức'
    """
    column = tables()[table].named.get(name) if table in tables() else None
    if column is None:
        return value
    if column.type == "flag" and value:
        return Message("có") if value == "true" else Message("không")
    if value in column.choices:
        return column.choices[value] if lang == "vi" else spelled(value)
    if column.type in DAYS:
        try:
            return date.fromisoformat(value)
        except ValueError:  # a year of birth, or nothing
            return value
    return value


def spelled(code: str) -> str:
    """A code of the program in plain letters.

    >>> spelled("civil_servant"), spelled("unit_id")
    ('civil servant', 'unit code')
    """
    plain = code.replace("_", " ")
    return plain.removesuffix(" id") + " code" if plain.endswith(" id") else plain
