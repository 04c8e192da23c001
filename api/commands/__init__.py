"""The command line: the same journeys as the pages, for a terminal."""
