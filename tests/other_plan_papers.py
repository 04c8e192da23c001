"""Annexes of another body's plan as they are sent: a title, headings inside, names as people write them."""

from __future__ import annotations

import io

import openpyxl

BODY = "Thanh tra thành phố"
LINES = (
    (1, "Sở Tài chính", "Ngân sách", "từ 03/5/2027 đến 14/5/2027"),
    (2, "UBND P. Hồng Hà; UBND phường Quán Thánh", "Đất đai", "Quý II"),
    (3, "Công ty TNHH Ba Đình", "Thuế", "tháng 9/2027"),
    (4, "UBND xã Nội Bài", "Trật tự xây dựng", "theo chỉ đạo"),
)
FOUND = (  # names in reading order, and the unit that is proposed
    ("Sở Tài chính", "HN-STC"),
    ("UBND P. Hồng Hà", "00097"),
    ("UBND phường Quán Thánh", "00004"),
    ("Công ty TNHH Ba Đình", ""),
    ("UBND xã Nội Bài", "00433"),
)


def annex(*more: tuple[object, ...]) -> bytes:
    """The workbook, with more lines (number, names, content, time) at its end."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Phụ lục"
    for line in (
        ("KẾ HOẠCH NĂM 2027",), (), ("TT", "Đối tượng", "Nội dung", "Thời gian tiến hành"),
        ("I", "Các đơn vị", None, None), *LINES, *more,
    ):  # fmt: skip
        sheet.append(line)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
