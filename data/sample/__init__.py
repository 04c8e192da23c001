"""A made-up dataset of any size: seeded, believable, consistent, and plannable.

Nothing in it is a real person or a real judgement on a body; only the first 143 units are real.
"""

from data.sample.tables import sample_tables
from data.sample.write import write_dataset, write_workbook

__all__ = ["sample_tables", "write_dataset", "write_workbook"]
