"""The choices of freed visits with a literal "stands as in the base" for each, and what change costs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from ortools.sat.python import cp_model

from solver.effort import Effort
from solver.search import Found, search
from solver.visits.around.base import Base
from solver.visits.around.near import missing
from solver.visits.roster import Roster
from solver.visits.together.limits import total
from solver.visits.together.model import Put, hint, limited, read
from solver.visits.together.variables import Together

Expr = Any  # a CP-SAT expression or a number; in the stubs' unions the two do not add up
AGAIN = 0.05  # seconds of effort that another round costs at least, so that rounds end


@dataclass(frozen=True)
class Changes:
    """Freed visits beside a roster that holds all the others; `kept` only where the old place is lawful."""

    base: Base
    roster: Roster
    model: Together
    kept: dict[int, cp_model.IntVar]

    @property
    def cp(self) -> cp_model.CpModel:
        """The model itself."""
        return self.model.cp

    def drops(self) -> Expr:
        """Price of the freed visits left out, as `Base.price` says."""
        return total([self.base.price(v) * x.dropped for v, x in self.model.freed.items()])

    def changed(self) -> Expr:
        """Freed visits that do not stand; one whose old place is unlawful never does."""
        known = [v for v in self.model.freed if v not in self.base.new]
        return len(known) - total([self.kept[v] for v in known if v in self.kept])

    def people(self) -> Expr:
        """Members who are new on freed visits that had a team."""
        return total(
            [
                member
                for v, free in self.model.freed.items()
                if self.base.plan.teams[v]
                for i, member in free.member.items()
                if i not in self.base.plan.teams[v]
            ]
        )

    def moved(self) -> Expr:
        """Freed visits that had a day and take place on another."""
        had = [
            (free, self.base.plan.starts[v])
            for v, free in self.model.freed.items()
            if self.base.plan.starts[v] >= 0
        ]
        stay = [free.start[s] for free, s in had if s in free.start]
        return len(had) - total(stay) - total([free.dropped for free, _ in had])

    def search(self, goal: Expr, now: Put | None, effort: Effort, seconds: float) -> Found:
        """The least of `goal` found within `seconds` of effort; `now` is where the visits are."""
        self.cp.minimize(goal)
        if now is not None:
            self._start_from(now, effort, seconds)
        while True:
            found = search(
                self.cp, self.model.variables, effort, max(0.1, seconds), linearization_level=2,
                cp_model_probing_level=0, symmetry_level=0,  # else a small search is all presolve
            )  # fmt: skip
            if found.values is None or not self._forbid_without_roles(found):
                return found
            effort.charge(AGAIN)
            if effort.left <= 0:
                return found

    def _forbid_without_roles(self, found: Found) -> bool:
        """Whether some team has nobody to lead it while others write; such teams are then ruled out.

        The model asks for enough leaders and secretaries, not for a way to share the roles out.
        """
        assert found.values is not None
        value = iter(found.values.tolist())
        bad = False
        for v, free in self.model.freed.items():
            begun = [s for s in free.start if next(value)]
            next(value)
            people = [i for i in free.member if next(value)]
            if begun and self.roster.in_roles(v, begun[0], people) is None:
                alike = [
                    x for s, x in free.start.items() if self.roster.in_roles(v, s, people) is None
                ]
                begins = self.cp.new_bool_var("")
                self.cp.add(begins >= total(alike))
                self.cp.add_bool_or([~begins, *(~free.member[i] for i in people)])
                bad = True
        return bad

    def _start_from(self, now: Put, effort: Effort, seconds: float) -> None:
        """Hints every variable: a hint that leaves the least thing open is often not taken up."""
        clear: Callable[[], None] = self.cp.clear_hints
        clear()
        hint(self.model, now)
        for v, kept in self.kept.items():
            if self.base.plan.starts[v] >= 0:  # else it is the hinted "dropped" itself
                self.cp.add_hint(kept, now[v] == self.base.place(v))
        every = [
            self.cp.get_int_var_from_proto_index(k) for k in range(len(self.cp.proto.variables))
        ]
        fixed = search(self.cp, every, effort, seconds, fix_variables_to_their_hinted_value=True)
        if fixed.values is not None:
            clear()
            for variable, value in zip(every, fixed.values.tolist(), strict=True):
                self.cp.add_hint(variable, value)

    def put(self, found: Found) -> Put | None:
        """Where the visits are put: what stands, with its old roles; None when roles cannot be given."""
        if found.values is None:
            return None
        put = read(self.model, found.values.tolist())
        if put is None:
            return None
        for v, (start, team) in put.items():
            was = self.base.place(v)
            if v in self.kept and (start, sorted(team)) == (was[0], sorted(was[1])):
                put[v] = was
        return put


def choose_changes(
    base: Base,
    roster: Roster,
    starts: Mapping[int, Sequence[int]],
    members: Mapping[int, Sequence[int]],
) -> Changes:
    """The freed visits under every limit; they must not be in the roster."""
    model = limited(roster, starts, members)
    kept = {}
    for v, free in model.freed.items():
        if v in base.new or v in base.broken:
            continue
        start, team = base.place(v)
        if start < 0:
            kept[v] = free.dropped
            continue
        if start in free.start and set(team) <= free.member.keys():
            stands = model.cp.new_bool_var("")
            model.cp.add_implication(stands, free.start[start])
            model.cp.add_bool_and([free.member[i] for i in team]).only_enforce_if(stands)
            kept[v] = stands
    changes = Changes(base, roster, model, kept)
    for v in model.freed:
        if base.plan.teams[v]:
            _away_on_some_days(changes, v)
    return changes


def _away_on_some_days(changes: Changes, v: int) -> None:
    """New members >= sum over starts of (new members needed then) * start

    It follows from the other limits and says to the relaxation what a day costs in people.
    """
    free, team = changes.model.freed[v], set(changes.base.plan.teams[v])
    lack = missing(changes.roster, changes.base, v, free.start)
    fresh = total([member for i, member in free.member.items() if i not in team])
    changes.cp.add(fresh >= total([n * free.start[s] for s, n in lack.items() if n > 0]))


def both_on(changes: Changes, v: int) -> list[tuple[int, int, cp_model.IntVar]]:
    """For each two people who could be on the visit, a literal that is 1 if they both are."""
    member = changes.model.freed[v].member
    found = []
    for i, j in combinations(sorted(member), 2):
        both = changes.cp.new_bool_var("")
        changes.cp.add(both + 1 >= member[i] + member[j])
        found.append((i, j, both))
    return found
