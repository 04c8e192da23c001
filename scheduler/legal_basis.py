"""The articles on which each flag rests, with a mark on what has to be checked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from data.citations import source_text
from scheduler.citations import cited_once
from scheduler.derivation_words import post_words
from scheduler.flag_facts import Fact, read_facts
from scheduler.flags import CITY, DATED, STATUTE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from scheduler.flags import Flags
    from scheduler.rotation_law import RotationLaw


def legal_bases(flags: Flags, rows: NDArray[np.int64], lang: str) -> list[str]:
    """The acts and articles on which each of these rows rests, each act once; "" without dates.

    The overlay's article is among them: of a merged deferral those of all its rows.
    """
    known: dict[tuple[int, tuple[int, ...]], str] = {}
    found = []
    people = flags.steps.person[rows].tolist()
    for person, fact in zip(people, read_facts(flags, rows), strict=True):
        if fact.reason != DATED:
            found.append("")
            continue
        shown = 1 if fact.exempt else 2 if fact.deferred else 3 if fact.single else 0
        parts = flags.deferred.parts(person) if shown == 2 else ()
        grounds = tuple(sorted({ground for *_, ground in parts}))
        key = ((fact.regime * 4 + shown) * (len(flags.catalogue) + 1) + fact.kind, grounds)
        if key not in known:
            known[key] = _basis(flags, fact, shown, grounds, lang)
        found.append(known[key])
    return found


def terms_of(flags: Flags, rows: NDArray[np.int64]) -> list[tuple[int, str]]:
    """Months and paper of the limit that counts in each row, which has dates; never the overlay's article."""
    catalogue = [*flags.catalogue.values()]
    highest = flags.desks.term_max[flags.steps.desk[rows]].tolist()
    return [
        (flags.law.city_limit, flags.law.sources["limit"]) if fact.by_city
        else (most, catalogue[fact.kind].citation)
        for fact, most in zip(read_facts(flags, rows), highest, strict=True)
    ]  # fmt: skip


def cited(flags: Flags, lang: str) -> list[str]:
    """The paper of each row of the catalogue, by its number, marked where it is not certain."""
    return [marked(row.citation, row.confidence, lang) for row in flags.catalogue.values()]


def marked(source: str, confidence: str, lang: str) -> str:
    """The source, with "to be checked" unless it is certain."""
    source = source_text(source, lang)
    return source if confidence == "high" else f"{source}; {post_words(lang)['check']}"


def named_papers(law: RotationLaw, lang: str) -> RotationLaw:
    """The law with its papers named in the reader's language."""
    return replace(law, sources={k: source_text(v, lang) for k, v in law.sources.items()})


def clause(flags: Flags, ground: int) -> str:
    """The article and clause by which a ground, given by its number, puts a move off, as the rules write it."""
    return flags.law.grounds.get(flags.deferred.grounds[ground], "")


def article(flags: Flags, ground: int) -> str:
    """The same with the act before it."""
    return ", ".join(filter(None, (flags.law.sources["grounds"], clause(flags, ground))))


def _basis(flags: Flags, fact: Fact, shown: int, grounds: tuple[int, ...], lang: str) -> str:
    sources, check = flags.law.sources, post_words(lang)["check"]
    parts = []
    if fact.regime & STATUTE:
        row = [*flags.catalogue.values()][fact.kind]
        sure = row.confidence == "high"
        parts += [sources["statute"], row.citation if sure else f"{row.citation} ({check})"]
    if fact.regime & CITY:
        parts.append(f"{sources['city-policy']} ({check})")
    if shown == 2:
        parts += sorted(article(flags, ground) for ground in grounds)
    elif shown:
        parts.append(sources["exempt-months" if shown == 1 else "single-post"])
    return source_text(cited_once(parts), lang)
