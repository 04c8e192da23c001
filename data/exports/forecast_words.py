"""What the pictures, tables and pages of a forecast call things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.catalogue import english_fields
from data.forecast import BEFORE, CITY_FIELD, LATER
from data.words import Listed, Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.forecast import Forecast, ReadingForecast

READINGS = {
    "continuous": Message("Coi việc cũ tiếp tục sau sắp xếp"),
    "restarted": Message("Tính lại từ đầu sau sắp xếp"),
}
BOTH_READINGS = Message("Hai cách tính thời gian cho cùng kết quả")
PERIODS = {BEFORE: Message("Trước quý đầu"), LATER: Message("Sau quý cuối")}
CITY_LIMIT = Message("Theo thời hạn của Thành phố, không thuộc danh mục")
COLUMNS = {
    "due": Message("Đến hạn"),
    "deferred": Message("Đang chưa thực hiện"),
    "exempt": Message("Không phải chuyển đổi"),
    "flattened": Message("Sau san phẳng"),
}


def title_text(forecast: Forecast) -> Message:
    """What the forecast is called."""
    first, last = forecast.quarters[0][:4], forecast.quarters[-1][:4]
    return Message(
        "Dự báo chuyển đổi vị trí công tác {first}–{last}", {"first": first, "last": last}
    )


def about(forecast: Forecast) -> tuple[Message, ...]:
    """How the numbers are counted, in four sentences."""
    on = {"on": forecast.on.strftime("%d/%m/%Y")}
    return (
        Message(
            "Mỗi người được tính một lần trong mỗi cách tính, tại quý có ngày phải chuyển đổi muộn "
            "nhất; tính theo vị trí đang giữ ngày {on}, chưa tính các vị trí sẽ chuyển đến.",
            on,
        ),
        Message(
            "Cột «trước quý đầu»: đã quá hạn ngày {on}, hoặc sẽ quá hạn trước khi quý đầu bắt đầu.",
            on,
        ),
        Message(
            "Người đang chưa thực hiện vẫn giữ ngày đến hạn vì thời gian vẫn được tính; "
            "người không phải chuyển đổi được để riêng."
        ),
        Message(
            "San phẳng: mỗi người đến hạn chuyển một lần, trong quý có ngày nằm giữa ngày sớm nhất và "
            "ngày muộn nhất được phép; đỉnh thấp nhất có thể đã được chứng minh."
        ),
    )


def quarter_text(period: str, lang: str) -> str:
    """A period for people.

    >>> quarter_text("2030-Q3", "vi")
    'Quý III/2030'
    """
    if period in PERIODS:
        return PERIODS[period].say(lang)
    year, quarter = period.split("-Q")
    if lang == "vi":
        return f"Quý {('I', 'II', 'III', 'IV')[int(quarter) - 1]}/{year}"
    return f"Q{quarter} {year}"


def field_text(field: str) -> Message:
    """A field for people: posts that only the city's limit names have a word of their own."""
    return (
        CITY_LIMIT if field == CITY_FIELD else Listed([(field, english_fields().get(field, field))])
    )


def field_name(field: str, lang: str) -> str:
    """The field in one language."""
    return field_text(field).say(lang)


def count_text(number: int, lang: str) -> str:
    """1.234 in Vietnamese, 1,234 in English."""
    text = f"{number:,}"
    return text.replace(",", ".") if lang == "vi" else text


def percent_text(share: float, lang: str) -> str:
    """22,9 % in Vietnamese, 22.9% in English."""
    text = f"{100 * share:.1f}"
    return text.replace(".", ",") + "\N{NO-BREAK SPACE}%" if lang == "vi" else f"{text}%"


def wave_text(reading: ReadingForecast, unit_names: Mapping[str, str], lang: str) -> str:
    """The wave in a sentence or two: quarter, year, share, and who carries it."""
    wave = reading.wave
    if wave is None:
        return Message("Không có ai đến hạn trong các quý này.").say(lang)
    return Message(
        "Đợt cao điểm {quarter}: {due} người, bằng {share} số người đến hạn trong các quý dự báo; "
        "cả năm {year}: {year_due} người ({year_share}). "
        "Đơn vị đông nhất: {unit} ({unit_due}); lĩnh vực đông nhất: {field} ({field_due}).",
        {
            "quarter": quarter_text(wave.quarter, lang), "due": count_text(wave.due, lang),
            "share": percent_text(wave.share, lang), "year": wave.year,
            "year_due": count_text(wave.year_due, lang),
            "year_share": percent_text(wave.year_share, lang),
            "unit": unit_names.get(wave.unit.name, wave.unit.name),
            "unit_due": count_text(wave.unit.due, lang),
            "field": field_text(wave.field.name), "field_due": count_text(wave.field.due, lang),
        },
    ).say(lang)  # fmt: skip


def flat_text(reading: ReadingForecast, lang: str) -> str:
    """What early moves can bring the peak to, and why not lower."""
    if reading.wave is None:
        return ""
    return Message(
        "Chuyển sớm {early} người thì quý đông nhất còn {peak} người; không thể thấp hơn, vì {forced} "
        "người chỉ có thể chuyển từ {first} đến {last}.",
        {
            "early": count_text(reading.moved_early, lang),
            "peak": count_text(reading.least_peak, lang), "forced": count_text(reading.forced, lang),
            "first": quarter_text(reading.tight[0], lang),
            "last": quarter_text(reading.tight[1], lang),
        },
    ).say(lang)  # fmt: skip


def shown_readings(forecast: Forecast) -> tuple[tuple[Message, ReadingForecast], ...]:
    """The readings to draw, with their titles: one when both give the same numbers."""
    first, second = forecast.readings
    if (first.before, first.due, first.flat) == (second.before, second.due, second.flat):
        return ((BOTH_READINGS, first),)
    return tuple((READINGS[r.name], r) for r in forecast.readings)
