"""The tables of a rotation folder: their columns, their Vietnamese headers, what a cell may hold."""

from __future__ import annotations

from data.columns import Column, Table
from data.plan_columns import ABOUT as ABOUT

INSTRUMENTS = {
    "assignment": "phân công, bố trí",
    "transfer": "điều động",
    "position_change": "thay đổi vị trí việc làm",
}
CYCLE_KINDS = {"swap": "hoán đổi", "cycle": "vòng", "chain": "chuỗi"}
SHEETS = {  # sheet names of rotation.xlsx, Vietnamese and English
    "moves": ("Kế hoạch", "Plan"),
    "unplaced": ("Chưa xếp được", "Unplaced"),
    "about": ("Thông tin", "About"),
}
MONTHS = (1, 12)

# fmt: off
MOVES = Table("moves", "Các lượt chuyển đổi vị trí công tác", "Moves of the rotation plan", (
    Column("move_id", "id", "Mã lượt chuyển", "Mã riêng của lượt chuyển", "The move's own code",
           needed=True),
    Column("staff_id", "id", "Mã nhân sự", "Người được chuyển đổi", "Who moves",
           needed=True),
    Column("from_position", "id", "Mã vị trí đi", "Vị trí thôi giữ; để trống nếu tuyển mới",
           "Post that is left; blank for a recruit", needed=True, blank_ok=True,
           also=("Vị trí đi",)),
    Column("to_position", "id", "Mã vị trí đến", "Vị trí sẽ giữ", "Post that is taken",
           needed=True, also=("Vị trí đến",)),
    Column("wave", "whole", "Đợt", "Tháng của đợt, 1 đến 12; để trống thì lấy theo ngày thực hiện",
           "Month of the wave, 1 to 12; blank: that of the day", within=MONTHS,
           also=("Đợt (tháng)",)),
    Column("effective_date", "date", "Ngày thực hiện", "Ngày bắt đầu giữ vị trí mới",
           "First day in the new post", needed=True, blank_ok=True, also=("Ngày hiệu lực",)),
    Column("instrument", "choice", "Hình thức", "Văn bản thực hiện", "Kind of decision",
           choices=INSTRUMENTS),
    Column("cycle_id", "id", "Mã vòng", "Các lượt cùng mã diễn ra cùng lúc",
           "Moves with one code take place together", needed=True, blank_ok=True),
    Column("cycle_kind", "choice", "Kiểu vòng", "Hoán đổi, vòng hay chuỗi", "Swap, cycle or chain",
           choices=CYCLE_KINDS),
    Column("days_before_limit", "whole", "Số ngày trước hạn",
           "Hạn cuối trừ ngày thực hiện; âm là sau hạn", "Limit minus day; negative: past the limit",
           within=(-40_000, 40_000)),
    Column("distance_km", "number", "Khoảng cách (km)", "Từ nhà đến đơn vị mới",
           "From home to the new unit", within=(0, 20_100)),
    Column("reason", "text", "Lý do", "Lý do", "Reason"),
), key=("move_id",))

UNPLACED = Table("unplaced", "Người chưa xếp được vị trí", "People without a place", (
    Column("staff_id", "id", "Mã nhân sự", "Người chưa xếp được", "Who has no place",
           needed=True),
    Column("reason", "text", "Lý do", "Lý do", "Reason"),
    Column("rules", "ids", "Quy tắc", "Mã các quy tắc, cách nhau bằng dấu ;",
           "Rule ids, separated by ;"),
    Column("relaxation", "text", "Cách tháo gỡ", "Điều kiện nào nới ra thì xếp được",
           "What would make room"),
), key=("staff_id",))
# fmt: on

TABLES = {"moves": MOVES, "unplaced": UNPLACED, "about": ABOUT}
