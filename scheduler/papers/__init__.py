"""What each official paper says: plain values out of a plan, an office and the rules; no files."""
