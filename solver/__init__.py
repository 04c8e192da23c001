"""Floor 0: how to choose. Whole numbers and labels in, whole numbers out; no law, no dates."""
