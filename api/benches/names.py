"""`congvu bench names`: how well names that clerks wrote are matched to the sample city's units."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from importlib.resources import as_file, files
from typing import Any

from data.columns import fold
from data.matching.names import Units
from data.matching.old_names import reference_names
from data.sample.spellings import spellings
from data.tables import read_dataset

NAMES = 2_000


def measured(seed: int, names: int = NAMES) -> dict[str, Any]:
    """Precision and recall of the first proposals on made-up spellings with known truth.

    A proposal is right when it is one of the units that the name may rightly be taken for: one for a
    unit of today, those that took over the parts of one of old. Recall counts the names that mean
    some unit. `sure` are the proposals marked as sure, `sure_wrong` those of them that are not right.
    `folded` is what plain comparison without accents and case finds (the same truth).
    """
    with as_file(files("data") / "city") as folder:
        office = read_dataset(folder, needed=("units",)).office()
    written = spellings(office.units, reference_names(), names, seed)
    begun = time.perf_counter()
    units = Units(office.units, reference_names())
    found = [units.propose(spelling.text) for spelling in written]
    seconds = time.perf_counter() - begun
    plain = {fold(unit.name): unit.unit_id for unit in office.units}
    right: Counter[str] = Counter()
    asked = Counter(spelling.what for spelling in written)
    proposed = correct = meant = sure = sure_wrong = folded = 0
    for spelling, proposal in zip(written, found, strict=True):
        good = proposal.unit_id in spelling.truth
        proposed += bool(proposal.unit_id)
        correct += good
        meant += bool(spelling.truth)
        sure += proposal.sure
        sure_wrong += proposal.sure and not good
        folded += plain.get(fold(spelling.text), "-") in spelling.truth
        right[spelling.what] += good or not (spelling.truth or proposal.unit_id)
    return {
        "instance": "names", "seed": seed, "names": len(written), "seconds": round(seconds, 2),
        "precision": round(correct / max(1, proposed), 4), "recall": round(correct / max(1, meant), 4),
        "sure": sure, "sure_wrong": sure_wrong, "folded_recall": round(folded / max(1, meant), 4),
        "right": {what: f"{right[what]}/{asked[what]}" for what in sorted(asked)},
    }  # fmt: skip


def line(row: Mapping[str, Any]) -> str:
    """The figures for people."""
    parts = ", ".join(f"{what} {share}" for what, share in row["right"].items())
    return (
        f"{row['names']} names in {row['seconds']} s: precision {row['precision']:.4f}, recall "
        f"{row['recall']:.4f} (plain comparison {row['folded_recall']:.4f}); sure {row['sure']}, of "
        f"them wrong {row['sure_wrong']}; right: {parts}"
    )
