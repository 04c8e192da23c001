"""One visit or one person put elsewhere while all the rest stands: every lawful way, priced exactly."""
