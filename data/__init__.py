"""Floor 0: what is known, and moving it in and out."""
