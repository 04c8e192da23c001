"""The catalogue of words: `python -m tests.wordlist` renews congvu.po, congvu.mo and kept.txt.

A text without English gets an empty msgstr; write it into congvu.po and run again.
"""

from __future__ import annotations

import io
import sys
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from data.rulefiles import read_rules

ROOT = Path(__file__).parent.parent
PO = ROOT / "data" / "locale" / "en" / "LC_MESSAGES" / "congvu.po"
MO = PO.with_suffix(".mo")
KEPT = ROOT / "data" / "locale" / "kept.txt"
KEPT_IN = (  # files whose sentences are written into rows of plans
    "data/exports/rotation_labels.py",
    "data/exports/rotation_public.py",
    "scheduler/drops.py",
    "scheduler/easing_words.py",
    "scheduler/journeys/rotation.py",
    "scheduler/owed.py",
    "scheduler/rotation_names.py",
    "scheduler/rotation_rows.py",
    "scheduler/unplaced.py",
)
FLOORS = ("api", "data", "scheduler", "solver")
KEYWORDS = {"Message": None, "say": (2,)}
HEADER = "# English words of Công Vụ; the Vietnamese texts stand in the code."


@cache
def texts() -> dict[str, list[str]]:
    """Every Vietnamese text that a person may read -> the files that say it."""
    found: dict[str, list[str]] = {}
    for floor in FLOORS:
        spoken = extract_from_dir(ROOT / floor, [("**.py", "python")], keywords=KEYWORDS)
        for name, _, text, *_ in spoken:
            if text:
                found.setdefault(text, []).append(f"{floor}/{name}")
        for page in (ROOT / floor).rglob("*.html"):
            for _, text, *_ in extract_from_file(
                "jinja2.ext:babel_extract", page, keywords={"_": None}
            ):
                found.setdefault(text, []).append(page.relative_to(ROOT).as_posix())
    return {text: sorted(set(places)) for text, places in found.items()}


def titles() -> dict[str, str]:
    """Vietnamese title -> English title of every rule, as the rule files say."""
    return {row.title_vi: row.title_en for row in read_rules()}


def kept() -> str:
    """What kept.txt holds: every sentence that a row of a plan may keep, and the titles of rules in it."""
    spoken = {text for text, places in texts().items() if not set(places).isdisjoint(KEPT_IN)}
    return "".join(f"{text}\n" for text in sorted({*spoken, *titles()}))


def written() -> Catalog:
    """The catalogue as it stands in congvu.po."""
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def renewed(old: Catalog) -> Catalog:
    """The catalogue of today's texts, with the English that is known."""
    new = Catalog(locale="en", header_comment=HEADER, fuzzy=False, project="congvu", version="1")
    new.msgid_bugs_address = new.last_translator = new.language_team = ""
    for text, places in sorted(texts().items()):
        known = old.get(text)
        new.add(text, known.string if known else "", [(place, None) for place in places])
    for text, english in sorted(titles().items()):
        if text not in new or not new[text].string:
            new.add(text, english, [("data/rules", None)])
    new.creation_date = new.revision_date = old.creation_date
    return new


def compiled(catalogue: Catalog) -> bytes:
    """The bytes of congvu.mo."""
    file = io.BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def main() -> int:
    """Renews the files; 1 if a text has no English yet."""
    catalogue = renewed(written())
    with PO.open("wb") as file:
        write_po(file, catalogue, sort_output=True, omit_header=False, width=100, no_location=False)
    MO.write_bytes(compiled(written()))
    KEPT.write_text(kept(), encoding="utf-8")
    missing = [str(message.id) for message in catalogue if message.id and not message.string]
    print(f"{len(catalogue)} texts, {len(missing)} without English")
    print(*missing, sep="\n")
    return bool(missing)


if __name__ == "__main__":
    sys.exit(main())
