"""Who does something: an account as the journeys see it, with rights instead of roles."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """Who asks, and what this person may do.

    Attributes
    ----------
    account_id : None for the program itself
    name : as the journal writes it
    rights : names such as "plans.read"; which role has which stands in `api/access.py`
    inspector_id, staff_id : who this is in the department's tables; "" if nobody there
    request_id, run_id : what the journal line is tied to
    """

    account_id: int | None
    name: str
    rights: frozenset[str] = frozenset()
    inspector_id: str = ""
    staff_id: str = ""
    lang: str = "vi"
    request_id: str = ""
    run_id: str = ""

    def may(self, right: str) -> bool:
        """Whether this person has the right."""
        return right in self.rights


PROGRAM = Actor(None, "congvu")
