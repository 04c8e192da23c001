"""A published plan changed as little as possible: what stands stays, what broke is mended, then goals count."""
