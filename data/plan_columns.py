"""The tables of a plan folder: their columns, their Vietnamese headers, what a cell may hold."""

from __future__ import annotations

from data.columns import Column, Table

KINDS = {"periodic": "định kỳ", "thematic": "chuyên đề", "follow_up": "tái kiểm tra"}
STATUSES = {"scheduled": "đã xếp lịch", "dropped": "không xếp được"}
SHEETS = {  # sheet names of plan.xlsx, Vietnamese and English
    "visits": ("Kế hoạch", "Plan"),
    "reserve": ("Dự phòng", "Reserve"),
    "about": ("Thông tin", "About"),
}
SCENARIO_SHEET = ("Kịch bản thử", "Scenario")  # in the place of the plan's sheet of visits

# fmt: off
VISITS = Table("visits", "Các cuộc kiểm tra của kế hoạch", "Visits of the plan", (
    Column("visit_id", "id", "Mã cuộc kiểm tra", "Mã riêng của cuộc kiểm tra",
           "The visit's own code", needed=True),
    Column("unit_id", "id", "Mã đơn vị", "Đơn vị được kiểm tra", "Unit inspected", needed=True),
    Column("kind", "choice", "Loại kiểm tra", "Loại kiểm tra", "Kind of visit",
           needed=True, choices=KINDS, also=("Loại",)),
    Column("campaign_id", "id", "Mã chuyên đề", "Đợt chuyên đề", "Campaign"),
    Column("follows", "id", "Tái kiểm tra của", "Cuộc trước", "Past visit followed up"),
    Column("start", "date", "Từ ngày", "Ngày đầu", "First day",
           needed=True, blank_ok=True, also=("Ngày bắt đầu",)),
    Column("end", "date", "Đến ngày", "Ngày cuối", "Last day",
           needed=True, blank_ok=True, also=("Ngày kết thúc",)),
    Column("days", "whole", "Số ngày", "Số ngày làm việc", "Working days",
           default=0, within=(0, 366)),
    Column("lead", "id", "Mã trưởng đoàn", "Mã trưởng đoàn", "Inspector code of the leader",
           needed=True, blank_ok=True, also=("Trưởng đoàn",)),
    Column("members", "ids", "Mã thành viên",
           "Mã các thành viên khác, thư ký đứng đầu, cách nhau bằng dấu ;",
           "Inspector codes of the others, the secretary first, separated by ;",
           also=("Thành viên", "Các thành viên")),
    Column("status", "choice", "Trạng thái", "Đã xếp lịch hay không", "Scheduled or dropped",
           choices=STATUSES),
    Column("reason", "text", "Lý do", "Lý do", "Reason"),
    Column("owner", "text", "Đơn vị chủ trì", "Cơ quan chủ trì", "The body whose plan it is"),
    Column("secretary", "id", "Mã thư ký", "Mã thư ký đoàn", "Inspector code of the secretary",
           also=("Thư ký",)),
), key=("visit_id",), span=("start", "end"))

RESERVE = Table("reserve", "Ngày đoàn giữ lại theo tuần", "Team-days kept free by week", (
    Column("week_start", "date", "Tuần từ thứ Hai", "Thứ Hai của tuần", "Monday of the week",
           needed=True),
    Column("team_days", "whole", "Ngày đoàn cho đột xuất", "Giữ cho kiểm tra đột xuất",
           "Kept for surprise visits", needed=True, within=(0, 10_000)),
    Column("follow_up_days", "whole", "Ngày đoàn cho tái kiểm tra",
           "Giữ cho tái kiểm tra phát sinh", "Kept for follow-ups still to come",
           default=0, within=(0, 10_000)),
), key=("week_start",))

ABOUT = Table("about", "Thông tin về kế hoạch", "About the plan", (
    Column("key", "text", "Mục", "Mục", "Item", needed=True),
    Column("value", "text", "Giá trị", "Giá trị", "Value"),
))
# fmt: on
