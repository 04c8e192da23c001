"""The accepted dataset as a folder and in memory: the ledgers as they stand, read when they change."""

from datetime import date

import pytest
from sqlalchemy import insert, select, update

from data.store import datasets, files
from data.store.tables.ledgers import findings, pins
from data.store.tables.plans import plans, visits
from scheduler.errors import Refused
from scheduler.journeys.online.opened import (
    bare_dataset,
    lay_out_dataset,
    open_dataset,
    open_office,
)
from scheduler.journeys.tables import check_data

PIN = {"unit_id": "00199", "must": True, "reason": "Theo đề nghị"}


def laid_out(office, dataset_id, folder):
    with office.store.reading() as db:
        return check_data(lay_out_dataset(db, dataset_id, folder))


def test_what_was_accepted_comes_out_as_it_went_in(office, tmp_path):
    made = office.dataset()
    with office.store.reading() as db:
        files.lay_out(db, "dataset", made, tmp_path / "in", datasets.TABLES)
    before = check_data(tmp_path / "in")
    assert len(before["findings"])
    assert laid_out(office, made, tmp_path / "out").digest == before.digest
    assert open_dataset(office.store).digest == before.digest


def test_a_pin_written_online_is_in_the_dataset_and_a_withdrawn_one_is_not(office, tmp_path):
    made = office.dataset()
    planner = office.client("planner")
    unit = open_office(office.store).units[0].unit_id
    where = planner.post("/api/v1/pins", json={**PIN, "unit_id": unit}).headers["Location"]
    assert [pin.unit_id for pin in open_office(office.store).pins][-1] == unit
    assert laid_out(office, made, tmp_path / "a").digest == open_dataset(office.store).digest
    planner.delete(where, headers={"If-Match": '"r1"'})
    assert laid_out(office, made, tmp_path / "b").digest == bare_dataset(office.store, made).digest
    assert open_dataset(office.store).digest == bare_dataset(office.store, made).digest


def test_questions_read_the_dataset_once_until_a_ledger_changes(small_office):
    small_office.dataset()
    first = open_dataset(small_office.store)
    assert open_dataset(small_office.store) is first
    assert open_office(small_office.store) is open_office(small_office.store)
    unit = open_office(small_office.store).units[0].unit_id
    small_office.client("planner").post("/api/v1/pins", json={**PIN, "unit_id": unit})
    second = open_dataset(small_office.store)
    assert second is not first
    assert second["postings"] is first["postings"]  # only the ledgers were read


def test_an_older_dataset_keeps_the_rows_it_came_with(small_office, tmp_path):
    made = small_office.dataset()
    small_office.client("planner").post("/api/v1/pins", json=PIN)
    with small_office.store.upkeep() as db:
        db.execute(datasets.table.update().values(status=datasets.REPLACED))
    assert (
        "Theo đề nghị"
        not in laid_out(small_office, made, tmp_path / "a")["pins"]["reason"].tolist()
    )
    with pytest.raises(Refused):
        open_dataset(small_office.store)


def test_blanks_and_line_breaks_written_online_do_not_make_the_dataset_unreadable(office, tmp_path):
    made = office.dataset()
    odd = " \u200b", 'một\r\nhai "ba", bốn;\tnăm', "-"
    with office.store.upkeep() as db:
        for reason in odd:
            db.execute(
                insert(pins).values(
                    unit_id="", kind="periodic", inspector_id="", staff_id="", position_id="", must=True,
                    reason=reason, made_at=office.now, revision=1,
                )
            )  # fmt: skip
    read = laid_out(office, made, tmp_path / "a")["pins"]["reason"].tolist()
    assert read[-3:] == ["-", 'một\nhai "ba", bốn;\tnăm', "-"]


def test_a_finding_of_a_visit_that_was_planned_here_brings_the_visit(office, tmp_path):
    made = office.dataset()
    unit = open_office(office.store).units[0].unit_id
    day = date(2027, 2, 3)
    with office.store.upkeep() as db:
        plan = db.execute(
            insert(plans).values(
                kind="visits", year=2027, number=1, name="x", title="", status="approved", trial=False,
                dataset_id=made, facts={}, breaches=[], edited=False, made_at=office.now, note="", revision=1,
            ).returning(plans.c.id)
        ).scalar_one()  # fmt: skip
        db.execute(
            insert(visits).values(
                plan_id=plan, visit_id="KH-1", place=0, unit_id=unit, unit_name="", kind="periodic",
                campaign_id="", follows="", start=day, end=day, days=1, lead="", members=[], status="planned",
                reason="", owner="",
            )
        )  # fmt: skip
        db.execute(update(plans).where(plans.c.id == plan).values(status="published"))
        db.execute(
            insert(findings).values(
                finding_id="TT-1", visit_id="KH-1", unit_id=unit, severity="minor", remedy_due=day, text="",
                proof="", made_at=office.now, revision=1,
            )
        )  # fmt: skip
    read = laid_out(office, made, tmp_path / "a")
    assert "KH-1" in read["visits"]["visit_id"].tolist()
    assert read.digest == open_dataset(office.store).digest
    with office.store.reading() as db:
        assert db.execute(select(findings.c.visit_id)).all()
