"""A Word template filled in: once, or once for each of many visits or people in one file.

The tags are Jinja's in the dialect of docxtpl, which also repairs tags that Word has cut into pieces.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from data.papers.fixed_zip import zip_of
from data.papers.lines import fit_lines
from data.words import Message

BODY = "word/document.xml"
LARGEST = 50_000_000  # bytes of one part of a template, unpacked
BREAK = Markup('</w:t><w:br/><w:t xml:space="preserve">')
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # no XML may hold them
_BODY = re.compile(r"(.*?<w:body>)(.*)(</w:body>.*)", re.DOTALL)
_LAST = re.compile(r"(.*)(<w:sectPr[ >].*</w:sectPr>|<w:sectPr[^>]*/>)\s*$", re.DOTALL)

Values = Mapping[str, Any]


class TemplateUnfit(Exception):
    """A template that cannot be used at all; `message` says why and what to do."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message.text)


def _written(value: object) -> object:
    """A value as it stands in the text of a Word file: escaped, line feeds as breaks."""
    if value is None:
        return ""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    text = escape(_UNFIT.sub("", value.replace("\r\n", "\n").replace("\r", "\n")))
    return text.replace("\n", BREAK) if "\n" in text else text


ENVIRONMENT = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=_written)


class WordTemplate:
    """A .docx with tags, opened once and filled in as often as needed.

    Raises
    ------
    TemplateUnfit
        No Word file, a strange part, a tag in a header or footer, a tag that Jinja cannot read.
    """

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        self.parts = _unpacked(content)
        text = self.parts[BODY].decode()
        found = _BODY.match(DocxTemplate(None).patch_xml(text))
        last = found and _LAST.match(found[2])
        if not found or not last:
            raise TemplateUnfit(NO_WORD)
        self._before, self._after = found[1], found[3]
        self._section = last[2]
        for part, inside in self.parts.items():
            if part != BODY and part.endswith(".xml") and re.search(rb"\{\{|\{%", inside):
                message = Message(
                    "Phần «{part}» có trường điền; chỉ phần thân văn bản được điền. Bỏ trường ở đầu trang, "
                    "chân trang.", {"part": part},
                )  # fmt: skip
                raise TemplateUnfit(message)
        try:
            self.tree: nodes.Template = ENVIRONMENT.parse(last[1])
            self._body = ENVIRONMENT.from_string(self.tree)
        except TemplateSyntaxError as error:
            message = Message(
                "Thẻ điền không đọc được: {error}. Sửa thẻ, hoặc chép lại từ mẫu gốc.",
                {"error": error.message or ""},
            )
            raise TemplateUnfit(message) from None

    def xml(self, copies: Sequence[Values]) -> str:
        """The text part, filled in once for each copy; each copy begins on a page of its own."""
        done = [self._body.render(values) for values in copies]
        turn = (
            f'<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/>{self._section}</w:pPr></w:p>'
        )
        body = turn.join(done)
        return fit_lines(f"{self._before}{body}{self._section}{self._after}")

    def file(self, xml: str, title: str, author: str) -> bytes:
        """The Word file with that text; same text, same bytes."""
        parts = {**self.parts, BODY: xml.encode()}
        _describe(parts, title, author)
        return zip_of(parts)


NO_WORD = Message(
    "Tệp không phải văn bản Word (.docx) đọc được. Mở bằng Word rồi lưu lại dạng .docx."
)


def _unpacked(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if any(entry.file_size > LARGEST for entry in archive.infolist()):
                raise TemplateUnfit(NO_WORD)
            parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
        for name, inside in parts.items():
            if name.endswith((".xml", ".rels")):
                if b"<!DOCTYPE" in inside or b"\0" in inside:  # a DTD could make the text grow
                    raise TemplateUnfit(NO_WORD)
                ElementTree.fromstring(inside)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        RuntimeError,
        ValueError,
        ElementTree.ParseError,
    ):
        raise TemplateUnfit(NO_WORD) from None
    if BODY not in parts:
        raise TemplateUnfit(NO_WORD)
    return parts


_CORE = "docProps/core.xml"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_CORE_LINK = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"


def _describe(parts: dict[str, bytes], title: str, author: str) -> None:
    """Puts title and author into the file's properties, in place of whoever made the template."""
    parts[_CORE] = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(_UNFIT.sub('', title))}</dc:title>"
        f"<dc:creator>{escape(_UNFIT.sub('', author))}</dc:creator>"
        "<dc:language>vi-VN</dc:language></cp:coreProperties>"
    ).encode()
    types, links = "[Content_Types].xml", "_rels/.rels"
    if b"/docProps/core.xml" not in parts[types]:
        override = f'<Override PartName="/{_CORE}" ContentType="{_CORE_TYPE}"/></Types>'
        parts[types] = parts[types].replace(b"</Types>", override.encode())
    if b"core-properties" not in parts[links]:
        link = f'<Relationship Id="rIdCore" Type="{_CORE_LINK}" Target="{_CORE}"/></Relationships>'
        parts[links] = parts[links].replace(b"</Relationships>", link.encode())
