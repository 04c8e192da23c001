"""What the pages use from others: `python -m tests.vendored NODE_MODULES` renews it.

In an empty folder: copy api/static/vendor/package.json there and run `npm install --ignore-scripts`; its
`node_modules` is what this asks for. Nothing is built: files are copied, and icons put into one sprite.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGES = ROOT / "api" / "static" / "vendor"
TESTS = ROOT / "tests" / "browser" / "vendor"
MANIFEST = PAGES / "vendored.toml"
WEIGHTS = (400, 500, 600)
FILES = {  # package -> the files of it that are used
    "htmx.org": ("dist/htmx.min.js", "dist/ext/hx-sse.min.js", "LICENSE"),
    "@tabler/core": ("dist/css/tabler.min.css",),
    "@tabler/icons": ("LICENSE",),
    "echarts": ("dist/echarts.min.js", "LICENSE", "NOTICE"),
    "@event-calendar/build": ("dist/event-calendar.min.js", "dist/event-calendar.min.css"),
    "@fontsource/be-vietnam-pro": (
        *(f"files/be-vietnam-pro-{part}-{weight}-normal.woff2"
          for part in ("latin", "vietnamese") for weight in WEIGHTS),
        "LICENSE",
    ),
    "axe-core": ("axe.min.js", "LICENSE", "LICENSE-3RD-PARTY.txt"),
}  # fmt: skip
MIT = {  # packages that name the licence and hold no text of it -> whose it is
    "@tabler/core": "Copyright (c) 2018-2026 The Tabler Authors",
    "@event-calendar/build": "Copyright (c) the EventCalendar authors (vkurko)",
}
MIT_TEXT = """MIT License

{whose}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction,
including without limitation the rights to use, copy, modify, merge, publish, distribute,
sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial
portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT
NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES
OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""
ICONS = [
    "adjustments",
    "alert-circle",
    "alert-triangle",
    "archive",
    "arrow-back-up",
    "arrow-down",
    "arrow-up",
    "arrows-exchange",
    "arrows-sort",
    "ban",
    "bell",
    "book-2",
    "brightness-half",
    "building",
    "building-community",
    "calendar",
    "calendar-event",
    "calendar-stats",
    "check",
    "checks",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "circle-check",
    "circle-dashed",
    "circle-dot",
    "circle-x",
    "clipboard-check",
    "clock",
    "cloud-off",
    "database",
    "device-floppy",
    "dice-5",
    "dots-vertical",
    "download",
    "external-link",
    "eye",
    "eye-off",
    "file-text",
    "file-upload",
    "filter",
    "flag",
    "gavel",
    "git-compare",
    "heart-handshake",
    "help-circle",
    "history",
    "home",
    "hourglass",
    "id",
    "info-circle",
    "key",
    "keyboard",
    "language",
    "link-off",
    "list-check",
    "loader-2",
    "lock",
    "logout",
    "mail",
    "map",
    "map-pin",
    "menu-2",
    "moon",
    "pencil",
    "pin",
    "player-play",
    "player-stop",
    "plus",
    "printer",
    "refresh",
    "report-search",
    "rubber-stamp",
    "scale",
    "search",
    "send",
    "settings",
    "shield-check",
    "shield-lock",
    "signature",
    "sun",
    "table",
    "trash",
    "upload",
    "user",
    "user-shield",
    "users",
    "x",
]


def wanted() -> dict[str, str]:
    """Package -> version, as package.json asks for."""
    told = json.loads((PAGES / "package.json").read_text(encoding="utf-8"))
    return {**told["dependencies"], **told["devDependencies"]}


def manifest() -> list[dict]:
    """The packages of vendored.toml, each with name, version, licence, folder and digests of its files."""
    return tomllib.loads(MANIFEST.read_text(encoding="utf-8"))["package"]


def digests(folder: Path) -> dict[str, str]:
    """File of the folder -> SHA-256."""
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def folder_of(name: str, version: str) -> Path:
    """Where a package stands."""
    plain = name.split("/")[-1] if name.startswith("@fontsource") else name
    return (TESTS if name == "axe-core" else PAGES) / (
        plain.strip("@").replace("/", "-").replace(".org", "") + f"-{version}"
    )


def sprite(outlines: Path) -> str:
    """Every icon that is used as a symbol of one file."""
    symbols = []
    for name in ICONS:
        drawing = (outlines / f"{name}.svg").read_text(encoding="utf-8")
        paths = re.findall(r'<path d="[^"]*"(?: fill="currentColor")? />', drawing)
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{"".join(paths)}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def renew(modules: Path) -> None:
    """Copies every file that is used out of `modules`, and writes the digests."""
    parts = ["# What stands in these folders, as `python -m tests.vendored` wrote it.\n"]
    for old in [*PAGES.glob("*/"), *TESTS.glob("*/")]:
        shutil.rmtree(old)
    for name, version in sorted(wanted().items()):
        source, target = modules / name, folder_of(name, version)
        told = json.loads((source / "package.json").read_text(encoding="utf-8"))
        assert told["version"] == version, (name, told["version"])
        target.mkdir(parents=True)
        for file in FILES[name]:
            content = (source / file).read_bytes()
            (target / Path(file).name).write_bytes(
                re.sub(rb"\n?/[/*]# sourceMappingURL=\S+( \*/)?\s*$", b"\n", content)
                if file.endswith((".js", ".css")) else content
            )  # fmt: skip
        if name in MIT:
            (target / "LICENSE").write_text(MIT_TEXT.format(whose=MIT[name]), encoding="utf-8")
        if name == "@tabler/icons":
            (target / "icons.svg").write_text(sprite(source / "icons/outline"), encoding="utf-8")
        lines = [f'"{file}" = "{digest}"' for file, digest in digests(target).items()]
        place = target.relative_to(ROOT).as_posix()
        parts.append(
            f'[[package]]\nname = "{name}"\nversion = "{version}"\nlicence = "{told["license"]}"\n'
            f'folder = "{place}"\n[package.files]\n' + "\n".join(lines) + "\n"
        )
    MANIFEST.write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    renew(Path(sys.argv[1]))
