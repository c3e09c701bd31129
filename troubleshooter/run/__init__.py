"""A run: what it is asked to do, its steps, its record, and how it is repeated."""
