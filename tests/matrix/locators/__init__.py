"""Renames and removes, one by one, everything by which the product finds its way, with a decoy beside it."""
