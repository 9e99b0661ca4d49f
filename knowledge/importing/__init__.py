"""Real catalog tables, as counties keep them, into rows of ours: read, compare, preview."""
