"""Simulated surprise draws as one HTML page: picture, its table, and every figure beside its limit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup

from data.exports.environment import environment
from data.exports.hazard_picture import PANELS, hazard_svg, safe_days
from data.exports.hazard_words import STATES, figure_rows
from data.words import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.exports.hazard_words import Judged


def hazard_page(
    about: Message, notes: Sequence[Message], ours: Sequence[float], even: Sequence[float],
    figures: Sequence[Judged], lang: str = "vi",
) -> str:  # fmt: skip
    """The page as HTML text, in Vietnamese and English; `lang` is the one shown first.

    Parameters
    ----------
    about : what was simulated
    notes : what a reader has to know, such as units that a week leaves out
    ours, even : hazard over published rate, 1, 2, ... working days after a visit
    """
    rows = [list(figure_rows(figures, to)) for to in ("vi", "en")]
    page = environment().get_template("hazard.html").render(
        lang=lang, about=about, notes=notes, panels=PANELS, safe=safe_days(even),
        picture_vi=Markup(hazard_svg(ours, even, "vi")), picture_en=Markup(hazard_svg(ours, even, "en")),
        days=list(zip(ours, even, strict=True)), tests=list(zip(*rows, strict=True)), zip=zip,
        states={
            state: sum(figure.state == state for figure in figures) for state in STATES
        },
        state_words=STATES,
    )  # fmt: skip
    return re.sub(r"\n\s*\n+", "\n", page)
