"""Writes data/papers/templates/*.docx from data/papers/wording/*.txt; the same text gives the same bytes."""

from __future__ import annotations

from pathlib import Path

from data.papers.make.wording import template_of

HOME = Path(__file__).parent.parent


def made() -> dict[str, bytes]:
    """File name -> content of every shipped template."""
    return {
        f"{file.stem}.docx": template_of(file.read_text(encoding="utf-8"))
        for file in sorted((HOME / "wording").glob("*.txt"))
    }


if __name__ == "__main__":
    for name, content in made().items():
        (HOME / "templates" / name).write_bytes(content)
        print(name)
