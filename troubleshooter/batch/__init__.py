"""Many users in one run: the list, the journal, what is accepted, and what becomes of the results."""
