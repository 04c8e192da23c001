"""What was published stays as it is, also for whoever writes SQL past the program; both engines refuse."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from scheduler.lifecycle import SEALED
from tests.plan_offices import bare_plan, status_of

ROWS = [
    "UPDATE visits SET start = '2027-05-11' WHERE plan_id = :plan",
    "UPDATE visits SET plan_id = :plan, visit_id = 'V9' WHERE plan_id = :draft AND visit_id = 'V1'",
    "DELETE FROM visits WHERE plan_id = :plan",
    "INSERT INTO visits SELECT :plan, 'V9', place, unit_id, unit_name, kind, campaign_id, follows, start, "
    '"end", days, lead, members, status, reason, owner FROM visits '
    "WHERE visit_id = 'V1' AND plan_id = :draft",
    "UPDATE visit_people SET inspector_id = 'TV0009' WHERE plan_id = :plan AND part = 'lead'",
    "DELETE FROM visit_people WHERE plan_id = :plan",
    "UPDATE reserve_weeks SET team_days = 0 WHERE plan_id = :plan",
    "DELETE FROM reserve_weeks WHERE plan_id = :plan",
    "INSERT INTO moves (plan_id, move_id, place, staff_id, from_position, to_position, wave, instrument, "
    "cycle_id, cycle_kind, reason) VALUES (:plan, 'M1', 0, 'S1', 'P1', 'P2', 1, 'transfer', 'C1', 'swap', '')",
    "INSERT INTO unplaced (plan_id, staff_id, place, reason, rules, relaxation) "
    "VALUES (:plan, 'S1', 0, '', '[]', '')",
    "INSERT INTO plan_edits (plan_id, seq, rows, actor, at, undone) "
    "VALUES (:plan, 1, '[]', 'x', '2027-03-01 00:00:00', false)",
    "UPDATE files SET name = 'other.json' WHERE noun = 'plan' AND noun_id = :plan AND name = 'plan.json'",
    "UPDATE files SET noun_id = :plan, name = 'more.json' WHERE noun = 'plan' AND noun_id = :draft "
    "AND name = 'plan.json'",
    "DELETE FROM files WHERE noun = 'plan' AND noun_id = :plan",
    "UPDATE plans SET facts = '{}' WHERE id = :plan",
    "UPDATE plans SET title = 'Khác' WHERE id = :plan",
    "UPDATE plans SET approved_by = 1 WHERE id = :plan",
    "UPDATE plans SET year = 2028 WHERE id = :plan",
    "UPDATE plans SET note = 'Khác' WHERE id = :plan",
    "UPDATE plans SET status = 'draft' WHERE id = :plan",
    "DELETE FROM plans WHERE id = :plan",
]  # fmt: skip


def run(office, statement, **ids):
    with office.store.engine.begin() as db:
        return db.execute(text(statement), ids).rowcount


@pytest.mark.parametrize("status", sorted(SEALED))
def test_the_database_itself_refuses_to_change_what_was_published(office, status):
    plan, draft = bare_plan(office, status), bare_plan(office, year=2026)
    for statement in ROWS:
        with pytest.raises(DBAPIError, match="never changes"):
            run(
                office,
                statement,
                **{k: v for k, v in (("plan", plan), ("draft", draft)) if f":{k}" in statement},
            )
    assert status_of(office, plan) == status


def test_the_same_statements_pass_on_a_draft(office):
    draft, other = bare_plan(office), bare_plan(office, year=2026)
    for statement in ROWS[:-1]:  # what has rows is not deleted
        if "Khác" not in statement or "title" in statement:
            run(
                office,
                statement.replace(":draft", str(other)),
                **({"plan": draft} if ":plan" in statement else {}),
            )


@pytest.mark.parametrize(
    ("old", "new", "let"),
    [
        ("published", "amended", True), ("published", "closed", True), ("published", "approved", False),
        ("amended", "published", False), ("amended", "closed", False), ("closed", "published", False),
        ("closed", "draft", False), ("approved", "published", True), ("discarded", "draft", True),
    ],
)  # fmt: skip
def test_a_published_version_is_amended_or_closed_and_never_comes_back(office, old, new, let):
    plan = bare_plan(office, old)
    change = "UPDATE plans SET status = :new, revision = revision + 1 WHERE id = :plan"
    if let:
        run(office, change, plan=plan, new=new)
    else:
        with pytest.raises(DBAPIError, match="never changes"):
            run(office, change, plan=plan, new=new)
    assert status_of(office, plan) == (new if let else old)


def test_contents_of_files_are_fixed_from_the_start(office):
    bare_plan(office)
    with pytest.raises(DBAPIError, match="never changes"):
        run(office, "UPDATE blobs SET size = 1")


def test_only_one_version_of_a_year_is_in_force(office):
    bare_plan(office, "published")
    bare_plan(office, "published", year=2028)
    with pytest.raises(DBAPIError):
        bare_plan(office, "published")


def test_postgresql_refuses_to_empty_the_tables(office):
    if office.store.dialect != "postgresql":
        pytest.skip("SQLite has no such statement")
    bare_plan(office, "published")
    for table in ("visits", "files", "plan_edits", "blobs"):
        with pytest.raises(DBAPIError, match="never changes"):
            run(office, f"TRUNCATE {table} CASCADE")
