"""The files of a plan's papers: one for all visits, or one each, and what to say about own templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from data.papers.shelf import Shelf
from data.papers.writing import Press, Written
from data.words import Message
from scheduler.papers.kinds import Paper
from scheduler.papers.layout import layout_remarks
from scheduler.papers.letterhead import Desk

OnPaper = Callable[[str], None]


class Table:
    """Where papers are written one after the other; `told`: file -> what it is."""

    def __init__(
        self, each: bool, desk: Desk, shelf: Shelf, press: Press, on_paper: OnPaper | None
    ) -> None:
        self.each, self.desk, self.shelf = each, desk, shelf
        self.press, self.on_paper = press, on_paper
        self.told: dict[str, str] = {}
        self.remarks: list[Message] = []
        self._looked_at: set[str] = set()

    def put(self, paper: Paper) -> None:
        """Writes the files of a paper; nothing for one without copies."""
        key, title = paper.kind.key, paper.kind.title
        for name, copies in _files_of(paper, self.each):
            done = self.press.write(
                name,
                self.shelf.templates[key],
                copies,
                f"{title} {self.desk.year}",
                self.desk.organisation.name,
            )
            self.told[name] = title
            if self.on_paper is not None:
                self.on_paper(name)
            if key in self.shelf.own and key not in self._looked_at:
                self._looked_at.add(key)
                self._look(key, done)

    def _look(self, key: str, done: Written) -> None:
        """Remarks on a template that is the office's own."""
        allowed = self.desk.rulebook.value("papers.page")
        self.remarks += layout_remarks(
            f"{key}.docx", [sheet.page for sheet in done.sheets], allowed
        )
        if done.left_out:
            lacks = {"file": f"{key}.pdf", "what": ", ".join(done.left_out)}
            self.remarks.append(
                Message("{file} không có các thành phần của tệp Word: {what}.", lacks)
            )


def _files_of(paper: Paper, each: bool) -> list[tuple[str, list[Mapping[str, object]]]]:
    """Name of each file of a paper, with the values of the copies in it."""
    home = f"{paper.folder}/" if paper.folder else ""
    key, copies = paper.kind.key, paper.copies
    if not copies:
        return []
    if paper.kind.per == "year":
        return [(f"{home}{key}", [copies[0][1]])]
    if each or paper.kind.per == "wave":
        return [(f"{home}{key}/{safe_name(name)}", [inside]) for name, inside in copies]
    if paper.kind.per == "person":
        waves: dict[str, list[Mapping[str, object]]] = {}
        for _, inside in copies:
            waves.setdefault(f"{home}{key}/thang-{inside['nguoi']['dot']:02}", []).append(inside)
        return sorted(waves.items())
    return [(f"{home}{key}", [inside for _, inside in copies])]


def safe_name(name: str) -> str:
    """A code as a file name; two codes may have the same one."""
    return "".join(c if c.isalnum() or c in "-_." else "_" for c in name).lstrip(".") or "_"
