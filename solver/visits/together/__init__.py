"""Days and teams chosen together for a few freed visits, the rest of the plan staying as it is."""
