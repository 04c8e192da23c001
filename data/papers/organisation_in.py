"""Who issues the papers: names, place, symbols, who signs, recipients; dated, checked, from TOML."""

from __future__ import annotations

import difflib
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from data.faults import DatasetError, Fault
from data.opening import CannotOpen, Limits, read_bytes
from data.papers.organisation import Organisation
from data.words import Message

SHIPPED = Path(__file__).parent / "organisation.toml"
TEXTS = ("name", "place", "symbol", "authority", "signer", "budget", "start_time")
LISTS = ("superior", "body", "signature", "bases", "recipients")
MAY_BE_EMPTY = ("signer", "superior", "bases")
OF_A_PAPER = ("symbol", "authority", "signature", "signer", "bases", "recipients")
SIGNS_FOR = ("TM.", "KT.", "TL.", "TUQ.", "Q.")  # Decree 30/2020, Annex I: on whose behalf


class PapersRefused(DatasetError):
    """Papers were not written at all; `faults` lists everything that is wrong with what was given."""


def read_organisation(path: Path | None, on: date, papers: frozenset[str]) -> Organisation:
    """The issuing body in force on a day; the sample city's without a path.

    Raises
    ------
    PapersRefused
        With every fault: no TOML, unknown or missing keys, wrong kinds, no entry in force, a signature
        of two lines that does not say on whose behalf, an unknown kind of paper.
    """
    path = path or SHIPPED
    return organisation_of(read_blocks(path), path.name, on, papers)


def read_blocks(path: Path = SHIPPED) -> list[Any]:
    """The dated blocks of a file, not looked at yet.

    Raises
    ------
    PapersRefused
        The file cannot be opened, or is no TOML.
    """
    try:
        text = read_bytes(path, Limits(), follow=True).decode("utf-8-sig")
        found = tomllib.loads(text).get("organisation")
    except CannotOpen as refusal:
        raise PapersRefused([Fault("", 0, "", "", refusal.message)], path.name) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        message = Message("Tệp không đọc được: {error}. Sửa theo tệp mẫu.", {"error": str(error)})
        raise PapersRefused([Fault(path.name, 0, "", "", message)], path.name) from None
    return found if isinstance(found, list) else []


def organisation_of(blocks: list[Any], name: str, on: date, papers: frozenset[str]) -> Organisation:
    """The issuing body in force on a day, out of dated blocks; `name` says where they stand.

    Raises
    ------
    PapersRefused
        With every fault.
    """
    faults = [f for n, block in enumerate(blocks, 1) for f in _faults(name, n, block, papers)]
    now = [block for block in blocks if _start(block) and _start(block) <= on]
    if not now and not faults:
        message = Message(
            "Không có khối [[organisation]] nào có hiệu lực vào ngày {day}. Thêm một khối có from sớm hơn.",
            {"day": f"{on:%d/%m/%Y}"},
        )
        faults.append(Fault(name, 0, "from", "", message))
    if faults:
        raise PapersRefused(faults, name)
    chosen = max(now, key=_start)
    given = {key: chosen[key] for key in TEXTS} | {key: tuple(chosen[key]) for key in LISTS}
    return Organisation(**given, papers=chosen.get("papers", {}))


def _start(block: Any) -> date:
    start = block.get("from") if isinstance(block, dict) else None
    return start if isinstance(start, date) else date.max


def _faults(file: str, number: int, block: Any, papers: frozenset[str]) -> list[Fault]:
    place = f"{file} [[organisation]] {number}"
    if not isinstance(block, dict):
        return [Fault(place, 0, "", "", Message("Khối không đúng dạng. Sửa theo tệp mẫu."))]
    found = []
    if _start(block) == date.max:
        message = Message("Thiếu ngày có hiệu lực, ví dụ from = 2027-01-01.")
        found.append(Fault(place, 0, "from", str(block.get("from", "")), message))
    for key in (*TEXTS, *LISTS):
        if key not in block:
            message = Message("Thiếu mục này. Chép từ tệp mẫu rồi sửa.")
            found.append(Fault(place, 0, key, "", message))
    known = {*TEXTS, *LISTS, "from", "papers"}
    found += _wrong(place, {k: v for k, v in block.items() if k != "papers"}, known)
    own = block.get("papers", {})
    if not isinstance(own, dict):
        own = {"": own}
    for paper, table in own.items():
        home = f"{place} papers.{paper}"
        if paper not in papers or not isinstance(table, dict):
            found.append(Fault(home, 0, "", "", _unknown(paper, papers)))
        else:
            found += _wrong(home, table, set(OF_A_PAPER))
    return found


def _wrong(place: str, table: dict[str, Any], known: set[str]) -> list[Fault]:
    found = []
    for key, value in table.items():
        if key not in known:
            found.append(Fault(place, 0, key, str(value), _unknown(key, known)))
        elif key in TEXTS and not isinstance(value, str):
            found.append(Fault(place, 0, key, str(value), Message("Phải là chữ trong dấu nháy.")))
        elif key in LISTS and not _is_texts(value):
            message = Message("Phải là danh sách chữ, ví dụ {like}.", {"like": '["SỞ NỘI VỤ"]'})
            found.append(Fault(place, 0, key, str(value), message))
        elif key in (*TEXTS, *LISTS) and not value and key not in MAY_BE_EMPTY:
            found.append(Fault(place, 0, key, "", Message("Không được để trống.")))
        elif key == "signature" and len(value) > 1 and not value[0].startswith(SIGNS_FOR):
            message = Message(
                "Chữ ký từ hai dòng phải bắt đầu bằng {kinds}; tìm thấy «{found}».",
                {"kinds": ", ".join(SIGNS_FOR), "found": value[0]},
            )
            found.append(Fault(place, 0, key, value[0], message))
    return found


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(line, str) for line in value)


def _unknown(key: str, known: set[str] | frozenset[str]) -> Message:
    near = difflib.get_close_matches(key, sorted(known), n=1, cutoff=0.6)
    if near:
        return Message("Không có mục này. Có phải «{near}»?", {"near": near[0]})
    return Message("Không có mục này. Các mục: {known}.", {"known": ", ".join(sorted(known))})
