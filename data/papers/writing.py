"""Papers as files: the Word files, and beside each the PDF/A of what it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from data.papers.pdf import pdf_file
from data.papers.word import WordTemplate
from data.papers.word_reading import Sheet, read_word

LAYING_OUT = 2  # PDFs made at a time, beside the filling in of the next Word files


@dataclass(frozen=True)
class Written:
    """The sections of a paper, and what its PDF lacks that the Word file has."""

    sheets: list[Sheet]
    left_out: tuple[str, ...]


class Press:
    """Makes both files of many papers; `files()` waits for all of them.

    The PDF is made from the Word file, so that the two cannot differ; same values, same bytes.
    """

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(LAYING_OUT)
        self._words: dict[str, bytes] = {}
        self._pdfs: dict[str, Future[bytes]] = {}

    def __enter__(self) -> Press:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.shutdown(cancel_futures=kind is not None)

    def write(
        self,
        name: str,
        template: WordTemplate,
        copies: Sequence[Mapping[str, Any]],
        title: str,
        author: str,
    ) -> Written:
        """Begins a paper: one file that holds a copy for each set of values."""
        xml = template.xml(copies)
        read = read_word(template.parts, xml)
        self._words[f"{name}.docx"] = template.file(xml, title, author)
        self._pdfs[f"{name}.pdf"] = self._pool.submit(pdf_file, read.sheets, title, author)
        return Written(read.sheets, read.left_out)

    def files(self) -> dict[str, bytes]:
        """File name -> content of everything written so far."""
        return self._words | {name: pdf.result() for name, pdf in self._pdfs.items()}
