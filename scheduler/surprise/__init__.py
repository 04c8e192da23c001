"""Surprise inspections: rates, day tables, draws, and what can be guessed (paper: surprise.md)."""
