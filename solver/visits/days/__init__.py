"""When each visit takes place: start days under capacity, with people counted in groups only."""
