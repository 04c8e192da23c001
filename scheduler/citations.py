"""Citations put together for one sentence: each act is named once, with all its articles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

JOINT = "; "  # between acts, as the rule files and the catalogue write it
_PLACE = re.compile(r", (?=Điều |Phụ lục)")
_CLAUSE = ", khoản "


def cited_once(sources: Iterable[str]) -> str:
    """The acts of all the sources in the order met, each once with the articles that any of them names.

    >>> cited_once(["Luật A, Điều 24 và Điều 25, khoản 1; Nghị định B", "Luật A, Điều 25, khoản 2"])
    'Luật A, Điều 24 và Điều 25, khoản 1, 2; Nghị định B'
    """
    acts: dict[str, list[str]] = {}
    for source in sources:
        for citation in filter(None, source.split(JOINT)):
            act, *articles = _PLACE.split(citation, maxsplit=1)
            known = acts.setdefault(act, [])
            for article in articles:
                _add(known, article)
    return JOINT.join(
        ", ".join(filter(None, (act, " và ".join(found)))) for act, found in acts.items()
    )


def _add(known: list[str], article: str) -> None:
    """Adds an article that is not named yet; a further clause of the last one by its number alone."""
    if article in known:
        return
    head, clause, number = article.rpartition(_CLAUSE)
    last, _, numbers = known[-1].rpartition(_CLAUSE) if known else ("", "", "")
    same = clause and re.search(rf"(^| ){re.escape(head)}$", last)
    if not same or numbers.endswith(")"):  # a remark on the last clause is on no other
        known.append(article)
    elif number not in numbers.split(", "):
        known[-1] += f", {number}"
