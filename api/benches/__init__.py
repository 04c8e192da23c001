"""`congvu bench`: speed and quality beside what people do today, one file a bench."""
