"""Files that belong to a dataset, a plan or a draw; equal contents are kept once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from data.store.errors import NotFound
from data.store.tables.work import blobs, files
from data.words import Message

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

WHAT = Message("tệp")


@dataclass(frozen=True)
class Kept:
    """One file: its name with folders, digest and size."""

    name: str
    sha256: str
    size: int


def put(db: Connection, noun: str, noun_id: int, contents: Mapping[str, bytes]) -> None:
    """Keep these files (name with folders -> content); a name that is there already is replaced."""
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    by_digest = {digests[name]: content for name, content in contents.items()}
    wanted = list(by_digest)
    known = {
        row.sha256
        for start in range(0, len(wanted), 500)
        for row in db.execute(
            select(blobs.c.sha256).where(blobs.c.sha256.in_(wanted[start : start + 500]))
        )
    }
    fresh = [
        {"sha256": digest, "size": len(content), "content": content}
        for digest, content in by_digest.items()
        if digest not in known
    ]
    if fresh:
        db.execute(insert(blobs), fresh)
    drop(db, noun, noun_id, list(digests))
    if digests:
        db.execute(
            insert(files),
            [
                {"noun": noun, "noun_id": noun_id, "name": name, "sha256": digest}
                for name, digest in digests.items()
            ],
        )


def drop(db: Connection, noun: str, noun_id: int, names: list[str]) -> None:
    """Forget these names; the contents stay, for others may have the same."""
    for start in range(0, len(names), 500):
        db.execute(
            delete(files).where(
                files.c.noun == noun, files.c.noun_id == noun_id,
                files.c.name.in_(names[start : start + 500]),
            )
        )  # fmt: skip


def listed(db: Connection, noun: str, noun_id: int, folder: str = "") -> list[Kept]:
    """The files by name, of one folder ("papers/") or all."""
    rows = db.execute(
        select(files.c.name, blobs.c.sha256, blobs.c.size)
        .join(blobs, blobs.c.sha256 == files.c.sha256)
        .where(files.c.noun == noun, files.c.noun_id == noun_id)
        .order_by(files.c.name)
    )
    return [Kept(*row) for row in rows if row.name.startswith(folder)]


def read(db: Connection, noun: str, noun_id: int, name: str) -> bytes:
    """The content of one file.

    Raises
    ------
    NotFound
    """
    found = db.execute(
        select(blobs.c.content)
        .join(files, blobs.c.sha256 == files.c.sha256)
        .where(files.c.noun == noun, files.c.noun_id == noun_id, files.c.name == name)
    ).scalar_one_or_none()
    if found is None:
        raise NotFound(WHAT, name)
    return bytes(found)


def lay_out(db: Connection, noun: str, noun_id: int, target: Path, folder: str = "") -> None:
    """Write the files into `target`, without their common folder, for journeys that read folders."""
    for kept in listed(db, noun, noun_id, folder):
        path = target / kept.name.removeprefix(folder)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(read(db, noun, noun_id, kept.name))


def gathered(source: Path, folder: str = "") -> dict[str, bytes]:
    """Name -> content of every file under `source`, with `folder` before each name."""
    return {
        folder + path.relative_to(source).as_posix(): path.read_bytes()
        for path in sorted(source.rglob("*"))
        if path.is_file()
    }
