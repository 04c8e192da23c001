"""The whole machine over simulated years: tables, draws, illness, and what a watcher can learn."""
