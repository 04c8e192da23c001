"""What the solver is doing, in words, in the terminal and on pages."""

from data.words import Message

PHASES = {
    "first": Message("kế hoạch đầu tiên"),
    "days": Message("chọn ngày"),
    "teams": Message("xếp đoàn"),
    "together": Message("cải thiện cùng lúc ngày và đoàn"),
    "polish": Message("cải thiện"),
    "columns": Message("ghép vòng và chuỗi"),
    "explain": Message("giải thích người chưa xếp được"),
    "repair": Message("sửa kế hoạch"),
    "reserve": Message("giữ dự phòng đột xuất"),
    "bounds": Message("chứng minh cận"),
}
