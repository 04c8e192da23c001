"""What to try first in the demonstration: one thing after another, each with whose account it is for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.words import Message

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


@dataclass(frozen=True)
class Stop:
    """One thing to try: who does it, and on which page; `needs` is the page's path as the program knows it."""

    role: str
    needs: str
    path: str
    icon: str
    title: Message
    text: Message


STOPS = (
    Stop(
        "planner", "/plans/{plan_id}/year", "/plans/{in_force}/year", "calendar-stats",
        Message("Cả năm trên một trang"),
        Message(
            "Mỗi dòng một đơn vị, mỗi cột một tuần. Bấm vào một cuộc kiểm tra để đọc vì sao có đơn vị này, "
            "vì sao tuần này, vì sao tổ này."
        ),
    ),
    Stop(
        "planner", "/plans/{plan_id}/compare", "/plans/{amendment}/compare", "git-compare",
        Message("Một người nghỉ ốm"),
        Message(
            "Máy đã soạn bản điều chỉnh với ít thay đổi nhất. Xem hai bản cạnh nhau: chỗ giống nhau được làm "
            "mờ, chỗ khác được nêu rõ."
        ),
    ),
    Stop(
        "planner", "/datasets/{dataset_id}", "/datasets/{faulty}", "database",
        Message("Một tệp có lỗi"),
        Message(
            "Bảng kiểm tra viên vừa tải lên còn sai: mỗi lỗi được nêu theo dòng, cột và cách sửa; chưa lỗi nào "
            "lọt vào dữ liệu đang dùng."
        ),
    ),
    Stop(
        "leader", "/plans/{plan_id}", "/plans/{waiting}", "signature",
        Message("Kế hoạch năm sau chờ phê duyệt"),
        Message(
            "Đọc một trang: bao nhiêu đơn vị, tải công việc, đơn vị nào không xếp được và vì sao. Rồi phê "
            "duyệt, hoặc trả lại kèm điều cần sửa."
        ),
    ),
    Stop(
        "inspector", "/assignments", "/assignments", "calendar-event",
        Message("Lịch của người đi kiểm tra"),
        Message(
            "Mở trên điện thoại thì càng rõ: hôm nay đi đâu, với ai, hạn báo cáo. Vào một cuộc kiểm tra đã bắt "
            "đầu để ghi tồn tại, hạn chế."
        ),
    ),
    Stop(
        "hr", "/people", "/people?standing=overdue", "hourglass",
        Message("Ai quá hạn giữ vị trí"),
        Message(
            "Danh sách xếp theo ngày còn lại, tìm không cần gõ dấu. Bấm vào một người để xem thời hạn được "
            "tính từng bước, theo điều nào."
        ),
    ),
    Stop(
        "hr", "/rotations/{plan_id}", "/rotations/{rotation}", "arrows-exchange",
        Message("Đổi chỗ mà không vị trí nào bỏ trống"),
        Message(
            "Kế hoạch chuyển đổi năm sau: ai đổi với ai, vòng nào, ngày nào; ai chưa xếp được và vì sao. Đã "
            "soát quy tắc, chờ trình."
        ),
    ),
    Stop(
        "auditor", "/journal", "/journal", "history",
        Message("Nhật ký không sửa được"),
        Message(
            "Mọi việc vừa làm đều để lại một dòng nối với dòng trước. Bấm kiểm chứng để máy tính lại cả chuỗi."
        ),
    ),
)  # fmt: skip


def stops(known: Collection[str], ids: Mapping[str, int]) -> list[tuple[Stop, str]]:
    """The things that can be tried here, each with its address: whose page exists and whose ids are there."""
    found = []
    for stop in STOPS:
        if stop.needs in known:
            try:
                found.append((stop, stop.path.format(**ids)))
            except KeyError:  # nothing of the kind was made: late in December there is no amendment
                continue
    return found
