"""An answer to a question about a plan as one HTML page, which needs nothing outside itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from data.exports.environment import environment

if TYPE_CHECKING:
    from collections.abc import Mapping


def answer_page(answer: Mapping[str, Any], lang: str = "vi") -> str:
    """The page as HTML text in both languages; `lang` is the one shown first.

    Parameters
    ----------
    answer : an answer as JSON values (format congvu-answer/1)
    """
    page = environment().get_template("answer.html").render(lang=lang, answer=answer)
    return re.sub(r"\n\s*\n+", "\n", page)
