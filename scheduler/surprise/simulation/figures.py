"""A measured figure beside the limit that the design sets for it (surprise.md, section 9)."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isnan

MET, MISSED, UNSURE, TOLD = "met", "missed", "unsure", "told"


@dataclass(frozen=True)
class Figure:
    """One number of one acceptance test; without limits it is told and not judged."""

    test: str  # "A4"
    name: str
    value: float
    least: float = -inf
    most: float = inf
    error: float = 0.0  # standard error; 0: exact
    enough: bool = True  # the sample is as large as the design asks for

    @property
    def state(self) -> str:
        """Whether the limit is met; from too small a sample only a clear miss is said for certain."""
        if self.least == -inf and self.most == inf:
            return TOLD
        if isnan(self.value):
            return UNSURE
        inside = self.least <= self.value <= self.most
        if self.enough:
            return MET if inside else MISSED
        far = 3 * self.error
        clear = far > 0 and not self.least - far <= self.value <= self.most + far
        return MISSED if clear else UNSURE
