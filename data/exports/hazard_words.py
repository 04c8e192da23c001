"""What the figures of simulated draws are called, how they are written, and what their limits mean."""

from __future__ import annotations

from dataclasses import dataclass
from math import isinf, isnan
from typing import TYPE_CHECKING, Protocol

from data.words import Message, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Judged(Protocol):
    """A figure beside its limits, as the simulation measures it."""

    @property
    def test(self) -> str:
        """Number of the acceptance test."""

    @property
    def name(self) -> str:
        """What is measured."""

    @property
    def value(self) -> float:
        """The number."""

    @property
    def least(self) -> float:
        """Not below."""

    @property
    def most(self) -> float:
        """Not above."""

    @property
    def error(self) -> float:
        """Standard error; 0: exact."""

    @property
    def state(self) -> str:
        """met, missed, unsure or told."""


@dataclass(frozen=True)
class FigureRow:
    """A figure in one language."""

    words: str
    value: str
    limit: str
    state: str
    verdict: str


TESTS = {
    "A1": Message("Bảng vé đúng đến từng vé"),
    "A2": Message("Kết quả rút thăm khớp với bảng vé"),
    "A3": Message("Không tuần nào được yên tâm"),
    "A4": Message("Lịch trực của các tổ làm lộ bao nhiêu (0,5: không lộ gì)"),
    "A5": Message("Người theo dõi nhiều năm học được gì (0,5: không học được gì)"),
    "A6": Message("Không lúc nào an toàn hơn lúc khác (1: đúng bằng mức đã công bố)"),
    "A7": Message("Kết quả một ngày khó đoán đến đâu"),
    "A12": Message("Ốm buổi sáng, bỏ cuộc sau khi biết nơi đến"),
    "A13": Message("Một phần tư số tổ nghỉ 60 ngày, lập lại bảng vé"),
}
STATES = {
    "met": Message("đạt"),
    "missed": Message("KHÔNG ĐẠT"),
    "unsure": Message("chưa đủ mẫu để khẳng định"),
    "told": Message("để biết"),
}
CHANCE_OFF = Message("Xác suất tính từ số vé nguyên lệch khỏi xác suất đã định, nhiều nhất")
ASTRAY = Message("Lượt có tổng vé sai hoặc có vé cho đơn vị không được đến")
PER_TEAMS_LEAST = Message("Nhóm đơn vị có cùng số tổ được đến: mức thấp nhất")
PER_TEAMS_MOST = Message("Nhóm đơn vị có cùng số tổ được đến: mức cao nhất")
WINDOWS = {
    "after_1": Message("Ngay ngày hôm sau một lượt"),
    "after_1-5": Message("Từ 1 đến 5 ngày sau một lượt"),
    "after_6-20": Message("Từ 6 đến 20 ngày sau một lượt"),
    "after_21-60": Message("Từ 21 đến 60 ngày sau một lượt"),
    "last_days": Message("10 ngày cuối năm"),
    "unvisited": Message("50 ngày cuối năm, đơn vị chưa bị kiểm tra lần nào"),
    "twice": Message("50 ngày cuối năm, đơn vị đã bị kiểm tra hai lần"),
    "before_planned": Message("10 ngày trước cuộc kiểm tra định kỳ"),
    "after_planned": Message("10 ngày sau cuộc kiểm tra định kỳ"),
    "class_least": PER_TEAMS_LEAST,
    "class_most": PER_TEAMS_MOST,
}
FIGURES = {
    "A1": {
        "tickets_astray": ASTRAY, "chance_off": CHANCE_OFF,
        "sum_off": Message("Tổng xác suất của ngày lệch khỏi số lượt, nhiều nhất"),
    },
    "A2": {
        "chi2": Message("Độ phân tán số lượt của các đơn vị so với may rủi thuần túy (1: đúng bằng)"),
        "largest_z": Message("Đơn vị lệch nhiều nhất, tính bằng độ lệch chuẩn"),
        "unit_day_sd": Message("Độ lệch chuẩn của từng đơn vị, từng ngày (1: đúng bằng may rủi)"),
        "mean_share": Message("Số lượt của một đơn vị lệch khỏi kỳ vọng, trung bình"),
        "largest_share": Message("Số lượt của một đơn vị lệch khỏi kỳ vọng, nhiều nhất"),
    },
    "A3": {
        "zero_weeks": Message("Số tuần mà một đơn vị chắc chắn không bị kiểm tra"),
        "week_least": Message("Tuần nhẹ nhất của một đơn vị, so với mức đã công bố"),
        "week_dark": Message("Phần số tuần dưới 75 % mức đã công bố"),
        "planned_least": Message("Tuần nhẹ nhất khi không tổ nào ốm"),
        "planned_dark": Message("Phần số tuần dưới 75 % khi không tổ nào ốm"),
        "year_off": Message("Cả năm lệch khỏi mức đã công bố, nhiều nhất"),
    },
    "A4": {
        "leak_day": Message("Biết hôm nay tổ nào đi: đoán trong ngày"),
        "blind_day": Message("– nếu bốc tổ không xét tổ được đến đâu"),
        "pool_day": Message("– nếu bốc như vậy và chỉ biết tổ nào đang trực"),
        "leak_week": Message("Biết cả tuần tổ nào đi: đoán trong tuần"),
        "blind_week": Message("– nếu bốc tổ không xét tổ được đến đâu"),
        "pool_week": Message("– nếu bốc như vậy và chỉ biết tổ nào đang trực"),
    },
    "A5": {
        "auc": Message("Người theo dõi, trên những năm chưa thấy"),
        "gain": Message("Người theo dõi được lợi bao nhiêu bit mỗi lượt"),
        "placebo": Message("Đối chứng: khi thật sự không có gì để học"),
        "even": Message("Đối chứng: kế hoạch rải đều bị đoán"),
        "even_gain": Message("Kế hoạch rải đều: được lợi bao nhiêu bit mỗi lượt"),
        "gap": Message("Đối chứng: quy tắc cách nhau 20 ngày bị đoán"),
        "insider": Message("Người theo dõi biết thêm tổ nào đi hôm nay"),
    },
    "A6": WINDOWS,
    "A7": {
        "set_least": Message("Độ ngẫu nhiên của các đơn vị so với mức cao nhất có thể, ngày kém nhất"),
        "set_mean": Message("Độ ngẫu nhiên so với mức cao nhất có thể, trung bình"),
        "least_bits": Message("Kết quả dễ gặp nhất của một ngày: số bit"),
        "day_bits": Message("Độ ngẫu nhiên của một ngày, cả đơn vị và tổ: số bit"),
    },
    "A12": {
        "used": Message("Phần số lượt đã rút thăm được"),
        "void": Message("Phần số lượt bị hủy vì không tổ nào đi thay được"),
    },
    "A13": {
        "before": Message("Lộ trong ngày: trước đó"), "during": Message("Lộ trong ngày: trong 60 ngày đó"),
        "after": Message("Lộ trong ngày: sau đó"), "chance_off": CHANCE_OFF, "tickets_astray": ASTRAY,
        **WINDOWS,
    },
}  # fmt: skip
SHARES = {
    "mean_share", "largest_share", "week_least", "week_dark", "planned_least", "planned_dark",
    "year_off", "set_least", "set_mean", "used", "void",
}  # fmt: skip
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
DIGITS = {"least_bits": 1, "day_bits": 1, "largest_z": 2}


