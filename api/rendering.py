"""HTML from templates in one language: what templates may call, and how days and numbers are written."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from functools import cache, partial
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from api.labels import LABELS, WEEKDAYS, look
from api.static_files import static
from api.table_words import cell_words, column_name, table_name
from data.citations import source_text
from data.drop_reasons import PIN, PINS, reason_within, title_of
from data.exports.labels import span_text
from data.kept_words import understood
from data.words import Figure, Message, say

VIETNAMESE = re.compile(r"[À-ÖØ-öø-ɏḀ-ỹ]")
PAPER_NO = re.compile(r"\d+(?:/\d+)?/[A-ZĐ-]+")  # 59/2019/NĐ-CP is the same in every language
HANOI = timezone(timedelta(hours=7))
ICONS = "vendor/tabler-icons-3.52.0/icons.svg"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@cache
def environment(lang: str) -> Environment:
    """Templates whose words are of this language; what a person wrote is escaped, a missing name an error."""
    env = Environment(
        loader=PackageLoader("api", "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    notations = Notations(lang)
    env.globals.update(
        _=notations.words,
        lang=lang,
        icon=icon,
        static=static,
        number=notations.number,
        percent=notations.percent,
        label=notations.label,
        look=look,
        span=span_text,
        reason=notations.reason,
        lang_of=notations.lang_of,
        rule=notations.rule,
        table_name=partial(table_name, lang=lang),
        column_name=partial(column_name, lang=lang),
        cell_words=partial(cell_words, lang=lang),
        kept_at=Markup("<b data-kept></b>"),
    )
    env.filters.update(
        cited=notations.cited, day=notations.day, moment=notations.moment, said=notations.said,
        theirs=notations.theirs, told=notations.told, weekday=notations.weekday,
    )  # fmt: skip
    return env


def icon(name: str, size: int = 18) -> Markup:
    """A drawing beside words: hidden from screen readers, which read the words."""
    return Markup(
        '<svg class="icon" width="{0}" height="{0}" aria-hidden="true" focusable="false">'
        '<use href="{1}#{2}"></use></svg>'
    ).format(size, static(ICONS), name)


class Notations:
    """How one language writes words, numbers and days.

    >>> Notations("vi").day(date(2027, 3, 1))
    Markup('<time datetime="2027-03-01">01/03/2027</time>')
    >>> Notations("en").percent(0.725)
    '72.5%'
    """

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def words(self, text: str, **params: object) -> Markup:
        """The `_` of the templates: a Vietnamese text with {named} fields, escaped but for given HTML."""
        return Markup(escape(say(self.lang, text))).format(**params)

    def said(self, message: Message | str) -> str:
        """A Message in this language; other text as it is."""
        return message.say(self.lang) if isinstance(message, Message) else message

    def cited(self, source: str) -> str:
        """The source of a rule: its acts by their names in this language."""
        return source_text(source, self.lang)

    def theirs(self, text: object) -> str | Markup:
        """What somebody wrote, or the program wrote for papers: marked as Vietnamese on an English page.

        >>> Notations("en").theirs("Nghỉ ốm")
        Markup('<span lang="vi">Nghỉ ốm</span>')
        """
        mark = self.lang_of(text)
        if mark:
            return Markup("<span{}>{}</span>").format(mark, text)
        return text if isinstance(text, str) else "" if text is None else str(text)

    def lang_of(self, text: object) -> Markup:
        """The attribute that marks a field or an option with these words as Vietnamese on an English page."""
        foreign = self.lang != "vi" and VIETNAMESE.search(PAPER_NO.sub("", str(text)))
        return Markup(' lang="vi"' if foreign else "")

    def told(self, message: Message | str) -> str | Markup:
        """A Message with its names and the words of people marked as `theirs` are; other text is theirs."""
        if not isinstance(message, Message):
            return self.theirs(message)
        if type(message) is not Message:
            return message.say(self.lang)
        fields = {
            k: self.told(v) if isinstance(v, Message | str) else v
            for k, v in message.params.items()
        }
        return Markup(escape(say(self.lang, message.text))).format(**fields)

    def label(self, code: str) -> str:
        """The word for a code of the program, such as a state; its last part when none is known."""
        return LABELS[code].say(self.lang) if code in LABELS else code.rpartition(".")[2]

    def rule(self, rule_id: str) -> Markup:
        """A rule by its title, which leads to its place among the rules, its id small behind it."""
        title = title_of(rule_id)
        if title is None:
            return escape(rule_id)
        link = Markup('<a href="/rules#{0}">{1}</a> <small class="rule-code">{0}</small>')
        return link.format(PINS if rule_id.startswith(PIN) else rule_id, title.say(self.lang))

    def reason(self, text: str) -> Markup:
        """Why a visit has no date or another one, with a link to each rule instead of its id."""
        found = reason_within(text)
        said = found.said
        if isinstance(said, str) and not found.by_hand:
            said = understood(said) or said
        words = escape(self.told(said))
        if found.closing:
            rules = Markup("; ").join(map(self.rule, found.closing))
            words = self.words("{words}, do: {rules}", words=words, rules=rules) if words else rules
        if found.by_hand:
            words = self.words("Bỏ bằng tay: {why}", why=words)
        return escape(self.theirs(found.before)) + words

    def number(self, value: float, digits: int = 0) -> str:
        """1.234,5 in Vietnamese and 1,234.5 in English."""
        return Figure(value, digits).say(self.lang)

    def percent(self, share: float, digits: int = 1) -> str:
        """A share between 0 and 1: 72,5 % or 72.5%."""
        gap = "\N{NO-BREAK SPACE}" if self.lang == "vi" else ""
        return f"{self.number(100 * share, digits)}{gap}%"

    def day(self, day: date | str | None) -> Markup:
        """A day for readers and machines; a dash for none."""
        if not day:
            return Markup("–")
        found = date.fromisoformat(day) if isinstance(day, str) else day
        return _time(found.isoformat(), self._plain(found))

    def weekday(self, day: date) -> Markup:
        """A day with its name: Thứ Hai, 01/03/2027."""
        name = WEEKDAYS[day.weekday()].say(self.lang)
        return _time(day.isoformat(), f"{name}, {self._plain(day)}")

    def moment(self, moment: datetime | None) -> Markup:
        """A moment as clocks in Hanoi show it; a dash for none."""
        if moment is None:
            return Markup("–")
        there = moment.astimezone(HANOI)
        return _time(there.isoformat("T", "seconds"), f"{self._plain(there)} {there:%H:%M}")

    def _plain(self, day: date) -> str:
        if self.lang == "vi":
            return f"{day:%d/%m/%Y}"
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _time(machine: str, person: str) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(machine, person)


def render(lang: str, template: str, **values: Any) -> str:
    """The template filled in."""
    return environment(lang).get_template(template).render(**values)
