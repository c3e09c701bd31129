"""One run: what it is asked to do, its steps, its record, and the same run again."""
