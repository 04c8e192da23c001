"""The life of a plan: every step from every state, allowed or refused with a word on what comes next."""

import pytest

from scheduler.errors import Refused
from scheduler.lifecycle import (
    EDITABLE,
    NEXT,
    SEALED,
    STATES,
    STEPS,
    after,
    open_steps,
    refuse_same_person,
    refuse_trial,
)

ALLOWED = {
    ("edit", "draft"): "draft", ("edit", "checked"): "draft",
    ("check", "draft"): "checked", ("check", "checked"): "checked",
    ("submit", "checked"): "submitted",
    ("send_back", "submitted"): "draft", ("send_back", "approved"): "draft",
    ("approve", "submitted"): "approved",
    ("publish", "approved"): "published",
    ("amend", "published"): "amended", ("close", "published"): "closed",
    ("discard", "draft"): "discarded", ("discard", "checked"): "discarded",
}  # fmt: skip


@pytest.mark.parametrize("status", STATES)
@pytest.mark.parametrize("step", STEPS)
def test_a_step_leads_where_the_table_says_and_nowhere_else(step, status):
    if (step, status) in ALLOWED:
        assert after(step, status) == ALLOWED[step, status]
        return
    with pytest.raises(Refused) as refused:
        after(step, status)
    said = refused.value.message.say("vi")
    assert STATES[status].say("vi") in said
    assert NEXT[status].say("vi") in said


def test_what_is_in_force_or_was_is_never_edited():
    assert not SEALED & EDITABLE
    assert {to for (step, _), to in ALLOWED.items() if step != "edit"} >= SEALED


@pytest.mark.parametrize("step", ["approve", "send_back"])
@pytest.mark.parametrize(
    ("who", "behind", "let_in"),
    [
        (1, {2, 3}, True),
        (2, {2, 3}, False),
        (3, {2, 3}, False),
        (None, {2}, False),
        (1, set(), True),
    ],
)
def test_whoever_judges_has_no_part_in_the_plan(step, who, behind, let_in):
    if let_in:
        refuse_same_person(step, who, behind)
        return
    with pytest.raises(Refused):
        refuse_same_person(step, who, behind)


@pytest.mark.parametrize("step", sorted(STEPS.keys() - {"approve", "send_back"}))
def test_the_other_steps_are_for_the_maker_too(step):
    refuse_same_person(step, 2, {2})


def test_a_trial_goes_no_further_than_its_check():
    refuse_trial(False)
    with pytest.raises(Refused):
        refuse_trial(True)


def test_steps_that_a_person_can_take_next_are_named():
    assert open_steps("approved") == ("send_back", "publish")
    assert open_steps("published") == ("close",)
    assert open_steps("closed") == ()
