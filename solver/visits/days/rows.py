"""A whole-number linear model in sparse arrays, read by the LP and by CP-SAT alike."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from solver.visits.days.people import Ints

FREE = 1 << 40  # stands for "no bound on this side"


@dataclass
class Rows:
    """lower <= sum of coef * variable <= upper for each row; variables are whole numbers in a box."""

    var_lower: list[Ints] = field(default_factory=list)
    var_upper: list[Ints] = field(default_factory=list)
    n_vars: int = 0
    n_rows: int = 0
    lower: list[Ints] = field(default_factory=list)
    upper: list[Ints] = field(default_factory=list)
    row: list[Ints] = field(default_factory=list)
    var: list[Ints] = field(default_factory=list)
    coef: list[Ints] = field(default_factory=list)

    def add_vars(self, lower: Ints, upper: Ints) -> Ints:
        """Numbers of new variables, one for each pair of bounds."""
        self.var_lower.append(np.asarray(lower, np.int64))
        self.var_upper.append(np.asarray(upper, np.int64))
        first, self.n_vars = self.n_vars, self.n_vars + len(lower)
        return np.arange(first, self.n_vars)

    def add(
        self,
        upper: Ints | list[int],
        *terms: tuple[Ints, Ints, Ints | int],
        lower: Ints | list[int] | None = None,
    ) -> None:
        """Rows with these upper bounds; a term is (row among these, variable, coefficient) in arrays."""
        high = np.asarray(upper, np.int64)
        self.upper.append(high)
        self.lower.append(
            np.full(len(high), -FREE) if lower is None else np.asarray(lower, np.int64)
        )
        for row, var, coef in terms:
            self.row.append(np.asarray(row, np.int64) + self.n_rows)
            self.var.append(np.asarray(var, np.int64))
            self.coef.append(np.broadcast_to(np.asarray(coef, np.int64), np.shape(row)))
        self.n_rows += len(high)

    def done(self) -> Sparse:
        """The model in plain arrays, entries ordered by row, empty rows and zero entries left out."""
        row, var, coef = (_cat(part) for part in (self.row, self.var, self.coef))
        kept = coef != 0
        row, var, coef = row[kept], var[kept], coef[kept]
        order = np.lexsort((var, row))
        used, number = np.unique(row[order], return_inverse=True)
        return Sparse(
            _cat(self.var_lower), _cat(self.var_upper),
            _cat(self.lower)[used], _cat(self.upper)[used],
            number.astype(np.int64), var[order], coef[order],
        )  # fmt: skip


@dataclass(frozen=True)
class Sparse:
    """A finished model. Entry k says: variable var[k] has coefficient coef[k] in row row[k]."""

    var_lower: Ints
    var_upper: Ints
    lower: Ints
    upper: Ints
    row: Ints
    var: Ints
    coef: Ints

    @property
    def n_vars(self) -> int:
        """Number of variables."""
        return len(self.var_lower)

    @property
    def n_rows(self) -> int:
        """Number of rows."""
        return len(self.lower)

    def only(self, kept: Ints) -> Sparse:
        """The model of the variables `kept` (ascending); all others are 0."""
        new = np.full(self.n_vars, -1)
        new[kept] = np.arange(len(kept))
        inside = new[self.var] >= 0
        row, var, coef = self.row[inside], new[self.var[inside]], self.coef[inside]
        return Sparse(
            self.var_lower[kept], self.var_upper[kept], self.lower, self.upper, row, var, coef
        )

    def values(self, x: Ints) -> Ints:
        """Left side of each row at the point x."""
        sums = np.bincount(self.row, self.coef * x[self.var], self.n_rows)
        return np.rint(sums).astype(np.int64)


def _cat(parts: list[Ints]) -> Ints:
    return np.concatenate(parts).astype(np.int64) if parts else np.zeros(0, np.int64)
