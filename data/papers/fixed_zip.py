"""A zip whose bytes follow from its parts alone: no clock, no user, no machine in it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say


def zip_of(parts: Mapping[str, bytes]) -> bytes:
    """The parts in their order; the same parts give the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content, compresslevel=4)
    return target.getvalue()