def figure_rows(figures: Sequence[Judged], lang: str) -> Iterator[tuple[str, list[FigureRow]]]:
    """Tests in order, each with its title and its figures in words."""
    for test, title in TESTS.items():
        own = [figure for figure in figures if figure.test == test]
        if own:
            yield f"{test}. {title.say(lang)}", [figure_row(figure, lang) for figure in own]


def figure_row(figure: Judged, lang: str) -> FigureRow:
    """One figure in words."""
    value = value_text(figure.name, figure.value, lang)
    if figure.error > 0 and not isnan(figure.value):
        value += f" ± {value_text(figure.name, figure.error, lang)}"
    return FigureRow(
        FIGURES[figure.test][figure.name].say(lang), value, _limit(figure, lang), figure.state,
        STATES[figure.state].say(lang),
    )  # fmt: skip


def _limit(figure: Judged, lang: str) -> str:
    least, most = (value_text(figure.name, limit, lang) for limit in (figure.least, figure.most))
    if isinf(figure.least) and isinf(figure.most):
        return ""
    if isinf(figure.least):
        return say(lang, "không quá {most}", most=most)
    if isinf(figure.most):
        return say(lang, "ít nhất {least}", least=least)
    return say(lang, "{least} đến {most}", least=least, most=most)


def value_text(name: str, value: float, lang: str) -> str:
    """A figure as people write it: shares in percent, whole numbers whole, tiny ones as powers of ten."""
    if isnan(value):
        return "–"
    if isinf(value):
        return ""
    if name in SHARES:
        share = 100 * value
        text = f"{share:.2f}" if share < 10 else f"{share:.1f}"
        text = text.rstrip("0").rstrip(".")
        return f"{_marks(text, lang)}\N{NO-BREAK SPACE}%" if lang == "vi" else f"{text}%"
    if isinstance(value, int) or value == 0:
        return f"{value:.0f}"
    if abs(value) < 1e-4:
        digit, power = f"{value:.0e}".split("e")
        return f"{digit}·10{str(int(power)).translate(RAISED)}"
    return _marks(f"{value:.{DIGITS.get(name, 3)}f}", lang)


def _marks(text: str, lang: str) -> str:
    return text.replace(".", ",") if lang == "vi" else text
