"""Passphrases: out of a file for one sitting, or typed; never from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from data.draws.log import LogError
from data.words import Message

Ask = Callable[[str], str]


def passphrases_from(file: Path | None, ask: Ask) -> Ask:
    """Name of a key -> its passphrase: out of the file where it has it, else asked.

    The file is JSON: names and passphrases; the name "*" stands for every key that is not named.

    Raises
    ------
    LogError
        The file cannot be read as names and passphrases.
    """
    if file is None:
        return ask
    try:
        known = json.loads(file.read_text(encoding="utf-8"))
        good = isinstance(known, dict) and all(isinstance(value, str) for value in known.values())
    except ValueError:
        good = False
    if not good:
        raise LogError(
            Message(
                'Tệp mật khẩu «{file}» phải là JSON: {{"tên khóa": "mật khẩu"}}.', {"file": file}
            )
        )
    return lambda name: known.get(name) or known.get("*") or ask(name)
