"""Arguments and options that several commands share."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from data.words import LANGUAGES


def _language(value: str) -> str:
    if value not in LANGUAGES:
        known = " | ".join(LANGUAGES)
        raise typer.BadParameter(known)
    return value


Lang = Annotated[
    str, typer.Option("--lang", help="vi | en", callback=_language, envvar="CONGVU_LANG")
]
DatasetPath = Annotated[
    Path, typer.Argument(help="thư mục CSV hoặc tệp .xlsx / folder of CSV or .xlsx")
]
Out = Annotated[Path, typer.Option("--out", help="thư mục kết quả / result folder")]
Year = Annotated[int, typer.Option("--year", min=2020, max=2100, help="năm kế hoạch / plan year")]
TimeLimit = Annotated[float, typer.Option("--time-limit", min=1, max=36_000, help="giây / seconds")]
Seed = Annotated[int, typer.Option("--seed", min=0, max=2**31 - 1)]
Workers = Annotated[int, typer.Option("--workers", min=1, max=64)]
WhatIf = Annotated[
    list[str] | None,
    typer.Option("--what-if", help="quy tắc=giá trị thử (JSON) / rule=trial value"),
]
On = Annotated[
    datetime,
    typer.Option("--on", formats=["%Y-%m-%d", "%d/%m/%Y"], help="ngày xét / day of the check"),
]
