"""HTML that says the same in Vietnamese and English; the page's style shows one of the two."""

from __future__ import annotations

from markupsafe import Markup, escape

from data.citations import source_text
from data.drop_reasons import reason_told
from data.words import LANGUAGES, Message


def both(message: Message) -> Markup:
    """The sentence twice, each marked with its language; once where both are the same."""
    return pair(message.say("vi"), message.say("en"))


def pair(vi: str, en: str) -> Markup:
    """Two given texts, each marked with its language; one plain text where they are the same."""
    if vi == en:
        return escape(vi)
    return Markup('<span lang="vi">{}</span><span lang="en">{}</span>').format(vi, en)


def reason(text: str) -> Markup:
    """Why a row is as it is: in both languages where the program wrote it, else as somebody did."""
    told = reason_told(text)
    return both(told) if isinstance(told, Message) else escape(told)


def cited(source: str) -> Markup:
    """The source of a rule, its acts by their names in both languages."""
    return pair(source, source_text(source, "en"))


def words(text: str, tag: str = "span", **params: object) -> Markup:
    """The `_` of the templates: a Vietnamese text with {named} fields, in both languages.

    A field may be HTML made here (a number in both notations); anything else is escaped. Inside a
    drawing the tag is "tspan".
    """
    said = []
    for lang in LANGUAGES:
        html = escape(Message(text).say(lang))
        said.append(
            html.format(
                **{k: v if isinstance(v, Markup) else escape(str(v)) for k, v in params.items()}
            )
        )
    if said[0] == said[1]:
        return said[0]
    return Markup('<{0} lang="vi">{1}</{0}><{0} lang="en">{2}</{0}>').format(tag, *said)


def number(value: float, digits: int = 0) -> Markup:
    """1.234,5 in Vietnamese and 1,234.5 in English, with at most `digits` decimals."""
    return pair(*_notations(value, digits))


def percent(share: float, digits: int = 1) -> Markup:
    """A share between 0 and 1 as percent: 72,5 % in Vietnamese and 72.5% in English."""
    vi, en = _notations(100 * share, digits)
    return pair(f"{vi}\N{NO-BREAK SPACE}%", f"{en}%")


def _notations(value: float, digits: int) -> tuple[str, str]:
    en = f"{value:,.{digits}f}"
    if "." in en:
        en = en.rstrip("0").rstrip(".")
    return en.translate(str.maketrans(",.", ".,")), en
