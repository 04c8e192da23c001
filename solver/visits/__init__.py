"""Who inspects what, when: days first, then teams."""
