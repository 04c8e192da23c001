"""Papers as files: the Word file, and the PDF/A of what it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from data.papers.pdf import pdf_file
from data.papers.word import WordTemplate
from data.papers.word_reading import Sheet, read_word


@dataclass(frozen=True)
class Written:
    """A paper's two files, its sections, and what the PDF lacks that the Word file has."""

    word: bytes
    pdf: bytes
    sheets: list[Sheet]
    left_out: tuple[str, ...]


def written(
    template: WordTemplate, copies: Sequence[Mapping[str, Any]], title: str, author: str
) -> Written:
    """One file that holds a copy of the paper for each set of values.

    The PDF is made from the Word file, so that the two cannot differ; same values, same bytes.
    """
    xml = template.xml(copies)
    read = read_word(template.parts, xml)
    return Written(
        template.file(xml, title, author), pdf_file(read.sheets, title, author), read.sheets, read.left_out
    )
