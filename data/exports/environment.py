"""The templates of the pages, with the words and notations that all of them use."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from data.exports import labels
from data.exports.bilingual import both, cited, number, pair, percent, reason, words


@cache
def environment() -> Environment:
    """Templates of this package; what a person wrote is escaped, a name that is not given an error."""
    env = Environment(
        loader=PackageLoader("data", "exports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(
        _=words,
        both=both,
        cited=cited,
        pair=pair,
        reason=reason,
        number=number,
        percent=percent,
        inline=_inline,
    )
    env.filters.update(day=labels.day_text, iso_day=_iso_day)
    return env


def _iso_day(text: str) -> str:
    """dd/mm/yyyy for a day of a facts file; "" for none."""
    return labels.day_text(date.fromisoformat(text)) if text else ""


def _inline(name: str) -> Markup:
    """A file of this package as it stands: our own style and script, never a person's words."""
    return Markup((files("data") / "exports" / name).read_text(encoding="utf-8"))
