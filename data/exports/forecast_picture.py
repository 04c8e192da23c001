"""The forecast as a picture: bars for each quarter and reading, and the line that early moves reach."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from data.exports.forecast_words import (
    COLUMNS,
    count_text,
    percent_text,
    quarter_text,
    shown_readings,
    title_text,
)
from data.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.forecast import Forecast, ReadingForecast

WIDTH, PANEL, LEFT, RIGHT = 1060.0, 300.0, 52.0, 16.0
HEAD, TOP, FOOT = 78.0, 58.0, 42.0  # title and legend; above and below the bars of a panel
INK, SOFT, LINE = "#16202b", "#4b5a69", "#d8dfe6"
DUE, PEAK, BEFORE, APART, FLAT = "#1f5fae", "#0d3b66", "#b3261e", "#76828f", "#a84a06"
FONT = "'Be Vietnam Pro','Segoe UI',Roboto,'Noto Sans','DejaVu Sans',Arial,sans-serif"
PATTERNS = Markup(
    '<defs><pattern id="apart" width="5" height="5" patternUnits="userSpaceOnUse">'
    '<rect width="5" height="5" fill="#fff"/><circle cx="2.5" cy="2.5" r="1.2" fill="{}"/></pattern>'
    '<pattern id="before" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="6" height="6" fill="#fff"/>'
    '<rect width="3" height="6" fill="{}"/></pattern></defs>'
).format(APART, BEFORE)


@dataclass(frozen=True)
class _Frame:
    """Where things of one panel stand; `top` is its upper edge."""

    top: float
    n: int  # quarters
    scale: float  # pixels for each person

    @property
    def base(self) -> float:
        return self.top + PANEL - FOOT

    @property
    def pitch(self) -> float:
        return (WIDTH - LEFT - RIGHT) / (self.n + 1.6)

    def x(self, column: int) -> float:
        """Left edge of a column; -1 is the one before the quarters."""
        return LEFT + (0 if column < 0 else (column + 1.6) * self.pitch)

    def y(self, people: float) -> float:
        return self.base - people * self.scale


def forecast_svg(forecast: Forecast, lang: str = "vi") -> str:
    """The picture as SVG text: one panel for each reading on one scale, without anything outside it.

    Full bars are people due, dotted ones above them people who stand apart, the hatched bar at the
    left those whose date lies before; the line is the schedule with the lowest possible peak.
    """
    shown = shown_readings(forecast)
    most = max(max(_tops(reading)) for _, reading in shown)
    step = _step(most)
    top = step * max(1, ceil(most / step))
    height = HEAD + PANEL * len(shown)
    parts = [PATTERNS, *_head(forecast, lang)]
    for number, (title, reading) in enumerate(shown):
        frame = _Frame(HEAD + PANEL * number, len(forecast.quarters), (PANEL - TOP - FOOT) / top)
        parts += _panel(frame, forecast, reading, title.say(lang), range(0, top + 1, step), lang)
    drawing = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" lang="{}" viewBox="0 0 {:g} {:g}" role="img" '
        'aria-label="{}" font-family="{}" font-size="13" fill="{}">'
        '<rect width="{:g}" height="{:g}" fill="#fff"/>{}</svg>\n'
    ).format(
        lang, WIDTH, height, title_text(forecast).say(lang), FONT, INK, WIDTH, height, Markup("").join(parts)
    )  # fmt: skip
    return str(drawing)


def _tops(reading: ReadingForecast) -> list[int]:
    columns = zip(reading.due, reading.deferred, reading.exempt, strict=True)
    return [sum(reading.before), *map(sum, columns), *reading.flat]


def _step(most: int) -> int:
    step = 1
    while most > 5 * step:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return step


def _head(forecast: Forecast, lang: str) -> Iterator[Markup]:
    yield _text(LEFT - 36, 26, title_text(forecast).say(lang), size=19, weight=700, fill=PEAK)
    on = say(lang, "theo dữ liệu ngày {on}; số người mỗi quý", on=forecast.on.strftime("%d/%m/%Y"))
    yield _text(WIDTH - RIGHT, 26, on, anchor="end", fill=SOFT)
    apart = f"{COLUMNS['deferred'].say(lang)}, {COLUMNS['exempt'].say(lang).lower()}"
    keys = (
        (DUE, COLUMNS["due"].say(lang)), ("url(#apart)", apart),
        ("url(#before)", say(lang, "Trước quý đầu: quá hạn")),
    )  # fmt: skip
    x = LEFT - 36
    for fill, words in keys:
        yield _bar(x, 44, 16, 13, fill, "")
        yield _text(x + 22, 55, words)
        x += 46 + 7.2 * len(words)
    yield Markup('<path d="M{:g} 51h26" stroke="{}" stroke-width="3"/>').format(x, FLAT)
    yield _text(x + 32, 55, say(lang, "Sau san phẳng bằng chuyển sớm"))


def _panel(
    frame: _Frame,
    forecast: Forecast,
    reading: ReadingForecast,
    title: str,
    levels: range,
    lang: str,
) -> Iterator[Markup]:
    yield _text(LEFT - 36, frame.top + 16, title, size=15, weight=600)
    for level in levels:
        y = frame.y(level)
        yield Markup('<path d="M{:g} {:g}H{:g}" stroke="{}"/>').format(LEFT, y, WIDTH - RIGHT, LINE)
        yield _text(LEFT - 6, y + 4, count_text(level, lang), anchor="end", fill=SOFT, size=12)
    yield from _bars(frame, forecast, reading, lang)
    yield _line(frame, reading)
    yield from _axis(frame, forecast, lang)
    yield from _labels(frame, forecast, reading, lang)


def _bars(
    frame: _Frame, forecast: Forecast, reading: ReadingForecast, lang: str
) -> Iterator[Markup]:
    wave = reading.wave.quarter if reading.wave else ""
    columns = [("before", -1, *reading.before)]
    columns += [
        (quarter, n, reading.due[n], reading.deferred[n], reading.exempt[n])
        for n, quarter in enumerate(forecast.quarters)
    ]
    for period, n, due, deferred, exempt in columns:
        x, width = frame.x(n) + 3, frame.pitch - 6
        name = quarter_text(period, lang)
        fill = "url(#before)" if n < 0 else PEAK if period == wave else DUE
        words = f"{name}: {COLUMNS['due'].say(lang).lower()} {count_text(due, lang)}"
        yield _bar(x, frame.y(due), width, due * frame.scale, fill, words)
        apart = deferred + exempt
        words = f"{name}: {COLUMNS['deferred'].say(lang).lower()} {deferred}; "
        words += f"{COLUMNS['exempt'].say(lang).lower()} {exempt}"
        yield _bar(x, frame.y(due + apart), width, apart * frame.scale, "url(#apart)", words)


def _line(frame: _Frame, reading: ReadingForecast) -> Markup:
    """Steps, one for each quarter."""
    steps = [
        f"{'L' if n else 'M'}{frame.x(n):.1f} {frame.y(people):.1f}H{frame.x(n + 1):.1f}"
        for n, people in enumerate(reading.flat)
    ]
    return Markup(
        '<path d="{0}" fill="none" stroke="#fff" stroke-width="5"/>'
        '<path d="{0}" fill="none" stroke="{1}" stroke-width="3"/>'
    ).format("".join(steps), FLAT)


def _axis(frame: _Frame, forecast: Forecast, lang: str) -> Iterator[Markup]:
    wide = frame.pitch > 24
    for n, quarter in enumerate(forecast.quarters):
        if wide or quarter.endswith("Q1"):
            word = quarter_text(quarter, lang).split("/")[0].split()
            text = (word[1] if lang == "vi" else word[0]) if wide else ""
            yield _text(
                frame.x(n) + frame.pitch / 2, frame.base + 16, text, anchor="middle", size=12
            )
        if quarter.endswith("Q1"):
            x = frame.x(n)
            yield Markup('<path d="M{0:g} {1:g}v34" stroke="{2}"/>').format(x, frame.base, SOFT)
            yield _text(x + 5, frame.base + 33, quarter[:4], weight=600)
    yield _text(frame.x(-1) + 3, frame.base + 16, say(lang, "Trước"), size=12)
    yield Markup('<path d="M{:g} {:g}H{:g}" stroke="{}"/>').format(
        LEFT, frame.base, WIDTH - RIGHT, INK
    )


def _labels(
    frame: _Frame, forecast: Forecast, reading: ReadingForecast, lang: str
) -> Iterator[Markup]:
    """The peak and the level that early moves reach, by name, where they stand."""
    if sum(reading.before):
        y = frame.y(sum(reading.before)) - 5
        yield _text(
            frame.x(-1) + 3, y, count_text(reading.before[0], lang), weight=600, fill=BEFORE
        )
    if reading.wave is None:
        return
    at = forecast.quarters.index(reading.wave.quarter)
    high = reading.due[at] + reading.deferred[at] + reading.exempt[at]
    words = say(
        lang, "Đợt cao điểm {quarter}: {due} người ({share})",
        quarter=quarter_text(reading.wave.quarter, lang), due=count_text(reading.wave.due, lang),
        share=percent_text(reading.wave.share, lang),
    )  # fmt: skip
    x = frame.x(at) + frame.pitch / 2
    yield _text(x, frame.y(high) - 7, words, anchor=_anchor(x), weight=700, fill=PEAK)
    words = say(lang, "San phẳng: nhiều nhất {n} người/quý", n=count_text(reading.least_peak, lang))
    yield _text(
        frame.x(0) + 4, frame.y(reading.least_peak) - 9, words, weight=600, fill=FLAT, halo=True
    )


def _anchor(x: float) -> str:
    return "end" if x > WIDTH - 170 else "start" if x < 170 else "middle"


def _bar(x: float, y: float, width: float, height: float, fill: str, title: str) -> Markup:
    if height <= 0:
        return Markup("")
    edge = {"url(#apart)": APART, "url(#before)": BEFORE}.get(fill, fill)
    return Markup(
        '<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="{}" stroke="{}">{}</rect>'
    ).format(x, y, width, height, fill, edge, _tip(title))


def _tip(title: str) -> Markup:
    return Markup("<title>{}</title>").format(title) if title else Markup("")


def _text(
    x: float, y: float, words: str, *, anchor: str = "start", size: int = 13, weight: int = 400,
    fill: str = INK, halo: bool = False,
) -> Markup:  # fmt: skip
    behind = Markup(' stroke="#fff" stroke-width="4" paint-order="stroke"') if halo else Markup("")
    return Markup(
        '<text x="{:.1f}" y="{:.1f}" text-anchor="{}" font-size="{}" font-weight="{}" fill="{}"{}>'
        "{}</text>"
    ).format(x, y, anchor, size, weight, fill, behind, escape(words))
