"""The articles on which each flag rests, with a mark on what has to be checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.derivation_words import post_words
from scheduler.flag_facts import Fact, read_facts
from scheduler.flags import CITY, DATED, STATUTE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from scheduler.flags import Flags


def legal_bases(flags: Flags, rows: NDArray[np.int64], lang: str) -> list[str]:
    """The articles on which each of these rows rests, the overlay's last; "" without dates."""
    known: dict[tuple[int, ...], str] = {}
    kinds, check, found = cited(flags, lang), post_words(lang)["check"], []
    for fact in read_facts(flags, rows):
        if fact.reason != DATED:
            found.append("")
            continue
        shown = 1 if fact.exempt else 2 if fact.deferred else 3 if fact.single else 0
        key = (fact.regime, fact.kind, shown, fact.ground if shown == 2 else 0)
        if key not in known:
            known[key] = _basis(flags, fact, shown, kinds, check)
        found.append(known[key])
    return found


def cited(flags: Flags, lang: str) -> list[str]:
    """The paper of each row of the catalogue, by its number, marked where it is not certain."""
    return [marked(row.citation, row.confidence, lang) for row in flags.catalogue.values()]


def marked(source: str, confidence: str, lang: str) -> str:
    """The source, with "to be checked" unless it is certain."""
    return source if confidence == "high" else f"{source}; {post_words(lang)['check']}"


def article(flags: Flags, ground: int) -> str:
    """The article by which a ground, given by its number, puts a move off."""
    names = flags.deferred.grounds
    name = flags.law.grounds.get(names[ground], "") if names else ""
    return ", ".join(filter(None, (flags.law.sources["grounds"], name)))


def _basis(flags: Flags, fact: Fact, shown: int, kinds: list[str], check: str) -> str:
    sources, parts = flags.law.sources, []
    if fact.regime & STATUTE:
        parts += [sources["statute"], kinds[fact.kind]]
    if fact.regime & CITY:
        parts.append(f"{sources['city-policy']} ({check})")
    overlays = ("", sources["exempt-months"], article(flags, fact.ground), sources["single-post"])
    parts += [overlays[shown]] if shown else []
    return "; ".join(dict.fromkeys(parts))
