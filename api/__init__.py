"""Floor 2: the doors (command line now; pages and JSON later)."""
