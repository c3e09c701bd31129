"""Measures whether many runs in one process leave anything behind."""
