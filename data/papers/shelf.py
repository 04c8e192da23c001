"""The templates: those shipped, and those with which an office replaces them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from data.faults import Fault, Spelling, meant
from data.opening import CannotOpen, Limits, read_bytes
from data.papers.fields import Fields, fields_of, template_faults
from data.papers.organisation_in import PapersRefused
from data.papers.word import TemplateUnfit, WordTemplate
from data.words import Message

HOME = Path(__file__).parent / "templates"
FIELD_LIST = "truong-dien.txt"
HOW_TO = (
    "Sửa mẫu bằng Word; giữ nguyên tên tệp; gọi congvu papers ... --templates THƯ-MỤC.",
    "{{ trường }} được thay bằng giá trị. Danh sách: {%p for d in danh_sach %} ... {%p endfor %} lặp các đoạn,",
    "{%tr for d in danh_sach %} ... {%tr endfor %} lặp các dòng của bảng; bên trong viết {{ d.ten }}.",
    "danh_sach[].ten dưới đây là trường ten của mỗi phần tử trong danh_sach.",
    "Không bỏ danh sách, phần đầu văn bản, chữ ký.",
)


@dataclass(frozen=True)
class Shelf:
    """A template for each key; `own` are the keys that the office has replaced."""

    templates: Mapping[str, WordTemplate]
    own: frozenset[str]


@cache
def shipped(key: str) -> WordTemplate:
    """The template of a kind of paper that comes with the program."""
    return WordTemplate(key, (HOME / f"{key}.docx").read_bytes())


def open_shelf(folder: Path | None, values: Mapping[str, Sequence[Mapping[str, Any]]]) -> Shelf:
    """The templates for the papers to be written, each tried against what will be filled in.

    Parameters
    ----------
    folder : with the office's own .docx templates, named like the shipped ones; None: only shipped ones
    values : key of a paper -> the values of its copies

    Raises
    ------
    PapersRefused
        With every fault of every own template: unknown name, no Word file, tags that cannot be read,
        fields that nobody fills in, fields that must not be missing.
    """
    own, faults = _own(folder) if folder else ({}, [])
    for key, template in own.items():
        name = f"{key}.docx"
        faults += template_faults(
            name, fields_of(template.tree), fields_of(shipped(key).tree), values.get(key, ())
        )
    if faults:
        raise PapersRefused(faults, folder.name if folder else "")
    return Shelf({key: own.get(key) or shipped(key) for key in values}, frozenset(own))


def _own(folder: Path) -> tuple[dict[str, WordTemplate], list[Fault]]:
    if not folder.is_dir():
        message = Message("«{path}» không phải thư mục mẫu.", {"path": folder})
        return {}, [Fault("", 0, "", str(folder), message)]
    known = {file.stem for file in HOME.glob("*.docx")}
    spelling, own, faults = Spelling(sorted(known)), {}, []
    for file in sorted(folder.iterdir()):
        if file.suffix.lower() != ".docx" or file.name.startswith(("~$", ".")):
            continue
        if file.stem not in known:
            message = Message(
                "Không có văn bản nào tên «{name}».{hint} Đặt tên như mẫu gốc, hoặc chuyển tệp đi nơi khác.",
                {"name": file.stem, "hint": meant(spelling.nearest(file.stem))},
            )
            faults.append(Fault(file.name, 0, "", "", message))
            continue
        try:
            own[file.stem] = WordTemplate(file.stem, read_bytes(file, Limits(), follow=True))
        except (TemplateUnfit, CannotOpen) as refusal:
            faults.append(Fault(file.name, 0, "", "", refusal.message))
    return own, faults


def template_files() -> dict[str, bytes]:
    """File name -> content of the shipped templates, and a list of the fields that each may use."""
    files = {file.name: file.read_bytes() for file in sorted(HOME.glob("*.docx"))}
    lines = [*HOW_TO, ""]
    for name in files:
        found: Fields = fields_of(shipped(name.removesuffix(".docx")).tree)
        lines += [name, *(f"  {path}" for path in sorted(found.paths | found.lists)), ""]
    return files | {FIELD_LIST: "\n".join(lines).encode()}
