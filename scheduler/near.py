"""An id that nobody knows, and what may have been meant."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from data.words import Message
from scheduler.errors import Refused

MOST = 5  # suggestions


def known(asked: str, names: Mapping[str, str], what: Message) -> str:
    """The id that was asked for, found by id or by its full name.

    Parameters
    ----------
    names : id -> name
    what : the kind of thing, for the error

    Raises
    ------
    Refused
        When nothing has this id or name, or several have the name; near ids and names are suggested.
    """
    if asked in names:
        return asked
    wanted = asked.strip().casefold()
    found = [key for key, name in names.items() if wanted in (key.casefold(), name.casefold())]
    if len(found) == 1:
        return found[0]
    near = found[:MOST] or _near(wanted, names)
    shown = "; ".join(f"{key} ({names[key]})" if names[key] else key for key in near)
    if not shown:
        raise Refused(Message("Không có {what} «{id}».", {"what": what, "id": asked}))
    raise Refused(
        Message(
            "Không có {what} «{id}». Có phải: {near}?", {"what": what, "id": asked, "near": shown}
        )
    )


def _near(wanted: str, names: Mapping[str, str]) -> list[str]:
    """Ids that look like the text, then those whose name holds it or looks like it."""
    words: dict[str, str] = {}
    for key, name in names.items():
        words.setdefault(name.casefold(), key)
    for key in names:
        words[key.casefold()] = key
    inside = [key for text, key in words.items() if wanted and wanted in text]
    alike = [words[text] for text in get_close_matches(wanted, words, n=MOST, cutoff=0.6)]
    return list(dict.fromkeys([*alike, *inside]))[:MOST]
