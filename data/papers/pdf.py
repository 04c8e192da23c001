"""A paper as PDF/A-2b, laid out by typst from what the Word file says, in a font shipped with the program."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Literal

import typst

from data.papers.word_reading import Sheet

STANDARD: Literal["a-2b"] = "a-2b"
HOME = Path(__file__).parent
_OF_THREAD = threading.local()
STAMP = 946_684_800  # seconds; 1 January 2000: no clock goes into a paper


def pdf_file(sheets: Sequence[Sheet], title: str, author: str) -> bytes:
    """The PDF; the same sheets give the same bytes."""
    paper = {"title": title, "author": author, "sheets": [asdict(sheet) for sheet in sheets]}
    made = _compiler().compile(
        sys_inputs={"paper": json.dumps(paper, ensure_ascii=False)}, format="pdf",
        pdf_standards=STANDARD, timestamp=STAMP, pdf_tags=False,
    )  # fmt: skip
    assert isinstance(made, bytes)
    return made


def _compiler() -> typst.Compiler:
    """One for each thread: it is not made to be shared."""
    found = getattr(_OF_THREAD, "compiler", None)
    if found is None:
        fonts = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(HOME / "fonts")],
        )
        found = _OF_THREAD.compiler = typst.Compiler(str(HOME / "paper.typ"), font_paths=fonts)
    return found
