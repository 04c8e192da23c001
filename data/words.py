"""Words in two languages: Vietnamese is the source, English comes from the Babel catalogue."""

from __future__ import annotations

import gettext
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LANGUAGES = ("vi", "en")


@cache
def _catalogue(lang: str) -> gettext.NullTranslations:
    if lang == "vi":
        return gettext.NullTranslations()
    with (files("data") / "locale" / lang / "LC_MESSAGES" / "congvu.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def say(lang: str, text: str, **params: object) -> str:
    """The text in the reader's language, with its {named} fields filled in.

    >>> say("vi", "dòng {row}", row=3)
    'dòng 3'
    """
    translated = _catalogue(lang).gettext(text) if text else ""  # "" is the catalogue's own entry
    return translated.format(**params) if params else translated


@dataclass(frozen=True)
class Message:
    """A sentence for either language: Vietnamese text with {named} fields, and their values.

    A value that is itself a Message is said in the same language.
    """

    text: str
    params: Mapping[str, object] = field(default_factory=dict)

    def say(self, lang: str) -> str:
        """The sentence in Vietnamese ("vi") or English ("en")."""
        filled = {k: v.say(lang) if isinstance(v, Message) else v for k, v in self.params.items()}
        return say(lang, self.text, **filled)


class Listed(Message):
    """Names in a sentence, each in Vietnamese and in English, with commas between them.

    >>> Message("{names}.", {"names": Listed([("đơn vị", "units"), ("nghỉ", "leave")])}).say("en")
    'units, leave.'
    """

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        vietnamese, english = zip(*names, strict=True)
        super().__init__(", ".join(vietnamese), {"english": ", ".join(english)})

    def say(self, lang: str) -> str:
        """The names in one language."""
        return self.text if lang == "vi" else str(self.params["english"])


class Figure(Message):
    """A number inside a sentence, as the reader of either language writes it.

    `signed` puts a plus before what is above zero.

    >>> Message("{n} km", {"n": Figure(1234.5, 1)}).say("vi")
    '1.234,5 km'
    """

    def __init__(self, value: float, digits: int = 0, *, signed: bool = False) -> None:
        sign = "+" if signed else ""
        super().__init__(f"{value:{sign},.{digits}f}")

    def say(self, lang: str) -> str:
        """The number with the separators of the language."""
        return self.text.translate(str.maketrans(",.", ".,")) if lang == "vi" else self.text
