"""Files that are sent: kind, a name that every browser can save, and no guessing about what is inside."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import Response

KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "zip": "application/zip",
}


def file_response(content: bytes, name: str) -> Response:
    """The content as a file to be saved under `name` (its last part)."""
    shown = name.rpartition("/")[2]
    kind = KINDS.get(shown.rpartition(".")[2], "application/octet-stream")
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(shown)}",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, media_type=kind, headers=headers)
