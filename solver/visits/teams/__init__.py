"""Who goes: teams for visits whose days are fixed."""
