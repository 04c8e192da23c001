"""Floor 1: what the law asks. Pure functions; only `journeys` touches files."""
