"""The hazard after a visit as a picture: our draws and an evenly spread plan, side by side on one scale."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from data.words import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WIDTH, HEIGHT, LEFT, RIGHT, BETWEEN = 1060.0, 420.0, 56.0, 14.0, 46.0
TOP, FOOT = 92.0, 58.0
INK, SOFT, LINE = "#16202b", "#4b5a69", "#d8dfe6"
GOOD, BAD, RATE = "#0f7655", "#b3261e", "#76828f"
FONT = "'Be Vietnam Pro','Segoe UI',Roboto,'Noto Sans','DejaVu Sans',Arial,sans-serif"
TITLE = Message("Vừa bị kiểm tra xong thì có được yên tâm không?")
PANELS = (
    (Message("Rút thăm mỗi sáng"), Message("ngày nào cũng như ngày nào"), GOOD),
    (Message("Kế hoạch rải đều"), Message("biết lúc nào an toàn, lúc nào sắp đến lượt"), BAD),
)
DAYS = Message("số ngày làm việc sau một lượt kiểm tra đột xuất")
RATIO = Message("khả năng bị kiểm tra so với mức đã công bố (1 = đúng bằng)")
PUBLISHED = Message("mức đã công bố")


@dataclass(frozen=True)
class _Frame:
    left: float
    width: float
    days: int
    top: float  # highest value of the scale

    def x(self, day: float) -> float:
        return self.left + self.width * day / self.days

    def y(self, value: float) -> float:
        return HEIGHT - FOOT - (HEIGHT - FOOT - TOP) * min(value, self.top) / self.top


def hazard_svg(ours: Sequence[float], even: Sequence[float], lang: str = "vi") -> str:
    """The picture as SVG text: ratio of hazard to the published rate, for each working day after a visit."""
    top = max(2.0, float(ceil(max(*ours, *even))))
    width = (WIDTH - LEFT - RIGHT - BETWEEN) / 2
    parts = [*_head(lang)]
    for number, (ratio, words) in enumerate(zip((ours, even), PANELS, strict=True)):
        frame = _Frame(LEFT + number * (width + BETWEEN), width, len(ratio), top)
        parts += _panel(frame, ratio, words, lang)
    return str(
        Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" lang="{}" viewBox="0 0 {:g} {:g}" role="img" '
            'aria-label="{}" font-family="{}" font-size="13" fill="{}">'
            '<rect width="{:g}" height="{:g}" fill="#fff"/>{}</svg>\n'
        ).format(
            lang, WIDTH, HEIGHT, TITLE.say(lang), FONT, INK, WIDTH, HEIGHT, Markup("").join(parts)
        )
    )


def safe_days(ratio: Sequence[float]) -> int:
    """Working days right after a visit with less than a tenth of the published rate."""
    return next((day for day, value in enumerate(ratio) if value >= 0.1), len(ratio))


def _head(lang: str) -> Iterator[Markup]:
    yield _text(LEFT - 38, 26, TITLE.say(lang), size=19, weight=700)
    yield _text(LEFT - 38, 48, RATIO.say(lang), fill=SOFT)


def _panel(
    frame: _Frame, ratio: Sequence[float], words: tuple[Message, Message, str], lang: str
) -> Iterator[Markup]:
    title, claim, colour = words
    yield _text(frame.left, TOP - 16, title.say(lang), size=15, weight=600)
    yield _text(
        frame.left + frame.width, TOP - 16, claim.say(lang), anchor="end", fill=colour, weight=600
    )
    step = max(1, ceil(frame.top / 5))
    for level in range(0, int(frame.top) + 1, step):
        yield Markup('<path d="M{:.1f} {:.1f}h{:.1f}" stroke="{}"/>').format(
            frame.left, frame.y(level), frame.width, LINE
        )
        yield _text(frame.left - 7, frame.y(level) + 4, str(level), anchor="end", fill=SOFT)
    base = frame.y(0)
    bar = frame.width / frame.days
    for day, value in enumerate(ratio):
        yield Markup(
            '<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="{}"><title>{}</title></rect>'
        ).format(
            frame.x(day) + 0.8, frame.y(value), bar - 1.6, max(0.6, base - frame.y(value)), colour,
            Message("{day} ngày: {ratio:.2f}", {"day": day + 1, "ratio": value}).say(lang),
        )  # fmt: skip
    yield Markup(
        '<path d="M{:.1f} {:.1f}h{:.1f}" stroke="{}" stroke-width="2" stroke-dasharray="6 4"/>'
    ).format(frame.left, frame.y(1), frame.width, INK)
    yield Markup('<path d="M{:.1f} {:.1f}h{:.1f}" stroke="{}"/>').format(
        frame.left, base, frame.width, INK
    )
    yield from _below(frame, ratio, lang)


def _below(frame: _Frame, ratio: Sequence[float], lang: str) -> Iterator[Markup]:
    """Days under the bars, and the safe days where there are some."""
    base = frame.y(0)
    for day in (1, *range(10, frame.days + 1, 10)):
        yield _text(frame.x(day - 0.5), base + 17, str(day), anchor="middle", fill=SOFT)
    yield _text(frame.left + frame.width / 2, base + 38, DAYS.say(lang), anchor="middle", fill=SOFT)
    if max(ratio[len(ratio) // 2 :]) < 1.2:  # else bars stand where the words would
        yield _text(frame.left + frame.width - 4, frame.y(1) - 8, PUBLISHED.say(lang), anchor="end")
    safe = safe_days(ratio)
    if safe > 1:
        yield Markup(
            '<path d="M{:.1f} {:.1f}v-7H{:.1f}v7" fill="none" stroke="{}" stroke-width="1.6"/>'
        ).format(frame.x(0) + 1, base - 4, frame.x(safe) - 1, INK)
        yield _text(
            frame.x(0) + 2,
            base - 17,
            Message("an toàn {days} ngày", {"days": safe}).say(lang),
            weight=600,
        )


def _text(
    x: float, y: float, words: str, *, anchor: str = "start", size: int = 13, weight: int = 400,
    fill: str = INK,
) -> Markup:  # fmt: skip
    return Markup(
        '<text x="{:.1f}" y="{:.1f}" text-anchor="{}" font-size="{}" font-weight="{}" fill="{}">'
        "{}</text>"
    ).format(x, y, anchor, size, weight, fill, escape(words))
