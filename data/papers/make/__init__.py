"""Makes the Word templates out of the wording files: `python -m data.papers.make`."""
