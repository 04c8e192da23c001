"""Official papers: Word templates that an office can replace, filled in; PDF/A of what the Word file says."""
