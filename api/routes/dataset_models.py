"""What /datasets gives: datasets, faults, changes, rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, Field

from api.paging import Listed

if TYPE_CHECKING:
    from data.columns import Column
    from data.store.datasets import StoredDataset
    from scheduler.journeys.online.dataset_tables import Changes


class DatasetOut(BaseModel):
    """A dataset."""

    id: int = Field(examples=[3])
    name: str = Field(description="of the files as they came", examples=["du-lieu-2027.xlsx"])
    status: str = Field(
        description="checking, stopped (the check ended without a word), faulty, ready, accepted, replaced",
        examples=["ready"],
    )
    base_id: int | None = Field(
        description="the dataset from which the tables are that did not come", examples=[2]
    )
    run_id: str | None = Field(
        description="the run that checks it", examples=["0f8fad5bd9cb469fa16570867728950e"]
    )
    digest: str = Field(description="of the checked tables", examples=["sha256:9f86d081"])
    counts: dict[str, int] = Field(description="table: rows", examples=[{"units": 143}])
    came: list[str] = Field(
        description="tables that came with rows; an empty sheet did not come", examples=[["units"]]
    )
    fault_total: int = Field(examples=[0])
    warnings: list[str] = Field(examples=[["Trang tính «Nháp» không dùng đến."]])
    account_id: int | None = Field(description="who uploaded it", examples=[1])
    made_at: datetime
    accepted_at: datetime | None
    revision: int = Field(examples=[2])


class FaultOut(BaseModel):
    """One thing to mend."""

    table: str = Field(description="blank: the file as a whole", examples=["units"])
    row: int = Field(description="as in the file that came; 0: no row in particular", examples=[14])
    column: str = Field(examples=["kind"])
    value: str = Field(description="what stands there", examples=["phuongg"])
    came: bool = Field(
        description="false: in a table that did not come, which no longer fits those that did",
        examples=[True],
    )
    message: str = Field(examples=["«phuongg» không dùng được; chỉ nhận: ward (phường)."])


class ChangedCell(BaseModel):
    """A cell before and after."""

    before: str = Field(examples=["12"])
    after: str = Field(examples=["14"])


class ChangedRow(BaseModel):
    """A row that says something else."""

    who: dict[str, str] = Field(examples=[{"unit_id": "00199"}])
    columns: dict[str, ChangedCell]


class RowExamples(BaseModel):
    """The first rows of each kind."""

    added: list[dict[str, str]] = Field(examples=[[{"unit_id": "00200"}]])
    removed: list[dict[str, str]] = Field(examples=[[]])
    changed: list[ChangedRow]


class TableChange(BaseModel):
    """What is different in a table."""

    table: str = Field(examples=["units"])
    before: int = Field(description="rows", examples=[143])
    after: int = Field(examples=[144])
    added: int = Field(examples=[1])
    removed: int = Field(examples=[0])
    changed: int = Field(examples=[2])
    examples: RowExamples


class LedgerOut(BaseModel):
    """What would become of findings, deferrals, measures or pins."""

    table: str = Field(examples=["pins"])
    fresh: int = Field(description="new rows", examples=[2])
    kept: int = Field(description="rows that came again", examples=[40])
    renewed: int = Field(description="findings that say something else now", examples=[0])
    vanish: int = Field(description="rows that came earlier and would be withdrawn", examples=[1])
    stays: int = Field(
        description="rows written or changed online of which the upload says otherwise: they stay",
        examples=[1],
    )
    vanish_rows: list[dict[str, str]] = Field(examples=[[{"finding_id": "KL01"}]])
    stays_rows: list[dict[str, str]] = Field(examples=[[]])


class ChangesOut(BaseModel):
    """What accepting would change."""

    against: int | None = Field(
        description="the dataset it was held against; none: there was none", examples=[2]
    )
    over: bool = Field(
        description="another one was accepted since: check again first", examples=[False]
    )
    tables: list[TableChange]
    ledgers: list[LedgerOut]


class ColumnOut(BaseModel):
    """A column of a table."""

    name: str = Field(examples=["unit_id"])
    title: str = Field(examples=["Mã đơn vị"])
    type: str = Field(examples=["id"])


class TableOut(Listed[dict[str, str]]):
    """A page of the rows of a table."""

    columns: list[ColumnOut]
    items: list[dict[str, str]] = Field(examples=[[{"unit_id": "00199"}]])


def dataset_out(dataset: StoredDataset, lang: str) -> DatasetOut:
    """The dataset for a reader of this language."""
    plain = {k: v for k, v in asdict(dataset).items() if k not in ("faults", "warnings")}
    return DatasetOut(**plain, warnings=[warning[lang] for warning in dataset.warnings])


def fault_out(fault: Mapping[str, Any], lang: str) -> FaultOut:
    """The fault in the reader's language."""
    return FaultOut(
        **{k: v for k, v in fault.items() if k not in ("vi", "en")}, message=fault[lang]
    )


def changes_out(found: Changes) -> ChangesOut:
    """The changes as an answer."""
    return ChangesOut.model_validate(asdict(found))


def column_out(column: Column, lang: str) -> ColumnOut:
    """The column with its title in the reader's language."""
    return ColumnOut(name=column.name, title=column.title(lang), type=column.type)
