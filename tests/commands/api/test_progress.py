"""The words of the progress line."""

import re
from pathlib import Path

import pytest

import solver
from api.phases import PHASES

SOURCES = Path(solver.__file__).parent.rglob("*.py")
TOLD = {p for f in SOURCES for p in re.findall(r'Progress\("([^"]+)"', f.read_text("utf-8"))}
IN_BENCH = {"plain", "one model"}  # the models that ours is measured against


@pytest.mark.parametrize("phase", sorted(TOLD - IN_BENCH))
def test_every_phase_that_a_solver_names_has_words(phase):
    assert phase in PHASES
