"""Uploads for tests: parts of the made-up dataset as CSV files, workbooks and zips."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import xlsxwriter

from data.store import datasets
from tests.clients import sample_tables

if TYPE_CHECKING:
    from fastapi.testclient import TestClient
    from httpx2 import Response

    from tests.clients import Office

UPLOADS = "/api/v1/datasets/uploads"


def table(name: str) -> bytes:
    """CSV of a table of the made-up dataset."""
    return sample_tables()[f"{datasets.TABLES}{name}.csv"]


def lines(name: str) -> list[bytes]:
    """Its lines, the header first."""
    return table(name).splitlines(keepends=True)


def whole_zip(**other: bytes) -> bytes:
    """All tables of the made-up dataset as a zip, with other contents of those that are named."""
    names = [name.removeprefix(datasets.TABLES).removesuffix(".csv") for name in sample_tables()]
    return zipped({f"{name}.csv": other.get(name, table(name)) for name in {*names, *other}})


def zipped(files: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(name, content)
    return target.getvalue()


def workbook(**sheets: list[list[object]]) -> bytes:
    """A workbook of these sheets."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
            for name, rows in sheets.items():
                sheet = book.add_worksheet(name)
                for place, row in enumerate(rows):
                    sheet.write_row(place, 0, row)
        return path.read_bytes()


def send(client: TestClient, files: dict[str, bytes], base: str = "current") -> Response:
    """The answer to an upload of these files."""
    parts = [("files", (name, content)) for name, content in files.items()]
    return client.post(UPLOADS, files=parts, data={"base": base})


def checked(
    office: Office, client: TestClient, files: dict[str, bytes], base: str = "current"
) -> dict[str, object]:
    """The dataset after its check."""
    sent = send(client, files, base)
    assert sent.status_code == 202, sent.text
    office.work()
    found: dict[str, object] = client.get(sent.headers["Location"]).json()
    return found


def accept(client: TestClient, dataset: dict[str, object]) -> Response:
    """The answer to its acceptance."""
    tag = {"If-Match": f'"r{dataset["revision"]}"'}
    return client.post(f"/api/v1/datasets/{dataset['id']}/accept", headers=tag)
