"""The claims that a summary makes: its sentences and clauses, and what in it claims nothing."""
