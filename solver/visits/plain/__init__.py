"""The plain way, for comparison only: one CP-SAT model over days, teams and month loads.

Start literals, team literals over the nearest people, optional intervals that do not overlap per
person, month loads linked to the start, all goals but pairs in one weighted sum. It keeps every hard
limit but the reserve of people (`KeepFree`), and serves `congvu bench` as the yardstick.
"""
